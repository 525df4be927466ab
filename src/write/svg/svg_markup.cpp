#include "write/svg/svg_markup.h"

#include "base/utf8.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace bifolio {

void append_svg_number(std::string& out, double value, int decimals) {
    double scale = 1;
    for (int i = 0; i < decimals; ++i) scale *= 10;
    constexpr double most = 1e9;
    if (!std::isfinite(value)) value = 0;
    const long long scaled = std::llround(std::fmin(most, std::fmax(-most, value)) * scale);
    const auto whole_scale = static_cast<long long>(scale);
    if (scaled < 0) out += '-';
    const long long magnitude = std::llabs(scaled);
    out += std::to_string(magnitude / whole_scale);
    long long rest = magnitude % whole_scale;
    if (rest == 0) return;
    std::string digits = std::to_string(rest);
    digits.insert(0, static_cast<std::size_t>(decimals) - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    out.append(".").append(digits);
}

std::string svg_number(double value, int decimals) {
    std::string out;
    append_svg_number(out, value, decimals);
    return out;
}

std::string svg_escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const auto [c, size, valid] = decode_utf8(text, at);
        at += size;
        const bool allowed = c == '\t' || c == '\n' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
        if (!valid || !allowed)
            out += "\uFFFD";
        else if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += text.substr(from, at - from);
    }
    return out;
}

std::string svg_paint(std::string_view property, Colour colour, double opacity, std::string_view suffix) {
    constexpr const char* digits = "0123456789abcdef";
    std::string out = " " + std::string(property) + std::string(suffix) + "=\"#";
    for (const std::uint8_t channel : {colour.r, colour.g, colour.b})
        out.append(1, digits[channel >> 4]).append(1, digits[channel & 15]);
    out += '"';
    if (const double all = opacity * colour.opacity(); all < 1)
        out += " " + std::string(property) + "-opacity=\"" + svg_number(all) + "\"";
    return out;
}

std::string svg_inks(std::initializer_list<std::string_view> properties, Colour colour) {
    if (!colour.ink) return {};
    std::string out;
    for (const std::string_view property : properties)
        out += (out.empty() ? "" : ";") + std::string(property) + ":" + to_css(colour.opaque());
    return " style=\"" + svg_escaped(out) + "\"";
}

std::string svg_matrix(const AffineTransform& transform) {
    std::string out = "matrix(";
    for (const double value : {transform.a, transform.b, transform.c, transform.d}) {
        append_svg_number(out, value, 8);
        out += ' ';
    }
    append_svg_number(out, transform.e);
    out += ' ';
    append_svg_number(out, transform.f);
    return out + ")";
}

} // namespace bifolio
