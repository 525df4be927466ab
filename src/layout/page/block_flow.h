// block_flow.h: blocks → galley. Margins collapse, boxes nest, floats stand aside, breaks get their price.
//
// Method     Margins, breaks and marks wait in `pending_` until the next fragment is made; so they collapse through whatever
//            makes no fragment of its own (CSS 2.1 §8.3.1), and breaks propagate to the first and from the last child
//            (CSS Fragmentation 3 §3.1).
// Spec       CSS 2.1 ch. 8 to 10 (normal flow, widths), §9.5 (floats), Fragmentation 3.
#pragma once

#include "layout/page/galley.h"
#include "layout/page/section_state.h"

#include <functional>
#include <optional>
#include <vector>

namespace bifolio {

struct PictureBox;

// The horizontal measures of one block in its containing block.
struct BoxWidths {
    Length x;            // of the border box, from the containing block's content edge on the left
    Length border_width; // of the border box
    Length left, right;  // border + padding
    Length content;
};
BoxWidths box_widths(const ComputedStyle& style, Length containing, std::optional<Length> content_width, bool keeps_to_right);

struct VerticalEdges {
    Length top, bottom; // border + padding
};
VerticalEdges vertical_edges(const ComputedStyle& style, Length containing);

bool is_page_float(const ComputedStyle& style); // CSS Page Floats 3: a figure that may leave its place

// A height or min-height of this element: a share only of a parent that has a height of its own (CSS 2.1 §10.5).
std::optional<Length> definite_height(const LayoutContext& context, NodeId id, const Dimension& height);

inline constexpr int least_beside_float = 6; // em: narrower lines begin below the float

class BlockFlow {
public:
    BlockFlow(const LayoutContext& context, SectionState& state, Length width);

    void add_block(NodeId id);                                          // the element with its box
    void add_children(NodeId id);                                       // what is in it
    void add_finished(NodeId id, const PictureBox* picture);            // the element so that its margin box fills the width
    void add_words(NodeId block, const std::vector<InlinePart>& parts); // a paragraph of this block's style
    void lead_with(GeneratedPart part);                                 // before the first words
    Galley finish();       // ends with the last fragment; its lower margin is dropped
    Galley finish_whole(); // the lower margin becomes part of the galley

    // For tables: a fragment of finished content, a container around the next ones.
    void add_flattened(Flattened&& block, Cost penalty_before);
    std::uint32_t open_container(NodeId id, std::uint32_t style, Length x, Length width, bool painted);
    void close_container(std::uint32_t container);
    Galley& galley() { return galley_; }
    Length x() const { return x_; }
    Length width() const { return width_; }
    bool in_columns() const { return column_set_ != no_columns; }
    void add_margin(Length margin);
    void begin_breaks(const ComputedStyle& style);
    void end_breaks(const ComputedStyle& style);
    void add_mark(NodeId id);
    // Stands beside what follows, which keeps to its page; `edge`: where that begins, or on the right ends.
    void add_beside(Flattened&& block, Length x, bool left, Length edge);
    void clear_floats(bool left, bool right);
    void add_edge(Length height, bool top); // padding and border of a box above or below its content
    void keep_with_next();
    void never_break(); // before the next fragment
    struct Region {
        Length x, width;
    };
    Region set_region(Region region); // the containing block; the one before is given back

private:
    struct Pending {
        Length positive, negative; // collapsed margins
        Cost penalty = 0;
        BreakBetween forced = BreakBetween::automatic;
        std::vector<NodeId> marks;
        Length space() const { return positive + negative; }
        void add(Length margin) {
            (margin > Length() ? positive : negative) = margin > Length() ? max(positive, margin) : min(negative, margin);
        }
    };
    struct FloatZone {
        bool left = true;
        Length edge;   // its inner edge: the right edge of a float on the left
        Length bottom; // y in the galley
    };
    struct Marker { // outside of a list item, waiting for its first line
        ShortLine line;
        Length x;
    };

    Fragment& emit(Length height, Cost penalty_before);
    void emit_lines(std::vector<LineBox>& lines, const ComputedStyle& style, int kept = 0); // `kept`: lines beside a letter
    void add_box(NodeId id, std::optional<Length> content_width);
    void add_paragraph(NodeId block, std::uint32_t style, const std::vector<InlinePart>& parts, std::uint32_t run);
    void add_picture_block(NodeId id, const PictureBox* sized);
    void add_float(NodeId id);
    bool add_page_float(NodeId id);
    void open_columns(const ComputedStyle& style, std::uint32_t style_index);
    void close_columns();
    void add_spanning(NodeId id);
    void add_marker(NodeId id, const BoxWidths& box);
    Length float_bottom() const;
    std::vector<LineShape> line_shape(Length line_height) const;
    std::vector<AtomItems> resolve_atoms(InlineContent& content, Length width);
    NoteBody make_note(NodeId note);
    void use_page_name(const std::string& name);
    PageEdges hang_room(NodeId block) const;

    const LayoutContext& context_;
    SectionState& state_;
    Galley galley_;
    Pending pending_;
    std::optional<Pending> around_float_; // behind a page float: what would be pending without it
    Length x_, width_;                    // of the containing block's content box
    Length y_;                            // height so far
    std::uint32_t container_ = no_container;
    std::uint32_t column_set_ = no_columns;
    Region around_columns_{}; // the content box of the element whose columns are open
    struct AvoidInside {      // an open box that must not be cut
        Cost cost = cost_of_cut_box;
        bool begun = false; // its first fragment is there
    };
    std::vector<AvoidInside> avoid_inside_;
    std::vector<FloatZone> floats_;
    std::vector<Marker> markers_;
    std::vector<GeneratedPart> lead_;
    std::uint16_t page_name_ = 0;
    bool after_kept_ = false; // the fragment before was kept with a heading
};

// Floats, inline blocks, cells: an element as one finished block. `content_width` without margins, borders, padding.
struct FinishedBox {
    Flattened block; // margin box
    Length width;
};
FinishedBox finish_box(const LayoutContext& context, SectionState& state, NodeId id, Length available);

// The content of a block as rows of inline parts and blocks between them, the same for measuring and setting.
void for_each_run(const LayoutContext& context, NodeId id,
                  const std::function<void(const std::vector<InlinePart>&, std::uint32_t run)>& on_run,
                  const std::function<void(NodeId)>& on_block,
                  const std::function<void(const GeneratedPart&)>& on_generated_block,
                  const std::function<void(NodeId)>& on_mark);

ContentWidths measure_block(const LayoutContext& context, SectionState& state, NodeId id);    // with margins, borders, padding
ContentWidths measure_children(const LayoutContext& context, SectionState& state, NodeId id); // content box

} // namespace bifolio
