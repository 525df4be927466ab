// shape_run.h: one item, or a piece of one, → glyphs. For layout/text only.
//
// Method  Where the font allows it the item is cut at its spaces and each word comes from the ShapeCache, scaled from font units
//         with rounding for each glyph; so an advance depends on the glyph and the size alone, not on its place.
#pragma once

#include "layout/text/itemise.h"
#include "layout/text/shape_cache.h"

namespace bifolio {

class RunShaper {
public:
    RunShaper(const Shaper& shaper, std::string_view text, const std::vector<TextStyle>& styles)
        : shaper_(shaper), cache_(shaper.cache.state()), text_(text), styles_(styles) {}

    ShapedRun shape(const Item& item);
    // The piece [begin, end) of the run, shaped as if it stood alone on its line (but letters join as in the text).
    ShapedRun shape_again(const ShapedRun& run, std::uint32_t begin, std::uint32_t end);

    const RunContext& context_of(const ShapedRun& run);
    static Length scaled(std::int32_t units, Length size, int units_per_em);

private:
    struct Segment {
        std::uint32_t begin, end;
        enum class Kind : std::uint8_t { word, space, tab, control } kind;
    };
    void find_segments(const RunContext& context, std::string_view text, std::uint32_t begin, std::uint32_t end);
    void shape_segments(const RunContext& context, std::string_view text, std::uint32_t begin, std::uint32_t end, ShapedRun& run);
    void shape_small_caps(const RunContext& context, ShapedRun& run);
    const Word& shape_word(const RunContext& context, std::string_view text, std::size_t i, std::uint32_t begin,
                           std::uint32_t end);
    std::uint32_t window_edge(const RunContext& context, std::string_view text, std::size_t i, int step);
    void add_word(const RunContext& context, const Word& word, std::uint32_t begin, ShapedRun& run) const;
    Length tab_advance(std::uint32_t at, Length space) const;
    void add_spacing(const RunContext& context, const TextStyle& style, ShapedRun& run) const;

    const Shaper& shaper_;
    ShapeCache::State& cache_;
    std::string_view text_;
    const std::vector<TextStyle>& styles_;
    std::vector<Segment> segments_;
    Word scratch_, neighbour_;
    std::int32_t space_before_ = 0, space_after_ = 0; // what the last shaped word kerns against the spaces beside it
};

} // namespace bifolio
