#include "picture/svg_values.h"

#include "base/number.h"
#include "base/utf8.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bifolio {
namespace {

void skip_space(std::string_view& text) {
    while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<SvgLength> take_length(std::string_view& text) {
    const std::optional<double> value = take_svg_number(text);
    if (!value) return std::nullopt;
    if (text.starts_with('%')) {
        text.remove_prefix(1);
        return SvgLength{*value, SvgUnit::percent};
    }
    std::size_t size = 0;
    while (size < text.size() && is_letter(text[size])) ++size;
    const std::string unit = to_ascii_lower(text.substr(0, size));
    text.remove_prefix(size);
    struct Known {
        std::string_view name;
        SvgUnit unit;
        double factor;
    };
    static constexpr Known known[] = {
        {"", SvgUnit::px, 1},    {"px", SvgUnit::px, 1},         {"pt", SvgUnit::px, 96 / 72.0},
        {"pc", SvgUnit::px, 16}, {"mm", SvgUnit::px, 96 / 25.4}, {"cm", SvgUnit::px, 96 / 2.54},
        {"in", SvgUnit::px, 96}, {"q", SvgUnit::px, 96 / 101.6}, {"em", SvgUnit::em, 1},
        {"ex", SvgUnit::ex, 1},  {"ch", SvgUnit::ex, 1},         {"rem", SvgUnit::rem, 1},
    };
    for (const Known& each : known) {
        if (each.name == unit) return SvgLength{*value * each.factor, each.unit};
    }
    return std::nullopt;
}

AffineTransform rotation(double degrees) {
    // Quarter turns are exact; the others are as good as the machine's sine.
    const double turns = degrees / 90;
    if (turns == std::floor(turns) && std::abs(turns) < 1e9) {
        static constexpr AffineTransform quarters[] = {
            {1, 0, 0, 1, 0, 0}, {0, 1, -1, 0, 0, 0}, {-1, 0, 0, -1, 0, 0}, {0, -1, 1, 0, 0, 0}};
        return quarters[static_cast<std::size_t>(std::fmod(std::fmod(turns, 4) + 4, 4))];
    }
    const double radians = degrees * std::numbers::pi / 180;
    return {std::cos(radians), std::sin(radians), -std::sin(radians), std::cos(radians), 0, 0};
}

// An argument of a transform function: a number, a length in px or an angle.
std::optional<double> take_transform_argument(std::string_view& text) {
    const std::optional<double> value = take_svg_number(text);
    if (!value) return std::nullopt;
    struct Unit {
        std::string_view name;
        double factor;
    };
    static constexpr Unit units[] = {{"px", 1}, {"deg", 1}, {"grad", 0.9}, {"rad", 180 / std::numbers::pi}, {"turn", 360}};
    for (const Unit& unit : units) {
        if (!text.starts_with(unit.name)) continue;
        text.remove_prefix(unit.name.size());
        return *value * unit.factor;
    }
    return value;
}

std::optional<AffineTransform> transform_function(std::string_view name, const std::vector<double>& v) {
    const std::size_t n = v.size();
    const auto tangent = [](double degrees) { return std::tan(degrees * std::numbers::pi / 180); };
    if (name == "matrix" && n == 6) return AffineTransform{v[0], v[1], v[2], v[3], v[4], v[5]};
    if (name == "translate" && (n == 1 || n == 2)) return AffineTransform{1, 0, 0, 1, v[0], n == 2 ? v[1] : 0};
    if (name == "translatex" && n == 1) return AffineTransform{1, 0, 0, 1, v[0], 0};
    if (name == "translatey" && n == 1) return AffineTransform{1, 0, 0, 1, 0, v[0]};
    if (name == "scale" && (n == 1 || n == 2)) return AffineTransform{v[0], 0, 0, n == 2 ? v[1] : v[0], 0, 0};
    if (name == "scalex" && n == 1) return AffineTransform{v[0], 0, 0, 1, 0, 0};
    if (name == "scaley" && n == 1) return AffineTransform{1, 0, 0, v[0], 0, 0};
    if (name == "rotate" && n == 1) return rotation(v[0]);
    if (name == "rotate" && n == 3) {
        return AffineTransform{1, 0, 0, 1, v[1], v[2]} * rotation(v[0]) * AffineTransform{1, 0, 0, 1, -v[1], -v[2]};
    }
    if (name == "skewx" && n == 1) return AffineTransform{1, 0, tangent(v[0]), 1, 0, 0};
    if (name == "skewy" && n == 1) return AffineTransform{1, tangent(v[0]), 0, 1, 0, 0};
    return std::nullopt;
}

// Reads the commands of path data one after the other: SVG 2 § 9.3.
class PathReader {
public:
    PathReader(std::string_view text, PathData& data) : text_(text), rest_(text), data_(data), builder_(data.path) {}

    void read() {
        skip_space(rest_);
        while (!rest_.empty()) {
            if (!read_command()) {
                skip_comma_space(rest_);
                data_.error_at = text_.size() - rest_.size();
                return;
            }
            skip_space(rest_);
        }
    }

private:
    // The arguments repeat as long as there are more of them.
    bool read_command() {
        const char letter = rest_.front();
        static constexpr std::string_view letters = "MmZzLlHhVvCcSsQqTtAa";
        if (letters.find(letter) == std::string_view::npos) return false;
        if (!moved_ && letter != 'M' && letter != 'm') return false;
        rest_.remove_prefix(1);
        const char kind = is_ascii_lower(letter) ? static_cast<char>(letter - 'a' + 'A') : letter;
        relative_ = is_ascii_lower(letter);
        if (kind == 'Z') {
            builder_.close();
            last_ = 'Z';
            return true;
        }
        bool first = true;
        do {
            const char acting = kind == 'M' && !first ? 'L' : kind;
            if (!read_segment(acting)) return false;
            last_ = acting;
            moved_ = true;
            first = false;
            skip_comma_space(rest_);
        } while (!rest_.empty() && !is_letter(rest_.front()));
        return true;
    }

    static bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }

    bool number(double& value) {
        const std::string_view before = rest_;
        skip_comma_space(rest_);
        const std::optional<double> taken = take_svg_number(rest_);
        if (!taken) return rest_ = before, false;
        value = *taken;
        return true;
    }
    bool flag(bool& value) {
        skip_comma_space(rest_);
        if (rest_.empty() || (rest_.front() != '0' && rest_.front() != '1')) return false;
        value = rest_.front() == '1';
        rest_.remove_prefix(1);
        return true;
    }
    bool point(DrawingPoint& p) {
        if (!number(p.x) || !number(p.y)) return false;
        if (relative_) p = {p.x + builder_.current().x, p.y + builder_.current().y};
        return true;
    }
    // The control point before, mirrored at the current point, when the segment before was of the same kind.
    DrawingPoint mirrored(std::string_view kinds) const {
        const DrawingPoint at = builder_.current();
        return kinds.find(last_) == std::string_view::npos ? at : DrawingPoint{2 * at.x - control_.x, 2 * at.y - control_.y};
    }

    bool read_segment(char kind) {
        DrawingPoint a, b, to;
        switch (kind) {
        case 'M':
            if (!point(to)) return false;
            builder_.move(to);
            return true;
        case 'L':
            if (!point(to)) return false;
            builder_.line(to);
            return true;
        case 'H':
            to = builder_.current();
            if (!number(a.x)) return false;
            builder_.line({relative_ ? to.x + a.x : a.x, to.y});
            return true;
        case 'V':
            to = builder_.current();
            if (!number(a.y)) return false;
            builder_.line({to.x, relative_ ? to.y + a.y : a.y});
            return true;
        case 'C':
        case 'S':
            if (kind == 'S') a = mirrored("CS");
            if ((kind == 'C' && !point(a)) || !point(b) || !point(to)) return false;
            control_ = b;
            builder_.cubic(a, b, to);
            return true;
        case 'Q':
        case 'T':
            if (kind == 'T') a = mirrored("QT");
            if ((kind == 'Q' && !point(a)) || !point(to)) return false;
            control_ = a;
            builder_.quadratic(a, to);
            return true;
        default: return read_arc();
        }
    }

    bool read_arc() {
        double rx = 0, ry = 0, turn = 0;
        bool large = false, sweep = false;
        DrawingPoint to;
        if (!number(rx) || !number(ry) || !number(turn) || !flag(large) || !flag(sweep) || !point(to)) return false;
        builder_.arc(rx, ry, turn, large, sweep, to);
        return true;
    }

    std::string_view text_, rest_;
    PathData& data_;
    PathBuilder builder_;
    bool moved_ = false, relative_ = false;
    char last_ = 'M';
    DrawingPoint control_;
};

// Adds the extremes of one coordinate of a cubic Bézier curve: the zeros of its derivative.
void add_extremes(Bounds& bounds, DrawingPoint p0, DrawingPoint p1, DrawingPoint p2, DrawingPoint p3) {
    const auto at = [&](double t) {
        const double s = 1 - t, c0 = s * s * s, c1 = 3 * s * s * t, c2 = 3 * s * t * t, c3 = t * t * t;
        return DrawingPoint{c0 * p0.x + c1 * p1.x + c2 * p2.x + c3 * p3.x, c0 * p0.y + c1 * p1.y + c2 * p2.y + c3 * p3.y};
    };
    const auto add_zeros = [&](double v0, double v1, double v2, double v3) {
        const double a = -v0 + 3 * v1 - 3 * v2 + v3, b = 2 * (v0 - 2 * v1 + v2), c = v1 - v0;
        const auto add_at = [&](double t) {
            if (t > 0 && t < 1) bounds.add(at(t));
        };
        if (std::abs(a) < 1e-12) {
            if (b != 0) add_at(-c / b);
            return;
        }
        const double discriminant = b * b - 4 * a * c;
        if (discriminant < 0) return;
        add_at((-b + std::sqrt(discriminant)) / (2 * a));
        add_at((-b - std::sqrt(discriminant)) / (2 * a));
    };
    add_zeros(p0.x, p1.x, p2.x, p3.x);
    add_zeros(p0.y, p1.y, p2.y, p3.y);
}

} // namespace

