// drawing_text.h: shapes the text of a drawing with the book's fonts.
#pragma once

#include "layout/page/pages.h"

namespace bifolio {

// Parallel to the drawing's text commands. Lengths are those of the drawing at its natural size (1 CSS px is 0.75 pt), in the
// coordinates of the command, before its transform.
std::vector<std::vector<std::pair<PagePoint, GlyphRun>>> shape_drawing(const Drawing& drawing, const Shaper& shaper);

} // namespace bifolio
