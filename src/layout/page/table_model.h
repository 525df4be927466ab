// table_model.h: the grid of a table: rows in the order in which they are shown, cells at their columns.
//
// Spec       CSS 2.1 §17.2 (the table model), HTML's rules for spans; what stands in a table without being of it comes before it.
#pragma once

#include "layout/page/layout_context.h"
#include "layout/page/line_builder.h"

#include <vector>

namespace bifolio {

enum class RowGroupKind : std::uint8_t { head, body, foot };

struct GridCell {
    NodeId node = no_node;
    std::uint32_t row = 0, column = 0, row_span = 1, column_span = 1;
    ContentWidths widths;           // with padding and borders
    Length before_mark, after_mark; // of decimal alignment: widths to the left and right of the decimal mark
    bool decimal = false;
};

struct GridRow {
    NodeId node = no_node, group = no_node;
    RowGroupKind kind = RowGroupKind::body;
    bool first_of_group = false, last_of_group = false;
    std::vector<GridCell> cells;
};

struct GridColumn {
    NodeId node = no_node;
    Dimension width; // what col asks for
};

struct TableGrid {
    NodeId table = no_node;
    std::vector<NodeId> captions, strays;
    std::vector<GridColumn> columns;
    std::vector<GridRow> rows; // head, bodies, foot
    std::uint32_t head_rows = 0;
};

TableGrid read_table(const LayoutContext& context, NodeId table);

} // namespace bifolio
