#include "text_fixture.h"

#include "layout/text/text_measure.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

TEST_CASE("a line is as wide as the advances of its text") {
    const TextStyle style = style_of("serif", "en-GB");
    const ShapedText shaped = shape("Patients with “mild” asthma", style);
    const TextMeasure measure(shaped);
    const LineRuns line = whole_line(shaped, style);
    CHECK(line.width == measure.advance(0, static_cast<std::uint32_t>(shaped.text.size())));
    CHECK(line.width > Length::pt(80));
}
