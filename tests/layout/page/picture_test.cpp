#include "layout/page/paginate_support.h"
#include "picture/png.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Resource drawing(const std::string& path, const std::string& size, const std::string& inside = "<rect width='10' height='10'/>") {
    return {path, "image/svg+xml",
            std::make_shared<const std::string>("<svg xmlns='http://www.w3.org/2000/svg' " + size + ">" + inside + "</svg>")};
}

struct Found {
    std::size_t page = 0;
    PagePoint at;
    const PlacedPicture* picture = nullptr;
};
std::vector<Found> pictures(const Layout& layout) {
    std::vector<Found> out;
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p)
        for (const PlacedItem& item : layout.pages.pages[p].items)
            if (const auto* picture = std::get_if<PlacedPicture>(&item.item)) out.push_back({p, item.at, picture});
    return out;
}
bool is_about(Length length, double millimetres) { return std::abs(length.in_mm() - millimetres) < 0.1; }
bool has_code(const Layout& layout, const std::string& code) {
    for (const Diagnostic& one : layout.diagnostics.all())
        if (one.code == code) return true;
    return false;
}
std::string paragraphs(int count) {
    std::string out;
    for (int i = 1; i <= count; ++i) out += "<p>paragraph" + std::to_string(i) + "</p>";
    return out;
}

} // namespace

TEST_CASE("a picture keeps its proportions, whichever of its sides is given") {
    const std::vector<Resource> files{drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'")};
    const struct {
        std::string css;
        double width, height;
    } cases[] = {{"", 40, 20},
                 {"img { width: 30mm }", 30, 15},
                 {"img { height: 30mm }", 60, 30},
                 {"img { width: 50% }", 50, 25},
                 {"img { width: 90mm; max-width: 60mm }", 60, 30},
                 {"img { width: 300mm }", 100, 50}}; // never wider than its column
    for (const auto& one : cases) {
        const Layout layout = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/></p></section>", one.css, files});
        INFO(one.css);
        const auto found = pictures(layout);
        REQUIRE(found.size() == 1);
        CHECK(is_about(found[0].picture->width, one.width));
        CHECK(is_about(found[0].picture->height, one.height));
        CHECK_FALSE(found[0].picture->whole);
    }
}

TEST_CASE("object-fit says how a picture fills a box of other proportions") {
    const std::vector<Resource> files{drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'")};
    const struct {
        std::string fit;
        double x, y, width, height;
    } cases[] = {{"contain", 0, 7.5, 30, 15}, {"cover", -15, 0, 60, 30}, {"none", -5, 5, 40, 20}, {"scale-down", 0, 7.5, 30, 15}};
    for (const auto& one : cases) {
        const Layout layout = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/></p></section>",
                                       "img { width: 30mm; height: 30mm; object-fit: " + one.fit + " }", files});
        INFO(one.fit);
        const auto found = pictures(layout);
        REQUIRE(found.size() == 1);
        CHECK(is_about(found[0].picture->width, 30));
        CHECK(is_about(found[0].picture->height, 30));
        REQUIRE(found[0].picture->whole);
        const PageRect& whole = *found[0].picture->whole;
        CHECK(is_about(whole.x, one.x));
        CHECK(is_about(whole.y, one.y));
        CHECK(is_about(whole.width, one.width));
        CHECK(is_about(whole.height, one.height));
    }
    const Layout filled = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/></p></section>",
                                   "img { width: 30mm; height: 30mm; object-fit: fill }", files});
    CHECK_FALSE(pictures(filled).at(0).picture->whole);
}

TEST_CASE("a picture too tall for the page is made smaller and reported") {
    const Layout layout = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/></p></section>",
                                   "",
                                   {drawing("a.svg", "width='40mm' height='200mm' viewBox='0 0 40 200'")}});
    const auto found = pictures(layout);
    REQUIRE(found.size() == 1);
    CHECK(found[0].at.y + found[0].picture->height <= Length::mm(90) + Length::pt(0.1));
    CHECK(std::abs(found[0].picture->height / found[0].picture->width - 5) < 0.01);
    CHECK(has_code(layout, "layout.picture-too-tall"));
}

TEST_CASE("a figure stands on one page with its caption") {
    for (int before = 0; before < 14; ++before) {
        const Layout layout =
            lay_out({"<section>" + paragraphs(before) +
                         "<figure><p><img src=\"a.svg\" alt=\"a\"/></p><figcaption>Caption words</figcaption></figure>" +
                         paragraphs(9) + "</section>",
                     "p { margin: 0 } figure { break-inside: avoid; margin: 0 }",
                     {drawing("a.svg", "width='40mm' height='30mm' viewBox='0 0 40 30'")}});
        INFO(before);
        for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
        const auto found = pictures(layout);
        REQUIRE(found.size() == 1);
        CHECK(page_text(layout.pages, found[0].page).find("Caption words") != std::string::npos);
    }
}

