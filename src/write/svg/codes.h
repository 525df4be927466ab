// codes.h: what write/svg reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array svg_codes{
    CodeInfo{"svg.unreadable-picture", Severity::error, "A picture cannot be decoded, so an SVG of its page lacks it.",
             "Save the picture again with a graphics program."},
};

} // namespace bifolio
