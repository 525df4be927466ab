// TeX's own answers: corpus typography/tex.
#include "line_break_vectors.h"
#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::bench;

TEST_CASE("paragraphs break where TeX breaks them") {
    if (!test::has_corpus("typography/tex")) return;
    int same = 0;
    for (const LineBreakVector& paragraph : read_line_break_vectors(test::corpus("typography/tex"))) {
        INFO(paragraph.id);
        const BrokenParagraph p = break_lines(paragraph.items, {&paragraph.shape, 1}, paragraph.settings);
        std::vector<std::uint32_t> breaks;
        for (const BrokenLine& line : p.lines) breaks.push_back(line.end);
        CHECK(p.demerits == paragraph.demerits);
        CHECK(breaks == paragraph.breaks);
        CHECK(demerits_of(paragraph, breaks) == paragraph.demerits);
        REQUIRE(p.lines.size() == paragraph.ratios.size());
        for (std::size_t i = 0; i < paragraph.ratios.size(); ++i)
            CHECK(p.lines[i].ratio == Approx(paragraph.ratios[i]).margin(2e-5));
        ++same;
    }
    CHECK(same == 84);
}

TEST_CASE("the demerits that judge our breaks find fault with bad ones") {
    LineBreakVector paragraph;
    const auto box = [](double width) { return ParagraphItem{ParagraphItem::Kind::box, Length::pt(width), {}, {}, 0, 0, false}; };
    const ParagraphItem glue{ParagraphItem::Kind::glue, Length::pt(4), Length::pt(2), Length::pt(1), 0, 0, false};
    const ParagraphItem never{ParagraphItem::Kind::penalty, {}, {}, {}, 0, infinite_penalty, false};
    const ParagraphItem fill{ParagraphItem::Kind::glue, {}, Length::pt(1), {}, 1, 0, false};
    const ParagraphItem end{ParagraphItem::Kind::penalty, {}, {}, {}, 0, forced_break, false};
    paragraph.items = {box(20), glue, box(20), glue, box(20), glue, box(20), never, fill, end};
    paragraph.shape = {{}, Length::pt(44)};
    paragraph.settings.tolerance = 200;
    CHECK(demerits_of(paragraph, {3, 9}) == 200);   // two perfect lines
    CHECK(demerits_of(paragraph, {3}) == -1);       // not to the end
    CHECK(demerits_of(paragraph, {5, 9}) == -1);    // overfull
    CHECK(demerits_of(paragraph, {1, 5, 9}) == -1); // past the tolerance
    CHECK(demerits_of(paragraph, {7, 9}) == -1);    // no break may be there
}
