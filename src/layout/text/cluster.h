// cluster.h: questions about one grapheme cluster. For layout/text only.
#pragma once

#include "base/utf8.h"
#include "layout/text/face.h"
#include "layout/text/shape.h"

#include <string>
#include <string_view>

namespace bifolio {

// decode_utf8() with the commonest case in line: shaping reads every character several times.
inline Decoded decoded(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    return c < 0x80 ? Decoded{c, 1, true} : decode_utf8(text, at);
}

// True when the face can show the cluster: it has every character of it, or HarfBuzz can compose, decompose or replace it.
// Characters that are not drawn (joiners, controls, variation selectors) count as present.
bool covers(const FontLibrary::Face& face, std::u32string_view cluster);

// The character that decides script and font: the first with a script of its own, else the first that is drawn.
char32_t main_code_point(std::u32string_view cluster);

std::string script_tag(char32_t code_point); // ISO 15924; “Zyyy” for common characters
bool is_private_or_unassigned(char32_t code_point);

} // namespace bifolio
