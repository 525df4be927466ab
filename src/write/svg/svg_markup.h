// svg_markup.h: numbers, attributes and text as SVG writes them. The same value gives the same bytes, whatever the locale.
#pragma once

#include "base/colour.h"
#include "picture/svg.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace bifolio {

// With so many decimals at most; no exponent, no zeros at the end. What is not finite is 0.
void append_svg_number(std::string& out, double value, int decimals = 3);
std::string svg_number(double value, int decimals = 3);

// As the content of an element or attribute. Characters that XML forbids become U+FFFD.
std::string svg_escaped(std::string_view text);

// “ fill="#1a1a1a" fill-opacity="0.5"”; the colour's own alpha counts, too. `suffix`: “-color” of stops.
std::string svg_paint(std::string_view property, Colour colour, double opacity = 1, std::string_view suffix = "");

// “ style="fill:device-cmyk(…)"”, for a press: what knows no inks ignores the declaration and keeps the attribute of svg_paint().
// Empty where the colour names none.
std::string svg_inks(std::initializer_list<std::string_view> properties, Colour colour);

std::string svg_matrix(const AffineTransform& transform); // “matrix(1 0 0 1 4 5)”

} // namespace bifolio
