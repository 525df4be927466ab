#include "layout/page/table_layout.h"

#include "layout/page/table_borders.h"
#include "layout/page/table_columns.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr Cost cost_of_lonely_row = 8'000; // the first or last row of a table alone on its page
constexpr Cost cost_of_divided_row = 300;
constexpr double head_limit = 0.34; // of the page's height: a higher head is not repeated

struct SetCell { // a cell with its content set
    const GridCell* grid = nullptr;
    Galley galley;
    Length x, width; // border box
    CellEdges edges;
    std::vector<Length> tops; // of the galley's fragments, from the cell's content top
    Length content;           // height
    Length top, height;       // border box, in the block
    Length shift;             // of the content, for vertical-align
    Length indent;            // for decimal alignment
    CellBorders borders;      // collapsed
    bool is_element = true;
};

struct RowBlock { // rows that are joined by spans: they stay together
    std::uint32_t begin = 0, end = 0;
    std::vector<SetCell> cells;
    std::vector<Length> tops, heights; // of the rows
    Length height;
};

class TableSetter {
public:
    TableSetter(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow)
        : context_(context), state_(state), flow_(flow), style_(context.style(id)), grid_(read_table(context, id)),
          frame_(table_frame(style_, flow.width())), rtl_(style_.direction == Direction::rtl) {}

    void set() {
        measure_cells(context_, state_, grid_);
        size_columns();
        flow_.add_margin(at(style_.margin, Side::top).resolve(flow_.width()));
        for (const NodeId stray : grid_.strays) {
            if (context_.book.node(stray).element == Element::text)
                flow_.add_words(grid_.table, {stray});
            else
                flow_.add_block(stray);
        }
        set_captions(CaptionSide::top);
        if (frame_.collapsed) borders_ = collapsed_borders(context_, grid_);
        set_rows();
        set_captions(CaptionSide::bottom);
        flow_.add_margin(at(style_.margin, Side::bottom).resolve(flow_.width()));
    }

private:
    void size_columns() {
        const Length margins =
            at(style_.margin, Side::left).resolve(flow_.width()) + at(style_.margin, Side::right).resolve(flow_.width());
        const Length room = max(flow_.width() - margins, Length::pt(10));
        widths_ = column_widths(context_, grid_, frame_, room);
        width_ = frame_.left + frame_.right + frame_.spacing_x * static_cast<int>(widths_.size() + 1);
        for (const Length width : widths_) width_ += width;
        // A table is as wide as its columns; its margins place it (CSS 2.1 §17.5.2).
        ComputedStyle placed = style_;
        placed.padding.fill(Dimension::of({}));
        placed.border_width.fill(Length());
        x_ = flow_.x() + box_widths(placed, flow_.width(), width_, rtl_).x;
        Length x = frame_.left + frame_.spacing_x;
        for (const Length width : widths_) {
            starts_.push_back(x);
            x += width + frame_.spacing_x;
        }
        decimal_after_.resize(widths_.size());
        decimal_before_.resize(widths_.size());
        for (const GridRow& row : grid_.rows)
            for (const GridCell& cell : row.cells)
                if (cell.decimal) {
                    decimal_before_[cell.column] = max(decimal_before_[cell.column], cell.before_mark);
                    decimal_after_[cell.column] = max(decimal_after_[cell.column], cell.after_mark);
                }
    }

    // Captions are as wide as the table, but not so narrow that they cannot be read.
    void set_captions(CaptionSide side) {
        for (const NodeId caption : grid_.captions) {
            if (context_.style(caption).caption_side != side) continue;
            if (side == CaptionSide::bottom) flow_.keep_with_next();
            Length x = x_, width = width_;
            if (const Length least = min(flow_.width(), context_.style(caption).font_size * 16); width < least) {
                x = rtl_ ? x + width - least : x;
                x = min(max(x, flow_.x()), flow_.x() + flow_.width() - least);
                width = least;
            }
            const BlockFlow::Region outer = flow_.set_region({x, width});
            flow_.add_block(caption);
            flow_.set_region(outer);
            if (side == CaptionSide::top) flow_.keep_with_next();
        }
    }

