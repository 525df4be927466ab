#include "write/svg/write_svg.h"

#include "base/overloaded.h"
#include "write/svg/drawing_markup.h"
#include "write/svg/glyph_markup.h"
#include "write/svg/svg_markup.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

struct Box { // px
    double x = 0, y = 0, width = 0, height = 0;
};
using Corners = std::array<double, 4>; // top left, top right, bottom right, bottom left

std::string attribute(std::string_view name, double value) { return " " + std::string(name) + "=\"" + svg_number(value) + "\""; }

DrawingPath rounded_rectangle(const Box& box, const Corners& radius) {
    constexpr double k = 1 - 0.5522847498; // a quarter circle as a Bézier curve
    const auto [top_left, top_right, bottom_right, bottom_left] = radius;
    const double left = box.x, top = box.y, right = box.x + box.width, bottom = box.y + box.height;
    DrawingPath path;
    const auto put = [&](PathVerb verb, std::initializer_list<DrawingPoint> points) {
        path.verbs.push_back(verb);
        path.points.insert(path.points.end(), points);
    };
    if (radius == Corners{}) {
        put(PathVerb::move, {{left, top}});
        for (const DrawingPoint corner : {DrawingPoint{right, top}, {right, bottom}, {left, bottom}})
            put(PathVerb::line, {corner});
        put(PathVerb::close, {});
        return path;
    }
    put(PathVerb::move, {{left + top_left, top}});
    put(PathVerb::line, {{right - top_right, top}});
    put(PathVerb::cubic, {{right - top_right * k, top}, {right, top + top_right * k}, {right, top + top_right}});
    put(PathVerb::line, {{right, bottom - bottom_right}});
    put(PathVerb::cubic,
        {{right, bottom - bottom_right * k}, {right - bottom_right * k, bottom}, {right - bottom_right, bottom}});
    put(PathVerb::line, {{left + bottom_left, bottom}});
    put(PathVerb::cubic, {{left + bottom_left * k, bottom}, {left, bottom - bottom_left * k}, {left, bottom - bottom_left}});
    put(PathVerb::line, {{left, top + top_left}});
    put(PathVerb::cubic, {{left, top + top_left * k}, {left + top_left * k, top}, {left + top_left, top}});
    put(PathVerb::close, {});
    return path;
}

class PagePainter {
public:
    PagePainter(const Pages& pages, SvgDefinitions& definitions, Diagnostics& diagnostics)
        : pages_(pages), definitions_(definitions), diagnostics_(diagnostics) {}

    void paint(const PlacedItem& item) {
        const DrawingPoint at{in_px(item.at.x), in_px(item.at.y)};
        std::visit(overloaded{
                       [&](const GlyphRun& run) { out_ += glyph_markup(run, at, definitions_); },
                       [&](const BoxDecoration& box) { paint_box(box, at); },
                       [&](const LineRule& rule) { paint_rule(rule, at); },
                       [&](const PlacedPicture& picture) { paint_picture(picture, at, item.owner); },
                   },
                   item.item);
    }
    std::string take() { return std::move(out_); }

private:
    void rectangle(const Box& box, Colour colour, double opacity) {
        if (box.width <= 0 || box.height <= 0) return;
        out_ += "<rect" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
                attribute("height", box.height) + svg_paint("fill", colour, opacity) + svg_inks({"fill"}, colour) + "/>\n";
    }

    void line(DrawingPoint from, DrawingPoint to, double thickness, BorderStyle style, Colour colour, double opacity) {
        out_ += "<path d=\"M" + svg_number(from.x) + " " + svg_number(from.y) + "L" + svg_number(to.x) + " " + svg_number(to.y) +
                "\" fill=\"none\"" + svg_paint("stroke", colour, opacity) + svg_inks({"stroke"}, colour) +
                attribute("stroke-width", thickness);
        if (style == BorderStyle::dotted)
            out_ += " stroke-linecap=\"round\" stroke-dasharray=\"0 " + svg_number(2 * thickness) + "\"";
        else if (style == BorderStyle::dashed)
            out_ += " stroke-dasharray=\"" + svg_number(3 * thickness) + " " + svg_number(2 * thickness) + "\"";
        out_ += "/>\n";
    }

