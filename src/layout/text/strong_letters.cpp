#include "layout/text/strong_letters.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

namespace bifolio {

StrongLetters strong_letters(std::string_view text) {
    StrongLetters out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        at += one.size;
        switch (u_charDirection(static_cast<UChar32>(one.code_point))) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC: out.to_left = true; break;
        case U_LEFT_TO_RIGHT: out.to_right = true; break;
        case U_EUROPEAN_NUMBER:
        case U_ARABIC_NUMBER: out.digits = true; break;
        default: break;
        }
    }
    return out;
}

} // namespace bifolio
