// pdf_syntax_reader.h: the tokens of PDF, in the body of a file and in content streams. ISO 32000-1, 7.2, 7.3, 7.8.2.
//
// Any bytes are taken: what is no token is skipped and counted as malformed, nesting is bounded by limits::pdf_nesting.
#pragma once

#include "verify/pdf_value.h"

#include <string_view>

namespace bifolio {

constexpr bool is_pdf_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
constexpr bool is_pdf_delimiter(char c) {
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '/' || c == '%';
}

class PdfSyntaxReader {
public:
    explicit PdfSyntaxReader(std::string_view bytes, std::size_t at = 0) : bytes_(bytes), at_(at) {}

    enum class Found { value, keyword, end };
    // The next value into `value`, or the next keyword (an operator, `obj`, `R` alone, …), readable as keyword().
    // `references`: “12 0 R” is one value; in a content stream it is not.
    Found next(PdfValue& value, bool references);
    std::string_view keyword() const { return keyword_; }

    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }
    std::size_t malformed() const { return malformed_; }                     // places that are not PDF
    std::size_t odd_hexadecimal() const { return odd_hexadecimal_; }         // strings whose last digit lacks its partner
    std::size_t foreign_hexadecimal() const { return foreign_hexadecimal_; } // strings with characters that are no digits
    std::string_view bytes() const { return bytes_; }
    void skip_space();

private:
    bool read_value(PdfValue& value, bool references, int depth);
    void read_array(PdfValue& value, bool references, int depth);
    void read_dictionary(PdfValue& value, bool references, int depth);
    void read_number(PdfValue& value);
    bool read_reference(PdfValue& value);
    std::string read_literal_string();
    std::string read_hexadecimal_string();
    std::string read_name();
    std::string_view regular();
    char peek(std::size_t ahead = 0) const { return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0'; }
    bool ended() const { return at_ >= bytes_.size(); }

    std::string_view bytes_; // borrowed for the life of the reader, a local
    std::string_view keyword_;
    std::size_t at_ = 0;
    std::size_t malformed_ = 0, odd_hexadecimal_ = 0, foreign_hexadecimal_ = 0;
};

} // namespace bifolio
