#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

void check_sound(const Layout& layout) {
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
}
PagePoint place(const Layout& layout, const std::string& text, std::size_t* page_number = nullptr) {
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p)
        for (const PlacedItem& item : layout.pages.pages[p].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item);
                run && run->text.find(text) != std::string::npos && std::holds_alternative<Content>(item.owner)) {
                if (page_number) *page_number = p;
                return item.at;
            }
    throw std::runtime_error("no ‘" + text + "’ in\n" + dump(layout.pages));
}
// The baselines of a page, from its top.
std::vector<Length> baselines(const Layout& layout, std::size_t page) {
    std::vector<Length> out;
    for (const PlacedItem& item : layout.pages.pages[page].items)
        if (std::holds_alternative<GlyphRun>(item.item)) out.push_back(item.at.y);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}
std::string rows(int count) {
    std::string out;
    for (int i = 1; i <= count; ++i)
        out += "<tr><td>row" + std::to_string(i) + "</td><td>value " + std::to_string(i * 7) + "</td></tr>";
    return out;
}

} // namespace

TEST_CASE("cells of a row stand side by side, rows below each other") {
    const Layout layout = lay_out(
        {"<section><table><tr><td>alpha</td><td>beta</td></tr><tr><td>gamma</td><td>delta</td></tr></table></section>", ""});
    check_sound(layout);
    CHECK(place(layout, "alpha").y == place(layout, "beta").y);
    CHECK(place(layout, "alpha").x < place(layout, "beta").x);
    CHECK(place(layout, "gamma").y > place(layout, "alpha").y);
    CHECK(place(layout, "delta").x == place(layout, "beta").x);
}

TEST_CASE("the head is repeated on each page, as an artifact") {
    const Layout layout = lay_out(
        {"<section><table><thead><tr><th>Name</th><th>Number</th></tr></thead><tbody>" + rows(60) + "</tbody></table></section>",
         ""});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() >= 3);
    const std::string text = dump(layout.pages);
    std::size_t repeated = 0;
    for (std::size_t at = text.find("repeated-table-head"); at != std::string::npos;
         at = text.find("repeated-table-head", at + 1))
        ++repeated;
    CHECK(repeated == 2 * (layout.pages.pages.size() - 1));
}

TEST_CASE("a row taller than a page is divided between its lines") {
    std::string words;
    for (int i = 0; i < 500; ++i) words += "word" + std::to_string(i) + " ";
    const Layout layout = lay_out({"<section><table><tr><td>side</td><td>" + words + "</td></tr></table></section>", ""});
    check_sound(layout);
    CHECK(layout.pages.pages.size() >= 2);
    REQUIRE(!layout.diagnostics.all().empty());
    CHECK(layout.diagnostics.all()[0].code == "layout.row-divided");
}

TEST_CASE("a row taller than a page begins below what stands before it, with its cells' padding above and below each cut") {
    std::string words;
    for (int i = 0; i < 500; ++i) words += "word" + std::to_string(i) + " ";
    const Layout layout = lay_out({"<section><p>opening</p><table><thead><tr><th>head</th><th>text</th></tr></thead>"
                                   "<tr><td>side</td><td>" +
                                       words + "</td></tr></table></section>",
                                   "td, th { padding: 9pt 4pt; vertical-align: top } tr { break-inside: avoid }"});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() >= 2);
    std::size_t opening = 0, first = 0;
    place(layout, "opening", &opening);
    place(layout, "word0", &first);
    CHECK(opening == first);
    // The repeated head's line, its padding, the cut row's padding, the row's line.
    const auto lines = baselines(layout, 1);
    REQUIRE(lines.size() > 2);
    const double step = (lines[2] - lines[1]).in_pt();
    CHECK((lines[1] - lines[0]).in_pt() == Approx(step + 18).margin(0.5));
}

TEST_CASE("a row that may be cut is cut only where moving it leaves much of a page empty") {
    std::string words;
    for (int i = 0; i < 90; ++i) words += "word" + std::to_string(i) + " ";
    const std::string row = "<tr><td>" + words + "</td></tr>";
    const std::string all = row + row + row + row + row + row + row;
    const auto pages = [&](const std::string& style) {
        const Layout layout = lay_out({"<section><table>" + all + "</table></section>", style});
        check_sound(layout);
        return layout.pages.pages.size();
    };
    CHECK(pages("tr { break-inside: auto }") < pages("tr { break-inside: avoid }"));
}

