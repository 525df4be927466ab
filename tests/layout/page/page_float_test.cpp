#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string figure(const std::string& name, int height = 20, const std::string& classes = "") {
    return "<figure class=\"" + classes + "\"><p><img src=\"" + std::to_string(height) + ".svg\" alt=\"a\"/></p><figcaption>" +
           name + "</figcaption></figure>";
}
std::vector<Resource> drawings() {
    std::vector<Resource> out;
    for (const int height : {10, 20, 30, 40, 50})
        out.push_back({std::to_string(height) + ".svg", "image/svg+xml",
                       std::make_shared<const std::string>("<svg xmlns='http://www.w3.org/2000/svg' width='40mm' height='" +
                                                           std::to_string(height) + "mm' viewBox='0 0 40 " +
                                                           std::to_string(height) + "'><rect width='10' height='10'/></svg>")});
    return out;
}
// Fifteen lines of 4 mm on a page.
constexpr std::string_view sheet = "@page { size: 120mm 61mm; margin: 0 } html { line-height: 4mm; orphans: 1; widows: 1 } "
                                   "p { margin: 0 } figure { margin: 4mm 0; float: snap-block } .top { float: top } "
                                   ".bottom { float: bottom } figcaption { line-height: 4mm } img { vertical-align: bottom } ";
Layout set(const std::string& markup, const std::string& css = "") {
    Layout layout = lay_out({"<section>" + markup + "</section>", std::string(sheet) + css, drawings()});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    return layout;
}

} // namespace

TEST_CASE("a figure with room for it stands in its place") {
    const Layout layout = set(short_lines(3, "before") + figure("Here") + short_lines(3, "after"));
    CHECK(layout.pages.pages.size() == 1);
    CHECK(place_of(layout, "before3.").y < place_of(layout, "Here").y);
    CHECK(place_of(layout, "Here").y < place_of(layout, "after1.").y);
}

TEST_CASE("a figure without room heads the next page while the text goes on") {
    const Layout layout = set(short_lines(12, "before") + figure("Moved") + short_lines(12, "after"));
    REQUIRE(layout.pages.pages.size() == 3);
    CHECK(place_of(layout, "after3.").page == 0); // fills the page
    CHECK(place_of(layout, "Moved").page == 1);
    CHECK(place_of(layout, "after4.").page == 1);
    CHECK(place_of(layout, "Moved").y < place_of(layout, "after4.").y);
    // Where it was, the text goes on without its margins.
    CHECK(place_of(layout, "after1.").y - place_of(layout, "before12.").y == Approx(4).margin(0.05));
}

TEST_CASE("a figure that is all that its heading has stays below it") {
    const std::string style = "h2 { margin: 0; font-size: 1em; line-height: 4mm; break-after: avoid }";
    const Layout alone = set(
        short_lines(11, "before") + "<h2>Chart</h2>" + figure("Below", 20) + "<h2>Next</h2>" + short_lines(8, "after"), style);
    CHECK(place_of(alone, "Chart").page == 1);
    CHECK(place_of(alone, "Below").page == 1);
    CHECK(place_of(alone, "Chart").y < place_of(alone, "Below").y);
    CHECK(place_of(alone, "Below").y < place_of(alone, "Next").y);
    const Layout words = set(short_lines(11, "before") + "<h2>Chart</h2>" + figure("Below", 20) + short_lines(8, "after"), style);
    CHECK(place_of(words, "Chart").page == 0);
    CHECK(place_of(words, "after1.").page == 0);
    CHECK(place_of(words, "Below").page == 1);
}

TEST_CASE("figures keep their order, each at most one page behind its place where that can be") {
    const Layout layout = set(short_lines(13, "before") + figure("One", 30) + short_lines(1, "between") + figure("Two", 10) +
                              short_lines(20, "after"));
    CHECK(place_of(layout, "One").page == 1);
    const TextPlace one = place_of(layout, "One"), two = place_of(layout, "Two");
    CHECK((one.page < two.page || (one.page == two.page && one.y < two.y)));
    CHECK(two.page == 1);
}

TEST_CASE("of several large figures none is more than a page behind its place") {
    std::string markup = short_lines(14, "before");
    for (int i = 1; i <= 3; ++i) markup += figure("Figure" + std::to_string(i), 40);
    const Layout layout = set(markup + short_lines(30, "after"));
    CHECK(place_of(layout, "Figure1").page == 1);
    CHECK(place_of(layout, "Figure2").page == 2);
    CHECK(place_of(layout, "Figure3").page == 3);
    CHECK(place_of(layout, "after1.").page >= 2); // the text does not run ahead of them
    for (const Diagnostic& one : layout.diagnostics.all()) CHECK(one.code != "layout.far-float");
}

