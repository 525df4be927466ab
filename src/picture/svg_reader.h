// svg_reader.h: walks the tree and writes the commands. Its parts: svg_reader.cpp (structure), svg_shapes.cpp (shapes, markers),
// svg_paint.cpp (paint servers, strokes, clips), svg_text.cpp.
#pragma once

#include "picture/svg_document.h"
#include "picture/svg_style.h"

#include <set>
#include <string>
#include <vector>

namespace bifolio {

SvgSize size_of_root(const SvgDocument& document, const SvgStyle& style);

class SvgReader {
public:
    SvgReader(const SvgDocument& document, Drawing& drawing, std::vector<PictureProblem>& problems);
    void read();

private:
    enum class Axis { x, y, diagonal };
    // Where an element stands.
    struct Place {
        AffineTransform transform;              // its coordinates → the drawing's
        double view_width = 0, view_height = 0; // what percentages refer to
    };

    // Structure.
    void check_whole_tree();
    void draw_root();
    void draw_children(SvgNodeId node, const SvgStyle& style, const Place& place);
    void draw_element(SvgNodeId node, const SvgStyle& parent, Place place);
    void draw_content(SvgNodeId node, const SvgStyle& style, const Place& place);
    void draw_use(SvgNodeId node, const SvgStyle& style, const Place& place);
    void draw_nested(SvgNodeId node, const SvgStyle& style, const Place& place, double width, double height);
    void draw_switch(SvgNodeId node, const SvgStyle& style, const Place& place);
    void draw_image(SvgNodeId node, const SvgStyle& style, const Place& place);
    bool conditions_hold(SvgNodeId node) const;
    void close_group(std::size_t begin, double opacity);

    // Shapes and markers.
    bool is_shape(SvgNodeId node) const;
    DrawingPath shape_path(SvgNodeId node, const SvgStyle& style, const Place& place);
    DrawingPath rectangle_of(SvgNodeId node, const SvgStyle& style, const Place& place);
    void draw_shape(SvgNodeId node, const SvgStyle& style, const Place& place);
    void emit_painted(SvgNodeId node, const DrawingPath& path, const SvgStyle& style, const Place& place);
    void draw_markers(SvgNodeId node, const DrawingPath& path, const SvgStyle& style, const Place& place);
    struct Vertex;
    static std::vector<Vertex> vertices_of(const DrawingPath& path);
    void draw_marker(SvgNodeId owner, const std::string& id, const Vertex& vertex, bool reversed, const SvgStyle& style,
                     const Place& place);

    // Paint.
    std::optional<Paint> paint_of(SvgNodeId node, const SvgPaint& paint, double opacity, const SvgStyle& style,
                                  const Place& place, const Bounds* bounds);
    std::optional<Paint> paint_from_server(SvgNodeId node, SvgNodeId server, const Place& place, const Bounds* bounds);
    std::optional<Stroke> stroke_of(SvgNodeId node, const SvgStyle& style, const Place& place, const Bounds* bounds);
    std::vector<GradientStop> stops_of(SvgNodeId gradient);
    std::size_t count_clips(SvgNodeId node, const std::string& id);
    void fill_clips(SvgNodeId node, const std::string& id, const Place& place, std::size_t first, std::size_t count);
    bool clip_shapes(SvgNodeId clip, const AffineTransform& transform, const Place& place, PushClip& result);
    void add_clip_shape(SvgNodeId node, const SvgStyle& parent, AffineTransform transform, const Place& place, PushClip& result,
                        int depth);
    Bounds content_bounds(std::size_t begin, std::size_t end, const AffineTransform& to_drawing, bool& has_text) const;

    // Text.
    struct Letters;
    void draw_text(SvgNodeId node, const SvgStyle& style, const Place& place);
    void collect_letters(SvgNodeId node, const SvgStyle& style, const Place& place, Letters& letters);
    void collect_text(SvgNodeId text, const SvgStyle& style, Letters& letters);
    void place_letters(SvgNodeId node, std::size_t begin, std::size_t end, const SvgStyle& style, const Place& place,
                       Letters& letters);

    // Values.
    double resolve(const SvgLength& length, Axis axis, const SvgStyle& style, const Place& place) const;
    double length(SvgNodeId node, std::string_view name, Axis axis, const SvgStyle& style, const Place& place, double otherwise);
    bool has_length(SvgNodeId node, std::string_view name, const SvgStyle& style) const; // and is not “auto”
    SvgNodeId referenced(SvgNodeId from, std::string_view href);                         // reports; no_svg_node

    bool emit(DrawingCommand command, SvgNodeId node); // false when it cannot be drawn, which has been reported
    void close_clip() { drawing_.commands.emplace_back(PopClip{}); }
    void problem(SvgNodeId node, std::string message);
    void problem(const SvgAttribute& attribute, std::string message);
    void problem(std::uint32_t begin, std::uint32_t end, std::string message);
    bool spend(std::size_t points, SvgNodeId node);   // false when the drawing has grown too large
    bool visit(SvgNodeId node, std::size_t more = 0); // false when too much work has been done

    const SvgDocument& document_;
    Drawing& drawing_;
    std::vector<PictureProblem>& problems_;
    std::set<std::pair<std::uint32_t, std::string>> reported_;
    SvgStylesheet sheet_;
    SvgStyler styler_;
    std::vector<SvgNodeId> open_references_; // use, marker, clip: who is being drawn
    const SvgStyle* context_ = nullptr;      // whose fill and stroke context-fill and context-stroke mean
    std::size_t visits_ = 0, points_ = 0;
    bool exhausted_ = false;
};

} // namespace bifolio