TEST_CASE("a cell that must stand on one page, and does not, is told") {
    std::string words;
    for (int i = 0; i < 500; ++i) words += "word" + std::to_string(i) + " ";
    const Layout layout =
        lay_out({"<section><table><tr><td>side</td><td class=\"dose\">" + words + "</td></tr></table></section>",
                 "td.dose { break-inside: -bifolio-never }"});
    CHECK(std::any_of(layout.diagnostics.all().begin(), layout.diagnostics.all().end(),
                      [](const Diagnostic& one) { return one.severity == Severity::error; }));
}

TEST_CASE("spans widen and lengthen cells") {
    const Layout layout = lay_out({"<section><table><tr><td rowspan=\"2\">tall</td><td colspan=\"2\">wide</td></tr>"
                                   "<tr><td>left</td><td>right</td></tr></table></section>",
                                   "td { vertical-align: top }"});
    check_sound(layout);
    CHECK(place(layout, "left").x == place(layout, "wide").x);
    CHECK(place(layout, "left").x > place(layout, "tall").x);
    CHECK(place(layout, "right").x > place(layout, "left").x);
}

TEST_CASE("numbers are aligned on their decimal marks") {
    const Layout layout =
        lay_out({"<section><table><tr><td>1.5</td></tr><tr><td>12.25</td></tr><tr><td>100</td></tr></table></section>",
                 "td { text-align: -bifolio-decimal; font-variant-numeric: tabular-nums } table { width: 100% }"});
    check_sound(layout);
    const double digit = (place(layout, "1.5").x - place(layout, "12.25").x).in_pt();
    CHECK(digit > 4);
    CHECK(std::abs((place(layout, "12.25").x - place(layout, "100").x).in_pt() - digit) < 0.1);
}

TEST_CASE("a table never leaves the page, however wide its words") {
    const Layout layout = lay_out(
        {"<section><table><tr><td>" + std::string(60, 'a') + "</td><td>" + std::string(90, 'b') + "</td></tr></table></section>",
         ""});
    check_sound(layout);
}

TEST_CASE("columns of a right-to-left table begin at the right") {
    const Layout layout =
        lay_out({"<section><table><tr><td>أول</td><td>ثان</td></tr></table></section>", "html { direction: rtl }", {}, "rtl"});
    CHECK(place(layout, "أول").x > place(layout, "ثان").x);
}

TEST_CASE("a caption stays with its table") {
    for (int lead = 12; lead < 22; ++lead) {
        std::string markup = "<section>";
        for (int i = 0; i < lead; ++i) markup += "<p>line</p>";
        const Layout layout = lay_out({markup + "<table><caption>Caption</caption>" + rows(8) + "</table></section>", ""});
        std::size_t caption = 0, first = 0;
        place(layout, "Caption", &caption);
        place(layout, "row1", &first);
        CHECK(caption == first);
        check_sound(layout);
    }
}

TEST_CASE("collapsed borders are drawn once, between cells") {
    const Layout layout = lay_out({"<section><table><tr><td>a</td><td>b</td></tr></table></section>",
                                   "table { border-collapse: collapse } td { border: 1pt solid #000 }"});
    std::size_t vertical = 0, horizontal = 0;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* rule = std::get_if<LineRule>(&item.item)) ++(rule->vertical ? vertical : horizontal);
    CHECK(vertical == 3);
    CHECK(horizontal == 4);
}

TEST_CASE("a table of 5,000 rows loses no row, and its time grows with its rows alone") {
    const auto time_of = [](int rows) {
        std::string markup = "<section><table><thead><tr><th>Number</th><th>Name</th></tr></thead><tbody>";
        for (int i = 1; i <= rows; ++i) {
            const std::string number = std::to_string(i);
            markup += "<tr><td>row" + number + "</td><td>a name for " + number + "</td></tr>";
        }
        const auto begin = std::chrono::steady_clock::now();
        const Layout layout = lay_out({markup + "</tbody></table></section>", ""});
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        std::size_t found = 0;
        for (std::size_t page = 0; page < layout.pages.pages.size(); ++page) {
            const std::string text = page_text(layout.pages, page);
            for (std::size_t at = text.find("row"); at != std::string::npos; at = text.find("row", at + 1)) ++found;
        }
        CHECK(found == static_cast<std::size_t>(rows));
        return took.count();
    };
    time_of(100); // fonts are loaded
    const double one = std::min(time_of(1'000), time_of(1'000)), five = std::min(time_of(5'000), time_of(5'000));
    INFO(one << " s for 1,000 rows, " << five << " s for 5,000");
    CHECK(five < one * 16); // 25 if it were quadratic
}

