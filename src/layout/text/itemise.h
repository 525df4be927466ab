// itemise.h: cuts a paragraph into items of one style, bidi level, script and face. For layout/text only.
//
// Spec  UAX 9 (by ICU), UAX 24 §5.1 (common characters take the script of their surroundings, brackets that of their pair),
//       UAX 29 (grapheme clusters; a cluster never has two faces).
#pragma once

#include "layout/text/shape.h"

#include <hb.h>

#include <string>
#include <vector>

namespace bifolio {

struct Item {
    std::uint32_t begin = 0, end = 0; // bytes
    std::uint32_t style = 0;
    FontId font{};
    hb_script_t script = HB_SCRIPT_COMMON;
    std::uint8_t level = 0;
    bool missing = false;    // no face has it
    bool small_caps = false; // lower-case letters to be set as smaller capitals
    bool object = false;     // U+FFFC: has no glyph of its own
};

// UTF-16 for ICU, with the byte of each unit. Empty `bytes`: the text is ASCII and the units are the bytes.
struct WideText {
    std::u16string units;
    std::vector<std::uint32_t> bytes; // one more than units
    std::uint32_t byte(std::size_t unit) const { return bytes.empty() ? static_cast<std::uint32_t>(unit) : bytes[unit]; }
};
void widen(std::string_view text, WideText& out);

std::vector<std::uint32_t> grapheme_starts(std::string_view text, const WideText& wide);

// `text.grapheme_starts` must be there; sets text.direction and returns the items in logical order.
std::vector<Item> itemise(const Shaper& shaper, ShapedText& text, const WideText& wide, const std::vector<StyledSpan>& spans,
                          const std::vector<TextStyle>& styles, std::optional<TextDirection> direction);

// True when the face draws small capitals itself (GSUB smcp).
bool has_small_caps(const FontLibrary& fonts, FontId font);

} // namespace bifolio
