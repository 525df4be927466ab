// property.h: every property by name: how its value is read, what that does to a style, how it is inherited.
//
// A value that was read is a Setter: a function that puts it into the style of an element. So a longhand is told in one place.
// Shorthands give setters for their longhands.
#pragma once

#include "style/element_style.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bifolio {

using PropertyId = std::uint16_t;

// In which order values are computed: later ones look at what earlier ones have set. font: all but the font size, which is
// relative to the parent alone; then lengths know their font.
enum class Phase : std::uint8_t { font_size, font, line_height, normal, vertical_align };

struct LonghandValue {
    PropertyId property = 0;
    Setter set;
};
struct Expansion {
    std::vector<LonghandValue> values;
    std::string warning; // what of a valid value we cannot do; empty: nothing
};

struct Property {
    enum class Kind : std::uint8_t {
        longhand,
        shorthand,
        ignored,     // means nothing on paper: no warning
        unsupported, // would change the page, but not ours: one warning
    };
    std::string name;
    Kind kind = Kind::ignored;
    bool inherited = false;
    Phase phase = Phase::normal;
    bool paper_only = false;                                              // reading systems do not know it
    std::function<Setter(ValueReader&)> parse;                            // longhand; nullptr: not one of its values
    std::function<void(ElementStyle& to, const ElementStyle& from)> copy; // longhand
    Setter initial;                                                       // longhand
    std::function<bool(ValueReader&, Expansion&)> expand;                 // shorthand
    std::vector<PropertyId> longhands;                                    // shorthand
};

class PropertyTable {
public:
    const Property* find(std::string_view lower_name) const; // nullptr: unknown
    PropertyId id(const Property& property) const { return static_cast<PropertyId>(&property - all_.data()); }
    const Property& at(PropertyId id) const { return all_[id]; }
    const std::vector<Property>& all() const { return all_; }
    std::vector<std::string> names() const; // of those that do something

private:
    friend class PropertyBuilder;
    PropertyId add(Property property);
    std::vector<Property> all_;
    std::unordered_map<std::string, PropertyId> by_name_; // looked up only, never walked
};

const PropertyTable& property_table();

// Reads a whole value; false: it is not one of the property's. The property is a longhand or shorthand.
bool parse_property(const Property& property, const ComponentValues& value, Expansion& expansion);

} // namespace bifolio
