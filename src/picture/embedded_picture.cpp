#include "picture/embedded_picture.h"

#include "base/utf8.h"

#include <cstdint>

namespace bifolio {

namespace {

// Base64, white space passed over; nullopt for anything else in it.
std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        std::uint32_t value = 0;
        if (c >= 'A' && c <= 'Z')
            value = static_cast<std::uint32_t>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            value = static_cast<std::uint32_t>(c - 'a' + 26);
        else if (c >= '0' && c <= '9')
            value = static_cast<std::uint32_t>(c - '0' + 52);
        else if (c == '+' || c == '-')
            value = 62;
        else if (c == '/' || c == '_')
            value = 63;
        else if (c == '=' || is_ascii_space(c))
            continue;
        else
            return std::nullopt;
        bits = bits << 6 | value;
        if (++count == 4) {
            for (int shift = 16; shift >= 0; shift -= 8) bytes += static_cast<char>(bits >> shift & 0xff);
            bits = 0;
            count = 0;
        }
    }
    if (count == 1) return std::nullopt;
    if (count > 1) bytes += static_cast<char>(bits >> (6 * count - 8) & 0xff);
    if (count > 2) bytes += static_cast<char>(bits >> 2 & 0xff);
    return bytes;
}

} // namespace

std::optional<std::string> embedded_picture(std::string_view href) {
    constexpr std::string_view scheme = "data:";
    if (!href.starts_with(scheme)) return std::nullopt;
    const std::size_t comma = href.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const std::string_view type = href.substr(scheme.size(), comma - scheme.size());
    if (!type.ends_with(";base64")) return std::nullopt;
    return from_base64(href.substr(comma + 1));
}

} // namespace bifolio