std::optional<double> take_svg_number(std::string_view& text) {
    const std::string_view before = text;
    const std::optional<double> value = take_number(text);
    // SVG 1.1 allowed “1.”, and some writers use it.
    const std::string_view taken = before.substr(0, before.size() - text.size());
    if (value && text.starts_with('.') && taken.find_first_of(".eE") == std::string_view::npos) text.remove_prefix(1);
    return value;
}

void skip_comma_space(std::string_view& text) {
    skip_space(text);
    if (text.starts_with(',')) text.remove_prefix(1);
    skip_space(text);
}

std::optional<SvgLength> parse_svg_length(std::string_view text) {
    text = trimmed(text);
    const std::optional<SvgLength> length = take_length(text);
    return text.empty() ? length : std::nullopt;
}

std::vector<SvgLength> parse_svg_lengths(std::string_view text, bool& valid) {
    std::vector<SvgLength> lengths;
    valid = true;
    for (skip_space(text); !text.empty(); skip_comma_space(text)) {
        const std::optional<SvgLength> length = take_length(text);
        if (!length) {
            valid = false;
            break;
        }
        lengths.push_back(*length);
    }
    return lengths;
}

std::optional<std::vector<double>> parse_svg_numbers(std::string_view text) {
    std::vector<double> numbers;
    for (skip_space(text); !text.empty(); skip_comma_space(text)) {
        const std::optional<double> number = take_svg_number(text);
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

std::optional<double> parse_opacity(std::string_view text) {
    const std::optional<SvgLength> value = parse_svg_length(text);
    if (!value || (value->unit != SvgUnit::px && value->unit != SvgUnit::percent)) return std::nullopt;
    return std::clamp(value->unit == SvgUnit::percent ? value->value / 100 : value->value, 0.0, 1.0);
}

std::optional<AffineTransform> parse_transform(std::string_view text) {
    AffineTransform result;
    text = trimmed(text);
    if (text.empty() || text == "none") return result;
    while (!text.empty()) {
        const std::size_t open = text.find('(');
        if (open == std::string_view::npos) return std::nullopt;
        const std::string name = to_ascii_lower(trimmed(text.substr(0, open)));
        text.remove_prefix(open + 1);
        std::vector<double> arguments;
        for (skip_space(text); !text.empty() && text.front() != ')'; skip_comma_space(text)) {
            const std::optional<double> argument = take_transform_argument(text);
            if (!argument || arguments.size() == 6) return std::nullopt;
            arguments.push_back(*argument);
        }
        if (text.empty()) return std::nullopt;
        text.remove_prefix(1);
        const std::optional<AffineTransform> function = transform_function(name, arguments);
        if (!function) return std::nullopt;
        result = result * *function;
        skip_comma_space(text);
    }
    return result;
}

std::optional<ViewBox> parse_view_box(std::string_view text) {
    const std::optional<std::vector<double>> v = parse_svg_numbers(text);
    if (!v || v->size() != 4 || (*v)[2] <= 0 || (*v)[3] <= 0) return std::nullopt;
    return ViewBox{(*v)[0], (*v)[1], (*v)[2], (*v)[3]};
}

std::optional<AspectRatio> parse_aspect_ratio(std::string_view text) {
    AspectRatio aspect;
    text = trimmed(text);
    if (text.starts_with("defer")) text = trimmed(text.substr(5));
    if (text.empty()) return aspect;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string_view align = text.substr(0, end), how = trimmed(text.substr(end));
    if (how == "slice")
        aspect.slice = true;
    else if (!how.empty() && how != "meet")
        return std::nullopt;
    if (align == "none") {
        aspect.none = true;
        return aspect;
    }
    const auto part = [](std::string_view word, double& value) {
        value = word == "Min" ? 0 : word == "Max" ? 1 : 0.5;
        return word == "Min" || word == "Mid" || word == "Max";
    };
    if (align.size() != 8 || align[0] != 'x' || align[4] != 'Y') return std::nullopt;
    if (!part(align.substr(1, 3), aspect.x) || !part(align.substr(5, 3), aspect.y)) return std::nullopt;
    return aspect;
}

AffineTransform view_box_transform(const ViewBox& box, const AspectRatio& aspect, double width, double height) {
    double x_scale = width / box.width, y_scale = height / box.height;
    if (!aspect.none) x_scale = y_scale = aspect.slice ? std::max(x_scale, y_scale) : std::min(x_scale, y_scale);
    const double x_room = aspect.none ? 0 : (width - box.width * x_scale) * aspect.x;
    const double y_room = aspect.none ? 0 : (height - box.height * y_scale) * aspect.y;
    return {x_scale, 0, 0, y_scale, x_room - box.x * x_scale, y_room - box.y * y_scale};
}

std::optional<SvgReference> parse_url_reference(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 4 || !equals_ignoring_ascii_case(text.substr(0, 4), "url(")) return std::nullopt;
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) return std::nullopt;
    std::string_view target = trimmed(text.substr(4, close - 4));
    if (target.size() >= 2 && (target.front() == '"' || target.front() == '\'') && target.back() == target.front()) {
        target = trimmed(target.substr(1, target.size() - 2));
    }
    if (!target.starts_with('#') || target.size() < 2 || target.size() > 1000) return std::nullopt;
    return SvgReference{std::string(target.substr(1)), std::string(trimmed(text.substr(close + 1)))};
}

