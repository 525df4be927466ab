#include "style/property.h"

#include "style/property_builder.h"

namespace bifolio {

PropertyId PropertyTable::add(Property property) {
    const PropertyId id = static_cast<PropertyId>(all_.size());
    const bool fresh = by_name_.emplace(property.name, id).second;
    assert(fresh);
    static_cast<void>(fresh);
    all_.push_back(std::move(property));
    return id;
}

const Property* PropertyTable::find(std::string_view lower_name) const {
    const auto found = by_name_.find(std::string(lower_name));
    return found == by_name_.end() ? nullptr : &all_[found->second];
}

std::vector<std::string> PropertyTable::names() const {
    std::vector<std::string> names;
    for (const Property& property : all_)
        if (property.kind == Property::Kind::longhand || property.kind == Property::Kind::shorthand)
            names.push_back(property.name);
    return names;
}

void PropertyBuilder::plain(std::string_view name, Property::Kind kind) {
    Property property;
    property.name = name;
    property.kind = kind;
    table_.add(std::move(property));
}

PropertyId PropertyBuilder::four_sides(std::string name, std::array<PropertyId, 4> sides) {
    const PropertyTable& table = table_;
    return shorthand(std::move(name), {sides.begin(), sides.end()}, [&table, sides](ValueReader& in, Expansion& out) {
        // Each side has a setter of its own, so a value is read once for every side that takes it.
        std::vector<std::size_t> starts;
        while (!in.at_end() && starts.size() < 4) {
            starts.push_back(in.position());
            if (!table.at(sides[0]).parse(in)) return false;
        }
        if (starts.empty() || !in.at_end()) return false;
        const std::size_t end = in.position();
        const auto value_of = [&](std::size_t side) {
            switch (starts.size()) {
            case 1: return starts[0];
            case 2: return starts[side % 2];
            case 3: return starts[side == 3 ? 1 : side];
            default: return starts[side];
            }
        };
        for (std::size_t side = 0; side < 4; ++side) {
            in.go_to(value_of(side));
            out.values.push_back({sides[side], table.at(sides[side]).parse(in)});
        }
        in.go_to(end);
        return true;
    });
}

PropertyId PropertyBuilder::two_sides(std::string name, PropertyId start, PropertyId end) {
    const PropertyTable& table = table_;
    return shorthand(std::move(name), {start, end}, [&table, start, end](ValueReader& in, Expansion& out) {
        const std::size_t first = in.position();
        Setter set_start = table.at(start).parse(in);
        if (!set_start) return false;
        if (in.at_end()) in.go_to(first);
        Setter set_end = table.at(end).parse(in);
        if (!set_end) return false;
        out.values.push_back({start, std::move(set_start)});
        out.values.push_back({end, std::move(set_end)});
        return true;
    });
}

PropertyId PropertyBuilder::any_order(std::string name, std::vector<PropertyId> longhands) {
    const PropertyTable& table = table_;
    return shorthand(std::move(name), longhands, [&table, longhands](ValueReader& in, Expansion& out) {
        std::vector<Setter> setters(longhands.size());
        while (!in.at_end()) {
            bool taken = false;
            for (std::size_t at = 0; at < longhands.size() && !taken; ++at)
                if (!setters[at] && (setters[at] = table.at(longhands[at]).parse(in))) taken = true;
            if (!taken) return false;
        }
        for (std::size_t at = 0; at < longhands.size(); ++at)
            out.values.push_back(setters[at] ? LonghandValue{longhands[at], std::move(setters[at])}
                                             : initially(table, longhands[at]));
        return true;
    });
}

const ElementStyle& initial_style() {
    static const ElementStyle initial = [] {
        ElementStyle style;
        // “medium”; it counts only where there is a border style (finish_style)
        style.computed.border_width.fill(Length::px(3));
        style.computed.column_rule_width = Length::px(3);
        style.custom = std::make_shared<const CustomProperties>();
        return style;
    }();
    return initial;
}

const PropertyTable& property_table() {
    static const PropertyTable table = [] {
        PropertyTable made;
        return made;
    }();
    static const bool filled = [] {
        // Shorthands keep a reference to the table, so it is filled where it will stay.
        PropertyBuilder builder(const_cast<PropertyTable&>(table)); // nobody sees it before this has ended
        add_text_properties(builder);
        add_font_properties(builder);
        add_box_properties(builder);
        add_border_properties(builder);
        add_table_and_column_properties(builder);
        add_fragmentation_properties(builder);
        add_content_properties(builder);
        add_page_properties(builder);
        add_known_properties(builder);
        return true;
    }();
    static_cast<void>(filled);
    return table;
}

bool parse_property(const Property& property, const ComponentValues& value, Expansion& expansion) {
    ValueReader in(value);
    if (in.at_end()) return false;
    if (property.kind == Property::Kind::shorthand) return property.expand(in, expansion) && in.at_end();
    Setter setter = property.parse(in);
    if (!setter || !in.at_end()) return false;
    expansion.values.push_back({property_table().id(property), std::move(setter)});
    return true;
}

} // namespace bifolio
