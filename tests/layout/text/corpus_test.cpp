// Real leaflets in twelve languages: every character is shaped, none is missing.

#include "support/support.h"
#include "text_fixture.h"

#include "layout/text/text_measure.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::vector<std::string> paragraphs_of(const std::string& language) {
    std::vector<std::string> all;
    for (const char* name : {"contact-tracing", "guidance-table", "positive-test", "symptoms"}) {
        std::istringstream file(read_file(corpus("health/nhs-app/" + language + "/" + name + ".md")));
        for (std::string line; std::getline(file, line);)
            if (!line.empty()) all.push_back(line);
    }
    return all;
}

// Glyphs cover the text: clusters go up (down where the run goes to the left) and none lies outside of its run.
void check_clusters(const ShapedText& shaped) {
    std::uint32_t at = 0;
    for (const ShapedRun& run : shaped.runs) {
        REQUIRE(run.begin == at);
        at = run.end;
        for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
            REQUIRE(run.glyphs[i].cluster >= run.begin);
            REQUIRE(run.glyphs[i].cluster < run.end);
            if (i == 0) continue;
            if (run.bidi_level & 1)
                REQUIRE(run.glyphs[i].cluster <= run.glyphs[i - 1].cluster);
            else
                REQUIRE(run.glyphs[i].cluster >= run.glyphs[i - 1].cluster);
        }
    }
    REQUIRE(at == shaped.text.size());
}

// Every line that the breaks allow, at about forty characters, is as wide as its glyphs and near to what was measured.
void check_lines(const ShapedText& shaped, const TextStyle& style) {
    const TextMeasure measure(shaped);
    std::uint32_t begin = 0;
    for (const BreakOpportunity& b : shaped.breaks) {
        if (b.at - begin < 40 && b.kind != BreakKind::mandatory) continue;
        const LineRuns line = line_runs(shaper(), shaped, {style}, begin, b.at, b.kind == BreakKind::hyphen);
        Length sum;
        for (const ShapedRun& run : line.runs)
            for (const Glyph& glyph : run.glyphs) sum += glyph.advance;
        REQUIRE(sum == line.width);
        REQUIRE(line.width <= measure.advance(begin, b.at) + style.size);
        begin = b.at;
    }
}

} // namespace

TEST_CASE("leaflets in twelve languages have no missing glyph") {
    if (!has_corpus("health/nhs-app")) return;
    for (const char* language : {"ar", "bn", "cy", "en", "gu", "pa", "pl", "ro", "so", "tr", "ur", "zh"}) {
        for (const char* family : {"serif", "sans-serif"}) {
            INFO(language << " " << family);
            TextStyle style = style_of(family, language);
            style.hyphens = Hyphens::automatic;
            for (const std::string& paragraph : paragraphs_of(language)) {
                INFO(paragraph);
                const ShapedText shaped = shape(paragraph, style, std::nullopt);
                check_clusters(shaped);
                for (const ShapedRun& run : shaped.runs) {
                    INFO(shaped.text.substr(run.begin, run.end - run.begin));
                    INFO(fonts().file(run.font));
                    REQUIRE_FALSE(run.missing_glyph);
                }
                check_lines(shaped, style);
            }
        }
    }
}
