#include "style/condition.h"

#include "style/css_parser.h"
#include "style/property.h"
#include "style/selector.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

Truth negated(Truth truth) { return truth == Truth::yes ? Truth::no : truth == Truth::no ? Truth::yes : Truth::maybe; }

using Leaf = std::function<Truth(const ComponentValue&)>; // a bracket or function

Truth evaluate_group(ValueReader& in, const Leaf& leaf);

// (a) or not (a), where a may again be a condition
Truth evaluate_one(ValueReader& in, const Leaf& leaf) {
    bool negate = false;
    while (in.take_ident("not")) negate = !negate;
    if (in.at_end()) return Truth::no;
    const Truth truth = leaf(in.take());
    return negate ? negated(truth) : truth;
}

// a and b and …, a or b or …
Truth evaluate_group(ValueReader& in, const Leaf& leaf) {
    Truth truth = evaluate_one(in, leaf);
    while (!in.at_end()) {
        if (in.take_ident("and"))
            truth = std::min(truth, evaluate_one(in, leaf));
        else if (in.take_ident("or"))
            truth = std::max(truth, evaluate_one(in, leaf));
        else
            return Truth::no; // not a condition
    }
    return truth;
}

bool begins_condition(const ComponentValues& values) {
    ValueReader in(values);
    const ComponentValue* first = in.peek();
    return first && (first->type == TokenType::round_block || first->is_ident("not"));
}

// ---- media features

Truth from(bool value) { return value ? Truth::yes : Truth::no; }

enum class Comparison : std::uint8_t { less, less_or_equal, equal, greater_or_equal, greater };

bool compare(double a, Comparison how, double b) {
    constexpr double tolerance = 0.01; // points: “148mm” must equal what book.yaml said in millimetres
    switch (how) {
    case Comparison::less: return a < b - tolerance;
    case Comparison::less_or_equal: return a <= b + tolerance;
    case Comparison::equal: return std::abs(a - b) <= tolerance;
    case Comparison::greater_or_equal: return a >= b - tolerance;
    case Comparison::greater: return a > b + tolerance;
    }
    return false;
}

Comparison mirrored(Comparison how) {
    switch (how) {
    case Comparison::less: return Comparison::greater;
    case Comparison::less_or_equal: return Comparison::greater_or_equal;
    case Comparison::greater: return Comparison::less;
    case Comparison::greater_or_equal: return Comparison::less_or_equal;
    case Comparison::equal: return how;
    }
    return how;
}

std::optional<Comparison> take_comparison(ValueReader& in) {
    const ComponentValue* sign = in.peek();
    if (!sign || sign->type != TokenType::delim) return std::nullopt;
    const bool less = sign->is_delim('<'), greater = sign->is_delim('>'), equal = sign->is_delim('=');
    if (!less && !greater && !equal) return std::nullopt;
    in.take();
    const ComponentValue* next = in.peek();
    const bool or_equal = !equal && next && next->is_delim('=');
    if (or_equal) in.take();
    if (equal) return Comparison::equal;
    if (less) return or_equal ? Comparison::less_or_equal : Comparison::less;
    return or_equal ? Comparison::greater_or_equal : Comparison::greater;
}

// The size of a feature, in points; nullopt: not a feature with a size.
std::optional<double> size_feature(std::string_view name, const MediaContext& context) {
    if (name == "width" || name == "device-width" || name == "inline-size") return context.width.in_pt();
    if (name == "height" || name == "device-height" || name == "block-size") return context.height.in_pt();
    return std::nullopt;
}

std::optional<double> take_size(ValueReader& in) {
    const auto length = in.take_length(Percent::refused, Negative::allowed);
    if (!length) return std::nullopt;
    return length->resolve(LengthContext{}).points; // em: of the initial font size
}

// (width >= 60mm), (60mm < width <= 80mm)
Truth evaluate_range(const ComponentValues& values, const MediaContext& context) {
    ValueReader in(values);
    std::optional<double> left = take_size(in);
    std::optional<Comparison> first = left ? take_comparison(in) : std::nullopt;
    if (left && !first) return Truth::no;
    const auto name = in.take_any_ident();
    const auto size = name ? size_feature(to_ascii_lower(*name), context) : std::nullopt;
    if (!size) return Truth::no;
    bool holds = !left || compare(*size, mirrored(*first), *left);
    if (!in.at_end()) {
        const auto second = take_comparison(in);
        const auto right = second ? take_size(in) : std::nullopt;
        if (!right || !in.at_end()) return Truth::no;
        holds = holds && compare(*size, *second, *right);
    }
    return from(holds);
}

