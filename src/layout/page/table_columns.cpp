#include "layout/page/table_columns.h"

#include "layout/page/block_flow.h"

#include <algorithm>

namespace bifolio {

namespace {

struct Column {
    Length least, most;
    double percent = 0;
};

// Where the decimal mark of a number stands: the last point or comma between digits, else behind its last digit.
std::optional<std::uint32_t> decimal_mark(const std::string& text) {
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    std::size_t last_digit = std::string::npos, mark = std::string::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (digit(i)) last_digit = i;
        if ((text[i] == '.' || text[i] == ',') && digit(i + 1)) mark = i;
    }
    // A comma that parts thousands is no decimal mark.
    if (mark != std::string::npos && text[mark] == ',' && digit(mark + 1) && digit(mark + 2) && digit(mark + 3) &&
        !digit(mark + 4) && mark > 0 && digit(mark - 1) && text[0] != '0')
        mark = std::string::npos;
    if (mark != std::string::npos) return static_cast<std::uint32_t>(mark);
    if (last_digit == std::string::npos) return std::nullopt;
    return static_cast<std::uint32_t>(last_digit + 1);
}

// Spreads `extra` over columns in proportion to `weight`.
template <class Weight>
void spread(std::vector<Length>& widths, std::size_t begin, std::size_t end, Length extra, const Weight& weight) {
    double sum = 0;
    std::size_t last = begin; // takes what rounding leaves
    for (std::size_t i = begin; i < end; ++i) {
        sum += weight(i);
        if (weight(i) > 0) last = i;
    }
    Length given;
    for (std::size_t i = begin; i < end; ++i) {
        const Length share = sum > 0 ? extra.scaled(weight(i) / sum) : extra / static_cast<int>(end - begin);
        widths[i] += share;
        given += share;
    }
    widths[last] += extra - given;
}

std::vector<Column> measured_columns(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame) {
    std::vector<Column> columns(grid.columns.size());
    std::vector<Length> before(columns.size()), after(columns.size());
    std::vector<const GridCell*> spanning;
    for (const GridRow& row : grid.rows)
        for (const GridCell& cell : row.cells) {
            if (cell.column_span > 1) {
                spanning.push_back(&cell);
                continue;
            }
            Column& column = columns[cell.column];
            column.least = max(column.least, cell.widths.least);
            column.most = max(column.most, cell.widths.most);
            if (const Dimension& width = context.style(cell.node).width; width.percent != 0)
                column.percent = std::max(column.percent, width.percent);
            if (cell.decimal) {
                before[cell.column] = max(before[cell.column], cell.before_mark);
                after[cell.column] = max(after[cell.column], cell.after_mark);
                const Length both =
                    before[cell.column] + after[cell.column] + (cell.widths.most - cell.before_mark - cell.after_mark);
                column.most = max(column.most, both);
                column.least = max(column.least, min(both, column.most));
            }
        }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Dimension& width = grid.columns[i].width;
        if (width.percent != 0)
            columns[i].percent = std::max(columns[i].percent, width.percent);
        else if (!width.automatic)
            columns[i].most = max(width.length, columns[i].least);
    }
    std::stable_sort(spanning.begin(), spanning.end(),
                     [](const GridCell* a, const GridCell* b) { return a->column_span < b->column_span; });
    for (const GridCell* cell : spanning) {
        const std::size_t begin = cell->column, end = std::min<std::size_t>(begin + cell->column_span, columns.size());
        Length least, most;
        std::vector<Length> leasts(columns.size()), mosts(columns.size());
        for (std::size_t i = begin; i < end; ++i) {
            least += leasts[i] = columns[i].least;
            most += mosts[i] = columns[i].most;
        }
        const Length gaps = frame.spacing_x * static_cast<int>(end - begin - 1);
        const auto weight = [&](std::size_t i) { return columns[i].most.in_pt() + 0.001; };
        if (cell->widths.least - gaps > least) spread(leasts, begin, end, cell->widths.least - gaps - least, weight);
        if (cell->widths.most - gaps > most) spread(mosts, begin, end, cell->widths.most - gaps - most, weight);
        for (std::size_t i = begin; i < end; ++i) {
            columns[i].least = leasts[i];
            columns[i].most = max(mosts[i], leasts[i]);
        }
    }
    return columns;
}

