// pages.h: the finished layout: every item at a fixed position, every item with an owner.
//
// Units      Length throughout. The origin is the trim box's top left corner; y grows downwards (glyph offsets grow upwards).
// Ownership  Pages owns its items and shares the Book. Fonts are named by FontId; the FontLibrary given to paginate() must
//            outlive every Pages made with it.
// Errors     None. A Pages value is always complete; what was wrong with the content has been reported to the Diagnostics given
//            to paginate().
// Spec       CSS Paged Media 3 (page boxes), CSS Fragmentation 3 (breaks, orphans, widows), GCPM 3 (footnotes, running heads).
#pragma once

#include "assemble/book.h"
#include "base/colour.h"
#include "base/ids.h"
#include "base/length.h"
#include "layout/text/shape.h"
#include "picture/picture.h"
#include "picture/svg.h"
#include "style/styled_book.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bifolio {

struct PagePoint {
    Length x, y; // from the trim box's top left corner, y down
};
struct PageRect {
    Length x, y, width, height;
};

// ISO 32000-1, 14.8.2.2: what is drawn but is no content.
enum class Artifact : std::uint8_t {
    running_head,
    folio,
    footnote_rule,
    repeated_table_head,
    background,
    border,
    rule,
    crop_mark,
    decoration
};

// A piece of the book's content: bytes [begin, end) of a text node, or something that stands for the whole element: a picture
// (begin == end == 0), generated content (::before, a list marker, a note's number; begin == end tells the parts' order).
struct Content {
    NodeId node = no_node;
    std::uint32_t begin = 0, end = 0;
    std::optional<PseudoElement> generated; // of which pseudo-element of `node` it is
};
using Owner = std::variant<Content, Artifact>; // part of the text, or not; there is no third case

// Glyphs of one font on one baseline. PlacedItem::at is the left end of the baseline. Glyphs are in visual order.
struct GlyphRun {
    FontId font{};
    Length size;
    Colour colour;
    std::uint8_t bidi_level = 0;
    std::string text;          // what the glyphs say; clusters are bytes in it. A hyphen at a line's end that is not in the
    std::vector<Glyph> glyphs; // source is in the glyphs, not in the text: its cluster is text.size()
    bool synthetic_bold = false, synthetic_italic = false;
    double opacity = 1;
    Length letter_spacing{}; // part of most glyphs' advances, for a writer that can say it once
    Length width() const;
};

// A box's background and borders. The rectangle is the border box.
struct BoxDecoration {
    Length width, height;
    Colour background{0, 0, 0, 0};
    Sides<Length> border_width{};
    Sides<BorderStyle> border_style{};
    Sides<Colour> border_colour{};
    std::array<Length, 4> radius{};
    double opacity = 1;
    bool operator==(const BoxDecoration&) const = default;
};

struct LineRule { // underlines, strike-through, column rules, footnote rules, crop marks: from `at`, to the right or downwards
    Length length, thickness;
    bool vertical = false;
    BorderStyle style = BorderStyle::solid;
    Colour colour;
    bool operator==(const LineRule&) const = default;
};

struct PlacedPicture {
    ResourceId resource = no_resource;
    Length width, height; // of its box on the page
    // Where the whole picture stands, from the box's corner, when it does not just fill the box (object-fit); what leaves the
    // box is cut off.
    std::optional<PageRect> whole;
    double opacity = 1;
    // The text of a drawing (SVG), shaped; in the drawing's coordinate system, parallel to its text commands.
    std::vector<std::vector<std::pair<PagePoint, GlyphRun>>> drawing_text;
};

struct PlacedItem {
    PagePoint at; // of boxes and pictures: the top left corner
    Owner owner;
    std::variant<GlyphRun, BoxDecoration, LineRule, PlacedPicture> item;
};

// Where a link can be pressed on this page: one for each line it runs over.
struct LinkArea {
    NodeId link = no_node; // the a element, the note_reference or the note (its call)
    PageRect rect;
    NodeId target = no_node; // inside the book
    std::string uri;         // or outside
};

struct Page {
    PageSide side = PageSide::right;
    std::string label;       // what a reader calls it: “iv”, “12”
    std::int64_t number = 1; // counter(page)
    std::string counter_style = "decimal";
    std::uint32_t section = 0; // the section that stands at its top
    bool blank = false;
    Length width, height, bleed; // trim size
    bool crop_marks = false;
    std::vector<PlacedItem> items; // in painting order
    std::vector<LinkArea> links;
};

struct Destination { // where a node begins
    PageIndex page{};
    PagePoint at;
};

struct Pages {
    std::shared_ptr<const Book> book;
    std::vector<Page> pages;
    std::map<NodeId, Destination> destinations; // every node with an id, every heading, every section root, every link target
    int passes = 1;                             // until the page references settled
    // Pictures by resource, decoded once: drawings for SVG, the facts for the others.
    std::vector<std::shared_ptr<const Drawing>> drawings; // by ResourceId; null for rasters
};

std::string dump(const Pages& pages); // golden tests

} // namespace bifolio
