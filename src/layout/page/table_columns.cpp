#include "layout/page/table_columns.h"

#include "base/utf8.h"
#include "layout/page/block_flow.h"
#include "layout/page/ruby.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

struct Column {
    Length least, most;
    double percent = 0;
    bool specified = false; // a width is asked for: `most` is that
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
    if (begin >= end) return;
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

// The border box that a style asks for, within its least and most; auto gives nothing.
std::optional<Length> asked_width(const ComputedStyle& style, Length edges) {
    const auto outer = [&](Length width) {
        return style.box_sizing == BoxSizing::border_box ? max(width, edges) : width + edges;
    };
    if (!style.width.is_definite()) return std::nullopt;
    Length width = outer(style.width.length);
    if (style.max_width.is_definite()) width = min(width, outer(style.max_width.length));
    if (style.min_width.is_definite()) width = max(width, outer(style.min_width.length));
    return width;
}

class ColumnMeasurer {
public:
    ColumnMeasurer(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame)
        : context_(context), grid_(grid), frame_(frame), columns_(grid.columns.size()) {}

    std::vector<Column> measure() {
        std::vector<const GridCell*> spanning;
        std::vector<Length> before(columns_.size()), after(columns_.size());
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            ask(columns_[i], grid_.columns[i].group, {});
            ask(columns_[i], grid_.columns[i].node, {});
        }
        for (const GridRow& row : grid_.rows)
            for (const GridCell& cell : row.cells) {
                if (cell.column_span > 1)
                    spanning.push_back(&cell);
                else
                    take(cell, before[cell.column], after[cell.column]);
            }
        for (Column& column : columns_) column.most = max(column.specified ? asked_of(column) : column.most, column.least);
        std::stable_sort(spanning.begin(), spanning.end(),
                         [](const GridCell* a, const GridCell* b) { return a->column_span < b->column_span; });
        for (const GridCell* cell : spanning) take_spanning(*cell);
        double percents = 0; // what goes beyond the whole does not count
        for (Column& column : columns_) {
            column.percent = std::min(column.percent, std::max(100 - percents, 0.0));
            percents += column.percent;
        }
        return std::move(columns_);
    }

private:
    Length asked_of(const Column& column) const { return asked_[static_cast<std::size_t>(&column - columns_.data())]; }

    void ask(Column& column, NodeId node, Length edges) {
        if (node == no_node) return;
        const ComputedStyle& style = context_.style(node);
        asked_.resize(columns_.size());
        if (style.min_width.is_definite()) column.least = max(column.least, style.min_width.length);
        if (!style.width.automatic && style.width.percent > 0 && style.width.length == Length()) {
            const double limit = style.max_width.percent > 0 && !style.max_width.automatic ? style.max_width.percent : 100;
            column.percent = std::max(column.percent, std::min(style.width.percent, limit));
        } else if (const auto width = asked_width(style, edges)) {
            Length& asked = asked_[static_cast<std::size_t>(&column - columns_.data())];
            asked = max(asked, *width);
            column.specified = true;
        }
    }

    void take(const GridCell& cell, Length& before, Length& after) {
        Column& column = columns_[cell.column];
        if (cell.is_element()) {
            const CellEdges edges = cell_edges(context_, cell, frame_.collapsed, Length());
            const Length least = column.least;
            ask(column, cell.node, edges.left + edges.right);
            column.least = least; // its least width is in its measures
        }
        column.least = max(column.least, cell.widths.least);
        column.most = max(column.most, cell.widths.most);
        if (!cell.decimal) return;
        before = max(before, cell.before_mark);
        after = max(after, cell.after_mark);
        const Length both = before + after + (cell.widths.most - cell.before_mark - cell.after_mark);
        column.most = max(column.most, both);
        column.least = max(column.least, min(both, column.most));
    }

