#include "write/svg/glyph_markup.h"

#include "write/svg/svg_markup.h"

namespace bifolio {

namespace {

constexpr double synthetic_slant = 0.21;  // tan 12°, as in the PDF
constexpr double synthetic_weight = 0.03; // of the em

} // namespace

std::string glyph_markup(const GlyphRun& run, DrawingPoint at, SvgDefinitions& definitions) {
    const double em = definitions.units_per_em(run.font), size = in_px(run.size);
    if (size <= 0) return {};
    const double scale = size / em;
    std::string uses;
    Length pen;
    for (const Glyph& glyph : run.glyphs) {
        if (const std::string id = definitions.glyph(run.font, glyph.id); !id.empty()) {
            uses += "<use xlink:href=\"#" + id + "\"";
            if (const Length x = pen + glyph.x_offset; x != Length()) uses += " x=\"" + svg_number(in_px(x) / scale, 1) + "\"";
            if (const Length y = glyph.y_offset; y != Length()) uses += " y=\"" + svg_number(in_px(y) / scale, 1) + "\"";
            uses += "/>";
        }
        pen += glyph.advance;
    }
    if (uses.empty()) return {};
    const AffineTransform from_font{scale, 0, run.synthetic_italic ? synthetic_slant * scale : 0, -scale, at.x, at.y};
    std::string out = "<g transform=\"" + svg_matrix(from_font) + "\"" + svg_paint("fill", run.colour, run.opacity);
    out += run.synthetic_bold ? svg_inks({"fill", "stroke"}, run.colour) : svg_inks({"fill"}, run.colour);
    if (run.synthetic_bold)
        out += svg_paint("stroke", run.colour, run.opacity) + " stroke-width=\"" + svg_number(synthetic_weight * em) + "\"";
    return out + ">" + uses + "</g>\n";
}

} // namespace bifolio
