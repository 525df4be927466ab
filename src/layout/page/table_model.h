// table_model.h: the grid of a table: rows in the order in which they are shown, cells at their columns.
//
// Spec       CSS 2.1 §17.2 (the table model, anonymous objects), HTML's rules for spans, CSS Tables 3 §3.3 (columns that no cell
//            needs are merged).
#pragma once

#include "layout/page/layout_context.h"
#include "layout/page/line_builder.h"

#include <memory>
#include <vector>

namespace bifolio {

enum class RowGroupKind : std::uint8_t { head, body, foot };

struct GridCell {
    NodeId node = no_node;     // no_node: a cell that nobody wrote, around `parts`
    NodeId block = no_node;    // whose text style its own words have: the cell, or the element around the parts
    std::vector<NodeId> parts; // of a cell that nobody wrote
    std::uint32_t row = 0, column = 0, row_span = 1, column_span = 1;
    ContentWidths widths{};             // with padding and borders
    Length before_mark{}, after_mark{}; // of decimal alignment: widths to the left and right of the decimal mark
    bool decimal = false;
    Sides<Length> half_borders{}; // collapsed borders: what of them lies inside the cell

    bool is_element() const { return node != no_node; }
};

struct GridRow {
    NodeId node = no_node, group = no_node; // no_node: nobody wrote it
    RowGroupKind kind = RowGroupKind::body;
    bool first_of_group = false, last_of_group = false;
    bool collapsed = false; // visibility: collapse
    std::vector<GridCell> cells;
};

struct GridColumn {
    NodeId node = no_node, group = no_node; // col and colgroup; no_node: nobody wrote it
    bool collapsed = false;
};

struct TableGrid {
    NodeId table = no_node;                         // when nobody wrote it, the element that it stands in
    std::shared_ptr<const ComputedStyle> anonymous; // its style when nobody wrote it
    std::vector<NodeId> captions;
    std::vector<GridColumn> columns;
    std::vector<GridRow> rows; // head, bodies, foot
    std::uint32_t head_rows = 0, foot_rows = 0;

    std::uint32_t end_column(const GridCell& cell) const { // one past its last
        return std::min(cell.column + cell.column_span, static_cast<std::uint32_t>(columns.size()));
    }
};

// `id`: a table, or the first of the parts that stand outside of any table and get one that nobody wrote.
TableGrid read_table(const LayoutContext& context, NodeId id);

bool is_table_part(Display display); // a cell, a row, a group, a column; a caption alone is a block
// All of the parts that stand in one table with the part `first`, with the space between them.
std::vector<NodeId> parts_beside(const LayoutContext& context, NodeId first);

const ComputedStyle& table_style(const LayoutContext& context, const TableGrid& grid);

// Of a row, group or cell; the initial style where nobody wrote one.
const ComputedStyle& style_or_initial(const LayoutContext& context, NodeId node);

} // namespace bifolio