    // What the columns lack for a cell goes to those that may grow: first without a width of their own.
    void take_spanning(const GridCell& cell) {
        const std::size_t begin = cell.column, end = grid_.end_column(cell);
        std::vector<Length> leasts(columns_.size()), mosts(columns_.size());
        Length least, most;
        double percent = 0;
        bool any_free = false;
        for (std::size_t i = begin; i < end; ++i) {
            least += leasts[i] = columns_[i].least;
            most += mosts[i] = columns_[i].most;
            percent += columns_[i].percent;
            any_free = any_free || (!columns_[i].specified && columns_[i].percent <= 0);
        }
        const auto is_free = [&](std::size_t i) { return !any_free || (!columns_[i].specified && columns_[i].percent <= 0); };
        const auto weight = [&](std::size_t i) { return is_free(i) ? columns_[i].most.in_pt() + 0.001 : 0.0; };
        const Length gaps = frame_.spacing_x * static_cast<int>(end - begin - 1);
        Length wanted = cell.widths.most;
        if (cell.is_element()) {
            const CellEdges edges = cell_edges(context_, cell, frame_.collapsed, Length());
            if (const auto asked = asked_width(context_.style(cell.node), edges.left + edges.right))
                wanted = max(*asked, cell.widths.least);
            const Dimension& width = context_.style(cell.node).width;
            if (!width.automatic && width.percent > percent) share_percent(begin, end, width.percent - percent);
        }
        if (cell.widths.least - gaps > least) {
            // Up to their most widths first: CSS Tables 3 §3.9.3.
            const Length lack = min(cell.widths.least - gaps - least, max(most - least, Length()));
            spread(leasts, begin, end, lack, [&](std::size_t i) { return (columns_[i].most - columns_[i].least).in_pt(); });
            spread(leasts, begin, end, cell.widths.least - gaps - least - lack, weight);
        }
        if (wanted - gaps > most) spread(mosts, begin, end, wanted - gaps - most, weight);
        for (std::size_t i = begin; i < end; ++i) {
            columns_[i].least = leasts[i];
            columns_[i].most = max(mosts[i], leasts[i]);
        }
    }

    void share_percent(std::size_t begin, std::size_t end, double lacking) {
        double sum = 0;
        std::size_t open = 0;
        for (std::size_t i = begin; i < end; ++i)
            if (columns_[i].percent <= 0) {
                sum += columns_[i].most.in_pt();
                ++open;
            }
        for (std::size_t i = begin; i < end; ++i)
            if (columns_[i].percent <= 0)
                columns_[i].percent = lacking * (sum > 0 ? columns_[i].most.in_pt() / sum : 1.0 / static_cast<double>(open));
    }

    const LayoutContext& context_;
    const TableGrid& grid_;
    const TableFrame& frame_;
    std::vector<Column> columns_;
    std::vector<Length> asked_;
};

std::vector<Length> fixed_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame, Length width) {
    std::vector<Length> widths(grid.columns.size());
    std::vector<bool> known(widths.size());
    const auto take = [&](NodeId node, std::size_t i) {
        if (node == no_node || known[i] || context.style(node).width.automatic) return;
        widths[i] = context.style(node).width.resolve(width);
        known[i] = true;
    };
    for (std::size_t i = 0; i < widths.size(); ++i) {
        take(grid.columns[i].node, i);
        take(grid.columns[i].group, i);
    }
    if (!grid.rows.empty())
        for (const GridCell& cell : grid.rows[0].cells) {
            if (!cell.is_element() || context.style(cell.node).width.automatic) continue;
            const ComputedStyle& style = context.style(cell.node);
            const CellEdges edges = cell_edges(context, cell, frame.collapsed, width);
            const std::uint32_t end = grid.end_column(cell);
            Length own = style.width.resolve(width);
            if (style.width.percent == 0)
                own = style.box_sizing == BoxSizing::content_box ? own + edges.left + edges.right
                                                                 : max(own, edges.left + edges.right);
            own = own - frame.spacing_x * static_cast<int>(end - cell.column - 1);
            int open = 0;
            for (std::uint32_t i = cell.column; i < end; ++i) {
                if (known[i]) own = own - widths[i];
                if (!known[i]) ++open;
            }
            for (std::uint32_t i = cell.column; i < end; ++i)
                if (!known[i]) {
                    widths[i] = max(own, Length()) / open;
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

// The widths that are asked for do not fit the page: all give way alike.
void shrink(std::vector<Length>& widths, Length room) {
    Length sum;
    for (const Length width : widths) sum += width;
    if (sum <= room || sum <= Length()) return;
    Length given;
    for (Length& width : widths) given += width = room.scaled(width / sum);
    widths.back() += room - given;
}

// No column is narrower than a letter of what stands in it: the wider ones give way, then the table grows as far as it can.
// DEVIATION: CSS 2.1 §17.5.2.1 lets text of a fixed layout run over the next cell; on paper it could not be read.
void keep_readable(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame, std::vector<Length>& widths,
                   Length room) {
    std::vector<Length> floors(widths.size());
    for (const bool spanning : {false, true})
        for (const GridRow& row : grid.rows)
            for (const GridCell& cell : row.cells) {
                if ((cell.column_span > 1) != spanning) continue;
                const CellEdges edges = cell_edges(context, cell, frame.collapsed, Length());
                const Length letter = edges.left + edges.right + context.style(cell.block).font_size;
                const std::uint32_t last = grid.end_column(cell) - 1;
                Length before = frame.spacing_x * static_cast<int>(last - cell.column);
                for (std::uint32_t i = cell.column; i < last; ++i) before += floors[i];
                floors[last] = max(floors[last], min(cell.widths.least, letter) - before);
            }
    Length lack, spare, sum;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        sum += widths[i];
        lack += max(floors[i] - widths[i], Length());
        spare += max(widths[i] - floors[i], Length());
    }
    if (lack <= Length()) return;
    const Length taken = min(lack, spare), found = min(lack, taken + max(room - sum, Length()));
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] < floors[i])
            widths[i] += (floors[i] - widths[i]).scaled(found / lack);
        else if (spare > Length())
            widths[i] = widths[i] - (widths[i] - floors[i]).scaled(taken / spare);
    }
}

