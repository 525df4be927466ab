// Borders (Backgrounds and Borders 3 §4 and §5, Logical Properties 1 §4).
#include "style/property_builder.h"

namespace bifolio {

namespace {

const std::vector<std::pair<std::string_view, BorderStyle>>& border_styles() {
    static const std::vector<std::pair<std::string_view, BorderStyle>> styles{
        {"none", BorderStyle::none},     {"hidden", BorderStyle::hidden}, {"solid", BorderStyle::solid},
        {"dashed", BorderStyle::dashed}, {"dotted", BorderStyle::dotted}, {"double", BorderStyle::double_},
        {"groove", BorderStyle::groove}, {"ridge", BorderStyle::ridge},   {"inset", BorderStyle::inset},
        {"outset", BorderStyle::outset}};
    return styles;
}

template <class Field>
Setter parse_width(ValueReader& in, Field field) {
    for (const auto& [word, px] : {std::pair("thin", 1.0), std::pair("medium", 3.0), std::pair("thick", 5.0)})
        if (in.take_ident(word)) return [field, px = px](Computing& c) { field(c.style) = Length::px(px); };
    const auto length = in.take_length(Percent::refused, Negative::refused);
    if (!length) return nullptr;
    return
        [field, length = *length](Computing& c) { field(c.style) = PropertyBuilder::to_definite(length, c, Negative::refused); };
}

struct BorderIds {
    PropertyId width, style, colour;
};

// border-top-width, border-top-style, border-top-color, border-top; `side` is a lambda from style to the index of the side.
template <class SideOf>
BorderIds add_border(PropertyBuilder& b, const std::string& name, SideOf side) {
    const auto width = [side](auto& s) -> auto& { return s.computed.border_width[side(s)]; };
    BorderIds ids{};
    ids.width = b.longhand(name + "-width", not_inherited, width, [width](ValueReader& in) { return parse_width(in, width); });
    ids.style = b.keyword(
        name + "-style", not_inherited, [side](auto& s) -> auto& { return s.computed.border_style[side(s)]; }, border_styles());
    ids.colour = b.current_colour(
        name + "-color", [side](auto& s) -> auto& { return s.computed.border_colour[side(s)]; });
    b.any_order(name, {ids.width, ids.style, ids.colour});
    return ids;
}

// border, border-block, border-inline: the same for several sides.
bool expand_border(ValueReader& in, Expansion& out, const PropertyTable& table, const std::vector<PropertyId>& sides) {
    const std::size_t from = in.position();
    std::size_t end = from;
    for (const PropertyId side : sides) {
        in.go_to(from);
        if (!table.at(side).expand(in, out)) return false;
        end = in.position();
    }
    in.go_to(end);
    return true;
}

void add_all_sides(PropertyBuilder& b, const std::string& name, const std::vector<std::string>& sides) {
    std::vector<PropertyId> shorthands, longhands;
    for (const std::string& side : sides) {
        shorthands.push_back(b.id(side));
        for (const PropertyId one : b.table().at(shorthands.back()).longhands) longhands.push_back(one);
    }
    b.shorthand(name, longhands, [&table = b.table(), shorthands](ValueReader& in, Expansion& out) {
        return expand_border(in, out, table, shorthands);
    });
}

void add_radius(PropertyBuilder& b) {
    const std::array<std::string, 4> corners{"top-left", "top-right", "bottom-right", "bottom-left"};
    std::array<PropertyId, 4> ids{};
    for (std::size_t corner = 0; corner < 4; ++corner) {
        const auto field = [corner](auto& s) -> auto& { return s.computed.border_radius[corner]; };
        ids[corner] =
            b.longhand("border-" + corners[corner] + "-radius", not_inherited, field, [field](ValueReader& in) -> Setter {
                const auto radius = in.take_length(Percent::refused, Negative::refused);
                if (!radius) return nullptr;
                in.take_length(Percent::refused, Negative::refused); // corners are circles: the first counts
                return [field, radius = *radius](Computing& c) {
                    field(c.style) = PropertyBuilder::to_definite(radius, c, Negative::refused);
                };
            });
    }
    b.shorthand("border-radius", {ids.begin(), ids.end()}, [ids](ValueReader& in, Expansion& out) {
        std::vector<LengthPercentage> radii;
        while (!in.at_end() && radii.size() < 4) {
            if (!radii.empty() && in.take_slash()) {
                while (in.take_length(Percent::refused, Negative::refused)) {} // the vertical radii
                break;
            }
            const auto radius = in.take_length(Percent::refused, Negative::refused);
            if (!radius) return false;
            radii.push_back(*radius);
        }
        if (radii.empty()) return false;
        for (std::size_t corner = 0; corner < 4; ++corner) {
            const std::size_t from = radii.size() == 1                  ? 0
                                     : radii.size() == 2                ? corner % 2
                                     : radii.size() == 3 && corner == 3 ? 1
                                                                        : corner;
            out.values.push_back({ids[corner], [corner, radius = radii[from]](Computing& c) {
                                      c.style.computed.border_radius[corner] =
                                          PropertyBuilder::to_definite(radius, c, Negative::refused);
                                  }});
        }
        return true;
    });
}

} // namespace

void add_border_properties(PropertyBuilder& b) {
    const std::array<std::string, 4> names{"top", "right", "bottom", "left"};
    std::array<PropertyId, 4> widths{}, styles{}, colours{};
    for (std::size_t side = 0; side < 4; ++side) {
        const BorderIds ids = add_border(b, "border-" + names[side], [side](const auto&) { return side; });
        widths[side] = ids.width;
        styles[side] = ids.style;
        colours[side] = ids.colour;
    }
    b.four_sides("border-width", widths);
    b.four_sides("border-style", styles);
    b.four_sides("border-color", colours);
    add_all_sides(b, "border", {"border-top", "border-right", "border-bottom", "border-left"});
    const auto line_side = [](bool start) {
        return [start](const auto& s) -> std::size_t { return start == (s.computed.direction == Direction::ltr) ? 3 : 1; };
    };
    add_border(b, "border-inline-start", line_side(true));
    add_border(b, "border-inline-end", line_side(false));
    add_border(b, "border-block-start", [](const auto&) -> std::size_t { return 0; });
    add_border(b, "border-block-end", [](const auto&) -> std::size_t { return 2; });
    add_all_sides(b, "border-inline", {"border-inline-start", "border-inline-end"});
    add_all_sides(b, "border-block", {"border-block-start", "border-block-end"});
    add_radius(b);

    const auto rule_width = [](auto& s) -> auto& { return s.computed.column_rule_width; };
    const PropertyId width = b.longhand("column-rule-width", not_inherited, rule_width,
                                        [rule_width](ValueReader& in) { return parse_width(in, rule_width); });
    const PropertyId style = b.keyword(
        "column-rule-style", not_inherited, [](auto& s) -> auto& { return s.computed.column_rule_style; }, border_styles());
    const PropertyId colour = b.current_colour(
        "column-rule-color", [](auto& s) -> auto& { return s.computed.column_rule_colour; });
    b.any_order("column-rule", {width, style, colour});
}

} // namespace bifolio
