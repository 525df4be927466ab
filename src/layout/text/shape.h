// shape.h: the text of one paragraph → glyph runs and the places where a line may end.
//
// The paragraph is one string in logical order, cut into spans of one style. Inline pictures and other atoms stand in it as
// U+FFFC (object replacement character) with a span of their own.
//
// Method     Itemise by style, bidi level (UAX 9), script (UAX 24) and font (first face that has the grapheme cluster); shape
//            each item once with HarfBuzz; keep the result for measuring, breaking and drawing. Each distinct word of a font
//            and style is shaped once in a run (ShapeCache) where the font makes that safe (no kerning across spaces).
// Units      Length. Clusters are byte offsets in the paragraph's text.
// Spec       UAX 9, 14, 24, 29; CSS Text 3 (hyphens, line-break, overflow-wrap); OpenType features as in CSS Fonts 4 §7.
#pragma once

#include "base/ids.h"
#include "base/length.h"
#include "layout/text/fonts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct FontFeature { // “smcp” 1
    std::array<char, 4> tag{};
    std::uint32_t value = 1;
    auto operator<=>(const FontFeature&) const = default;
};

enum class Hyphens { none, manual, automatic };
enum class TextDirection { ltr, rtl };

struct TextStyle {
    FontRequest font;
    Length size = Length::pt(10);
    std::string language; // BCP 47
    std::vector<FontFeature> features;
    Length letter_spacing, word_spacing;
    bool ligatures = true; // off with letter-spacing
    bool synthesize_small_caps = false;
    Hyphens hyphens = Hyphens::manual;
    // Words divided by patterns: least letters of the word, before and after the hyphen (CSS hyphenate-limit-chars).
    std::array<int, 3> hyphenate_limit_chars{5, 2, 3};
    bool no_wrap = false;        // white-space: nowrap, pre
    bool break_anywhere = false; // overflow-wrap: anywhere, as a last resort
    auto operator<=>(const TextStyle&) const = default;
};

// Never has a glyph of its own: default-ignorable characters, controls, line and paragraph separators.
bool is_invisible(char32_t code_point);

struct StyledSpan {
    std::uint32_t begin = 0, end = 0; // bytes in the text; spans cover it without gaps
    std::uint32_t style = 0;          // index into the styles
    bool apart = false;               // its first letters form nothing with those before them
};

// A Length in half of the room: a page holds thousands of glyphs, and none is 32,767 pt wide.
class GlyphLength {
public:
    GlyphLength() = default;
    GlyphLength(Length length) // implicit: it is a Length, stored
        : sp_(static_cast<std::int32_t>(std::clamp<std::int64_t>(length.sp(), -most, most))) {}
    operator Length() const { return Length::from_sp(sp_); }
    std::int64_t sp() const { return sp_; }
    double in_pt() const { return Length(*this).in_pt(); }
    Length scaled(double factor) const { return Length(*this).scaled(factor); }
    GlyphLength& operator+=(Length more) { return *this = Length(*this) + more; }

private:
    static constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    std::int32_t sp_ = 0;
};

struct Glyph {
    std::uint32_t id = 0;           // in the face
    GlyphLength advance;            // letter spacing included
    GlyphLength x_offset, y_offset; // y grows upwards, as in the font
    std::uint32_t cluster = 0;      // byte in the paragraph's text where the cluster begins
    bool unsafe_to_break = false;   // HarfBuzz: shape again when a line begins here
};

// One direction, one font, one style. Glyphs are in visual order (left to right), as HarfBuzz gives them; for an odd
// level the clusters fall.
struct ShapedRun {
    std::uint32_t begin = 0, end = 0; // bytes in the text
    std::uint32_t style = 0;
    FontId font{};
    Length size; // the style's, or smaller for synthesized small capitals
    std::uint8_t bidi_level = 0;
    bool missing_glyph = false; // no face has some cluster of it: U+XXXX must be shown and reported
    std::uint32_t script = 0;   // ISO 15924 as a tag (“Latn”), for shaping again
    bool small_caps = false;    // lower-case letters shown as capitals of a smaller size
    std::vector<Glyph> glyphs;
};

