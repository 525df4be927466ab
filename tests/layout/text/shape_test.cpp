#include "text_fixture.h"

#include "base/utf8.h"
#include "layout/text/text_measure.h"

#include <catch2/catch.hpp>

#include <set>

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

namespace {

// The text of the line as the eye meets it from left to right; a hyphen that was added is “-”.
std::string visual(const ShapedText& shaped, const LineRuns& line) {
    std::string out;
    for (const ShapedRun& run : line.runs) {
        std::set<std::uint32_t> clusters{run.end};
        for (const Glyph& g : run.glyphs) clusters.insert(g.cluster);
        std::uint32_t last = run.end + 1;
        for (const Glyph& g : run.glyphs) {
            if (g.cluster == last) continue;
            last = g.cluster;
            out += last == run.end ? "-" : shaped.text.substr(last, *clusters.upper_bound(last) - last);
        }
    }
    return out;
}

std::string visual(const std::string& text, TextDirection direction, const std::string& language = "ar") {
    const TextStyle style = style_of("serif", language);
    const ShapedText shaped = shape(text, style, direction);
    return visual(shaped, whole_line(shaped, style));
}

Length width(const std::string& text, const TextStyle& style) { return whole_line(shape(text, style), style).width; }

} // namespace

TEST_CASE("numbers in Arabic stand from left to right, the words about them from right to left") {
    CHECK(visual("خذ 500 mg مرتين", TextDirection::rtl) == "نيترم mg 500 ذخ");
    CHECK(visual("من ١٠ إلى ٢٠", TextDirection::rtl) == "٢٠ ىلإ ١٠ نم");
    CHECK(visual("Take دواء now", TextDirection::ltr) == "Take ءاود now");
}

TEST_CASE("brackets in Arabic are mirrored as glyphs and stand in visual order") {
    CHECK(visual("(أب) ج", TextDirection::rtl) == "ج )بأ(");
}

TEST_CASE("the direction comes from the first strong letter where none is given") {
    CHECK(shape("123 مرحبا", style_of("serif", "ar"), std::nullopt).direction == TextDirection::rtl);
    CHECK(shape("123 hello", style_of("serif", "en"), std::nullopt).direction == TextDirection::ltr);
}

TEST_CASE("a full stop at the end of an English sentence in an Arabic paragraph stands on its left") {
    CHECK(visual("Hello.", TextDirection::rtl) == ".Hello");
}

TEST_CASE("white space at the end of a line is not drawn and has no width") {
    const TextStyle style = style_of("serif", "en");
    const ShapedText shaped = shape("one two", style);
    const LineRuns line = line_runs(shaper(), shaped, {style}, 0, 4, false);
    CHECK(visual(shaped, line) == "one");
    CHECK(line.width == width("one", style));
    const ShapedText arabic = shape("واحد اثنان", style, TextDirection::rtl);
    CHECK(visual(arabic, line_runs(shaper(), arabic, {style}, 0, 9, false)) == "دحاو");
}

TEST_CASE("a no-break space at the end of a line stays") {
    const TextStyle style = style_of("serif", "en");
    CHECK(width("one\u00A0", style) > width("one", style));
}

TEST_CASE("a line that ends inside a ligature is shaped again") {
    const TextStyle style = style_of("serif", "en");
    const ShapedText shaped = shape("office", style);
    REQUIRE(shaped.runs[0].glyphs.size() == 4); // o, ffi, c, e
    const LineRuns first = line_runs(shaper(), shaped, {style}, 0, 2, true),
                   second = line_runs(shaper(), shaped, {style}, 2, 6, false);
    CHECK(visual(shaped, first) == "of-");
    CHECK(visual(shaped, second) == "fice");
    CHECK(first.runs[0].glyphs.size() == 3);
}

TEST_CASE("the hyphen is as wide as hyphen_width says, with its kerning") {
    for (const char* family : {"Charis SIL", "Noto Serif", "Vollkorn", "Inter"}) {
        const TextStyle style = style_of(family, "en");
        const ShapedText shaped = shape("TATATA", style);
        const Length plain = line_runs(shaper(), shaped, {style}, 0, 3, false).width;
        const LineRuns divided = line_runs(shaper(), shaped, {style}, 0, 3, true);
        CHECK(divided.width == plain + hyphen_width(shaper(), shaped, {style}, 3));
        CHECK(divided.runs.back().glyphs.back().cluster == divided.runs.back().end);
    }
}

