// table_columns.h: how wide each column of a table is.
#pragma once

#include "layout/page/section_state.h"
#include "layout/page/table_model.h"

namespace bifolio {

// What stands beside the columns: spacing between and around them (separated borders), the table's own padding and borders.
struct TableFrame {
    Length spacing_x, spacing_y;
    Length left, right, top, bottom; // border and padding of the table box
    bool collapsed = false;
};
TableFrame table_frame(const ComputedStyle& style, Length containing);

// Measures all cells; their paragraphs wait in the state to be set.
void measure_cells(const LayoutContext& context, SectionState& state, TableGrid& grid);

// Least and most widths of the whole table box.
ContentWidths table_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame);

// CSS 2.1 §17.5.2. `available` is what the table box may have at most; a table never leaves it.
std::vector<Length> column_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame, Length available);

// Half of a collapsed border lies inside the cell; separated borders do wholly.
struct CellEdges {
    Length left, right, top, bottom;
};
CellEdges cell_edges(const ComputedStyle& style, bool collapsed, Length width);

} // namespace bifolio
