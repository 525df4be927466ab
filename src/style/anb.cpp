#include "style/anb.h"

#include "base/utf8.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr double largest = 1'000'000'000; // beyond any book

int to_int(double number) { return static_cast<int>(std::clamp(number, -largest, largest)); }

bool is_signless_integer(const ComponentValue& value) {
    return value.type == TokenType::number && value.is_integer && value.representation[0] != '+' &&
           value.representation[0] != '-';
}

bool is_signed_integer(const ComponentValue& value) {
    return value.type == TokenType::number && value.is_integer &&
           (value.representation[0] == '+' || value.representation[0] == '-');
}

// What follows the “n”, as in “n”, “n-”, “n-3”: its B, or that B is still to come.
struct Tail {
    bool valid = false, minus = false; // minus: “n-”, an integer without sign follows
    std::optional<int> b;
};

Tail read_tail(std::string_view text) { // text begins with the letter n
    if (text == "n") return {true, false, {}};
    if (text == "n-") return {true, true, {}};
    if (text.size() < 3 || text.substr(0, 2) != "n-") return {};
    int b = 0;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return {};
        b = std::min(b * 10 + (c - '0'), 100'000'000);
    }
    return {true, false, -b};
}

// B behind “An”: nothing, a signed integer, or a sign and an integer.
std::optional<int> read_b(std::span<const ComponentValue> rest, bool minus) {
    std::size_t at = 0;
    const auto skip = [&] {
        while (at < rest.size() && rest[at].type == TokenType::white_space) ++at;
    };
    skip();
    if (minus) {
        if (at == rest.size() || !is_signless_integer(rest[at])) return std::nullopt;
        const int b = -to_int(rest[at++].number);
        skip();
        return at == rest.size() ? std::optional(b) : std::nullopt;
    }
    if (at == rest.size()) return 0;
    int b = 0;
    if (is_signed_integer(rest[at])) {
        b = to_int(rest[at++].number);
    } else {
        if (!rest[at].is_delim('+') && !rest[at].is_delim('-')) return std::nullopt;
        const int sign = rest[at++].is_delim('-') ? -1 : 1;
        skip();
        if (at == rest.size() || !is_signless_integer(rest[at])) return std::nullopt;
        b = sign * to_int(rest[at++].number);
    }
    skip();
    return at == rest.size() ? std::optional(b) : std::nullopt;
}

} // namespace

bool AnPlusB::matches(int position) const {
    const std::int64_t distance = std::int64_t{position} - b;
    if (a == 0) return distance == 0;
    return distance % a == 0 && distance / a >= 0;
}

std::optional<AnPlusB> parse_an_plus_b(std::span<const ComponentValue> values) {
    while (!values.empty() && values.front().type == TokenType::white_space) values = values.subspan(1);
    while (!values.empty() && values.back().type == TokenType::white_space) values = values.first(values.size() - 1);
    if (values.empty()) return std::nullopt;
    const ComponentValue& first = values.front();
    if (first.type == TokenType::number) {
        if (!first.is_integer || values.size() > 1) return std::nullopt;
        return AnPlusB{0, to_int(first.number)};
    }
    int a = 1;
    std::string text;
    std::span<const ComponentValue> rest = values.subspan(1);
    if (first.type == TokenType::dimension) {
        if (!first.is_integer) return std::nullopt;
        a = to_int(first.number);
        text = to_ascii_lower(first.text);
    } else if (first.type == TokenType::ident) {
        text = to_ascii_lower(first.text);
        if (values.size() == 1 && text == "odd") return AnPlusB{2, 1};
        if (values.size() == 1 && text == "even") return AnPlusB{2, 0};
        if (text.starts_with('-')) {
            a = -1;
            text.erase(0, 1);
        }
    } else if (first.is_delim('+') && !rest.empty() && rest.front().type == TokenType::ident) {
        text = to_ascii_lower(rest.front().text); // “+n”: no white space between
        rest = rest.subspan(1);
    }
    const Tail tail = read_tail(text);
    if (!tail.valid) return std::nullopt;
    if (tail.b) return rest.empty() ? std::optional(AnPlusB{a, *tail.b}) : std::nullopt;
    const std::optional<int> b = read_b(rest, tail.minus);
    if (!b) return std::nullopt;
    return AnPlusB{a, *b};
}

} // namespace bifolio
