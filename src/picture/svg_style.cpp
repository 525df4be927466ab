#include "picture/svg_style.h"

#include "base/utf8.h"
#include "picture/svg_properties.h"

#include <algorithm>
#include <array>

namespace bifolio {
namespace {

constexpr std::string_view geometry_properties[] = {"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"};

// Would change the look, and we do not draw it: allowed are only the values that mean “nothing”.
struct Refused {
    std::string_view name;
    std::array<std::string_view, 4> allowed;
};
constexpr Refused refused_properties[] = {
    {"filter", {"none"}},
    {"mask", {"none"}},
    {"mask-image", {"none"}},
    {"backdrop-filter", {"none"}},
    {"mix-blend-mode", {"normal"}},
    {"clip", {"auto"}},
    {"writing-mode", {"horizontal-tb", "lr", "lr-tb", "rl-tb"}},
    {"glyph-orientation-vertical", {"auto", "0", "0deg", "90"}},
    {"text-transform", {"none"}},
    {"text-shadow", {"none"}},
    {"font-size-adjust", {"none"}},
    {"font-feature-settings", {"normal"}},
    {"font-variation-settings", {"normal"}},
    {"font-variant-position", {"normal"}},
    {"font-variant-numeric", {"normal"}},
    {"font-variant-alternates", {"normal"}},
    {"font-variant-east-asian", {"normal"}},
    {"font-synthesis", {"none", "weight style", "weight style small-caps", "weight"}},
    {"transform-origin", {"0", "0 0", "0px 0px", "0px 0px 0px"}},
    {"transform-box", {"view-box"}},
    {"rotate", {"none"}},
    {"scale", {"none"}},
    {"translate", {"none"}},
    {"offset-path", {"none"}},
    {"perspective", {"none"}},
    {"unicode-bidi", {"normal", "embed", "isolate", "plaintext"}},
    {"color-interpolation", {"sRGB", "auto", "srgb"}},
    {"animation", {"none"}},
    {"animation-name", {"none"}},
    {"background-image", {"none"}},
    {"d", {}},
    {"content", {"normal", "none"}},
};
constexpr std::string_view presentation_only[] = {"x",
                                                  "y",
                                                  "width",
                                                  "height",
                                                  "cx",
                                                  "cy",
                                                  "r",
                                                  "rx",
                                                  "ry",
                                                  "d",
                                                  "rotate",
                                                  "scale",
                                                  "filter-res",
                                                  "content",
                                                  "font",
                                                  "background",
                                                  "background-color",
                                                  "background-image",
                                                  "marker-group",
                                                  "white-space-collapse",
                                                  "offset",
                                                  "transform",
                                                  "clip",
                                                  "animation",
                                                  "perspective"};

struct Declared {
    std::string_view property, value;
    std::uint32_t begin, end;
    bool is_attribute;
};

} // namespace

SvgStyler::SvgStyler(const SvgDocument& document, const SvgStylesheet& sheet, Report report)
    : document_(document), sheet_(sheet), report_(std::move(report)) {}

namespace {

// “var(--name, fallback)” for a name that nobody set gives the fallback.
std::string_view without_variables(std::string_view value) {
    for (int i = 0; i < 8 && value.starts_with("var(") && value.ends_with(')'); ++i) {
        const std::size_t comma = value.find(',');
        if (comma == std::string_view::npos) break;
        value = trimmed(value.substr(comma + 1, value.size() - comma - 2));
    }
    return value;
}

bool is_presentation_attribute(std::string_view name) {
    if (std::ranges::find(presentation_only, name) != std::end(presentation_only)) return false;
    return find_svg_property(name) != nullptr ||
           std::ranges::find(refused_properties, name, &Refused::name) != std::end(refused_properties);
}

void apply_keyword_copy(const SvgProperty& property, SvgStyle& style, const SvgStyle& from) {
    property.copy(style, from);
    if (property.name == "marker") {
        style.marker_mid = from.marker_mid;
        style.marker_end = from.marker_end;
    }
}

// False when the value is not understood.
bool apply(const SvgProperty& property, std::string_view value, const SvgSetting& setting) {
    static const SvgStyle initial;
    const bool unset = value == "unset" || value == "revert";
    if (value == "inherit" || (unset && property.inherited)) {
        apply_keyword_copy(property, setting.style, setting.parent);
        return true;
    }
    if (value == "initial" || unset) {
        apply_keyword_copy(property, setting.style, initial);
        return true;
    }
    return property.set(setting, value);
}

} // namespace

SvgStyle SvgStyler::style_of(SvgNodeId node, const SvgStyle& parent) const {
    SvgStyle style = parent;
    style.own = {};
    const SvgNode& element = document_[node];
    std::vector<Declared> declared;
    for (const SvgAttribute& attribute : element.attributes) {
        const bool is_language = attribute.name == "xml:lang" || attribute.name == "lang";
        if (is_language && attribute.value.size() <= 100) style.language = attribute.value;
        if (attribute.name == "xml:space") style.preserves_space = attribute.value == "preserve";
        if (attribute.name == "transform")
            declared.push_back({attribute.name, attribute.value, attribute.begin, attribute.end, true});
        if (is_presentation_attribute(attribute.name)) {
            declared.push_back({attribute.name, attribute.value, attribute.begin, attribute.end, true});
        }
    }
    const SvgAttribute* inline_style = document_.attribute(node, "style");
    const std::vector<SvgDeclaration> own =
        inline_style == nullptr ? std::vector<SvgDeclaration>() : parse_declarations(inline_style->value);
    const auto add_inline = [&](bool important) {
        for (const SvgDeclaration& declaration : own) {
            if (declaration.important != important) continue;
            declared.push_back({declaration.property, declaration.value, inline_style->begin, inline_style->end, false});
        }
    };
    const std::vector<const SvgDeclaration*> ruled = sheet_.declarations_for(node);
    const auto add_ruled = [&](bool important) {
        for (const SvgDeclaration* declaration : ruled) {
            if (declaration->important == important) {
                declared.push_back({declaration->property, declaration->value, element.begin, element.end, false});
            }
        }
    };
    add_ruled(false);
    add_inline(false);
    add_ruled(true);
    add_inline(true);

    const double root_size = 16; // an SVG file is its own root; “rem” is rare enough for the usual size
    const SvgSetting setting{style, parent, root_size};
    // The last valid declaration of a property wins, and font properties are computed before all others.
    const auto apply_where = [&](auto&& is_wanted) {
        for (const Declared& each : declared) {
            const SvgProperty* property = find_svg_property(each.property);
            const std::string_view value = without_variables(trimmed(each.value));
            if (property == nullptr || value.empty() || !is_wanted(*property)) continue;
            if (!apply(*property, value, setting)) {
                report_(each.begin, each.end,
                        "the value ‘" + std::string(value.substr(0, 80)) + "’ of ‘" + std::string(each.property) +
                            "’ is not understood");
            }
        }
    };
    const auto is_font = [](const SvgProperty& property) { return property.name.starts_with("font"); };
    apply_where(is_font);
    apply_where([&](const SvgProperty& property) { return !is_font(property); });

    for (const Declared& each : declared) {
        const std::string_view value = trimmed(each.value);
        if (!each.is_attribute && std::ranges::find(geometry_properties, each.property) != std::end(geometry_properties)) {
            style.own.geometry.insert_or_assign(std::string(each.property), std::string(value));
            continue;
        }
        const auto* refused = std::ranges::find(refused_properties, each.property, &Refused::name);
        if (refused == std::end(refused_properties) || value.empty() || value == "inherit" || value == "initial" ||
            value == "unset")
            continue;
        if (std::ranges::find(refused->allowed, value) == refused->allowed.end()) {
            report_(each.begin, each.end, "the property ‘" + std::string(each.property) + "’ cannot be drawn");
        }
    }
    return style;
}

SvgStyle SvgStyler::style_in_place(SvgNodeId node) const {
    std::vector<SvgNodeId> line;
    for (SvgNodeId up = node; up != no_svg_node; up = document_[up].parent) line.push_back(up);
    SvgStyle style;
    for (auto at = line.rbegin(); at != line.rend(); ++at) style = style_of(*at, style);
    return style;
}

} // namespace bifolio
