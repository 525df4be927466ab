#include "write/svg/definitions.h"

#include "base/base64.h"
#include "layout/text/glyph_outline.h"
#include "picture/colour_conversion.h"
#include "picture/png.h"
#include "write/svg/svg_markup.h"

namespace bifolio {

namespace {

// A picture as every SVG reader can show it: a JPEG in gray or RGB, or a PNG.
Result<std::string> showable(std::string_view bytes) {
    const auto info = probe_picture(bytes);
    if (!info) return Result<std::string>::failure(info.error());
    const bool in_inks = info.value().components == 4;
    if (!in_inks && (info.value().kind == PictureKind::jpeg || info.value().kind == PictureKind::png))
        return publishable_picture(bytes);
    auto pixels = decode_pixels(bytes);
    if (!pixels) return Result<std::string>::failure(pixels.error());
    RasterPicture picture = pixels.take();
    if (picture.components == 4) picture = shown_on_screen(std::move(picture));
    return write_png(picture);
}

void append_points(std::string& out, const auto& points, std::size_t from, std::size_t count, int decimals) {
    for (std::size_t i = from; i < from + count; ++i) {
        if (i > from) out += ' ';
        append_svg_number(out, points[i].x, decimals);
        out += ' ';
        append_svg_number(out, points[i].y, decimals);
    }
}

// What a step of a path is called, and how many points it takes.
struct PathStep {
    char command;
    std::size_t points;
};
PathStep step_of(OutlineVerb verb) {
    switch (verb) {
    case OutlineVerb::move: return {'M', 1};
    case OutlineVerb::line: return {'L', 1};
    case OutlineVerb::quadratic: return {'Q', 2};
    case OutlineVerb::cubic: return {'C', 3};
    case OutlineVerb::close: break;
    }
    return {'Z', 0};
}
PathStep step_of(PathVerb verb) {
    switch (verb) {
    case PathVerb::move: return {'M', 1};
    case PathVerb::line: return {'L', 1};
    case PathVerb::cubic: return {'C', 3};
    case PathVerb::close: break;
    }
    return {'Z', 0};
}

std::string path_of(const auto& shape, int decimals) {
    std::string out;
    std::size_t at = 0;
    for (const auto verb : shape.verbs) {
        const PathStep step = step_of(verb);
        out += step.command;
        append_points(out, shape.points, at, step.points, decimals);
        at += step.points;
    }
    return out;
}

std::string_view spread_name(SpreadMethod spread) {
    switch (spread) {
    case SpreadMethod::pad: return "pad";
    case SpreadMethod::reflect: return "reflect";
    case SpreadMethod::repeat: return "repeat";
    }
    return "";
}

} // namespace

std::string svg_path(const DrawingPath& path) { return path_of(path, 3); }

std::string SvgDefinitions::glyph(FontId font, std::uint32_t glyph) {
    const auto [found, is_new] = glyphs_.try_emplace({font, glyph});
    if (!is_new) return found->second;
    const GlyphOutline outline = glyph_outline(fonts_, font, glyph);
    if (outline.empty()) return {};
    found->second = next_id('g');
    markup_ += "<path id=\"" + found->second + "\" d=\"" + path_of(outline, 1) + "\"/>\n";
    return found->second;
}

Result<std::string> SvgDefinitions::image(const std::string& key, std::string_view bytes) {
    if (const auto known = images_.find(key); known != images_.end()) return known->second;
    auto file = showable(bytes);
    if (!file) return images_.emplace(key, file).first->second;
    const auto info = probe_picture(file.value());
    const std::string id = next_id('i');
    markup_ += "<image id=\"" + id + "\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" xlink:href=\"data:" +
               std::string(media_type(info ? info.value().kind : PictureKind::png)) + ";base64," + base64(file.value()) +
               "\"/>\n";
    return images_.emplace(key, id).first->second;
}

std::string SvgDefinitions::gradient(const Gradient& gradient, double opacity) {
    const std::string id = next_id('p');
    const bool linear = gradient.kind == Gradient::Kind::linear;
    const auto attribute = [&](std::string_view name, double value) {
        markup_ += " " + std::string(name) + "=\"" + svg_number(value) + "\"";
    };
    markup_ +=
        std::string(linear ? "<linearGradient" : "<radialGradient") + " id=\"" + id + "\" gradientUnits=\"userSpaceOnUse\"";
    if (linear) {
        attribute("x1", gradient.p1.x), attribute("y1", gradient.p1.y);
        attribute("x2", gradient.p2.x), attribute("y2", gradient.p2.y);
    } else { // the focus is the middle of the first circle
        attribute("fx", gradient.p1.x), attribute("fy", gradient.p1.y);
        if (gradient.r1 != 0) attribute("fr", gradient.r1);
        attribute("cx", gradient.p2.x), attribute("cy", gradient.p2.y), attribute("r", gradient.r2);
    }
    if (gradient.spread != SpreadMethod::pad) markup_ += " spreadMethod=\"" + std::string(spread_name(gradient.spread)) + "\"";
    if (!(gradient.transform == AffineTransform{})) markup_ += " gradientTransform=\"" + svg_matrix(gradient.transform) + "\"";
    markup_ += ">";
    for (const GradientStop& stop : gradient.stops)
        markup_ += "<stop offset=\"" + svg_number(stop.offset, 5) + "\"" +
                   svg_paint("stop", stop.colour, stop.opacity * opacity, "-color") + "/>";
    markup_ += linear ? "</linearGradient>\n" : "</radialGradient>\n";
    return id;
}

std::string SvgDefinitions::clip(const DrawingPath& path, FillRule rule) {
    const std::string id = next_id('c');
    markup_ += "<clipPath id=\"" + id + "\"><path d=\"" + svg_path(path) + "\"" +
               (rule == FillRule::evenodd ? " clip-rule=\"evenodd\"" : "") + "/></clipPath>\n";
    return id;
}

} // namespace bifolio
