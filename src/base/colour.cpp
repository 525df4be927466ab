#include "base/colour.h"

#include "base/number.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <mutex>
#include <numbers>

namespace bifolio {
namespace {

struct NamedColour {
    std::string_view name;
    std::uint32_t rgb;
};

// CSS Color 4, § 6.1, in alphabetical order.
constexpr std::array named_colours = std::to_array<NamedColour>({
    {"aliceblue", 0xf0f8ff},
    {"antiquewhite", 0xfaebd7},
    {"aqua", 0x00ffff},
    {"aquamarine", 0x7fffd4},
    {"azure", 0xf0ffff},
    {"beige", 0xf5f5dc},
    {"bisque", 0xffe4c4},
    {"black", 0x000000},
    {"blanchedalmond", 0xffebcd},
    {"blue", 0x0000ff},
    {"blueviolet", 0x8a2be2},
    {"brown", 0xa52a2a},
    {"burlywood", 0xdeb887},
    {"cadetblue", 0x5f9ea0},
    {"chartreuse", 0x7fff00},
    {"chocolate", 0xd2691e},
    {"coral", 0xff7f50},
    {"cornflowerblue", 0x6495ed},
    {"cornsilk", 0xfff8dc},
    {"crimson", 0xdc143c},
    {"cyan", 0x00ffff},
    {"darkblue", 0x00008b},
    {"darkcyan", 0x008b8b},
    {"darkgoldenrod", 0xb8860b},
    {"darkgray", 0xa9a9a9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0xa9a9a9},
    {"darkkhaki", 0xbdb76b},
    {"darkmagenta", 0x8b008b},
    {"darkolivegreen", 0x556b2f},
    {"darkorange", 0xff8c00},
    {"darkorchid", 0x9932cc},
    {"darkred", 0x8b0000},
    {"darksalmon", 0xe9967a},
    {"darkseagreen", 0x8fbc8f},
    {"darkslateblue", 0x483d8b},
    {"darkslategray", 0x2f4f4f},
    {"darkslategrey", 0x2f4f4f},
    {"darkturquoise", 0x00ced1},
    {"darkviolet", 0x9400d3},
    {"deeppink", 0xff1493},
    {"deepskyblue", 0x00bfff},
    {"dimgray", 0x696969},
    {"dimgrey", 0x696969},
    {"dodgerblue", 0x1e90ff},
    {"firebrick", 0xb22222},
    {"floralwhite", 0xfffaf0},
    {"forestgreen", 0x228b22},
    {"fuchsia", 0xff00ff},
    {"gainsboro", 0xdcdcdc},
    {"ghostwhite", 0xf8f8ff},
    {"gold", 0xffd700},
    {"goldenrod", 0xdaa520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xadff2f},
    {"grey", 0x808080},
    {"honeydew", 0xf0fff0},
    {"hotpink", 0xff69b4},
    {"indianred", 0xcd5c5c},
    {"indigo", 0x4b0082},
    {"ivory", 0xfffff0},
    {"khaki", 0xf0e68c},
    {"lavender", 0xe6e6fa},
    {"lavenderblush", 0xfff0f5},
    {"lawngreen", 0x7cfc00},
    {"lemonchiffon", 0xfffacd},
    {"lightblue", 0xadd8e6},
    {"lightcoral", 0xf08080},
    {"lightcyan", 0xe0ffff},
    {"lightgoldenrodyellow", 0xfafad2},
    {"lightgray", 0xd3d3d3},
    {"lightgreen", 0x90ee90},
    {"lightgrey", 0xd3d3d3},
    {"lightpink", 0xffb6c1},
    {"lightsalmon", 0xffa07a},
    {"lightseagreen", 0x20b2aa},
    {"lightskyblue", 0x87cefa},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x778899},
    {"lightsteelblue", 0xb0c4de},
    {"lightyellow", 0xffffe0},
    {"lime", 0x00ff00},
    {"limegreen", 0x32cd32},
    {"linen", 0xfaf0e6},
    {"magenta", 0xff00ff},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66cdaa},
    {"mediumblue", 0x0000cd},
    {"mediumorchid", 0xba55d3},
    {"mediumpurple", 0x9370db},
    {"mediumseagreen", 0x3cb371},
    {"mediumslateblue", 0x7b68ee},
    {"mediumspringgreen", 0x00fa9a},
    {"mediumturquoise", 0x48d1cc},
    {"mediumvioletred", 0xc71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xf5fffa},
    {"mistyrose", 0xffe4e1},
    {"moccasin", 0xffe4b5},
    {"navajowhite", 0xffdead},
    {"navy", 0x000080},
    {"oldlace", 0xfdf5e6},
    {"olive", 0x808000},
    {"olivedrab", 0x6b8e23},
    {"orange", 0xffa500},
    {"orangered", 0xff4500},
    {"orchid", 0xda70d6},
    {"palegoldenrod", 0xeee8aa},
    {"palegreen", 0x98fb98},
    {"paleturquoise", 0xafeeee},
    {"palevioletred", 0xdb7093},
    {"papayawhip", 0xffefd5},
    {"peachpuff", 0xffdab9},
    {"peru", 0xcd853f},
    {"pink", 0xffc0cb},
    {"plum", 0xdda0dd},
    {"powderblue", 0xb0e0e6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xff0000},
    {"rosybrown", 0xbc8f8f},
    {"royalblue", 0x4169e1},
    {"saddlebrown", 0x8b4513},
    {"salmon", 0xfa8072},
    {"sandybrown", 0xf4a460},
    {"seagreen", 0x2e8b57},
    {"seashell", 0xfff5ee},
    {"sienna", 0xa0522d},
    {"silver", 0xc0c0c0},
    {"skyblue", 0x87ceeb},
    {"slateblue", 0x6a5acd},
    {"slategray", 0x708090},
    {"slategrey", 0x708090},
    {"snow", 0xfffafa},
    {"springgreen", 0x00ff7f},
    {"steelblue", 0x4682b4},
    {"tan", 0xd2b48c},
    {"teal", 0x008080},
    {"thistle", 0xd8bfd8},
    {"tomato", 0xff6347},
    {"turquoise", 0x40e0d0},
    {"violet", 0xee82ee},
    {"wheat", 0xf5deb3},
    {"white", 0xffffff},
    {"whitesmoke", 0xf5f5f5},
    {"yellow", 0xffff00},
    {"yellowgreen", 0x9acd32},
});
static_assert(named_colours.size() == 148 && std::ranges::is_sorted(named_colours, {}, &NamedColour::name));