    void set_rows() {
        const bool painted = is_painted(style_) && !(frame_.collapsed && style_.background_colour.is_invisible());
        container_ = flow_.open_container(grid_.table, context_.style_of(grid_.table), x_, width_, painted && !frame_.collapsed);
        flow_.add_edge(frame_.top + frame_.spacing_y, true);
        const auto first_head = static_cast<std::uint32_t>(flow_.galley().fragments.size());
        std::uint32_t row = 0;
        NodeId group = no_node;
        while (row < grid_.rows.size()) {
            std::uint32_t end = row + 1;
            for (std::uint32_t r = row; r < end; ++r)
                for (const GridCell& cell : grid_.rows[r].cells) end = std::max(end, cell.row + cell.row_span);
            if (grid_.rows[row].group != group) {
                if (group != no_node && grid_.rows[row - 1].group != grid_.rows[row - 1].node)
                    flow_.end_breaks(context_.style(group));
                group = grid_.rows[row].group;
                if (group != grid_.rows[row].node) flow_.begin_breaks(context_.style(group));
            }
            if (context_.has(group, NodeFlag::marked) && grid_.rows[row].first_of_group) flow_.add_mark(group);
            set_block(row, end);
            row = end;
            if (row == grid_.head_rows && row > 0) {
                repeat_head(first_head);
                flow_.never_break();
            }
        }
        if (group != no_node && grid_.rows.back().group != grid_.rows.back().node) flow_.end_breaks(context_.style(group));
        flow_.add_edge(frame_.bottom + frame_.spacing_y, false);
        flow_.close_container(container_);
    }

    void repeat_head(std::uint32_t first) {
        const Galley& galley = flow_.galley();
        auto head = std::make_shared<Galley>();
        for (std::size_t i = first; i < galley.fragments.size(); ++i) {
            Fragment fragment = galley.fragments[i];
            if (i == first) fragment.space_before = Length();
            const auto begin = static_cast<std::uint32_t>(head->items.size());
            head->items.insert(head->items.end(), galley.items.begin() + fragment.items.begin,
                               galley.items.begin() + fragment.items.end);
            fragment.items = {begin, static_cast<std::uint32_t>(head->items.size())};
            fragment.links = fragment.marks = fragment.notes = {};
            fragment.container = no_container;
            head->fragments.push_back(fragment);
        }
        const Length height = head->height();
        if (head->fragments.empty() || height > state_.page_height.scaled(head_limit)) return;
        Container& box = flow_.galley().containers[container_];
        box.repeated_head = std::move(head);
        box.head_height = height;
    }

    SetCell set_cell(const GridCell& cell, std::size_t cell_index) {
        SetCell out;
        out.grid = &cell;
        out.is_element = context_.book.node(cell.node).element != Element::text;
        const std::size_t last = std::min<std::size_t>(cell.column + cell.column_span, widths_.size());
        for (std::size_t i = cell.column; i < last; ++i) out.width += widths_[i];
        out.width += frame_.spacing_x * static_cast<int>(last - cell.column - 1);
        const Length start = starts_[cell.column];
        out.x = x_ + (rtl_ ? width_ - start - out.width : start);
        const ComputedStyle& style = context_.style(cell.node);
        if (out.is_element) out.edges = cell_edges(style, frame_.collapsed, out.width);
        if (frame_.collapsed) {
            out.borders = borders_[cell.row][cell_index];
            if (out.is_element) { // a shared border is half in each cell
                const auto edge = [&](Side side) {
                    return at(style.padding, side).resolve(out.width) + out.borders[static_cast<std::size_t>(side)].width / 2;
                };
                out.edges = {edge(Side::left), edge(Side::right), edge(Side::top), edge(Side::bottom)};
            }
        }
        const Length content_width = max(out.width - out.edges.left - out.edges.right, Length::pt(1));
        BlockFlow content(context_, state_, content_width);
        if (out.is_element) {
            content.add_mark(cell.node);
            content.add_children(cell.node);
        } else {
            content.add_words(context_.book.node(cell.node).parent, {cell.node});
        }
        out.galley = content.finish_whole();
        if (cell.decimal) {
            const Length column = decimal_before_[cell.column] + decimal_after_[cell.column];
            const Length indent = (content_width - column) / 2 + decimal_before_[cell.column] - cell.before_mark;
            if (column <= content_width && indent > Length() && out.galley.fragments.size() == 1) out.indent = indent;
        }
        Length y;
        for (const Fragment& fragment : out.galley.fragments) {
            y += fragment.space_before;
            out.tops.push_back(y);
            y += fragment.height;
        }
        out.content = y;
        return out;
    }

