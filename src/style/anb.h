// anb.h: the An+B notation of :nth-child() (CSS Syntax 3 §6).
#pragma once

#include "style/css_tokenizer.h"

#include <optional>
#include <span>

namespace bifolio {

struct AnPlusB {
    int a = 0, b = 0;
    bool operator==(const AnPlusB&) const = default;
    bool matches(int position) const; // from 1: is there an n ≥ 0 with a·n + b = position?
};

// The values are only the notation, with white space around it as it comes. nullopt where it is none.
std::optional<AnPlusB> parse_an_plus_b(std::span<const ComponentValue> values);

} // namespace bifolio