namespace {

std::size_t count_of(const std::string& text, const std::string& word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
    return count;
}
// The texts of a page's artifacts that were repeated with a table.
std::string repeated_text(const Page& page) {
    std::string out;
    for (const PlacedItem& item : page.items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item))
            if (const auto* artifact = std::get_if<Artifact>(&item.owner); artifact && *artifact == Artifact::repeated_table_head)
                out += run->text + "|";
    return out;
}
std::vector<PlacedItem> boxes(const Layout& layout) {
    std::vector<PlacedItem> out;
    for (const PlacedItem& item : layout.pages.pages.at(0).items)
        if (std::holds_alternative<BoxDecoration>(item.item)) out.push_back(item);
    return out;
}
double width_of(const PlacedItem& item) { return std::get<BoxDecoration>(item.item).width.in_pt(); }
double height_of(const PlacedItem& item) { return std::get<BoxDecoration>(item.item).height.in_pt(); }

} // namespace

TEST_CASE("the foot stands at the foot of each page, and once as content") {
    const Layout layout = lay_out(
        {"<section><table><tfoot><tr><td>footing</td></tr></tfoot><tbody>" + rows(60) + "</tbody></table></section>", ""});
    check_sound(layout);
    const std::size_t pages = layout.pages.pages.size();
    REQUIRE(pages >= 3);
    for (std::size_t page = 0; page + 1 < pages; ++page) {
        CHECK(count_of(repeated_text(layout.pages.pages[page]), "footing") == 1);
        Length lowest;
        for (const PlacedItem& item : layout.pages.pages[page].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text.starts_with("row"))
                lowest = max(lowest, item.at.y);
        for (const PlacedItem& item : layout.pages.pages[page].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text == "footing") CHECK(item.at.y > lowest);
    }
    std::size_t last = 0;
    place(layout, "footing", &last);
    CHECK(last == pages - 1);
    CHECK(repeated_text(layout.pages.pages[pages - 1]).empty());
}

TEST_CASE("a repeated foot has the border above it") {
    const Layout layout = lay_out(
        {"<section><table><tfoot><tr><td>footing</td><td></td></tr></tfoot><tbody>" + rows(60) + "</tbody></table></section>",
         "table { border-collapse: collapse } td { border: 1pt solid } tfoot td { border-top: 3pt solid }"});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() >= 3);
    for (const Page& page : layout.pages.pages) {
        std::size_t thick = 0;
        for (const PlacedItem& item : page.items)
            if (const auto* rule = std::get_if<LineRule>(&item.item); rule && rule->thickness == Length::pt(3)) ++thick;
        CHECK(thick == 2);
    }
}

TEST_CASE("a table that goes on says so in its caption, above the repeated head") {
    const std::string markup = "<section><table><caption>Doses</caption><thead><tr><th>Name</th></tr></thead><tbody>" + rows(60) +
                               "</tbody></table></section>";
    const Layout layout = lay_out({markup, "caption { -bifolio-table-continued: \" (continued)\" }"});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() >= 3);
    CHECK(repeated_text(layout.pages.pages[0]).empty());
    for (std::size_t page = 1; page < layout.pages.pages.size(); ++page)
        CHECK(repeated_text(layout.pages.pages[page]).starts_with("Doses (continued)"));
    const Layout silent = lay_out({markup, "caption { -bifolio-table-continued: none }"});
    CHECK(repeated_text(silent.pages.pages.at(1)) == "Name|");
}

