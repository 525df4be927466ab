// ::first-letter and initial letters.
#include "layout/page/paginate_support.h"
#include "layout/page/text_transform.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string words(int count) {
    std::string out = "Once";
    for (int i = 1; i < count; ++i) out += " word" + std::to_string(i);
    return out;
}
constexpr std::string_view sheet = "@page { size: 100mm 100mm; margin: 5mm } html { line-height: 4mm } p { margin: 0 } ";
Layout set(const std::string& markup, const std::string& css) {
    Layout layout = lay_out({"<section>" + markup + "</section>", std::string(sheet) + css});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    return layout;
}

struct Run {
    std::string text;
    double x = 0, y = 0, size = 0, end = 0;
};
std::vector<Run> runs(const Layout& layout, std::size_t page = 0) {
    std::vector<Run> out;
    for (const PlacedItem& item : layout.pages.pages[page].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item))
            out.push_back(
                {run->text, item.at.x.in_mm(), item.at.y.in_mm(), run->size.in_pt(), (item.at.x + run->width()).in_mm()});
    return out;
}
std::vector<double> line_starts(const Layout& layout) {
    std::vector<double> out;
    double y = -1;
    for (const Run& run : runs(layout)) {
        if (run.y == y || run.size > 11) continue;
        y = run.y;
        out.push_back(run.x);
    }
    return out;
}

} // namespace

TEST_CASE("the first letter takes the punctuation around it along") {
    const auto of = [](std::string_view text) {
        const FirstLetter found = first_letter(text);
        return std::string(text.substr(found.begin, found.end - found.begin));
    };
    CHECK(of("Once") == "O");
    CHECK(of("  Once") == "O");
    CHECK(of("“Once”") == "“O");
    CHECK(of("O’Neill") == "O’");
    CHECK(of("(1) one") == "(1)");
    CHECK(of("É\xCC\x81tude") == "É\xCC\x81");
    CHECK(of("A (b)") == "A");
    CHECK(of("   ").empty());
    CHECK(of("").empty());
    CHECK(of("مرحبا").empty());
    CHECK(of("क्षमा करें") == "क्ष");
    CHECK(of("שלום") == "ש");
}

TEST_CASE("::first-letter has a style of its own, and the text stays one") {
    const Layout layout = set("<p>" + words(5) + "</p>", "p::first-letter { font-size: 20pt; color: #ff0000 }");
    const std::vector<Run> all = runs(layout);
    REQUIRE(all.size() == 2);
    CHECK(all[0].text == "O");
    CHECK(all[0].size == Approx(20));
    CHECK(all[1].text == "nce word1 word2 word3 word4");
    CHECK(all[0].y == all[1].y);
}

TEST_CASE("only the first paragraph of a block gives its first letter, and generated content may") {
    const Layout layout = set("<div>First<p>inner</p>second</div>", "div::first-letter { font-size: 20pt }");
    int large = 0;
    for (const Run& run : runs(layout)) large += run.size > 15 ? 1 : 0;
    CHECK(large == 1);
    CHECK(runs(set("<p>Word</p>", "p::before { content: 'Now ' } p::first-letter { font-size: 20pt }"))[0].text == "N");
}

TEST_CASE("an initial letter of three lines stands on the third baseline and reaches to the top of the first line's capitals") {
    const Layout layout = set("<p>" + words(60) + "</p>", "p::first-letter { initial-letter: 3 }");
    const std::vector<Run> all = runs(layout);
    CHECK(all[0].text == "O");
    CHECK(all[0].y - all[1].y == Approx(8).margin(0.01));
    const std::vector<double> starts = line_starts(layout);
    REQUIRE(starts.size() > 4);
    CHECK(starts[0] == Approx(starts[1]).margin(0.3));
    CHECK(starts[1] == starts[2]);
    CHECK(starts[2] > starts[3] + 5);
    CHECK(starts[3] == Approx(5).margin(0.3));
    // Noto Serif's capitals are 0.714 em high: two lines and a capital.
    CHECK(all[0].size * 0.714 == Approx(8 * 72 / 25.4 + 10 * 0.714).margin(0.2));
    // The lines are as far apart as without it.
    const std::vector<Run> plain = runs(set("<p>" + words(60) + "</p>", ""));
    CHECK(all[1].y == Approx(plain[0].y).margin(0.01));
}

TEST_CASE("a raised initial stands on the first baseline and makes room above") {
    const Layout layout = set("<p>before</p><p class=\"a\">" + words(40) + "</p>", "p.a::first-letter { initial-letter: 3 1 }");
    const std::vector<Run> all = runs(layout);
    CHECK(all[1].text == "O");
    CHECK(all[1].y == all[2].y);
    CHECK(all[1].y - all[0].y == Approx(12).margin(0.05));
    const std::vector<double> starts = line_starts(layout);
    CHECK(starts[2] == Approx(5).margin(0.3));
}

TEST_CASE("a paragraph shorter than its initial letter leaves room for it") {
    const Layout layout = set("<p class=\"a\">One line.</p><p>next</p>", "p.a::first-letter { initial-letter: 3 }");
    CHECK(place_of(layout, "next").y - place_of(layout, "ne line.").y == Approx(12).margin(0.05));
}

TEST_CASE("a paragraph that begins with joined letters has no initial, nor has a later word") {
    const Layout layout = lay_out(
        {"<section><p>مرحبا <b>then</b> between</p></section>", std::string(sheet) + "p::first-letter { font-size: 30pt }"});
    for (const Run& run : runs(layout)) CHECK(run.size == Approx(10));
}

TEST_CASE("lines beside an initial letter keep to one page") {
    const Layout layout = set(short_lines(21) + "<p class=\"a\">" + words(60) + "</p>",
                              "p.a::first-letter { initial-letter: 3 } html { orphans: 1 }");
    CHECK(place_of(layout, "O").page == 1);
}

TEST_CASE("an initial letter of right-to-left text stands at the right") {
    std::string hebrew;
    for (int i = 0; i < 40; ++i) hebrew += "שלום עולם ";
    const Layout layout =
        lay_out({"<section><p dir=\"rtl\">" + hebrew + "</p></section>",
                 std::string(sheet) + "p { direction: rtl; text-align: justify } p::first-letter { initial-letter: 2 }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const std::vector<Run> all = runs(layout);
    const auto letter = std::find_if(all.begin(), all.end(), [](const Run& run) { return run.text == "ש"; });
    REQUIRE(letter != all.end());
    CHECK(letter->x > 80);
}
