#include "layout/text/text_measure.h"

#include "base/utf8.h"
#include "layout/text/cluster.h"

#include <algorithm>

namespace bifolio {
namespace {

// Shares the advance of the cluster [begin, end) out among its graphemes; what is not drawn has no share.
void share_out(const ShapedText& shaped, std::uint32_t begin, std::uint32_t end, Length from, Length advance,
               std::vector<Length>& before) {
    auto first = std::ranges::lower_bound(shaped.grapheme_starts, begin);
    const auto last = std::ranges::lower_bound(shaped.grapheme_starts, end);
    const auto is_drawn = [&](std::uint32_t at) { return !is_invisible(decoded(shaped.text, at).code_point); };
    const auto parts = static_cast<int>(std::count_if(first, last, is_drawn));
    int part = 0;
    Length here = from;
    for (std::uint32_t at = begin; at < end; ++at) {
        if (first != last && *first == at) {
            here = parts ? from + advance * part / parts : from;
            if (is_drawn(at)) ++part;
            ++first;
        }
        before[at] = here;
    }
}

} // namespace

TextMeasure::TextMeasure(const ShapedText& shaped) : before_(shaped.text.size() + 1) {
    Length sum;
    for (const ShapedRun& run : shaped.runs) {
        const auto count = run.glyphs.size();
        const bool rtl = run.bidi_level & 1;
        const auto glyph = [&](std::size_t i) -> const Glyph& { return run.glyphs[rtl ? count - 1 - i : i]; };
        std::uint32_t at = run.begin;
        for (std::size_t i = 0; i < count;) {
            const std::uint32_t begin = glyph(i).cluster;
            for (; at < begin; ++at) before_[at] = sum; // what has no glyph has no width
            Length advance;
            for (; i < count && glyph(i).cluster == begin; ++i) advance += glyph(i).advance;
            const std::uint32_t end = i < count ? glyph(i).cluster : run.end;
            if (end - at == 1)
                before_[at] = sum;
            else
                share_out(shaped, at, end, sum, advance, before_);
            at = end;
            sum += advance;
        }
        for (; at < run.end; ++at) before_[at] = sum;
    }
    before_.back() = sum;
}

} // namespace bifolio