Length gaps_of(const TableGrid& grid, const TableFrame& frame) {
    return frame.left + frame.right + frame.spacing_x * static_cast<int>(grid.columns.size() + 1);
}

std::vector<Length> fixed_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame, Length width) {
    std::vector<Length> widths(grid.columns.size());
    std::vector<bool> known(widths.size());
    for (std::size_t i = 0; i < widths.size(); ++i)
        if (!grid.columns[i].width.automatic) {
            widths[i] = grid.columns[i].width.resolve(width);
            known[i] = true;
        }
    if (!grid.rows.empty())
        for (const GridCell& cell : grid.rows[0].cells) {
            const ComputedStyle& style = context.style(cell.node);
            if (style.width.automatic || known[cell.column]) continue;
            const CellEdges edges = cell_edges(style, frame.collapsed, width);
            Length own = style.width.resolve(width);
            if (style.box_sizing == BoxSizing::content_box && style.width.percent == 0) own += edges.left + edges.right;
            for (std::uint32_t i = cell.column; i < cell.column + cell.column_span; ++i) {
                widths[i] = own / static_cast<int>(cell.column_span);
                known[i] = true;
            }
        }
    Length sum;
    std::size_t open = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        sum += widths[i];
        if (!known[i]) ++open;
    }
    const Length rest = width - sum;
    if (open > 0) {
        const Length share = max(rest, Length()) / static_cast<int>(open);
        for (std::size_t i = 0; i < widths.size(); ++i)
            if (!known[i]) widths[i] = share;
    } else if (rest > Length()) {
        spread(widths, 0, widths.size(), rest, [&](std::size_t i) { return widths[i].in_pt(); });
    }
    return widths;
}

} // namespace

CellEdges cell_edges(const ComputedStyle& style, bool collapsed, Length width) {
    const auto edge = [&](Side side) {
        const Length border = at(style.border_width, side);
        return at(style.padding, side).resolve(width) + (collapsed ? border / 2 : border);
    };
    return {edge(Side::left), edge(Side::right), edge(Side::top), edge(Side::bottom)};
}

TableFrame table_frame(const ComputedStyle& style, Length containing) {
    TableFrame frame;
    frame.collapsed = style.border_collapse == BorderCollapse::collapse;
    if (frame.collapsed) return frame; // its borders are those of its outer cells; it has no padding
    frame.spacing_x = style.border_spacing_x;
    frame.spacing_y = style.border_spacing_y;
    const auto edge = [&](Side side) { return at(style.padding, side).resolve(containing) + at(style.border_width, side); };
    frame.left = edge(Side::left);
    frame.right = edge(Side::right);
    frame.top = edge(Side::top);
    frame.bottom = edge(Side::bottom);
    return frame;
}

void measure_cells(const LayoutContext& context, SectionState& state, TableGrid& grid) {
    const bool collapsed = context.style(grid.table).border_collapse == BorderCollapse::collapse;
    for (GridRow& row : grid.rows)
        for (GridCell& cell : row.cells) {
            const ComputedStyle& style = context.style(cell.node);
            const CellEdges edges = cell_edges(style, collapsed, Length());
            cell.widths = measure_children(context, state, cell.node);
            if (style.width.is_definite()) {
                const Length given = style.box_sizing == BoxSizing::border_box ? style.width.length - edges.left - edges.right
                                                                               : style.width.length;
                cell.widths.most = max(given, cell.widths.least);
            }
            if (style.white_space == WhiteSpace::nowrap) cell.widths.least = cell.widths.most;
            if (style.text_align == TextAlign::decimal) {
                const auto found = state.measured.find({cell.node, 0});
                if (found != state.measured.end() && found->second.has_text) {
                    const std::string& text = found->second.shaped.text;
                    if (const auto mark = decimal_mark(text)) {
                        measure_text(found->second, state.scratch.measure);
                        cell.decimal = true;
                        cell.before_mark = state.scratch.measure[*mark];
                        cell.after_mark = state.scratch.measure.back() - cell.before_mark;
                    }
                }
            }
            cell.widths.least += edges.left + edges.right;
            cell.widths.most += edges.left + edges.right;
        }
}

