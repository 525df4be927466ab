#include "style/css_value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio {

std::optional<LengthUnit> length_unit(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, LengthUnit>, 29> units{{
        {"pt", LengthUnit::pt},   {"px", LengthUnit::px},   {"pc", LengthUnit::pc},     {"in", LengthUnit::in},
        {"cm", LengthUnit::cm},   {"mm", LengthUnit::mm},   {"q", LengthUnit::q},       {"em", LengthUnit::em},
        {"rem", LengthUnit::rem}, {"ex", LengthUnit::ex},   {"ch", LengthUnit::ch},     {"ic", LengthUnit::ic},
        {"lh", LengthUnit::lh},   {"rlh", LengthUnit::rlh}, {"vw", LengthUnit::vw},     {"vh", LengthUnit::vh},
        {"vi", LengthUnit::vw},   {"vb", LengthUnit::vh},   {"vmin", LengthUnit::vmin}, {"vmax", LengthUnit::vmax},
        {"svw", LengthUnit::vw},  {"svh", LengthUnit::vh},  {"dvw", LengthUnit::vw},    {"dvh", LengthUnit::vh},
        {"cap", LengthUnit::cap}, {"rex", LengthUnit::rex}, {"rcap", LengthUnit::rcap}, {"rch", LengthUnit::rch},
        {"ric", LengthUnit::ric},
    }};
    for (const auto& [known, unit] : units)
        if (equals_ignoring_ascii_case(known, name)) return unit;
    return std::nullopt;
}

bool ValueReader::at_end() { return peek() == nullptr; }

const ComponentValue* ValueReader::peek() {
    while (at_ < values_.size() && values_[at_].type == TokenType::white_space) ++at_;
    return at_ < values_.size() ? &values_[at_] : nullptr;
}

const ComponentValue& ValueReader::take() {
    peek();
    return values_[at_++];
}

bool ValueReader::take_ident(std::string_view lower) {
    const ComponentValue* value = peek();
    if (!value || !value->is_ident(lower)) return false;
    ++at_;
    return true;
}

std::optional<std::string> ValueReader::take_any_ident() {
    const ComponentValue* value = peek();
    if (!value || value->type != TokenType::ident) return std::nullopt;
    ++at_;
    return value->text;
}

bool ValueReader::take_comma() {
    const ComponentValue* value = peek();
    if (!value || value->type != TokenType::comma) return false;
    ++at_;
    return true;
}

bool ValueReader::take_slash() {
    const ComponentValue* value = peek();
    if (!value || !value->is_delim('/')) return false;
    ++at_;
    return true;
}

std::optional<double> ValueReader::take_number() {
    const ComponentValue* value = peek();
    if (!value) return std::nullopt;
    if (value->type == TokenType::number) {
        ++at_;
        return value->number;
    }
    if (!is_math_function(*value)) return std::nullopt;
    const auto math = parse_math_function(*value);
    if (!math || math->type != MathType::number) return std::nullopt;
    ++at_;
    return math->number;
}

std::optional<int> ValueReader::take_integer(int least) {
    const ComponentValue* value = peek();
    if (!value || (value->type == TokenType::number && !value->is_integer)) return std::nullopt;
    const std::size_t from = at_;
    const std::optional<double> number = take_number();
    if (number && *number >= least) return static_cast<int>(std::clamp(std::round(*number), -1e9, 1e9));
    at_ = from;
    return std::nullopt;
}

std::optional<double> ValueReader::take_percentage() {
    const ComponentValue* value = peek();
    if (!value || value->type != TokenType::percentage) return std::nullopt;
    ++at_;
    return value->number;
}

std::optional<LengthPercentage> ValueReader::take_length(Percent percent, Negative negative) {
    const ComponentValue* value = peek();
    if (!value) return std::nullopt;
    LengthPercentage length;
    if (is_math_function(*value)) {
        const auto math = parse_math_function(*value);
        if (!math || math->type != MathType::length || (math->has_percent && percent == Percent::refused)) return std::nullopt;
        length.calc = math->node;
    } else {
        length.value = value->number;
        if (value->type == TokenType::dimension) {
            const auto unit = length_unit(value->text);
            if (!unit) return std::nullopt;
            length.unit = *unit;
        } else if (value->type == TokenType::percentage && percent == Percent::allowed) {
            length.unit = LengthUnit::percent;
        } else if (value->type != TokenType::number || value->number != 0) {
            return std::nullopt;
        }
        if (length.value < 0 && negative == Negative::refused) return std::nullopt;
    }
    ++at_;
    return length;
}

std::optional<ColourValue> ValueReader::take_colour() {
    const ComponentValue* value = peek();
    if (!value) return std::nullopt;
    if (value->is_ident("currentcolor")) {
        ++at_;
        return ColourValue{};
    }
    std::optional<Colour> colour;
    if (value->type == TokenType::ident || value->type == TokenType::hash || value->type == TokenType::function)
        colour = parse_colour(value->type == TokenType::ident ? value->text : to_css(*value));
    if (!colour) return std::nullopt;
    ++at_;
    return ColourValue{colour};
}

std::optional<std::string> ValueReader::take_string() {
    const ComponentValue* value = peek();
    if (!value || value->type != TokenType::string) return std::nullopt;
    ++at_;
    return value->text;
}

std::optional<std::string> ValueReader::take_url() {
    const ComponentValue* value = peek();
    if (!value) return std::nullopt;
    if (value->type == TokenType::url) {
        ++at_;
        return value->text;
    }
    if (!value->is_function("url")) return std::nullopt;
    ValueReader inner(value->values);
    std::optional<std::string> text = inner.take_string();
    if (!text || !inner.at_end()) return std::nullopt;
    ++at_;
    return text;
}

const ComponentValue* ValueReader::take_function(std::string_view lower) {
    const ComponentValue* value = peek();
    if (!value || !value->is_function(lower)) return nullptr;
    ++at_;
    return value;
}

std::vector<ComponentValues> split_at_commas(const ComponentValues& values) {
    std::vector<ComponentValues> parts(1);
    for (const ComponentValue& value : values) {
        if (value.type == TokenType::comma)
            parts.emplace_back();
        else if (value.type != TokenType::white_space || !parts.back().empty())
            parts.back().push_back(value);
    }
    for (ComponentValues& part : parts)
        while (!part.empty() && part.back().type == TokenType::white_space) part.pop_back();
    return parts;
}

} // namespace bifolio
