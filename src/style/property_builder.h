// property_builder.h: how the tables of properties are written down; used by properties_*.cpp only.
#pragma once

#include "style/property.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace bifolio {

inline constexpr bool inherited = true, not_inherited = false;

class PropertyBuilder {
public:
    explicit PropertyBuilder(PropertyTable& table) : table_(table) {}

    // `field` is a generic lambda: [](auto& style) -> auto& { return style.computed.width; }
    template <class Field>
    PropertyId longhand(std::string name, bool inherits, Field field, std::function<Setter(ValueReader&)> parse,
                        Phase phase = Phase::normal) {
        Property property;
        property.name = std::move(name);
        property.kind = Property::Kind::longhand;
        property.inherited = inherits;
        property.phase = phase;
        property.parse = std::move(parse);
        property.copy = [field](ElementStyle& to, const ElementStyle& from) { field(to) = field(from); };
        property.initial = [field](Computing& c) { field(c.style) = field(initial_style()); };
        return table_.add(std::move(property));
    }

    template <class Field, class Enum>
    PropertyId keyword(std::string name, bool inherits, Field field, std::vector<std::pair<std::string_view, Enum>> keywords,
                       Phase phase = Phase::normal) {
        return longhand(
            std::move(name), inherits, field,
            [field, keywords = std::move(keywords)](ValueReader& in) -> Setter {
                const auto value = in.take_keyword(keywords);
                if (!value) return nullptr;
                return [field, value = *value](Computing& c) { field(c.style) = value; };
            },
            phase);
    }

    // Dimension; the keywords mean `automatic`.
    template <class Field>
    PropertyId dimension(std::string name, Field field, std::vector<std::string_view> automatic, Negative negative) {
        return longhand(std::move(name), not_inherited, field,
                        [=](ValueReader& in) { return dimension_setter(in, field, automatic, negative); });
    }

    template <class Field>
    static Setter dimension_setter(ValueReader& in, Field field, const std::vector<std::string_view>& automatic,
                                   Negative negative) {
        for (const std::string_view word : automatic)
            if (in.take_ident(word)) return [field](Computing& c) { field(c.style) = Dimension{}; };
        const auto length = in.take_length(Percent::allowed, negative);
        if (!length) return nullptr;
        return [field, length = *length, negative](Computing& c) { field(c.style) = to_dimension(length, c, negative); };
    }

    // Length without percentages; the keyword, if any, stands for 0.
    template <class Field>
    PropertyId length(std::string name, bool inherits, Field field, std::string_view zero, Negative negative) {
        return longhand(std::move(name), inherits, field, [=](ValueReader& in) -> Setter {
            if (!zero.empty() && in.take_ident(zero)) return [field](Computing& c) { field(c.style) = Length{}; };
            const auto value = in.take_length(Percent::refused, negative);
            if (!value) return nullptr;
            return [field, value = *value, negative](Computing& c) { field(c.style) = to_definite(value, c, negative); };
        });
    }

    // Initially currentcolor.
    template <class Field>
    PropertyId current_colour(std::string name, Field field) {
        const PropertyId id =
            longhand(std::move(name), not_inherited, field, [=](ValueReader& in) { return colour_setter(in, field); });
        table_.all_[id].initial = [field](Computing& c) { field(c.style) = c.style.computed.colour; };
        return id;
    }
    template <class Field>
    static Setter colour_setter(ValueReader& in, Field field) {
        const auto value = in.take_colour();
        if (!value) return nullptr;
        return [field, value = *value](Computing& c) { field(c.style) = value.colour.value_or(c.style.computed.colour); };
    }

    PropertyId shorthand(std::string name, std::vector<PropertyId> longhands,
                         std::function<bool(ValueReader&, Expansion&)> expand) {
        Property property;
        property.name = std::move(name);
        property.kind = Property::Kind::shorthand;
        property.longhands = std::move(longhands);
        property.expand = std::move(expand);
        return table_.add(std::move(property));
    }

    // top, right, bottom, left: one to four values of the longhands' own grammar (CSS 2.1 §8.3)
    PropertyId four_sides(std::string name, std::array<PropertyId, 4> sides);
    // start and end: one or two values
    PropertyId two_sides(std::string name, PropertyId start, PropertyId end);
    // Values of the longhands in any order, each at most once; what is left out becomes initial.
    PropertyId any_order(std::string name, std::vector<PropertyId> longhands);

    PropertyId paper_only(PropertyId id) {
        table_.all_[id].paper_only = true;
        return id;
    }
    void ignored(std::string_view name) { plain(name, Property::Kind::ignored); }
    void unsupported(std::string_view name) { plain(name, Property::Kind::unsupported); }
    PropertyId id(std::string_view name) const {
        const Property* found = table_.find(name);
        assert(found);
        return table_.id(*found);
    }
    const PropertyTable& table() const { return table_; }

    static Dimension to_dimension(const LengthPercentage& value, const Computing& c, Negative negative) {
        Resolved resolved = value.resolve(c.lengths);
        if (negative == Negative::refused) {
            resolved.percent = std::max(0.0, resolved.percent);
            if (resolved.percent == 0) resolved.points = std::max(0.0, resolved.points);
        }
        return {false, to_length(resolved.points), std::clamp(resolved.percent, -100'000.0, 100'000.0)};
    }
    static Length to_definite(const LengthPercentage& value, const Computing& c, Negative negative) {
        const double points = value.resolve(c.lengths).points;
        return to_length(negative == Negative::refused ? std::max(0.0, points) : points);
    }
    // A setter that makes the longhand what it is initially.
    static LonghandValue initially(const PropertyTable& table, PropertyId id) { return {id, table.at(id).initial}; }

private:
    void plain(std::string_view name, Property::Kind kind);
    PropertyTable& table_;
};

// The chapters of the table; each adds its properties.
void add_text_properties(PropertyBuilder& builder);
void add_font_properties(PropertyBuilder& builder);
void add_box_properties(PropertyBuilder& builder);
void add_border_properties(PropertyBuilder& builder);
void add_table_and_column_properties(PropertyBuilder& builder);
void add_fragmentation_properties(PropertyBuilder& builder);
void add_content_properties(PropertyBuilder& builder);
void add_page_properties(PropertyBuilder& builder);
void add_known_properties(PropertyBuilder& builder);

} // namespace bifolio
