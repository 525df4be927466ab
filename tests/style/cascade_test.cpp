// The cascade: origin, importance, specificity, order; inheritance, variables, calculated values, conditions.
#include "style/book_maker.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

constexpr std::string_view two_paragraphs =
    "<div id=\"box\" class=\"box\"><p id=\"a\" class=\"lead x\">one</p><p id=\"b\">two</p></div>";

// The colour of an element as text.
std::string colour_of(std::string_view id, std::string_view css, std::string_view markup = two_paragraphs) {
    return to_css(style_book(markup, css).style(id).colour);
}
Length margin_top(std::string_view css) { return style_book(two_paragraphs, css).style("a").margin[0].length; }

// Two files, one of the program, one of the author.
std::string colour_by_two(std::string_view program, std::string_view author) {
    MemoryFiles files;
    files.put("program.css", std::string(program));
    files.put("author.css", std::string(author));
    SourceMap sources;
    Diagnostics diagnostics;
    const auto sheet =
        read_stylesheets({{"author.css", StyleSource::Level::author, {}}, {"program.css", StyleSource::Level::program, {}}}, {},
                         Medium::print, files, sources, diagnostics);
    const auto book = make_book(two_paragraphs);
    const StyledBook styled = apply_styles(book, *sheet, diagnostics);
    return to_css(styled.style(NodeId{3}).colour);
}

} // namespace

TEST_CASE("the more specific selector wins, then the later rule") {
    CHECK(colour_of("a", "#a { color: red } p.lead { color: blue } p { color: green }") == "#ff0000");
    CHECK(colour_of("a", "p.lead.x { color: red } p.lead { color: blue }") == "#ff0000");
    CHECK(colour_of("a", "p { color: red } p { color: blue }") == "#0000ff");
    CHECK(colour_of("a", "div p { color: red } p { color: blue }") == "#ff0000");
    CHECK(colour_of("a", ":where(#a) { color: red } p { color: blue }") == "#0000ff");
    CHECK(colour_of("a", ":is(#a, q) { color: red } p.lead { color: blue }") == "#ff0000");
    CHECK(colour_of("b", "p:not(.lead) { color: red } p { color: blue }") == "#ff0000");
}

TEST_CASE("importance turns the order of origins round") {
    CHECK(colour_by_two("p { color: red }", "p { color: blue }") == "#0000ff");
    CHECK(colour_by_two("#a { color: red }", "p { color: blue }") == "#0000ff");
    CHECK(colour_by_two("p { color: red !important }", "#a { color: blue !important }") == "#ff0000");
    CHECK(colour_of("a", "p { color: red !important } #a { color: blue }") == "#ff0000");
}

TEST_CASE("colour is inherited, margins are not, unless asked for") {
    CHECK(colour_of("a", ".box { color: red; margin-top: 5pt }") == "#ff0000");
    CHECK(margin_top(".box { margin-top: 5pt }") == Length{});
    CHECK(margin_top(".box { margin-top: 5pt } p { margin-top: inherit }") == Length::pt(5));
    CHECK(colour_of("a", ".box { color: red } p { color: initial }") == "#000000");
    CHECK(colour_of("a", ".box { color: red } p { color: blue } p { color: unset }") == "#ff0000");
    CHECK(margin_top("p { margin-top: 3pt } p { all: unset }") == Length{});
}

TEST_CASE("revert goes back to the program's own styles") {
    CHECK(colour_by_two("p { color: red }", "p { color: blue } p { color: revert }") == "#ff0000");
    CHECK(colour_by_two("", "div { color: blue } p { color: green } p { color: revert }") == "#0000ff");
}