std::uint8_t to_byte(double zero_to_one) { return static_cast<std::uint8_t>(std::clamp(zero_to_one, 0.0, 1.0) * 255 + 0.5); }

std::optional<Colour> named(std::string_view name) {
    if (name == "transparent") return Colour::transparent();
    const auto found = std::ranges::lower_bound(named_colours, name, {}, &NamedColour::name);
    if (found == named_colours.end() || found->name != name) return std::nullopt;
    return Colour{static_cast<std::uint8_t>(found->rgb >> 16), static_cast<std::uint8_t>(found->rgb >> 8 & 0xff),
                  static_cast<std::uint8_t>(found->rgb & 0xff)};
}

std::optional<Colour> hexadecimal(std::string_view digits) {
    std::array<unsigned, 8> values{};
    if (digits.size() > values.size()) return std::nullopt;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const char c = digits[i];
        if (c >= '0' && c <= '9')
            values[i] = static_cast<unsigned>(c - '0');
        else if (c >= 'a' && c <= 'f')
            values[i] = static_cast<unsigned>(c - 'a' + 10);
        else
            return std::nullopt;
    }
    const auto once = [&](std::size_t i) { return static_cast<std::uint8_t>(values[i] * 17); };
    const auto pair = [&](std::size_t i) { return static_cast<std::uint8_t>(values[i] * 16 + values[i + 1]); };
    switch (digits.size()) {
    case 3: return Colour{once(0), once(1), once(2)};
    case 4: return Colour{once(0), once(1), once(2), once(3)};
    case 6: return Colour{pair(0), pair(2), pair(4)};
    case 8: return Colour{pair(0), pair(2), pair(4), pair(6)};
    default: return std::nullopt;
    }
}

