// glyph_outline.h: the shape of one glyph, for writers that draw letters as paths.
//
// Units      Font units, y up, the origin on the baseline: divide by units_per_em() and multiply by the font size.
// Threads    Safe from any thread.
// Spec       OpenType 1.9 (glyf, CFF, CFF2, gvar).
#pragma once

#include "layout/text/fonts.h"

#include <cstdint>
#include <vector>

namespace bifolio {

struct OutlinePoint {
    double x = 0, y = 0;
};

// One or more contours. `points` holds one point for move and line, two for quadratic (a control and the end), three for cubic,
// none for close.
enum class OutlineVerb : std::uint8_t { move, line, quadratic, cubic, close };
struct GlyphOutline {
    std::vector<OutlineVerb> verbs;
    std::vector<OutlinePoint> points;
    bool empty() const { return verbs.empty(); } // a space
};

GlyphOutline glyph_outline(const FontLibrary& fonts, FontId font, std::uint32_t glyph);
int units_per_em(const FontLibrary& fonts, FontId font);

struct InkExtents { // of a glyph, in fractions of the em
    double left = 0, bottom = 0, right = 0, top = 0;
    double height() const { return top - bottom; }
};
InkExtents ink_extents(const FontLibrary& fonts, FontId font, std::uint32_t glyph);

} // namespace bifolio
