// codes.h: what write/xhtml reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array xhtml_codes{
    CodeInfo{"xhtml.picture-profile", Severity::warning,
             "A picture's colour profile is damaged or not for its colours and was left out.",
             "Open the picture in a picture editor, convert it to sRGB, and save it with its profile."},
    CodeInfo{"xhtml.unreadable-picture", Severity::error, "A picture's file is damaged or of a kind that cannot be shown.",
             "Open the picture in a picture editor and save it anew as PNG or JPEG."},
    CodeInfo{"xhtml.unusable-svg", Severity::error, "A drawing holds something that an e-book or a web page may not hold.",
             "Save the drawing as plain SVG, without scripts, links to other files and editor data."},
    CodeInfo{"xhtml.unusable-address", Severity::warning, "A link's web address is none, so only its words are shown.",
             "Correct the address; open it in a browser to see whether it leads anywhere."},
    CodeInfo{"xhtml.control-character", Severity::warning,
             "The text holds characters that XML does not allow; they are left out.",
             "Delete the invisible character at the place; it often comes from copying out of another program."},
};

} // namespace bifolio