    Length baseline_of(const SetCell& cell) const {
        for (std::size_t i = 0; i < cell.galley.fragments.size(); ++i)
            if (cell.galley.fragments[i].has_line) return cell.edges.top + cell.tops[i] + cell.galley.fragments[i].baseline;
        return cell.edges.top + cell.content;
    }

    VerticalAlignKeyword alignment(const SetCell& cell) const {
        return cell.is_element ? context_.style(cell.grid->node).vertical_align.keyword : VerticalAlignKeyword::baseline;
    }
    static bool is_baseline(VerticalAlignKeyword keyword) {
        return keyword != VerticalAlignKeyword::top && keyword != VerticalAlignKeyword::middle &&
               keyword != VerticalAlignKeyword::bottom;
    }

    // Heights of the rows, then the places of cells and their contents: CSS 2.1 §17.5.3.
    void size_rows(RowBlock& block) {
        const std::size_t rows = block.end - block.begin;
        block.heights.assign(rows, Length());
        std::vector<Length> baselines(rows);
        for (const SetCell& cell : block.cells)
            if (is_baseline(alignment(cell))) {
                Length& baseline = baselines[cell.grid->row - block.begin];
                baseline = max(baseline, baseline_of(cell));
            }
        const auto least_height = [&](const SetCell& cell) {
            Length height = cell.content + cell.edges.top + cell.edges.bottom;
            if (is_baseline(alignment(cell))) height += baselines[cell.grid->row - block.begin] - baseline_of(cell);
            const ComputedStyle& style = context_.style(cell.grid->node);
            if (cell.is_element && style.height.is_definite()) height = max(height, style.height.length);
            return height;
        };
        for (std::size_t i = 0; i < rows; ++i) {
            const ComputedStyle& style = context_.style(grid_.rows[block.begin + i].node);
            if (style.height.is_definite()) block.heights[i] = style.height.length;
        }
        for (const SetCell& cell : block.cells)
            if (cell.grid->row_span == 1) {
                Length& height = block.heights[cell.grid->row - block.begin];
                height = max(height, least_height(cell));
            }
        for (const SetCell& cell : block.cells) {
            if (cell.grid->row_span == 1) continue;
            const std::size_t first = cell.grid->row - block.begin, last = first + cell.grid->row_span - 1;
            Length sum = frame_.spacing_y * static_cast<int>(cell.grid->row_span - 1);
            for (std::size_t i = first; i <= last; ++i) sum += block.heights[i];
            if (const Length least = least_height(cell); least > sum) block.heights[last] += least - sum;
        }
        Length y;
        for (std::size_t i = 0; i < rows; ++i) {
            if (i > 0) y += frame_.spacing_y;
            block.tops.push_back(y);
            y += block.heights[i];
        }
        block.height = y;
        for (SetCell& cell : block.cells) {
            const std::size_t first = cell.grid->row - block.begin, last = first + cell.grid->row_span - 1;
            cell.top = block.tops[first];
            cell.height = block.tops[last] + block.heights[last] - cell.top;
            const Length spare = cell.height - cell.content - cell.edges.top - cell.edges.bottom;
            const VerticalAlignKeyword keyword = alignment(cell);
            if (keyword == VerticalAlignKeyword::middle) cell.shift = spare / 2;
            if (keyword == VerticalAlignKeyword::bottom) cell.shift = spare;
            if (is_baseline(keyword)) cell.shift = min(baselines[first] - baseline_of(cell), max(spare, Length()));
        }
    }

    void set_block(std::uint32_t begin, std::uint32_t end) {
        RowBlock block;
        block.begin = begin;
        block.end = end;
        for (std::uint32_t row = begin; row < end; ++row)
            for (std::size_t i = 0; i < grid_.rows[row].cells.size(); ++i)
                block.cells.push_back(set_cell(grid_.rows[row].cells[i], i));
        size_rows(block);
        const ComputedStyle& first_style = context_.style(grid_.rows[begin].node);
        flow_.begin_breaks(first_style);
        for (std::uint32_t row = begin; row < end; ++row) flow_.add_mark(grid_.rows[row].node);
        if (begin > 0) flow_.add_margin(frame_.spacing_y);
        Cost penalty = 0;
        if (begin > 0 && begin < grid_.head_rows) penalty = cost_of_never;
        if (begin == grid_.head_rows + 1 || (end == grid_.rows.size() && begin > grid_.head_rows)) penalty += cost_of_lonely_row;
        const Length head = begin >= grid_.head_rows ? head_height() : Length();
        if (block.height + head > state_.page_height && state_.page_height > Length())
            divide(block, state_.page_height - head, penalty);
        else
            flow_.add_flattened(flatten_part(block, Length(), block.height), penalty);
        flow_.end_breaks(first_style);
    }

