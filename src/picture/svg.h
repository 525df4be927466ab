// svg.h: the static subset of SVG → a list of drawing commands that print, screen and proof share.
//
// Subset     SVG 1.1 Full and SVG 2 where they agree: shapes, paths, groups, use, symbol, nested svg, switch, clipPath, both
//            gradients, markers, text with tspan, embedded PNG and JPEG, presentation attributes, style attributes and simple
//            <style> rules (type, class, id, descendant, child).
// Refused    Whatever else would change the look (filter, mask, pattern, foreignObject, textPath, scripts, event attributes,
//            animation, external references, entities) is a PictureProblem at its place. Elements and attributes of
//            other namespaces (inkscape, sodipodi, rdf) have no look and are passed over.
// Units      Coordinates are CSS px (1/96 inch) of the drawing at its natural size, origin top left, y down: the viewBox has been
//            resolved. Scale all by one factor to set it at another size. Nothing outside the box 0 0 width height may show.
// Limits     io/limits.h: depth, use, commands, points.
// Threads    All functions may be called from several threads.
#pragma once

#include "base/colour.h"
#include "base/length.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bifolio {

struct DrawingPoint {
    double x = 0, y = 0;
    bool operator==(const DrawingPoint&) const = default;
};

// x' = a x + c y + e,  y' = b x + d y + f: the order of SVG's matrix() and PDF's cm.
struct AffineTransform {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
    bool operator==(const AffineTransform&) const = default;