TEST_CASE("words run around a floating picture and take the whole width below it") {
    std::string words;
    for (int i = 1; i <= 120; ++i) words += "word" + std::to_string(i) + " ";
    const Layout layout = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/>" + words + "</p></section>",
                                   "img { float: left }",
                                   {drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'")}});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const auto found = pictures(layout);
    REQUIRE(found.size() == 1);
    bool beside = false, below = false;
    for (const PlacedItem& item : layout.pages.pages[0].items) {
        if (!std::holds_alternative<GlyphRun>(item.item)) continue;
        const bool next_to_it = item.at.y < found[0].at.y + found[0].picture->height;
        if (next_to_it) CHECK(item.at.x >= found[0].at.x + found[0].picture->width - Length::pt(0.1));
        beside |= next_to_it;
        below |= !next_to_it && is_about(item.at.x, 10);
    }
    CHECK(beside);
    CHECK(below);
}

TEST_CASE("a missing picture is an error, and where it is allowed its alternative text is printed") {
    const std::string markup =
        "<section><p>before</p><p><img src=\"gone.svg\" alt=\"Two hands on a table\"/></p><p>after</p></section>";
    const std::vector<Resource> files{{"gone.svg", "image/svg+xml", std::make_shared<const std::string>("no drawing at all")}};
    const Layout strict = lay_out({markup, "", files});
    CHECK(strict.diagnostics.has_errors());
    LayoutInput input{markup, "", files};
    input.options.allow_missing_picture = true;
    const Layout allowed = lay_out(input);
    INFO(page_text(allowed.pages, 0));
    CHECK_FALSE(allowed.diagnostics.has_errors());
    CHECK(page_text(allowed.pages, 0).find("Two hands on a table") != std::string::npos);
}

TEST_CASE("a character without a glyph is an error, and where it is allowed a box shows its number") {
    const std::string markup = "<section><p>before \xF3\xB0\x80\x80 after</p></section>"; // U+F0000, for private use
    CHECK(lay_out({markup, ""}).diagnostics.has_errors());
    LayoutInput input{markup, ""};
    input.options.allow_missing_glyph = true;
    const Layout allowed = lay_out(input);
    CHECK_FALSE(allowed.diagnostics.has_errors());
    CHECK(has_code(allowed, "layout.missing-glyph"));
    std::size_t drawn = 0; // the box says the character and shows its number
    for (const PlacedItem& item : allowed.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text == "\xF3\xB0\x80\x80")
            drawn = run->glyphs.size();
    CHECK(drawn == std::string_view("U+F0000").size());
    CHECK(page_text(allowed.pages, 0).find("after") != std::string::npos);
}

TEST_CASE("the words of a drawing are set in the book's fonts") {
    const Layout layout = lay_out({"<section><p><img src=\"a.svg\" alt=\"a\"/></p></section>",
                                   "",
                                   {drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'",
                                            "<text x='2' y='10' font-family='Inter' font-size='4'>Dose</text>")}});
    const auto found = pictures(layout);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].picture->drawing_text.size() == 1);
    CHECK(found[0].picture->drawing_text[0].at(0).second.text == "Dose");
}

