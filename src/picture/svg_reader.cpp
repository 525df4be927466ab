#include "picture/svg_reader.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "picture/embedded_picture.h"
#include "picture/picture.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio {
namespace {

constexpr std::size_t most_problems = 100;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

// Elements without a look of their own; some are drawn when another element refers to them.
bool is_not_drawn(std::string_view name) {
    return is_one_of(name, {"defs",     "style",  "metadata", "title",  "desc",       "linearGradient", "radialGradient",
                            "clipPath", "marker", "symbol",   "filter", "mask",       "pattern",        "script",
                            "view",     "cursor", "stop",     "hatch",  "solidcolor", "color-profile"});
}
bool is_animation(std::string_view name) {
    return is_one_of(name, {"animate", "animateTransform", "animateMotion", "animateColor", "set", "discard"});
}

AffineTransform translation(double x, double y) { return {1, 0, 0, 1, x, y}; }

} // namespace

SvgSize size_of_root(const SvgDocument& document, const SvgStyle& style) {
    const std::optional<ViewBox> box = parse_view_box(document.value(SvgDocument::root, "viewBox"));
    const auto side = [&](std::string_view name) -> double { // 0: not given
        const auto styled = style.own.geometry.find(name);
        const std::string_view text =
            styled != style.own.geometry.end() ? styled->second : document.value(SvgDocument::root, name);
        const std::optional<SvgLength> length = parse_svg_length(text);
        if (!length || length->unit == SvgUnit::percent || !(length->value > 0)) return 0;
        switch (length->unit) {
        case SvgUnit::em: return length->value * style.font.size;
        case SvgUnit::ex: return length->value * style.font.size / 2;
        case SvgUnit::rem: return length->value * 16;
        default: return length->value;
        }
    };
    double width = side("width"), height = side("height");
    const bool has_size = width > 0 || height > 0;
    if (width <= 0 && height > 0 && box) width = height * box->width / box->height;
    if (height <= 0 && width > 0 && box) height = width * box->height / box->width;
    if (width <= 0) width = box && !has_size ? box->width : 300; // CSS 2.1 § 10.3.2
    if (height <= 0) height = box && !has_size ? box->height : 150;
    constexpr double most = 1e6; // px: more than 250 metres
    return {std::min(width, most), std::min(height, most), has_size};
}

SvgReader::SvgReader(const SvgDocument& document, Drawing& drawing, std::vector<PictureProblem>& problems)
    : document_(document), drawing_(drawing), problems_(problems), sheet_(document, problems),
      styler_(document, sheet_,
              [this](std::uint32_t begin, std::uint32_t end, std::string message) { problem(begin, end, std::move(message)); }) {}

void SvgReader::problem(std::uint32_t begin, std::uint32_t end, std::string message) {
    if (problems_.size() >= most_problems || !reported_.emplace(begin, message).second) return;
    problems_.push_back({begin, end, std::move(message)});
}
void SvgReader::problem(SvgNodeId node, std::string message) {
    problem(document_[node].begin, document_[node].end, std::move(message));
}
void SvgReader::problem(const SvgAttribute& attribute, std::string message) {
    problem(attribute.begin, attribute.end, std::move(message));
}

bool SvgReader::spend(std::size_t points, SvgNodeId node) {
    points_ += points;
    if (!exhausted_ && (points_ > limits::svg_points || drawing_.commands.size() >= limits::svg_commands)) {
        exhausted_ = true;
        problem(node, "the drawing is too large");
    }
    return !exhausted_;
}

bool SvgReader::visit(SvgNodeId node, std::size_t more) {
    visits_ += 1 + more;
    for (const SvgAttribute& attribute : document_[node].attributes) visits_ += attribute.value.size() / 64;
    if (!exhausted_ && visits_ > limits::svg_visits) {
        exhausted_ = true;
        problem(node, "the drawing is too large");
    }
    return !exhausted_;
}

