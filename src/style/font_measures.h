// font_measures.h: what lengths ask of fonts, told by whoever knows fonts: this stage opens none.
//
// Units      Shares of the font size.
// Spec       CSS Values 4 §6.1.1 (ex, cap, ch, ic) with the substitutes that it names for a font that does not say.
#pragma once

#include "style/computed_style.h"

namespace bifolio {

struct FontMeasure {
    double x_height = 0.5;          // ex
    double cap_height = 0.8;        // cap: the ascent
    double zero_advance = 0.5;      // ch: of “0”, U+0030
    double ideograph_advance = 1.0; // ic: of “水”, U+6C34
};

class FontMeasures {
public:
    virtual ~FontMeasures() = default;
    // Of the font that text of this style gets; only families, weight, style, stretch and language count. Called from any thread.
    virtual FontMeasure of(const ComputedStyle& style) const = 0;
};

} // namespace bifolio
