// Files: imports, font faces, messages, and what the e-book gets.
#include "style/book_maker.h"
#include "style/codes.h"
#include "style/css_tokenizer.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <regex>
#include <set>

using namespace bifolio;
using namespace bifolio::test;

namespace {

struct Read {
    std::shared_ptr<const Stylesheet> sheet;
    SourceMap sources;
    Diagnostics diagnostics;
    std::string codes() const {
        std::string text;
        for (const Diagnostic& one : diagnostics.all()) text += (text.empty() ? "" : " ") + one.code;
        return text;
    }
};

Read read(const std::map<std::string, std::string>& files, Medium medium = Medium::print) {
    MemoryFiles memory;
    for (const auto& [path, text] : files) memory.put(path, text);
    Read made;
    made.sheet = read_stylesheets({{"styles/book.css", StyleSource::Level::author, {}}}, {}, medium, memory, made.sources,
                                  made.diagnostics);
    return made;
}

std::string colour(const Read& read_files) {
    Diagnostics diagnostics;
    return to_css(apply_styles(make_book("<p>x</p>"), *read_files.sheet, diagnostics).style(NodeId{2}).colour);
}

std::string for_screen(std::string_view css, const std::map<std::string, std::string>& rename = {}) {
    return stylesheet_for_screen(*read({{"styles/book.css", std::string(css)}}, Medium::screen).sheet, rename, ScreenTarget::web)
        .css;
}
struct EBookStyles {
    std::string css, changes;
};
EBookStyles for_e_book(std::string_view css) {
    const Read made = read({{"styles/book.css", std::string(css)}}, Medium::screen);
    const ScreenStylesheet screen = stylesheet_for_screen(*made.sheet, {}, ScreenTarget::e_book);
    EBookStyles styles{screen.css, {}};
    for (const ScreenChange& one : screen.changes)
        styles.changes += std::string(css.substr(one.where.begin, one.where.end - one.where.begin)) + " → " + one.text + "\n";
    return styles;
}

} // namespace

TEST_CASE("imported files come before the rules that import them") {
    const Read both = read(
        {{"styles/book.css",
          "@charset \"utf-8\"; @import 'parts/text.css'; @import url(more.css) print; @import 'web.css' screen; p { margin: 0 }"},
         {"styles/parts/text.css", "@import \"../colours.css\"; p { text-indent: 1em }"},
         {"styles/colours.css", "p { color: red }"},
         {"styles/more.css", ""},
         {"styles/web.css", "p { color: blue }"}});
    CHECK(both.codes().empty());
    CHECK(colour(both) == "#ff0000");
}

TEST_CASE("imports stay in the book, end, and stand at the top") {
    CHECK(read({{"styles/book.css", "@import '../../secret.css';"}}).codes() == "style.forbidden-path");
    CHECK(read({{"styles/book.css", "@import 'https://example.org/x.css';"}}).codes() == "style.forbidden-path");
    CHECK(read({{"styles/book.css", "@import '/etc/passwd';"}}).codes() == "style.forbidden-path");
    CHECK(read({{"styles/book.css", "@import 'gone.css';"}}).codes() == "style.missing-file");
    CHECK(read({{"styles/book.css", "@import 'a.css';"}, {"styles/a.css", "@import 'book.css';"}}).codes() ==
          "style.import-depth");
    CHECK(read({{"styles/book.css", "p { color: red } @import 'a.css';"}, {"styles/a.css", ""}}).codes() == "style.late-import");
}

TEST_CASE("imports that fan out end") {
    std::map<std::string, std::string> files{{"styles/book.css", "@import 'f0.css';"}};
    for (int i = 0; i < 14; ++i) {
        const std::string next = "'f" + std::to_string(i + 1) + ".css'";
        files["styles/f" + std::to_string(i) + ".css"] = "@import " + next + "; @import " + next + " print;";
    }
    files["styles/f14.css"] = "p { color: red }";
    CHECK(read(files).codes().find("style.import-depth") != std::string::npos);
}