bool SvgReader::emit(DrawingCommand command, SvgNodeId node) {
    constexpr double most = 1e9;
    const auto is_sane = [](DrawingPoint p) { return std::abs(p.x) < most && std::abs(p.y) < most; }; // also false for NaN
    std::size_t points = 1;
    bool sane = true;
    if (const auto* path = std::get_if<PathCommand>(&command)) {
        points = path->path.points.size();
        sane = std::ranges::all_of(path->path.points, [&](DrawingPoint p) { return is_sane(p) && is_sane(path->transform(p)); });
        if (path->stroke) sane = sane && path->stroke->width < most && is_sane(path->transform({path->stroke->width, 0}));
    } else if (const auto* words = std::get_if<TextCommand>(&command)) {
        const auto is_sane_span = [&](const TextSpan& span) {
            return is_sane({span.x.value_or(0), span.y.value_or(0)}) && is_sane({span.dx, span.dy}) && span.font.size < most;
        };
        sane = is_sane(words->transform({0, 0})) && is_sane(words->transform({1, 1})) &&
               std::ranges::all_of(words->spans, is_sane_span);
    } else if (const auto* clip = std::get_if<PushClip>(&command)) {
        points = clip->path.points.size();
        sane = std::ranges::all_of(clip->path.points, is_sane);
    } else if (const auto* image = std::get_if<ImageCommand>(&command)) {
        sane = is_sane(image->transform({0, 0})) && is_sane(image->transform({1, 1}));
    }
    if (!sane) problem(node, "a coordinate is too large");
    if (!sane || !spend(points, node)) return false;
    drawing_.commands.push_back(std::move(command));
    return true;
}

void SvgReader::read() {
    const std::size_t before = problems_.size();
    check_whole_tree();
    draw_root();
    if (sheet_.is_exhausted()) problem(SvgDocument::root, "the style rules are too many or too intricate");
    std::ranges::stable_sort(problems_.begin() + static_cast<std::ptrdiff_t>(std::min(before, problems_.size())), problems_.end(),
                             {}, &PictureProblem::begin);
    for (const SvgNodeId child : document_[SvgDocument::root].children) {
        if (document_[child].name == "title" && drawing_.title.empty()) drawing_.title = document_.text_of(child);
        if (document_[child].name == "desc" && drawing_.description.empty()) drawing_.description = document_.text_of(child);
    }
}

void SvgReader::check_whole_tree() {
    for (SvgNodeId id = 0; id < document_.size(); ++id) {
        const SvgNode& node = document_[id];
        if (node.name == "script")
            problem(id, "a script cannot run on paper");
        else if (is_animation(node.name))
            problem(id, "an animation (‘" + std::string(node.name) + "’) cannot be shown");
        for (const SvgAttribute& attribute : node.attributes) {
            if (attribute.name.size() > 2 && attribute.name.starts_with("on")) {
                problem(attribute, "the event attribute ‘" + std::string(attribute.name) + "’ cannot work in a book");
            } else if (attribute.name == "href" && to_ascii_lower(trimmed(attribute.value)).starts_with("javascript:")) {
                problem(attribute, "a script cannot run on paper");
            }
        }
    }
}

void SvgReader::draw_root() {
    const SvgStyle style = styler_.style_of(SvgDocument::root, SvgStyle());
    const SvgSize size = size_of_root(document_, style);
    drawing_.width = size.width;
    drawing_.height = size.height;
    drawing_.has_size = size.has_size;
    drawing_.language = style.language;
    Place place{{}, size.width, size.height};
    if (style.own.background.kind == SvgPaint::Kind::colour && !style.own.background.colour.is_invisible()) {
        PathCommand ground;
        ground.path = rectangle_path(0, 0, size.width, size.height, 0, 0);
        ground.fill = Paint::solid(style.own.background.colour);
        emit(std::move(ground), SvgDocument::root);
    }
    draw_element(SvgDocument::root, SvgStyle(), place);
}

void SvgReader::draw_children(SvgNodeId node, const SvgStyle& style, const Place& place) {
    for (const SvgNodeId child : document_[node].children) {
        if (!document_[child].is_text()) draw_element(child, style, place);
    }
}

bool SvgReader::conditions_hold(SvgNodeId node) const {
    if (!document_.value(node, "requiredExtensions").empty()) return false;
    const SvgAttribute* languages = document_.attribute(node, "systemLanguage");
    if (languages == nullptr) return true;
    const std::string own = to_ascii_lower(drawing_.language);
    std::string_view rest = languages->value;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string wanted = to_ascii_lower(trimmed(rest.substr(0, comma)));
        if (!wanted.empty() && (own == wanted || own.starts_with(wanted + "-"))) return true;
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false;
}

