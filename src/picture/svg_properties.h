// svg_properties.h: the properties that drawings may set, and how each takes its value. Internal to svg_style.
#pragma once

#include "picture/svg_style.h"

#include <string_view>

namespace bifolio {

// Everything a property's value may depend on.
struct SvgSetting {
    SvgStyle& style;
    const SvgStyle& parent;
    double root_size; // font-size of the root
};
using SetSvgProperty = bool (*)(const SvgSetting&, std::string_view value); // false: the value is not understood
using CopySvgProperty = void (*)(SvgStyle& to, const SvgStyle& from);

struct SvgProperty {
    std::string_view name;
    bool inherited;
    SetSvgProperty set;
    CopySvgProperty copy;
};

const SvgProperty* find_svg_property(std::string_view name); // nullptr: it is none of them

} // namespace bifolio