TEST_CASE("a hyphen in Hebrew stands at the left end of the line") {
    const TextStyle style = style_of("serif", "he");
    const ShapedText shaped = shape("שלום", style, TextDirection::rtl);
    const LineRuns line = line_runs(shaper(), shaped, {style}, 0, 4, true);
    CHECK(visual(shaped, line) == "-לש");
}

TEST_CASE("Arabic letters keep their joined forms where a line is broken between them") {
    TextStyle style = style_of("Noto Sans Arabic", "ar");
    style.break_anywhere = true;
    const ShapedText shaped = shape("ببب", style, TextDirection::rtl);
    const std::vector<Glyph> whole = whole_line(shaped, style).runs[0].glyphs;
    const std::vector<Glyph> first = line_runs(shaper(), shaped, {style}, 0, 2, false).runs[0].glyphs;
    REQUIRE(whole.back().cluster == 0);
    CHECK(first.back().id == whole.back().id); // the initial form, though it stands alone
}

TEST_CASE("soft hyphens and joiners have no glyph and no width") {
    const TextStyle style = style_of("serif", "en");
    CHECK(width("hy\u00ADphen\u200B\u2060ation", style) == width("hyphenation", style));
    const ShapedText shaped = shape("a\u200Eb", style);
    std::size_t glyphs = 0;
    for (const ShapedRun& run : shaped.runs) glyphs += run.glyphs.size();
    CHECK(glyphs == 2);
}

TEST_CASE("an object has a run of its own without glyphs") {
    const TextStyle style = style_of("serif", "en");
    const ShapedText shaped = shape("a\uFFFCb", style);
    REQUIRE(shaped.runs.size() == 3);
    CHECK(shaped.runs[1].glyphs.empty());
    CHECK_FALSE(shaped.runs[1].missing_glyph);
}

TEST_CASE("a character that no face has is marked missing") {
    const ShapedText shaped = shape("a\U000F1234b", style_of("serif", "en"));
    REQUIRE(shaped.runs.size() == 3);
    CHECK(shaped.runs[1].missing_glyph);
    CHECK_FALSE(shaped.runs[0].missing_glyph);
}

TEST_CASE("a tab goes to the next eighth column") {
    const TextStyle style = style_of("monospace", "en");
    CHECK(width("a\tb", style) == width("12345678b", style));
    CHECK(width("abcdefgh\tb", style) == width("1234567812345678b", style));
}

TEST_CASE("letter spacing goes to every letter and takes the ligatures away") {
    TextStyle style = style_of("serif", "en");
    const Length plain = width("ofxice", style);
    style.letter_spacing = Length::pt(1);
    CHECK(width("ofxice", style) == plain + Length::pt(6));
    CHECK(shape("office", style).runs[0].glyphs.size() == 6);
}

TEST_CASE("word spacing goes to spaces, no-break ones too") {
    TextStyle style = style_of("serif", "en");
    const Length plain = width("a b\u00A0c", style);
    style.word_spacing = Length::pt(3);
    CHECK(width("a b\u00A0c", style) == plain + Length::pt(6));
}

TEST_CASE("small capitals come from the font where it has them and are made where not") {
    TextStyle style = style_of("EB Garamond", "en");
    style.synthesize_small_caps = true;
    ShapedText shaped = shape("Nhs", style);
    CHECK(shaped.runs.size() == 1);
    CHECK(shaped.runs[0].size == style.size);
    CHECK(shaped.runs[0].glyphs[1].id != shape("Nhs", style_of("EB Garamond", "en")).runs[0].glyphs[1].id);
    style.font.families = {"JetBrains Mono"};
    style.language = "de";
    shaped = shape("Aßa", style);
    REQUIRE(shaped.runs.size() == 2);
    CHECK(shaped.runs[1].size < style.size);
    CHECK(shaped.runs[1].glyphs.size() == 3); // SSA
    CHECK(shaped.runs[1].glyphs[1].cluster == 1);
}

