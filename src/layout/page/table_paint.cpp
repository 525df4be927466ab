// Backgrounds and borders of rows and cells: CSS 2.1 §17.5.1, §17.6.
#include "layout/page/table_rows.h"

#include <algorithm>

namespace bifolio {

namespace {

struct Rect {
    Length x, width, top, bottom;
};

class RowPainter {
public:
    RowPainter(const TableGeometry& table, const RowBlock& block, const RowSlice& slice, Flattened& into)
        : table_(table), frame_(table.frame), block_(block), cells_(slice.cells), from_(slice.from), to_(slice.to), into_(into) {
        const auto tops = block.tops.begin();
        const auto row_at = [&](auto place) { return block.begin + static_cast<std::uint32_t>(place - tops); };
        first_row_ = row_at(std::upper_bound(tops, block.tops.end(), from_));
        if (first_row_ > block.begin) --first_row_;
        end_row_ = row_at(std::upper_bound(tops, block.tops.end(), to_));
    }

    void paint_backgrounds() {
        const Rect all{table_.x, table_.width, Length(), block_.height};
        if (frame_.collapsed) fill(table_.style(), all);
        paint_columns();
        for (std::uint32_t row = first_row_; row < end_row_; ++row) {
            const GridRow& grid_row = table_.grid.rows[row];
            if (grid_row.collapsed) continue;
            for (const NodeId node : {grid_row.group, grid_row.node})
                if (node != no_node) fill_slots(table_.context.style(node), row_rect(row));
        }
        for (const std::uint32_t k : cells_) paint_cell(block_.cells[k]);
    }

    void paint_above() {
        std::vector<Stroke> strokes;
        for (std::size_t column = 0; column < table_.borders.columns; ++column)
            add_horizontal(block_.begin, column, Length(), strokes);
        for (const Stroke& stroke : strokes) into_.items.push_back({stroke.at, Artifact::border, stroke.rule});
    }

    // Collapsed borders lie over the lines of the grid; where two meet the wider one goes through.
    void paint_collapsed() {
        std::vector<Stroke> strokes;
        const CollapsedBorders& borders = table_.borders;
        for (std::uint32_t row = first_row_; row <= end_row_; ++row) {
            if (row == block_.begin && row > 0) continue; // drawn with the rows above
            const Length y = row < block_.end ? block_.tops[row - block_.begin] : block_.height;
            if (y > to_ || (y <= from_ && !(row == 0 && from_ == Length()))) continue;
            for (std::size_t column = 0; column < borders.columns; ++column) add_horizontal(row, column, y, strokes);
        }
        for (std::uint32_t row = first_row_; row < end_row_; ++row)
            if (!table_.grid.rows[row].collapsed)
                for (std::size_t column = 0; column <= borders.columns; ++column) add_vertical(row, column, strokes);
        std::stable_sort(strokes.begin(), strokes.end(),
                         [](const Stroke& a, const Stroke& b) { return a.rule.thickness < b.rule.thickness; });
        for (const Stroke& stroke : strokes) into_.items.push_back({stroke.at, Artifact::border, stroke.rule});
    }

private:
    struct Stroke {
        PagePoint at;
        LineRule rule;
    };

    static bool has_background(const ComputedStyle& style) {
        return !style.background_colour.is_invisible() && style.visibility == Visibility::visible;
    }

    // The part of a box that lies in the slice.
    void paint(const ComputedStyle& style, const Rect& rect, bool with_borders) {
        BoxDecoration box = decoration_of(style, rect.width, min(rect.bottom, to_) - max(rect.top, from_));
        if (!with_borders) box.border_width.fill(Length());
        if (rect.top < from_) at(box.border_width, Side::top) = Length();
        if (rect.bottom > to_) at(box.border_width, Side::bottom) = Length();
        if (box.height > Length() && box.width > Length())
            into_.items.push_back({{rect.x, max(rect.top, from_) - from_}, Artifact::background, box});
    }

    void fill(const ComputedStyle& style, const Rect& rect) {
        if (has_background(style)) paint(style, rect, false);
    }

    // Between separated cells the table's background shows: rows and columns are filled slot by slot.
    void fill_slots(const ComputedStyle& style, const Rect& rect) {
        if (!has_background(style)) return;
        if (frame_.spacing_x == Length() && frame_.spacing_y == Length()) return paint(style, rect, false);
        for (const std::uint32_t k : cells_) {
            const SetCell& cell = block_.cells[k];
            if (cell.hidden) continue;
            const Length left = max(cell.x, rect.x), right = min(cell.x + cell.width, rect.x + rect.width);
            const Length top = max(cell.top, rect.top), bottom = min(cell.top + cell.height, rect.bottom);
            if (left < right && top < bottom) paint(style, {left, right - left, top, bottom}, false);
        }
    }

    Rect row_rect(std::uint32_t row) const {
        const Length left = table_.line_x(table_.rtl ? table_.widths.size() : 0);
        const Length right = table_.line_x(table_.rtl ? 0 : table_.widths.size());
        const Length top = block_.tops[row - block_.begin];
        return {left, right - left, top, top + block_.heights[row - block_.begin]};
    }

    void paint_columns() {
        for (std::size_t i = 0; i < table_.grid.columns.size(); ++i) {
            const GridColumn& column = table_.grid.columns[i];
            if (column.collapsed) continue;
            const Length edge = table_.line_x(i);
            const Rect rect{table_.rtl ? edge - table_.widths[i] : edge, table_.widths[i], Length(), block_.height};
            for (const NodeId node : {column.group, column.node})
                if (node != no_node) fill_slots(table_.context.style(node), rect);
        }
    }

