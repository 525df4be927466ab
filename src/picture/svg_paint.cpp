// Paint servers (SVG 2 § 14), strokes (§ 13.5) and clipping paths (CSS Masking 1 § 6).
#include "picture/svg_reader.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <cmath>

namespace bifolio {
namespace {

constexpr int most_inherited_gradients = 16;

bool look_the_same(const std::vector<GradientStop>& stops) {
    return std::ranges::all_of(stops, [&](const GradientStop& stop) {
        return stop.colour == stops.front().colour && stop.opacity == stops.front().opacity;
    });
}

Paint solid(const GradientStop& stop) { return Paint::solid(stop.colour, stop.opacity); }

} // namespace

Paint Paint::solid(Colour colour, double opacity) {
    Paint paint;
    paint.source = colour.opaque();
    paint.opacity = colour.opacity() * opacity;
    return paint;
}

std::optional<Paint> SvgReader::paint_of(SvgNodeId node, const SvgPaint& paint, double opacity, const SvgStyle& style,
                                         const Place& place, const Bounds* bounds) {
    const auto of_colour = [&](Colour colour) -> std::optional<Paint> {
        if (colour.opacity() * opacity <= 0) return std::nullopt;
        return Paint::solid(colour, opacity);
    };
    switch (paint.kind) {
    case SvgPaint::Kind::none: return std::nullopt;
    case SvgPaint::Kind::colour: return of_colour(paint.colour);
    case SvgPaint::Kind::current_colour: return of_colour(style.colour);
    case SvgPaint::Kind::context_fill:
    case SvgPaint::Kind::context_stroke: {
        if (context_ == nullptr) return std::nullopt;
        const SvgPaint& meant = paint.kind == SvgPaint::Kind::context_fill ? context_->fill : context_->stroke;
        if (meant.kind == SvgPaint::Kind::colour) return of_colour(meant.colour);
        if (meant.kind == SvgPaint::Kind::current_colour) return of_colour(context_->colour);
        if (meant.kind != SvgPaint::Kind::none) problem(node, "a gradient cannot be handed on to a marker");
        return std::nullopt;
    }
    case SvgPaint::Kind::reference: break;
    }
    if (opacity <= 0) return std::nullopt;
    const SvgNodeId server = document_.by_id(paint.id);
    const std::string_view kind = server == no_svg_node ? std::string_view() : document_[server].name;
    std::optional<Paint> result;
    if (kind == "linearGradient" || kind == "radialGradient") {
        result = paint_from_server(node, server, place, bounds);
        if (result) result->opacity *= opacity;
        return result;
    }
    if (paint.has_fallback && server == no_svg_node) {
        if (paint.fallback == SvgPaint::Kind::colour) return of_colour(paint.colour);
        return paint.fallback == SvgPaint::Kind::current_colour ? of_colour(style.colour) : std::nullopt;
    }
    if (server == no_svg_node)
        problem(node, "there is no gradient ‘" + paint.id + "’ in the file");
    else
        problem(node, "painting with a ‘" + std::string(kind.substr(0, 40)) + "’ cannot be drawn");
    return std::nullopt;
}

std::vector<GradientStop> SvgReader::stops_of(SvgNodeId gradient) {
    std::vector<GradientStop> stops;
    if (!visit(gradient, document_[gradient].children.size())) return stops;
    const SvgStyle gradient_style = styler_.style_in_place(gradient);
    for (const SvgNodeId child : document_[gradient].children) {
        if (document_[child].name != "stop") continue;
        if (!spend(1, child)) break;
        const SvgStyle style = styler_.style_of(child, gradient_style);
        const Colour colour =
            style.own.stop_colour.kind == SvgPaint::Kind::current_colour ? style.colour : style.own.stop_colour.colour;
        const std::string_view text = trimmed(document_.value(child, "offset"));
        const std::optional<double> offset = text.empty() ? 0 : parse_opacity(text);
        if (!offset) problem(child, "the offset ‘" + std::string(text.substr(0, 40)) + "’ is not understood");
        const double least = stops.empty() ? 0 : stops.back().offset;
        stops.push_back({std::max(offset.value_or(least), least), colour.opaque(), colour.opacity() * style.own.stop_opacity});
    }
    return stops;
}

std::optional<Paint> SvgReader::paint_from_server(SvgNodeId node, SvgNodeId server, const Place& place, const Bounds* bounds) {
    // The gradient and those it refers to; what the first leaves open the next may say.
    std::vector<SvgNodeId> line{server};
    for (int i = 0; i < most_inherited_gradients; ++i) {
        const SvgAttribute* href = document_.attribute(line.back(), "href");
        if (href == nullptr) break;
        const SvgNodeId next = referenced(line.back(), href->value);
        if (next == no_svg_node || std::ranges::find(line, next) != line.end()) break;
        line.push_back(next);
    }
    const auto attribute = [&](std::string_view name) -> const SvgAttribute* {
        for (const SvgNodeId each : line) {
            if (const SvgAttribute* found = document_.attribute(each, name)) return found;
        }
        return nullptr;
    };
    std::vector<GradientStop> stops;
    for (const SvgNodeId each : line) {
        stops = stops_of(each);
        if (!stops.empty()) break;
    }
    if (stops.empty()) return std::nullopt;
    if (stops.size() == 1 || look_the_same(stops)) return solid(stops.back());

    const SvgAttribute* units = attribute("gradientUnits");
    const bool in_box = units == nullptr || units->value != "userSpaceOnUse";
    if (in_box && bounds == nullptr) {
        problem(node, "a gradient in units of the bounding box cannot be drawn on text");
        return std::nullopt;
    }
    if (in_box && (bounds->empty || bounds->width() <= 0 || bounds->height() <= 0)) return std::nullopt;
    const Place box_place = in_box ? Place{{}, 1, 1} : place;
    const SvgStyle server_style = styler_.style_in_place(server);
    const auto coordinate = [&](std::string_view name, Axis axis, double percent) {
        const SvgAttribute* found = attribute(name);
        std::optional<SvgLength> length = SvgLength{percent, SvgUnit::percent};
        if (found != nullptr) length = parse_svg_length(found->value);
        if (!length) problem(*found, "the length ‘" + std::string(found->value.substr(0, 40)) + "’ is not understood");
        return resolve(length.value_or(SvgLength{percent, SvgUnit::percent}), in_box && axis == Axis::diagonal ? Axis::x : axis,
                       server_style, box_place);
    };
    Gradient gradient;
    gradient.stops = std::move(stops);
    if (const SvgAttribute* spread = attribute("spreadMethod")) {
        gradient.spread = spread->value == "reflect"  ? SpreadMethod::reflect
                          : spread->value == "repeat" ? SpreadMethod::repeat
                                                      : SpreadMethod::pad;
    }
    if (const SvgAttribute* transform = attribute("gradientTransform")) {
        const std::optional<AffineTransform> parsed = parse_transform(transform->value);
        if (!parsed) problem(*transform, "the transform is not understood");
        gradient.transform = parsed.value_or(AffineTransform());
    }
    if (in_box)
        gradient.transform =
            AffineTransform{bounds->width(), 0, 0, bounds->height(), bounds->left, bounds->top} * gradient.transform;
    if (!inverse(gradient.transform)) return solid(gradient.stops.back());
    if (document_[server].name == "linearGradient") {
        gradient.p1 = {coordinate("x1", Axis::x, 0), coordinate("y1", Axis::y, 0)};
        gradient.p2 = {coordinate("x2", Axis::x, 100), coordinate("y2", Axis::y, 0)};
        if (gradient.p1 == gradient.p2) return solid(gradient.stops.back());
        Paint paint;
        paint.source = std::move(gradient);
        return paint;
    }
    gradient.kind = Gradient::Kind::radial;
    gradient.p2 = {coordinate("cx", Axis::x, 50), coordinate("cy", Axis::y, 50)};
    gradient.r2 = coordinate("r", Axis::diagonal, 50);
    if (!(gradient.r2 > 0)) return solid(gradient.stops.back());
    gradient.p1 = {attribute("fx") != nullptr ? coordinate("fx", Axis::x, 50) : gradient.p2.x,
                   attribute("fy") != nullptr ? coordinate("fy", Axis::y, 50) : gradient.p2.y};
    gradient.r1 = attribute("fr") != nullptr ? std::max(coordinate("fr", Axis::diagonal, 0), 0.0) : 0;
    // A focus outside of the circle is moved just inside, as SVG 1.1 says.
    const double x = gradient.p1.x - gradient.p2.x, y = gradient.p1.y - gradient.p2.y, distance = std::hypot(x, y);
    const double most = gradient.r2 * 0.999;
    if (distance > most) gradient.p1 = {gradient.p2.x + x * most / distance, gradient.p2.y + y * most / distance};
    Paint paint;
    paint.source = std::move(gradient);
    return paint;
}

std::optional<Stroke> SvgReader::stroke_of(SvgNodeId node, const SvgStyle& style, const Place& place, const Bounds* bounds) {
    Stroke stroke;
    stroke.width = resolve(style.stroke_width, Axis::diagonal, style, place);
    if (!(stroke.width > 0)) return std::nullopt;
    std::optional<Paint> paint = paint_of(node, style.stroke, style.stroke_opacity, style, place, bounds);
    if (!paint) return std::nullopt;
    stroke.paint = std::move(*paint);
    stroke.cap = style.line_cap;
    stroke.join = style.line_join;
    stroke.miter_limit = style.miter_limit;
    if (!spend(style.dashes.size(), node)) return std::nullopt;
    double sum = 0;
    for (const SvgLength& length : style.dashes) {
        stroke.dashes.push_back(resolve(length, Axis::diagonal, style, place));
        sum += stroke.dashes.back();
    }
    if (!(sum > 0)) stroke.dashes.clear();
    if (stroke.dashes.size() % 2 != 0) {
        const std::vector<double> once = stroke.dashes;
        stroke.dashes.insert(stroke.dashes.end(), once.begin(), once.end());
    }
    if (!stroke.dashes.empty()) stroke.dash_offset = resolve(style.dash_offset, Axis::diagonal, style, place);
    return stroke;
}

// The clipPath element may itself be clipped; each is one more clip. What the chain refers to wrongly is reported here.
std::size_t SvgReader::count_clips(SvgNodeId node, const std::string& id) {
    std::size_t count = 0;
    std::string next = id;
    while (!next.empty()) {
        const SvgNodeId clip = document_.by_id(next);
        if (clip == no_svg_node || document_[clip].name != "clipPath") {
            problem(node, "there is no clipPath ‘" + next + "’ in the file");
            return count;
        }
        if (++count > limits::svg_use_depth) {
            problem(node, "the clipPath ‘" + id + "’ refers to itself");
            return 0;
        }
        next = styler_.style_in_place(clip).own.clip_path;
    }
    return count;
}

void SvgReader::fill_clips(SvgNodeId node, const std::string& id, const Place& place, std::size_t first, std::size_t count) {
    std::string next = id;
    const std::size_t content_begin = first + count;
    bool empty = false;
    for (std::size_t i = 0; i < count; ++i) {
        const SvgNodeId clip = document_.by_id(next);
        const SvgStyle clip_style = styler_.style_in_place(clip);
        AffineTransform transform = place.transform;
        Place inner = place;
        if (document_.value(clip, "clipPathUnits") == "objectBoundingBox") {
            bool has_text = false;
            const Bounds bounds = content_bounds(content_begin, drawing_.commands.size(), place.transform, has_text);
            if (has_text) problem(node, "a clip in units of the bounding box cannot be drawn on text");
            transform = transform * AffineTransform{bounds.width(), 0, 0, bounds.height(), bounds.left, bounds.top};
            inner.view_width = inner.view_height = 1;
        }
        PushClip made;
        const bool sound = clip_shapes(clip, transform * clip_style.own.transform, inner, made);
        empty = empty || (sound && made.path.verbs.empty());
        const bool sane =
            std::ranges::all_of(made.path.points, [](DrawingPoint p) { return std::abs(p.x) < 1e9 && std::abs(p.y) < 1e9; });
        if (!sane) problem(clip, "a coordinate is too large");
        if (!sane) made.path = {};
        std::get<PushClip>(drawing_.commands[first + i]) = std::move(made);
        next = clip_style.own.clip_path;
    }
    if (empty || drawing_.commands.size() == content_begin) { // nothing shows
        drawing_.commands.resize(first);
        return;
    }
    for (std::size_t i = 0; i < count; ++i) close_clip();
}

// False when something in the clipPath cannot be drawn.
bool SvgReader::clip_shapes(SvgNodeId clip, const AffineTransform& transform, const Place& place, PushClip& result) {
    const std::size_t problems = problems_.size();
    if (!visit(clip, document_[clip].children.size())) return false;
    const SvgStyle style = styler_.style_in_place(clip);
    for (const SvgNodeId child : document_[clip].children) {
        if (!document_[child].is_text()) add_clip_shape(child, style, transform, place, result, 0);
    }
    return problems_.size() == problems;
}

namespace {

// Twice the area inside of the path's polygon of end points; its sign says which way round it goes.
double signed_area(const DrawingPath& path) {
    double area = 0;
    DrawingPoint start, from;
    std::size_t at = 0;
    const auto go = [&](DrawingPoint to) {
        area += from.x * to.y - to.x * from.y;
        from = to;
    };
    for (const PathVerb verb : path.verbs) {
        if (verb == PathVerb::close || verb == PathVerb::move) go(start);
        if (verb == PathVerb::move) start = from = path.points[at++];
        if (verb == PathVerb::line) go(path.points[at++]);
        if (verb == PathVerb::cubic) {
            for (int i = 0; i < 3; ++i) go(path.points[at++]);
        }
    }
    go(start);
    return area;
}

// The same subpaths, walked the other way round.
DrawingPath reversed(const DrawingPath& path) {
    DrawingPath result;
    PathBuilder builder(result);
    std::vector<PathVerb> verbs;
    std::vector<DrawingPoint> points;
    const auto flush = [&](bool closed) {
        if (points.empty()) return;
        builder.move(points.back());
        std::size_t at = points.size() - 1;
        for (auto verb = verbs.rbegin(); verb != verbs.rend(); ++verb) {
            if (*verb == PathVerb::line) {
                builder.line(points[at - 1]);
                at -= 1;
            } else {
                builder.cubic(points[at - 1], points[at - 2], points[at - 3]);
                at -= 3;
            }
        }
        if (closed) builder.close();
        verbs.clear();
        points.clear();
    };
    std::size_t at = 0;
    for (const PathVerb verb : path.verbs) {
        if (verb == PathVerb::close) {
            flush(true);
        } else if (verb == PathVerb::move) {
            flush(false);
            points.push_back(path.points[at++]);
        } else {
            verbs.push_back(verb);
            for (int i = 0; i < (verb == PathVerb::cubic ? 3 : 1); ++i) points.push_back(path.points[at++]);
        }
    }
    flush(false);
    return result;
}

} // namespace

// Shapes are united by the nonzero rule, so all of them must go the same way round.
void SvgReader::add_clip_shape(SvgNodeId node, const SvgStyle& parent, AffineTransform transform, const Place& place,
                               PushClip& result, int depth) {
    const std::string_view name = document_[node].name;
    if (name == "title" || name == "desc" || name == "metadata" || !visit(node)) return;
    const SvgStyle style = styler_.style_of(node, parent);
    if (!style.own.displayed || !conditions_hold(node)) return;
    transform = transform * style.own.transform;
    if (!style.own.clip_path.empty()) problem(node, "a clipped shape inside of a clipPath cannot be drawn");
    if (name == "use" && depth < 4) {
        const SvgNodeId target = referenced(node, document_.value(node, "href"));
        if (target == no_svg_node) return;
        transform =
            transform *
            AffineTransform{1, 0, 0, 1, length(node, "x", Axis::x, style, place, 0), length(node, "y", Axis::y, style, place, 0)};
        return add_clip_shape(target, style, transform, place, result, depth + 1);
    }
    if (!is_shape(node)) return problem(node, "‘" + std::string(name.substr(0, 40)) + "’ inside of a clipPath cannot be drawn");
    if (!style.visible) return;
    DrawingPath path = transformed(shape_path(node, style, place), transform);
    if (path.verbs.size() < 2 || !spend(path.points.size(), node)) return;
    if (result.path.verbs.empty())
        result.rule = style.clip_rule;
    else if (style.clip_rule == FillRule::evenodd || result.rule == FillRule::evenodd) {
        return problem(node, "several shapes in a clipPath with ‘clip-rule: evenodd’ cannot be drawn");
    }
    if (style.clip_rule == FillRule::nonzero && signed_area(path) < 0) path = reversed(path);
    append_path(result.path, path);
}

Bounds SvgReader::content_bounds(std::size_t begin, std::size_t end, const AffineTransform& to_drawing, bool& has_text) const {
    Bounds bounds;
    const std::optional<AffineTransform> back = inverse(to_drawing);
    if (!back) return bounds;
    for (std::size_t i = begin; i < end; ++i) {
        if (const auto* path = std::get_if<PathCommand>(&drawing_.commands[i])) {
            bounds.add(bounds_of(path->path, *back * path->transform));
        } else if (const auto* image = std::get_if<ImageCommand>(&drawing_.commands[i])) {
            const AffineTransform transform = *back * image->transform;
            for (const DrawingPoint corner : {DrawingPoint{0, 0}, {1, 0}, {0, 1}, {1, 1}}) bounds.add(transform(corner));
        } else if (std::holds_alternative<TextCommand>(drawing_.commands[i])) {
            has_text = true;
        }
    }
    return bounds;
}

} // namespace bifolio