// One argument of a colour function.
struct Component {
    enum Kind { number, percentage, angle, none } kind = number;
    double value = 0; // an angle in degrees, a percentage in per cent
};

struct Arguments {
    std::array<Component, 4> at{};
    std::size_t count = 0; // 3, or 4 with an alpha
    bool commas = false;   // the legacy syntax
};

void skip_space(std::string_view& text) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
}

// Whether the identifier or unit that was just taken would go on here.
bool goes_on(std::string_view text) {
    if (text.empty()) return false;
    const char c = text.front();
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::optional<Component> take_component(std::string_view& text) {
    if (text.starts_with("none")) {
        text.remove_prefix(4);
        return goes_on(text) ? std::nullopt : std::optional(Component{Component::none, 0});
    }
    const std::optional<double> value = take_number(text);
    if (!value) return std::nullopt;
    if (text.starts_with('%')) {
        text.remove_prefix(1);
        return Component{Component::percentage, *value};
    }
    struct Unit {
        std::string_view name;
        double degrees;
    };
    static constexpr std::array units =
        std::to_array<Unit>({{"deg", 1}, {"grad", 0.9}, {"rad", 180 / std::numbers::pi}, {"turn", 360}});
    for (const Unit& unit : units) {
        if (!text.starts_with(unit.name)) continue;
        text.remove_prefix(unit.name.size());
        return goes_on(text) ? std::nullopt : std::optional(Component{Component::angle, *value * unit.degrees});
    }
    if (goes_on(text) && text.front() != '-') return std::nullopt; // an unknown unit
    return Component{Component::number, *value};
}

// “a, b, c[, alpha]” or “a b c[ / alpha]”.
std::optional<Arguments> parse_arguments(std::string_view text) {
    Arguments arguments;
    for (skip_space(text); !text.empty();) {
        if (arguments.count == arguments.at.size()) return std::nullopt;
        const std::optional<Component> component = take_component(text);
        if (!component) return std::nullopt;
        arguments.at[arguments.count++] = *component;
        skip_space(text);
        if (text.empty()) break;
        const bool comma = text.front() == ',', slash = text.front() == '/';
        if (arguments.count == 1) arguments.commas = comma;
        if (comma != arguments.commas) return std::nullopt;
        if (slash != (!arguments.commas && arguments.count == 3)) return std::nullopt;
        if (!comma && !slash) continue;
        text.remove_prefix(1);
        skip_space(text);
        if (text.empty()) return std::nullopt;
    }
    if (arguments.count < 3) return std::nullopt;
    if (arguments.commas) {
        for (const Component& component : arguments.at) {
            if (component.kind == Component::none) return std::nullopt;
        }
    }
    return arguments;
}

std::optional<std::uint8_t> alpha_of(const Arguments& arguments) {
    if (arguments.count < 4) return std::uint8_t{255};
    const Component& alpha = arguments.at[3];
    if (alpha.kind == Component::angle) return std::nullopt;
    return to_byte(alpha.kind == Component::percentage ? alpha.value / 100 : alpha.value);
}

std::optional<Colour> rgb_function(const Arguments& arguments) {
    std::array<std::uint8_t, 3> channels{};
    for (std::size_t i = 0; i < 3; ++i) {
        const Component& component = arguments.at[i];
        if (component.kind == Component::angle) return std::nullopt;
        if (arguments.commas && component.kind != arguments.at[0].kind) return std::nullopt; // legacy: all of one kind
        channels[i] = to_byte(component.value / (component.kind == Component::percentage ? 100 : 255));
    }
    const std::optional<std::uint8_t> alpha = alpha_of(arguments);
    if (!alpha) return std::nullopt;
    return Colour{channels[0], channels[1], channels[2], *alpha};
}

// The pure hue (CSS Color 4, § 7.1) mixed by `lightness` and `saturation`.
std::array<double, 3> hsl_to_rgb(double hue, double saturation, double lightness) {
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue / 30, 12);
        const double a = saturation * std::min(lightness, 1 - lightness);
        return lightness - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    };
    return {channel(0), channel(8), channel(4)};
}

