// svg_values.h: the values of SVG attributes: lengths, transforms, lists, path data (SVG 2 § 4.2, § 8.5, § 9.3).
#pragma once

#include "picture/svg.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class SvgUnit : std::uint8_t { px, em, ex, rem, percent }; // absolute units are turned into px
struct SvgLength {
    double value = 0;
    SvgUnit unit = SvgUnit::px;
};
std::optional<SvgLength> parse_svg_length(std::string_view text);
std::vector<SvgLength> parse_svg_lengths(std::string_view text, bool& valid); // parted by commas or white space

std::optional<double> take_svg_number(std::string_view& text); // like take_number(), but takes “1.” too
void skip_comma_space(std::string_view& text);
std::optional<std::vector<double>> parse_svg_numbers(std::string_view text);

// “45%” or “0.45”, clamped to 0 … 1.
std::optional<double> parse_opacity(std::string_view text);

// A transform list, with or without CSS units.
std::optional<AffineTransform> parse_transform(std::string_view text);

struct ViewBox {
    double x = 0, y = 0, width = 0, height = 0;
};
std::optional<ViewBox> parse_view_box(std::string_view text); // nullopt also for sides of 0 or less

struct AspectRatio {
    bool none = false, slice = false;
    double x = 0.5, y = 0.5; // 0 min, 0.5 mid, 1 max
};
std::optional<AspectRatio> parse_aspect_ratio(std::string_view text);
// The viewBox → the box 0 0 width height.
AffineTransform view_box_transform(const ViewBox& box, const AspectRatio& aspect, double width, double height);

// “url(#name)”, quotes allowed → name; anything else in url() → nullopt.
struct SvgReference {
    std::string id;
    std::string fallback; // what follows
};
std::optional<SvgReference> parse_url_reference(std::string_view text);

struct PathData {
    DrawingPath path;
    std::size_t error_at = std::string_view::npos; // where the data cease to be path data; what is before it counts
};
PathData parse_path_data(std::string_view text);

struct Bounds {
    double left = 0, top = 0, right = 0, bottom = 0;
    bool empty = true;
    void add(DrawingPoint point);
    void add(const Bounds& other);
    double width() const { return right - left; }
    double height() const { return bottom - top; }
};
// The exact box of the path's outline, curves included, after the transform.
Bounds bounds_of(const DrawingPath& path, const AffineTransform& transform = {});

std::optional<AffineTransform> inverse(const AffineTransform& transform);
DrawingPath transformed(const DrawingPath& path, const AffineTransform& transform);
void append_path(DrawingPath& path, const DrawingPath& more);

// Adds to a path.
class PathBuilder {
public:
    explicit PathBuilder(DrawingPath& path) : path_(path) {}
    void move(DrawingPoint to);
    void line(DrawingPoint to);
    void cubic(DrawingPoint control1, DrawingPoint control2, DrawingPoint to);
    void quadratic(DrawingPoint control, DrawingPoint to);
    void arc(double rx, double ry, double rotation, bool large, bool sweep, DrawingPoint to);
    void close();
    DrawingPoint current() const { return current_; }

private:
    DrawingPath& path_;
    DrawingPoint current_, start_;
};

DrawingPath rectangle_path(double x, double y, double width, double height, double rx, double ry);
DrawingPath ellipse_path(double cx, double cy, double rx, double ry);

} // namespace bifolio
