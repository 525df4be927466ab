// glyph_names.h: glyph names and the characters that they stand for (Adobe Glyph List, through FreeType, which knows it), and the
// encodings of simple fonts. ISO 32000-1, annex D; Adobe Glyph List Specification, 2.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// “Aacute” → Á, “uni0041” and “u1F600” by their digits, “f_i” in parts, “a.alt” without what follows the stop. Empty: unknown.
std::u16string utf16_of_glyph_name(std::string_view name);
bool is_listed_glyph_name(std::string_view name); // in the Adobe Glyph List, or of the form uniXXXX or uXXXXXX

// 256 glyph names each; empty: nothing there.
using GlyphEncoding = std::array<std::string_view, 256>;
const GlyphEncoding* glyph_encoding(std::string_view name); // WinAnsiEncoding, MacRomanEncoding, StandardEncoding; else nullptr

} // namespace bifolio
