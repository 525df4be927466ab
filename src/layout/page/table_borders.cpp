#include "layout/page/table_borders.h"

#include <algorithm>

namespace bifolio {

namespace {

BorderEdge edge_of(const ComputedStyle& style, Side side) {
    const bool hidden = style.visibility != Visibility::visible; // it keeps its room
    return {at(style.border_width, side), at(style.border_style, side),
            hidden ? Colour{0, 0, 0, 0} : at(style.border_colour, side)};
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

class Collapser {
public:
    Collapser(const LayoutContext& context, const TableGrid& grid)
        : context_(context), grid_(grid), table_(table_style(context, grid)),
          start_(table_.direction == Direction::rtl ? Side::right : Side::left),
          end_(table_.direction == Direction::rtl ? Side::left : Side::right), columns_(grid.columns.size()), above_(columns_),
          here_(columns_) {}

    CollapsedBorders collapse() {
        const std::size_t rows = grid_.rows.size();
        out_.rows = rows;
        out_.columns = columns_;
        out_.horizontals.reserve((rows + 1) * columns_);
        out_.verticals.reserve(rows * (columns_ + 1));
        for (std::size_t row = 0; row <= rows; ++row) {
            above_ = here_;
            if (row < rows)
                take_cells(row);
            else
                here_.assign(columns_, nullptr);
            for (std::size_t column = 0; column < columns_; ++column) out_.horizontals.push_back(horizontal(row, column));
            for (std::size_t column = 0; row < rows && column <= columns_; ++column)
                out_.verticals.push_back(vertical(row, column));
        }
        return std::move(out_);
    }

private:
    // The cells that cover the slots of a row.
    void take_cells(std::size_t row) {
        for (const GridCell*& cell : here_)
            if (cell && cell->row + cell->row_span <= row) cell = nullptr;
        for (const GridCell& cell : grid_.rows[row].cells)
            for (std::uint32_t i = cell.column; i < grid_.end_column(cell); ++i) here_[i] = &cell;
    }

    void compete(BorderEdge& winner, NodeId node, Side side) const {
        if (node != no_node) contest(winner, edge_of(context_.style(node), side));
    }
    void compete(BorderEdge& winner, const GridCell* cell, Side side) const {
        if (cell) compete(winner, cell->node, side);
    }

    // Between row - 1 and row.
    BorderEdge horizontal(std::size_t row, std::size_t column) const {
        const GridRow* before = row > 0 ? &grid_.rows[row - 1] : nullptr;
        const GridRow* after = row < grid_.rows.size() ? &grid_.rows[row] : nullptr;
        if (before && after && above_[column] && above_[column] == here_[column]) return {};
        BorderEdge edge;
        compete(edge, above_[column], Side::bottom);
        compete(edge, here_[column], Side::top);
        if (before) compete(edge, before->node, Side::bottom);
        if (after) compete(edge, after->node, Side::top);
        if (before && before->last_of_group) compete(edge, before->group, Side::bottom);
        if (after && after->first_of_group) compete(edge, after->group, Side::top);
        if (before && after) return edge;
        const Side side = before ? Side::bottom : Side::top;
        compete(edge, grid_.columns[column].node, side);
        compete(edge, grid_.columns[column].group, side);
        contest(edge, edge_of(table_, side));
        return edge;
    }

    // Between column - 1 and column.
    BorderEdge vertical(std::size_t row, std::size_t column) const {
        const bool first = column == 0, last = column == columns_;
        if (!first && !last && here_[column] && here_[column] == here_[column - 1]) return {};
        const GridColumn *before = first ? nullptr : &grid_.columns[column - 1], *after = last ? nullptr : &grid_.columns[column];
        BorderEdge edge;
        if (before) compete(edge, here_[column - 1], end_);
        if (after) compete(edge, here_[column], start_);
        const Side side = first ? start_ : end_;
        if (first || last) {
            compete(edge, grid_.rows[row].node, side);
            compete(edge, grid_.rows[row].group, side);
        }
        if (before) compete(edge, before->node, end_);
        if (after) compete(edge, after->node, start_);
        const bool group_ends = !before || !after || before->group != after->group;
        if (before && group_ends) compete(edge, before->group, end_);
        if (after && group_ends) compete(edge, after->group, start_);
        if (first || last) contest(edge, edge_of(table_, side));
        return edge;
    }

    const LayoutContext& context_;
    const TableGrid& grid_;
    const ComputedStyle& table_;
    Side start_, end_;
    std::size_t columns_;
    std::vector<const GridCell*> above_, here_; // by column
    CollapsedBorders out_;
};

} // namespace

CollapsedBorders collapse_borders(const LayoutContext& context, TableGrid& grid) {
    CollapsedBorders borders = Collapser(context, grid).collapse();
    const bool rtl = table_style(context, grid).direction == Direction::rtl;
    for (GridRow& row : grid.rows)
        for (GridCell& cell : row.cells) {
            const std::uint32_t end_row = cell.row + cell.row_span, end = grid.end_column(cell);
            Length top, bottom, start, finish;
            for (std::uint32_t column = cell.column; column < end; ++column) {
                top = max(top, borders.above(cell.row, column).shown_width());
                bottom = max(bottom, borders.above(end_row, column).shown_width());
            }
            for (std::uint32_t line = cell.row; line < end_row; ++line) {
                start = max(start, borders.before(line, cell.column).shown_width());
                finish = max(finish, borders.before(line, end).shown_width());
            }
            cell.half_borders = {top / 2, (rtl ? start : finish) / 2, bottom / 2, (rtl ? finish : start) / 2};
        }
    return borders;
}

} // namespace bifolio
