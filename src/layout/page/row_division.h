// row_division.h: where a tall table row may be cut by the end of a page.
//
// Method     A cut is clean where no line of any cell stands across it; what each cell's own content says of a break there (orphans,
//            widows, what must stay together) is its price. Where the lines of cells interlock for too long, lines move down.
// Spec       CSS Fragmentation 3 §4.1: breaks within a row are breaks in all of its cells.
#pragma once

#include "layout/page/table_rows.h"

#include <optional>
#include <vector>

namespace bifolio {

// Slices between all clean cuts. `longest`: where two clean cuts are further apart, lines are moved down to make room for one.
// None: such rows stay whole there.
std::vector<RowSlice> divide_row(RowBlock& block, std::optional<Length> longest);

} // namespace bifolio
