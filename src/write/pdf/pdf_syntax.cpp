#include "write/pdf/pdf_syntax.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>

namespace bifolio {

namespace {

constexpr std::size_t most_text = 16'000; // bytes of UTF-8; PDF/A allows a string 32,767. ISO 19005-2, 6.1.13.
constexpr std::string_view hex_digits = "0123456789ABCDEF";

// A number of ten-thousandths.
void append_fixed(std::string& out, std::int64_t value) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    append_pdf_number(out, value / 10'000);
    std::int64_t fraction = value % 10'000;
    if (fraction == 0) return;
    std::array<char, 5> digits{'.', '0', '0', '0', '0'};
    for (std::size_t at = 4; at > 0; --at, fraction /= 10) digits[at] = static_cast<char>('0' + fraction % 10);
    std::size_t size = 5;
    while (digits[size - 1] == '0') --size;
    out.append(digits.data(), size);
}

} // namespace

void append_pdf_number(std::string& out, std::int64_t value) {
    std::array<char, 24> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    assert(error == std::errc{});
    out.append(buffer.data(), end);
}

void append_pdf_number(std::string& out, double value) {
    // A hostile drawing may ask for anything; PDF/A knows no number beyond 2^31 - 1. ISO 19005-2, 6.1.13.
    constexpr double most = 2e9;
    if (std::isnan(value)) value = 0;
    append_fixed(out, std::llround(std::clamp(value, -most, most) * 10'000.0));
}

void append_pdf_factor(std::string& out, double value) {
    const double rounded = std::round(value * 1e4) / 1e4;
    if (!std::isfinite(value) || std::abs(value) >= 10 || std::abs(value - rounded) < 1e-9) return append_pdf_number(out, value);
    const auto millionths = std::llround(value * 1e6);
    if (millionths == 0) return append_pdf_number(out, std::int64_t{0});
    std::string digits = std::to_string(std::llabs(millionths));
    if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
    if (millionths < 0) out += '-';
    out.append(digits, 0, digits.size() - 6).append(".").append(digits, digits.size() - 6, 6);
}

void append_pdf_points(std::string& out, Length length) {
    const std::int64_t sp = length.sp(); // value = sp / 65536 × 10000, rounded half away from zero
    const std::int64_t scaled = (std::abs(sp) / 65'536) * 10'000 + ((std::abs(sp) % 65'536) * 10'000 + 32'768) / 65'536;
    append_fixed(out, sp < 0 ? -scaled : scaled);
}

void append_pdf_hex(std::string& out, std::uint32_t value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += hex_digits[(value >> shift) & 15];
}

std::string pdf_number(double value) {
    std::string out;
    append_pdf_number(out, value);
    return out;
}

std::string pdf_name(std::string_view name) {
    std::string out = "/";
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7F || std::string_view("#/%()<>[]{}").find(c) != std::string_view::npos) {
            out += '#';
            append_pdf_hex(out, byte, 2);
        } else {
            out += c;
        }
    }
    return out;
}

std::string pdf_text_string(std::string_view utf8) {
    std::string out;
    if (utf8.size() > most_text) { // the words of a huge link, a caption pasted as alternative text
        std::size_t end = most_text - std::string_view("…").size();
        while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) --end;
        return pdf_text_string(std::string(utf8.substr(0, end)) + "…");
    }
    if (std::ranges::all_of(utf8, [](char c) { return c >= 0x20 && c < 0x7F; })) {
        out = "(";
        for (const char c : utf8) {
            if (c == '(' || c == ')' || c == '\\') out += '\\';
            out += c;
        }
        return out + ")";
    }
    out = "<FEFF";
    for (const char16_t unit : to_utf16(utf8)) append_pdf_hex(out, unit, 4);
    return out + ">";
}

std::string pdf_byte_string(std::string_view bytes) {
    std::string out = "<";
    for (const char c : bytes) append_pdf_hex(out, static_cast<unsigned char>(c), 2);
    return out + ">";
}

std::string pdf_date(Date date) {
    std::string digits = iso_date(date);
    std::erase(digits, '-');
    return "(D:" + digits + "000000Z)";
}

std::string pdf_reference(PdfReference reference) { return std::to_string(reference.number) + " 0 R"; }

} // namespace bifolio
