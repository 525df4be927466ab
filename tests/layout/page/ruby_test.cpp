#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace bifolio;
using namespace bifolio::test;

namespace {

const std::string ruby_style = "ruby { display: ruby } rt { display: ruby-text; font-size: 50% } rp { display: none } "
                               "p { font-size: 12pt; line-height: 24pt; margin: 0; text-align: left }";

const PlacedItem& run_of(const Layout& layout, const std::string& text) {
    for (const Page& page : layout.pages.pages)
        for (const PlacedItem& item : page.items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text.find(text) != std::string::npos)
                return item;
    throw std::runtime_error("no ‘" + text + "’ in\n" + dump(layout.pages));
}
double middle(const PlacedItem& item) { return (item.at.x + std::get<GlyphRun>(item.item).width() / 2).in_pt(); }

} // namespace

TEST_CASE("an annotation stands above the middle of its base, and leaves the lines where they are") {
    const Layout layout = lay_out({"<section><p>first</p><p>before <ruby>base<rt>up</rt>word<rt>longest of "
                                   "all</rt></ruby> after</p><p>last</p></section>",
                                   ruby_style});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const PlacedItem &base = run_of(layout, "base"), &word = run_of(layout, "word");
    const PlacedItem &up = run_of(layout, "up"), &longest = run_of(layout, "longest");
    CHECK(base.at.y == word.at.y);
    CHECK(up.at.y == longest.at.y);
    CHECK(up.at.y < base.at.y - Length::pt(7));
    CHECK(std::abs(middle(base) - middle(up)) < 0.1);
    CHECK(std::abs(middle(word) - middle(longest)) < 0.1);
    CHECK(run_of(layout, "after").at.y == base.at.y);
    CHECK((base.at.y - run_of(layout, "first").at.y).in_pt() == Approx(24));
    CHECK((run_of(layout, "last").at.y - base.at.y).in_pt() == Approx(24));
}

TEST_CASE("parentheses of a ruby are not shown") {
    const Layout layout = lay_out({"<section><p><ruby>base<rp>(</rp><rt>up</rt><rp>)</rp></ruby></p></section>", ruby_style});
    CHECK(run_of(layout, "up").at.y < run_of(layout, "base").at.y);
    CHECK(dump(layout.pages).find('(') == std::string::npos);
}

TEST_CASE("where lines are close, the line of an annotation grows") {
    const Layout layout =
        lay_out({"<section><p>first</p><p><ruby>base<rt>up</rt></ruby></p></section>", ruby_style + " p { line-height: 12pt }"});
    const double step = (run_of(layout, "base").at.y - run_of(layout, "first").at.y).in_pt();
    CHECK(step > 16);
    CHECK(step < 20);
}

TEST_CASE("a base that is too long for one piece is set in the line, with its annotation behind it") {
    const Layout layout = lay_out(
        {"<section><p><ruby>a base that goes on and on for more than one line<rt>note</rt></ruby></p></section>", ruby_style});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    CHECK(run_of(layout, "note").at.y >= run_of(layout, "a base").at.y);
}

TEST_CASE("a ruby is as wide as the wider of its levels where a table measures it") {
    const Layout layout = lay_out(
        {"<section><table><tr><td><ruby>b<rt>a long reading</rt></ruby></td><td>next</td></tr></table></section>", ruby_style});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const PlacedItem& reading = run_of(layout, "a long reading");
    CHECK(run_of(layout, "next").at.x >= reading.at.x + std::get<GlyphRun>(reading.item).width());
}

TEST_CASE("a link, a language and an id in a ruby are kept") {
    const Layout layout = lay_out({"<section><p><ruby><a href=\"https://example.org/\">base</a><rt id=\"reading\">up</rt></ruby> "
                                   "see <a href=\"#reading\">there</a></p></section>",
                                   ruby_style});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const Page& page = layout.pages.pages[0];
    REQUIRE(page.links.size() == 2);
    CHECK(std::any_of(page.links.begin(), page.links.end(), [&](const LinkArea& link) {
        return std::abs(link.rect.x.in_pt() - run_of(layout, "base").at.x.in_pt()) < 1;
    }));
}
