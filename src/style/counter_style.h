// counter_style.h: how a number is written in a list, a note or a folio (CSS Counter Styles 3).
//
// A style is named in one of three ways: a predefined name; symbols(cyclic "*" "†"); or the text of a whole rule,
// “@counter-style{…}”, which is how a book's own styles travel in a GeneratedPageNumber: format_counter() needs nothing else.
#pragma once

#include "style/css_parser.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

enum class CounterSystem : std::uint8_t { cyclic, numeric, alphabetic, symbolic, additive, fixed, extends };

struct CounterDefinition {
    CounterSystem system = CounterSystem::symbolic;
    std::vector<std::string> symbols;
    std::vector<std::pair<std::int64_t, std::string>> additive_symbols; // falling weights
    std::int64_t first_symbol = 1;                                      // of system fixed
    struct Negative {
        std::string before = "-", after;
    };
    struct Pad {
        std::size_t length = 0;
        std::string symbol;
    };
    using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>; // empty: as the system has it
    // Only what the rule says: an extending style leaves the rest to the one that it extends.
    std::optional<std::string> prefix, suffix, fallback;
    std::optional<Negative> negative;
    std::optional<Ranges> range;
    std::optional<Pad> pad;
    std::string extended; // the name, of system extends
};

bool is_predefined_counter_style(std::string_view lower_name);

// The body of an @counter-style rule. nullopt: it defines nothing (no symbols, unknown system).
std::optional<CounterDefinition> parse_counter_definition(const SyntaxNodes& descriptors);

// Predefined styles and those of a stylesheet.
class CounterStyles {
public:
    void define(const std::string& name, CounterDefinition definition, std::string rule_text);
    std::string representation(std::int64_t value, std::string_view style) const; // “xii”
    std::string marker(std::int64_t value, std::string_view style) const;         // with prefix and suffix: “xii. ”
    std::string portable(std::string_view style) const; // a name that format_counter() understands by itself
    bool knows(std::string_view style) const;

private:
    struct Own {
        CounterDefinition definition;
        std::string rule_text;
    };
    std::optional<CounterDefinition> definition(std::string_view style, int depth = 0) const;
    std::string represent(std::int64_t value, const CounterDefinition& definition, int depth) const;
    std::map<std::string, Own, std::less<>> own_;
};

} // namespace bifolio
