#include "style/reader_settings.h"

#include "base/colour.h"
#include "base/utf8.h"
#include "style/css_value.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bifolio {

namespace {

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array plain_elements = std::to_array<std::string_view>(
    {"html", ":root", "body", "*", "main", "section", "article", "div", "p", "ul", "ol", "li", "dl", "dd"});
constexpr std::array sizes = std::to_array<std::string_view>(
    {"width", "min-width", "height", "min-height", "inline-size", "min-inline-size", "block-size", "min-block-size"});
constexpr std::array readers_choice =
    std::to_array<std::string_view>({"font", "font-family", "font-size", "line-height", "color", "background", "background-color",
                                     "letter-spacing", "word-spacing", "text-align"});

// Pixels of CSS; 0: no absolute length.
double pixels(const ComponentValue& value) {
    if (value.type != TokenType::dimension) return 0;
    const auto unit = length_unit(to_ascii_lower(value.text));
    if (!unit) return 0;
    switch (*unit) {
    case LengthUnit::px: return value.number;
    case LengthUnit::pt: return value.number * 4 / 3;
    case LengthUnit::pc: return value.number * 16;
    case LengthUnit::in: return value.number * 96;
    case LengthUnit::cm: return value.number * 96 / 2.54;
    case LengthUnit::mm: return value.number * 96 / 25.4;
    case LengthUnit::q: return value.number * 96 / 101.6;
    default: return 0;
    }
}
bool has_absolute(const ComponentValues& value) {
    return std::ranges::any_of(value, [](const ComponentValue& one) { return pixels(one) != 0 || has_absolute(one.values); });
}

// “1.25”: at most three places.
std::string decimal(double number) {
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed, 3);
    std::string text(buffer.data(), error == std::errc{} ? end : buffer.data());
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}
ComponentValues css(const std::string& text) { return parse_component_values(text); }

constexpr double pixels_of_text = 16; // the size that browsers start from

// The size of `font-size` or `font` in em; in `font` the line height behind it becomes a number.
void make_relative(ComponentValues& value) {
    double size = 0;
    bool behind_slash = false;
    for (ComponentValue& one : value) {
        if (one.is_delim('/')) behind_slash = true;
        const double here = pixels(one);
        if (here == 0) continue;
        if (behind_slash)
            one = css(size > 0 ? decimal(here / size) : "normal").front();
        else
            one = css(decimal((size = here) / pixels_of_text) + "em").front();
    }
}

} // namespace

std::vector<std::string> split_selectors(std::string_view list) {
    std::vector<std::string> selectors;
    for (ComponentValues& one : split_at_commas(parse_component_values(list))) selectors.push_back(to_css(one));
    return selectors;
}

bool is_of_body_text(std::string_view selector) {
    std::string compound;
    const auto is_plain = [&] { return compound.empty() || is_one_of(to_ascii_lower(compound), plain_elements); };
    for (const char c : selector) {
        if (c == ' ' || c == '>' || c == '+' || c == '~') {
            if (!is_plain()) return false;
            compound.clear();
        } else {
            compound += c;
        }
    }
    return !compound.empty() && is_plain();
}

bool takes_over_colour(const ComponentValues& value) {
    constexpr std::array words =
        std::to_array<std::string_view>({"inherit", "initial", "unset", "revert", "transparent", "none", "currentcolor"});
    for (const ComponentValue& one : value) {
        if (one.type == TokenType::white_space) continue;
        if (one.type != TokenType::ident || !is_one_of(to_ascii_lower(one.text), words)) return false;
    }
    return true;
}

std::string subject_element(std::string_view selector) {
    const std::size_t from = selector.find_last_of(" >+~");
    const std::string_view subject = from == std::string_view::npos ? selector : selector.substr(from + 1);
    return to_ascii_lower(subject.substr(0, subject.find_first_of(".#[:")));
}

bool is_of_picture(std::string_view selector) {
    const std::string element = subject_element(selector);
    return element == "img" || element == "svg" || element == "object" || element == "hr";
}

bool is_background(std::string_view name) { return name == "background" || name == "background-color"; }

LeftToReader leave_to_reader(std::string_view name, ComponentValues& value, bool& important, bool body_text, bool picture) {
    LeftToReader left;
    if (body_text && (name == "color" || is_background(name) || name == "background-image") && !takes_over_colour(value))
        return {true, false, "readers choose the colours of the text"};
    const bool is_size = name == "font-size" || name == "font";
    if ((is_size || name == "line-height") && has_absolute(value)) {
        if (body_text || name == "line-height") return {true, false, "readers choose the size of the text and its lines"};
        make_relative(value);
        left = {false, true, "a size relative to the text around it"};
    }
    if (!picture && is_one_of(name, sizes) && has_absolute(value))
        return {true, false, "a fixed size holds no enlarged text and may be wider than the screen"};
    if (important && is_one_of(name, readers_choice)) {
        important = false;
        left.changed = true;
        left.why += std::string(left.why.empty() ? "" : "; ") + "without !important, which overrules readers";
    }
    return left;
}

std::string text_colour_on(const ComponentValues& background) {
    ValueReader in(background);
    while (!in.at_end()) {
        if (const auto colour = in.take_colour()) {
            if (!colour->colour || colour->colour->is_invisible()) return {};
            constexpr Colour ink{0x1a, 0x1a, 0x1a, 255, nullptr};
            const Colour back = over(*colour->colour, Colour::white());
            return contrast_ratio(ink, back) >= contrast_ratio(Colour::white(), back) ? to_css(ink) : to_css(Colour::white());
        }
        in.take();
    }
    return {};
}

} // namespace bifolio