// A group of one painted thing needs no group: its own opacity does the same.
void SvgReader::close_group(std::size_t begin, double opacity) {
    std::vector<DrawingCommand>& commands = drawing_.commands;
    if (commands.size() == begin + 1) {
        commands.pop_back();
        return;
    }
    if (commands.size() == begin + 2) {
        if (auto* path = std::get_if<PathCommand>(&commands.back());
            path != nullptr && path->fill.has_value() != path->stroke.has_value()) {
            (path->fill ? *path->fill : path->stroke->paint).opacity *= opacity;
            commands.erase(commands.end() - 2);
            return;
        }
        if (auto* image = std::get_if<ImageCommand>(&commands.back())) {
            image->opacity *= opacity;
            commands.erase(commands.end() - 2);
            return;
        }
    }
    commands.emplace_back(PopGroup{});
}

void SvgReader::draw_element(SvgNodeId node, const SvgStyle& parent, Place place) {
    if (exhausted_ || !visit(node)) return;
    const std::string_view name = document_[node].name;
    if (is_not_drawn(name) || is_animation(name) || !conditions_hold(node)) return;
    const SvgStyle style = styler_.style_of(node, parent);
    if (!style.own.displayed || style.own.opacity <= 0) return;
    place.transform = place.transform * style.own.transform;

    const std::size_t begin = drawing_.commands.size();
    const std::size_t clips = style.own.clip_path.empty() ? 0 : count_clips(node, style.own.clip_path);
    for (std::size_t i = 0; i < clips; ++i) drawing_.commands.emplace_back(PushClip{}); // filled in below
    const bool is_group = style.own.opacity < 1;
    const std::size_t group = drawing_.commands.size();
    if (is_group) drawing_.commands.emplace_back(PushGroup{style.own.opacity});
    draw_content(node, style, place);
    if (is_group) close_group(group, style.own.opacity);
    if (clips > 0) fill_clips(node, style.own.clip_path, place, begin, clips);
}

void SvgReader::draw_content(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const std::string_view name = document_[node].name;
    if (is_shape(node)) return draw_shape(node, style, place);
    if (name == "g" || name == "a") return draw_children(node, style, place);
    if (name == "text") return draw_text(node, style, place);
    if (name == "use") return draw_use(node, style, place);
    if (name == "image") return draw_image(node, style, place);
    if (name == "switch") return draw_switch(node, style, place);
    if (name == "svg") {
        const double width =
            node == SvgDocument::root ? drawing_.width : length(node, "width", Axis::x, style, place, place.view_width);
        const double height =
            node == SvgDocument::root ? drawing_.height : length(node, "height", Axis::y, style, place, place.view_height);
        return draw_nested(node, style, place, width, height);
    }
    if (name == "foreignObject") {
        const std::string words = document_.text_of(node);
        return problem(node, words.empty() ? "foreign content (foreignObject) cannot be drawn"
                                           : "the text ‘" + words.substr(0, 80) +
                                                 "’ is there only as HTML (foreignObject) and cannot be drawn");
    }
    problem(node, "the element ‘" + std::string(name.substr(0, 40)) + "’ cannot be drawn");
}