// CSS Tables 3 §3.9.3.2: between the two guesses that enclose the width; what is left beyond the widest guess goes to the columns
// that ask for nothing, else to those with a width, else to those with a share.
std::vector<Length> share_out(const std::vector<Column>& columns, Length total) {
    constexpr std::size_t guesses = 4;
    std::array<std::vector<Length>, guesses> guess;
    std::array<Length, guesses> sums{};
    for (const Column& column : columns) {
        const Length share = max(total.scaled(column.percent / 100), column.least);
        const bool has_share = column.percent > 0;
        guess[0].push_back(column.least);
        guess[1].push_back(has_share ? share : column.least);
        guess[2].push_back(has_share ? share : column.specified ? column.most : column.least);
        guess[3].push_back(has_share ? share : column.most);
        for (std::size_t k = 0; k < guesses; ++k) sums[k] += guess[k].back();
    }
    if (total <= sums[0]) return guess[0];
    for (std::size_t k = 1; k < guesses; ++k) {
        if (total > sums[k]) continue;
        std::vector<Length> widths = guess[k - 1];
        spread(widths, 0, widths.size(), total - sums[k - 1],
               [&](std::size_t i) { return (guess[k][i] - guess[k - 1][i]).in_pt(); });
        return widths;
    }
    std::vector<Length> widths = guess[3];
    const Length extra = total - sums[3];
    const auto try_spread = [&](const auto& weight) {
        double sum = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) sum += weight(i);
        if (sum > 0) spread(widths, 0, widths.size(), extra, weight);
        return sum > 0;
    };
    const auto free = [&](std::size_t i) { return !columns[i].specified && columns[i].percent <= 0; };
    if (try_spread([&](std::size_t i) { return free(i) ? columns[i].most.in_pt() : 0.0; })) return widths;
    if (try_spread([&](std::size_t i) { return free(i) ? 1.0 : 0.0; })) return widths;
    if (try_spread([&](std::size_t i) { return columns[i].percent <= 0 ? columns[i].most.in_pt() : 0.0; })) return widths;
    if (try_spread([&](std::size_t i) { return columns[i].percent; })) return widths;
    spread(widths, 0, widths.size(), extra, [](std::size_t) { return 1.0; });
    return widths;
}

// Of the columns, within the table's own least and most; nullopt: as wide as the columns want to be.
std::optional<Length> asked_table_width(const ComputedStyle& style, const TableFrame& frame, Length gaps, Length available) {
    const auto inner = [&](const Dimension& width) {
        const Length given = width.resolve(available);
        const bool border_box = style.box_sizing == BoxSizing::border_box || width.percent != 0;
        const Length spaces = gaps - frame.left - frame.right;
        return max(border_box ? given - gaps : given - spaces, Length());
    };
    std::optional<Length> asked;
    if (!style.width.automatic) asked = inner(style.width);
    if (asked && !style.max_width.automatic) asked = min(*asked, inner(style.max_width));
    if (asked && !style.min_width.automatic) asked = max(*asked, inner(style.min_width));
    return asked;
}

} // namespace

CellEdges cell_edges(const LayoutContext& context, const GridCell& cell, bool collapsed, Length width) {
    const ComputedStyle& style = style_or_initial(context, cell.node);
    const auto edge = [&](Side side) {
        return at(style.padding, side).resolve(width) + (collapsed ? at(cell.half_borders, side) : at(style.border_width, side));
    };
    return {edge(Side::left), edge(Side::right), edge(Side::top), edge(Side::bottom)};
}

