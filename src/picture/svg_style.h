// svg_style.h: the computed properties of SVG elements (SVG 2 § 6, CSS Cascade 4).
#pragma once

#include "picture/svg_css.h"
#include "picture/svg_values.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

struct SvgPaint {
    enum class Kind { none, colour, current_colour, reference, context_fill, context_stroke } kind = Kind::none;
    Colour colour;  // its alpha counts
    std::string id; // of a reference
    bool has_fallback = false;
    Kind fallback = Kind::none; // none, colour (the one above) or current_colour
};

enum class PaintOrder : std::uint8_t { fill_first, stroke_first };

// Lengths are in user units; percentages of the viewport stay as they are until it is known.
struct SvgStyle {
    // Inherited.
    Colour colour;
    SvgPaint fill{SvgPaint::Kind::colour, Colour::black(), {}, false, SvgPaint::Kind::none};
    SvgPaint stroke;
    double fill_opacity = 1, stroke_opacity = 1;
    FillRule fill_rule = FillRule::nonzero, clip_rule = FillRule::nonzero;
    SvgLength stroke_width{1, SvgUnit::px}, dash_offset;
    std::vector<SvgLength> dashes;
    LineCap line_cap = LineCap::butt;
    LineJoin line_join = LineJoin::miter;
    double miter_limit = 4;
    PaintOrder paint_order = PaintOrder::fill_first;
    bool visible = true;
    TextFont font;
    double letter_spacing = 0, word_spacing = 0;
    TextAnchor anchor = TextAnchor::start;
    TextBaseline baseline = TextBaseline::alphabetic;
    bool right_to_left = false, preserves_space = false;
    bool underline = false, overline = false, line_through = false; // not inherited in CSS, but handed on to the text inside
    std::string language;
    std::string marker_start, marker_mid, marker_end; // ids

    // Not inherited.
    struct Own {
        double opacity = 1;
        bool displayed = true;
        std::string clip_path; // id
        SvgPaint stop_colour{SvgPaint::Kind::colour, Colour::black(), {}, false, SvgPaint::Kind::none};
        double stop_opacity = 1;
        bool overflow_visible = false, has_overflow = false;
        bool scales_stroke = true; // vector-effect
        double baseline_shift = 0; // in user units, upwards
        AffineTransform transform;
        SvgPaint background;                                      // of the root
        std::map<std::string, std::string, std::less<>> geometry; // x, y, width, … set by style
    } own;
};

// Computes styles and says what cannot be shown.
class SvgStyler {
public:
    using Report = std::function<void(std::uint32_t begin, std::uint32_t end, std::string message)>;
    SvgStyler(const SvgDocument& document, const SvgStylesheet& sheet, Report report);

    SvgStyle style_of(SvgNodeId node, const SvgStyle& parent) const; // inherits from `parent`
    SvgStyle style_in_place(SvgNodeId node) const;                   // inherits from the element's own ancestors

private:
    const SvgDocument& document_;
    const SvgStylesheet& sheet_;
    Report report_;
};

} // namespace bifolio