TEST_CASE("a heading over all columns stays with the row below it") {
    for (int lead = 8; lead < 24; ++lead) {
        std::string markup = "<section>";
        for (int i = 0; i < lead; ++i) markup += "<p>line</p>";
        const Layout layout =
            lay_out({markup + "<table>" + rows(3) + "<tr><th colspan=\"2\">Adults</th></tr><tr><td>below</td><td>x</td></tr>" +
                         rows(4) + "</table></section>",
                     ""});
        std::size_t heading = 0, below = 0;
        place(layout, "Adults", &heading);
        place(layout, "below", &below);
        CHECK(heading == below);
        check_sound(layout);
    }
}

TEST_CASE("words and blocks in a table that stand in no cell get one, where they were written") {
    const Layout layout = lay_out({"<section><div class=\"t\">loose <b>words</b><span class=\"c\">cell</span></div></section>",
                                   ".t { display: table } .c { display: table-cell }"});
    check_sound(layout);
    CHECK(place(layout, "loose").y == place(layout, "cell").y);
    CHECK(place(layout, "words").x > place(layout, "loose").x);
    CHECK(place(layout, "cell").x > place(layout, "words").x);
}

TEST_CASE("cells and rows outside of a table get one that nobody wrote") {
    const Layout layout = lay_out({"<section><p>before</p><div><span class=\"c\">one</span> <span class=\"c\">two</span>"
                                   "<div class=\"r\"><span class=\"c\">three</span><span class=\"c\">four</span></div>after</div>"
                                   "<div class=\"f\"><span class=\"c\">five</span><span class=\"c\">six</span></div></section>",
                                   ".r { display: table-row } .c { display: table-cell } .f { float: right }"});
    check_sound(layout);
    CHECK(place(layout, "one").y == place(layout, "two").y);
    CHECK(place(layout, "two").x > place(layout, "one").x);
    CHECK(place(layout, "three").y > place(layout, "one").y);
    CHECK(place(layout, "three").x == place(layout, "one").x);
    CHECK(place(layout, "four").x == place(layout, "two").x);
    CHECK(place(layout, "after").y > place(layout, "three").y);
    CHECK(place(layout, "six").y == place(layout, "five").y);
    CHECK(place(layout, "five").x > place(layout, "four").x);
}

TEST_CASE("where a table without a head goes on, the row's upper border closes it") {
    const auto highest_rule = [](const Page& page) {
        Length y = page.height;
        for (const PlacedItem& item : page.items)
            if (const auto* rule = std::get_if<LineRule>(&item.item); rule && !rule->vertical) y = min(y, item.at.y);
        return y;
    };
    const Layout layout = lay_out({"<section><table>" + rows(60) + "</table></section>",
                                   "table { border-collapse: collapse } td { border: 1pt solid #000 }"});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() >= 2);
    CHECK((highest_rule(layout.pages.pages[0]).in_mm()) == Approx(10).margin(0.2));
    CHECK((highest_rule(layout.pages.pages[1]).in_mm()) == Approx(10).margin(0.2));
}

TEST_CASE("a height that a table asks for is shared out over its rows") {
    const Layout layout = lay_out({"<section><table><tr><td>a</td></tr><tr class=\"g\"><td>b</td></tr></table></section>",
                                   "table { border-spacing: 0; height: 100pt } td { background: #eee } .g { height: 30pt }"});
    check_sound(layout);
    const auto cells = boxes(layout);
    REQUIRE(cells.size() == 2);
    CHECK(height_of(cells[0]) == Approx(70).margin(0.01));
    CHECK(height_of(cells[1]) == Approx(30).margin(0.01));
}

TEST_CASE("shares of the width come before what the other columns would like") {
    const Layout layout = lay_out(
        {"<section><table><tr><td class=\"half\">a</td><td>b</td><td class=\"fixed\">c</td></tr></table></section>",
         "table { border-spacing: 0; width: 200pt } td { background: #eee } .half { width: 50% } .fixed { width: 40pt }"});
    check_sound(layout);
    const auto cells = boxes(layout);
    REQUIRE(cells.size() == 3);
    CHECK(width_of(cells[0]) == Approx(100).margin(0.01));
    CHECK(width_of(cells[1]) == Approx(60).margin(0.01));
    CHECK(width_of(cells[2]) == Approx(40).margin(0.01));
}

TEST_CASE("a span of no rows goes to the end of its group") {
    const Layout layout =
        lay_out({"<section><table><tr><td rowspan=\"0\" class=\"x\">tall</td><td>one</td></tr><tr><td>two</td></tr>"
                 "<tr><td>six</td></tr></table></section>",
                 ".x { background: #eee }"});
    check_sound(layout);
    CHECK(place(layout, "one").x == place(layout, "six").x);
    CHECK(height_of(boxes(layout).at(0)) == Approx(36).margin(0.01));
}