TEST_CASE("an unknown property or value is one warning at its place, with the nearest name") {
    const Styled styled = style_book("<p id=\"a\">x</p>",
                                     "p {\n  colr: red;\n  text-align: centre;\n  margin: 1xy;\n  font-size: 12;\n  "
                                     "oops\n}\n@meda print { p { color: red } }\n@page { @top-middle { content: 'x' } }\nstray");
    CHECK(styled.messages() == "book.css:2:3: warning: there is no property ‘colr’ [style.unknown-property]\n"
                               "  2 |   colr: red;\n"
                               "    |   ^^^^\n"
                               "  hint: did you mean ‘color’?\n"
                               "book.css:3:15: warning: ‘centre’ is no value of ‘text-align’ [style.unknown-value]\n"
                               "  3 |   text-align: centre;\n"
                               "    |               ^^^^^^\n"
                               "  hint: did you mean ‘center’?\n"
                               "book.css:4:11: warning: ‘1xy’ is no value of ‘margin’ [style.unknown-value]\n"
                               "  4 |   margin: 1xy;\n"
                               "    |           ^^^\n"
                               "book.css:5:14: warning: ‘12’ is no value of ‘font-size’ [style.unknown-value]\n"
                               "  5 |   font-size: 12;\n"
                               "    |              ^^\n"
                               "book.css:6:3: warning: this is no declaration: it has no ‘name: value’ [style.syntax]\n"
                               "  6 |   oops\n"
                               "    |   ^^^^\n"
                               "book.css:8:1: warning: the rule ‘@meda’ is not known [style.unknown-rule]\n"
                               "  8 | @meda print { p { color: red } }\n"
                               "    | ^^^^^\n"
                               "  hint: did you mean ‘media’?\n"
                               "book.css:9:9: warning: ‘@top-middle’ is no margin box of a page [style.unknown-rule]\n"
                               "  9 | @page { @top-middle { content: 'x' } }\n"
                               "    |         ^^^^^^^^^^^\n"
                               "book.css:10:1: warning: this is no rule: its block is missing [style.syntax]\n"
                               "  10 | stray\n"
                               "     | ^^^^^\n");
}

TEST_CASE("what only screens or other makers know is passed over in silence, what paper lacks is said once") {
    const Styled silent =
        style_book("<p>x</p>", "p { cursor: pointer; transition: all 1s; -webkit-hyphens: auto; -epub-hyphens: auto; position: "
                               "relative; display: -webkit-box; overflow: hidden }"
                               "@keyframes x { from { top: 0 } } @-ms-viewport { width: auto } p::-moz-selection { color: red }");
    CHECK(silent.messages() == "");
    const Styled said = style_book("<p>x</p>", "p { transform: rotate(3deg); background: red url(x.png) } q { transform: none }");
    CHECK(said.diagnostics.all().size() == 2);
}

TEST_CASE("font faces name a family, a file and what it is good for") {
    const Read faces = read(
        {{"styles/book.css", "@font-face { font-family: \"My Face\"; src: local('x'), url(../fonts/face.ttf) format('truetype'); "
                             "font-weight: 300 700; font-style: italic; unicode-range: U+0-7F, U+26, U+4??, U+1E00-1EFF }"
                             "@font-face { font-family: x; src: url(https://example.org/x.woff2) } @font-face { src: url(a.ttf) "
                             "} @font-face { font-family: y; src: local(Arial) }"}});
    CHECK(faces.codes() == "style.font-face style.font-face");
    Diagnostics diagnostics;
    const StyledBook book = apply_styles(make_book(""), *faces.sheet, diagnostics);
    REQUIRE(book.font_faces.size() == 1);
    const FontFaceDescriptor& face = book.font_faces[0];
    CHECK(face.family == "My Face");
    CHECK(face.file == "fonts/face.ttf");
    CHECK(face.weight == std::pair(300, 700));
    CHECK_FALSE(face.stretch);
    CHECK(face.style == FontStyle::italic);
    CHECK(face.unicode_range ==
          std::vector<std::pair<char32_t, char32_t>>{{0, 0x7F}, {0x26, 0x26}, {0x400, 0x4FF}, {0x1E00, 0x1EFF}});
}

TEST_CASE("the e-book gets what reading systems know") {
    CHECK(
        for_screen("@page { margin: 1in } @media print { p { color: red } } p { string-set: a content(); text-indent: 1em; "
                   "page: x; break-before: page;"
                   "hyphenate-limit-lines: 2; -bifolio-letter-spacing-limit: 1%; direction: rtl; cursor: help }"
                   "a::after { content: leader('.') target-counter(attr(href), page) } ::footnote-call { color: red }") ==
        "@media print {\n  p {\n    color: red;\n  }\n}\np {\n  text-indent: 1em;\n  break-before: page;\n  cursor: help;\n}\n");
    CHECK(for_screen("@media (max-width: 30em) { p { margin: 0 } } @media screen and (prefers-color-scheme: dark) { p { color: "
                     "white !important } }") == "@media (max-width: 30em) {\n  p {\n    margin: 0;\n  }\n}\n@media screen and "
                                                "(prefers-color-scheme: dark) {\n  p {\n    color: white !important;\n  }\n}\n");
    CHECK(for_screen("p { float: footnote; float: left; content: none }") == "p {\n  float: left;\n  content: none;\n}\n");
}

