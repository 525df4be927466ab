// pdf_syntax.h: numbers, names, strings and references as PDF writes them.
//
// Units  Numbers are decimal, at most four places, “.” as the mark, no exponent, no “-0”; never of a locale, never non-finite:
//        what is no number becomes 0, and nothing exceeds 2,000,000,000 either way.
// Spec   ISO 32000-1, 7.3 (objects), 7.9.2 (text strings).
#pragma once

#include "base/date.h"
#include "base/length.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

struct PdfReference { // an indirect object by its number
    std::uint32_t number = 0;
    bool operator==(const PdfReference&) const = default;
};

void append_pdf_number(std::string& out, double value); // four places
void append_pdf_number(std::string& out, std::int64_t value);
void append_pdf_factor(std::string& out,
                       double value); // of a matrix: six places where it is small, since positions are multiplied by it
void append_pdf_points(std::string& out, Length length); // in points, four places, exact rounding
void append_pdf_hex(std::string& out, std::uint32_t value, int digits);
std::string pdf_number(double value);
std::string pdf_name(std::string_view name); // “/A#20B”; at most 127 bytes, says the caller
std::string
pdf_text_string(std::string_view utf8); // PDFDocEncoding where it is ASCII, else UTF-16BE with its mark; cut at 16,000 bytes
std::string pdf_byte_string(std::string_view bytes); // hexadecimal
std::string pdf_date(Date date);                     // “(D:20260901000000Z)”
std::string pdf_reference(PdfReference reference);   // “12 0 R”

} // namespace bifolio