TEST_CASE("a collapsed row takes no room, and a diagnostic names what is left out") {
    const Layout layout = lay_out({"<section><table><tr><td>one</td></tr><tr class=\"away\"><td>two</td></tr>"
                                   "<tr><td>three</td></tr></table></section>",
                                   ".away { visibility: collapse }"});
    CHECK((place(layout, "three").y - place(layout, "one").y).in_pt() == Approx(12).margin(0.01));
    REQUIRE(layout.diagnostics.all().size() == 1);
    CHECK(layout.diagnostics.all()[0].code == "layout.collapsed-cells");
}

TEST_CASE("of two borders that meet the wider is drawn, and hidden borders hide") {
    const Layout layout =
        lay_out({"<section><table><tr><td class=\"wide\">a</td><td>b</td><td class=\"none\">c</td></tr></table>"
                 "</section>",
                 "table { border-collapse: collapse } td { border: 1pt solid #000 } .wide { border-right: 4pt solid "
                 "#f00 } .none { border-style: hidden }"});
    std::vector<double> vertical;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* rule = std::get_if<LineRule>(&item.item); rule && rule->vertical)
            vertical.push_back(rule->thickness.in_pt());
    std::sort(vertical.begin(), vertical.end());
    CHECK(vertical == std::vector<double>{1, 4});
}

TEST_CASE("a table in a float is as wide as its columns and edges, once") {
    const Layout layout =
        lay_out({"<section><div class=\"f\"><table><tr><td>aa</td></tr></table></div><p>beside it</p></section>",
                 ".f { float: left } table { border-spacing: 0; border: 5pt solid; padding: 5pt } "
                 ".f, td { background: #eee }"});
    check_sound(layout);
    const auto all = boxes(layout);
    REQUIRE(all.size() == 3); // the float, its table, its cell
    CHECK(width_of(all[0]) == Approx(width_of(all[1])).margin(0.01));
    CHECK(width_of(all[1]) == Approx(width_of(all[2]) + 20).margin(0.01));
}

namespace {

class RandomTable {
public:
    explicit RandomTable(unsigned seed) : random_(seed) {}

    LayoutInput make() {
        std::string markup = "<section><p>before</p><table>";
        if (chance(2)) markup += "<caption>A caption " + words(4) + "</caption>";
        for (unsigned i = below(4); i > 0; --i) markup += "<col" + attribute("class", "w" + number(5)) + "/>";
        if (chance(2)) markup += "<thead>" + rows(1 + below(2)) + "</thead>";
        if (chance(3)) markup += "<tfoot>" + rows(1 + below(2)) + "</tfoot>";
        for (unsigned i = 1 + below(3); i > 0; --i) markup += "<tbody>" + rows(1 + below(12)) + "</tbody>";
        if (chance(3)) markup += "<tr><td>a row alone</td></tr>";
        return {markup + "</table><p>after</p></section>", css()};
    }

private:
    unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }
    bool chance(unsigned of) { return below(of) == 0; }
    std::string number(unsigned end) { return std::to_string(below(end)); }
    static std::string attribute(const std::string& name, const std::string& value) { return " " + name + "=\"" + value + "\""; }

    std::string words(unsigned most) {
        std::string out;
        for (unsigned i = below(most + 1); i > 0; --i) out += std::string(1 + below(8), static_cast<char>('a' + below(26))) + " ";
        return out;
    }

    std::string rows(unsigned count) {
        std::string out;
        for (; count > 0; --count) {
            out += "<tr" + attribute("class", "h" + number(6)) + ">";
            for (unsigned cells = 1 + below(4); cells > 0; --cells) {
                const std::string name = chance(6) ? "th" : "td";
                out += "<" + name + attribute("class", "w" + number(9) + " v" + number(5));
                if (chance(5)) out += attribute("colspan", number(5));
                if (chance(5)) out += attribute("rowspan", number(4));
                out += ">" + words(chance(12) ? 120 : 5);
                if (chance(8)) out += "<p>" + words(9) + "</p>";
                if (chance(10)) out += "<note>a note " + words(5) + "</note>";
                out += "</" + name + ">";
            }
            if (chance(9)) out += "loose " + words(3);
            out += "</tr>";
        }
        return out;
    }

