// table_borders.h: collapsed borders: which of the borders that meet at an edge of the grid is drawn.
//
// Spec       CSS 2.1 §17.6.2.1: hidden wins, then the wider, then the style, then cell before row, row group, column, column
//            group and table; of equals the one above or nearer to the line's start.
#pragma once

#include "layout/page/table_model.h"

#include <vector>

namespace bifolio {

struct BorderEdge {
    Length width;
    BorderStyle style = BorderStyle::none;
    Colour colour;
    bool shown() const { return width > Length() && style != BorderStyle::none && style != BorderStyle::hidden; }
    Length shown_width() const { return shown() ? width : Length(); }
};

// The winner at each edge between two slots of the grid, and around them. Columns count from where rows begin.
struct CollapsedBorders {
    std::size_t rows = 0, columns = 0;
    std::vector<BorderEdge> horizontals, verticals;

    const BorderEdge& above(std::size_t row, std::size_t column) const { return horizontals[row * columns + column]; }
    const BorderEdge& before(std::size_t row, std::size_t column) const { return verticals[row * (columns + 1) + column]; }
};

// Also says in each cell what of the borders lies inside it.
CollapsedBorders collapse_borders(const LayoutContext& context, TableGrid& grid);

} // namespace bifolio
