// utf8.h: walking over UTF-8 (RFC 3629). Every string inside the program is valid UTF-8; readers see to it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

constexpr bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

struct Decoded {
    char32_t code_point; // U+FFFD for a malformed sequence
    std::uint32_t size;  // bytes taken, at least 1
    bool valid;
};
// The code point at `at`, which must be less than text.size().
Decoded decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t code_point);
std::string to_utf8(char32_t code_point);
std::u32string to_utf32(std::string_view text);
std::u16string to_utf16(std::string_view text);

std::size_t count_characters(std::string_view text);   // code points
std::size_t first_invalid_utf8(std::string_view text); // npos when all is valid; rejects surrogates and overlong forms
std::string with_replacements(std::string_view text);  // each malformed sequence becomes U+FFFD

bool is_ascii_space(char c); // space, tab, newline, return, form feed: the white space of HTML
bool is_blank(std::string_view text);
std::string_view trimmed(std::string_view text); // without ASCII space at either end
std::string to_ascii_lower(std::string_view text);
bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);

// Runs of ASCII space become one space; none at either end.
std::string collapsed(std::string_view text);

} // namespace bifolio