ContentWidths table_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame) {
    ContentWidths sum{gaps_of(grid, frame), gaps_of(grid, frame)};
    for (const Column& column : measured_columns(context, grid, frame)) {
        sum.least += column.least;
        sum.most += column.most;
    }
    return sum;
}

std::vector<Length> column_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame,
                                  Length available) {
    const ComputedStyle& style = context.style(grid.table);
    const std::size_t count = grid.columns.size();
    if (count == 0) return {};
    const Length gaps = gaps_of(grid, frame);
    const Length room = max(available - gaps, Length::pt(1) * static_cast<int>(count));
    const Length given = style.width.resolve(available);
    const Length asked = style.width.automatic ? Length()
                                               : (style.box_sizing == BoxSizing::border_box || frame.collapsed
                                                      ? given - gaps
                                                      : given - frame.spacing_x * static_cast<int>(count + 1));
    if (style.table_layout == TableLayout::fixed && !style.width.automatic)
        return fixed_widths(context, grid, frame, min(max(asked, Length::pt(1)), room));

    const std::vector<Column> columns = measured_columns(context, grid, frame);
    Length least, most;
    double percents = 0;
    for (const Column& column : columns) {
        least += column.least;
        most += column.most;
        percents += column.percent;
    }
    Length total = style.width.automatic ? min(max(most, least), room) : min(max(asked, least), room);
    if (style.width.automatic && percents > 0) { // wide enough for the shares that are asked for
        for (const Column& column : columns)
            if (column.percent > 0) total = max(total, column.most.scaled(100 / std::min(column.percent, 100.0)));
        total = min(total, room);
    }
    std::vector<Length> widths(count);
    if (least >= total) { // too narrow even so: words will be divided
        if (least <= Length()) return std::vector<Length>(count, total / static_cast<int>(count));
        Length sum;
        for (std::size_t i = 0; i < count; ++i) sum += widths[i] = total.scaled(columns[i].least / least);
        widths.back() += total - sum;
        return widths;
    }
    // Shares first, as far as the others keep their least.
    Length rest = total, rest_least, rest_most;
    std::vector<bool> shared(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (columns[i].percent <= 0) {
            rest_least += columns[i].least;
            rest_most += columns[i].most;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (columns[i].percent <= 0) continue;
        Length later;
        for (std::size_t k = i + 1; k < count; ++k)
            if (columns[k].percent > 0) later += columns[k].least;
        const Length most_here = max(rest - rest_least - later, columns[i].least);
        widths[i] = min(max(total.scaled(columns[i].percent / 100), columns[i].least), most_here);
        rest = rest - widths[i];
        shared[i] = true;
    }
    const auto open = [&](std::size_t i) { return !shared[i]; };
    if (std::none_of(shared.begin(), shared.end(), [](bool is_shared) { return !is_shared; })) {
        spread(widths, 0, count, rest, [&](std::size_t i) { return columns[i].percent; });
        return widths;
    }
    for (std::size_t i = 0; i < count; ++i)
        if (open(i)) widths[i] = rest >= rest_most ? columns[i].most : columns[i].least;
    const Length extra = rest - (rest >= rest_most ? rest_most : rest_least);
    std::vector<Length> more(count);
    spread(more, 0, count, extra, [&](std::size_t i) {
        if (!open(i)) return 0.0;
        return rest >= rest_most ? columns[i].most.in_pt() + 0.001 : (columns[i].most - columns[i].least).in_pt() + 0.0001;
    });
    for (std::size_t i = 0; i < count; ++i) widths[i] += more[i];
    return widths;
}

} // namespace bifolio
