#include "layout/text/strong_letters.h"

#include "base/utf8.h"
#include "layout/text/shape.h"

#include <unicode/uchar.h>

namespace bifolio {

namespace {

bool is_plain_digit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9); }

bool is_of_left_block(char32_t c) {
    return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF) ||
           (c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000);
}

// Not among signs: letter-like symbols and raised digits are signs for many.
bool is_of_letter_block(char32_t c) { return c < 0x80 || (c >= 0xC0 && c < 0x2000) || c > 0x2E80; }

} // namespace

StrongLetters strong_letters(std::string_view text) {
    StrongLetters out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        const char32_t c = one.code_point;
        at += one.size;
        if (c >= 0x80 && is_invisible(c)) continue;
        out.surely_number |= is_plain_digit(c);
        const bool of_left_block = is_of_left_block(c) && !is_plain_digit(c);
        out.of_left_block |= of_left_block;
        switch (u_charDirection(static_cast<UChar32>(c))) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
            out.to_left = true;
            out.surely_left |= of_left_block;
            break;
        case U_LEFT_TO_RIGHT:
            out.to_right = true;
            out.surely_right |= is_of_letter_block(c);
            break;
        case U_EUROPEAN_NUMBER:
        case U_ARABIC_NUMBER: out.digits = true; break;
        default: break;
        }
    }
    return out;
}

} // namespace bifolio