    std::string css() {
        std::string out =
            ".w1 { width: 30% } .w2 { width: 20pt } .w3 { width: 80pt } .w4 { min-width: 40pt } .h1 { height: 20pt } "
            ".v1 { vertical-align: top } .v2 { vertical-align: middle } .v3 { vertical-align: bottom } "
            "caption { -bifolio-table-continued: \" (continued)\" } td, th { border: 1pt solid; padding: 2pt } ";
        out += chance(2) ? "table { border-collapse: collapse } " : "table { border-spacing: 2pt; border: 2pt solid } ";
        if (chance(2)) out += "table { width: 100% } ";
        if (chance(4)) out += "table { table-layout: fixed } ";
        if (chance(4)) out += "table { height: 150pt } ";
        if (chance(3)) out += "caption { caption-side: bottom } ";
        if (chance(5)) out += "table { direction: rtl } ";
        return out;
    }

    std::mt19937 random_; // its numbers are the same everywhere
};

} // namespace

TEST_CASE("random tables lose nothing, show nothing twice and keep to the page") {
    const char* all = std::getenv("BIFOLIO_TEST_ALL");
    const unsigned seeds = all && std::string_view(all) == "1" ? 20'000 : 400;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        const LayoutInput input = RandomTable(seed).make();
        const Layout layout = lay_out(input);
        const auto problems = broken_promises(layout);
        INFO("seed " << seed << "\n" << input.css << "\n" << input.markup);
        for (const std::string& problem : problems) FAIL_CHECK(problem);
        REQUIRE(problems.empty()); // the first is enough
    }
}

TEST_CASE("a caption at the side stands beside its table, which takes the rest of the room") {
    for (const std::string side : {"left", "right", "inline-start", "inline-end"}) {
        INFO(side);
        const Layout layout = lay_out({"<section><p>before</p><table><caption>The caption says more.</caption><tbody>" + rows(4) +
                                           "</tbody></table><p>behind</p></section>",
                                       "caption { caption-side: " + side + "; width: 25mm } table { width: 100% }"});
        check_sound(layout);
        const PagePoint caption = place(layout, "The caption"), row = place(layout, "row1"), last = place(layout, "row4");
        if (side == "left" || side == "inline-start")
            CHECK(row.x - caption.x > Length::mm(25));
        else
            CHECK(caption.x > place(layout, "value 7").x);
        CHECK(caption.y < last.y);
        CHECK(place(layout, "behind").y > last.y);
    }
}

TEST_CASE("a side caption taller than its table holds up what follows, and rows beside it keep to its page") {
    std::string words;
    for (int i = 0; i < 14; ++i) words += "word" + std::to_string(i) + " ";
    const Layout layout = lay_out({"<section>" + short_lines(4) + "<table><caption>" + words + "</caption><tbody>" + rows(2) +
                                       "</tbody></table><p>behind</p></section>",
                                   "caption { caption-side: right; width: 25mm }"});
    check_sound(layout);
    CHECK(place(layout, "behind").y > place(layout, "word13").y);
    const Layout low = lay_out({"<section>" + short_lines(14) + "<table><caption>" + words + "</caption><tbody>" + rows(2) +
                                    "</tbody></table></section>",
                                "caption { caption-side: right; width: 25mm }"});
    check_sound(low);
    std::size_t caption = 0, row = 0;
    place(low, "word0", &caption);
    place(low, "row1", &row);
    CHECK(caption == row);
}

TEST_CASE("a height in percent counts where the parent has a height of its own") {
    const Layout layout =
        lay_out({"<section><table><tr><td><div class=\"a\"><div class=\"half\"><p>half</p></div><p>below</p></div>"
                 "</td></tr></table><div class=\"half\"><p>auto</p></div><p>after</p></section>",
                 "p { margin: 0 } .a { height: 40mm } .half { height: 50% }"});
    check_sound(layout);
    CHECK((place(layout, "below").y - place(layout, "half").y).in_mm() == Approx(20).margin(0.1));
    CHECK(place(layout, "after").y - place(layout, "auto").y < Length::mm(6));
}
