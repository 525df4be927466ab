// glyph_markup.h: a run of glyphs as uses of their paths.
#pragma once

#include "layout/page/pages.h"
#include "picture/svg.h"
#include "write/svg/definitions.h"

#include <string>

namespace bifolio {

inline double in_px(Length length) { return length.in_pt() / 0.75; }

// `at`: the left end of the baseline, in px.
std::string glyph_markup(const GlyphRun& run, DrawingPoint at, SvgDefinitions& definitions);

} // namespace bifolio