// The hue in [0, 360) and the two other arguments in [0, 1].
std::optional<std::array<double, 3>> hue_arguments(const Arguments& arguments) {
    const Component& hue = arguments.at[0];
    if (hue.kind == Component::percentage) return std::nullopt;
    double degrees = std::fmod(hue.value, 360);
    if (degrees < 0) degrees += 360;
    for (std::size_t i = 1; i < 3; ++i) {
        if (arguments.at[i].kind == Component::angle) return std::nullopt;
        if (arguments.commas && arguments.at[i].kind != Component::percentage) return std::nullopt;
    }
    return std::array{degrees, std::clamp(arguments.at[1].value / 100, 0.0, 1.0),
                      std::clamp(arguments.at[2].value / 100, 0.0, 1.0)};
}

std::optional<Colour> hue_function(std::string_view name, const Arguments& arguments) {
    const std::optional<std::array<double, 3>> values = hue_arguments(arguments);
    const std::optional<std::uint8_t> alpha = alpha_of(arguments);
    if (!values || !alpha) return std::nullopt;
    const auto [hue, second, third] = *values;
    std::array<double, 3> rgb{};
    if (name == "hwb") {
        const double whiteness = second, blackness = third, sum = whiteness + blackness;
        rgb = sum >= 1 ? std::array{whiteness / sum, whiteness / sum, whiteness / sum} : hsl_to_rgb(hue, 1, 0.5);
        if (sum < 1) {
            for (double& channel : rgb) channel = channel * (1 - sum) + whiteness;
        }
    } else {
        rgb = hsl_to_rgb(hue, second, third);
    }
    return Colour{to_byte(rgb[0]), to_byte(rgb[1]), to_byte(rgb[2]), *alpha};
}

} // namespace

namespace {

// device-cmyk(): shares of ink as numbers or percentages, with commas or spaces, shown by the naive formula. CSS Color 5, § 6.
std::optional<Colour> cmyk_function(std::string_view text) {
    std::array<double, 5> values{0, 0, 0, 0, 1};
    std::size_t count = 0;
    for (skip_space(text); !text.empty(); ++count) {
        if (count == values.size()) return std::nullopt;
        const std::optional<Component> component = take_component(text);
        if (!component || component->kind == Component::angle) return std::nullopt;
        values[count] =
            std::clamp(component->kind == Component::percentage ? component->value / 100 : component->value, 0.0, 1.0);
        skip_space(text);
        if (text.starts_with('/') != (count == 3 && !text.empty() && !text.starts_with(','))) return std::nullopt;
        if (text.starts_with(',') || text.starts_with('/')) {
            text.remove_prefix(1);
            skip_space(text);
            if (text.empty()) return std::nullopt;
        }
    }
    if (count < 4) return std::nullopt;
    Ink ink;
    std::copy_n(values.begin(), 4, ink.process.begin());
    const auto channel = [&](std::size_t at) { return to_byte(1 - std::min(1.0, values[at] * (1 - values[3]) + values[3])); };
    return Colour{channel(0), channel(1), channel(2), to_byte(values[4]), interned(std::move(ink))};
}

// -bifolio-spot("NAME", device-cmyk(…)[, tint]). A tint of a spot colour is shown as that share of what stands for it.
std::optional<Colour> spot_function(std::string_view text) {
    skip_space(text);
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return std::nullopt;
    const std::size_t end = text.find(text.front(), 1);
    if (end == std::string_view::npos || end < 2) return std::nullopt;
    Ink ink;
    ink.spot = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    skip_space(text);
    if (!text.starts_with(',')) return std::nullopt;
    text.remove_prefix(1);
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) return std::nullopt;
    const std::optional<Colour> full = parse_colour(text.substr(0, close + 1));
    if (!full || !full->ink || !full->ink->spot.empty() || !full->is_opaque()) return std::nullopt;
    ink.process = full->ink->process;
    text.remove_prefix(close + 1);
    skip_space(text);
    if (!text.empty()) {
        if (!text.starts_with(',')) return std::nullopt;
        text.remove_prefix(1);
        skip_space(text);
        const std::optional<Component> tint = take_component(text);
        skip_space(text);
        if (!tint || tint->kind == Component::angle || !text.empty()) return std::nullopt;
        ink.tint = std::clamp(tint->kind == Component::percentage ? tint->value / 100 : tint->value, 0.0, 1.0);
    }
    const auto channel = [&](std::uint8_t value) { return to_byte((255 - (255 - value) * ink.tint) / 255); };
    const Colour shown{channel(full->r), channel(full->g), channel(full->b)};
    return Colour{shown.r, shown.g, shown.b, 255, interned(std::move(ink))};
}