TEST_CASE("float: top and float: bottom stand at the edges of the page that has their place") {
    const Layout layout =
        set(short_lines(3, "before") + figure("Top", 10, "top") + figure("Bottom", 10, "bottom") + short_lines(2, "after"));
    REQUIRE(layout.pages.pages.size() == 1);
    CHECK(place_of(layout, "Top").y < place_of(layout, "before1.").y);
    CHECK(place_of(layout, "after2.").y < place_of(layout, "Bottom").y);
    CHECK(place_of(layout, "Bottom").y > 55);
}

TEST_CASE("a figure at the end of a section is not lost, nor one before a forced break") {
    const Layout at_end = set(short_lines(13, "before") + figure("Last", 30));
    CHECK(place_of(at_end, "Last").page == 1);
    const Layout forced = set(short_lines(13, "before") + figure("Held", 30) + "<h2>Next</h2>" + short_lines(3, "after"),
                              "h2 { break-before: page }");
    CHECK(place_of(forced, "Held").page == 1);
    CHECK(place_of(forced, "Next").page == 2);
}

TEST_CASE("a heading does not stay behind alone when the figure under it moves") {
    for (int before = 8; before < 15; ++before) {
        const Layout layout =
            set(short_lines(before, "before") + "<h2>Heading</h2>" + figure("Figure", 30) + short_lines(9, "after"));
        INFO(before);
        const TextPlace heading = place_of(layout, "Heading");
        bool text_follows = false;
        for (const char* text : {"Figure", "after1."}) {
            const TextPlace place = place_of(layout, text);
            text_follows |= place.page == heading.page && place.y > heading.y;
        }
        CHECK(text_follows);
    }
}

TEST_CASE("a figure that calls a note stays with it") {
    const Layout layout = set(short_lines(13, "before") +
                              "<figure><p><img src=\"20.svg\" alt=\"a\"/></p><figcaption>Noted<note id=\"n\"><p>Body.</p></note>"
                              "</figcaption></figure>" +
                              short_lines(9, "after"));
    CHECK(place_of(layout, "Noted").page == place_of(layout, "Body.").page);
}

TEST_CASE("random books with figures and notes place everything once, and every figure behind its place") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int least, int most) {
            return least + static_cast<int>(random() % static_cast<unsigned>(most - least + 1));
        };
        std::string markup;
        const int blocks = pick(5, 25);
        for (int i = 0; i < blocks; ++i) {
            const int kind = pick(0, 6);
            const std::string name = std::to_string(i);
            if (kind == 0)
                markup += figure("caption" + name, pick(1, 5) * 10, pick(0, 3) == 0 ? "top" : pick(0, 3) == 0 ? "bottom" : "");
            else if (kind == 1)
                markup += "<p>noted" + name + "<note id=\"n" + name + "\"><p>" +
                          std::string(static_cast<std::size_t>(pick(1, 3)) * 60, 'w') + "</p></note></p>";
            else if (kind == 2)
                markup += "<h2>heading" + name + "</h2>";
            else
                markup += short_lines(pick(1, 9), "b" + name + "l");
        }
        INFO("seed " << seed);
        const Layout layout = set(markup);
        std::vector<std::size_t> captions;
        for (int i = 0; i < blocks; ++i)
            if (markup.find("caption" + std::to_string(i) + "<") != std::string::npos)
                captions.push_back(place_of(layout, "caption" + std::to_string(i)).page);
        for (const std::size_t page : captions) CHECK(page != 99);
    }
}

TEST_CASE("waiting figures leave room for a side float that begins the page's text") {
    std::string words;
    for (int i = 0; i < 12; ++i) words += "sleep medicine ";
    for (int before = 0; before <= 14; ++before)
        for (std::size_t size = 6; size <= 16; ++size) {
            const std::string figure = "<figure><p>" + words + "</p><figcaption>night</figcaption></figure>";
            const Layout layout =
                lay_out({"<section>" + short_lines(before) + figure + figure + "<div class=\"beside\"><p>" +
                             words.substr(0, 7 * size) + "</p></div><p>" + words + words + "</p>" + short_lines(4) + "</section>",
                         "@page { size: 113mm 68mm; margin: 4mm } .beside { float: left; width: 26mm } figure { float: top; "
                         "margin: 6pt 0 }"});
            INFO(before << " lines before, size " << size);
            for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
        }
}