    Length head_height() const { return flow_.galley().containers[container_].head_height; }

    static Length fragment_top(const SetCell& cell, std::size_t i) {
        return cell.top + cell.edges.top + cell.shift + cell.tops[i];
    }

    // Where a tall block may be cut at or above `target`: no line of any cell is cut.
    Length cut_at(RowBlock& block, Length from, Length target) const {
        std::vector<Length> candidates;
        for (const SetCell& cell : block.cells)
            for (std::size_t i = 0; i < cell.tops.size(); ++i) {
                const Length bottom = fragment_top(cell, i) + cell.galley.fragments[i].height;
                if (bottom > from && bottom <= target) candidates.push_back(bottom);
            }
        std::sort(candidates.begin(), candidates.end(), std::greater<>());
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        if (candidates.size() > 24) candidates.resize(24);
        const auto straddles = [&](Length y) {
            for (const SetCell& cell : block.cells)
                for (std::size_t i = 0; i < cell.tops.size(); ++i)
                    if (fragment_top(cell, i) < y && fragment_top(cell, i) + cell.galley.fragments[i].height > y) return true;
            return false;
        };
        for (const Length y : candidates)
            if (!straddles(y)) return y;
        return target;
    }

    // What is taller than the page: in slices, with breaks between them.
    void divide(RowBlock& block, Length page, Cost penalty) {
        state_.report.diagnostics.warning("layout.row-divided", context_.book.node(grid_.rows[block.begin].node).info.where,
                                          "this table row is " + std::to_string(std::lround(block.height.in_mm())) +
                                              " mm tall, taller than the page; it was divided");
        for (SetCell& cell : block.cells) cell.shift = Length();
        Length from;
        for (int slice = 0; from < block.height && slice < 100'000; ++slice) {
            Length to = block.height;
            if (block.height - from > page / 4) {
                to = cut_at(block, from, from + page / 4);
                // Lines that no cut spares move down to the next slice.
                for (SetCell& cell : block.cells) {
                    for (std::size_t i = 0; i < cell.tops.size(); ++i) {
                        const Length top = fragment_top(cell, i), bottom = top + cell.galley.fragments[i].height;
                        if (top >= to || bottom <= to || top < from) continue;
                        if (top == from && bottom > to) { // a single line higher than a slice
                            to = max(to, bottom);
                            continue;
                        }
                        const Length delay = to - top;
                        for (std::size_t k = i; k < cell.tops.size(); ++k) cell.tops[k] += delay;
                        cell.content += delay;
                        const Length need = cell.edges.top + cell.content + cell.edges.bottom;
                        if (need > cell.height) grow(block, cell, need - cell.height);
                        break;
                    }
                }
            }
            flow_.add_flattened(flatten_part(block, from, to), slice == 0 ? penalty : cost_of_divided_row);
            from = to;
        }
    }

