#include "layout/page/table_layout.h"

#include "layout/page/row_division.h"
#include "layout/page/table_rows.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr Cost cost_of_lonely_row = 8'000;     // the first or last row of a table alone on its page
constexpr Cost cost_of_divided_row = 5'000;    // one that could stand on a page of its own
constexpr Cost cost_of_divided_tall_row = 300; // one that could not
constexpr double least_divided_row = 0.2;      // of the page's height: lower rows stay whole
constexpr double longest_slice = 0.25;         // of the page's height, of a row that is taller than it
constexpr double side_caption_limit = 0.7;     // a longer one stands above its table
constexpr double head_limit = 0.34;            // of the page's height: a higher head or foot is not repeated

// A row of one heading for the rows below it.
bool is_group_heading(const LayoutContext& context, const TableGrid& grid, std::uint32_t row) {
    const GridRow& one = grid.rows[row];
    if (one.kind != RowGroupKind::body || one.cells.size() != 1 || grid.columns.size() < 2 || !one.cells[0].is_element())
        return false;
    const GridCell& cell = one.cells[0];
    return context.book.node(cell.node).element == Element::th && cell.column == 0 && cell.row_span == 1 &&
           grid.end_column(cell) == grid.columns.size();
}

class TableSetter {
public:
    TableSetter(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow)
        : context_(context), state_(state),
          flow_(flow), table_{context, read_table(context, id), {}, {}, false, {}, {}, {}, {}, {}}, grid_(table_.grid),
          frame_(table_.frame), style_(table_.style()) {}

    void set() {
        if (style_.border_collapse == BorderCollapse::collapse) table_.borders = collapse_borders(context_, table_.grid);
        table_.frame = table_frame(context_, grid_, flow_.width());
        table_.rtl = style_.direction == Direction::rtl;
        report_collapsed();
        measure_cells(context_, state_, table_.grid);
        const BlockFlow::Region around{flow_.x(), flow_.width()};
        const std::optional<Length> outer_note_width = state_.note_width;
        std::optional<SideCaption> beside = side_caption();
        if (style_.note_place == NotePlace::table) state_.note_width = flow_.width();
        if (beside && !set_side_caption(*beside)) {
            beside.reset();
            flow_.set_region(around);
        }
        size_columns();
        ask_height();
        flow_.add_margin(at(style_.margin, Side::top).resolve(flow_.width()));
        const std::size_t first = flow_.galley().fragments.size();
        const auto first_note = static_cast<std::uint32_t>(flow_.galley().notes.size());
        if (style_.note_place == NotePlace::table)
            state_.note_width = min(*state_.note_width, readable_region(grid_.table).width);
        if (beside) flow_.add_beside(std::move(beside->block), beside->x, beside->left, beside->edge);
        set_captions(CaptionSide::top);
        set_rows();
        set_captions(CaptionSide::bottom);
        if (style_.note_place == NotePlace::table) set_notes(first, first_note);
        state_.note_width = outer_note_width;
        flow_.set_region(around);
        if (beside) flow_.clear_floats(true, true);
        flow_.add_margin(at(style_.margin, Side::bottom).resolve(flow_.width()));
    }

private:
    NodeId around() const { return grid_.anonymous ? grid_.table : context_.book.node(grid_.table).parent; }

    void report_collapsed() {
        const auto rows = std::count_if(grid_.rows.begin(), grid_.rows.end(), [](const GridRow& row) { return row.collapsed; });
        const auto columns =
            std::count_if(grid_.columns.begin(), grid_.columns.end(), [](const GridColumn& one) { return one.collapsed; });
        if (rows + columns == 0) return;
        state_.report.diagnostics.warning("layout.collapsed-cells", context_.book.node(grid_.table).info.where,
                                          "visibility: collapse leaves out " + std::to_string(rows) + " rows and " +
                                              std::to_string(columns) + " columns of this table");
    }

