// page_cover.h: which glyphs of a page nobody sees though they are there: something opaque is painted over them, or a clipping
// path shuts them out. Internal to this folder.
//
// A glyph    Two points in its cell, one above the other and so far apart that no rule through it or under it holds both.
// Opaque     Filled paths, shadings and pictures without alpha, mask or tiles, within the clipping paths that hold there. What a
//            form paints is looked at once a page; where it is drawn again over text, is_known() says so.
// Left out   The words in forms, which are counted apart. Pages that were written here have no appearances of annotations.
// Bounds     limits::pdf_cover_points; `work` counts the steps of all pages of a file together. Where they end, is_known() says so.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

using PageMatrix = std::array<double, 6>;
PageMatrix product(const PageMatrix& a, const PageMatrix& b); // a, then b

class PageCover {
public:
    PageCover(std::atomic<std::uint64_t>& work, std::uint64_t most_work) : work_(work), most_work_(most_work) {}
    void begin_page();
    void save() { saved_.push_back(clips_.size()); }
    void restore();

    // Of a content stream: construction, clipping and painting of paths; others do nothing.
    void path_operation(std::uint32_t code, const std::array<double, 6>& numbers, const PageMatrix& matrix, bool is_opaque);
    void picture(const PageMatrix& matrix); // fills the unit square
    void shading();                         // fills all that is not clipped
    using Box = std::array<double, 4>;      // left, bottom, right, top
    void clip_to(const Box& box, const PageMatrix& matrix);
    void drawn_again(const Box& box, const PageMatrix& matrix); // a form: what it paints is not known here

    // `width`, `size`: of its cell, in the coordinates of `matrix`, whose origin is the glyph's.
    void glyph(const PageMatrix& matrix, double width, double size, char32_t c);

    bool is_known() const { return is_known_; }             // false: more is painted over this page's text than can be looked at
    const std::string& clipped() const { return clipped_; } // the first of them, UTF-8
    std::string covered() const;

private:
    struct Point {
        double x = 0, y = 0;
    };
    struct Shape {
        std::vector<std::vector<Point>> contours;
        std::size_t points = 0;
        Point least{1e30, 1e30}, most{-1e30, -1e30};
        bool even_odd = false;
        bool is_whole = true; // false: it has too many points, which are not kept
        bool may_hold(Point point) const {
            return point.x >= least.x && point.y >= least.y && point.x <= most.x && point.y <= most.y;
        }
        bool holds(Point point) const;
    };
    struct Glyph {
        Point low, high;
        char32_t c = 0;
        bool is_covered = false;
    };
    static Point at(const PageMatrix& matrix, double x, double y);
    void move_to(Point point);
    void add(Point point);
    void curve_to(Point one, Point other, Point to);
    void end_path(bool is_painted, bool even_odd);
    Shape rectangle(const Box& box, const PageMatrix& matrix);
    void clip_by(Shape shape);
    void cover(const Shape& shape);
    bool is_seen(Point point); // by the clipping paths
    // What cannot be told is `otherwise`, and no longer is_known().
    bool holds(const Shape& shape, Point point, bool otherwise);
    bool may_work(std::size_t steps);

    std::atomic<std::uint64_t>& work_;
    std::uint64_t most_work_;
    std::uint64_t steps_ = 0; // not in `work_` yet
    bool is_known_ = true;
    Shape path_;
    Point here_;                                                    // its last point
    enum class Clip { none, nonzero, even_odd } clip_ = Clip::none; // when the path ends
    std::vector<Shape> clips_;                                      // that hold here
    std::size_t clip_points_ = 0;                                   // of these
    std::vector<std::size_t> saved_;                                // how many of them held
    std::vector<Glyph> glyphs_;
    std::string clipped_;
};

} // namespace bifolio