// An svg or symbol element: a viewport of its own.
void SvgReader::draw_nested(SvgNodeId node, const SvgStyle& style, const Place& place, double width, double height) {
    if (!(width > 0) || !(height > 0)) return;
    const bool is_root = node == SvgDocument::root;
    const bool is_symbol = document_[node].name == "symbol";
    Place inner = place;
    if (!is_root) {
        const double x = length(node, "x", Axis::x, style, place, 0), y = length(node, "y", Axis::y, style, place, 0);
        inner.transform = place.transform * translation(x, y);
    }
    const bool clips = !is_root && !style.own.overflow_visible;
    if (clips &&
        !emit(PushClip{transformed(rectangle_path(0, 0, width, height, 0, 0), inner.transform), FillRule::nonzero}, node))
        return;
    inner.view_width = width;
    inner.view_height = height;
    const SvgAttribute* box_attribute = document_.attribute(node, "viewBox");
    if (const std::optional<ViewBox> box = parse_view_box(box_attribute == nullptr ? "" : box_attribute->value)) {
        const SvgAttribute* aspect_attribute = document_.attribute(node, "preserveAspectRatio");
        const std::optional<AspectRatio> aspect = parse_aspect_ratio(aspect_attribute == nullptr ? "" : aspect_attribute->value);
        if (!aspect) problem(*aspect_attribute, "the value of ‘preserveAspectRatio’ is not understood");
        AffineTransform to_view = view_box_transform(*box, aspect.value_or(AspectRatio()), width, height);
        if (is_symbol) { // SVG 2: a symbol may say which of its points is meant
            const double x = length(node, "refX", Axis::x, style, place, 0), y = length(node, "refY", Axis::y, style, place, 0);
            const DrawingPoint at = to_view({x, y}), zero = to_view({0, 0});
            if (document_.attribute(node, "refX") != nullptr || document_.attribute(node, "refY") != nullptr) {
                to_view = translation(zero.x - at.x, zero.y - at.y) * to_view;
            }
        }
        inner.transform = inner.transform * to_view;
        inner.view_width = box->width;
        inner.view_height = box->height;
    } else if (box_attribute != nullptr) {
        problem(*box_attribute, "the viewBox is not four numbers with a width and height above 0");
    }
    draw_children(node, style, inner);
    if (clips) close_clip();
}

SvgNodeId SvgReader::referenced(SvgNodeId from, std::string_view href) {
    href = trimmed(href);
    if (!href.starts_with('#')) {
        problem(from, href.empty() ? "the reference (href) is missing"
                                   : "the reference ‘" + std::string(href.substr(0, 80)) + "’ leads out of the file");
        return no_svg_node;
    }
    const SvgNodeId target = document_.by_id(href.substr(1));
    if (target == no_svg_node) problem(from, "nothing in the file has the id ‘" + std::string(href.substr(1, 80)) + "’");
    return target;
}

void SvgReader::draw_use(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const SvgNodeId target = referenced(node, document_.value(node, "href"));
    if (target == no_svg_node) return;
    if (std::ranges::find(open_references_, target) != open_references_.end()) return problem(node, "the element uses itself");
    if (open_references_.size() >= limits::svg_use_depth) return problem(node, "‘use’ leads too deep");
    Place inner = place;
    inner.transform =
        place.transform * translation(length(node, "x", Axis::x, style, place, 0), length(node, "y", Axis::y, style, place, 0));
    open_references_.push_back(target);
    const std::string_view name = document_[target].name;
    if (name == "symbol" || name == "svg") {
        const SvgStyle inner_style = styler_.style_of(target, style);
        const auto side = [&](std::string_view which, Axis axis, double otherwise) {
            if (has_length(node, which, style)) return length(node, which, axis, style, place, otherwise);
            return length(target, which, axis, inner_style, place, otherwise);
        };
        if (inner_style.own.displayed) {
            inner.transform = inner.transform * inner_style.own.transform;
            draw_nested(target, inner_style, inner, side("width", Axis::x, place.view_width),
                        side("height", Axis::y, place.view_height));
        }
    } else {
        draw_element(target, style, inner);
    }
    open_references_.pop_back();
}

// The first child that we can draw. HTML labels (foreignObject) are passed over when the alternative has the same words.
void SvgReader::draw_switch(SvgNodeId node, const SvgStyle& style, const Place& place) {
    SvgNodeId foreign = no_svg_node;
    for (const SvgNodeId child : document_[node].children) {
        if (document_[child].is_text() || !conditions_hold(child)) continue;
        if (document_[child].name == "foreignObject") {
            if (foreign == no_svg_node) foreign = child;
            continue;
        }
        if (foreign != no_svg_node) {
            if (!visit(foreign, document_.text_of(foreign).size() / 64)) return;
            const auto letters = [&](SvgNodeId id) {
                std::string text = document_.text_of(id);
                std::erase_if(text, is_ascii_space);
                for (std::size_t at; (at = text.find("\u00a0")) != std::string::npos;) text.erase(at, 2);
                return text;
            };
            if (letters(foreign) != letters(child)) return draw_element(foreign, style, place); // which reports it
        }
        return draw_element(child, style, place);
    }
    if (foreign != no_svg_node) draw_element(foreign, style, place);
}