    void size_columns() {
        const Length margins =
            at(style_.margin, Side::left).resolve(flow_.width()) + at(style_.margin, Side::right).resolve(flow_.width());
        const Length room = max(flow_.width() - margins, Length::pt(10));
        full_widths_ = table_.widths = column_widths(context_, grid_, frame_, room);
        for (std::size_t i = 0; i < table_.widths.size(); ++i)
            if (grid_.columns[i].collapsed) table_.widths[i] = Length();
        if (table_.widths.empty()) {
            table_.width = empty_table_width(style_, frame_, room);
        } else {
            table_.width = frame_.left + frame_.right + spaces_of(grid_, frame_);
            for (const Length width : table_.widths) table_.width += width;
        }
        // A table is as wide as its columns; its margins place it (CSS 2.1 §17.5.2).
        ComputedStyle placed = style_;
        placed.padding.fill(Dimension::of({}));
        placed.border_width.fill(Length());
        const NodeId parent = around();
        const bool keeps_to_right = parent != no_node && context_.style(parent).direction == Direction::rtl;
        table_.x = flow_.x() + box_widths(placed, flow_.width(), table_.width, keeps_to_right).x;
        Length x = frame_.left + frame_.spacing_x;
        for (std::size_t i = 0; i < table_.widths.size(); ++i) {
            table_.starts.push_back(x);
            if (!grid_.columns[i].collapsed) x += table_.widths[i] + frame_.spacing_x;
        }
        decimal_after_.resize(table_.widths.size());
        decimal_before_.resize(table_.widths.size());
        for (const GridRow& row : grid_.rows)
            for (const GridCell& cell : row.cells)
                if (cell.decimal) {
                    decimal_before_[cell.column] = max(decimal_before_[cell.column], cell.before_mark);
                    decimal_after_[cell.column] = max(decimal_after_[cell.column], cell.after_mark);
                }
    }

    // What the rows must fill, when the table asks for a height.
    void ask_height() {
        const NodeId parent = around();
        const Dimension around = parent == no_node ? Dimension() : context_.style(parent).height;
        for (const Dimension* height : {&style_.height, &style_.min_height}) {
            if (height->automatic || (height->percent != 0 && !around.is_definite())) continue;
            const Length edges = frame_.top + frame_.bottom;
            const bool border_box = style_.box_sizing == BoxSizing::border_box || frame_.collapsed;
            const Length given = height->resolve(around.length);
            const Length rows = max(border_box ? given - edges : given, Length());
            table_.height = max(table_.height.value_or(Length()), rows);
        }
    }

    struct SideCaption {
        NodeId caption;
        Length x, width, edge;
        bool left = false;
        Flattened block{};
    };

    // A caption beside the table takes a quarter of its room, or the width that it asks for (CSS 2.0 §17.4.1). The rest of the
    // room becomes the table's.
    std::optional<SideCaption> side_caption() {
        for (const NodeId caption : grid_.captions) {
            const ComputedStyle& style = context_.style(caption);
            const bool before = style.caption_side == CaptionSide::inline_start;
            const bool after = style.caption_side == CaptionSide::inline_end;
            const bool left = style.caption_side == CaptionSide::left || (table_.rtl ? after : before);
            if (!left && style.caption_side != CaptionSide::right && !before && !after) continue;
            const Length x = flow_.x(), whole = flow_.width(), gap = style.font_size;
            const Length width = min(style.width.resolve(whole, whole / 4), whole - gap - Length::pt(20));
            if (width < style.font_size * 3) return std::nullopt;
            flow_.set_region({left ? x + width + gap : x, whole - width - gap});
            return SideCaption{caption, left ? x : x + whole - width, width, left ? x + width : x + whole - width, left};
        }
        return std::nullopt;
    }

    // False: it is too tall to stand beside anything.
    bool set_side_caption(SideCaption& side) {
        BlockFlow inner(context_, state_, side.width);
        inner.add_mark(side.caption);
        inner.add_children(side.caption);
        side.block = flatten(inner.finish_whole(), context_.styled.styles);
        if (state_.page_height > Length() && side.block.height > state_.page_height.scaled(side_caption_limit)) return false;
        beside_ = side.caption;
        return true;
    }

    // Captions and notes are as wide as the table, but not so narrow that they cannot be read.
    BlockFlow::Region readable_region(NodeId of) const {
        Length x = table_.x, width = table_.width;
        if (const Length least = min(flow_.width(), context_.style(of).font_size * 16); width < least) {
            x = table_.rtl ? x + width - least : x;
            x = min(max(x, flow_.x()), flow_.x() + flow_.width() - least);
            width = least;
        }
        return {x, width};
    }

