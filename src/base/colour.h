// colour.h: a colour of the sRGB space, and how CSS writes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bifolio {

// sRGB, 8 bits each, not premultiplied; a = 255 is opaque.
struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    static constexpr Colour black() { return {}; }
    static constexpr Colour white() { return {255, 255, 255, 255}; }
    static constexpr Colour transparent() { return {0, 0, 0, 0}; }

    constexpr bool operator==(const Colour&) const = default;
    constexpr bool is_opaque() const { return a == 255; }
    constexpr bool is_invisible() const { return a == 0; }
    constexpr bool is_gray() const { return r == g && g == b; }
    constexpr double opacity() const { return a / 255.0; }
    constexpr Colour opaque() const { return {r, g, b, 255}; }
    constexpr Colour with_alpha(std::uint8_t alpha) const { return {r, g, b, alpha}; }
};

// The front colour laid over the back one (Porter–Duff source-over).
constexpr Colour over(Colour front, Colour back) {
    const double f = front.opacity(), k = back.opacity() * (1 - f), a = f + k;
    if (a <= 0) return Colour::transparent();
    const auto mixed = [&](std::uint8_t x, std::uint8_t y) { return static_cast<std::uint8_t>((x * f + y * k) / a + 0.5); };
    return {mixed(front.r, back.r), mixed(front.g, back.g), mixed(front.b, back.b), static_cast<std::uint8_t>(a * 255 + 0.5)};
}

// One <color> of CSS Color 4 in the sRGB space: the 148 names and “transparent”, #rgb, #rgba, #rrggbb, #rrggbbaa,
// rgb() rgba() hsl() hsla() hwb() with commas or spaces, percentages, angles and “none”. Upper and lower case are the
// same; white space around it is allowed. nullopt for anything else, so also for “currentcolor” (it needs a context),
// system colours and other colour spaces.
std::optional<Colour> parse_colour(std::string_view text);

// “#rrggbb”, or “#rrggbbaa” when not opaque; parse_colour() reads it back.
std::string to_css(Colour colour);

} // namespace bifolio
