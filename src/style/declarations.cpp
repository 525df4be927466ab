#include "style/declarations.h"

#include "base/nearest.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t longest_quote = 60; // bytes of a value that a message shows

std::string shown(const ComponentValues& value) {
    ComponentValues trimmed_value = value;
    trim_white_space(trimmed_value);
    std::string text = to_css(trimmed_value);
    if (text.size() <= longest_quote) return text;
    std::size_t cut = longest_quote;
    while (cut > 0 && is_continuation_byte(text[cut])) --cut;
    return text.substr(0, cut) + "…";
}

bool is_vendor_name(std::string_view name) { return name.starts_with('-') && !name.starts_with("-bifolio-"); }

// Other people's prefixes in a value: -webkit-box, -moz-initial
bool has_vendor_value(const ComponentValues& value) {
    return std::any_of(value.begin(), value.end(), [](const ComponentValue& one) {
        return (one.type == TokenType::ident || one.type == TokenType::function) && one.text.size() > 1 &&
               is_vendor_name(one.text);
    });
}

// A value of one word has a nearest known one when the property takes it.
std::vector<std::string> nearest_value(const Property& property, const ComponentValues& value) {
    static const std::vector<std::string> words{
        "auto",        "none",         "normal",      "inherit",       "initial",     "unset",        "block",
        "inline",      "inline-block", "list-item",   "table",         "left",        "right",        "center",
        "justify",     "start",        "end",         "both",          "bold",        "bolder",       "lighter",
        "italic",      "oblique",      "small-caps",  "solid",         "dashed",      "dotted",       "double",
        "avoid",       "always",       "page",        "recto",         "verso",       "manual",       "uppercase",
        "lowercase",   "capitalize",   "underline",   "line-through",  "overline",    "nowrap",       "pre",
        "pre-wrap",    "pre-line",     "baseline",    "super",         "sub",         "middle",       "top",
        "bottom",      "text-top",     "text-bottom", "decimal",       "disc",        "circle",       "square",
        "lower-roman", "upper-roman",  "lower-alpha", "upper-alpha",   "inside",      "outside",      "collapse",
        "separate",    "fixed",        "hidden",      "visible",       "transparent", "currentcolor", "black",
        "white",       "medium",       "small",       "large",         "larger",      "smaller",      "x-large",
        "xx-large",    "thin",         "thick",       "oldstyle-nums", "lining-nums", "tabular-nums", "proportional-nums",
        "footnote",    "landscape",    "portrait",    "balance",       "break-word",  "anywhere",     "isolate"};
    ComponentValues word = value;
    trim_white_space(word);
    if (word.size() != 1 || word[0].type != TokenType::ident) return {};
    std::vector<std::string> fitting;
    for (const std::string& candidate : words) {
        ComponentValue one;
        one.type = TokenType::ident;
        one.text = candidate;
        Expansion unused;
        if (parse_property(property, {one}, unused)) fitting.push_back(candidate);
    }
    return did_you_mean(to_ascii_lower(word[0].text), fitting);
}

} // namespace

bool contains_var(const ComponentValues& values) {
    return std::any_of(values.begin(), values.end(),
                       [](const ComponentValue& value) { return value.is_function("var") || contains_var(value.values); });
}

std::optional<WideKeyword> wide_keyword(const ComponentValues& value) {
    ValueReader in(value);
    static const std::vector<std::pair<std::string_view, WideKeyword>> words{{"initial", WideKeyword::initial},
                                                                             {"inherit", WideKeyword::inherit},
                                                                             {"unset", WideKeyword::unset},
                                                                             {"revert", WideKeyword::revert},
                                                                             {"revert-layer", WideKeyword::revert}};
    const auto word = in.take_keyword(words);
    return word && in.at_end() ? word : std::nullopt;
}

void DeclarationReader::unknown(const std::string& name, Span where) {
    diagnostics_.warning("style.unknown-property", where, "there is no property ‘" + name + "’",
                         did_you_mean(name, property_table().names()));
}

void DeclarationReader::read(const SyntaxNode& node, SourceId source, StyleSource::Level level, DeclarationBlock& block) {
    Declaration declaration;
    declaration.important = node.important;
    declaration.where = {source, node.name_begin, node.end};
    block.level = level;
    block.has_important |= node.important;
    if (node.name.starts_with("--")) {
        ComponentValues value = node.prelude;
        trim_white_space(value);
        if (const auto wide = wide_keyword(value)) declaration.wide = *wide;
        declaration.custom_property = node.name;
        declaration.pending = std::make_shared<const ComponentValues>(std::move(value));
        block.declarations.push_back(std::move(declaration));
        return;
    }
    const std::string name = to_ascii_lower(node.name);
    const Span name_span{source, node.name_begin, node.name_end};
    const auto wide = wide_keyword(node.prelude);
    const Property* property = property_table().find(name);
    if (name == "all" && wide) { // Cascade 4 §3.2
        for (const Property& one : property_table().all()) {
            if (one.kind != Property::Kind::longhand || one.name == "direction" || one.name == "unicode-bidi") continue;
            declaration.property = property_table().id(one);
            declaration.wide = *wide;
            block.declarations.push_back(declaration);
        }
        return;
    }
    if (!property) {
        if (!is_vendor_name(name)) unknown(name, name_span);
        return;
    }
    if (property->kind == Property::Kind::ignored) return;
    if (property->kind == Property::Kind::unsupported) {
        if (medium_ == Medium::print && unsupported_.insert(name).second)
            diagnostics_.warning("style.unsupported-property", name_span, "‘" + name + "’ has no effect on paper here");
        return;
    }
    declaration.property = property_table().id(*property);
    if (wide) {
        const bool longhand = property->kind == Property::Kind::longhand;
        declaration.wide = *wide;
        for (const PropertyId one : longhand ? std::vector<PropertyId>{declaration.property} : property->longhands) {
            declaration.property = one;
            block.declarations.push_back(declaration);
        }
        return;
    }
    if (contains_var(node.prelude)) {
        declaration.pending = std::make_shared<const ComponentValues>(node.prelude);
        block.declarations.push_back(std::move(declaration));
        return;
    }
    Expansion expansion;
    if (!parse_property(*property, node.prelude, expansion)) {
        // A file for browsers says a thing twice, once in a browser's own words.
        if (has_vendor_value(node.prelude)) return;
        ComponentValues value = node.prelude;
        trim_white_space(value);
        const Span where = value.empty() ? name_span : Span{source, value.front().begin, value.back().end};
        diagnostics_.warning("style.unknown-value", where, "‘" + shown(value) + "’ is no value of ‘" + name + "’",
                             nearest_value(*property, value));
        return;
    }
    if (!expansion.warning.empty() && medium_ == Medium::print && unsupported_.insert(name).second)
        diagnostics_.warning("style.unsupported-value", {source, node.name_begin, node.end}, expansion.warning);
    for (LonghandValue& one : expansion.values) {
        declaration.property = one.property;
        declaration.set = std::move(one.set);
        block.declarations.push_back(declaration);
    }
}

} // namespace bifolio