TEST_CASE("who prints a page of the web edition gets the rules for paper that browsers know") {
    CHECK(for_screen("@media print { nav { display: none } @page { margin: 1cm } h1 { string-set: a content() } }") ==
          "@media print {\n  nav {\n    display: none;\n  }\n}\n");
    CHECK(for_e_book("@media print { nav { display: none } }").css.empty());
    CHECK(for_e_book("@supports (no-such: thing) { nav { display: none } }").changes ==
          "@supports → ‘@supports (no-such: thing)’ left out: its condition does not hold\n");
}

TEST_CASE("variables of :root are put in for old reading systems, others stay") {
    CHECK(for_screen(":root { --a: #123456; --b: var(--a) } p { color: var(--b); margin: var(--c, 1em) }") ==
          "p {\n  color: #123456;\n  margin: 1em;\n}\n");
    CHECK(for_screen(":root { --a: red } .x { --a: blue } p { color: var(--a) }") ==
          ":root {\n  --a: red;\n}\n.x {\n  --a: blue;\n}\np {\n  color: var(--a);\n}\n");
}

TEST_CASE(
    "an e-book's styles have only properties, functions and rules that reading systems know, and it is told what they lost") {
    const EBookStyles styles = for_e_book(
        "@page { margin: 1in } @media print { h2 { color: red } } h2 { string-set: a content(); scroll-snap-align: start; "
        "-moz-hyphens: none; -epub-hyphens: none; -amzn-page-align: all; margin: 1em; max-width: min(150px, 30vw); "
        "padding: calc(1em + 2px); direction: rtl; border-color: oklch(40% 0.2 20); } figure { position: fixed; }");
    CHECK(styles.css == "h2 {\n  -epub-hyphens: none;\n  -amzn-page-align: all;\n  margin: 1em;\n}\n");
    CHECK(
        styles.changes ==
        "@page → ‘@page’ left out: for paper only\n"
        "@media → ‘@media print’ left out: for paper only\n"
        "string-set: a content() → ‘string-set’ of ‘h2’ left out: for paper only\n"
        "scroll-snap-align: start → ‘scroll-snap-align’ of ‘h2’ left out: no reading system knows it\n"
        "-moz-hyphens: none → ‘-moz-hyphens’ of ‘h2’ left out: no reading system knows it\n"
        "max-width: min(150px, 30vw) → ‘max-width’ of ‘h2’ left out: reading systems do not know a function in its value, and "
        "some "
        "refuse the book for it\n"
        "padding: calc(1em + 2px) → ‘padding’ of ‘h2’ left out: reading systems do not know a function in its value, and some "
        "refuse the book for it\n"
        "direction: rtl → ‘direction’ of ‘h2’ left out: EPUB forbids it in style sheets; `dir` says it in the text\n"
        "border-color: oklch(40% 0.2 20) → ‘border-color’ of ‘h2’ left out: reading systems do not know a function in its value, "
        "and some refuse the book for it\n"
        "position: fixed → ‘position’ of ‘figure’ left out: reading systems turn pages\n");
    CHECK(for_screen("h2 { padding: calc(1em + 2px) }") == "h2 {\n  padding: calc(1em + 2px);\n}\n"); // the web knows it
}