    void paint_cell(const SetCell& cell) {
        if (!cell.grid->is_element() || cell.hidden || cell.top + cell.height <= from_ || cell.top >= to_) return;
        const ComputedStyle& style = table_.context.style(cell.grid->node);
        if (!frame_.collapsed && style.empty_cells_hidden && cell.galley.fragments.empty()) return;
        const Rect rect{cell.x, cell.width, cell.top, cell.top + cell.height};
        if (frame_.collapsed)
            fill(style, rect);
        else if (is_painted(style))
            paint(style, rect, true);
    }

    Length horizontal_width(std::size_t row, std::size_t column) const {
        if (column >= table_.borders.columns) return {};
        return table_.borders.above(row, column).shown_width();
    }
    Length vertical_width(std::size_t row, std::size_t column) const {
        if (row >= table_.borders.rows) return {};
        return table_.borders.before(row, column).shown_width();
    }
    // The widest vertical line at a crossing, and the widest horizontal one.
    Length vertical_at(std::size_t row, std::size_t column) const {
        return max(vertical_width(row, column), row > 0 ? vertical_width(row - 1, column) : Length());
    }
    Length horizontal_at(std::size_t row, std::size_t column) const {
        return max(horizontal_width(row, column), column > 0 ? horizontal_width(row, column - 1) : Length());
    }

    void add_horizontal(std::size_t row, std::size_t column, Length y, std::vector<Stroke>& strokes) const {
        const BorderEdge& edge = table_.borders.above(row, column);
        if (!edge.shown() || edge.colour.is_invisible() || table_.grid.columns[column].collapsed) return;
        const auto reach = [&](std::size_t line) {
            const Length crossing = vertical_at(row, line);
            return edge.width >= crossing ? crossing / 2 : Length();
        };
        const std::size_t left_line = table_.rtl ? column + 1 : column, right_line = table_.rtl ? column : column + 1;
        const Length left = table_.line_x(left_line) - reach(left_line), right = table_.line_x(right_line) + reach(right_line);
        strokes.push_back({{left, y - edge.width / 2 - from_}, {right - left, edge.width, false, edge.style, edge.colour}});
    }

    void add_vertical(std::uint32_t row, std::size_t column, std::vector<Stroke>& strokes) const {
        const BorderEdge& edge = table_.borders.before(row, column);
        if (!edge.shown() || edge.colour.is_invisible()) return;
        const auto reach = [&](std::size_t line) {
            const Length crossing = horizontal_at(line, column);
            return edge.width > crossing ? crossing / 2 : Length();
        };
        const Length row_top = block_.tops[row - block_.begin], row_bottom = row_top + block_.heights[row - block_.begin];
        const Length top = max(row_top - reach(row), from_ - (row == 0 ? reach(row) : Length()));
        const Length bottom = min(row_bottom + reach(row + 1), to_ + (row + 1 == block_.end ? reach(row + 1) : Length()));
        if (bottom <= top) return;
        strokes.push_back(
            {{table_.line_x(column) - edge.width / 2, top - from_}, {bottom - top, edge.width, true, edge.style, edge.colour}});
    }

    const TableGeometry& table_;
    const TableFrame& frame_;
    const RowBlock& block_;
    const std::vector<std::uint32_t>& cells_; // those that stand in the slice
    Length from_, to_;
    std::uint32_t first_row_, end_row_; // that reach into it
    Flattened& into_;
};

} // namespace

std::vector<PlacedItem> borders_above(const TableGeometry& table, const RowBlock& block) {
    Flattened out;
    RowPainter(table, block, whole_block(block), out).paint_above();
    return std::move(out.items);
}

RowSlice whole_block(const RowBlock& block) {
    RowSlice whole;
    whole.to = block.height;
    for (std::uint32_t k = 0; k < block.cells.size(); ++k) {
        whole.cells.push_back(k);
        whole.fragments.emplace_back(k, Range{0, static_cast<std::uint32_t>(block.cells[k].tops.size())});
    }
    return whole;
}

Flattened flatten_slice(const TableGeometry& table, RowBlock& block, const RowSlice& slice) {
    Flattened out;
    RowPainter painter(table, block, slice, out);
    painter.paint_backgrounds();
    if (table.frame.collapsed) painter.paint_collapsed();
    for (const auto& [k, range] : slice.fragments) {
        SetCell& cell = block.cells[k];
        if (cell.hidden || range.empty()) continue;
        const Length y = fragment_top(cell, range.begin) - slice.from;
        flatten_into(cell.galley, range, cell.x + cell.edges.left + cell.indent, y, table.context.styled.styles, out, false);
    }
    out.height = slice.to - slice.from;
    return out;
}

std::vector<PlacedItem> cells_across(const TableGeometry& table, const RowBlock& block, const RowSlice& above, Length top,
                                     Length height) {
    Flattened thin;
    RowSlice edge = above;
    edge.from = edge.to - Length::from_sp(1);
    RowPainter painter(table, block, edge, thin);
    painter.paint_backgrounds();
    if (table.frame.collapsed) painter.paint_collapsed();
    std::vector<PlacedItem> out;
    for (PlacedItem& item : thin.items) {
        item.at.y = top;
        if (auto* box = std::get_if<BoxDecoration>(&item.item)) {
            bifolio::at(box->border_width, Side::top) = bifolio::at(box->border_width, Side::bottom) = Length();
            box->radius.fill(Length());
            box->height = height;
        } else if (auto* rule = std::get_if<LineRule>(&item.item); rule && rule->vertical) {
            rule->length = height;
        } else {
            continue;
        }
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace bifolio