// What paper is like; nullopt: nothing is known of such a feature.
std::optional<bool> paper_feature(std::string_view name, ValueReader& value, const MediaContext& context) {
    const bool plain = value.at_end();
    if (name == "orientation") return value.take_ident(context.width > context.height ? "landscape" : "portrait");
    if (name == "color" || name == "min-color") return true;
    if (name == "monochrome" || name == "grid" || name == "scripting")
        return plain ? false : value.take_number() == 0.0 || value.take_ident("none");
    if (name == "hover" || name == "any-hover" || name == "pointer" || name == "any-pointer" || name == "update")
        return value.take_ident("none");
    if (name == "prefers-color-scheme") return value.take_ident("light");
    if (name == "prefers-reduced-motion" || name == "prefers-contrast" || name == "forced-colors")
        return value.take_ident("reduce") || value.take_ident("no-preference") || value.take_ident("none");
    if (name == "min-resolution" || name == "overflow-block" || name == "overflow-inline") return true;
    return std::nullopt;
}

Truth evaluate_feature(const ComponentValues& values, const MediaContext& context) {
    if (context.medium == Medium::screen) return Truth::maybe;
    ValueReader in(values);
    const auto written = in.take_any_ident();
    const ComponentValue* next = in.peek();
    if (!written || (next && next->type != TokenType::colon)) return evaluate_range(values, context);
    std::string name = to_ascii_lower(*written);
    if (next) in.take();
    const bool least = name.starts_with("min-"), most = name.starts_with("max-");
    if (const auto size = size_feature(least || most ? name.substr(4) : name, context)) {
        if (!next) return from(*size > 0);
        const auto wanted = take_size(in);
        const Comparison how = least ? Comparison::greater_or_equal : most ? Comparison::less_or_equal : Comparison::equal;
        return from(wanted && in.at_end() && compare(*size, how, *wanted));
    }
    return from(paper_feature(name, in, context).value_or(false));
}

Truth evaluate_query(const ComponentValues& query, const MediaContext& context) {
    const Leaf leaf = [&](const ComponentValue& value) -> Truth {
        if (value.type != TokenType::round_block) return Truth::no;
        if (begins_condition(value.values)) {
            // The tokenizer bounds how deep brackets go, and with them this.
            ValueReader inner(value.values);
            return evaluate_group(inner, [&](const ComponentValue& one) {
                return one.type == TokenType::round_block ? evaluate_query({one}, context) : Truth::no;
            });
        }
        return evaluate_feature(value.values, context);
    };
    ValueReader in(query);
    if (begins_condition(query) && !(query.size() > 2 && query[0].is_ident("not") && query[2].type == TokenType::ident))
        return evaluate_group(in, leaf);
    const bool negate = in.take_ident("not");
    in.take_ident("only");
    const auto type = in.take_any_ident();
    if (!type) return Truth::no;
    const std::string_view own = context.medium == Medium::print ? "print" : "screen";
    Truth truth = Truth::no;
    if (equals_ignoring_ascii_case(*type, "all") || equals_ignoring_ascii_case(*type, own)) truth = Truth::yes;
    // “amzn-kf8” and other names that only reading systems know
    else if (context.medium == Medium::screen && !equals_ignoring_ascii_case(*type, "print") &&
             !equals_ignoring_ascii_case(*type, "speech"))
        truth = Truth::maybe;
    while (!in.at_end()) {
        if (!in.take_ident("and")) return Truth::no;
        truth = std::min(truth, evaluate_one(in, leaf));
    }
    return negate ? negated(truth) : truth;
}

// ---- supports

bool supports_declaration(const ComponentValues& values) {
    const Result<SyntaxNode> declaration = parse_one_declaration(values);
    if (!declaration) return false;
    const std::string name = to_ascii_lower(declaration.value().name);
    if (name.starts_with("--")) return true;
    const Property* property = property_table().find(name);
    if (!property || (property->kind != Property::Kind::longhand && property->kind != Property::Kind::shorthand)) return false;
    Expansion expansion;
    return parse_property(*property, declaration.value().prelude, expansion);
}

Truth supports_leaf(const ComponentValue& value) {
    if (value.type == TokenType::round_block) {
        if (begins_condition(value.values)) {
            ValueReader in(value.values);
            return evaluate_group(in, supports_leaf);
        }
        return from(supports_declaration(value.values));
    }
    if (value.is_function("selector")) {
        AtomTable atoms;
        return from(std::holds_alternative<std::vector<ComplexSelector>>(parse_selector_list(value.values, atoms)));
    }
    return Truth::no;
}

} // namespace

Truth evaluate_media(const ComponentValues& prelude, const MediaContext& context) {
    Truth truth = Truth::no;
    bool any = false;
    for (const ComponentValues& query : split_at_commas(prelude)) {
        if (query.empty()) continue;
        any = true;
        truth = std::max(truth, evaluate_query(query, context));
    }
    return any ? truth : Truth::yes;
}

bool evaluate_supports(const ComponentValues& prelude) {
    ValueReader in(prelude);
    return evaluate_group(in, supports_leaf) == Truth::yes;
}

} // namespace bifolio
