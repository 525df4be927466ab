#include "io/limits.h"
#include "picture/svg_reader.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace bifolio {

bool SvgReader::is_shape(SvgNodeId node) const {
    static constexpr std::array shapes =
        std::to_array<std::string_view>({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"});
    return std::ranges::find(shapes, document_[node].name) != shapes.end();
}

DrawingPath SvgReader::rectangle_of(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const auto value = [&](std::string_view name, Axis axis, double otherwise) {
        return length(node, name, axis, style, place, otherwise);
    };
    const double width = value("width", Axis::x, 0), height = value("height", Axis::y, 0);
    if (!(width > 0) || !(height > 0)) return {};
    // A radius that is not given is as the other one.
    double rx = value("rx", Axis::x, -1), ry = value("ry", Axis::y, -1);
    if (rx < 0) rx = ry;
    if (ry < 0) ry = rx;
    return rectangle_path(value("x", Axis::x, 0), value("y", Axis::y, 0), width, height, std::max(rx, 0.0), std::max(ry, 0.0));
}

DrawingPath SvgReader::shape_path(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const std::string_view name = document_[node].name;
    const auto value = [&](std::string_view which, Axis axis) { return length(node, which, axis, style, place, 0); };
    if (name == "rect") return rectangle_of(node, style, place);
    if (name == "circle") {
        const double r = value("r", Axis::diagonal);
        return r > 0 ? ellipse_path(value("cx", Axis::x), value("cy", Axis::y), r, r) : DrawingPath();
    }
    if (name == "ellipse") {
        const bool has_rx = has_length(node, "rx", style), has_ry = has_length(node, "ry", style);
        const double rx = has_rx ? value("rx", Axis::x) : value("ry", Axis::y), ry = has_ry ? value("ry", Axis::y) : rx;
        return rx > 0 && ry > 0 ? ellipse_path(value("cx", Axis::x), value("cy", Axis::y), rx, ry) : DrawingPath();
    }
    DrawingPath path;
    PathBuilder builder(path);
    if (name == "line") {
        builder.move({value("x1", Axis::x), value("y1", Axis::y)});
        builder.line({value("x2", Axis::x), value("y2", Axis::y)});
        return path;
    }
    if (name == "path") {
        const SvgAttribute* data = document_.attribute(node, "d");
        if (data == nullptr) return {};
        PathData parsed = parse_path_data(data->value);
        if (parsed.error_at != std::string_view::npos) {
            const auto at = static_cast<std::uint32_t>(data->end - data->value.size() + parsed.error_at);
            problem(at, at + 1, "the path data are damaged here");
        }
        return std::move(parsed.path);
    }
    const SvgAttribute* points = document_.attribute(node, "points"); // polyline, polygon
    if (points == nullptr) return {};
    const std::optional<std::vector<double>> numbers = parse_svg_numbers(points->value);
    if (!numbers || numbers->size() % 2 != 0) problem(*points, "the points are not pairs of numbers");
    if (!numbers) return {};
    for (std::size_t i = 0; i + 1 < numbers->size(); i += 2) {
        if (i == 0)
            builder.move({(*numbers)[0], (*numbers)[1]});
        else
            builder.line({(*numbers)[i], (*numbers)[i + 1]});
    }
    if (name == "polygon" && !path.verbs.empty()) builder.close();
    return path;
}

// One command where fill and stroke go together, two where the order or a pen of fixed size parts them.
void SvgReader::emit_painted(SvgNodeId node, const DrawingPath& path, const SvgStyle& style, const Place& place) {
    const Bounds bounds = bounds_of(path);
    PathCommand filled{
        place.transform, path, style.fill_rule, paint_of(node, style.fill, style.fill_opacity, style, place, &bounds), {}};
    PathCommand stroked{place.transform, {}, style.fill_rule, {}, stroke_of(node, style, place, &bounds)};
    const bool has_fill = filled.fill.has_value();
    if (!stroked.stroke) {
        if (has_fill) emit(std::move(filled), node);
        return;
    }
    if (!style.own.scales_stroke) { // the pen keeps its size whatever the transform
        stroked.path = transformed(path, place.transform);
        stroked.transform = {};
        Stroke& stroke = *stroked.stroke;
        if (auto* gradient = std::get_if<Gradient>(&stroke.paint.source))
            gradient->transform = place.transform * gradient->transform;
    } else if (!has_fill || style.paint_order == PaintOrder::fill_first) {
        filled.stroke = std::move(stroked.stroke);
        emit(std::move(filled), node);
        return;
    } else {
        stroked.path = path;
    }
    const bool stroke_first = style.paint_order == PaintOrder::stroke_first;
    if (stroke_first) emit(std::move(stroked), node);
    if (has_fill) emit(std::move(filled), node);
    if (!stroke_first) emit(std::move(stroked), node);
}

void SvgReader::draw_shape(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const DrawingPath path = shape_path(node, style, place);
    if (path.verbs.size() < 2 || !style.visible) return; // a lone move shows nothing
    emit_painted(node, path, style, place);
    const std::string_view name = document_[node].name;
    if (name != "rect" && name != "circle" && name != "ellipse") draw_markers(node, path, style, place);
}

// A vertex of a path and the directions in which the path comes and goes (0 0: it does not).
struct SvgReader::Vertex {
    DrawingPoint at, in, out;
};

namespace {

DrawingPoint difference(DrawingPoint a, DrawingPoint b) { return {a.x - b.x, a.y - b.y}; }
bool is_zero(DrawingPoint p) { return p.x == 0 && p.y == 0; }
DrawingPoint first_direction(std::initializer_list<DrawingPoint> directions) {
    for (const DrawingPoint& direction : directions) {
        if (!is_zero(direction)) return direction;
    }
    return {};
}

} // namespace

std::vector<SvgReader::Vertex> SvgReader::vertices_of(const DrawingPath& path) {
    std::vector<Vertex> vertices;
    std::size_t at = 0, start = 0;
    for (const PathVerb verb : path.verbs) {
        const DrawingPoint from = vertices.empty() ? DrawingPoint{} : vertices.back().at;
        switch (verb) {
        case PathVerb::move:
            start = vertices.size();
            vertices.push_back({path.points[at++], {}, {}});
            break;
        case PathVerb::line: {
            const DrawingPoint direction = difference(path.points[at], from);
            vertices.back().out = direction;
            vertices.push_back({path.points[at++], direction, {}});
            break;
        }
        case PathVerb::cubic: {
            const DrawingPoint p1 = path.points[at], p2 = path.points[at + 1], p3 = path.points[at + 2];
            at += 3;
            vertices.back().out = first_direction({difference(p1, from), difference(p2, from), difference(p3, from)});
            vertices.push_back({p3, first_direction({difference(p3, p2), difference(p3, p1), difference(p3, from)}), {}});
            break;
        }
        case PathVerb::close: {
            const DrawingPoint direction = difference(vertices[start].at, from);
            const DrawingPoint arriving = is_zero(direction) ? vertices.back().in : direction;
            vertices.back().out = direction;
            vertices[start].in = arriving;
            vertices.push_back({vertices[start].at, arriving, vertices[start].out});
            break;
        }
        }
    }
    return vertices;
}

namespace {

// SVG 2 § 13.7.4: the angle in degrees that bisects the directions.
double angle_at(DrawingPoint in, DrawingPoint out) {
    if (is_zero(in)) in = out;
    if (is_zero(out)) out = in;
    if (is_zero(in)) return 0;
    const double in_length = std::hypot(in.x, in.y), out_length = std::hypot(out.x, out.y);
    DrawingPoint sum{in.x / in_length + out.x / out_length, in.y / in_length + out.y / out_length};
    if (std::abs(sum.x) < 1e-9 && std::abs(sum.y) < 1e-9) sum = {-in.y, in.x};
    return std::atan2(sum.y, sum.x) * 180 / std::numbers::pi;
}

// The words for a place in the view box, as a part of it.
double place_in_box(std::string_view word) { return word == "center" ? 0.5 : word == "right" || word == "bottom" ? 1 : 0; }

} // namespace

void SvgReader::draw_markers(SvgNodeId node, const DrawingPath& path, const SvgStyle& style, const Place& place) {
    if (style.marker_start.empty() && style.marker_mid.empty() && style.marker_end.empty()) return;
    const std::vector<Vertex> vertices = vertices_of(path);
    for (std::size_t i = 0; i < vertices.size() && !exhausted_; ++i) {
        const bool is_last = i + 1 == vertices.size();
        if (i == 0 && !style.marker_start.empty()) draw_marker(node, style.marker_start, vertices[i], true, style, place);
        if (i > 0 && !is_last && !style.marker_mid.empty()) draw_marker(node, style.marker_mid, vertices[i], false, style, place);
        if (is_last && !style.marker_end.empty()) draw_marker(node, style.marker_end, vertices[i], false, style, place);
    }
}

void SvgReader::draw_marker(SvgNodeId owner, const std::string& id, const Vertex& vertex, bool is_start, const SvgStyle& style,
                            const Place& place) {
    const SvgNodeId marker = document_.by_id(id);
    if (marker == no_svg_node || document_[marker].name != "marker")
        return problem(owner, "there is no marker ‘" + id + "’ in the file");
    if (std::ranges::find(open_references_, marker) != open_references_.end() ||
        open_references_.size() >= limits::svg_use_depth) {
        return problem(owner, "the marker ‘" + id + "’ uses itself");
    }
    const SvgStyle marker_style = styler_.style_in_place(marker);
    const auto value = [&](std::string_view name, Axis axis, double otherwise) {
        return length(marker, name, axis, marker_style, place, otherwise);
    };
    const double width = value("markerWidth", Axis::x, 3), height = value("markerHeight", Axis::y, 3);
    if (!(width > 0) || !(height > 0)) return;
    const std::string_view orient = document_.value(marker, "orient");
    double angle = 0;
    if (orient.starts_with("auto")) {
        angle = angle_at(vertex.in, vertex.out);
        if (orient == "auto-start-reverse" && is_start) angle += 180;
    }
    std::optional<AffineTransform> turn =
        parse_transform("rotate(" + std::string(orient.starts_with("auto") || orient.empty() ? "0" : orient) + ")");
    if (!turn) {
        problem(marker, "the orientation of the marker is not understood");
        turn = AffineTransform();
    }
    if (angle != 0) {
        const double radians = angle * std::numbers::pi / 180;
        turn = AffineTransform{std::cos(radians), std::sin(radians), -std::sin(radians), std::cos(radians), 0, 0};
    }
    const double scale = document_.value(marker, "markerUnits") == "userSpaceOnUse"
                             ? 1
                             : resolve(style.stroke_width, Axis::diagonal, style, place);
    const std::optional<ViewBox> box = parse_view_box(document_.value(marker, "viewBox"));
    const std::optional<AspectRatio> aspect = parse_aspect_ratio(document_.value(marker, "preserveAspectRatio"));
    const ViewBox view = box.value_or(ViewBox{0, 0, width, height});
    const AffineTransform to_view =
        box ? view_box_transform(*box, aspect.value_or(AspectRatio()), width, height) : AffineTransform();
    // refX and refY are in the coordinates of the content, or words for a place in the view box.
    const auto reference = [&](std::string_view name, Axis axis, double begin, double extent) {
        const std::string_view text = trimmed(document_.value(marker, name));
        const bool is_word = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
        return is_word ? begin + place_in_box(text) * extent : value(name, axis, 0);
    };
    const DrawingPoint anchor =
        to_view({reference("refX", Axis::x, view.x, view.width), reference("refY", Axis::y, view.y, view.height)});
    const AffineTransform frame = place.transform * AffineTransform{1, 0, 0, 1, vertex.at.x, vertex.at.y} * *turn *
                                  AffineTransform{scale, 0, 0, scale, 0, 0} * AffineTransform{1, 0, 0, 1, -anchor.x, -anchor.y};
    const Place inner{frame * to_view, view.width, view.height};
    const bool clips = !marker_style.own.overflow_visible;
    if (clips && !emit(PushClip{transformed(rectangle_path(0, 0, width, height, 0, 0), frame), FillRule::nonzero}, marker))
        return;
    open_references_.push_back(marker);
    const SvgStyle* outer_context = std::exchange(context_, &style);
    draw_children(marker, marker_style, inner);
    context_ = outer_context;
    open_references_.pop_back();
    if (clips) close_clip();
}

} // namespace bifolio
