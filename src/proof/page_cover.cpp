#include "proof/page_cover.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "verify/content_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t most_named = 80;             // bytes of text that are told
constexpr double low = 0.08, high = 0.42;          // of the size, above the baseline
constexpr std::uint64_t steps_at_once = 1'000'000; // counted together: other threads count too

} // namespace

PageMatrix product(const PageMatrix& a, const PageMatrix& b) {
    return {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
}

void PageCover::begin_page() {
    is_known_ = true;
    path_ = {};
    here_ = {};
    clip_ = Clip::none;
    clips_.clear();
    clip_points_ = 0;
    saved_.clear();
    glyphs_.clear();
    clipped_.clear();
}

bool PageCover::may_work(std::size_t steps) {
    steps_ += steps;
    if (steps_ >= steps_at_once) work_ += std::exchange(steps_, 0);
    if (work_.load(std::memory_order_relaxed) + steps_ <= most_work_) return true;
    return is_known_ = false;
}

void PageCover::restore() {
    if (saved_.empty()) return;
    for (; clips_.size() > saved_.back(); clips_.pop_back()) clip_points_ -= clips_.back().points;
    saved_.pop_back();
}

PageCover::Point PageCover::at(const PageMatrix& matrix, double x, double y) {
    return {x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]};
}

void PageCover::add(Point point) {
    here_ = point;
    path_.least = {std::min(path_.least.x, point.x), std::min(path_.least.y, point.y)};
    path_.most = {std::max(path_.most.x, point.x), std::max(path_.most.y, point.y)};
    if (!path_.is_whole) return;
    if (++path_.points > limits::pdf_cover_points) {
        path_.is_whole = false;
        path_.points = 0;
        path_.contours = {};
        return;
    }
    if (path_.contours.empty()) path_.contours.emplace_back();
    path_.contours.back().push_back(point);
}

void PageCover::move_to(Point point) {
    if (path_.is_whole) path_.contours.emplace_back();
    add(point);
}

void PageCover::curve_to(Point one, Point other, Point to) {
    const Point from = here_;
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
    case content_operator("v"): curve_to(here_, point(n[0], n[1]), point(n[2], n[3])); break;
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
    shape.even_odd = even_odd;
    if (is_painted) cover(shape);
    const Clip clip = std::exchange(clip_, Clip::none);
    if (clip == Clip::none) return; // it clips what comes after it. ISO 32000-1, 8.5.4
    shape.even_odd = clip == Clip::even_odd;
    clip_by(std::move(shape));
}

void PageCover::clip_by(Shape shape) {
    if (clips_.size() >= limits::pdf_saved_states) {
        is_known_ = false;
        return;
    }
    if (shape.is_whole && clip_points_ + shape.points > limits::pdf_cover_points) {
        shape.is_whole = false;
        shape.points = 0;
        shape.contours = {};
    }
    clip_points_ += shape.points;
    clips_.push_back(std::move(shape));
}

PageCover::Shape PageCover::rectangle(const Box& box, const PageMatrix& matrix) {
    Shape outer = std::exchange(path_, {});
    move_to(at(matrix, box[0], box[1]));
    add(at(matrix, box[2], box[1]));
    add(at(matrix, box[2], box[3]));
    add(at(matrix, box[0], box[3]));
    return std::exchange(path_, std::move(outer));
}

void PageCover::picture(const PageMatrix& matrix) { cover(rectangle({0, 0, 1, 1}, matrix)); }

void PageCover::clip_to(const Box& box, const PageMatrix& matrix) { clip_by(rectangle(box, matrix)); }

void PageCover::shading() {
    if (glyphs_.empty() || !may_work(glyphs_.size())) return;
    for (Glyph& glyph : glyphs_)
        if (!glyph.is_covered) glyph.is_covered = is_seen(glyph.low) && is_seen(glyph.high);
}

void PageCover::drawn_again(const Box& box, const PageMatrix& matrix) {
    if (glyphs_.empty() || !may_work(glyphs_.size())) return;
    const Shape shape = rectangle(box, matrix);
    is_known_ = is_known_ && std::ranges::none_of(glyphs_, [&](const Glyph& glyph) {
                    return holds(shape, glyph.low, false) && is_seen(glyph.low);
                });
}

// By its windings; a contour is closed where it is filled.
bool PageCover::Shape::holds(Point point) const {
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

bool PageCover::holds(const Shape& shape, Point point, bool otherwise) {
    if (!shape.may_hold(point)) return false;
    if (shape.is_whole && may_work(shape.points)) return shape.holds(point);
    is_known_ = false;
    return otherwise;
}

bool PageCover::is_seen(Point point) {
    if (!may_work(clips_.size())) return true;
    return std::ranges::all_of(clips_, [&](const Shape& clip) { return holds(clip, point, true); });
}

void PageCover::cover(const Shape& shape) {
    if (glyphs_.empty() || !may_work(glyphs_.size())) return;
    for (Glyph& glyph : glyphs_)
        if (!glyph.is_covered && holds(shape, glyph.low, false) && holds(shape, glyph.high, false))
            glyph.is_covered = is_seen(glyph.low) && is_seen(glyph.high);
}

void PageCover::glyph(const PageMatrix& matrix, double width, double size, char32_t c) {
    if (width <= 0) return; // an accent: its letter is looked at
    const Glyph one{at(matrix, width / 2, size * low), at(matrix, width / 2, size * high), c};
    if (!is_seen(one.low) && !is_seen(one.high)) {
        if (clipped_.size() < most_named) append_utf8(clipped_, c);
        return;
    }
    if (glyphs_.size() < limits::pdf_cover_points)
        glyphs_.push_back(one);
    else
        is_known_ = false;
}

std::string PageCover::covered() const {
    std::string out;
    for (const Glyph& glyph : glyphs_)
        if (glyph.is_covered && out.size() < most_named) append_utf8(out, glyph.c);
    return out;
}

} // namespace bifolio
