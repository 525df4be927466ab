// pdf_text.h: PDF's text strings. ISO 32000-1, 7.9.2.2 and D.3.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

// UTF-16 with its mark, UTF-8 with its mark (PDF 2.0), else PDFDocEncoding. Language escapes (U+001B) are taken out.
std::string text_string_to_utf8(std::string_view bytes);
// Big-endian UTF-16 without a mark, as ToUnicode has it; halves of pairs become U+FFFD.
std::string utf16_to_utf8(std::string_view bytes);

} // namespace bifolio