    static void grow(RowBlock& block, SetCell& grown, Length more) {
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

    void paint(Flattened& into, const ComputedStyle& style, Length x, Length width, Length top, Length bottom, Length from,
               Length to, bool with_borders) const {
        BoxDecoration box = decoration_of(style, width, min(bottom, to) - max(top, from));
        if (!with_borders) box.border_width.fill(Length());
        if (top < from) at(box.border_width, Side::top) = Length();
        if (bottom > to) at(box.border_width, Side::bottom) = Length();
        if (box.height > Length()) into.items.push_back({{x, max(top, from) - from}, Artifact::background, box});
    }

    void paint_backgrounds(const RowBlock& block, Length from, Length to, Flattened& into) const {
        const auto has_background = [](const ComputedStyle& style) { return !style.background_colour.is_invisible(); };
        if (frame_.collapsed && has_background(style_)) paint(into, style_, x_, width_, Length(), block.height, from, to, false);
        const Length inset = frame_.left + frame_.spacing_x;
        const Length width = width_ - inset - frame_.right - frame_.spacing_x;
        for (std::uint32_t row = block.begin; row < block.end; ++row) {
            const Length top = block.tops[row - block.begin], bottom = top + block.heights[row - block.begin];
            if (bottom <= from || top >= to) continue;
            const GridRow& grid_row = grid_.rows[row];
            const Length left = x_ + (rtl_ ? frame_.right + frame_.spacing_x : inset);
            const auto paint_row = [&](NodeId node) {
                if (has_background(context_.style(node)))
                    paint(into, context_.style(node), left, width, top, bottom, from, to, false);
            };
            if (grid_row.group != grid_row.node) paint_row(grid_row.group);
            paint_row(grid_row.node);
        }
        for (const SetCell& cell : block.cells) {
            if (!cell.is_element || cell.top + cell.height <= from || cell.top >= to) continue;
            const ComputedStyle& style = context_.style(cell.grid->node);
            if (frame_.collapsed ? has_background(style) : is_painted(style))
                paint(into, style, cell.x, cell.width, cell.top, cell.top + cell.height, from, to, !frame_.collapsed);
        }
    }

    // Collapsed borders lie over the lines of the grid.
    void paint_collapsed(const RowBlock& block, Length from, Length to, Flattened& into) const {
        for (const SetCell& cell : block.cells) {
            const Length top = max(cell.top, from), bottom = min(cell.top + cell.height, to);
            if (bottom <= top) continue;
            const auto border = [&](Side side) -> const BorderEdge& { return cell.borders[static_cast<std::size_t>(side)]; };
            const auto horizontal = [&](const BorderEdge& edge, Length y) {
                if (edge.shown())
                    into.items.push_back({{cell.x, y - edge.width / 2 - from},
                                          Artifact::border,
                                          LineRule{cell.width, edge.width, false, edge.style, edge.colour}});
            };
            const auto vertical = [&](const BorderEdge& edge, Length x) {
                if (edge.shown())
                    into.items.push_back({{x - edge.width / 2, top - from},
                                          Artifact::border,
                                          LineRule{bottom - top, edge.width, true, edge.style, edge.colour}});
            };
            if (cell.top >= from) horizontal(border(Side::top), cell.top);
            if (cell.top + cell.height <= to) horizontal(border(Side::bottom), cell.top + cell.height);
            vertical(border(Side::left), cell.x);
            vertical(border(Side::right), cell.x + cell.width);
        }
    }

    // The block's part between two heights, ready to be placed.
    Flattened flatten_part(RowBlock& block, Length from, Length to) {
        Flattened out;
        paint_backgrounds(block, from, to, out);
        for (SetCell& cell : block.cells) {
            if (cell.indent != Length())
                for (PlacedItem& item : cell.galley.items) item.at.x += cell.indent;
            Range range{0, 0};
            while (range.begin < cell.tops.size() && fragment_top(cell, range.begin) < from) ++range.begin;
            range.end = range.begin;
            while (range.end < cell.tops.size() &&
                   (fragment_top(cell, range.end) < to || (to == block.height && fragment_top(cell, range.end) <= to)))
                ++range.end;
            if (range.empty()) continue;
            const Length y = fragment_top(cell, range.begin) - from;
            flatten_into(cell.galley, range, cell.x + cell.edges.left, y, context_.styled.styles, out, false);
        }
        if (frame_.collapsed) paint_collapsed(block, from, to, out);
        out.height = to - from;
        return out;
    }

    const LayoutContext& context_;
    SectionState& state_;
    BlockFlow& flow_;
    const ComputedStyle& style_;
    TableGrid grid_;
    TableFrame frame_;
    bool rtl_;
    std::uint32_t container_ = no_container;
    Length x_, width_;                    // of the table box, in the column
    std::vector<Length> widths_, starts_; // of the columns; starts from the table's edge on the side where rows begin
    std::vector<Length> decimal_before_, decimal_after_;
    std::vector<std::vector<CellBorders>> borders_;
};

} // namespace

void set_table(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow) {
    TableSetter(context, state, id, flow).set();
}

ContentWidths measure_table(const LayoutContext& context, SectionState& state, NodeId id) {
    TableGrid grid = read_table(context, id);
    measure_cells(context, state, grid);
    return table_widths(context, grid, table_frame(context.style(id), Length()));
}

} // namespace bifolio