    void paint_rule(const LineRule& rule, DrawingPoint at) {
        const double length = in_px(rule.length), thickness = in_px(rule.thickness);
        if (length <= 0 || thickness <= 0) return;
        const auto bar = [&](double inset, double share) {
            if (rule.vertical)
                rectangle({at.x + inset, at.y, share, length}, rule.colour, 1);
            else
                rectangle({at.x, at.y + inset, length, share}, rule.colour, 1);
        };
        if (rule.style == BorderStyle::dashed || rule.style == BorderStyle::dotted) {
            const double half = thickness / 2;
            const DrawingPoint from = rule.vertical ? DrawingPoint{at.x + half, at.y} : DrawingPoint{at.x, at.y + half};
            const DrawingPoint to = rule.vertical ? DrawingPoint{from.x, from.y + length} : DrawingPoint{from.x + length, from.y};
            line(from, to, thickness, rule.style, rule.colour, 1);
        } else if (rule.style == BorderStyle::double_) {
            bar(0, thickness / 3);
            bar(thickness * 2 / 3, thickness / 3);
        } else {
            bar(0, thickness);
        }
    }

    void paint_box(const BoxDecoration& box, DrawingPoint at) {
        const Box border{at.x, at.y, in_px(box.width), in_px(box.height)};
        Corners radius{};
        for (std::size_t i = 0; i < 4; ++i) radius[i] = std::min({in_px(box.radius[i]), border.width / 2, border.height / 2});
        if (!box.background.is_invisible() && border.width > 0 && border.height > 0) {
            if (radius == Corners{})
                rectangle(border, box.background, box.opacity);
            else
                out_ += "<path d=\"" + svg_path(rounded_rectangle(border, radius)) + "\"" +
                        svg_paint("fill", box.background, box.opacity) + svg_inks({"fill"}, box.background) + "/>\n";
        }
        paint_borders(box, border, radius);
    }

    static bool visible(const BoxDecoration& box, std::size_t side) {
        return box.border_width[side] > Length{} && box.border_style[side] != BorderStyle::none &&
               box.border_style[side] != BorderStyle::hidden && !box.border_colour[side].is_invisible();
    }

    void paint_borders(const BoxDecoration& box, const Box& border, const Corners& radius) {
        bool all_alike = true;
        for (std::size_t side = 0; side < 4; ++side)
            all_alike = all_alike && visible(box, side) && box.border_width[side] == box.border_width[0] &&
                        box.border_style[side] == box.border_style[0] && box.border_colour[side] == box.border_colour[0];
        if (all_alike && radius != Corners{}) { // one stroke round the corners
            const double thickness = in_px(box.border_width[0]), inset = thickness / 2;
            Corners middle = radius;
            for (double& r : middle) r = std::max(0.0, r - inset);
            const Box stroked{border.x + inset, border.y + inset, border.width - thickness, border.height - thickness};
            out_ += "<path d=\"" + svg_path(rounded_rectangle(stroked, middle)) + "\" fill=\"none\"" +
                    svg_paint("stroke", box.border_colour[0], box.opacity) + svg_inks({"stroke"}, box.border_colour[0]) +
                    attribute("stroke-width", thickness) + "/>\n";
            return;
        }
        for (std::size_t side = 0; side < 4; ++side)
            if (visible(box, side)) paint_border(box, border, static_cast<Side>(side));
    }

    void paint_border(const BoxDecoration& box, const Box& border, Side side) {
        const std::size_t index = static_cast<std::size_t>(side);
        const double thickness = in_px(box.border_width[index]);
        const BorderStyle style = box.border_style[index];
        const Colour colour = box.border_colour[index];
        // A bar of the border's length and this thickness, so far from the edge.
        const auto bar = [&](double inset, double share) -> Box {
            switch (side) {
            case Side::top: return {border.x, border.y + inset, border.width, share};
            case Side::right: return {border.x + border.width - inset - share, border.y, share, border.height};
            case Side::bottom: return {border.x, border.y + border.height - inset - share, border.width, share};
            case Side::left: return {border.x + inset, border.y, share, border.height};
            }
            return {};
        };
        const Box whole = bar(0, thickness);
        if (style == BorderStyle::dashed || style == BorderStyle::dotted) {
            const bool upright = side == Side::left || side == Side::right;
            const double half = thickness / 2;
            if (upright)
                line({whole.x + half, whole.y}, {whole.x + half, whole.y + whole.height}, thickness, style, colour, box.opacity);
            else
                line({whole.x, whole.y + half}, {whole.x + whole.width, whole.y + half}, thickness, style, colour, box.opacity);
        } else if (style == BorderStyle::double_) {
            rectangle(bar(0, thickness / 3), colour, box.opacity);
            rectangle(bar(thickness * 2 / 3, thickness / 3), colour, box.opacity);
        } else {
            rectangle(whole, colour, box.opacity);
        }
    }

