// codes.h: what write/epub reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array epub_codes{
    CodeInfo{"epub.unreadable-picture", Severity::error, "A picture's file is damaged or of a kind that cannot be shown.",
             "Open the picture in a picture editor and save it anew as PNG or JPEG."},
    CodeInfo{"epub.unusable-svg", Severity::error, "A drawing holds something that an e-book may not hold.",
             "Save the drawing as plain SVG, without scripts, links to other files and editor data."},
    CodeInfo{"epub.unusable-address", Severity::warning, "A link's web address is none, so only its words are shown.",
             "Correct the address; open it in a browser to see whether it leads anywhere."},
    CodeInfo{
        "epub.character-without-font", Severity::warning,
        "No font on this machine has a character, so an e-book that carries its fonts has none for it.",
        "Install a font that has it, or put one into the book's folder fonts/; else the reading system's own fonts show it."},
    CodeInfo{"epub.control-character", Severity::warning, "The text holds characters that XML does not allow; they are left out.",
             "Delete the invisible character at the place; it often comes from copying out of another program."},
    CodeInfo{"epub.large-document", Severity::warning, "One section is larger than some bookshops accept.",
             "Divide the article into several articles."},
};

} // namespace bifolio