void SvgReader::draw_image(SvgNodeId node, const SvgStyle& style, const Place& place) {
    const SvgAttribute* href = document_.attribute(node, "href");
    if (href == nullptr || trimmed(href->value).empty()) return;
    std::optional<std::string> bytes = embedded_picture(trimmed(href->value));
    if (!bytes) {
        const bool is_data = trimmed(href->value).starts_with("data:");
        return problem(href->begin, std::min(href->end, href->begin + 80),
                       is_data ? "the embedded picture cannot be read"
                               : "a picture from outside of the file is not shown; embed it");
    }
    const Result<PictureInfo> info = probe_picture(*bytes);
    if (!info) return problem(node, "the embedded picture cannot be read: " + info.error());
    if (info.value().kind != PictureKind::jpeg && info.value().kind != PictureKind::png) {
        return problem(node, "the embedded picture is neither PNG nor JPEG");
    }
    const double own_width = info.value().width, own_height = info.value().height;
    const bool has_width = has_length(node, "width", style), has_height = has_length(node, "height", style);
    double width = length(node, "width", Axis::x, style, place, own_width),
           height = length(node, "height", Axis::y, style, place, own_height);
    if (has_width && !has_height) height = width * own_height / own_width;
    if (has_height && !has_width) width = height * own_width / own_height;
    if (!(width > 0) || !(height > 0) || !style.visible) return;
    const std::optional<AspectRatio> aspect = parse_aspect_ratio(document_.value(node, "preserveAspectRatio"));
    if (!aspect) problem(node, "the value of ‘preserveAspectRatio’ is not understood");
    const AffineTransform corner =
        place.transform * translation(length(node, "x", Axis::x, style, place, 0), length(node, "y", Axis::y, style, place, 0));
    const AspectRatio used = aspect.value_or(AspectRatio());
    const bool clips = used.slice && !used.none && !style.own.overflow_visible;
    if (clips && !emit(PushClip{transformed(rectangle_path(0, 0, width, height, 0, 0), corner), FillRule::nonzero}, node)) return;
    const auto known = std::ranges::find(drawing_.images, *bytes);
    const auto index = static_cast<std::uint32_t>(known - drawing_.images.begin());
    if (known == drawing_.images.end()) drawing_.images.push_back(std::move(*bytes));
    const AffineTransform fit = view_box_transform({0, 0, own_width, own_height}, used, width, height);
    emit(ImageCommand{corner * fit * AffineTransform{own_width, 0, 0, own_height, 0, 0}, index, 1}, node);
    if (clips) close_clip();
}

double SvgReader::resolve(const SvgLength& length, Axis axis, const SvgStyle& style, const Place& place) const {
    switch (length.unit) {
    case SvgUnit::px: return length.value;
    case SvgUnit::em: return length.value * style.font.size;
    case SvgUnit::ex: return length.value * style.font.size / 2;
    case SvgUnit::rem: return length.value * 16;
    case SvgUnit::percent: break;
    }
    const double whole = axis == Axis::x ? place.view_width
                         : axis == Axis::y
                             ? place.view_height
                             : std::sqrt((place.view_width * place.view_width + place.view_height * place.view_height) / 2);
    return length.value / 100 * whole;
}

bool SvgReader::has_length(SvgNodeId node, std::string_view name, const SvgStyle& style) const {
    const auto styled = style.own.geometry.find(name);
    const std::string_view text = trimmed(styled != style.own.geometry.end() ? styled->second : document_.value(node, name));
    return !text.empty() && text != "auto";
}

double SvgReader::length(SvgNodeId node, std::string_view name, Axis axis, const SvgStyle& style, const Place& place,
                         double otherwise) {
    if (!has_length(node, name, style)) return otherwise;
    const auto styled = style.own.geometry.find(name);
    const std::string_view text = styled != style.own.geometry.end() ? styled->second : document_.value(node, name);
    const std::optional<SvgLength> length = parse_svg_length(text);
    if (length) return resolve(*length, axis, style, place);
    const SvgAttribute* attribute = document_.attribute(node, name);
    const std::string message =
        "the length ‘" + std::string(text.substr(0, 40)) + "’ of ‘" + std::string(name) + "’ is not understood";
    if (attribute != nullptr)
        problem(*attribute, message);
    else
        problem(node, message);
    return otherwise;
}

} // namespace bifolio
