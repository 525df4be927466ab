// table_rows.h: rows of a table with their cells set: heights, places, backgrounds, collapsed borders.
//
// Units      x from the column's left edge, y from the top of the block of rows.
// Spec       CSS 2.1 §17.5.1 (layers of backgrounds), §17.5.3 (heights), §17.6 (borders).
#pragma once

#include "layout/page/galley.h"
#include "layout/page/table_borders.h"
#include "layout/page/table_columns.h"

#include <optional>
#include <vector>

namespace bifolio {

struct SetCell { // a cell with its content set
    const GridCell* grid = nullptr;
    Galley galley;
    Length x, width; // border box
    CellEdges edges;
    std::vector<Length> tops; // of the galley's fragments, from the cell's content top
    Length content;           // height
    Length top, height;       // border box, in the block
    Length shift;             // of the content, for vertical-align
    Length indent;            // for decimal alignment
    bool hidden = false;      // all its rows or columns are collapsed
};

struct RowBlock { // rows that are joined by spans: they stay together
    std::uint32_t begin = 0, end = 0;
    std::vector<SetCell> cells;
    std::vector<Length> tops, heights, baselines; // of the rows
    std::vector<bool> has_height;                 // rows that ask for a height, themselves or in a cell
    Length height;
};

struct TableGeometry {
    const LayoutContext& context;
    TableGrid grid;
    CollapsedBorders borders; // when they collapse
    TableFrame frame;
    bool rtl = false;
    Length x, width;                    // of the table box, in the column
    std::vector<Length> widths, starts; // of the columns; starts from the table's edge on the side where rows begin
    std::optional<Length> height;       // of all rows with the spaces around and between them, when it is asked for

    const ComputedStyle& style() const { return table_style(context, grid); }
    Length line_x(std::size_t column) const; // of the line before a column, in the column of the page
};

// The least heights of the rows; their cells are set.
void size_rows(const TableGeometry& table, RowBlock& block);
// Places rows and cells, aligns what is in them.
void place_rows(const TableGeometry& table, RowBlock& block);
// More height for the rows of a table that asks for it: for those without a height of their own, in proportion.
void stretch_rows(const TableGeometry& table, std::vector<RowBlock>& blocks);

Length fragment_top(const SetCell& cell, std::size_t fragment);
// Moves everything below `grown` down.
void grow_cell(RowBlock& block, SetCell& grown, Length more);

// The collapsed borders above the block, from its top, for where no rows stand before it.
std::vector<PlacedItem> borders_above(const TableGeometry& table, const RowBlock& block);

struct RowSlice { // the part of a block between two heights
    Length from, to;
    std::vector<std::uint32_t> cells;                       // whose boxes stand in it, ascending
    std::vector<std::pair<std::uint32_t, Range>> fragments; // by cell, ascending: what stands in it
    Cost penalty_before = 0;                                // what the cells say of a cut above it
    Length clone_top, clone_bottom;                         // padding of the cells that are cut above and below it
};

RowSlice whole_block(const RowBlock& block);
// A slice, ready to be placed. Contents are moved out.
Flattened flatten_slice(const TableGeometry& table, RowBlock& block, const RowSlice& slice);
// Backgrounds and upright borders of the cells that a slice's lower edge cuts, from `top` so far down.
std::vector<PlacedItem> cells_across(const TableGeometry& table, const RowBlock& block, const RowSlice& slice, Length top,
                                     Length height);

} // namespace bifolio