TEST_CASE("a block of another page name is as wide as that page, and what follows as wide as before") {
    const Layout layout =
        lay_out({"<section><p>before</p><div class=\"wide\"><p class=\"end\">wide</p></div><p class=\"end\">after</p></section>",
                 "@page { size: 100mm 80mm; margin: 20mm } @page wide { margin: 5mm } .wide { page: wide } "
                 ".end { text-align: right }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    CHECK(layout.pages.pages.size() == 3);
    CHECK(place_of(layout, "wide").x > 80);
    CHECK(place_of(layout, "after").x < 80);
    CHECK(place_of(layout, "after").x > 60);
}

TEST_CASE("a picture that reaches the page's edges is drawn on into the bleed, cut to it and in proportion") {
    const std::vector<Resource> files{drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'")};
    const std::string sheet =
        "@page { size: 100mm 80mm; margin: 10mm; bleed: 3mm } @page full { margin: 0 } "
        "figure { page: full; margin: 0 } img { display: block; width: 100mm; height: 80mm; object-fit: cover } ";
    const Layout layout =
        lay_out({"<section><p>before</p><figure><img src=\"a.svg\" alt=\"a\"/></figure><p>after</p></section>", sheet, files});
    REQUIRE(pictures(layout).size() == 1);
    const Found found = pictures(layout)[0];
    CHECK(found.page == 1);
    CHECK(is_about(found.at.x, -3));
    CHECK(is_about(found.at.y, -3));
    CHECK(is_about(found.picture->width, 106));
    CHECK(is_about(found.picture->height, 86));
    REQUIRE(found.picture->whole);
    CHECK(found.picture->whole->width / found.picture->whole->height == Approx(2).epsilon(0.001));
    CHECK(found.picture->whole->y <= Length::pt(0.01));
    CHECK(found.picture->whole->y + found.picture->whole->height >= Length::mm(85.9));
    // One that only reaches the upper edge goes on beyond that edge alone.
    const Layout half = lay_out({"<section><p>before</p><figure><img src=\"a.svg\" alt=\"a\"/></figure></section>",
                                 sheet + "img { width: 60mm; height: 40mm; margin-left: 20mm }", files});
    const Found upper = pictures(half).at(0);
    CHECK(is_about(upper.at.x, 20));
    CHECK(is_about(upper.at.y, -3));
    CHECK(is_about(upper.picture->width, 60));
    CHECK(is_about(upper.picture->height, 43));
}

TEST_CASE("a picture that is to be a part of a table is a picture all the same") {
    const std::vector<Resource> files{drawing("a.svg", "width='40mm' height='20mm' viewBox='0 0 40 20'")};
    for (const std::string display : {"table-cell", "table-row", "table", "table-caption", "table-column"}) {
        INFO(display);
        const Layout layout =
            lay_out({"<section><figure><img src=\"a.svg\" alt=\"a\"/><figcaption>words</figcaption></figure></section>",
                     "figure { display: table } figcaption { display: table-cell } img { display: " + display + " }", files});
        CHECK(pictures(layout).size() == 1);
        CHECK(place_of(layout, "words").page == 0);
    }
}

TEST_CASE("a section that begins with a block of another page name sets it as wide as that page") {
    const Layout layout =
        lay_out({"<section><div class=\"wide\"><p class=\"end\">wide</p></div><p class=\"end\">after</p></section>"
                 "<section class=\"wide\"><p class=\"end\">whole</p></section>",
                 "@page { size: 100mm 80mm; margin: 20mm } @page wide { margin: 5mm } .wide { page: wide } "
                 ".end { text-align: right }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    CHECK(place_of(layout, "wide").x > 80);
    CHECK(place_of(layout, "after").x < 80);
    CHECK(place_of(layout, "whole").x > 80);
    CHECK(layout.diagnostics.all().empty());
}

TEST_CASE("a missing character is told once for a file, with its name, its word and how often it stands there") {
    const std::string c = "\xF3\xB0\x80\x80", markup = "<section><p>take" + c + "n " + c + "</p><table><tr><td>in " + c +
                                                       " a cell</td></tr></table><p>note<note>of " + c + "</note></p></section>";
    const Layout laid = lay_out({markup, "p::before { content: '\\F0001 ' }"});
    std::vector<std::string> told;
    for (const Diagnostic& d : laid.diagnostics.all())
        if (d.code == "layout.missing-glyph") told.push_back(d.message);
    REQUIRE(told.size() == 2);
    INFO(told[0]);
    CHECK(told[0].starts_with("no font has the character U+F0000 <private use area-F0000> (‘" + c + "’), in ‘\U000F0001take" + c +
                              "n’; it stands at 3 more places of this file"));
    CHECK(told[1].starts_with("no font has the character U+F0001"));
}

TEST_CASE("a character that a drawing's text has and no font is an error that no option allows") {
    const std::string svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='20'><text x='0' y='15'>a\xF3\xB0\x80\x80</text></svg>";
    const std::vector<Resource> files{{"drawn.svg", "image/svg+xml", std::make_shared<const std::string>(svg)}};
    LayoutInput input{"<section><p><img src=\"drawn.svg\" alt=\"Drawn\"/></p></section>", "", files};
    input.options.allow_missing_glyph = true;
    const Layout laid = lay_out(input);
    CHECK(laid.diagnostics.has_errors());
    CHECK(has_code(laid, "layout.missing-glyph"));
}

TEST_CASE("a picture whose colour profile was left out is a warning") {
    RasterPicture pixel;
    pixel.width = pixel.height = 1;
    pixel.samples.assign(3, '\x40');
    pixel.icc = "none";
    const auto file = [](const RasterPicture& picture) {
        return std::vector<Resource>{{"bed.png", "image/png", std::make_shared<const std::string>(write_png(picture))}};
    };
    const Layout layout = lay_out({"<section><p><img src=\"bed.png\" alt=\"a bed\"/></p></section>", "", file(pixel)});
    REQUIRE(has_code(layout, "layout.picture-profile"));
    for (const Diagnostic& one : layout.diagnostics.all())
        if (one.code == "layout.picture-profile") {
            CHECK(one.severity == Severity::warning);
            CHECK(one.message ==
                  "the colour profile in ‘bed.png’ is damaged; it was left out, and the picture is shown as if it had none");
        }
    pixel.icc.clear();
    CHECK_FALSE(has_code(lay_out({"<section><p><img src=\"bed.png\" alt=\"a bed\"/></p></section>", "", file(pixel)}),
                         "layout.picture-profile"));
}
