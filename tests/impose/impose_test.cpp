#include "impose/impose.h"

#include <catch2/catch.hpp>

#include "impose/marks.h"

#include <set>

using namespace bifolio;

namespace {

Pages blank_pages(std::size_t count, Length width, Length height) {
    Pages pages;
    for (std::size_t i = 0; i < count; ++i) {
        Page page;
        page.width = width;
        page.height = height;
        pages.pages.push_back(page);
    }
    return pages;
}
Pages a5(std::size_t count) { return blank_pages(count, Length::mm(148), Length::mm(210)); }

} // namespace

TEST_CASE("a booklet of eight pages is two sheets, the outermost first") {
    CHECK(dump(impose(a5(8), {})) == "2 sheets 297.00 × 210.00 mm, 0 blanks\n"
                                     "sheet 1\n"
                                     "  front: page 8 at 0.25,0.00; page 1 at 148.75,0.00\n"
                                     "  back: page 2 at 0.25,0.00; page 7 at 148.75,0.00\n"
                                     "sheet 2\n"
                                     "  front: page 6 at 0.25,0.00; page 3 at 148.75,0.00\n"
                                     "  back: page 4 at 0.25,0.00; page 5 at 148.75,0.00\n");
}

TEST_CASE("a booklet is padded to a multiple of four with blanks at its end") {
    CHECK(dump(impose(a5(2), {})) == "1 sheets 297.00 × 210.00 mm, 2 blanks\n"
                                     "sheet 1\n"
                                     "  front: blank at 0.00,0.00; page 1 at 148.75,0.00\n"
                                     "  back: page 2 at 0.25,0.00; blank at 148.50,0.00\n");
}

TEST_CASE("a back cover stays on the outside of the booklet, behind the blanks") {
    Pages pages = a5(6);
    auto book = std::make_shared<Book>();
    book->sections.resize(2);
    book->sections[1].kind = SectionKind::back_cover;
    pages.book = book;
    pages.pages.back().section = 1;
    const Sheets sheets = impose(pages, {});
    CHECK(sheets.blanks == 2);
    REQUIRE(sheets.sheets.size() == 2);
    CHECK(index(*sheets.sheets[0].front.pages[0].page) == 5); // the back cover, beside page 1
    CHECK(index(*sheets.sheets[0].front.pages[1].page) == 0);
    CHECK_FALSE(sheets.sheets[0].back.pages[1].page);
    CHECK_FALSE(sheets.sheets[1].front.pages[0].page);
}

TEST_CASE("a right-to-left booklet is bound on the right") {
    SheetPlan plan;
    plan.right_to_left = true;
    const Sheets sheets = impose(a5(4), plan);
    REQUIRE(sheets.sheets.size() == 1);
    CHECK(index(*sheets.sheets[0].front.pages[0].page) == 0);
    CHECK(index(*sheets.sheets[0].front.pages[1].page) == 3);
    CHECK(index(*sheets.sheets[0].back.pages[0].page) == 2);
    CHECK(index(*sheets.sheets[0].back.pages[1].page) == 1);
}

TEST_CASE("pages are made smaller only when they are larger than half of the sheet") {
    const Sheets large = impose(blank_pages(4, Length::mm(210), Length::mm(297)), {});
    CHECK(large.sheets[0].front.pages[0].scale == Approx(148.5 / 210).epsilon(0.001));
    const Sheets small = impose(blank_pages(4, Length::mm(100), Length::mm(150)), {});
    CHECK(small.sheets[0].front.pages[0].scale == 1);
    CHECK(small.sheets[0].front.pages[1].at.x.in_mm() == Approx(148.5 + 24.25).epsilon(0.001));
    CHECK(small.sheets[0].front.pages[1].at.y.in_mm() == Approx(30).epsilon(0.001));
}

TEST_CASE("every page stands on exactly one side, and no pages make no sheets") {
    CHECK(impose(a5(0), {}).sheets.empty());
    for (std::size_t count = 1; count <= 33; ++count) {
        std::multiset<std::uint32_t> seen;
        for (const Sheet& sheet : impose(a5(count), {}).sheets)
            for (const SheetSide* side : {&sheet.front, &sheet.back}) {
                CHECK(side->pages.size() == 2);
                for (const PlacedPage& page : side->pages)
                    if (page.page) seen.insert(index(*page.page));
            }
        CHECK(seen.size() == count);
        CHECK(std::set<std::uint32_t>(seen.begin(), seen.end()).size() == count);
    }
}

TEST_CASE("without a fold every sheet carries one page on each side") {
    SheetPlan plan;
    plan.fold = Fold::none;
    plan.width = Length::mm(210);
    plan.height = Length::mm(297);
    const Sheets sheets = impose(a5(3), plan);
    CHECK(sheets.sheets.size() == 2);
    CHECK(sheets.sheets[1].back.pages.empty());
}

TEST_CASE("marks keep clear of the bleed and within their room") {
    for (const double width : {280.0, 420.0, 840.0}) {
        const MarkedArea area{width, 595, 8.5, width > 800 ? std::vector<double>{width / 2} : std::vector<double>{}};
        const SheetMarks marks =
            marks_of(area, {PressMark::crop, PressMark::fold, PressMark::registration, PressMark::colour_bar, PressMark::slug});
        const auto outside = [&](SheetPoint p) {
            const bool clear = p.x < -area.bleed || p.x > width + area.bleed || p.y < -area.bleed || p.y > 595 + area.bleed;
            const double edge = area.bleed + marks.room;
            return clear && p.x >= -edge && p.x <= width + edge && p.y >= -edge && p.y <= 595 + edge;
        };
        std::size_t dashed = 0;
        for (const MarkLine& line : marks.lines) {
            CHECK(outside(line.from));
            CHECK(outside(line.to));
            dashed += line.dashed;
        }
        CHECK(dashed == 2 * area.folds.size());
        CHECK(marks.lines.size() == 8 + 8 + dashed);
        CHECK(marks.rings.size() == 4);
        CHECK(marks.patches.size() == 10);
        for (const MarkPatch& patch : marks.patches) {
            CHECK(outside({patch.corner.x, patch.corner.y + patch.size}));
            for (const MarkRing& ring : marks.rings) // neither covers the other
                CHECK((patch.corner.x + patch.size < ring.centre.x - ring.radius || ring.centre.y > 0));
        }
    }
    CHECK(marks_of({100, 100, 3, {}}, {}).room == 0);
}
