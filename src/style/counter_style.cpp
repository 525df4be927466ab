#include "style/counter_style.h"

#include "base/utf8.h"
#include "style/css_value.h"
#include "style/predefined_counter_styles.h"
#include "style/styled_book.h"

#include <algorithm>
#include <limits>

namespace bifolio {

namespace {

constexpr int most_fallbacks = 8;
constexpr std::size_t most_symbols = 120; // in one number; a longer one is written in decimal (§2.6 allows it from 60 on)

using Symbols = std::optional<std::vector<std::string>>; // of one number, in order; nullopt: cannot be written so

Symbols numeric(std::int64_t value, const std::vector<std::string>& digits) {
    const auto base = static_cast<std::int64_t>(digits.size());
    std::vector<std::string> out;
    do out.push_back(digits[static_cast<std::size_t>(value % base)]);
    while ((value /= base) > 0);
    return std::vector<std::string>(out.rbegin(), out.rend());
}

Symbols alphabetic(std::int64_t value, const std::vector<std::string>& letters) {
    const auto base = static_cast<std::int64_t>(letters.size());
    std::vector<std::string> out;
    for (; value > 0; value /= base) {
        --value;
        out.push_back(letters[static_cast<std::size_t>(value % base)]);
    }
    return std::vector<std::string>(out.rbegin(), out.rend());
}

Symbols symbolic(std::int64_t value, const std::vector<std::string>& symbols) {
    const auto count = static_cast<std::int64_t>(symbols.size());
    const std::int64_t times = (value + count - 1) / count;
    if (times > static_cast<std::int64_t>(most_symbols)) return std::nullopt;
    return std::vector<std::string>(static_cast<std::size_t>(times), symbols[static_cast<std::size_t>((value - 1) % count)]);
}

Symbols additive(std::int64_t value, const std::vector<std::pair<std::int64_t, std::string>>& weights) {
    std::vector<std::string> out;
    if (value == 0) {
        for (const auto& [weight, symbol] : weights)
            if (weight == 0) return std::vector<std::string>{symbol};
        return std::nullopt;
    }
    for (const auto& [weight, symbol] : weights) {
        if (weight == 0) continue;
        if (value / weight > static_cast<std::int64_t>(most_symbols)) return std::nullopt;
        for (; value >= weight; value -= weight) out.push_back(symbol);
    }
    if (value != 0 || out.size() > most_symbols) return std::nullopt;
    return out;
}

bool in_range(std::int64_t value, const CounterDefinition& definition) {
    if (!definition.range || definition.range->empty()) {
        switch (definition.system) {
        case CounterSystem::alphabetic:
        case CounterSystem::symbolic: return value >= 1;
        case CounterSystem::additive: return value >= 0;
        default: return true;
        }
    }
    return std::any_of(definition.range->begin(), definition.range->end(),
                       [&](const auto& range) { return value >= range.first && value <= range.second; });
}

Symbols initial_representation(std::int64_t value, std::int64_t magnitude, const CounterDefinition& definition) {
    const auto count = static_cast<std::int64_t>(definition.symbols.size());
    switch (definition.system) {
    case CounterSystem::cyclic:
        return std::vector<std::string>{definition.symbols[static_cast<std::size_t>((((value - 1) % count) + count) % count)]};
    case CounterSystem::fixed: {
        const std::int64_t at = value - definition.first_symbol;
        if (at < 0 || at >= count) return std::nullopt;
        return std::vector<std::string>{definition.symbols[static_cast<std::size_t>(at)]};
    }
    case CounterSystem::numeric: return numeric(magnitude, definition.symbols);
    case CounterSystem::alphabetic: return alphabetic(magnitude, definition.symbols);
    case CounterSystem::symbolic: return symbolic(magnitude, definition.symbols);
    case CounterSystem::additive: return additive(magnitude, definition.additive_symbols);
    case CounterSystem::extends: return std::nullopt; // resolved before
    }
    return std::nullopt;
}

// ---- reading a definition

std::optional<std::string> take_symbol(ValueReader& in) {
    if (auto text = in.take_string()) return text;
    return in.take_any_ident();
}

bool is_usable(const CounterDefinition& definition) {
    switch (definition.system) {
    case CounterSystem::numeric:
    case CounterSystem::alphabetic: return definition.symbols.size() >= 2;
    case CounterSystem::additive: return !definition.additive_symbols.empty();
    case CounterSystem::extends: return !definition.extended.empty();
    default: return !definition.symbols.empty();
    }
}

const std::vector<std::pair<std::string_view, CounterSystem>>& systems() {
    static const std::vector<std::pair<std::string_view, CounterSystem>> names{
        {"cyclic", CounterSystem::cyclic},     {"numeric", CounterSystem::numeric},   {"alphabetic", CounterSystem::alphabetic},
        {"symbolic", CounterSystem::symbolic}, {"additive", CounterSystem::additive}, {"fixed", CounterSystem::fixed},
        {"extends", CounterSystem::extends}};
    return names;
}

bool read_system(ValueReader& in, CounterDefinition& out) {
    const auto system = in.take_keyword(systems());
    if (!system) return false;
    out.system = *system;
    if (*system == CounterSystem::fixed && !in.at_end()) out.first_symbol = in.take_integer(-1'000'000'000).value_or(1);
    if (*system == CounterSystem::extends) out.extended = in.take_any_ident().value_or("decimal");
    return true;
}

// §3.5: weights must fall; a list that is wrong is none at all.
void read_additive_symbols(const ComponentValues& value, CounterDefinition& out) {
    std::vector<std::pair<std::int64_t, std::string>> read;
    for (const ComponentValues& part : split_at_commas(value)) {
        ValueReader in(part);
        std::optional<int> weight = in.take_integer(0);
        const auto symbol = take_symbol(in);
        if (!weight) weight = in.take_integer(0);
        if (!weight || !symbol || (!read.empty() && *weight >= read.back().first)) return;
        read.emplace_back(*weight, *symbol);
    }
    out.additive_symbols = std::move(read);
}

void read_range(const ComponentValues& value, CounterDefinition& out) {
    constexpr std::int64_t infinite = std::numeric_limits<std::int64_t>::max();
    CounterDefinition::Ranges read;
    for (const ComponentValues& part : split_at_commas(value)) {
        ValueReader in(part);
        if (in.take_ident("auto")) continue;
        const auto bound = [&](std::int64_t unbounded) -> std::optional<std::int64_t> {
            if (in.take_ident("infinite")) return unbounded;
            const auto number = in.take_integer(-1'000'000'000);
            return number ? std::optional<std::int64_t>(*number) : std::nullopt;
        };
        const auto from = bound(-infinite), to = bound(infinite);
        if (!from || !to || *from > *to) return; // §3.6: the whole descriptor is wrong
        read.emplace_back(*from, *to);
    }
    out.range = std::move(read);
}

void read_pad(ValueReader& in, CounterDefinition& out) {
    const auto before = in.take_integer(0);
    const auto symbol = take_symbol(in);
    const auto length = before ? before : in.take_integer(0);
    if (symbol && length) out.pad = {std::min<std::size_t>(static_cast<std::size_t>(*length), most_symbols), *symbol};
}

void read_descriptor(const std::string& name, const ComponentValues& value, CounterDefinition& out) {
    ValueReader in(value);
    if (name == "symbols") {
        while (auto symbol = take_symbol(in)) out.symbols.push_back(std::move(*symbol));
    } else if (name == "additive-symbols") {
        read_additive_symbols(value, out);
    } else if (name == "prefix") {
        if (auto symbol = take_symbol(in)) out.prefix = std::move(symbol);
    } else if (name == "suffix") {
        if (auto symbol = take_symbol(in)) out.suffix = std::move(symbol);
    } else if (name == "negative") {
        if (const auto before = take_symbol(in)) out.negative = {*before, take_symbol(in).value_or("")};
    } else if (name == "range") {
        read_range(value, out);
    } else if (name == "pad") {
        read_pad(in, out);
    } else if (name == "fallback") {
        if (auto other = in.take_any_ident()) out.fallback = std::move(other);
    }
}

std::optional<CounterDefinition> parse_symbols_function(const ComponentValue& function) {
    CounterDefinition made;
    made.suffix = " ";
    ValueReader in(function.values);
    read_system(in, made);
    while (auto symbol = in.take_string()) made.symbols.push_back(std::move(*symbol));
    if (!in.at_end() || !is_usable(made)) return std::nullopt;
    return made;
}

// “symbols(…)” or “@counter-style{…}”
std::optional<CounterDefinition> parse_self_contained(std::string_view text) {
    const ComponentValues values = parse_component_values(text);
    if (values.size() == 1 && values[0].is_function("symbols")) return parse_symbols_function(values[0]);
    if (values.size() == 2 && values[0].type == TokenType::at_keyword && values[1].type == TokenType::curly_block)
        return parse_counter_definition(parse_declaration_list(values[1].values));
    return std::nullopt;
}

bool is_self_contained(std::string_view style) { return style.starts_with('@') || style.find('(') != std::string_view::npos; }

} // namespace

bool is_predefined_counter_style(std::string_view lower_name) { return predefined_counter_style(lower_name).has_value(); }

std::optional<CounterDefinition> parse_counter_definition(const SyntaxNodes& descriptors) {
    CounterDefinition made;
    for (const SyntaxNode& node : descriptors) {
        if (node.kind != SyntaxNode::Kind::declaration) continue;
        const std::string name = to_ascii_lower(node.name);
        if (name == "system") {
            ValueReader in(node.prelude);
            if (!read_system(in, made)) return std::nullopt;
        } else {
            read_descriptor(name, node.prelude, made);
        }
    }
    if (!is_usable(made)) return std::nullopt;
    return made;
}

void CounterStyles::define(const std::string& name, CounterDefinition definition, std::string rule_text) {
    own_.insert_or_assign(name, Own{std::move(definition), std::move(rule_text)});
}

std::optional<CounterDefinition> CounterStyles::definition(std::string_view style, int depth) const {
    const auto own = own_.find(style);
    std::optional<CounterDefinition> found;
    if (own != own_.end())
        found = own->second.definition;
    else if (is_self_contained(style))
        found = parse_self_contained(style);
    else
        found = predefined_counter_style(style);
    if (!found || found->system != CounterSystem::extends) return found;
    // §3.1.7: the algorithm of the other, with one's own marks where given
    std::optional<CounterDefinition> base = depth < most_fallbacks ? definition(found->extended, depth + 1) : std::nullopt;
    if (!base) base = predefined_counter_style("decimal");
    if (found->prefix) base->prefix = found->prefix;
    if (found->suffix) base->suffix = found->suffix;
    if (found->negative) base->negative = found->negative;
    if (found->range) base->range = found->range;
    if (found->pad) base->pad = found->pad;
    if (found->fallback) base->fallback = found->fallback;
    return base;
}

std::string CounterStyles::represent(std::int64_t value, const CounterDefinition& style, int depth) const { // §2
    value = std::clamp<std::int64_t>(value, -4'000'000'000'000, 4'000'000'000'000);
    const bool signed_system = style.system != CounterSystem::cyclic && style.system != CounterSystem::fixed;
    const bool negative = value < 0 && signed_system;
    Symbols symbols;
    if (in_range(value, style)) symbols = initial_representation(value, negative ? -value : value, style);
    if (!symbols) {
        const auto other = depth < most_fallbacks ? definition(style.fallback.value_or("decimal")) : std::nullopt;
        return other ? represent(value, *other, depth + 1) : std::to_string(value);
    }
    std::string text;
    for (const std::string& symbol : *symbols) text += symbol;
    const CounterDefinition::Negative sign = style.negative.value_or(CounterDefinition::Negative());
    if (style.pad) {
        std::size_t width = count_characters(text);
        if (negative) width += count_characters(sign.before) + count_characters(sign.after);
        for (; width < style.pad->length; ++width) text = style.pad->symbol + text;
    }
    return negative ? sign.before + text + sign.after : text;
}

std::string CounterStyles::representation(std::int64_t value, std::string_view style) const {
    if (style.starts_with('"')) return {}; // a string marks items, it counts nothing
    const auto found = definition(style);
    return represent(value, found ? *found : *predefined_counter_style("decimal"), 0);
}

std::string CounterStyles::marker(std::int64_t value, std::string_view style) const {
    if (style == "none") return {};
    if (style.starts_with('"')) {
        const ComponentValues values = parse_component_values(style);
        return values.empty() ? std::string() : values[0].text;
    }
    auto found = definition(style);
    if (!found) found = predefined_counter_style("decimal");
    return found->prefix.value_or("") + represent(value, *found, 0) + found->suffix.value_or(". ");
}

std::string CounterStyles::portable(std::string_view style) const {
    const auto own = own_.find(style);
    return own == own_.end() ? std::string(style) : own->second.rule_text;
}

bool CounterStyles::knows(std::string_view style) const {
    return style == "none" || style.starts_with('"') || definition(style).has_value();
}

std::string format_counter(std::int64_t value, std::string_view counter_style) {
    static const CounterStyles predefined;
    return predefined.representation(value, counter_style);
}

} // namespace bifolio