    void set_captions(CaptionSide side) {
        for (const NodeId caption : grid_.captions) {
            const bool bottom = context_.style(caption).caption_side == CaptionSide::bottom;
            if (caption == beside_ || bottom != (side == CaptionSide::bottom)) continue;
            if (side == CaptionSide::bottom) flow_.keep_with_next();
            const BlockFlow::Region outer = flow_.set_region(readable_region(caption));
            flow_.add_block(caption);
            flow_.set_region(outer);
            if (side == CaptionSide::top) flow_.keep_with_next();
        }
    }

    // The notes that the fragments from `first` on call, right below the table: who reads a dose must see what limits it.
    void set_notes(std::size_t first, std::uint32_t first_note) {
        Galley& galley = flow_.galley();
        std::vector<NoteBody> notes(std::make_move_iterator(galley.notes.begin() + first_note),
                                    std::make_move_iterator(galley.notes.end()));
        galley.notes.resize(first_note);
        for (std::size_t i = first; i < galley.fragments.size(); ++i) galley.fragments[i].notes = {first_note, first_note};
        const BlockFlow::Region region = readable_region(grid_.table);
        for (NoteBody& note : notes) {
            flow_.keep_with_next();
            Flattened block;
            flatten_into(*note.galley, {0, static_cast<std::uint32_t>(note.galley->fragments.size())}, region.x, {},
                         context_.styled.styles, block);
            flow_.add_flattened(std::move(block), 0);
        }
    }

    void set_rows() {
        container_ = flow_.open_container(grid_.table, context_.style_of(grid_.table), table_.x, table_.width,
                                          is_painted(style_) && !frame_.collapsed);
        const bool any = !grid_.rows.empty();
        flow_.add_edge(frame_.top + (any ? frame_.spacing_y : Length()), true);
        std::vector<RowBlock> blocks = sized_blocks();
        const auto first_head = static_cast<std::uint32_t>(flow_.galley().fragments.size());
        const auto foot_begin = static_cast<std::uint32_t>(grid_.rows.size()) - grid_.foot_rows;
        std::uint32_t first_foot = 0;
        std::size_t next_block = 0;
        for (std::uint32_t row = 0; row < grid_.rows.size();) {
            if (row == foot_begin && row > grid_.head_rows) {
                first_foot = static_cast<std::uint32_t>(flow_.galley().fragments.size());
                flow_.keep_with_next(); // a foot never stands alone
                if (frame_.collapsed) foot_borders_ = borders_above(table_, blocks[next_block]);
            }
            begin_group(row);
            const std::uint32_t end = end_of_block(row);
            if (next_block < blocks.size() && blocks[next_block].begin == row) {
                add_block(blocks[next_block++]);
            } else {
                RowBlock block = sized_block(row, end);
                add_block(block);
            }
            row = end;
            if (row == grid_.head_rows && row > 0) flow_.never_break();
            if (row == grid_.head_rows) repeat_head(first_head);
        }
        if (group_ != no_node) flow_.end_breaks(context_.style(group_));
        if (grid_.head_rows == 0) repeat_head(first_head, true);
        if (first_foot > 0) repeat_foot(first_foot);
        if (any || !table_.height)
            flow_.add_edge(frame_.bottom + (any ? frame_.spacing_y : Length()), false);
        else
            flow_.add_edge(frame_.bottom + *table_.height, false);
        flow_.close_container(container_);
    }

    // Rows whose height hangs on each other, or must be known before they are reached: the foot, or all of them.
    std::vector<RowBlock> sized_blocks() {
        std::vector<RowBlock> blocks;
        const auto rows = static_cast<std::uint32_t>(grid_.rows.size());
        for (std::uint32_t row = table_.height ? 0 : rows - grid_.foot_rows; row < rows; row = end_of_block(row))
            blocks.push_back(sized_block(row, end_of_block(row)));
        stretch_rows(table_, blocks);
        for (RowBlock& block : blocks) {
            place_rows(table_, block);
            if (block.begin >= rows - grid_.foot_rows) foot_height_ += block.height + frame_.spacing_y;
        }
        if (foot_height_ > state_.page_height.scaled(head_limit)) foot_height_ = Length();
        return blocks;
    }

    std::uint32_t end_of_block(std::uint32_t row) const {
        std::uint32_t end = row + 1;
        for (std::uint32_t r = row; r < end; ++r)
            for (const GridCell& cell : grid_.rows[r].cells) end = std::max(end, cell.row + cell.row_span);
        return end;
    }

