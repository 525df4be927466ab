#include "layout/page/library_measures.h"

#include "layout/page/layout_context.h"

namespace bifolio {

FontMeasure LibraryMeasures::of(const ComputedStyle& style) const {
    const FontRequest request = font_request(style);
    const FontMetrics& metrics = fonts_.metrics(fonts_.match(request));
    FontMeasure out;
    out.x_height = metrics.x_height;
    out.cap_height = metrics.cap_height;
    const auto advance = [&](char32_t letter, double otherwise) {
        const std::optional<FontId> font = fonts_.match_for(request, {&letter, 1}, style.language);
        return font ? fonts_.nominal_advance(*font, letter) : otherwise;
    };
    out.zero_advance = advance(U'0', out.zero_advance);
    out.ideograph_advance = advance(U'水', out.ideograph_advance);
    return out;
}

} // namespace bifolio
