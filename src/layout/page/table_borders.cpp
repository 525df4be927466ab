#include "layout/page/table_borders.h"

#include <algorithm>

namespace bifolio {

namespace {

BorderEdge edge_of(const ComputedStyle& style, Side side) {
    return {at(style.border_width, side), at(style.border_style, side), at(style.border_colour, side)};
}

int rank(BorderStyle style) {
    switch (style) {
    case BorderStyle::double_: return 8;
    case BorderStyle::solid: return 7;
    case BorderStyle::dashed: return 6;
    case BorderStyle::dotted: return 5;
    case BorderStyle::ridge: return 4;
    case BorderStyle::outset: return 3;
    case BorderStyle::groove: return 2;
    case BorderStyle::inset: return 1;
    case BorderStyle::none:
    case BorderStyle::hidden: return 0;
    }
    return 0;
}

// The first of equals wins.
void contest(BorderEdge& winner, const BorderEdge& other) {
    if (winner.style == BorderStyle::hidden || other.style == BorderStyle::none) return;
    if (other.style == BorderStyle::hidden || winner.style == BorderStyle::none || other.width > winner.width ||
        (other.width == winner.width && rank(other.style) > rank(winner.style)))
        winner = other;
}

} // namespace

std::vector<std::vector<CellBorders>> collapsed_borders(const LayoutContext& context, const TableGrid& grid) {
    const ComputedStyle& table = context.style(grid.table);
    const bool rtl = table.direction == Direction::rtl;
    const Side start = rtl ? Side::right : Side::left, end = rtl ? Side::left : Side::right;
    const auto columns = static_cast<std::uint32_t>(grid.columns.size());
    std::vector<std::vector<CellBorders>> out(grid.rows.size());
    struct EdgeOwner { // of the edge below a column so far
        std::uint32_t row = 0, cell = 0;
        bool known = false;
    };
    std::vector<EdgeOwner> above(columns);
    for (std::uint32_t r = 0; r < grid.rows.size(); ++r) {
        const GridRow& row = grid.rows[r];
        const ComputedStyle &row_style = context.style(row.node), &group = context.style(row.group);
        std::vector<EdgeOwner> below = above;
        for (std::uint32_t c = 0; c < row.cells.size(); ++c) {
            const GridCell& cell = row.cells[c];
            const bool is_element = context.book.node(cell.node).element != Element::text;
            const ComputedStyle own = is_element ? context.style(cell.node) : ComputedStyle();
            CellBorders& borders = out[r].emplace_back();
            const auto side = [&](Side which) -> BorderEdge& { return borders[static_cast<std::size_t>(which)]; };
            for (const Side which : {Side::top, Side::right, Side::bottom, Side::left}) side(which) = edge_of(own, which);
            const std::uint32_t last_row = cell.row + cell.row_span - 1, last_column = cell.column + cell.column_span - 1;
            const ComputedStyle &last_style = context.style(grid.rows[last_row].node),
                                &last_group = context.style(grid.rows[last_row].group);
            contest(side(Side::top), edge_of(row_style, Side::top));
            contest(side(Side::bottom), edge_of(last_style, Side::bottom));
            if (row.first_of_group) contest(side(Side::top), edge_of(group, Side::top));
            if (grid.rows[last_row].last_of_group) contest(side(Side::bottom), edge_of(last_group, Side::bottom));
            if (cell.column == 0)
                for (const ComputedStyle* around : {&row_style, &group, &table}) contest(side(start), edge_of(*around, start));
            if (last_column + 1 == columns)
                for (const ComputedStyle* around : {&row_style, &group, &table}) contest(side(end), edge_of(*around, end));
            if (r == 0) contest(side(Side::top), edge_of(table, Side::top));
            if (last_row + 1 == grid.rows.size()) contest(side(Side::bottom), edge_of(table, Side::bottom));
            // The neighbour before it draws what the two share.
            if (c > 0 && row.cells[c - 1].column + row.cells[c - 1].column_span == cell.column) {
                BorderEdge& shared = out[r][c - 1][static_cast<std::size_t>(end)];
                contest(shared, side(start));
                side(start) = {};
            }
            if (const EdgeOwner owner = above[cell.column]; owner.known) {
                contest(out[owner.row][owner.cell][static_cast<std::size_t>(Side::bottom)], side(Side::top));
                side(Side::top) = {};
            }
            for (std::uint32_t i = cell.column; i <= last_column && i < columns; ++i) below[i] = {r, c, true};
        }
        above = std::move(below);
    }
    return out;
}

} // namespace bifolio
