#include "layout/text/itemise.h"
#include "layout/text/line_breaks.h"
#include "layout/text/shape.h"
#include "layout/text/shape_run.h"

#include <cassert>

namespace bifolio {

ShapedText shape_text(const Shaper& shaper, std::string text, const std::vector<StyledSpan>& spans,
                      const std::vector<TextStyle>& styles, std::optional<TextDirection> direction) {
    ShapedText shaped;
    shaped.text = std::move(text);
    shaped.direction = direction.value_or(TextDirection::ltr);
    if (shaped.text.empty()) return shaped;
    assert(!spans.empty() && spans.front().begin == 0 && spans.back().end == shaped.text.size());

    thread_local WideText wide;
    widen(shaped.text, wide);
    shaped.grapheme_starts = grapheme_starts(shaped.text, wide);
    const std::vector<Item> items = itemise(shaper, shaped, wide, spans, styles, direction);
    RunShaper run_shaper(shaper, shaped.text, styles);
    shaped.runs.reserve(items.size());
    for (const Item& item : items) shaped.runs.push_back(run_shaper.shape(item));
    shaped.breaks = find_breaks(shaper, shaped, wide, spans, styles);
    return shaped;
}

} // namespace bifolio
