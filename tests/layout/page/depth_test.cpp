// The depth of pages: facing pages of equal depth, lines on a baseline grid.
#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// Fifteen lines of 4 mm on a page, and 1 mm; headings are kept with three lines.
constexpr std::string_view sheet = "@page { size: 120mm 61mm; margin: 0; -bifolio-page-depth: facing } "
                                   "html { line-height: 4mm; orphans: 2; widows: 2 } p { margin: 0 } "
                                   "h2 { font-size: 10pt; margin: 4mm 0 2mm; line-height: 4mm } ";
Layout set(const std::string& markup, const std::string& css = "") {
    Layout layout = lay_out({"<section>" + markup + "</section>", std::string(sheet) + css});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    return layout;
}

std::vector<double> baselines(const Layout& layout, std::size_t page) {
    std::set<std::int64_t> found;
    for (const PlacedItem& item : layout.pages.pages[page].items)
        if (std::holds_alternative<GlyphRun>(item.item)) found.insert(item.at.y.sp());
    std::vector<double> out;
    for (const std::int64_t sp : found) out.push_back(Length::from_sp(sp).in_mm());
    return out;
}
double depth(const Layout& layout, std::size_t page) { return baselines(layout, page).back(); }

std::string with_headings(int pages) {
    std::string markup;
    for (int i = 0; i < pages * 3; ++i)
        markup += "<h2>Heading " + std::to_string(i) + "</h2>" + short_lines(2 + i % 3, "w" + std::to_string(i) + "x");
    return markup;
}

} // namespace

TEST_CASE("spaces are stretched until the page is full, each by its share") {
    // 4 lines, a heading (4 + 4 + 2 mm), 8 lines: 58 mm, and the next line does not fit the 60.4 mm; 6 mm of spaces stretch.
    const Layout layout = set(short_lines(4, "a") + "<h2>Heading</h2>" + short_lines(20, "b"), "@page { size: 120mm 60.4mm }");
    const double first = baselines(layout, 0).front();
    CHECK(depth(layout, 0) == Approx(60.4 - 4 + first).margin(0.02));
    const double above = place_of(layout, "Heading").y - place_of(layout, "a4.").y;
    const double below = place_of(layout, "b1.").y - place_of(layout, "Heading").y;
    CHECK(above - 4 == Approx(4 + 2.4 * 4.0 / 6).margin(0.05));
    CHECK(below - 4 == Approx(2 + 2.4 * 2.0 / 6).margin(0.05));
}

TEST_CASE("spaces stay as they are where the style does not ask, on a last page, and where they could not fill it") {
    const auto gap = [](const Layout& layout) { return place_of(layout, "Heading").y - place_of(layout, "a4.").y; };
    CHECK(gap(set(short_lines(4, "a") + "<h2>Heading</h2>" + short_lines(20, "b"), "@page { -bifolio-page-depth: ragged }")) ==
          Approx(8).margin(0.05));
    CHECK(gap(set(short_lines(4, "a") + "<h2>Heading</h2>" + short_lines(4, "b"))) == Approx(8).margin(0.05));
    // A box of 20 mm moves to the next page: 9 mm are left, far more than 6 mm of spaces can take.
    CHECK(gap(set(short_lines(4, "a") + "<h2>Heading</h2>" + short_lines(6, "b") + "<div class=\"box\">" + short_lines(5, "c") +
                      "</div>" + short_lines(9, "d"),
                  ".box { break-inside: avoid }")) == Approx(8).margin(0.05));
}

TEST_CASE("facing pages end on the same line though one of them cannot be filled") {
    // Pages 2 and 3 face each other. Page 2 is full; page 3 has a box that ends it a little early.
    const Layout ragged = set(with_headings(9), "@page { -bifolio-page-depth: ragged }");
    const Layout facing = set(with_headings(9));
    const auto unequal = [](const Layout& layout) {
        double sum = 0;
        for (std::size_t left = 1; left + 2 < layout.pages.pages.size(); left += 2)
            sum += std::abs(depth(layout, left) - depth(layout, left + 1));
        return sum;
    };
    REQUIRE(ragged.pages.pages.size() > 7);
    CHECK(unequal(ragged) > 8);
    CHECK(unequal(facing) < 0.05);
}

TEST_CASE("rows of a table, lines of a paragraph and notes are not stretched") {
    const std::string rows = "<tr><td>r1</td></tr><tr><td>r2</td></tr><tr><td>r3</td></tr>";
    const Layout layout = set("<p>a1.<note id=\"n\"><p>First note.</p></note></p><h2>Heading</h2><table><tbody>" + rows +
                                  "</tbody></table>" + short_lines(30, "b"),
                              "table { border-spacing: 1mm; margin: 2mm 0 }");
    CHECK(place_of(layout, "Heading").y - place_of(layout, "a1.").y > 8.1); // stretched
    const double row = place_of(layout, "r2").y - place_of(layout, "r1").y;
    CHECK(row == Approx(5).margin(0.05));
    CHECK(place_of(layout, "r3").y - place_of(layout, "r2").y == Approx(row).margin(0.01));
}

TEST_CASE("lines that snap stand on the grid of the page, whatever stands between them") {
    const std::string markup = with_headings(5) + "<div class=\"box\"><p>boxed.</p></div>" + short_lines(20, "after");
    const std::string css = "html { line-snap: baseline } h2 { line-snap: none; font-size: 13pt; line-height: 5.5mm } "
                            ".box { border: 1pt solid black; padding: 1.3mm; margin: 1mm 0; line-snap: none }";
    const Layout layout = set(markup, css);
    double origin = -1;
    int checked = 0;
    for (const Page& page : layout.pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (!run || run->text.find("Heading") != std::string::npos || run->text == "boxed.") continue;
            if (origin < 0) origin = std::fmod(item.at.y.in_mm(), 4);
            CHECK(std::fmod(item.at.y.in_mm(), 4) == Approx(origin).margin(0.001));
            ++checked;
        }
    CHECK(checked > 30);
}

TEST_CASE("a figure at the page's top and columns keep to the grid") {
    std::string markup = short_lines(3, "a") + "<figure><p>figure.</p></figure><div class=\"two\"><h2>In columns</h2>" +
                         short_lines(9, "c") + "</div>" + short_lines(12, "b");
    const Layout layout = set(markup, "html { line-snap: baseline } figure { float: top; margin: 1.7mm 0; height: 7mm; "
                                      "line-snap: none } h2 { line-snap: none; margin: 1.1mm 0 } .two { column-count: 2 }");
    const double origin = std::fmod(place_of(layout, "a1.").y, 4);
    for (const std::string line : {"a3.", "c1.", "c5.", "c9.", "b1.", "b12."}) {
        INFO(line);
        CHECK(std::fmod(place_of(layout, line).y, 4) == Approx(origin).margin(0.001));
    }
}

TEST_CASE("line-grid: create makes the grid that of the element's own lines") {
    const Layout layout =
        lay_out({"<section>" + short_lines(8) + "</section>",
                 "@page { size: 120mm 61mm; margin: 0 } html { line-height: 4mm } p { margin: 0; line-snap: baseline } "
                 "section { line-grid: create; line-height: 6mm } p { line-height: 4mm }"});
    CHECK(place_of(layout, "line2.").y - place_of(layout, "line1.").y == Approx(6).margin(0.001));
    CHECK(place_of(layout, "line8.").y - place_of(layout, "line1.").y == Approx(42).margin(0.01));
}