std::string shortest(double share) { // at most four places
    const auto value = static_cast<int>(share * 10'000 + 0.5);
    std::string text = std::to_string(value / 10'000);
    if (value % 10'000 == 0) return text;
    text += "." + std::to_string(10'000 + value % 10'000).substr(1);
    while (text.back() == '0') text.pop_back();
    return text;
}

std::string process_css(const std::array<double, 4>& inks) {
    std::string css = "device-cmyk(";
    for (const double share : inks) css += (css.back() == '(' ? "" : " ") + shortest(share);
    return css + ")";
}

} // namespace

const Ink* interned(Ink ink) {
    constexpr std::size_t most = 4096;
    static std::mutex guard;
    static std::deque<Ink> inks; // never shrinks: addresses stay good
    const std::lock_guard lock(guard);
    const auto found = std::ranges::find(inks, ink);
    if (found != inks.end()) return &*found;
    return inks.size() == most ? nullptr : &inks.emplace_back(std::move(ink));
}

std::optional<Colour> parse_colour(std::string_view text) {
    text = trimmed(text);
    if (text.size() > 300) return std::nullopt; // no colour is that long
    const std::string lower = to_ascii_lower(text);
    if (lower.starts_with('#')) return hexadecimal(std::string_view(lower).substr(1));
    const std::size_t open = lower.find('(');
    if (open == std::string::npos) return named(lower);
    if (!lower.ends_with(')')) return std::nullopt;
    const std::string_view name = std::string_view(lower).substr(0, open);
    const std::string_view inside = std::string_view(lower).substr(open + 1, lower.size() - open - 2);
    if (name == "device-cmyk") return cmyk_function(inside);
    if (name == "-bifolio-spot") return spot_function(text.substr(open + 1, inside.size())); // a name keeps its case
    const std::optional<Arguments> arguments = parse_arguments(inside);
    if (!arguments) return std::nullopt;
    if (name == "rgb" || name == "rgba") return rgb_function(*arguments);
    if (name == "hsl" || name == "hsla") return hue_function(name, *arguments);
    if (name == "hwb" && !arguments->commas) return hue_function(name, *arguments);
    return std::nullopt;
}

std::string to_css(Colour colour) {
    if (colour.ink && !colour.ink->spot.empty())
        return "-bifolio-spot(\"" + colour.ink->spot + "\", " + process_css(colour.ink->process) + ", " +
               shortest(colour.ink->tint) + ")";
    if (colour.ink) {
        std::string css = process_css(colour.ink->process);
        if (!colour.is_opaque()) css.replace(css.size() - 1, 1, " / " + shortest(colour.opacity()) + ")");
        return css;
    }
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string css = "#";
    const auto append = [&](std::uint8_t byte) {
        css += digits[byte >> 4];
        css += digits[byte & 15];
    };
    append(colour.r);
    append(colour.g);
    append(colour.b);
    if (!colour.is_opaque()) append(colour.a);
    return css;
}

double contrast_ratio(Colour one, Colour other) {
    const auto luminance = [](Colour colour) { // WCAG 2.2, “relative luminance”
        const auto linear = [](std::uint8_t channel) {
            const double share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
    };
    const double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

} // namespace bifolio
