#include "verify/xmp_dates.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

namespace bifolio {

namespace {

struct Moment {
    std::array<int, 6> fields{0, 1, 1, 0, 0, 0}; // year to second
    std::size_t said = 0;                        // how many of them
    std::optional<int> offset;                   // minutes east of Greenwich
};

int number(std::string_view digits) {
    int out = 0;
    for (const char c : digits) out = out * 10 + (c - '0');
    return out;
}

// Both forms at once: all but digits and the sign of the offset only divides.
std::optional<Moment> moment_of(std::string_view text) {
    if (text.starts_with("D:")) text.remove_prefix(2);
    Moment out;
    std::size_t at = 0;
    const auto digits = [&](std::size_t count) {
        while (at < text.size() && (text[at] == 'T' || text[at] == ':' || text[at] == '\'' || (text[at] == '-' && out.said < 3)))
            ++at;
        const std::string_view found = text.substr(at, count);
        if (found.size() < count || found.find_first_not_of("0123456789") != std::string_view::npos) return std::optional<int>();
        at += count;
        return std::optional(number(found));
    };
    for (std::size_t i = 0; i < 6; ++i) {
        const std::optional<int> value = digits(i == 0 ? 4 : 2);
        if (!value) break;
        out.fields[i] = *value;
        out.said = i + 1;
    }
    if (out.said == 0) return std::nullopt;
    if (at < text.size() && text[at] == '.') // parts of a second
        do ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9');
    if (at >= text.size()) return out;
    const char sign = text[at++];
    if (sign == 'Z') out.offset = 0;
    if (sign != '+' && sign != '-') return out;
    const int hours = digits(2).value_or(0), minutes = digits(2).value_or(0);
    out.offset = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
    return out;
}

std::int64_t seconds(const Moment& moment) {
    using namespace std::chrono;
    const auto& f = moment.fields;
    const sys_days day = year(f[0]) / month(static_cast<unsigned>(f[1])) / std::chrono::day(static_cast<unsigned>(f[2]));
    return std::int64_t{day.time_since_epoch().count()} * 86'400 + f[3] * 3600 + f[4] * 60 + f[5] -
           moment.offset.value_or(0) * 60;
}

} // namespace

bool same_moment(std::string_view of_information, std::string_view of_metadata) {
    const std::optional<Moment> a = moment_of(of_information), b = moment_of(of_metadata);
    if (!a || !b) return false;
    if (a->said == 6 && b->said == 6 && a->offset && b->offset) return seconds(*a) == seconds(*b);
    for (std::size_t i = 0; i < std::min(a->said, b->said); ++i)
        if (a->fields[i] != b->fields[i])
            return a->offset != b->offset && i >= 2; // another time zone, or not said: not comparable
    return true;
}

} // namespace bifolio
