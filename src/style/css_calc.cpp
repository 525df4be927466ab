// Math functions: calc(), min(), max(), clamp() (CSS Values 4 §10).
//
// A tree is evaluated to points plus a percentage. min() and friends compare; so their arguments must be all lengths or all
// percentages, because a percentage is not known before layout.
#include "style/css_value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio {

struct CalcNode {
    enum class Kind : std::uint8_t { leaf, sum, scaled, least, greatest };
    Kind kind = Kind::leaf;
    LengthPercentage leaf; // of kind leaf
    double factor = 1;     // of kind scaled
    std::vector<std::shared_ptr<const CalcNode>> parts;
};

namespace {

using Node = std::shared_ptr<const CalcNode>;

Resolved evaluate(const CalcNode& node, const LengthContext& context) {
    Resolved result;
    switch (node.kind) {
    case CalcNode::Kind::leaf: return node.leaf.resolve(context);
    case CalcNode::Kind::scaled:
        result = evaluate(*node.parts[0], context);
        return {result.points * node.factor, result.percent * node.factor};
    case CalcNode::Kind::sum:
        for (const Node& part : node.parts) {
            const Resolved one = evaluate(*part, context);
            result.points += one.points;
            result.percent += one.percent;
        }
        return result;
    case CalcNode::Kind::least:
    case CalcNode::Kind::greatest: {
        const bool least = node.kind == CalcNode::Kind::least;
        result = evaluate(*node.parts[0], context);
        for (std::size_t at = 1; at < node.parts.size(); ++at) {
            const Resolved one = evaluate(*node.parts[at], context);
            const bool less = one.points + one.percent < result.points + result.percent; // one of the two is always 0
            if (less == least) result = one;
        }
        return result;
    }
    }
    return result;
}

// A value while it is put together: a number, or a length that keeps its tree.
struct Term {
    bool is_number = true;
    double number = 0;
    Node node;
    bool has_length = false, has_percent = false;
};

// A chain of factors is one factor: trees stay as shallow as the brackets of the text.
Node scaled(const Node& node, double factor) {
    auto made = std::make_shared<CalcNode>();
    made->kind = CalcNode::Kind::scaled;
    made->factor = factor;
    made->parts = {node};
    if (node->kind == CalcNode::Kind::scaled) {
        made->factor *= node->factor;
        made->parts = node->parts;
    }
    return made;
}

std::optional<Term> product(const Term& a, const Term& b) {
    if (a.is_number && b.is_number) return Term{true, a.number * b.number, nullptr, false, false};
    if (!a.is_number && !b.is_number) return std::nullopt;
    const Term& length = a.is_number ? b : a;
    const double factor = a.is_number ? a.number : b.number;
    return Term{false, 0, scaled(length.node, factor), length.has_length, length.has_percent};
}

std::optional<Term> read_sum(ValueReader& in);

std::optional<Term> compared(const std::vector<Term>& terms, CalcNode::Kind kind) {
    const bool numbers = terms[0].is_number;
    bool any_length = false, any_percent = false;
    auto made = std::make_shared<CalcNode>();
    made->kind = kind;
    double best = terms[0].number;
    for (const Term& term : terms) {
        if (term.is_number != numbers) return std::nullopt;
        best = kind == CalcNode::Kind::least ? std::min(best, term.number) : std::max(best, term.number);
        any_length |= term.has_length;
        any_percent |= term.has_percent;
        made->parts.push_back(term.node);
    }
    if (numbers) return Term{true, best, nullptr, false, false};
    if (any_length && any_percent) return std::nullopt;
    return Term{false, 0, made, any_length, any_percent};
}

std::optional<Term> read_function(const ComponentValue& function) {
    std::vector<Term> terms;
    for (const ComponentValues& part : split_at_commas(function.values)) {
        ValueReader in(part);
        std::optional<Term> term = read_sum(in);
        if (!term || !in.at_end()) return std::nullopt;
        terms.push_back(std::move(*term));
    }
    if (terms.empty()) return std::nullopt;
    if (function.is_function("min")) return compared(terms, CalcNode::Kind::least);
    if (function.is_function("max")) return compared(terms, CalcNode::Kind::greatest);
    if (function.is_function("clamp")) { // max(least, min(value, most))
        if (terms.size() != 3) return std::nullopt;
        const std::optional<Term> inner = compared({terms[1], terms[2]}, CalcNode::Kind::least);
        return inner ? compared({terms[0], *inner}, CalcNode::Kind::greatest) : std::nullopt;
    }
    return terms.size() == 1 ? std::optional(terms[0]) : std::nullopt;
}

std::optional<Term> read_value(ValueReader& in) {
    const ComponentValue* value = in.peek();
    if (!value) return std::nullopt;
    if (value->type == TokenType::number) return Term{true, in.take().number, nullptr, false, false};
    if (value->type == TokenType::round_block) {
        ValueReader inner(value->values);
        std::optional<Term> term = read_sum(inner);
        if (!term || !inner.at_end() || value->too_deep) return std::nullopt;
        in.take();
        return term;
    }
    if (is_math_function(*value)) return read_function(in.take());
    if (value->type != TokenType::dimension && value->type != TokenType::percentage) return std::nullopt;
    const bool percent = value->type == TokenType::percentage;
    const auto unit = percent ? LengthUnit::percent : length_unit(value->text);
    if (!unit) return std::nullopt;
    auto leaf = std::make_shared<CalcNode>();
    leaf->leaf = {in.take().number, *unit, nullptr};
    return Term{false, 0, leaf, !percent, percent};
}

std::optional<Term> read_product(ValueReader& in) {
    std::optional<Term> left = read_value(in);
    while (left) {
        const ComponentValue* sign = in.peek();
        if (!sign || !(sign->is_delim('*') || sign->is_delim('/'))) return left;
        const bool divide = in.take().is_delim('/');
        std::optional<Term> right = read_value(in);
        if (!right) return std::nullopt;
        if (divide) {
            if (!right->is_number || right->number == 0) return std::nullopt;
            right->number = 1 / right->number;
        }
        left = product(*left, *right);
    }
    return left;
}

std::optional<Term> read_sum(ValueReader& in) {
    std::optional<Term> total = read_product(in);
    if (!total) return std::nullopt;
    std::vector<Node> parts{total->node};
    for (const ComponentValue* sign = in.peek(); sign && (sign->is_delim('+') || sign->is_delim('-')); sign = in.peek()) {
        const double direction = in.take().is_delim('-') ? -1 : 1;
        const std::optional<Term> right = read_product(in);
        if (!right || right->is_number != total->is_number) return std::nullopt;
        total->number += direction * right->number;
        total->has_length |= right->has_length;
        total->has_percent |= right->has_percent;
        if (!right->is_number) parts.push_back(direction < 0 ? scaled(right->node, -1) : right->node);
    }
    if (parts.size() == 1) return total;
    auto made = std::make_shared<CalcNode>();
    made->kind = CalcNode::Kind::sum;
    made->parts = std::move(parts);
    total->node = made;
    return total;
}

FontMeasure measure_of(const LengthContext& context, const ComputedStyle* style) {
    return context.fonts && style ? context.fonts->of(*style) : FontMeasure{};
}
FontMeasure own_font(const LengthContext& context) { return measure_of(context, context.font_style); }
// As a line is set, in whole scaled points: 12ch are to hold twelve digits.
double set_advance(double share, double font_size) { return to_length(share * font_size).in_pt(); }
FontMeasure root_font(const LengthContext& context) { return measure_of(context, context.root_font_style); }

} // namespace

