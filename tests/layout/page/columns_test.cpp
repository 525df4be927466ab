#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// Fifteen lines of 4 mm on a page 120 mm wide.
constexpr std::string_view sheet =
    "@page { size: 120mm 61mm; margin: 0 } html { line-height: 4mm; orphans: 1; widows: 1 } p { margin: 0 } "
    ".two { column-count: 2; column-gap: 10mm } .three { column-count: 3; column-gap: 3mm } "
    ".all { column-span: all } ";
Layout set(const std::string& markup, const std::string& css = "") {
    Layout layout = lay_out({"<section>" + markup + "</section>", std::string(sheet) + css});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    return layout;
}

} // namespace

TEST_CASE("columns stand side by side and are of the same length") {
    const Layout layout = set("<div class=\"two\">" + short_lines(10) + "</div><p>after.</p>");
    CHECK(place_of(layout, "line1.").x == Approx(0).margin(0.05));
    CHECK(place_of(layout, "line6.").x == Approx(65).margin(0.05));
    CHECK(place_of(layout, "line6.").y == Approx(place_of(layout, "line1.").y).margin(0.05));
    CHECK(place_of(layout, "after.").y == Approx(place_of(layout, "line5.").y + 4).margin(0.1));
    CHECK(layout.diagnostics.all().empty());
}

TEST_CASE("column-width says how many columns there are") {
    const Layout layout = set("<div class=\"w\">" + short_lines(9) + "</div>", ".w { column-width: 30mm; column-gap: 5mm }");
    CHECK(place_of(layout, "line4.").x > 35); // three columns of 36.7 mm
    CHECK(place_of(layout, "line7.").x > 75);
}

TEST_CASE("columns over a page's end fill it, and what is left is balanced on the next") {
    const Layout layout = set("<p>before.</p><div class=\"two\">" + short_lines(40) + "</div><p>after.</p>");
    REQUIRE(layout.pages.pages.size() == 2);
    CHECK(place_of(layout, "line14.").page == 0);
    CHECK(place_of(layout, "line15.").x > 60);
    CHECK(place_of(layout, "line28.").page == 0);
    CHECK(place_of(layout, "line29.").page == 1);
    CHECK(place_of(layout, "line35.").x > 60); // 12 lines: 6 and 6
    CHECK(place_of(layout, "after.").page == 1);
}

TEST_CASE("what spans all columns parts them") {
    const Layout layout =
        set("<div class=\"two\">" + short_lines(4, "a") + "<h2 class=\"all\">Heading</h2>" + short_lines(4, "b") + "</div>");
    CHECK(place_of(layout, "a3.").x > 60);
    CHECK(place_of(layout, "Heading").x == Approx(0).margin(0.05));
    CHECK(place_of(layout, "Heading").y > place_of(layout, "a2.").y);
    CHECK(place_of(layout, "b1.").y > place_of(layout, "Heading").y);
    CHECK(place_of(layout, "b3.").x > 60);
}

TEST_CASE("a rule stands between columns, an artifact as high as they are") {
    const Layout layout = set("<div class=\"two\">" + short_lines(10) + "</div>", ".two { column-rule: 1pt solid black }");
    int rules = 0;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* rule = std::get_if<LineRule>(&item.item); rule && rule->vertical) {
            ++rules;
            CHECK(item.at.x.in_mm() == Approx(60 - 0.176).margin(0.05));
            CHECK(rule->length.in_mm() == Approx(20).margin(0.1));
        }
    CHECK(rules == 1);
}

TEST_CASE("columns of a right-to-left element begin at the right") {
    const Layout layout =
        set("<div class=\"two\" dir=\"rtl\">" + short_lines(10) + "</div>", ".two { direction: rtl; text-align: left }");
    CHECK(place_of(layout, "line1").x > 60);
    CHECK(place_of(layout, "line6").x < 60);
}

TEST_CASE("a box in columns is drawn in each of them") {
    const Layout layout = set("<div class=\"two\"><div class=\"box\">" + short_lines(10) + "</div></div>",
                              ".box { border: 1pt solid black; padding: 1mm }");
    int boxes = 0;
    for (const PlacedItem& item : layout.pages.pages[0].items) boxes += std::holds_alternative<BoxDecoration>(item.item) ? 1 : 0;
    CHECK(boxes == 2);
}

TEST_CASE("notes called in columns stand at the foot of the page") {
    const Layout layout = set("<div class=\"two\">" + short_lines(20) + "<p>noted.<note id=\"n\"><p>Body.</p></note></p></div>");
    CHECK(place_of(layout, "Body.").page == place_of(layout, "noted.").page);
    CHECK(place_of(layout, "Body.").y > 55);
}

TEST_CASE("random columns with notes, headings and boxes lose nothing and stay on their pages") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int least, int most) {
            return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
        };
        std::string markup = short_lines(pick(0, 12), "x");
        for (int part = 0; part < 3; ++part) {
            markup += pick(0, 1) == 0 ? "<div class=\"two\">" : "<div class=\"three\">";
            for (int i = 0; i < pick(1, 8); ++i) {
                const std::string name = std::to_string(part) + "n" + std::to_string(i);
                switch (pick(0, 4)) {
                case 0: markup += "<h2>heading" + name + "</h2>"; break;
                case 1: markup += "<p>noted<note id=\"n" + name + "\"><p>note " + name + "</p></note></p>"; break;
                case 2: markup += "<h2 class=\"all\">span" + name + "</h2>"; break;
                default: markup += short_lines(pick(1, 14), "l" + name + "x");
                }
            }
            markup += "</div>" + short_lines(pick(0, 5), "y");
        }
        INFO("seed " << seed);
        set(markup);
    }
}
