#include "base/number.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace bifolio {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t after_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at])) ++at;
    return at;
}

// The end of the number at the front of `text`; 0 when there is none.
std::size_t number_end(std::string_view text) {
    std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    const std::size_t whole_begin = at;
    at = after_digits(text, at);
    const bool has_whole = at > whole_begin;
    if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
        at = after_digits(text, at + 1);
    } else if (!has_whole) {
        return 0;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t exponent = at + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        if (exponent < text.size() && is_digit(text[exponent])) at = after_digits(text, exponent);
    }
    return at;
}

// std::from_chars says only “out of range”; whether too small or too large follows from the decimal point of the number:
// the place of its first digit that is not zero, plus the exponent.
bool is_tiny(std::string_view digits) {
    const std::size_t e = digits.find_first_of("eE");
    const std::string_view mantissa = digits.substr(0, e);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_not_of("0.");
    if (first == std::string_view::npos) return true;
    const double place = first < point ? static_cast<double>(point - first) : -static_cast<double>(first - point);
    double exponent = 0;
    if (e != std::string_view::npos) {
        std::size_t at = e + 1;
        const bool negative = digits[at] == '-';
        if (digits[at] == '-' || digits[at] == '+') ++at;
        for (; at < digits.size(); ++at) exponent = std::min(exponent * 10 + (digits[at] - '0'), 1e9);
        if (negative) exponent = -exponent;
    }
    return place + exponent < 0;
}

} // namespace

std::optional<double> take_number(std::string_view& text) {
    const std::size_t end = number_end(text);
    if (end == 0) return std::nullopt;
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    const bool negative = digits.front() == '-';
    if (negative || digits.front() == '+') digits.remove_prefix(1);
    double value = 0;
    const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::result_out_of_range) value = is_tiny(digits) ? 0 : std::numeric_limits<double>::max();
    return negative ? -value : value;
}

std::optional<double> parse_number(std::string_view text) {
    const std::optional<double> value = take_number(text);
    return text.empty() ? value : std::nullopt;
}

} // namespace bifolio
