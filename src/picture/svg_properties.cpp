#include "picture/svg_properties.h"

#include "base/number.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio {
namespace {

std::string_view first_argument(std::string_view function) {
    const std::size_t open = function.find('(');
    std::size_t depth = 0, at = open + 1;
    for (; at < function.size(); ++at) {
        if (function[at] == '(') ++depth;
        if (function[at] == ')' && depth-- == 0) break;
        if (function[at] == ',' && depth == 0) break;
    }
    return trimmed(function.substr(open + 1, at - open - 1));
}

bool set_paint_colour(SvgPaint& paint, std::string_view value, SvgPaint::Kind& kind) {
    if (equals_ignoring_ascii_case(value, "currentcolor")) {
        kind = SvgPaint::Kind::current_colour;
        return true;
    }
    if (value.starts_with("light-dark(")) value = first_argument(value); // paper is light
    const std::size_t icc = value.find("icc-color(");
    if (icc != std::string_view::npos) value = trimmed(value.substr(0, icc)); // the sRGB colour before it is the same one
    const std::optional<Colour> colour = parse_colour(value);
    if (!colour) return false;
    paint.colour = *colour;
    kind = SvgPaint::Kind::colour;
    return true;
}

bool set_paint(SvgPaint& paint, std::string_view value) {
    SvgPaint made;
    if (value == "none") {
        made.kind = SvgPaint::Kind::none;
    } else if (value == "context-fill") {
        made.kind = SvgPaint::Kind::context_fill;
    } else if (value == "context-stroke") {
        made.kind = SvgPaint::Kind::context_stroke;
    } else if (const std::optional<SvgReference> reference = parse_url_reference(value)) {
        made.kind = SvgPaint::Kind::reference;
        made.id = reference->id;
        made.has_fallback = !reference->fallback.empty();
        if (made.has_fallback && reference->fallback != "none" && !set_paint_colour(made, reference->fallback, made.fallback))
            return false;
    } else if (!set_paint_colour(made, value, made.kind)) {
        return false;
    }
    paint = made;
    return true;
}

// A length that does not depend on the viewport.
std::optional<double> font_relative(const SvgSetting& setting, std::string_view value, double percent_of) {
    const std::optional<SvgLength> length = parse_svg_length(value);
    if (!length) return std::nullopt;
    switch (length->unit) {
    case SvgUnit::px: return length->value;
    case SvgUnit::em: return length->value * setting.style.font.size;
    case SvgUnit::ex: return length->value * setting.style.font.size / 2;
    case SvgUnit::rem: return length->value * setting.root_size;
    case SvgUnit::percent: return length->value / 100 * percent_of;
    }
    return std::nullopt;
}

std::optional<SvgLength> resolved_font_units(const SvgSetting& setting, const SvgLength& length) {
    switch (length.unit) {
    case SvgUnit::em: return SvgLength{length.value * setting.style.font.size, SvgUnit::px};
    case SvgUnit::ex: return SvgLength{length.value * setting.style.font.size / 2, SvgUnit::px};
    case SvgUnit::rem: return SvgLength{length.value * setting.root_size, SvgUnit::px};
    case SvgUnit::px:
    case SvgUnit::percent: break;
    }
    return length;
}

bool set_length(const SvgSetting& setting, SvgLength& length, std::string_view value) {
    const std::optional<SvgLength> parsed = parse_svg_length(value);
    if (!parsed) return false;
    length = *resolved_font_units(setting, *parsed);
    return true;
}

template <class Value>
struct Keyword {
    std::string_view word;
    Value value;
};
template <class Value, std::size_t n>
bool set_keyword(Value& target, std::string_view value, const Keyword<Value> (&keywords)[n]) {
    for (const Keyword<Value>& keyword : keywords) {
        if (!equals_ignoring_ascii_case(keyword.word, value)) continue;
        target = keyword.value;
        return true;
    }
    return false;
}

bool set_opacity(double& opacity, std::string_view value) {
    const std::optional<double> parsed = parse_opacity(value);
    if (parsed) opacity = *parsed;
    return parsed.has_value();
}

bool set_marker(std::string& id, std::string_view value) {
    if (value == "none") {
        id.clear();
        return true;
    }
    const std::optional<SvgReference> reference = parse_url_reference(value);
    if (reference) id = reference->id;
    return reference.has_value();
}

bool set_font_size(const SvgSetting& setting, std::string_view value) {
    constexpr double medium = 16;
    static constexpr Keyword<double> keywords[] = {
        {"xx-small", medium * 0.6}, {"x-small", medium * 0.75}, {"small", medium * 8 / 9}, {"medium", medium},
        {"large", medium * 1.2},    {"x-large", medium * 1.5},  {"xx-large", medium * 2},  {"xxx-large", medium * 3}};
    double& size = setting.style.font.size;
    if (set_keyword(size, value, keywords)) return true;
    const double outer = setting.parent.font.size;
    if (value == "larger") return size = outer * 1.2, true;
    if (value == "smaller") return size = outer / 1.2, true;
    size = outer; // em and % refer to the parent's
    const std::optional<double> length = font_relative(setting, value, outer);
    if (!length || *length < 0) return false;
    size = *length;
    return true;
}

bool set_font_weight(const SvgSetting& setting, std::string_view value) {
    int& weight = setting.style.font.weight;
    const int outer = setting.parent.font.weight;
    if (value == "normal") return weight = 400, true;
    if (value == "bold") return weight = 700, true;
    if (value == "bolder") return weight = outer < 350 ? 400 : outer < 550 ? 700 : 900, true;
    if (value == "lighter") return weight = outer < 550 ? 100 : outer < 750 ? 400 : 700, true;
    const std::optional<double> number = parse_number(value);
    if (!number || *number < 1 || *number > 1000) return false;
    weight = static_cast<int>(*number);
    return true;
}

bool set_font_families(const SvgSetting& setting, std::string_view value) {
    std::vector<std::string> families;
    while (!value.empty()) {
        std::string family;
        value = trimmed(value);
        if (value.starts_with('"') || value.starts_with('\'')) {
            const std::size_t end = value.find(value.front(), 1);
            if (end == std::string_view::npos) return false;
            family = std::string(value.substr(1, end - 1));
            value.remove_prefix(end + 1);
        }
        const std::size_t comma = std::min(value.find(','), value.size());
        if (family.empty()) family = collapsed(value.substr(0, comma));
        constexpr std::size_t most_families = 32;
        if (!family.empty() && families.size() < most_families) families.push_back(family);
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    if (families.empty()) return false;
    setting.style.font.families = std::move(families);
    return true;
}

bool set_font_slant(const SvgSetting& setting, std::string_view value) {
    static constexpr Keyword<TextSlant> keywords[] = {
        {"normal", TextSlant::normal}, {"italic", TextSlant::italic}, {"oblique", TextSlant::oblique}};
    return set_keyword(setting.style.font.slant, value.substr(0, value.find(' ')), keywords);
}

bool set_font_stretch(const SvgSetting& setting, std::string_view value) {
    static constexpr Keyword<double> keywords[] = {
        {"ultra-condensed", 0.5}, {"extra-condensed", 0.625}, {"condensed", 0.75},     {"semi-condensed", 0.875}, {"normal", 1},
        {"semi-expanded", 1.125}, {"expanded", 1.25},         {"extra-expanded", 1.5}, {"ultra-expanded", 2}};
    if (set_keyword(setting.style.font.stretch, value, keywords)) return true;
    const std::optional<SvgLength> length = parse_svg_length(value);
    if (!length || length->unit != SvgUnit::percent) return false;
    setting.style.font.stretch = std::clamp(length->value / 100, 0.5, 2.0);
    return true;
}

bool set_font_variant(const SvgSetting& setting, std::string_view value) {
    static constexpr Keyword<bool> keywords[] = {{"normal", false}, {"none", false}, {"small-caps", true}};
    return set_keyword(setting.style.font.small_caps, value, keywords);
}

// [ style || variant || weight || stretch ]? size [ / line-height ]? family#
bool set_font(const SvgSetting& setting, std::string_view value) {
    TextFont& font = setting.style.font;
    font = {font.families, font.size, 400, TextSlant::normal, 1, false};
    for (;;) {
        value = trimmed(value);
        const std::size_t end = std::min(value.find_first_of(" \t\r\n"), value.size());
        const std::string_view word = value.substr(0, end);
        if (word.empty()) return false;
        value.remove_prefix(end);
        const bool is_number = parse_number(word).has_value();
        if (is_number || word == "bold" || word == "bolder" || word == "lighter" || word == "normal") {
            if (!set_font_weight(setting, word)) return false;
        } else if (word == "italic" || word == "oblique") {
            set_font_slant(setting, word);
        } else if (word == "small-caps") {
            font.small_caps = true;
        } else if (!set_font_stretch(setting, word)) {
            const std::string_view size = word.substr(0, word.find('/'));
            if (!set_font_size(setting, size)) return false;
            value = trimmed(value);
            if (value.starts_with('/')) { // “12px / 1.2 serif”
                value = trimmed(value.substr(1));
                value.remove_prefix(std::min(value.find_first_of(" \t\r\n"), value.size()));
            }
            return set_font_families(setting, value);
        }
    }
}

bool set_spacing(const SvgSetting& setting, double& spacing, std::string_view value) {
    if (value == "normal") return spacing = 0, true;
    const std::optional<double> length = font_relative(setting, value, setting.style.font.size);
    if (length) spacing = *length;
    return length.has_value();
}

bool set_dashes(const SvgSetting& setting, std::string_view value) {
    std::vector<SvgLength>& dashes = setting.style.dashes;
    if (value == "none") return dashes.clear(), true;
    bool valid = false;
    std::vector<SvgLength> lengths = parse_svg_lengths(value, valid);
    if (!valid || lengths.size() > 1000 || std::ranges::any_of(lengths, [](const SvgLength& length) { return length.value < 0; }))
        return false;
    for (SvgLength& length : lengths) length = *resolved_font_units(setting, length);
    dashes = std::move(lengths);
    return true;
}

bool set_decoration(const SvgSetting& setting, std::string_view value) {
    SvgStyle& style = setting.style;
    if (value == "none") return true; // an ancestor's line goes on all the same
    while (!(value = trimmed(value)).empty()) {
        const std::size_t end = std::min(value.find_first_of(" \t\r\n"), value.size());
        const std::string_view word = value.substr(0, end);
        if (word == "underline")
            style.underline = true;
        else if (word == "overline")
            style.overline = true;
        else if (word == "line-through")
            style.line_through = true;
        else if (word != "solid" && word != "auto" && word != "currentcolor")
            return false;
        value.remove_prefix(end);
    }
    return true;
}

bool set_baseline(const SvgSetting& setting, std::string_view value) {
    static constexpr Keyword<TextBaseline> keywords[] = {
        {"auto", TextBaseline::alphabetic},        {"alphabetic", TextBaseline::alphabetic},
        {"baseline", TextBaseline::alphabetic},    {"no-change", TextBaseline::alphabetic},
        {"use-script", TextBaseline::alphabetic},  {"middle", TextBaseline::middle},
        {"central", TextBaseline::central},        {"mathematical", TextBaseline::central},
        {"hanging", TextBaseline::hanging},        {"text-before-edge", TextBaseline::text_top},
        {"before-edge", TextBaseline::text_top},   {"text-top", TextBaseline::text_top},
        {"top", TextBaseline::text_top},           {"text-after-edge", TextBaseline::text_bottom},
        {"after-edge", TextBaseline::text_bottom}, {"text-bottom", TextBaseline::text_bottom},
        {"bottom", TextBaseline::text_bottom},     {"ideographic", TextBaseline::ideographic}};
    return set_keyword(setting.style.baseline, value, keywords);
}

bool set_baseline_shift(const SvgSetting& setting, std::string_view value) {
    double& shift = setting.style.own.baseline_shift;
    if (value == "baseline") return shift = 0, true;
    if (value == "sub") return shift = -setting.parent.font.size * 0.2, true;
    if (value == "super") return shift = setting.parent.font.size * 0.4, true;
    const std::optional<double> length = font_relative(setting, value, setting.style.font.size);
    if (length) shift = *length;
    return length.has_value();
}

bool set_paint_order(const SvgSetting& setting, std::string_view value) {
    const std::size_t fill = value.find("fill"), stroke = value.find("stroke");
    const bool stroke_first = stroke != std::string_view::npos && (fill == std::string_view::npos || stroke < fill);
    setting.style.paint_order = stroke_first ? PaintOrder::stroke_first : PaintOrder::fill_first;
    return true;
}

bool set_clip_path(const SvgSetting& setting, std::string_view value) { return set_marker(setting.style.own.clip_path, value); }

bool set_transform(const SvgSetting& setting, std::string_view value) {
    const std::optional<AffineTransform> transform = parse_transform(value);
    if (transform) setting.style.own.transform = *transform;
    return transform.has_value();
}

bool set_white_space(const SvgSetting& setting, std::string_view value) {
    static constexpr Keyword<bool> keywords[] = {{"normal", false},  {"nowrap", false},  {"pre-line", false},   {"pre", true},
                                                 {"pre-wrap", true}, {"preserve", true}, {"break-spaces", true}};
    return set_keyword(setting.style.preserves_space, value, keywords);
}

bool set_overflow(const SvgSetting& setting, std::string_view value) {
    setting.style.own.has_overflow = true;
    setting.style.own.overflow_visible = value == "visible" || value == "auto";
    return true;
}

bool set_stroke_width(const SvgSetting& setting, std::string_view value) {
    SvgLength width;
    if (!set_length(setting, width, value) || width.value < 0) return false;
    setting.style.stroke_width = width;
    return true;
}

bool set_miter_limit(const SvgSetting& setting, std::string_view value) {
    const std::optional<double> limit = parse_number(value);
    if (limit && *limit >= 1) setting.style.miter_limit = *limit;
    return limit && *limit >= 1;
}

bool set_background(const SvgSetting& setting, std::string_view value) {
    if (value == "none") return setting.style.own.background.kind = SvgPaint::Kind::none, true;
    return set_paint_colour(setting.style.own.background, value, setting.style.own.background.kind);
}

bool set_colour(const SvgSetting& setting, std::string_view value) {
    SvgPaint paint;
    if (!set_paint_colour(paint, value, paint.kind)) return false;
    setting.style.colour = paint.kind == SvgPaint::Kind::current_colour ? setting.parent.colour : paint.colour;
    return true;
}

bool set_markers(const SvgSetting& setting, std::string_view value) {
    SvgStyle& style = setting.style;
    if (!set_marker(style.marker_start, value)) return false;
    style.marker_mid = style.marker_end = style.marker_start;
    return true;
}

constexpr Keyword<FillRule> fill_rules[] = {{"nonzero", FillRule::nonzero}, {"evenodd", FillRule::evenodd}};
constexpr Keyword<LineCap> line_caps[] = {{"butt", LineCap::butt}, {"round", LineCap::round}, {"square", LineCap::square}};
constexpr Keyword<LineJoin> line_joins[] = {{"miter", LineJoin::miter},
                                            {"miter-clip", LineJoin::miter},
                                            {"arcs", LineJoin::miter},
                                            {"round", LineJoin::round},
                                            {"bevel", LineJoin::bevel}};
constexpr Keyword<bool> visibilities[] = {{"visible", true}, {"hidden", false}, {"collapse", false}};
constexpr Keyword<TextAnchor> anchors[] = {
    {"start", TextAnchor::start}, {"middle", TextAnchor::middle}, {"end", TextAnchor::end}};
constexpr Keyword<bool> directions[] = {{"ltr", false}, {"rtl", true}};
constexpr Keyword<bool> stroke_scalings[] = {{"none", true}, {"non-scaling-stroke", false}};

#define COPY(member) [](SvgStyle& to, const SvgStyle& from) { to.member = from.member; }
#define SET(body) [](const SvgSetting& s, std::string_view v) -> bool { return body; }
// Font properties come first: other lengths may be in em.
const SvgProperty properties[] = {
    {"font", true, set_font, COPY(font)},
    {"font-size", true, set_font_size, COPY(font.size)},
    {"font-family", true, set_font_families, COPY(font.families)},
    {"font-weight", true, set_font_weight, COPY(font.weight)},
    {"font-style", true, set_font_slant, COPY(font.slant)},
    {"font-stretch", true, set_font_stretch, COPY(font.stretch)},
    {"font-variant", true, set_font_variant, COPY(font.small_caps)},
    {"font-variant-caps", true, set_font_variant, COPY(font.small_caps)},
    {"color", true, set_colour, COPY(colour)},
    {"fill", true, SET(set_paint(s.style.fill, v)), COPY(fill)},
    {"stroke", true, SET(set_paint(s.style.stroke, v)), COPY(stroke)},
    {"fill-opacity", true, SET(set_opacity(s.style.fill_opacity, v)), COPY(fill_opacity)},
    {"stroke-opacity", true, SET(set_opacity(s.style.stroke_opacity, v)), COPY(stroke_opacity)},
    {"fill-rule", true, SET(set_keyword(s.style.fill_rule, v, fill_rules)), COPY(fill_rule)},
    {"clip-rule", true, SET(set_keyword(s.style.clip_rule, v, fill_rules)), COPY(clip_rule)},
    {"stroke-width", true, set_stroke_width, COPY(stroke_width)},
    {"stroke-dasharray", true, set_dashes, COPY(dashes)},
    {"stroke-dashoffset", true, SET(set_length(s, s.style.dash_offset, v)), COPY(dash_offset)},
    {"stroke-linecap", true, SET(set_keyword(s.style.line_cap, v, line_caps)), COPY(line_cap)},
    {"stroke-linejoin", true, SET(set_keyword(s.style.line_join, v, line_joins)), COPY(line_join)},
    {"stroke-miterlimit", true, set_miter_limit, COPY(miter_limit)},
    {"paint-order", true, set_paint_order, COPY(paint_order)},
    {"visibility", true, SET(set_keyword(s.style.visible, v, visibilities)), COPY(visible)},
    {"letter-spacing", true, SET(set_spacing(s, s.style.letter_spacing, v)), COPY(letter_spacing)},
    {"word-spacing", true, SET(set_spacing(s, s.style.word_spacing, v)), COPY(word_spacing)},
    {"text-anchor", true, SET(set_keyword(s.style.anchor, v, anchors)), COPY(anchor)},
    {"direction", true, SET(set_keyword(s.style.right_to_left, v, directions)), COPY(right_to_left)},
    {"white-space", true, set_white_space, COPY(preserves_space)},
    {"dominant-baseline", true, set_baseline, COPY(baseline)},
    {"alignment-baseline", true, set_baseline, COPY(baseline)},
    {"text-decoration", false, set_decoration, COPY(underline)},
    {"text-decoration-line", false, set_decoration, COPY(underline)},
    {"marker", true, set_markers, COPY(marker_start)},
    {"marker-start", true, SET(set_marker(s.style.marker_start, v)), COPY(marker_start)},
    {"marker-mid", true, SET(set_marker(s.style.marker_mid, v)), COPY(marker_mid)},
    {"marker-end", true, SET(set_marker(s.style.marker_end, v)), COPY(marker_end)},
    {"opacity", false, SET(set_opacity(s.style.own.opacity, v)), COPY(own.opacity)},
    {"display", false, SET((s.style.own.displayed = v != "none", true)), COPY(own.displayed)},
    {"clip-path", false, set_clip_path, COPY(own.clip_path)},
    {"stop-color", false, SET(set_paint_colour(s.style.own.stop_colour, v, s.style.own.stop_colour.kind)), COPY(own.stop_colour)},
    {"stop-opacity", false, SET(set_opacity(s.style.own.stop_opacity, v)), COPY(own.stop_opacity)},
    {"overflow", false, set_overflow, COPY(own.overflow_visible)},
    {"vector-effect", false, SET(set_keyword(s.style.own.scales_stroke, v, stroke_scalings)), COPY(own.scales_stroke)},
    {"baseline-shift", false, set_baseline_shift, COPY(own.baseline_shift)},
    {"transform", false, set_transform, COPY(own.transform)},
    {"background", false, set_background, COPY(own.background)},
    {"background-color", false, set_background, COPY(own.background)},
};
#undef COPY
#undef SET

} // namespace

const SvgProperty* find_svg_property(std::string_view name) {
    const auto* found = std::ranges::find(properties, name, &SvgProperty::name);
    return found == std::end(properties) ? nullptr : found;
}

} // namespace bifolio
