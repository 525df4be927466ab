// line_composer.h: the inside of build_lines(): one broken line → items at their places.
#pragma once

#include "layout/page/line_builder.h"

#include <optional>

namespace bifolio {

struct LinePlan {                     // a line as it was broken
    std::uint32_t begin = 0, end = 0; // bytes of the paragraph, white space at the end included
    bool hyphenated = false;
    bool last = false;   // of the paragraph, or before a forced break
    bool parted = false; // other words of the same element follow in a paragraph of their own
    Length indent, width;
    Flush flush = Flush::left;
    Length hang_begin, hang_end; // what stands out of the margins
    Length letter_space;         // what the letters take of the adjustment
};

bool is_wide_space(char32_t c); // one of those that have no glyph at the end of a line

class LineComposer {
public:
    LineComposer(const LayoutContext& context, const InlineContent& content, std::vector<AtomItems>& atom_items);
    LineBox compose(const LinePlan& plan);
    Length overfull_by() const { return overfull_; } // of the line composed last
    Length natural_width() const { return natural_; }

private:
    struct Segment { // of one owner, in one font: one placed run
        GlyphRun run;
        Content owner;
        std::uint32_t box = 0, style = 0;
        std::uint32_t begin = 0, end = 0; // bytes of the paragraph
        Length x, width, before, after;   // before and after: edges of inline boxes, on the left and right
        std::int32_t atom = -1;
        bool missing = false;
        bool nobody = false;
        bool spaced = false; // its letters may be
    };
    struct Bytes { // of the paragraph
        std::uint32_t begin = 0, end = 0;
    };
    struct Rule {
        std::uint32_t box = 0;
        Length x, width;
    };

    std::size_t piece_at(std::uint32_t byte);
    std::int32_t atom_at(std::uint32_t byte) const;
    std::uint32_t seen_from(std::uint32_t byte, std::uint32_t end);
    static bool have_same_owner(const TextPiece& a, const TextPiece& b);
    bool is_drawn(Bytes bytes) const;
    static std::uint32_t node_byte(const TextPiece& piece, std::uint32_t byte);
    void own(Segment& segment);
    void cut_run(ShapedRun& run, std::uint32_t trimmed_end);
    void fill_segment(Segment& segment, ShapedRun& run, std::size_t first, std::size_t last, std::uint32_t begin,
                      std::uint32_t end);
    void keep_undrawn(std::uint32_t begin, std::uint32_t end);
    std::optional<Bytes> next_unowned(std::uint32_t from, std::uint32_t end, const std::vector<Bytes>& owned);
    void lengthen(Segment& segment, Bytes by);
    void add_undrawn(Bytes bytes);
    void add_trailing_space(const LinePlan& plan, std::uint32_t trimmed_end);
    void add_edges(const LinePlan& plan, std::uint32_t trimmed_end);
    void justify(const LinePlan& plan);
    Length space_letters(Length letter_space);
    Length space_words(Length room, std::int64_t spaces);
    void place(const LinePlan& plan);
    void measure_height(LineBox& line) const;
    void emit_backgrounds(LineBox& line);
    void emit_decorations(LineBox& line, bool over_text);
    void emit_segment(LineBox& line, Segment& segment);
    void emit_missing(LineBox& line, Segment& segment);
    void emit_leader(LineBox& line, const Segment& segment);
    void emit_links(LineBox& line);
    bool is_inside(std::uint32_t box, std::uint32_t ancestor) const;

    const LayoutContext& context_;
    const InlineContent& content_;
    std::vector<AtomItems>& atom_items_;
    std::vector<std::uint32_t> edged_;      // boxes with margins, borders or padding
    std::vector<std::uint32_t> painted_;    // boxes with a background or border
    std::vector<std::uint32_t> decorating_; // boxes with underlines and the like
    std::vector<NodeId> decorating_blocks_;
    std::vector<Segment> segments_; // visual order
    std::vector<Segment> run_segments_;
    std::size_t piece_ = 0;
    std::int32_t last_logical_ = -1;
    std::size_t next_anchor_ = 0, next_note_ = 0;
    Length overfull_, natural_;
};

} // namespace bifolio
