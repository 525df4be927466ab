// structure_table.h: a table of the structure tree as a grid, spans counted out. ISO 32000-1, 14.8.5.7.
#pragma once

#include "verify/structure.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

struct StructureCell {
    std::size_t element = StructureElement::none;
    std::size_t row = 0, column = 0, rows = 1, columns = 1; // from 0
    bool is_header = false;
};

struct StructureTable {
    std::vector<std::size_t> rows; // the TR elements, head and foot among them, in the tree's order
    std::vector<StructureCell> cells;
    std::set<std::pair<std::size_t, std::size_t>> taken; // row, column
    bool overlaps = false;
    std::size_t overlap_row = 0;
    std::size_t columns() const;
    // The header cells that a cell's place gives it (Scope), or that it names itself (Headers); the row's first.
    std::vector<const StructureCell*> headers_of(const Structure& structure, const StructureCell& cell) const;
};

StructureTable structure_table(const Structure& structure, std::size_t table);

} // namespace bifolio
