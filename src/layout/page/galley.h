// galley.h: one section set as a single long column, before it is cut into pages.
//
// Shape      A galley is a list of fragments: lines, table rows, pictures, the edges of decorated boxes. Between two of them
//            stand a space (collapsed margins) and what it costs to break there. A container is a box with a look of its own that
//            runs over several fragments (background, borders, a table that repeats its head): it is drawn for each page.
// Units      x from the left edge of the column, y from the top edge of the fragment, downwards.
// Ownership  A galley owns everything in it; ranges are indices into its arrays.
#pragma once

#include "layout/page/pages.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bifolio {

inline constexpr std::uint32_t no_container = 0xFFFF'FFFF;
inline constexpr std::uint32_t no_columns = 0xFFFF'FFFF;

// What it costs to break a page; an empty page costs `cost_of_empty_page`. Wishes of a style are dearer than any bad page.
using Cost = std::int64_t;
inline constexpr Cost cost_of_empty_page = 10'000;
inline constexpr Cost cost_of_orphan = 60'000;            // or widow
inline constexpr Cost cost_of_cut_box = 200'000;          // break-inside: avoid
inline constexpr Cost cost_of_parting = 500'000;          // break-after: avoid, a heading from its text
inline constexpr Cost cost_of_never = 100'000'000;        // behind a box's upper edge, beside a float
inline constexpr Cost cost_of_moved_float = 200;          // a figure on the page behind its place
inline constexpr Cost cost_of_far_float = 20'000;         // for each further page
inline constexpr Cost cost_of_banned_hyphen = 50'000'000; // nobody turns a page within a word while any other break is left
inline constexpr Cost cost_of_lonely_line = 2'000;        // one more line behind a heading would be better
inline constexpr Cost cost_of_lonely_item = 4'500;        // the first or the last item of a list, away from the others
inline constexpr Cost cost_of_announced = 6'000;          // “bring what you have:” away from what it announces

struct Range {
    std::uint32_t begin = 0, end = 0;
    bool empty() const { return begin == end; }
    std::uint32_t size() const { return end - begin; }
};

struct Mark { // a node begins here
    NodeId node = no_node;
    PagePoint at;
};

// A figure that may leave its place in the text (CSS Page Floats 3).
enum class PageFloat : std::uint8_t {
    none,
    snap,  // stands in its place where the page has room, otherwise at the top of the next page
    top,   // at the top of its page, or of the next one
    bottom // at the foot of its page, above the notes, or of the next one
};

struct Fragment {
    Length height;
    Length space_before; // dropped at the top of a page, unless the page was forced
    Length baseline;     // of its (first) line, from the top
    Cost penalty_before = 0;
    HyphenateLimitLast hyphen_before = HyphenateLimitLast::none; // the line before it ends within a word: where that is banned
    std::uint32_t container = no_container;                      // the innermost
    std::uint32_t column_set = no_columns;
    BreakBetween forced = BreakBetween::automatic; // a new page begins before it: page, left, right
    std::uint16_t page_name = 0;                   // index into Galley::page_names
    bool has_line = false;
    bool hyphenated = false; // the line ends with a hyphen
    bool snaps = false;      // its baseline stands on the grid
    bool rigid = false;      // space_before is never stretched: between the rows of a table
    Length overhang;         // how far a side float beside it goes on below
    PageFloat page_float = PageFloat::none;
    Length float_gap;           // of a page float: between it and the text
    Length space_without_float; // behind a page float: space_before where the float stands elsewhere
    Range items, links, marks, notes;
    // Of a table row that is cut: the padding of its cells, repeated where a page begins or ends with it (outside of columns).
    Length clone_top, clone_bottom;
    bool continues_row = false; // the part of a row below a cut
    Range page_top_items;       // drawn too where a page begins with it: the border above a table row, the cells above the cut
    Range page_end_items;       // drawn too where a page ends with it, from its lower edge
};

enum class BreakPlace : std::uint8_t { column, page, spread }; // the end of a column, of a page, of a facing pair of pages

inline Cost cost_before(const Fragment& fragment, BreakPlace place) {
    const HyphenateLimitLast limit = fragment.hyphen_before;
    const bool banned = limit >= HyphenateLimitLast::column ||
                        (place != BreakPlace::column && limit == HyphenateLimitLast::page) ||
                        (place == BreakPlace::spread && limit == HyphenateLimitLast::spread);
    return fragment.penalty_before + (banned ? cost_of_banned_hyphen : 0);
}

struct Galley;

struct Container {
    std::uint32_t parent = no_container;
    Range fragments;
    NodeId node = no_node;
    Length x, width; // border box
    std::uint32_t style = 0;
    std::uint32_t column_set = no_columns;       // in whose columns it stands
    bool painted = false;                        // has a background or a border
    bool clones = false;                         // box-decoration-break: clone
    Length clone_top, clone_bottom;              // padding and border repeated at each break
    std::shared_ptr<const Galley> repeated_head; // of a table, set on each further page
    Length head_height, caption_height;          // the caption above a repeated head stands outside of the box
    std::shared_ptr<const Galley> repeated_foot; // set on each page that it goes on from
    Length foot_height;
    // With those of all parents.
    Length continue_height, break_height;
};

// Fragments that stand in columns side by side. They are set for one column's width; the page builder shares them out.
struct ColumnSet {
    Range fragments;
    int count = 2;
    Length x, width, gap; // of the left column; of each column; between two
    bool right_to_left = false;
    bool balanced = true;
    std::uint32_t style = 0; // of the element: the rules between columns
};

struct KeptBox { // break-inside: -bifolio-never
    NodeId node = no_node;
    Range fragments;
};

struct NoteBody {
    NodeId note = no_node;
    std::shared_ptr<Galley> galley;
};

struct Galley {
    std::vector<Fragment> fragments;
    std::vector<PlacedItem> items;
    std::vector<LinkArea> links;
    std::vector<Mark> marks;
    std::vector<NoteBody> notes;
    std::vector<Container> containers; // parents before children
    std::vector<ColumnSet> column_sets;
    std::vector<KeptBox> kept_boxes;
    std::vector<std::string> page_names{std::string()};
    bool is_page_flow = false; // becomes pages: not a cell, a note, a float
    // The baseline grid (CSS Line Grid 1): lines of this height, the first baseline so far below the top of the page's content
    // area. Zero: no grid.
    Length grid_step, grid_baseline;

    Length height() const; // with all spaces
    // Where a fragment stands that could stand at `top`, measured from the top of the page's content area: on the grid.
    Length snapped(const Fragment& fragment, Length top) const;
    Length in_grid_steps(Length height) const; // rounded up, so that what stands below it stays on the grid
};

// The box decoration of a container or cell of this style.
BoxDecoration decoration_of(const ComputedStyle& style, Length width, Length height);
bool is_painted(const ComputedStyle& style);

// What of a galley is wanted at one place, as a single block: cells, floats, inline blocks. Items are moved out.
struct Flattened {
    std::vector<PlacedItem> items;
    std::vector<LinkArea> links;
    std::vector<Mark> marks;
    std::vector<NoteBody> notes;
    Length height, baseline;
    bool has_baseline = false;
};
// Fragments `range` of it, the first at (x, y), with the decorations of containers in that range.
void flatten_into(Galley& galley, Range range, Length x, Length y, const std::vector<ComputedStyle>& styles, Flattened& into,
                  bool keep_first_space = true);
Flattened flatten(Galley galley, const std::vector<ComputedStyle>& styles);

} // namespace bifolio
