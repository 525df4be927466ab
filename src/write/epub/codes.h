// codes.h: what write/epub reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array epub_codes{
    CodeInfo{
        "epub.character-without-font", Severity::warning,
        "No font on this machine has a character, so an e-book that carries its fonts has none for it.",
        "Install a font that has it, or put one into the book's folder fonts/; else the reading system's own fonts show it."},
    CodeInfo{"epub.large-document", Severity::warning,
             "Something that cannot be divided makes a document that is larger than slow reading systems like (300 KB).",
             "Make two of it: of a heading, a note, a table's head, or rows that one cell spans. What else is long is divided by "
             "itself."},
};

} // namespace bifolio