PathData parse_path_data(std::string_view text) {
    PathData data;
    if (trimmed(text) == "none") return data;
    PathReader(text, data).read();
    return data;
}

void Bounds::add(DrawingPoint point) {
    left = empty ? point.x : std::min(left, point.x);
    right = empty ? point.x : std::max(right, point.x);
    top = empty ? point.y : std::min(top, point.y);
    bottom = empty ? point.y : std::max(bottom, point.y);
    empty = false;
}

void Bounds::add(const Bounds& other) {
    if (other.empty) return;
    add(DrawingPoint{other.left, other.top});
    add(DrawingPoint{other.right, other.bottom});
}

Bounds bounds_of(const DrawingPath& path, const AffineTransform& transform) {
    Bounds bounds;
    std::size_t at = 0;
    DrawingPoint current, start, waiting; // a lone move shows nothing
    bool is_waiting = false;
    const auto begin_if_waiting = [&] {
        if (is_waiting) bounds.add(waiting);
        is_waiting = false;
    };
    for (const PathVerb verb : path.verbs) {
        switch (verb) {
        case PathVerb::move:
            current = start = waiting = transform(path.points[at++]);
            is_waiting = true;
            break;
        case PathVerb::line:
            begin_if_waiting();
            current = transform(path.points[at++]);
            bounds.add(current);
            break;
        case PathVerb::cubic: {
            begin_if_waiting();
            const DrawingPoint p1 = transform(path.points[at]), p2 = transform(path.points[at + 1]),
                               p3 = transform(path.points[at + 2]);
            add_extremes(bounds, current, p1, p2, p3);
            bounds.add(p3);
            current = p3;
            at += 3;
            break;
        }
        case PathVerb::close:
            begin_if_waiting();
            current = start;
            break;
        }
    }
    return bounds;
}