bool is_math_function(const ComponentValue& value) {
    return value.is_function("calc") || value.is_function("min") || value.is_function("max") || value.is_function("clamp") ||
           value.is_function("-webkit-calc");
}

std::optional<MathFunction> parse_math_function(const ComponentValue& function) {
    if (function.too_deep) return std::nullopt;
    const std::optional<Term> term = read_function(function);
    if (!term) return std::nullopt;
    if (term->is_number)
        return std::isfinite(term->number) ? std::optional(MathFunction{nullptr, MathType::number, term->number, false})
                                           : std::nullopt;
    return MathFunction{term->node, MathType::length, 0, term->has_percent};
}

Resolved LengthPercentage::resolve(const LengthContext& context) const {
    if (calc) return evaluate(*calc, context);
    switch (unit) {
    case LengthUnit::pt: return {value, 0};
    case LengthUnit::px: return {value * 0.75, 0};
    case LengthUnit::pc: return {value * 12, 0};
    case LengthUnit::in: return {value * 72, 0};
    case LengthUnit::cm: return {value * 72 / 2.54, 0};
    case LengthUnit::mm: return {value * 72 / 25.4, 0};
    case LengthUnit::q: return {value * 72 / 101.6, 0};
    case LengthUnit::em: return {value * context.font_size, 0};
    case LengthUnit::rem: return {value * context.root_font_size, 0};
    case LengthUnit::ex: return {value * context.font_size * own_font(context).x_height, 0};
    case LengthUnit::cap: return {value * context.font_size * own_font(context).cap_height, 0};
    case LengthUnit::ch: return {value * set_advance(own_font(context).zero_advance, context.font_size), 0};
    case LengthUnit::ic: return {value * set_advance(own_font(context).ideograph_advance, context.font_size), 0};
    case LengthUnit::rex: return {value * context.root_font_size * root_font(context).x_height, 0};
    case LengthUnit::rcap: return {value * context.root_font_size * root_font(context).cap_height, 0};
    case LengthUnit::rch: return {value * set_advance(root_font(context).zero_advance, context.root_font_size), 0};
    case LengthUnit::ric: return {value * set_advance(root_font(context).ideograph_advance, context.root_font_size), 0};
    case LengthUnit::lh: return {value * context.line_height, 0};
    case LengthUnit::rlh: return {value * context.root_line_height, 0};
    case LengthUnit::vw: return {value * context.page_width / 100, 0};
    case LengthUnit::vh: return {value * context.page_height / 100, 0};
    case LengthUnit::vmin: return {value * std::min(context.page_width, context.page_height) / 100, 0};
    case LengthUnit::vmax: return {value * std::max(context.page_width, context.page_height) / 100, 0};
    case LengthUnit::percent: return {0, value};
    case LengthUnit::none: return {0, 0};
    }
    return {};
}

Length to_length(double points) {
    if (!(points > -100'000)) return Length::pt(std::isnan(points) ? 0 : -100'000);
    return Length::pt(std::min(points, 100'000.0));
}

} // namespace bifolio
