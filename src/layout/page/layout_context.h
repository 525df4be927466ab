// layout_context.h: what all sections read and none changes: fonts of the styles, facts of the pictures, known page numbers.
#pragma once

#include "base/diagnostics.h"
#include "layout/page/missing_glyphs.h"
#include "layout/page/paginate.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

struct StyleMetrics { // of a style's first font, at its size
    FontId font{};
    Length ascent, descent, x_height;
    Length line_above, line_below;                                 // with half of the leading each; together the line height
    Length underline_position, strikeout_position, line_thickness; // up from the baseline
    Length hyphen;                                                 // width of a hyphen at a line's end
    std::uint32_t space_glyph = 0;
    bool synthetic_bold = false, synthetic_italic = false;
};

struct PictureFact {
    bool known = false; // it could be read
    bool is_drawing = false;
    Length width, height; // natural
    std::uint32_t pixels_across = 0;
    bool fits_any_width = false; // a drawing with a viewBox only
};

struct KnownPage {
    bool known = false;
    std::int64_t number = 0;
    std::string label;
    std::uint32_t index = 0; // in the book
};

enum NodeFlag : std::uint8_t {
    block_inside = 1, // an inline element that holds a block
    marked = 2,       // a destination, a string-set, a counter: its page must be known
};

struct LayoutContext {
    const StyledBook& styled;
    const Book& book;
    const Shaper& shaper;
    const LayoutOptions& options;
    std::size_t style_count = 0;
    std::vector<TextStyle> text_styles; // [0, style_count) by computed style; from there the same as a raised note number
    std::vector<StyleMetrics> metrics;  // parallel to text_styles
    std::vector<std::uint8_t> node_flags;
    std::vector<PictureFact> pictures; // by ResourceId
    std::vector<std::shared_ptr<const Drawing>> drawings;
    // Pages as the pass before found them: by target node.
    std::map<NodeId, KnownPage> known_pages;
    std::int64_t known_page_count = 0;
    std::map<NodeId, std::int64_t> known_note_numbers; // where pages count their notes
    std::unique_ptr<MissingGlyphs> missing_glyphs;

    const ComputedStyle& computed(std::uint32_t style) const { return styled.styles[style % style_count]; }
    std::uint32_t style_of(NodeId node) const { return styled.style_of[index(node)]; }
    const ComputedStyle& style(NodeId node) const { return styled.styles[style_of(node)]; }
    bool has(NodeId node, NodeFlag flag) const { return (node_flags[index(node)] & flag) != 0; }
};

LayoutContext make_context(const StyledBook& styled, const Shaper& shaper, const TaskPool& pool, const LayoutOptions& options,
                           Diagnostics& diagnostics);

bool is_block_level(const ComputedStyle& style);

// What the text says of pages (the page of a node, their number, a note's number on its page), as it was set; compared with the
// truth after each pass.
struct UsedReference {
    enum class Kind : std::uint8_t { page, pages, note_number, page_list };
    Kind kind = Kind::page;
    NodeId target = no_node; // none for pages; of a page list, the element that holds the links
    NodeId user = no_node;   // for messages
    std::string counter_style, text;
};
std::string reference_text(const LayoutContext& context, UsedReference::Kind kind, NodeId target, std::string_view counter_style);

} // namespace bifolio