std::optional<AffineTransform> inverse(const AffineTransform& t) {
    const double determinant = t.determinant();
    if (!std::isfinite(determinant) || std::abs(determinant) < 1e-18) return std::nullopt;
    const double a = t.d / determinant, b = -t.b / determinant, c = -t.c / determinant, d = t.a / determinant;
    return AffineTransform{a, b, c, d, -(a * t.e + c * t.f), -(b * t.e + d * t.f)};
}

DrawingPath transformed(const DrawingPath& path, const AffineTransform& transform) {
    DrawingPath result = path;
    for (DrawingPoint& point : result.points) point = transform(point);
    return result;
}

void append_path(DrawingPath& path, const DrawingPath& more) {
    path.verbs.insert(path.verbs.end(), more.verbs.begin(), more.verbs.end());
    path.points.insert(path.points.end(), more.points.begin(), more.points.end());
}

void PathBuilder::move(DrawingPoint to) {
    path_.verbs.push_back(PathVerb::move);
    path_.points.push_back(to);
    current_ = start_ = to;
}

void PathBuilder::line(DrawingPoint to) {
    if (!path_.verbs.empty() && path_.verbs.back() == PathVerb::close) move(current_);
    path_.verbs.push_back(PathVerb::line);
    path_.points.push_back(to);
    current_ = to;
}

