#include "book_builder.h"

#include "base/utf8.h"
#include "io/zip_archive.h"
#include "layout/text/font_families.h"
#include "style/apply_styles.h"
#include "support/support.h"
#include "write/epub/epub_fonts.h"
#include "write/epub/font_names.h"

#include "assemble/builders.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <regex>

using namespace bifolio;
using namespace bifolio::test;

namespace {

const FontFamilies& families() {
    static const FontFamilies listed = read_font_families(DiskFiles(), source_dir() / "share/fonts/families.txt");
    return listed;
}

const FontLibrary& machine_fonts() {
    static const DiskFiles files;
    static const FontLibrary library(files, families(), {});
    return library;
}

struct Fonts {
    std::vector<EpubFile> files;
    std::string css, said, book_archive;
};

Fonts fonts_of(const Book& book, std::string author_css, unsigned threads = 1, const FontLibrary& library = machine_fonts(),
               EmbeddedFonts packing = EmbeddedFonts::opentype) {
    MemoryFiles files;
    files.put("styles/book.css", std::move(author_css));
    for (const char* name : {"base.css", "epub.css"})
        files.put(std::string("program/") + name, read_file(source_dir() / "styles" / name));
    SourceMap sources;
    Diagnostics diagnostics;
    const auto sheet = read_stylesheets({{"program/base.css", StyleSource::Level::program},
                                         {"program/epub.css", StyleSource::Level::program},
                                         {"styles/book.css", StyleSource::Level::author}},
                                        {}, Medium::screen, files, sources, diagnostics);
    const auto shared = std::make_shared<const Book>(book);
    const StyledBook styled = apply_styles(shared, *sheet, diagnostics);
    const EpubFonts fonts(styled, library, diagnostics, packing);
    const TaskPool pool(threads);
    EpubOptions options;
    options.css = fonts.stylesheet(stylesheet_for_screen(*sheet, {}, ScreenTarget::e_book).css);
    options.files = fonts.files(pool);
    Fonts out{options.files, options.css, said(diagnostics), ""};
    out.book_archive = write_epub(book, options, pool, diagnostics).bytes;
    return out;
}

struct Rule {
    std::string family, weight, style, path;
};

std::vector<Rule> rules_of(const std::string& css) {
    static const std::regex rule("@font-face \\{\\s*font-family: \"([^\"]*)\";\\s*font-weight: (\\d+);\\s*font-style: "
                                 "(\\w+);[^}]*url\\(\"\\.\\./([^\"]*)\"\\)");
    std::vector<Rule> rules;
    for (std::sregex_iterator at(css.begin(), css.end(), rule), end; at != end; ++at)
        rules.push_back({(*at)[1], (*at)[2], (*at)[3], (*at)[4]});
    return rules;
}

// What the written file for a family, weight and slant has of the text; empty: all of it.
std::string lacks(const Fonts& fonts, const std::string& family, const std::string& weight, const std::string& style,
                  const std::string& text) {
    for (const Rule& rule : rules_of(fonts.css)) {
        if (rule.family != family || rule.weight != weight || rule.style != style) continue;
        for (const EpubFile& file : fonts.files) {
            if (file.path != rule.path) continue;
            MemoryFiles files;
            files.put("/f/font", file.bytes);
            const FontLibrary library(files, families(), {{"Written", "/f/font", {}, {}, {}}});
            if (!library.problems().empty()) return "the file: " + library.problems()[0].reason;
            std::string lacking;
            for (const char32_t c : to_utf32(text))
                if (!library.has_glyph(library.match({{"Written"}}), c)) append_utf8(lacking, c);
            return lacking;
        }
        return "the file " + rule.path;
    }
    return "the rule";
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void add_scripts(BookBuilder& builder) {
    builder.section("one", "Quiet nights");
    builder.open(Element::p);
    builder.text("Déjà vu ≤ 5 mg; ");
    builder.element(Element::em, "Sphinx ligature ffi");
    builder.element(Element::strong, "Warning ü");
    builder.element(Element::code, "zx = q[7]");
    builder.close();
    const NodeId arabic = builder.element(Element::p, "السلام عليكم");
    builder.node(arabic).info.language = "ar";
    builder.node(arabic).info.attributes = {{"dir", "rtl"}};
    builder.element(Element::p, "αβγ Ж");
}

} // namespace

TEST_CASE("an e-book carries each face that its text is set in, with every character of that text") {
    BookBuilder builder;
    add_scripts(builder);
    const Fonts fonts = fonts_of(builder.done(), "");
    INFO(fonts.css);
    CHECK(fonts.said == "");
    CHECK(lacks(fonts, "Charis SIL", "400", "normal", "Quiet nights Déjà vu ≤ 5 mg; αβγ Ж") == "");
    CHECK(lacks(fonts, "Charis SIL", "400", "italic", "Sphinx ligature ffi") == "");
    CHECK(lacks(fonts, "Charis SIL", "700", "normal", "Warning ü") == "");
    CHECK(lacks(fonts, "JetBrains Mono", "400", "normal", "zx = q[7]") == "");
    CHECK(lacks(fonts, "Amiri", "400", "normal", "السلام عليكم") == "");
    for (const EpubFile& file : fonts.files) CHECK(file.bytes.size() < 100'000);
}

TEST_CASE("EPUBCheck finds nothing to complain about in an e-book with fonts") {
    BookBuilder builder;
    add_scripts(builder);
    const Fonts fonts = fonts_of(builder.done(), "h1 { font-family: Lato, sans-serif }");
    CHECK(epubcheck(fonts.book_archive) == "");
    const Unpacked files = unpack(fonts.book_archive);
    for (const Rule& rule : rules_of(fonts.css)) {
        CHECK(files.has("OEBPS/" + rule.path));
        CHECK(contains(files["OEBPS/package.opf"],
                       "href=\"" + rule.path + "\" media-type=\"font/" + (rule.path.ends_with(".otf") ? "otf" : "ttf") + "\""));
    }
}

TEST_CASE("fonts packed as WOFF2 are the same fonts, smaller, under their own name and type") {
    BookBuilder builder;
    add_scripts(builder);
    const Book book = builder.done();
    const Fonts packed = fonts_of(book, "", 1, machine_fonts(), EmbeddedFonts::woff2), plain = fonts_of(book, "");
    REQUIRE(packed.files.size() == plain.files.size());
    for (std::size_t i = 0; i < packed.files.size(); ++i) {
        const EpubFile& file = packed.files[i];
        CHECK(file.path.ends_with(".woff2"));
        CHECK(file.media_type == "font/woff2");
        CHECK(file.bytes.starts_with("wOF2"));
        CHECK(file.bytes.size() < deflated_entry("", plain.files[i].bytes).data.size());
        CHECK(contains(packed.css, file.path));
    }
    CHECK(packed.files[0].bytes == fonts_of(book, "", 4, machine_fonts(), EmbeddedFonts::woff2).files[0].bytes);
    CHECK(epubcheck(packed.book_archive) == "");
}

TEST_CASE("the fonts of an e-book are the same bytes on one thread and on four") {
    BookBuilder builder;
    add_scripts(builder);
    builder.done();
    CHECK(fonts_of(builder.book, "").book_archive == fonts_of(builder.book, "", 4).book_archive);
}

TEST_CASE("letters that the style changes are in the font as they are shown") {
    BookBuilder builder;
    builder.section("one", "über");
    builder.element(Element::p, "straße");
    const Fonts fonts =
        fonts_of(builder.done(), "h1 { text-transform: uppercase } p { font-variant: small-caps; font-family: Lato }");
    CHECK(lacks(fonts, "Charis SIL", "400", "normal", "ÜBER") == "");
    CHECK(lacks(fonts, "Lato", "400", "normal", "STRASSEß") == "");
}

TEST_CASE("text that no one types is in the fonts too: generated words, marks of lists, arrows back from notes") {
    BookBuilder builder;
    builder.section("one", "One");
    builder.open(Element::p);
    builder.text("Text");
    builder.note(1, "Note.");
    builder.close();
    const Fonts fonts = fonts_of(builder.done(), "p::before { content: '→ ž' } body { font-family: 'DejaVu Sans' }");
    CHECK(lacks(fonts, "DejaVu Sans", "400", "normal", "→ ž ↩") == "");
}

TEST_CASE("a character that no font has is told once, with its place in the book") {
    BookBuilder builder;
    builder.section("one", "One");
    builder.element(Element::p, "a \U000F0000 b \U000F0000");
    CHECK(
        fonts_of(builder.done(), "").said ==
        "warning epub.character-without-font: no font has the character U+F0000 <private use area-F0000> (‘\U000F0000’), so the "
        "e-book carries none for it\n"
        "  hint: characters of private use mean something in one font only (a bullet of Word's Symbol font, an icon): write the "
        "character that it stands for, or put that font into the book's folder fonts/\n");
}

TEST_CASE("the stylesheet keeps the names that it had, and gains those of the fonts") {
    const auto named = [](const std::string& css) {
        return with_font_names(css, {{"serif", "Charis SIL"}, {"monospace", "Mono \"One\""}}, {"Amiri"});
    };
    CHECK(named("p{font-family:serif}") == "p{font-family:\"Charis SIL\", \"Amiri\", serif}");
    CHECK(named("p{font-family: monospace, monospace}") ==
          "p{font-family: \"Mono \\\"One\\\"\", \"Amiri\", monospace, monospace}");
    CHECK(named("p{font-family: Inter}") == "p{font-family: Inter, \"Amiri\"}");
    CHECK(named("p { font-family: Inter , sans-serif !important }") ==
          "p { font-family: Inter , \"Amiri\", sans-serif !important }");
    CHECK(named("p { font-family: Inter !important }") == "p { font-family: Inter, \"Amiri\" !important }");
    CHECK(named("@media screen { a:hover { color: red; font: italic 1em/2 Monospace; } }") ==
          "@media screen { a:hover { color: red; font: italic 1em/2 \"Mono \\\"One\\\"\", \"Amiri\", Monospace; } }");
    for (const char* same : {"p { font-family: inherit }", "p { font: caption }", "font:hover { color: red }",
                             "p { font-size: 1em }", "p { content: \"font-family: serif\" }", "", "p { font-family: }", "p {"})
        CHECK(named(same) == same);
}

TEST_CASE("what is said of fonts stands behind namespaces and before all rules") {
    BookBuilder builder;
    builder.section("one", "One");
    const Fonts fonts = fonts_of(builder.done(), "@namespace epub url(http://www.idpf.org/2007/ops);");
    CHECK(fonts.css.starts_with("@namespace"));
    CHECK(fonts.css.find("@font-face") < fonts.css.find("display: block"));
}

namespace {

constexpr const char* variable_file = "/usr/share/fonts/truetype/inter-vf/Inter.var.ttf";

class WithVariableFont final : public Files { // the disk, and a variable font in the book
public:
    std::string read(const std::filesystem::path& p, std::uint64_t most) const override { return disk_.read(real(p), most); }
    bool exists(const std::filesystem::path& p) const override { return disk_.exists(real(p)); }
    bool is_folder(const std::filesystem::path& p) const override { return disk_.is_folder(p); }
    std::vector<std::string> list(const std::filesystem::path& p) const override { return disk_.list(p); }

private:
    static std::filesystem::path real(const std::filesystem::path& p) { return p == "styles/v.ttf" ? variable_file : p; }
    DiskFiles disk_;
};

Fonts variable_fonts(const std::string& css) {
    BookBuilder builder;
    builder.section("one", "Quiet nights");
    builder.open(Element::p);
    builder.text("plain ");
    builder.element(Element::em, "slanted");
    builder.element(Element::strong, "heavy");
    builder.close();
    static const WithVariableFont files;
    static const FontLibrary library(files, families(), {{"V", "styles/v.ttf", {}, {}, {}}});
    return fonts_of(builder.done(), "@font-face { font-family: V; src: url(v.ttf) } html, h1 { font-family: V } " + css, 1,
                    library);
}

bool has_table(const std::string& font, const char* tag) { return font.substr(0, 400).find(tag) != std::string::npos; }

} // namespace

TEST_CASE("an e-book carries the instances of a variable font that its text is set in") {
    if (!DiskFiles().exists(variable_file)) {
        std::puts("SKIPPED: fonts-inter-variable is not here");
        return;
    }
    const Fonts fonts = variable_fonts("");
    INFO(fonts.css);
    CHECK(fonts.said == "");
    CHECK(lacks(fonts, "V", "400", "normal", "plain ") == "");
    CHECK(lacks(fonts, "V", "700", "normal", "heavy") == "");
    CHECK(lacks(fonts, "V", "400", "oblique", "slanted") == "");
    for (const EpubFile& file : fonts.files) CHECK_FALSE(has_table(file.bytes, "fvar"));
    CHECK(epubcheck(fonts.book_archive) == "");
}

TEST_CASE("an e-book carries the axes of a variable font where a style sets single axes") {
    if (!DiskFiles().exists(variable_file)) {
        std::puts("SKIPPED: fonts-inter-variable is not here");
        return;
    }
    const Fonts fonts = variable_fonts("em { font-variation-settings: \"slnt\" -5 }");
    INFO(fonts.css);
    CHECK(contains(fonts.css, "font-weight: 100 900;\n  font-style: oblique 0deg 10deg;"));
    CHECK(std::ranges::count_if(fonts.files, [](const EpubFile& file) { return has_table(file.bytes, "fvar"); }) == 1);
    for (const EpubFile& file : fonts.files)
        if (has_table(file.bytes, "fvar")) {
            MemoryFiles files;
            files.put("/f/font", file.bytes);
            const FontLibrary written(files, families(), {{"Written", "/f/font", {}, {}, {}}});
            REQUIRE(written.problems().empty());
            const FontId light = written.match({{"Written"}, 200}), heavy = written.match({{"Written"}, 800});
            for (const char32_t c : to_utf32("plainslantedheavy")) CHECK(written.has_glyph(light, c));
            CHECK(written.nominal_advance(light, U'a') != written.nominal_advance(heavy, U'a'));
        }
    CHECK(epubcheck(fonts.book_archive) == "");
}
