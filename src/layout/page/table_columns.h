// table_columns.h: how wide each column of a table is.
//
// Spec       CSS 2.1 §17.5.2; where it leaves the choice, CSS Tables 3 §3.9 (the guesses between which a width is shared out).
#pragma once

#include "layout/page/section_state.h"
#include "layout/page/table_model.h"

#include <functional>

namespace bifolio {

// What stands beside the columns: spacing between and around them (separated borders), the table's own padding and borders.
struct TableFrame {
    Length spacing_x, spacing_y;
    Length left, right, top, bottom; // border and padding of the table box; of collapsed borders the half that lies inside
    bool collapsed = false;
};
// Collapsed borders must be known in the grid.
TableFrame table_frame(const LayoutContext& context, const TableGrid& grid, Length containing);

// Measures all cells; the paragraphs of those that somebody wrote wait in the state to be set.
void measure_cells(const LayoutContext& context, SectionState& state, TableGrid& grid);

// What stands in a cell that nobody wrote, as rows of words and blocks between them.
void for_each_part(const LayoutContext& context, const GridCell& cell,
                   const std::function<void(const std::vector<InlinePart>&)>& on_words,
                   const std::function<void(NodeId)>& on_block);

// Least and most widths of the whole table box.
ContentWidths table_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame);

// `available` is what the table box may have at most; a table never leaves it. Collapsed columns have the width that
// they would be shown with.
std::vector<Length> column_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame, Length available);

// The width between a table's edges when it has no columns.
Length empty_table_width(const ComputedStyle& style, const TableFrame& frame, Length available);

// Spaces around and between the columns that are shown.
Length spaces_of(const TableGrid& grid, const TableFrame& frame);

struct CellEdges { // border and padding
    Length left, right, top, bottom;
};
CellEdges cell_edges(const LayoutContext& context, const GridCell& cell, bool collapsed, Length width);

} // namespace bifolio