void PathBuilder::cubic(DrawingPoint control1, DrawingPoint control2, DrawingPoint to) {
    if (!path_.verbs.empty() && path_.verbs.back() == PathVerb::close) move(current_);
    path_.verbs.push_back(PathVerb::cubic);
    path_.points.insert(path_.points.end(), {control1, control2, to});
    current_ = to;
}

void PathBuilder::quadratic(DrawingPoint control, DrawingPoint to) {
    const DrawingPoint from = current_;
    cubic({from.x + (control.x - from.x) * 2 / 3, from.y + (control.y - from.y) * 2 / 3},
          {to.x + (control.x - to.x) * 2 / 3, to.y + (control.y - to.y) * 2 / 3}, to);
}

// SVG 2 appendix B.2: from end points to centre; each quarter at most becomes one cubic.
void PathBuilder::arc(double rx, double ry, double degrees, bool large, bool sweep, DrawingPoint to) {
    const DrawingPoint from = current_;
    if (from == to) return;
    rx = std::abs(rx);
    ry = std::abs(ry);
    if (rx == 0 || ry == 0) return line(to);
    const AffineTransform turn = rotation(degrees), back = {turn.a, turn.c, turn.b, turn.d, 0, 0};
    const DrawingPoint half = back({(from.x - to.x) / 2, (from.y - to.y) / 2});
    const double excess = half.x * half.x / (rx * rx) + half.y * half.y / (ry * ry);
    if (excess > 1) {
        rx *= std::sqrt(excess);
        ry *= std::sqrt(excess);
    }
    const double squares = rx * rx * half.y * half.y + ry * ry * half.x * half.x;
    const double root = std::sqrt(std::max(0.0, (rx * rx * ry * ry - squares) / squares)) * (large == sweep ? -1 : 1);
    const DrawingPoint centre{root * rx * half.y / ry, -root * ry * half.x / rx};
    const auto angle_of = [&](double x, double y) { return std::atan2((y - centre.y) / ry, (x - centre.x) / rx); };
    const double begin = angle_of(half.x, half.y);
    double extent = angle_of(-half.x, -half.y) - begin;
    if (sweep && extent < 0) extent += 2 * std::numbers::pi;
    if (!sweep && extent > 0) extent -= 2 * std::numbers::pi;
    const AffineTransform place{turn.a * rx,
                                turn.b * rx,
                                turn.c * ry,
                                turn.d * ry,
                                turn(centre).x + (from.x + to.x) / 2,
                                turn(centre).y + (from.y + to.y) / 2};
    if (!std::isfinite(extent) || !std::isfinite(place.e) || !std::isfinite(place.f)) return line(to);
    const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(extent) / (std::numbers::pi / 2) - 1e-9)));
    const double step = extent / pieces, handle = 4.0 / 3 * std::tan(step / 4);
    for (int i = 0; i < pieces; ++i) {
        const double t1 = begin + step * i, t2 = t1 + step;
        const DrawingPoint end = i + 1 == pieces ? to : place({std::cos(t2), std::sin(t2)});
        cubic(place({std::cos(t1) - handle * std::sin(t1), std::sin(t1) + handle * std::cos(t1)}),
              place({std::cos(t2) + handle * std::sin(t2), std::sin(t2) - handle * std::cos(t2)}), end);
    }
}

