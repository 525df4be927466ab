// codes.h: what write/pdf reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array pdf_codes{
    CodeInfo{"pdf.unreadable-picture", Severity::error, "A picture's file is damaged or of a kind that cannot be shown.",
             "Open the picture in a picture editor and save it anew as PNG or JPEG."},
    CodeInfo{"pdf.rich-black-text", Severity::error, "Text of a press edition is printed in black mixed with other inks.",
             "Plates never register exactly, so the letters would get coloured edges: use device-cmyk(0 0 0 1) or a grey."},
    CodeInfo{"pdf.too-much-ink", Severity::error, "A colour of a press edition needs more ink than the press takes.",
             "Take ink away, or raise `ink-limit` of the edition where the printing house allows it."},
    CodeInfo{"pdf.spot-colour", Severity::error, "A spot colour's name cannot be used, or stands for two different colours.",
             "Write -bifolio-spot() with the same device-cmyk() stand-in everywhere; a CSS variable helps."},
    CodeInfo{"pdf.picture-ink", Severity::warning, "A picture of a press edition has more ink at one place than the press takes.",
             "Convert it to the press's profile in a picture editor."},
};

} // namespace bifolio