    void begin_group(std::uint32_t row) {
        const NodeId group = grid_.rows[row].group;
        if (group != group_) {
            if (group_ != no_node) flow_.end_breaks(context_.style(group_));
            group_ = group;
            if (group != no_node) flow_.begin_breaks(context_.style(group));
        }
        if (group != no_node && grid_.rows[row].first_of_group && context_.has(group, NodeFlag::marked)) flow_.add_mark(group);
    }

    // Fragments from `first` on, for each further page; what they link and note stands where they were first.
    // `above`: borders of the first that are otherwise drawn with what stands before it.
    std::shared_ptr<Galley> copy_from(std::uint32_t first, std::vector<PlacedItem> above = {}) const {
        const Galley& galley = flow_.galley();
        auto copy = std::make_shared<Galley>();
        for (std::size_t i = first; i < galley.fragments.size(); ++i) {
            Fragment fragment = galley.fragments[i];
            const auto begin = static_cast<std::uint32_t>(copy->items.size());
            copy->items.insert(copy->items.end(), galley.items.begin() + fragment.items.begin,
                               galley.items.begin() + fragment.items.end);
            if (i == first) std::move(above.begin(), above.end(), std::back_inserter(copy->items));
            fragment.items = {begin, static_cast<std::uint32_t>(copy->items.size())};
            fragment.links = fragment.marks = fragment.notes = {};
            fragment.page_top_items = fragment.page_end_items = {};
            fragment.clone_top = fragment.clone_bottom = Length();
            fragment.continues_row = false;
            fragment.container = no_container;
            copy->fragments.push_back(fragment);
        }
        return copy;
    }

    void repeat_foot(std::uint32_t first) {
        if (foot_height_ == Length()) return;
        Container& box = flow_.galley().containers[container_];
        box.repeated_foot = copy_from(first, std::move(foot_borders_));
        box.foot_height = box.repeated_foot->height();
    }

    // The head of a table, below its caption with the word that says that it goes on.
    void repeat_head(std::uint32_t first, bool only_caption = false) {
        auto head = only_caption ? std::make_shared<Galley>() : copy_from(first);
        if (!head->fragments.empty()) head->fragments[0].space_before = Length();
        const Length limit = state_.page_height.scaled(head_limit);
        if (head->height() > limit) head = std::make_shared<Galley>();
        head_is_repeated_ = !head->fragments.empty();
        Galley caption = continued_caption();
        const Length above = caption.height();
        Container& box = flow_.galley().containers[container_];
        if (!caption.fragments.empty() && above + head->height() <= limit) {
            const auto items = static_cast<std::uint32_t>(caption.items.size());
            for (Fragment fragment : head->fragments) {
                fragment.items = {fragment.items.begin + items, fragment.items.end + items};
                caption.fragments.push_back(fragment);
            }
            std::move(head->items.begin(), head->items.end(), std::back_inserter(caption.items));
            *head = std::move(caption);
            box.caption_height = above;
        }
        if (head->fragments.empty()) return;
        box.head_height = head->height();
        box.repeated_head = std::move(head);
    }

    Galley continued_caption() {
        for (const NodeId id : grid_.captions) {
            const ComputedStyle& style = context_.style(id);
            if (style.caption_side != CaptionSide::top || style.table_continued.empty()) continue;
            const BlockFlow::Region region = readable_region(id);
            BlockFlow flow(context_, state_, region.width);
            flow.set_region(region);
            std::vector<InlinePart> parts;
            if (const PseudoBox* before = context_.styled.pseudo(id, PseudoElement::before))
                parts.emplace_back(GeneratedPart{id, PseudoElement::before, before->style, before->content});
            const std::uint32_t own = context_.style_of(id);
            parts.emplace_back(GeneratedPart{
                id, PseudoElement::after, own, {GeneratedText{text_content(context_.book, id) + style.table_continued}}});
            flow.add_words(id, parts);
            // As far from the head as the caption is from the table's beginning.
            flow.add_margin(at(style.margin, Side::bottom).resolve(region.width) + vertical_edges(style, region.width).bottom);
            Galley caption = flow.finish_whole();
            for (Fragment& fragment : caption.fragments) {
                fragment.links = fragment.marks = fragment.notes = {};
                fragment.container = no_container;
            }
            caption.links.clear();
            caption.marks.clear();
            caption.notes.clear();
            caption.containers.clear();
            return caption;
        }
        return {};
    }

