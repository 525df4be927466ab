#include "proof/page_cover.h"

#include "base/utf8.h"
#include "verify/content_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t most_shapes = 20'000, most_points = 200'000; // of one page: what a hostile one has more is not looked at
constexpr std::size_t most_named = 80;                             // bytes of text that are told
constexpr double low = 0.08, high = 0.42;                          // of the size, above the baseline

} // namespace

PageMatrix product(const PageMatrix& a, const PageMatrix& b) {
    return {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
}

void PageCover::begin_page() { *this = {}; }

void PageCover::restore() {
    if (saved_.empty()) return;
    clips_.resize(std::min(clips_.size(), saved_.back()));
    saved_.pop_back();
}

PageCover::Point PageCover::at(const PageMatrix& matrix, double x, double y) {
    return {x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]};
}

void PageCover::add(Point point) {
    if (path_.contours.empty()) path_.contours.emplace_back();
    if (path_.contours.back().size() < most_points) path_.contours.back().push_back(point);
}

void PageCover::move_to(Point point) {
    if (path_.contours.size() < most_shapes) path_.contours.emplace_back();
    add(point);
}

void PageCover::curve_to(Point one, Point other, Point to) {
    const Point from = here();
    constexpr int steps = 8;
    for (int i = 1; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps, s = 1 - t;
        const double a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
        add({a * from.x + b * one.x + c * other.x + d * to.x, a * from.y + b * one.y + c * other.y + d * to.y});
    }
}

void PageCover::path_operation(std::uint32_t code, const std::array<double, 6>& n, const PageMatrix& matrix, bool is_opaque) {
    const auto point = [&](double x, double y) { return at(matrix, x, y); };
    switch (code) {
    case content_operator("m"): move_to(point(n[0], n[1])); break;
    case content_operator("l"): add(point(n[0], n[1])); break;
    case content_operator("c"): curve_to(point(n[0], n[1]), point(n[2], n[3]), point(n[4], n[5])); break;
    case content_operator("v"): curve_to(here(), point(n[0], n[1]), point(n[2], n[3])); break;
    case content_operator("y"): curve_to(point(n[0], n[1]), point(n[2], n[3]), point(n[2], n[3])); break;
    case content_operator("re"):
        move_to(point(n[0], n[1]));
        add(point(n[0] + n[2], n[1]));
        add(point(n[0] + n[2], n[1] + n[3]));
        add(point(n[0], n[1] + n[3]));
        move_to(point(n[0], n[1])); // what follows begins there
        break;
    case content_operator("W"): clip_ = Clip::nonzero; break;
    case content_operator("W*"): clip_ = Clip::even_odd; break;
    case content_operator("f"):
    case content_operator("F"):
    case content_operator("B"):
    case content_operator("b"): end_path(is_opaque, false); break;
    case content_operator("f*"):
    case content_operator("B*"):
    case content_operator("b*"): end_path(is_opaque, true); break;
    case content_operator("n"):
    case content_operator("S"):
    case content_operator("s"): end_path(false, false); break;
    default: break;
    }
}

void PageCover::end_path(bool is_painted, bool even_odd) {
    Shape shape = std::exchange(path_, {});
    measure(shape);
    if (const Clip clip = std::exchange(clip_, Clip::none); clip != Clip::none && clips_.size() < most_shapes) {
        shape.even_odd = clip == Clip::even_odd;
        clips_.push_back(shape);
    }
    shape.even_odd = even_odd;
    if (is_painted) cover(std::move(shape));
}

void PageCover::picture(const PageMatrix& matrix) {
    Shape shape;
    shape.contours = {{at(matrix, 0, 0), at(matrix, 1, 0), at(matrix, 1, 1), at(matrix, 0, 1)}};
    measure(shape);
    cover(std::move(shape));
}

void PageCover::measure(Shape& shape) {
    shape.least = {1e30, 1e30};
    shape.most = {-1e30, -1e30};
    for (const std::vector<Point>& contour : shape.contours)
        for (const Point point : contour) {
            shape.least = {std::min(shape.least.x, point.x), std::min(shape.least.y, point.y)};
            shape.most = {std::max(shape.most.x, point.x), std::max(shape.most.y, point.y)};
        }
}

// By its windings; a contour is closed where it is filled.
bool PageCover::Shape::holds(Point point) const {
    if (point.x < least.x || point.y < least.y || point.x > most.x || point.y > most.y) return false;
    int windings = 0;
    for (const std::vector<Point>& contour : contours)
        for (std::size_t i = 0; i < contour.size(); ++i) {
            const Point from = contour[i], to = contour[(i + 1) % contour.size()];
            if ((from.y <= point.y) == (to.y <= point.y)) continue;
            const double x = from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x);
            if (x > point.x) windings += from.y < to.y ? 1 : -1;
        }
    return even_odd ? windings % 2 != 0 : windings != 0;
}

bool PageCover::is_seen(Point point) const {
    return std::ranges::all_of(clips_, [&](const Shape& clip) { return clip.holds(point); });
}

void PageCover::cover(Shape shape) {
    if (++shapes_ > most_shapes) return;
    for (Glyph& glyph : glyphs_)
        if (!glyph.is_covered && shape.holds(glyph.low) && shape.holds(glyph.high))
            glyph.is_covered = is_seen(glyph.low) && is_seen(glyph.high);
}

void PageCover::glyph(const PageMatrix& matrix, double width, double size, char32_t c) {
    if (width <= 0) return; // an accent: its letter is looked at
    const Glyph one{at(matrix, width / 2, size * low), at(matrix, width / 2, size * high), c};
    if (!is_seen(one.low) && !is_seen(one.high)) {
        if (clipped_.size() < most_named) append_utf8(clipped_, c);
        return;
    }
    if (glyphs_.size() < most_points) glyphs_.push_back(one);
}

std::string PageCover::covered() const {
    std::string out;
    for (const Glyph& glyph : glyphs_)
        if (glyph.is_covered && out.size() < most_named) append_utf8(out, glyph.c);
    return out;
}

} // namespace bifolio