TableFrame table_frame(const LayoutContext& context, const TableGrid& grid, Length containing) {
    const ComputedStyle& style = table_style(context, grid);
    TableFrame frame;
    frame.collapsed = style.border_collapse == BorderCollapse::collapse;
    if (frame.collapsed) { // half of the outer borders, and no padding: CSS 2.1 §17.6.2
        for (const GridRow& row : grid.rows)
            for (const GridCell& cell : row.cells) {
                const bool rtl = style.direction == Direction::rtl;
                const bool first = cell.column == 0, last = grid.end_column(cell) == grid.columns.size();
                if (rtl ? last : first) frame.left = max(frame.left, at(cell.half_borders, Side::left));
                if (rtl ? first : last) frame.right = max(frame.right, at(cell.half_borders, Side::right));
                if (cell.row == 0) frame.top = max(frame.top, at(cell.half_borders, Side::top));
                if (cell.row + cell.row_span == grid.rows.size())
                    frame.bottom = max(frame.bottom, at(cell.half_borders, Side::bottom));
            }
        return frame;
    }
    frame.spacing_x = style.border_spacing_x;
    frame.spacing_y = style.border_spacing_y;
    const auto edge = [&](Side side) { return at(style.padding, side).resolve(containing) + at(style.border_width, side); };
    frame.left = edge(Side::left);
    frame.right = edge(Side::right);
    frame.top = edge(Side::top);
    frame.bottom = edge(Side::bottom);
    return frame;
}

Length spaces_of(const TableGrid& grid, const TableFrame& frame) {
    const auto shown =
        std::count_if(grid.columns.begin(), grid.columns.end(), [](const GridColumn& column) { return !column.collapsed; });
    return shown > 0 ? frame.spacing_x * static_cast<int>(shown + 1) : Length();
}

Length empty_table_width(const ComputedStyle& style, const TableFrame& frame, Length available) {
    Length width = frame.left + frame.right;
    width += asked_table_width(style, frame, width, available).value_or(Length());
    if (!style.min_width.automatic)
        width = max(width, style.min_width.resolve(available) +
                               (style.box_sizing == BoxSizing::content_box ? frame.left + frame.right : Length()));
    return min(width, available);
}

namespace {

// A cell that nobody wrote: words and blocks in turn.
ContentWidths measure_parts(const LayoutContext& context, SectionState& state, const GridCell& cell) {
    ContentWidths widths;
    const auto include = [&](ContentWidths other) {
        widths.least = max(widths.least, other.least);
        widths.most = max(widths.most, other.most);
    };
    for_each_part(
        context, cell,
        [&](const std::vector<InlinePart>& words) {
            InlineReport report; // they are built again when they are set
            InlineContent content = build_inline_content(context, cell.block, context.style_of(cell.block), words, report);
            find_missing_glyphs(context, content);
            for (Atom& atom : content.atoms) {
                if (atom.kind == Atom::Kind::ruby) set_ruby(context, atom, content.boxes[0].style, report);
                if (atom.kind == Atom::Kind::picture || atom.kind == Atom::Kind::block)
                    atom.width = measure_block(context, state, atom.node).most;
            }
            if (!content.has_text) return;
            measure_text(content, state.scratch.measure);
            make_paragraph_items(context, content, state.scratch.measure, Margins::justified, Length(), state.scratch.items);
            include(content_widths(state.scratch.items));
        },
        [&](NodeId block) { include(measure_block(context, state, block)); });
    return widths;
}

void measure_decimal(SectionState& state, GridCell& cell) {
    const auto found = state.measured.find({cell.node, 0});
    if (found == state.measured.end() || !found->second.has_text) return;
    const auto mark = decimal_mark(found->second.shaped.text);
    if (!mark) return;
    measure_text(found->second, state.scratch.measure);
    cell.decimal = true;
    cell.before_mark = state.scratch.measure[*mark];
    cell.after_mark = state.scratch.measure.back() - cell.before_mark;
}

} // namespace

void for_each_part(const LayoutContext& context, const GridCell& cell,
                   const std::function<void(const std::vector<InlinePart>&)>& on_words,
                   const std::function<void(NodeId)>& on_block) {
    std::vector<InlinePart> words;
    const auto flush = [&] {
        const bool blank = std::all_of(words.begin(), words.end(), [&](const InlinePart& part) {
            const Node& node = context.book.node(std::get<NodeId>(part));
            return node.element == Element::text && is_blank(node.text);
        });
        if (!blank) on_words(words);
        words.clear();
    };
    for (const NodeId id : cell.parts) {
        const Node& node = context.book.node(id);
        const bool block = node.element != Element::text && node.element != Element::note &&
                           node.element != Element::note_reference &&
                           (is_block_level(context.style(id)) || context.has(id, NodeFlag::block_inside));
        if (!block) {
            words.emplace_back(id);
            continue;
        }
        flush();
        on_block(id);
    }
    flush();
}

