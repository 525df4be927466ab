// drawing_markup.h: a drawing (picture/svg) as SVG again: its commands as they were understood, its text as glyphs.
#pragma once

#include "layout/page/pages.h"
#include "write/svg/definitions.h"

#include <string>

namespace bifolio {

// In the drawing's own coordinates, CSS px. `key` names the picture within the page. A picture inside that cannot be shown is
// left out and its reason put into `problem`.
std::string drawing_markup(const Drawing& drawing, const PlacedPicture& placed, const std::string& key,
                           SvgDefinitions& definitions, std::string& problem);

} // namespace bifolio
