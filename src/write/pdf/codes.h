// codes.h: what write/pdf reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array pdf_codes{
    CodeInfo{"pdf.unreadable-picture", Severity::error, "A picture's file is damaged or of a kind that cannot be shown.",
             "Open the picture in a picture editor and save it anew as PNG or JPEG."},
};

} // namespace bifolio
