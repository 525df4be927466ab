#include "layout/page/library_measures.h"

namespace bifolio {

namespace {

FontSlant slant_of(FontStyle style) {
    switch (style) {
    case FontStyle::italic: return FontSlant::italic;
    case FontStyle::oblique: return FontSlant::oblique;
    case FontStyle::normal: break;
    }
    return FontSlant::normal;
}

} // namespace

FontRequest font_request(const ComputedStyle& style) {
    FontRequest request{style.font_families, style.font_weight, slant_of(style.font_style), style.font_stretch};
    for (const FontAxisSetting& one : style.font_variations) request.variations.push_back({one.tag, one.value});
    return request;
}

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