TEST_CASE("variables are put in, inherited, and fall back") {
    CHECK(colour_of("a", ":root { --accent: red } p { color: var(--accent) }") == "#ff0000");
    CHECK(colour_of("a", ":root { --accent: red } .box { --accent: blue } p { color: var(--accent) }") == "#0000ff");
    CHECK(colour_of("a", "p { color: var(--none, green) }") == "#008000");
    CHECK(colour_of("a", "p { color: var(--none, var(--also-none, blue)) }") == "#0000ff");
    CHECK(colour_of("a", ":root { --a: var(--b); --b: blue } p { color: var(--a) }") == "#0000ff");
    CHECK(margin_top(":root { --space: 2pt 3pt } p { margin: var(--space) }") == Length::pt(2));
    CHECK(margin_top(":root { --n: 3 } p { margin-top: calc(var(--n) * 2pt) }") == Length::pt(6));
}

TEST_CASE("a variable that leans on itself is as if it were not there") {
    CHECK(colour_of("a", ":root { --a: var(--b); --b: var(--a, red) } .box { color: blue } p { color: var(--a, green) }") ==
          "#008000");
    const Styled styled = style_book(two_paragraphs, ".box { color: blue } p { color: red } p { color: var(--a) }");
    CHECK(to_css(styled.style("a").colour) == "#0000ff"); // unset: inherited
    CHECK(styled.messages().find("style.invalid-variable") != std::string::npos);
}

TEST_CASE("variables that double cannot fill the memory") {
    std::string css = ":root { --v0: aaaaaaaaaa";
    for (int i = 1; i < 60; ++i)
        css += "; --v" + std::to_string(i) + ": var(--v" + std::to_string(i - 1) + ") var(--v" + std::to_string(i - 1) + ")";
    css += " } p { color: var(--v59, red) }";
    CHECK(colour_of("a", css) == "#ff0000");
    std::string deep = ":root { --d0: 1pt";
    for (int i = 1; i < 2000; ++i) deep += "; --d" + std::to_string(i) + ": calc(1 * var(--d" + std::to_string(i - 1) + "))";
    deep += " } p { margin-top: var(--d1999, 7pt) }";
    CHECK(margin_top(deep) == Length::pt(7));
}

TEST_CASE("lengths are computed from every unit") {
    CHECK(margin_top("p { margin-top: 1in }") == Length::pt(72));
    CHECK(margin_top("p { margin-top: 2.54cm }") == Length::pt(72));
    CHECK(margin_top("p { margin-top: 96px }") == Length::pt(72));
    CHECK(margin_top("p { margin-top: 6pc }") == Length::pt(72));
    CHECK(margin_top("p { margin-top: 101.6q }") == Length::pt(72));
    CHECK(margin_top(".box { font-size: 10pt } p { font-size: 2em; margin-top: 1.5em }") == Length::pt(30));
    CHECK(margin_top(":root { font-size: 9pt } p { font-size: 20pt; margin-top: 2rem }") == Length::pt(18));
    CHECK(margin_top(":root { font-size: 10pt; line-height: 1.4 } p { font-size: 20pt; margin-top: 1rlh }") == Length::pt(14));
    CHECK(margin_top(":root { line-height: 1.5 } p { font-size: 20pt; margin-top: 1lh }") == Length::pt(30));
}

TEST_CASE("calc, min, max and clamp are computed") {
    CHECK(margin_top("p { margin-top: calc(10pt + 2 * 3pt) }") == Length::pt(16));
    CHECK(margin_top("p { margin-top: calc((10pt - 4pt) / 2) }") == Length::pt(3));
    CHECK(margin_top("p { margin-top: min(10pt, 4pt, 1in) }") == Length::pt(4));
    CHECK(margin_top("p { margin-top: max(1pt, calc(2pt + 3pt)) }") == Length::pt(5));
    CHECK(margin_top("p { margin-top: clamp(4pt, 20pt, 12pt) }") == Length::pt(12));
    const Dimension both = style_book(two_paragraphs, "p { width: calc(50% - 4pt) }").style("a").width;
    CHECK(both == Dimension{false, Length::pt(-4), 50});
    for (const std::string wrong :
         {"calc(1pt + 1)", "calc(1pt * 1pt)", "calc(1pt / 0)", "min(1pt, 50%)", "calc()", "calc(1pt 2pt)"})
        CHECK(style_book(two_paragraphs, "p { width: " + wrong + " }").messages().find("style.unknown-value") !=
              std::string::npos);
}

