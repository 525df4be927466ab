// page_cover.h: which glyphs of a page nobody sees though they are there: something opaque is painted over them, or a clipping
// path shuts them out. Internal to this folder.
//
// A glyph    Two points in its cell, one above the other and so far apart that no rule through it or under it holds both.
// Opaque     Filled paths and pictures without alpha, mask or pattern, within the clipping paths that hold there.
// Left out   What a form hides with its own clipping (its words are counted apart), shadings, appearances of annotations.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

using PageMatrix = std::array<double, 6>;
PageMatrix product(const PageMatrix& a, const PageMatrix& b); // a, then b

class PageCover {
public:
    void begin_page();
    void save() { saved_.push_back(clips_.size()); }
    void restore();

    // Of a content stream: construction, clipping and painting of paths; others do nothing.
    void path_operation(std::uint32_t code, const std::array<double, 6>& numbers, const PageMatrix& matrix, bool is_opaque);
    void picture(const PageMatrix& matrix); // fills the unit square

    // `width`, `size`: of its cell, in the coordinates of `matrix`, whose origin is the glyph's.
    void glyph(const PageMatrix& matrix, double width, double size, char32_t c);

    const std::string& clipped() const { return clipped_; } // the first of them, UTF-8
    std::string covered() const;

private:
    struct Point {
        double x = 0, y = 0;
    };
    struct Shape {
        std::vector<std::vector<Point>> contours;
        Point least, most;
        bool even_odd = false;
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
    Point here() const {
        return path_.contours.empty() || path_.contours.back().empty() ? Point() : path_.contours.back().back();
    }
    void curve_to(Point one, Point other, Point to);
    void end_path(bool is_painted, bool even_odd);
    void cover(Shape shape);
    bool is_seen(Point point) const; // by the clipping paths
    static void measure(Shape& shape);

    Shape path_;
    enum class Clip { none, nonzero, even_odd } clip_ = Clip::none; // when the path ends
    std::vector<Shape> clips_;                                      // that hold here
    std::vector<std::size_t> saved_;                                // how many of them held
    std::vector<Glyph> glyphs_;
    std::size_t shapes_ = 0;
    std::string clipped_;
};

} // namespace bifolio
