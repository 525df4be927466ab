// table_borders.h: collapsed borders: which of the borders that meet at an edge of the grid is drawn.
//
// Spec       CSS 2.1 §17.6.2.1: hidden wins, then the wider, then the style, then cell before row before group before table.
#pragma once

#include "layout/page/table_model.h"

#include <array>
#include <vector>

namespace bifolio {

struct BorderEdge {
    Length width;
    BorderStyle style = BorderStyle::none;
    Colour colour;
    bool shown() const { return width > Length() && style != BorderStyle::none && style != BorderStyle::hidden; }
};

// The four borders of each cell of a row, in CSS's order of sides. Where two cells meet, the one before (above, or to the left)
// has the border that won and the other has none.
using CellBorders = std::array<BorderEdge, 4>;
std::vector<std::vector<CellBorders>> collapsed_borders(const LayoutContext& context, const TableGrid& grid);

} // namespace bifolio
