// colour.h: a colour of the sRGB space, the inks that a press prints for it where they are named, and how CSS writes it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bifolio {

// What a press prints: shares of the process inks, or one spot colour.
struct Ink {
    std::array<double, 4> process{}; // cyan, magenta, yellow, black, 0 to 1; of a spot colour what stands for it at full strength
    std::string spot;                // its name, “PANTONE 186 C”; empty: process inks
    double tint = 1;                 // of the spot colour, 0 to 1
    bool operator==(const Ink&) const = default;
};

// The one copy of equal inks, so that a Colour stays a plain value: equal inks have one address, and it stays good. nullptr
// when a hostile input has named more inks than any press has (4,096).
const Ink* interned(Ink ink);

// sRGB, 8 bits each, not premultiplied; a = 255 is opaque.
struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    const Ink* ink = nullptr; // interned(); r, g, b are what a screen shows for it. nullptr: the press converts r, g, b
    static constexpr Colour black() { return {}; }
    static constexpr Colour white() { return {255, 255, 255, 255}; }
    static constexpr Colour transparent() { return {0, 0, 0, 0}; }

    constexpr bool operator==(const Colour&) const = default;
    constexpr bool is_opaque() const { return a == 255; }
    constexpr bool is_invisible() const { return a == 0; }
    constexpr bool is_gray() const { return r == g && g == b; }
    constexpr double opacity() const { return a / 255.0; }
    constexpr Colour opaque() const { return {r, g, b, 255, ink}; }
    constexpr Colour with_alpha(std::uint8_t alpha) const { return {r, g, b, alpha, ink}; }
};

// How colours that a press cannot print are brought to those it can. ICC.1:2022, § 4 (rendering intents).
enum class RenderingIntent : std::uint8_t { perceptual, relative_colorimetric, saturation, absolute_colorimetric };

// The front colour laid over the back one (Porter–Duff source-over).
constexpr Colour over(Colour front, Colour back) {
    const double f = front.opacity(), k = back.opacity() * (1 - f), a = f + k;
    if (a <= 0) return Colour::transparent();
    const auto mixed = [&](std::uint8_t x, std::uint8_t y) { return static_cast<std::uint8_t>((x * f + y * k) / a + 0.5); };
    return {mixed(front.r, back.r), mixed(front.g, back.g), mixed(front.b, back.b), static_cast<std::uint8_t>(a * 255 + 0.5)};
}

// From 1 (the same) to 21 (black on white), of opaque colours. WCAG 2.2, “contrast ratio”.
double contrast_ratio(Colour one, Colour other);

// One <color> of CSS Color 4 in the sRGB space: the 148 names and “transparent”, #rgb, #rgba, #rrggbb, #rrggbbaa,
// rgb() rgba() hsl() hsla() hwb() with commas or spaces, percentages, angles and “none”. Upper and lower case are the
// same; white space around it is allowed. Also device-cmyk(c m y k [/ alpha]) of CSS Color 5 and, our own,
// -bifolio-spot("NAME", device-cmyk(…)[, tint]): a spot colour with what stands for it where its ink is not.
// nullopt for anything else, so also for “currentcolor” (it needs a context), system colours and other colour spaces.
std::optional<Colour> parse_colour(std::string_view text);

// “#rrggbb”, or “#rrggbbaa” when not opaque; parse_colour() reads it back. Named inks as their functions.
std::string to_css(Colour colour);

} // namespace bifolio