enum class BreakKind : std::uint8_t {
    allowed,   // between words, after a hyphen that is in the text, …
    mandatory, // U+000A, U+2028 and the like
    unwelcome, // before a hyphen in a web address: only where the others leave much of the line empty
    hyphen,    // inside a word: a hyphen is shown (U+00AD or a hyphenation point)
    anywhere,  // between grapheme clusters, only when nothing else helps (overflow-wrap)
};

struct BreakOpportunity {
    std::uint32_t at = 0; // byte: the next line begins here (white space before it hangs or vanishes)
    BreakKind kind = BreakKind::allowed;
};

struct ShapedText {
    std::string text;
    std::vector<ShapedRun> runs;                  // logical order, covering the text without gaps
    std::vector<BreakOpportunity> breaks;         // ascending
    TextDirection direction = TextDirection::ltr; // the paragraph's base direction
    std::vector<std::uint32_t> grapheme_starts;   // bytes, ascending (for initial letters, missing glyphs, anywhere breaks)
};

// Shaped words of this run of the program, shared by all threads. Its content never changes a result, only the time.
class ShapeCache {
public:
    ShapeCache();
    ~ShapeCache();
    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

// Hyphenation patterns by language, from the distribution's packages (libhyphen), opened on first use. Thread-safe but for
// add_exception(), which comes before all use.
class Hyphenator {
public:
    Hyphenator();
    ~Hyphenator();
    // A word with hyphens where it may be divided, “methyl-pheni-date”; without one it never is. For a language (“en” serves
    // “en-GB” too) or, where that is empty, for all. It stands above patterns and limits, whatever the case of its letters.
    void add_exception(std::string_view language, std::string_view word);
    bool has_exception(std::string_view word, std::string_view language) const;
    bool has_patterns(std::string_view language) const; // “en-GB” → hyph_en_GB.dic, else “en”
    std::optional<std::filesystem::path> pattern_file(std::string_view language) const; // where these are
    // Byte offsets in the word where it may be divided, honouring left and right minima (CSS hyphenate-limit-chars 5 2 3 when 0).
    std::vector<std::uint32_t> points(std::string_view word, std::string_view language, int least_word = 5, int least_before = 2,
                                      int least_after = 3) const;
    struct State;

private:
    std::unique_ptr<State> state_;
};

struct Shaper {
    const FontLibrary& fonts;
    ShapeCache& cache;
    const Hyphenator& hyphenator;
};

// The whole paragraph. nullopt direction: from the first strong character (CSS unicode-bidi: plaintext).
ShapedText shape_text(const Shaper& shaper, std::string text, const std::vector<StyledSpan>& spans,
                      const std::vector<TextStyle>& styles, std::optional<TextDirection> direction);

// The runs of one line [begin, end) of the paragraph, ready to draw: only what is unsafe to break is shaped again, runs are in
// visual order (UAX 9 L1, L2), `hyphen` says that a hyphen glyph follows the last cluster (in its run's font; text “‐” or “-”).
// White space at the line's end is not in the glyphs. Explicit bidi controls have no glyph. The hyphen's glyph has the cluster
// `end` of its run (one past the run's text): it shows no character of the text.
struct LineRuns {
    std::vector<ShapedRun> runs; // left to right
    Length width;
};
LineRuns line_runs(const Shaper& shaper, const ShapedText& shaped, const std::vector<TextStyle>& styles, std::uint32_t begin,
                   std::uint32_t end, bool hyphen);

// What a hyphen adds to the line when it breaks at byte `at`: its advance in the face of the letter before, and their kerning.
// line_runs() adds just that.
Length hyphen_width(const Shaper& shaper, const ShapedText& shaped, const std::vector<TextStyle>& styles, std::uint32_t at);

} // namespace bifolio
