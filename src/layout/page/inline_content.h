// inline_content.h: what stands in one paragraph, as one string for shaping, and the way back from it to the nodes.
//
// White space is collapsed across inline boundaries (CSS Text 3 §4.1), text is transformed, the controls of bidi isolates are put
// in, generated content stands where it belongs; pictures and other atoms are U+FFFC.
#pragma once

#include "layout/page/layout_context.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bifolio {

// A stretch of the paragraph's text and whose it is. Pieces cover the text without gaps.
struct TextPiece {
    std::uint32_t begin = 0, end = 0;           // bytes in the paragraph's text
    NodeId node = no_node;                      // no_node: put in by layout, nobody's text
    std::uint32_t node_begin = 0, node_end = 0; // bytes in the node's text that it shows
    std::optional<PseudoElement> generated;
    bool linear = true; // byte by byte; else only the whole piece corresponds
    std::uint32_t box = 0;
    std::uint32_t style = 0; // index into LayoutContext::text_styles
};

struct InlineBox { // an inline element, or a pseudo-element; box 0 is the paragraph itself
    NodeId node = no_node;
    std::uint32_t style = 0;
    std::uint32_t parent = 0;
    std::uint32_t begin = 0, end = 0; // bytes
    NodeId link = no_node;            // the a, note or note_reference around it
    bool painted = false;
    Length edge_start, edge_end; // margin, border and padding
    Length shift;                // of its baseline, upwards, from the paragraph's
};

struct Atom { // what U+FFFC stands for
    enum class Kind : std::uint8_t { picture, block, leader, space, ruby };
    Kind kind = Kind::picture;
    std::uint32_t at = 0; // byte
    NodeId node = no_node;
    std::optional<PseudoElement> generated;
    ResourceId resource = no_resource;
    std::string pattern;                  // of a leader
    std::vector<NodeId> base, annotation; // of a ruby: what stands in the line, what above it
    std::uint32_t box = 0, style = 0;
    Length width, above, below; // set when the width of the paragraph is known
};

struct Anchor { // a node that begins at this byte
    std::uint32_t at = 0;
    NodeId node = no_node;
};

struct NoteCall {
    std::uint32_t at = 0;
    NodeId note = no_node;
};

struct InlineContent {
    ShapedText shaped;
    std::vector<TextPiece> pieces;
    std::vector<InlineBox> boxes;
    std::vector<Atom> atoms;
    std::vector<Anchor> anchors;
    std::vector<NoteCall> notes;
    std::vector<std::uint32_t> no_break;  // bytes where a line must not end (before a note's number), ascending
    std::vector<NodeId> floats;           // side floats that stand in it
    bool has_text = false;                // anything to show
    std::uint32_t initial_letter_end = 0; // bytes of the initial letter; the lines that it reaches down over
    int initial_letter_sink = 0;
};

// What goes into it, in order.
struct GeneratedPart {
    NodeId node = no_node;
    PseudoElement pseudo = PseudoElement::before;
    std::uint32_t style = 0;
    GeneratedContent content;
};
using InlinePart = std::variant<NodeId, GeneratedPart>;

struct InlineReport { // what was noticed while building
    std::vector<UsedReference> references;
    Diagnostics diagnostics;
};

// `block` is the element whose paragraph it is: its style gives direction and the strut. `begins_block`: it is the block's first
// one, which its ::first-letter is taken from.
InlineContent build_inline_content(const LayoutContext& context, NodeId block, std::uint32_t block_style,
                                   const std::vector<InlinePart>& parts, InlineReport& report, bool begins_block = false);

// A leader is at least one letter wide.
void size_leader(const LayoutContext& context, Atom& atom);

// The text of a plain line of generated content: margin boxes, markers.
InlineContent plain_inline_content(const LayoutContext& context, std::uint32_t style, std::string text);

} // namespace bifolio
