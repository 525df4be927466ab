#include "layout/page/optical_margins.h"

namespace bifolio {

namespace {

constexpr std::uint32_t tag(char a, char b, char c, char d) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(a)) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(b)) << 16 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(d));
}

HangShares share_of_sign(char32_t c) {
    switch (c) {
    case U'\u2010': // hyphen
    case U'\u2011':
    case U'\u00AD':
    case U'\u05BE': return {0, 0.7}; // maqaf
    case U'\u060C':                  // Arabic comma
    case U'\u06D4':                  // Arabic full stop
    case U'\u2026': return {0, 0.2};
    case U'\u061B': return {0, 0.4}; // Arabic semicolon
    case U'\u2018':
    case U'\u2019':
    case U'\u201A':
    case U'\u201B': return {0.7, 0.7};
    case U'\u201C':
    case U'\u201D':
    case U'\u201E':
    case U'\u201F': return {0.6, 0.6};
    case U'\u2039':
    case U'\u203A': return {0.5, 0.5};
    case U'\u00AB':
    case U'\u00BB': return {0.4, 0.4};
    case U'\u2013': return {0.2, 0.3}; // en dash
    case U'\u2014': return {0.15, 0.2};
    case U'\u00BF':
    case U'\u00A1': return {0.1, 0};
    default: return {};
    }
}

} // namespace

HangShares hang_shares(char32_t c) {
    if (c >= 0x80) return share_of_sign(c);
    switch (c) {
    case '-':
    case '.':
    case ',': return {0, 0.7};
    case ':':
    case ';': return {0, 0.5};
    case '\'': return {0.7, 0.7};
    case '"': return {0.5, 0.5};
    case '!':
    case '?': return {0, 0.15};
    case '(': return {0.1, 0};
    case ')': return {0, 0.15};
    case '*': return {0.2, 0.2};
    case 'A':
    case 'T':
    case 'V':
    case 'W':
    case 'Y':
    case 'v':
    case 'w':
    case 'y': return {0.05, 0.05};
    case 'k':
    case 'r': return {0, 0.05};
    default: return {};
    }
}

bool letters_may_be_spaced(const LayoutContext& context, std::uint32_t script, FontId font, std::uint32_t style) {
    switch (script) {
    case tag('L', 'a', 't', 'n'):
    case tag('G', 'r', 'e', 'k'):
    case tag('C', 'y', 'r', 'l'):
    case tag('A', 'r', 'm', 'n'):
    case tag('G', 'e', 'o', 'r'):
    case tag('H', 'e', 'b', 'r'): break;
    default: return false;
    }
    const ComputedStyle& computed = context.computed(style);
    if (computed.letter_stretch <= 0 && computed.letter_shrink <= 0) return false;
    return !context.shaper.fonts.metrics(font).fixed_pitch;
}

} // namespace bifolio