    void paint_picture(const PlacedPicture& picture, DrawingPoint at, const Owner& owner) {
        if (picture.resource == no_resource) return;
        const Box box{at.x, at.y, in_px(picture.width), in_px(picture.height)};
        Box whole = box;
        if (picture.whole)
            whole = {at.x + in_px(picture.whole->x), at.y + in_px(picture.whole->y), in_px(picture.whole->width),
                     in_px(picture.whole->height)};
        const std::size_t index = bifolio::index(picture.resource);
        const std::string key = std::to_string(index);
        const auto& drawing = pages_.drawings[index];
        std::string inner, problem;
        if (drawing && drawing->width > 0 && drawing->height > 0) {
            const AffineTransform onto{whole.width / drawing->width, 0, 0, whole.height / drawing->height, whole.x, whole.y};
            inner = "<g transform=\"" + svg_matrix(onto) + "\">\n" +
                    drawing_markup(*drawing, picture, key, definitions_, problem) + "</g>\n";
        } else if (const auto& bytes = pages_.book->resources[index].bytes; bytes && !drawing) {
            const auto id = definitions_.image(key, *bytes);
            if (id)
                inner = "<use xlink:href=\"#" + id.value() + "\" transform=\"" +
                        svg_matrix({whole.width, 0, 0, whole.height, whole.x, whole.y}) + "\"/>\n";
            else
                problem = id.error();
        }
        if (!problem.empty()) {
            const auto* content = std::get_if<Content>(&owner);
            diagnostics_.error("svg.unreadable-picture", content ? pages_.book->node(content->node).info.where : Span(),
                               "the picture ‘" + pages_.book->resources[index].path + "’ cannot be shown: " + problem);
        }
        if (inner.empty()) return;
        const bool clips = picture.whole || drawing; // nothing outside a drawing's box may show
        if (picture.opacity < 1) out_ += "<g opacity=\"" + svg_number(picture.opacity) + "\">\n";
        if (clips) out_ += "<g clip-path=\"url(#" + definitions_.clip(rounded_rectangle(box, {}), FillRule::nonzero) + ")\">\n";
        out_ += inner;
        if (clips) out_ += "</g>\n";
        if (picture.opacity < 1) out_ += "</g>\n";
    }

    const Pages& pages_;
    SvgDefinitions& definitions_;
    Diagnostics& diagnostics_;
    std::string out_;
};

} // namespace

std::string write_svg(const Pages& pages, PageIndex page_index, const FontLibrary& fonts, const SvgOptions& options,
                      Diagnostics& diagnostics) {
    const Page& page = pages.pages[index(page_index)];
    SvgDefinitions definitions(fonts);
    PagePainter painter(pages, definitions, diagnostics);
    for (const PlacedItem& item : page.items) painter.paint(item);
    const std::string painted = painter.take();

    const double bleed = options.extent == SvgExtent::bleed ? in_px(page.bleed) : 0;
    const double width = in_px(page.width) + 2 * bleed, height = in_px(page.height) + 2 * bleed;
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"" +
                      attribute("width", width) + attribute("height", height) + " viewBox=\"" + svg_number(-bleed) + " " +
                      svg_number(-bleed) + " " + svg_number(width) + " " + svg_number(height) + "\" role=\"img\"";
    if (!options.language.empty()) out += " xml:lang=\"" + svg_escaped(options.language) + "\"";
    out += ">\n<title>" + svg_escaped(options.title) + "</title>\n";
    if (!options.description.empty()) out += "<desc>" + svg_escaped(options.description) + "</desc>\n";
    if (!definitions.markup().empty()) out += "<defs>\n" + definitions.markup() + "</defs>\n";
    return out + painted + "</svg>\n";
}

} // namespace bifolio
