#include "base/date.h"

#include <charconv>

namespace bifolio {

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = -1;
        const char* end = text.data() + at + size;
        const auto [rest, error] = std::from_chars(text.data() + at, end, value);
        return error == std::errc{} && rest == end ? value : -1;
    };
    const Date date{number(0, 4), number(5, 2), number(8, 2)};
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return std::nullopt;
    const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (date.day > days[date.month - 1] + (leap && date.month == 2 ? 1 : 0)) return std::nullopt;
    return date;
}

std::string iso_date(Date date) {
    const auto padded = [](int value, std::size_t size) {
        const std::string digits = std::to_string(value);
        return std::string(size - std::min(size, digits.size()), '0') + digits;
    };
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

} // namespace bifolio