void measure_cells(const LayoutContext& context, SectionState& state, TableGrid& grid) {
    const bool collapsed = table_style(context, grid).border_collapse == BorderCollapse::collapse;
    for (GridRow& row : grid.rows)
        for (GridCell& cell : row.cells) {
            if (!cell.is_element()) {
                cell.widths = measure_parts(context, state, cell);
                continue;
            }
            const ComputedStyle& style = context.style(cell.node);
            const CellEdges edges = cell_edges(context, cell, collapsed, Length());
            cell.widths = measure_children(context, state, cell.node);
            if (style.white_space == WhiteSpace::nowrap) cell.widths.least = cell.widths.most;
            if (style.text_align == TextAlign::decimal) measure_decimal(state, cell);
            cell.widths.least += edges.left + edges.right;
            cell.widths.most += edges.left + edges.right;
            const bool border_box = style.box_sizing == BoxSizing::border_box;
            const auto outer = [&](Length width) { return border_box ? width : width + edges.left + edges.right; };
            if (style.max_width.is_definite())
                cell.widths.most = max(min(cell.widths.most, outer(style.max_width.length)), cell.widths.least);
            if (style.min_width.is_definite()) cell.widths.least = max(cell.widths.least, outer(style.min_width.length));
            cell.widths.most = max(cell.widths.most, cell.widths.least);
        }
}

ContentWidths table_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame) {
    const Length around = spaces_of(grid, frame) + frame.left + frame.right;
    ContentWidths sum{around, around};
    for (const Column& column : ColumnMeasurer(context, grid, frame).measure()) {
        sum.least += column.least;
        sum.most += column.most;
    }
    const ComputedStyle& style = table_style(context, grid);
    const auto outer = [&](const Dimension& width) {
        const bool border_box = style.box_sizing == BoxSizing::border_box;
        return border_box ? width.length : width.length + frame.left + frame.right;
    };
    if (style.width.is_definite()) sum.most = max(outer(style.width), sum.least);
    if (style.max_width.is_definite()) sum.most = max(min(sum.most, outer(style.max_width)), sum.least);
    if (style.min_width.is_definite()) sum.most = max(sum.most, outer(style.min_width));
    if (style.width.is_definite()) sum.least = sum.most;
    return sum;
}

std::vector<Length> column_widths(const LayoutContext& context, const TableGrid& grid, const TableFrame& frame,
                                  Length available) {
    const ComputedStyle& style = table_style(context, grid);
    const std::size_t count = grid.columns.size();
    if (count == 0) return {};
    const Length gaps = spaces_of(grid, frame) + frame.left + frame.right;
    const Length room = max(available - gaps, Length::pt(1) * static_cast<int>(count));
    const std::optional<Length> asked = asked_table_width(style, frame, gaps, available);
    std::vector<Length> widths;
    if (style.table_layout == TableLayout::fixed && asked) {
        widths = fixed_widths(context, grid, frame, min(*asked, room));
    } else {
        const std::vector<Column> columns = ColumnMeasurer(context, grid, frame).measure();
        Length least, most, rest_most, total;
        double percents = 0;
        for (const Column& column : columns) {
            least += column.least;
            most += column.most;
            percents += column.percent;
            if (column.percent <= 0) rest_most += column.most;
        }
        if (asked) {
            total = max(*asked, least);
        } else { // wide enough for the shares that are asked for
            total = max(most, least);
            for (const Column& column : columns)
                if (column.percent > 0) total = max(total, column.most.scaled(100 / column.percent));
            if (percents > 0 && rest_most > Length())
                total = percents < 100 ? max(total, rest_most.scaled(100 / (100 - percents))) : room;
            if (!style.max_width.automatic) total = min(total, style.max_width.resolve(available) - gaps);
            if (!style.min_width.automatic) total = max(total, style.min_width.resolve(available) - gaps);
            total = max(total, least);
        }
        widths = share_out(columns, min(total, room));
    }
    shrink(widths, room); // too narrow even so: words will be divided
    keep_readable(context, grid, frame, widths, room);
    return widths;
}

} // namespace bifolio
