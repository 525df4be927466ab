// line_builder.h: one paragraph → finished lines: broken by the optimiser, runs in visual order, justified, with underlines,
// backgrounds, links and the notes that they call.
#pragma once

#include "layout/page/galley.h"
#include "layout/page/paragraph_items.h"

#include <cstdint>
#include <vector>

namespace bifolio {

// A line that is finished but for its height on the page: x from the column's left edge, y from the line's top.
struct LineBox {
    Length height, baseline;
    bool hyphenated = false;
    std::vector<PlacedItem> items;
    std::vector<LinkArea> links;
    std::vector<Mark> marks;
    std::vector<NodeId> notes;
};

struct ParagraphSetting {
    std::uint32_t style = 0; // of the block
    NodeId block = no_node;
    std::vector<LineShape> shape; // indent from the column's left edge
    bool first_line_indented = true;
    std::optional<TextAlign> align; // instead of the style's
    Length hang_left, hang_right;   // room for hanging punctuation beside the column, on the page
};

// What a block's atoms show is laid out by the caller: see Atom. `atom_items[i]` are the items of content.atoms[i], from its top
// left corner.
struct AtomItems {
    std::vector<PlacedItem> items;
    std::vector<LinkArea> links;
    std::vector<Mark> marks;
};

// Scratch memory that paragraphs share, so that none allocates its own.
struct LineScratch {
    std::vector<Length> measure;
    ParagraphItems items;
};

std::vector<LineBox> build_lines(const LayoutContext& context, const InlineContent& content, std::vector<AtomItems>& atom_items,
                                 const ParagraphSetting& setting, LineScratch& scratch, Diagnostics& diagnostics);

// Reports characters that no font has and makes room for the box that stands for them.
void find_missing_glyphs(const LayoutContext& context, InlineContent& content);

// A short single line without a width: list markers, margin boxes. x from 0; its width is returned.
struct ShortLine {
    LineBox line;
    Length width;
};
ShortLine build_short_line(const LayoutContext& context, const InlineContent& content, std::uint32_t style);

// left, right or center of a text-align in a direction.
enum class Flush : std::uint8_t { left, right, centre, justify };
Flush flush_of(TextAlign align, Direction direction);

} // namespace bifolio
