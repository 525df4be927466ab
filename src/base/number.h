// number.h: decimal numbers in text, read without any locale.
#pragma once

#include <optional>
#include <string_view>

namespace bifolio {

// Takes a number as CSS Syntax 3 (§ 4.3.12) and SVG 2 write it from the front of `text`: sign, digits, fraction,
// exponent. “1.” and “.” are no numbers: the point stays. Neither “inf” nor “nan” nor hexadecimal. Values beyond the
// range of double are clamped to it. nullopt, and `text` unchanged, when there is none.
std::optional<double> take_number(std::string_view& text);

// The whole text is one number.
std::optional<double> parse_number(std::string_view text);

} // namespace bifolio