TEST_CASE("size, face, lines, width and colours of an e-book's text are its reader's") {
    const EBookStyles styles =
        for_e_book("body, li > p, .note, img { font-size: 12pt; width: 300px; line-height: 14pt; color: #000; background: white }"
                   "h2 { font: italic 18pt/27pt Vollkorn, serif !important; line-height: 1.2 !important } p { font-family: Inter "
                   "!important }");
    CHECK(styles.css == "img {\n  font-size: 1em;\n  width: 300px;\n  color: #000;\n  background: white;\n}\n"
                        ".note {\n  font-size: 1em;\n  color: #000;\n  background: white;\n}\n"
                        "h2 {\n  font: italic 1.5em/1.5 Vollkorn, serif;\n  line-height: 1.2;\n}\n"
                        "p {\n  font-family: Inter;\n}\n"
                        "@media (prefers-color-scheme: dark) {\n"
                        "  img {\n    background-color: transparent;\n    color: inherit;\n  }\n"
                        "  .note {\n    background-color: transparent;\n    color: inherit;\n  }\n}\n");
    CHECK(styles.changes.find("color: #000 → ‘color’ of ‘body, li > p’ left out: readers choose the colours of the text\n") !=
          std::string::npos);
    CHECK(styles.changes.find("‘font-family’ of ‘p’ changed: without !important, which overrules readers\n") !=
          std::string::npos);
}

TEST_CASE("an e-book's boxes can be read on light and on dark pages") {
    const EBookStyles styles = for_e_book(".tip { background: #eef3f7 url(x.png) } .alarm { background-color: #600; } h2 { "
                                          "color: navy } mark { background: yellow }"
                                          ".bare { background: none } .as-text { color: inherit }"
                                          "@media (prefers-color-scheme: dark) { h2 { color: #aaf } }");
    CHECK(styles.css == ".alarm {\n  background-color: #600;\n  color: #ffffff;\n}\nh2 {\n  color: navy;\n}\n"
                        "mark {\n  background: yellow;\n  color: #1a1a1a;\n}\n.bare {\n  background: none;\n}\n"
                        ".as-text {\n  color: inherit;\n}\n"
                        "@media (prefers-color-scheme: dark) {\n"
                        "  .alarm {\n    background-color: transparent;\n    color: inherit;\n  }\n"
                        "  h2 {\n    color: inherit;\n  }\n}\n"
                        "@media (prefers-color-scheme: dark) {\n  h2 {\n    color: #aaf;\n  }\n}\n");
    CHECK(styles.changes.find("background-color: #600 → ‘color: #ffffff’ added to ‘.alarm’: ") != std::string::npos);
}

TEST_CASE("variables that vary have a value before them for reading systems that know none") {
    CHECK(
        for_e_book(":root { --a: #205060 } @media (prefers-color-scheme: dark) { :root { --a: #9fd0d8 } } h2 { color: var(--a) }")
            .css == ":root {\n  --a: #205060;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --a: #9fd0d8;\n  }\n}\n"
                    "h2 {\n  color: #205060;\n  color: var(--a);\n}\n");
}

TEST_CASE("addresses are renamed, and what has no file is left out") {
    CHECK(for_screen("@font-face { font-family: F; src: url(../fonts/f.woff2) format(\"woff2\"), url(gone.ttf); unicode-range: "
                     "U+0025-00FF } @font-face { font-family: G; src: url(g.ttf) }"
                     "p { background-image: url('../media/x.png'); color: red } q { background: url(https://example.org/t.gif) }",
                     {{"fonts/f.woff2", "Fonts/f.woff2"}, {"media/x.png", "Media/x.png"}}) ==
          "@font-face {\n  font-family: F;\n  src: url(\"Fonts/f.woff2\") format(\"woff2\");\n  unicode-range: "
          "U+0025-00FF;\n}\np {\n  background-image: url(\"Media/x.png\");\n  color: red;\n}\n");
}

TEST_CASE("what is serialised reads back as the same") {
    for (const std::string_view css : {"a\\:b", "\\31 0", "-\\31", "#\\31 a", "1e\\33", "url( a\\)b )", "\"a\\a b\\\"\"",
                                       "a/**/b", "1/**/px", "@a b;{c:d}", "+.5 -1 1%", "f(a , [b] {c})", "\\-", "--x:y"}) {
        const ComponentValues values = parse_component_values(css);
        const std::string once = to_css(values);
        INFO(css << " → " << once);
        CHECK(to_css(parse_component_values(once)) == once);
        CHECK(parse_component_values(once).size() == values.size());
    }
}

TEST_CASE("every code that style reports is in its table") {
    std::set<std::string> used, listed;
    for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "src/style")) {
        if (entry.path().filename() == "codes.h") continue;
        const std::string text = read_file(entry.path());
        const std::regex code("\"(style\\.[a-z-]+)\"");
        for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at) used.insert((*at)[1]);
    }
    for (const CodeInfo& one : style_codes) listed.insert(std::string(one.code));
    CHECK(used == listed);
}
