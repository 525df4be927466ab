#include "layout/page/table_rows.h"

#include <algorithm>

namespace bifolio {

namespace {

Length baseline_of(const SetCell& cell) {
    for (std::size_t i = 0; i < cell.galley.fragments.size(); ++i)
        if (cell.galley.fragments[i].has_line) return cell.edges.top + cell.tops[i] + cell.galley.fragments[i].baseline;
    return cell.edges.top + cell.content;
}

VerticalAlignKeyword alignment(const TableGeometry& table, const SetCell& cell) {
    return style_or_initial(table.context, cell.grid->node).vertical_align.keyword;
}

bool is_baseline(VerticalAlignKeyword keyword) {
    return keyword != VerticalAlignKeyword::top && keyword != VerticalAlignKeyword::middle &&
           keyword != VerticalAlignKeyword::bottom;
}

// Shares are of the table's height, when it has one.
std::optional<Length> asked_height(const TableGeometry& table, const Dimension& height) {
    if (height.automatic || (height.percent != 0 && !table.height)) return std::nullopt;
    return height.resolve(table.height.value_or(Length()));
}

Length least_height(const TableGeometry& table, const RowBlock& block, const SetCell& cell) {
    const Length edges = cell.edges.top + cell.edges.bottom;
    Length height = cell.content + edges;
    if (is_baseline(alignment(table, cell))) height += block.baselines[cell.grid->row - block.begin] - baseline_of(cell);
    const ComputedStyle& style = style_or_initial(table.context, cell.grid->node);
    for (const Dimension* asked : {&style.height, &style.min_height})
        if (const auto own = asked_height(table, *asked); own && cell.grid->is_element())
            height = max(height, style.box_sizing == BoxSizing::border_box || asked->percent != 0 ? *own : *own + edges);
    return height;
}

bool is_hidden(const TableGeometry& table, const RowBlock& block, const SetCell& cell) {
    const auto first = cell.grid->row - block.begin;
    const auto all_collapsed = [](auto begin, auto end) {
        return std::all_of(begin, end, [](const auto& one) { return one.collapsed; });
    };
    const auto row = table.grid.rows.begin() + static_cast<std::ptrdiff_t>(block.begin + first);
    const auto column = table.grid.columns.begin() + cell.grid->column;
    return all_collapsed(row, row + cell.grid->row_span) ||
           all_collapsed(column, table.grid.columns.begin() + table.grid.end_column(*cell.grid));
}

} // namespace

Length TableGeometry::line_x(std::size_t column) const {
    const Length from_start = column < starts.size() ? starts[column]
                              : starts.empty()       ? frame.left
                                                     : starts.back() + widths.back();
    return rtl ? x + width - from_start : x + from_start;
}

Length fragment_top(const SetCell& cell, std::size_t fragment) {
    return cell.top + cell.edges.top + cell.shift + cell.tops[fragment];
}

void size_rows(const TableGeometry& table, RowBlock& block) {
    const std::size_t rows = block.end - block.begin;
    block.heights.assign(rows, Length());
    block.baselines.assign(rows, Length());
    block.has_height.assign(rows, false);
    for (const SetCell& cell : block.cells)
        if (is_baseline(alignment(table, cell))) {
            Length& baseline = block.baselines[cell.grid->row - block.begin];
            baseline = max(baseline, baseline_of(cell));
        }
    for (std::size_t i = 0; i < rows; ++i) {
        const ComputedStyle& style = style_or_initial(table.context, table.grid.rows[block.begin + i].node);
        for (const Dimension* asked : {&style.height, &style.min_height})
            if (const auto own = asked_height(table, *asked)) block.heights[i] = max(block.heights[i], *own);
        block.has_height[i] = asked_height(table, style.height).has_value();
    }
    for (const SetCell& cell : block.cells)
        if (cell.grid->row_span == 1) {
            const std::size_t row = cell.grid->row - block.begin;
            block.heights[row] = max(block.heights[row], least_height(table, block, cell));
            if (asked_height(table, style_or_initial(table.context, cell.grid->node).height)) block.has_height[row] = true;
        }
    const auto fit_spanning = [&](bool shown_only) {
        for (const SetCell& cell : block.cells) {
            if (cell.grid->row_span == 1 || (shown_only && is_hidden(table, block, cell))) continue;
            const std::size_t first = cell.grid->row - block.begin;
            std::size_t last = first + cell.grid->row_span - 1;
            Length sum = table.frame.spacing_y * static_cast<int>(cell.grid->row_span - 1);
            for (std::size_t i = first; i <= last; ++i) sum += block.heights[i];
            while (shown_only && last > first && table.grid.rows[block.begin + last].collapsed) --last;
            if (const Length least = least_height(table, block, cell); least > sum) block.heights[last] += least - sum;
        }
    };
    fit_spanning(false);
    const auto begin = table.grid.rows.begin() + block.begin, end = table.grid.rows.begin() + block.end;
    if (std::none_of(begin, end, [](const GridRow& row) { return row.collapsed; })) return;
    for (std::size_t i = 0; i < rows; ++i)
        if (table.grid.rows[block.begin + i].collapsed) block.heights[i] = Length();
    fit_spanning(true); // what spans a collapsed row keeps its room
}

void place_rows(const TableGeometry& table, RowBlock& block) {
    Length y;
    bool any = false;
    block.tops.clear();
    for (std::size_t i = 0; i < block.heights.size(); ++i) {
        const bool shown = !table.grid.rows[block.begin + i].collapsed;
        if (shown && any) y += table.frame.spacing_y;
        any = any || shown;
        block.tops.push_back(y);
        y += block.heights[i];
    }
    block.height = y;
    for (SetCell& cell : block.cells) {
        cell.hidden = is_hidden(table, block, cell);
        const std::size_t first = cell.grid->row - block.begin, last = first + cell.grid->row_span - 1;
        cell.top = block.tops[first];
        cell.height = block.tops[last] + block.heights[last] - cell.top;
        const Length spare = max(cell.height - cell.content - cell.edges.top - cell.edges.bottom, Length());
        const VerticalAlignKeyword keyword = alignment(table, cell);
        if (keyword == VerticalAlignKeyword::middle) cell.shift = spare / 2;
        if (keyword == VerticalAlignKeyword::bottom) cell.shift = spare;
        if (is_baseline(keyword)) cell.shift = min(block.baselines[first] - baseline_of(cell), spare);
    }
}

void stretch_rows(const TableGeometry& table, std::vector<RowBlock>& blocks) {
    if (!table.height) return;
    Length sum, free;
    int rows = 0, free_rows = 0;
    for (const RowBlock& block : blocks)
        for (std::size_t i = 0; i < block.heights.size(); ++i) {
            if (table.grid.rows[block.begin + i].collapsed) continue;
            ++rows;
            sum += block.heights[i] + table.frame.spacing_y;
            if (block.has_height[i]) continue;
            ++free_rows;
            free += block.heights[i];
        }
    Length extra = *table.height - sum - table.frame.spacing_y;
    if (rows == 0 || extra <= Length()) return;
    const bool only_free = free_rows > 0;
    const Length base = only_free ? free : sum - table.frame.spacing_y * rows;
    const int takers = only_free ? free_rows : rows;
    const Length all = extra;
    Length* last = nullptr;
    for (RowBlock& block : blocks)
        for (std::size_t i = 0; i < block.heights.size(); ++i) {
            if (table.grid.rows[block.begin + i].collapsed || (only_free && block.has_height[i])) continue;
            const Length share = base > Length() ? all.scaled(block.heights[i] / base) : all / takers;
            last = &block.heights[i];
            block.heights[i] += share;
            extra = extra - share;
        }
    if (last) *last += extra; // what rounding leaves
}

void grow_cell(RowBlock& block, SetCell& grown, Length more) {
    const Length bottom = grown.top + grown.height;
    for (SetCell& cell : block.cells) {
        if (cell.top >= bottom)
            cell.top += more;
        else if (cell.top + cell.height >= bottom)
            cell.height += more;
    }
    for (std::size_t i = 0; i < block.tops.size(); ++i) {
        if (block.tops[i] >= bottom)
            block.tops[i] += more;
        else if (block.tops[i] + block.heights[i] >= bottom)
            block.heights[i] += more;
    }
    block.height += more;
}

} // namespace bifolio