void PathBuilder::close() {
    if (!path_.verbs.empty() && path_.verbs.back() == PathVerb::close) return;
    path_.verbs.push_back(PathVerb::close);
    current_ = start_;
}

namespace {
constexpr double circle_handle = 0.5522847498307936; // 4/3 (√2 − 1): a quarter circle as one cubic
}

DrawingPath rectangle_path(double x, double y, double width, double height, double rx, double ry) {
    DrawingPath path;
    PathBuilder builder(path);
    rx = std::min(rx, width / 2);
    ry = std::min(ry, height / 2);
    const double right = x + width, bottom = y + height;
    if (rx <= 0 || ry <= 0) {
        builder.move({x, y});
        builder.line({right, y});
        builder.line({right, bottom});
        builder.line({x, bottom});
        builder.close();
        return path;
    }
    const double hx = rx * (1 - circle_handle), hy = ry * (1 - circle_handle);
    builder.move({x + rx, y});
    builder.line({right - rx, y});
    builder.cubic({right - hx, y}, {right, y + hy}, {right, y + ry});
    builder.line({right, bottom - ry});
    builder.cubic({right, bottom - hy}, {right - hx, bottom}, {right - rx, bottom});
    builder.line({x + rx, bottom});
    builder.cubic({x + hx, bottom}, {x, bottom - hy}, {x, bottom - ry});
    builder.line({x, y + ry});
    builder.cubic({x, y + hy}, {x + hx, y}, {x + rx, y});
    builder.close();
    return path;
}

DrawingPath ellipse_path(double cx, double cy, double rx, double ry) {
    DrawingPath path;
    PathBuilder builder(path);
    const double hx = rx * circle_handle, hy = ry * circle_handle;
    builder.move({cx + rx, cy});
    builder.cubic({cx + rx, cy + hy}, {cx + hx, cy + ry}, {cx, cy + ry});
    builder.cubic({cx - hx, cy + ry}, {cx - rx, cy + hy}, {cx - rx, cy});
    builder.cubic({cx - rx, cy - hy}, {cx - hx, cy - ry}, {cx, cy - ry});
    builder.cubic({cx + hx, cy - ry}, {cx + rx, cy - hy}, {cx + rx, cy});
    builder.close();
    return path;
}

} // namespace bifolio
