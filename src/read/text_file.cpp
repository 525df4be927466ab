#include "read/text_file.h"

#include "base/utf8.h"
#include "read/character_hazards.h"

#include <array>
#include <utility>

namespace bifolio {

namespace {

// The WHATWG index of windows-1252 for 0x80 … 0x9F; the other bytes are their own code points.
constexpr std::array<char16_t, 32> windows_1252_upper{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

std::string from_windows_1252(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(text, byte >= 0x80 && byte < 0xA0 ? windows_1252_upper[byte - 0x80u] : byte);
    }
    return text;
}

// RFC 2781; the bytes after the mark. A lone surrogate becomes U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian) {
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
    };
    std::string text;
    std::size_t at = 0;
    for (; at + 1 < bytes.size(); at += 2) {
        const char32_t high = unit(at);
        if (high < 0xD800 || high > 0xDFFF) {
            append_utf8(text, high);
        } else if (const char32_t low = high < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
                   low >= 0xDC00 && low <= 0xDFFF) {
            append_utf8(text, 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            at += 2;
        } else {
            append_utf8(text, 0xFFFD);
        }
    }
    if (at < bytes.size()) append_utf8(text, 0xFFFD);
    return text;
}

// XML 1.0 (2.2 Char) has no place for these, so no e-book could hold them.
bool is_forbidden(char32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0 && c != 0x85) || c == 0xFFFE || c == 0xFFFF;
}

std::size_t skip_ordinary(std::string_view text, std::size_t at) {
    while (at < text.size() && static_cast<signed char>(text[at]) >= 0x20 && text[at] != 0x7F) ++at;
    return at;
}

} // namespace

DecodedText decode_text(std::string_view bytes, OtherEncoding other) {
    DecodedText decoded;
    std::string converted;
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        converted = from_utf16(bytes.substr(2), bytes.starts_with("\xFE"));
        bytes = converted;
    } else if (other == OtherEncoding::windows_1252 && first_invalid_utf8(bytes) != bytes.npos) {
        decoded.from_windows_1252 = true;
        converted = from_windows_1252(bytes);
        bytes = converted;
    }
    std::string& text = decoded.text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t ordinary = skip_ordinary(bytes, at);
        text.append(bytes.substr(at, ordinary - at));
        if ((at = ordinary) == bytes.size()) break;
        const Decoded next = decode_utf8(bytes, at);
        if (next.code_point == '\r') {
            text += '\n';
            at += bytes.substr(at, 2) == "\r\n" ? 2 : 1;
            continue;
        }
        if (next.code_point == '\f' || next.code_point == '\v') { // word processors' page and line ends
            text += '\n';
        } else if (!next.valid) {
            if (decoded.malformed++ == 0) decoded.first_malformed = text.size();
            append_utf8(text, 0xFFFD);
        } else if (is_forbidden(next.code_point)) {
            if (decoded.controls++ == 0) decoded.first_control = text.size(), decoded.control = next.code_point;
            append_utf8(text, 0xFFFD);
        } else {
            text.append(bytes.substr(at, next.size));
        }
        at += next.size;
    }
    return decoded;
}

SourceId add_text(std::string path, DecodedText decoded, SourceMap& sources, Diagnostics& diagnostics) {
    const std::size_t size = decoded.text.size();
    const SourceId source = sources.add(std::move(path), std::move(decoded.text));
    const auto at = [&](std::size_t begin) {
        return Span{source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + (begin < size ? 3 : 0))};
    };
    const auto further = [](std::size_t count) {
        return count < 2 ? "" : count == 2 ? " and at one more place" : " and at " + std::to_string(count - 1) + " more places";
    };
    if (decoded.malformed > 0)
        diagnostics.error("read.not-utf-8", at(decoded.first_malformed),
                          "the file is not UTF-8 here" + further(decoded.malformed),
                          {"save it again with the encoding UTF-8; it may be Windows-1252 (“ANSI”) or Latin-1 now"});
    if (decoded.controls > 0) {
        const std::string_view meant = windows_1252_character(decoded.control);
        diagnostics.warning("read.control-character", at(decoded.first_control),
                            "a control character stands here" + further(decoded.controls) + "; it shows as ‘\xEF\xBF\xBD’",
                            {meant.empty()
                                 ? "delete it: no e-book can hold it"
                                 : "it was probably ‘" + std::string(meant) +
                                       "’ in a file of Windows-1252: open the original with that encoding and save it as UTF-8"});
    }
    if (decoded.malformed == 0 && decoded.controls == 0) // else U+FFFD stands for what was just reported
        report_character_hazards(source, sources.text(source), diagnostics);
    if (decoded.from_windows_1252)
        diagnostics.warning("read.windows-1252", {source, 0, 0}, "the file is not UTF-8; it was read as Windows-1252",
                            {"save it as “CSV UTF-8” and compare the accented letters"});
    return source;
}

} // namespace bifolio
