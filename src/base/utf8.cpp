#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

Decoded decode_utf8(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return {first, 1, true};
    const std::uint32_t size = first >= 0xF0 && first <= 0xF4  ? 4
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xC2 && first < 0xE0 ? 2
                                                               : 0;
    if (size == 0) return {0xFFFD, 1, false};
    char32_t code_point = first & (0xFFu >> (size + 1));
    for (std::uint32_t i = 1; i < size; ++i) {
        if (at + i >= text.size() || !is_continuation_byte(text[at + i])) return {0xFFFD, i, false};
        code_point = (code_point << 6) | (byte(at + i) & 0x3Fu);
        if (i == 1) { // Unicode table 3-7: the second byte decides overlong forms, surrogates and the upper end
            const bool bad = (first == 0xE0 && byte(at + 1) < 0xA0) || (first == 0xED && byte(at + 1) > 0x9F) ||
                             (first == 0xF0 && byte(at + 1) < 0x90) || (first == 0xF4 && byte(at + 1) > 0x8F);
            if (bad) return {0xFFFD, 1, false};
        }
    }
    return {code_point, size, true};
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::string to_utf8(char32_t code_point) {
    std::string out;
    append_utf8(out, code_point);
    return out;
}

std::u32string to_utf32(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode_utf8(text, at);
        out += d.code_point;
        at += d.size;
    }
    return out;
}

std::u16string to_utf16(std::string_view text) {
    std::u16string out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode_utf8(text, at);
        at += d.size;
        if (d.code_point < 0x10000) {
            out += static_cast<char16_t>(d.code_point);
        } else {
            out += static_cast<char16_t>(0xD800 + ((d.code_point - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((d.code_point - 0x10000) & 0x3FF));
        }
    }
    return out;
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation_byte(c); }));
}

std::size_t first_invalid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode_utf8(text, at);
        if (!d.valid) return at;
        at += d.size;
    }
    return std::string_view::npos;
}

std::string with_replacements(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decode_utf8(text, at);
        append_utf8(out, d.code_point);
        at += d.size;
    }
    return out;
}

bool is_ascii_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_blank(std::string_view text) { return std::ranges::all_of(text, is_ascii_space); }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string to_ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && to_ascii_lower(a) == to_ascii_lower(b);
}

std::string collapsed(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        if (!is_ascii_space(c))
            out += c;
        else if (out.empty() || out.back() != ' ')
            out += ' ';
    }
    return out;
}

} // namespace bifolio
