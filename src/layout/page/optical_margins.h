// optical_margins.h: how far characters stand out of the margins of justified text, and which letters may be spaced.
//
// Spec   CSS Text 3 §8.3 (hanging-punctuation) says which edges; how far is taken by eye, as in pdfTeX's “margin kerning”
//        (Hàn Thế Thành, “Micro-typographic extensions to the TeX typesetting system”, 2000): punctuation by most of its
//        width, letters with air at their sides by a twentieth.
#pragma once

#include "layout/page/inline_content.h"

namespace bifolio {

struct HangShares { // of the character's own width
    double begin = 0, end = 0;
};
HangShares hang_shares(char32_t c);

// Letters that stand apart from each other: neither joined ones (Arabic, Devanagari) nor those of a typewriter face.
bool letters_may_be_spaced(const LayoutContext& context, std::uint32_t script, FontId font, std::uint32_t style);

} // namespace bifolio