    constexpr DrawingPoint operator()(DrawingPoint p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
    // First `inner`, then this one: (outer * inner)(p) = outer(inner(p)).
    constexpr AffineTransform operator*(const AffineTransform& inner) const {
        return {a * inner.a + c * inner.b, b * inner.a + d * inner.b,     a * inner.c + c * inner.d,
                b * inner.c + d * inner.d, a * inner.e + c * inner.f + e, b * inner.e + d * inner.f + f};
    }
    constexpr double determinant() const { return a * d - b * c; }
};

// One or more subpaths. `points` holds one point for move and line, three for cubic (two controls and the end), none for close.
enum class PathVerb : std::uint8_t { move, line, cubic, close };
struct DrawingPath {
    std::vector<PathVerb> verbs;
    std::vector<DrawingPoint> points;
    bool operator==(const DrawingPath&) const = default;
};

enum class FillRule { nonzero, evenodd };
enum class SpreadMethod { pad, reflect, repeat };

struct GradientStop {
    double offset = 0; // 0 to 1, never falling from stop to stop
    Colour colour;     // opaque
    double opacity = 1;
};

// Linear from p1 to p2; radial from the circle around p1 with r1 (the focus) to the circle around p2 with r2.
struct Gradient {
    enum class Kind { linear, radial } kind = Kind::linear;
    DrawingPoint p1, p2;
    double r1 = 0, r2 = 0;
    SpreadMethod spread = SpreadMethod::pad;
    AffineTransform transform;       // gradient space → the coordinates of the command; bounding box units are resolved
    std::vector<GradientStop> stops; // at least two, of at least two different looks
};

struct Paint {
    static Paint solid(Colour colour, double opacity = 1); // the colour's own alpha counts, too
    std::variant<Colour, Gradient> source;                 // a Colour is opaque
    double opacity = 1;                                    // 0 to 1, times the stops' own
};

enum class LineCap { butt, round, square };
enum class LineJoin { miter, round, bevel };

struct Stroke {
    Paint paint;
    double width = 1; // above 0
    LineCap cap = LineCap::butt;
    LineJoin join = LineJoin::miter;
    double miter_limit = 4;
    std::vector<double> dashes; // empty: solid; even count
    double dash_offset = 0;
};

// Fills, then strokes, in the coordinates of `transform`.
struct PathCommand {
    AffineTransform transform; // the command's coordinates → the drawing's
    DrawingPath path;
    FillRule rule = FillRule::nonzero;
    std::optional<Paint> fill;
    std::optional<Stroke> stroke;
};

enum class TextAnchor { start, middle, end };
// What the y of a span stands for: its alphabetic baseline or another line of its font.
enum class TextBaseline { alphabetic, middle, central, hanging, text_top, text_bottom, ideographic };
enum class TextSlant { normal, italic, oblique };

struct TextFont {
    std::vector<std::string> families; // in order of preference, generic names as in CSS; empty: the book's own
    double size = 16;
    int weight = 400; // 1 to 1000
    TextSlant slant = TextSlant::normal;
    double stretch = 1; // 0.5 to 2
    bool small_caps = false;
    bool operator==(const TextFont&) const = default;
};

// A run of characters in one style. Spans without x and y go on where the one before ended.
struct TextSpan {
    std::string text;           // white space already collapsed (or kept, as xml:space says)
    std::optional<double> x, y; // given: a new anchored chunk begins here
    double dx = 0, dy = 0;      // then moved by this
    bool begins_line = false;   // the file parts it from the span before by white space or by its place
    double rotate = 0;          // degrees, clockwise, around the span's own start
    double baseline_shift = 0;  // upwards, of sub- and superscripts
    TextBaseline baseline = TextBaseline::alphabetic;
    TextAnchor anchor = TextAnchor::start; // that of a chunk's first span counts for the chunk
    bool right_to_left = false;            // the base direction
    TextFont font;
    double letter_spacing = 0, word_spacing = 0;
    bool underline = false, overline = false, line_through = false;
    std::string language; // BCP 47, or empty
    std::optional<Paint> fill;
    std::optional<Stroke> stroke;
    std::uint32_t fit = 0; // index + 1 into TextCommand::fits; 0: the natural length
};

// textLength: the spans of one element are to take this length.
struct TextFit {
    double length = 0;
    bool stretches_glyphs = false; // lengthAdjust="spacingAndGlyphs"
};

struct TextCommand {
    AffineTransform transform;
    std::vector<TextSpan> spans; // reading order; the text of a span is never empty
    std::vector<TextFit> fits;
};

struct ImageCommand {
    AffineTransform transform; // of the unit square (top left 0 0, bottom right 1 1) → the drawing
    std::uint32_t image = 0;   // index into Drawing::images; upright by its EXIF orientation
    double opacity = 1;
};

// Until the matching PopClip only what lies inside the path shows. Nested clips intersect.
struct PushClip {
    DrawingPath path; // in the drawing's coordinates; several shapes are united
    FillRule rule = FillRule::nonzero;
};
struct PopClip {};
struct PushGroup { // painted as one, then laid on with this opacity (isolated, not knocked out)
    double opacity = 1;
};
struct PopGroup {};

using DrawingCommand = std::variant<PathCommand, TextCommand, ImageCommand, PushClip, PopClip, PushGroup, PopGroup>;

struct Drawing {
    double width = 0, height = 0;         // CSS px
    bool has_size = false;                // false: no width and height were given, only a viewBox; it fits any width
    std::vector<DrawingCommand> commands; // pushes and pops are in balance
    std::vector<std::string> images;      // PNG and JPEG files
    std::string title, description;       // of the root: <title>, <desc>
    std::string language;                 // of the root; BCP 47 or empty
    Length natural_width() const { return Length::px(width); }
    Length natural_height() const { return Length::px(height); }
};

// Something in the file that cannot be shown as it was meant.
struct PictureProblem {
    std::uint32_t begin = 0, end = 0; // bytes in the file; both 0 when the place is not known
    std::string message;              // lower case, no full stop, names in ‘quotes’
};

struct SvgReading {
    std::optional<Drawing> drawing;       // nullopt when the file is no SVG at all
    std::vector<PictureProblem> problems; // by place; none: everything is in the drawing
};
SvgReading read_svg(std::string_view bytes);

struct SvgSize {
    double width = 0, height = 0; // CSS px, above 0
    bool has_size = false;        // see Drawing
};
Result<SvgSize> svg_size(std::string_view bytes); // the root element only

// The words of the drawing in reading order; a new line after each text command.
std::string drawing_text(const Drawing& drawing);

// Where spans come to lie. The caller's shaping gives the measures; anchors, shifts, baselines and textLength are done here.
struct SpanMeasure {
    double advance = 0;                           // with the span's own letter- and word-spacing
    double ascent = 0, descent = 0, x_height = 0; // above and below the alphabetic baseline, positive
    std::size_t characters = 0;                   // typographic characters (clusters) that spacing can part
};
struct PlacedSpan {
    double x = 0, y = 0;      // start of the alphabetic baseline, left end, in the command's coordinates
    double advance = 0;       // as placed
    double extra_spacing = 0; // to add after each character
    double x_scale = 1;       // to stretch the glyphs by
};
std::vector<PlacedSpan> place_spans(const TextCommand& command, const std::function<SpanMeasure(const TextSpan&)>& measure);

// Whether the file can be put into an EPUB as it is: well-formed SVG in UTF-8 with its namespace, no scripts, event attributes,
// entities or references out of the file. Empty: it can.
std::vector<PictureProblem> check_svg_for_epub(std::string_view bytes);

// The same file with a title and a description in front of what it draws, where it has none, and as an image for those who hear
// it. `bytes` passed the check above. Empty words are left out.
struct SvgWords {
    std::string title, description, language; // BCP 47
};
std::string with_words(std::string_view bytes, const SvgWords& words);

// The commands as text, one a line, for golden tests and bug reports.
std::string dump(const Drawing& drawing);

} // namespace bifolio