TEST_CASE("features are passed to the font") {
    TextStyle style = style_of("Inter", "en");
    const std::uint32_t plain = shape("1/2", style).runs[0].glyphs[0].id;
    style.features = {{{'f', 'r', 'a', 'c'}, 1}};
    CHECK(shape("1/2", style).runs[0].glyphs[0].id != plain);
}

TEST_CASE("widths grow with the size exactly, glyph by glyph") {
    TextStyle style = style_of("Noto Sans", "en"); // 1000 units to the em
    style.size = Length::from_sp(1000);
    const Length small = width("Waffle AV", style);
    style.size = Length::from_sp(3000);
    CHECK(width("Waffle AV", style) == small * 3);
}

TEST_CASE("the parts of a ligature share its width") {
    const TextStyle style = style_of("serif", "en");
    const ShapedText shaped = shape("office", style);
    const TextMeasure measure(shaped);
    const Length whole = measure.advance(1, 4);
    CHECK(measure.advance(1, 2) == whole / 3);
    CHECK(measure.advance(0, 6) == whole_line(shaped, style).width);
}

TEST_CASE("spans change the face inside a word without losing a letter") {
    const TextStyle plain = style_of("serif", "en");
    TextStyle bold = plain;
    bold.font.weight = 700;
    const ShapedText shaped = shape_text(shaper(), "boldly", {{0, 4, 1}, {4, 6, 0}}, {plain, bold}, TextDirection::ltr);
    REQUIRE(shaped.runs.size() == 2);
    CHECK(fonts().weight(shaped.runs[0].font) == 700);
    CHECK(fonts().weight(shaped.runs[1].font) == 400);
}

TEST_CASE("no text gives no runs") {
    const ShapedText shaped = shape_text(shaper(), "", {}, {style_of("serif", "en")}, std::nullopt);
    CHECK(shaped.runs.empty());
    CHECK(line_runs(shaper(), shaped, {style_of("serif", "en")}, 0, 0, false).width == Length());
}

TEST_CASE("a combining mark stays in the face of its letter") {
    const ShapedText shaped = shape("e\u0301 x\u0323\u0302", style_of("Inter", "en"));
    for (const ShapedRun& run : shaped.runs) CHECK_FALSE(run.missing_glyph);
    CHECK(shaped.grapheme_starts == std::vector<std::uint32_t>{0, 3, 4});
}

TEST_CASE("any bytes that are valid UTF-8 are shaped without harm") {
    std::uint32_t seed = 1;
    const auto random = [&] { return seed = seed * 1664525 + 1013904223; };
    constexpr char32_t ranges[][2] = {
        {0x0, 0x7F},      {0x80, 0x24F},    {0x300, 0x36F},     {0x590, 0x6FF},     {0x900, 0xDFF},     {0x1100, 0x11FF},
        {0x2000, 0x206F}, {0x20D0, 0x20FF}, {0x2190, 0x2BFF},   {0x3000, 0x30FF},   {0x4E00, 0x4E20},   {0xE000, 0xE010},
        {0xFB00, 0xFDFF}, {0xFE00, 0xFE0F}, {0x1F300, 0x1F64F}, {0xE0000, 0xE007F}, {0x1E900, 0x1E95F}, {0xFFF0, 0xFFFF}};
    TextStyle style = style_of("serif", "en");
    style.hyphens = Hyphens::automatic;
    style.break_anywhere = true;
    for (int round = 0; round < 150; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) {
            const auto& range = ranges[random() / 65536 % std::size(ranges)];
            append_utf8(text, range[0] + random() / 65536 % (range[1] - range[0] + 1));
        }
        const ShapedText shaped = shape(text, style, std::nullopt);
        const TextMeasure measure(shaped);
        std::uint32_t begin = 0;
        for (const BreakOpportunity& b : shaped.breaks) {
            REQUIRE(b.at > begin);
            REQUIRE_FALSE(is_continuation_byte(text[b.at]));
            line_runs(shaper(), shaped, {style}, begin, b.at, b.kind == BreakKind::hyphen);
            REQUIRE(measure.advance(begin, b.at) >= Length());
            begin = b.at;
        }
    }
}
