#include "assemble/telephone_numbers.h"

#include "base/utf8.h"

#include <algorithm>
#include <string>
#include <vector>

namespace bifolio {

namespace {

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9); }
bool is_zero(char32_t c) { return c == U'0' || c == 0x0660 || c == 0x06F0; }
bool is_space(char32_t c) { return c == U' ' || c == 0x00A0 || c == 0x202F || c == 0x2009; }
bool is_hyphen(char32_t c) { return c == U'-' || c == 0x2010 || c == 0x2011; }

// One character, or none at the text's end.
struct At {
    char32_t c = 0;
    std::size_t size = 0;
};
At at(std::string_view text, std::size_t place) {
    if (place >= text.size()) return {};
    const Decoded decoded = decode_utf8(text, place);
    return {decoded.code_point, decoded.size};
}

// Digits and what parts them, from a digit, “+” or “(” on.
struct Candidate {
    std::vector<std::size_t> groups; // digits of each
    std::size_t end = 0, digits = 0;
    bool plus = false, bracket = false, zero = false;
    std::string separators; // the kind of each: a space, “-”, “.”, or “)”
};

// What stands between two groups: a space, a hyphen or a stop, each with a bracket that closes or opens, or a bracket alone.
// Its bytes; 0: the number is at its end.
std::size_t separator(std::string_view text, std::size_t place, bool& open, std::string& kinds) {
    const std::size_t begin = place;
    char kind = 0;
    if (const At one = at(text, place); one.c == U')' && open) {
        open = false;
        kind = ')';
        place += one.size;
    }
    if (const At one = at(text, place); is_space(one.c) || is_hyphen(one.c) || one.c == U'.') {
        kind = is_space(one.c) ? ' ' : one.c == U'.' ? '.' : '-';
        place += one.size;
    }
    if (const At one = at(text, place); one.c == U'(' && !open && kind != 0) {
        open = true;
        place += one.size;
    }
    if (kind == 0 || !is_digit(at(text, place).c)) return 0;
    kinds += kind;
    return place - begin;
}

Candidate candidate(std::string_view text, std::size_t place) {
    Candidate found;
    bool open = false;
    if (const At one = at(text, place); one.c == U'+') {
        found.plus = true;
        place += one.size;
    }
    if (const At one = at(text, place); one.c == U'(') {
        found.bracket = open = true;
        place += one.size;
        if (const At next = at(text, place); next.c == U'+' && !found.plus) {
            found.plus = true;
            place += next.size;
        }
    }
    found.zero = is_zero(at(text, place).c);
    for (;;) {
        std::size_t count = 0;
        for (At one = at(text, place); is_digit(one.c); one = at(text, place), ++count) place += one.size;
        if (count == 0) return found;
        found.groups.push_back(count);
        found.digits += count;
        found.end = place;
        const bool was_open = open;
        const std::size_t size = separator(text, place, open, found.separators);
        if (size == 0) {
            if (was_open && at(text, place).c == U')') found.end = place + 1;
            return found;
        }
        place += size;
    }
}

bool is_north_american(const Candidate& one) {
    const std::size_t first = one.groups.front() == 1 && !one.bracket ? 1 : 0; // the country's own 1
    return one.groups.size() == first + 3 && one.groups[first] == 3 && one.groups[first + 1] == 3 && one.groups[first + 2] == 4 &&
           one.separators.find('.') == std::string::npos;
}

// 01-02-2026, 2026-02-01, 01.02.2026
bool is_date(const Candidate& one) {
    if (one.plus || one.bracket || one.groups.size() != 3) return false;
    const auto is_small = [&](std::size_t group) { return one.groups[group] <= 2; };
    return is_small(1) && ((is_small(0) && one.groups[2] == 4) || (one.groups[0] == 4 && is_small(2)));
}

bool is_telephone_number(const Candidate& one) {
    if (one.groups.empty() || one.digits < 7 || one.digits > 15 || is_date(one)) return false;
    if (one.groups.size() == 1) return one.plus; // digits alone keep their order; a sign before them does not
    if (one.groups.back() == 1) return false;
    if (one.bracket && one.groups.front() == 1 && !one.plus && !one.zero) return false; // the number of an item in a list
    const bool has_stop = one.separators.find('.') != std::string::npos;
    if (has_stop && one.separators.find_first_not_of('.') != std::string::npos) return false;
    if (has_stop && one.groups.front() < 2 && !one.plus) return false; // 0.125
    const bool long_enough =
        std::ranges::any_of(one.groups, [](std::size_t count) { return count >= 3; }) || one.groups.size() >= 5;
    return long_enough && (one.plus || one.zero || one.bracket || is_north_american(one));
}

// A number that a letter, a sign of arithmetic or another digit touches is something else.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin > 0) {
        std::size_t before = begin - 1;
        while (before > 0 && is_continuation_byte(text[before])) --before;
        const char32_t c = at(text, before).c;
        if (is_digit(c) || is_hyphen(c) || c == U'+' || c == U'.' || c == U',' || c == U'/' || c == U'_' || c == U'=' ||
            c == 0x066B ||
            (c < 0x80 && std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz").find(static_cast<char>(c)) !=
                             std::string_view::npos))
            return false;
    }
    const At after = at(text, end), next = at(text, end + after.size);
    if (after.size == 0) return true;
    if (after.c == U'%' || after.c == U'/' || after.c == U'_' || after.c == 0x066A) return false;
    return !((after.c == U'.' || after.c == U',' || after.c == 0x066B || is_hyphen(after.c)) && is_digit(next.c));
}

} // namespace

std::optional<TelephoneNumber> find_telephone_number(std::string_view text, std::size_t from) {
    for (std::size_t place = from; place < text.size();) {
        const At one = at(text, place);
        if (one.c != U'+' && one.c != U'(' && !is_digit(one.c)) {
            place += one.size;
            continue;
        }
        const Candidate found = candidate(text, place);
        if (is_telephone_number(found) && stands_alone(text, place, found.end)) return TelephoneNumber{place, found.end};
        place = std::max(place + one.size, found.end);
    }
    return std::nullopt;
}

} // namespace bifolio
