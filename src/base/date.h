// date.h: calendar dates as people write them in plans: 2026-09-01. No clock here.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace bifolio {

struct Date {
    int year = 0, month = 0, day = 0;
    auto operator<=>(const Date&) const = default;
};

std::optional<Date> parse_date(std::string_view text); // YYYY-MM-DD, a date that exists
std::string iso_date(Date date);

} // namespace bifolio