    SetCell set_cell(const GridCell& cell) {
        SetCell out;
        out.grid = &cell;
        const std::size_t last = grid_.end_column(cell);
        Length end = table_.starts[cell.column];
        for (std::size_t i = cell.column; i < last; ++i)
            if (!grid_.columns[i].collapsed) end = table_.starts[i] + table_.widths[i];
        out.width = end - table_.starts[cell.column];
        if (out.width == Length()) // collapsed: it still makes its row as high as if it were shown
            for (std::size_t i = cell.column; i < last; ++i) out.width += full_widths_[i];
        const Length start = table_.starts[cell.column];
        out.x = table_.x + (table_.rtl ? table_.width - start - out.width : start);
        out.edges = cell_edges(context_, cell, frame_.collapsed, out.width);
        const Length content_width = max(out.width - out.edges.left - out.edges.right, Length::pt(1));
        BlockFlow content(context_, state_, content_width);
        if (cell.is_element()) {
            content.add_mark(cell.node);
            content.add_children(cell.node);
        } else {
            for_each_part(
                context_, cell, [&](const std::vector<InlinePart>& words) { content.add_words(cell.block, words); },
                [&](NodeId block) { content.add_block(block); });
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

    RowBlock sized_block(std::uint32_t begin, std::uint32_t end) {
        RowBlock block;
        block.begin = begin;
        block.end = end;
        for (std::uint32_t row = begin; row < end; ++row)
            for (const GridCell& cell : grid_.rows[row].cells) block.cells.push_back(set_cell(cell));
        size_rows(table_, block);
        return block;
    }

    void add_block(RowBlock& block) {
        place_rows(table_, block);
        const ComputedStyle& first_style = style_or_initial(context_, grid_.rows[block.begin].node);
        const auto rows = static_cast<std::uint32_t>(grid_.rows.size());
        const std::uint32_t body_end = rows - grid_.foot_rows;
        Length repeated; // what stands beside it on each page
        if (block.begin >= grid_.head_rows) repeated = flow_.galley().containers[container_].head_height;
        if (block.begin < body_end) repeated += foot_height_;
        const bool too_tall = block.height + repeated > state_.page_height && state_.page_height > Length();
        ComputedStyle breaks = first_style;
        if (too_tall) breaks.break_inside = BreakInside::automatic; // it can't be had
        flow_.begin_breaks(breaks);
        for (std::uint32_t row = block.begin; row < block.end; ++row)
            if (grid_.rows[row].node != no_node) flow_.add_mark(grid_.rows[row].node);
        const bool shown = std::any_of(grid_.rows.begin() + block.begin, grid_.rows.begin() + block.end,
                                       [](const GridRow& row) { return !row.collapsed; });
        if (block.begin > 0 && shown) flow_.add_margin(frame_.spacing_y);
        Cost penalty = 0;
        if (block.begin > 0 && block.begin < grid_.head_rows) penalty = cost_of_never;
        if (block.begin > rows - grid_.foot_rows) penalty = cost_of_never;
        if (block.begin == grid_.head_rows + 1 || (block.end == body_end && block.begin > grid_.head_rows))
            penalty += cost_of_lonely_row;
        const std::size_t first = flow_.galley().fragments.size();
        const bool in_body = block.begin >= grid_.head_rows && block.end <= body_end;
        if (too_tall)
            divide_tall_block(block, state_.page_height - repeated, penalty);
        else if (in_body && !flow_.in_columns() && never_cut(block).empty() &&
                 block.height > state_.page_height.scaled(least_divided_row))
            add_slices(block, divide_row(block, std::nullopt), penalty, cost_of_divided_row);
        else
            flow_.add_flattened(flatten_slice(table_, block, whole_block(block)), penalty);
        if (block.begin > 0 && flow_.galley().fragments.size() > first) flow_.galley().fragments[first].rigid = true;
        add_border_above(block, first);
        flow_.end_breaks(breaks);
        for (const NodeId kept : never_cut(block))
            flow_.galley().kept_boxes.push_back(
                {kept, {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(flow_.galley().fragments.size())}});
        if (block.end - block.begin == 1 && is_group_heading(context_, grid_, block.begin)) flow_.keep_with_next();
    }

    // Where the table goes on without its head, its upper border is that of the row.
    void add_border_above(const RowBlock& block, std::size_t fragment) {
        if (!frame_.collapsed || block.begin == 0 || head_is_repeated_) return;
        Galley& galley = flow_.galley();
        const auto begin = static_cast<std::uint32_t>(galley.items.size());
        for (PlacedItem& item : borders_above(table_, block)) galley.items.push_back(std::move(item));
        galley.fragments[fragment].page_top_items = {begin, static_cast<std::uint32_t>(galley.items.size())};
    }

    // Rows and cells that must stand on one page.
    std::vector<NodeId> never_cut(const RowBlock& block) const {
        std::vector<NodeId> kept;
        const auto add = [&](NodeId node) {
            if (node != no_node && context_.style(node).break_inside == BreakInside::never) kept.push_back(node);
        };
        for (std::uint32_t row = block.begin; row < block.end; ++row) add(grid_.rows[row].node);
        for (const SetCell& cell : block.cells)
            if (cell.grid->is_element()) add(cell.grid->node);
        return kept;
    }

    Span where_of(const RowBlock& block) const {
        const NodeId row = grid_.rows[block.begin].node;
        return context_.book.node(row == no_node ? grid_.table : row).info.where;
    }

    // A block that leaves its page by part: in slices, with breaks between them.
    void add_slices(RowBlock& block, const std::vector<RowSlice>& slices, Cost penalty, Cost cost_of_cut) {
        Galley& galley = flow_.galley();
        const auto add_items = [&](const RowSlice& above, Length top, Length height) {
            const auto begin = static_cast<std::uint32_t>(galley.items.size());
            if (height > Length())
                for (PlacedItem& item : cells_across(table_, block, above, top, height)) galley.items.push_back(std::move(item));
            return Range{begin, static_cast<std::uint32_t>(galley.items.size())};
        };
        for (std::size_t i = 0; i < slices.size(); ++i) {
            const RowSlice& slice = slices[i];
            flow_.add_flattened(flatten_slice(table_, block, slice), i == 0 ? penalty : slice.penalty_before + cost_of_cut);
            Fragment& fragment = galley.fragments.back();
            fragment.rigid = true;
            fragment.continues_row = i > 0;
            fragment.clone_top = slice.clone_top;
            fragment.clone_bottom = slice.clone_bottom;
            if (i > 0) fragment.page_top_items = add_items(slices[i - 1], -slice.clone_top, slice.clone_top);
            fragment.page_end_items = add_items(slice, Length(), slice.clone_bottom);
        }
    }

    void divide_tall_block(RowBlock& block, Length page, Cost penalty) {
        state_.report.diagnostics.warning("layout.row-divided", where_of(block),
                                          "this table row is " + std::to_string(std::lround(block.height.in_mm())) +
                                              " mm tall, taller than the page; it was divided");
        for (SetCell& cell : block.cells) cell.shift = Length();
        add_slices(block, divide_row(block, page.scaled(longest_slice)), penalty, cost_of_divided_tall_row);
    }

    const LayoutContext& context_;
    SectionState& state_;
    BlockFlow& flow_;
    TableGeometry table_;
    const TableGrid& grid_;   // the geometry's
    const TableFrame& frame_; // the geometry's
    const ComputedStyle& style_;
    NodeId beside_ = no_node; // the caption that stands beside the table
    std::uint32_t container_ = no_container;
    NodeId group_ = no_node; // the open one
    Length foot_height_;     // when it is repeated
    bool head_is_repeated_ = false;
    std::vector<PlacedItem> foot_borders_; // above the repeated foot
    std::vector<Length> full_widths_;      // of the columns, those that are collapsed too
    std::vector<Length> decimal_before_, decimal_after_;
};

} // namespace

void set_table(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow) {
    TableSetter(context, state, id, flow).set();
}

ContentWidths measure_table(const LayoutContext& context, SectionState& state, NodeId id) {
    TableGrid grid = read_table(context, id);
    if (table_style(context, grid).border_collapse == BorderCollapse::collapse) collapse_borders(context, grid);
    measure_cells(context, state, grid);
    return table_widths(context, grid, table_frame(context, grid, Length()));
}

} // namespace bifolio