TEST_CASE("absurd numbers stay within bounds") {
    const Styled styled = style_book(
        two_paragraphs, "@page { size: 0 0; margin: -9999in } p { font-size: 1e30px; line-height: -1; width: 999999999999px; "
                        "margin: calc(1px * (((((((1)))))))); counter-increment: c 2147483647 }");
    CHECK(styled.style("a").font_size <= Length::pt(10000));
    CHECK(styled.style("a").width.length <= Length::pt(100000));
    const PageStyle page = styled.book.page_style({});
    CHECK(page.width == Length::mm(148));
    CHECK(page.margin[0] == Length{});
}

TEST_CASE("conditions choose rules") {
    CHECK(colour_of("a", "@media screen { p { color: red } } @media print { p { color: blue } }") == "#0000ff");
    CHECK(colour_of("a", "@media not print { p { color: red } }") == "#000000");
    CHECK(colour_of("a", "@media screen, print { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@media print and (min-width: 100mm) and (orientation: portrait) { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@media (width >= 200mm) { p { color: red } }") == "#000000");
    CHECK(colour_of("a", "@media (100mm < width <= 148mm) { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@media not (min-width: 300mm) { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@supports (display: block) and (not (display: unheard-of)) { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@supports selector(p > a) { p { color: red } }") == "#ff0000");
    CHECK(colour_of("a", "@supports (animal: cat) or (color: blue) { p { color: red } }") == "#ff0000");
}

TEST_CASE("logical sides follow the direction") {
    const std::string_view markup = "<div id=\"r\" class=\"rtl\"><p id=\"a\">x</p></div><p id=\"b\">y</p>";
    const Styled styled = style_book(
        markup, ".rtl { direction: rtl } p { margin-inline: 1pt 2pt; border-inline-start: 3pt solid red; padding-block: 4pt }");
    CHECK(styled.style("a").margin[1].length == Length::pt(1));
    CHECK(styled.style("a").margin[3].length == Length::pt(2));
    CHECK(styled.style("b").margin[3].length == Length::pt(1));
    CHECK(styled.style("a").border_width[1] == Length::pt(3));
    CHECK(styled.style("b").border_width[3] == Length::pt(3));
    CHECK(styled.style("b").padding[0].length == Length::pt(4));
}

TEST_CASE("a border has width only with a style, and the text's colour unless told otherwise") {
    const Styled styled =
        style_book(two_paragraphs,
                   "p { color: red; border-width: 2pt; border-left: solid } #b { border: thin dotted #00f; border-style: none }");
    CHECK(styled.style("a").border_width[0] == Length{});
    CHECK(styled.style("a").border_width[3] == Length::px(3));
    CHECK(styled.style("a").border_colour[3] == Colour{255, 0, 0, 255});
    CHECK(styled.style("b").border_width[3] == Length{});
}

TEST_CASE("language and direction come from the tree") {
    const Styled styled = style_book(
        "<p id=\"a\">x</p><div lang=\"cy\"><p id=\"b\">y</p></div><p id=\"c\" dir=\"auto\">سلام abc</p>", "p { color: red }");
    CHECK(styled.style("a").language == "en");
    CHECK(styled.style("b").language == "cy");
    CHECK(styled.style("c").direction == Direction::rtl);
}

TEST_CASE("attributes give pictures and columns their size, below every rule") {
    const Styled styled = style_book("<img id=\"a\" width=\"60%\"/><img id=\"b\" width=\"96\" class=\"x\"/><table><colgroup><col "
                                     "id=\"c\" width=\"4em\"/></colgroup></table>",
                                     ".x { width: 10pt }");
    CHECK(styled.style("a").width == Dimension{false, {}, 60});
    CHECK(styled.style("b").width == Dimension::of(Length::pt(10)));
    CHECK(styled.style("c").width == Dimension::of(Length::pt(48)));
}
