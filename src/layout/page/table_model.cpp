#include "layout/page/table_model.h"

#include "base/number.h"
#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::uint32_t most_columns = 1'000;
constexpr std::uint32_t most_row_span = 65'534;

std::uint32_t span_of(const Node& node, std::string_view name, std::uint32_t most) {
    const std::string* text = attribute(node, name);
    if (!text) return 1;
    const double value = parse_number(*text).value_or(1);
    return value < 1 ? 1 : static_cast<std::uint32_t>(std::min(value, static_cast<double>(most)));
}

// rowspan="0": to the end of its group.
std::uint32_t row_span_of(const Node& node) {
    const std::string* text = attribute(node, "rowspan");
    return text && parse_number(*text).value_or(1) == 0 ? most_row_span : span_of(node, "rowspan", most_row_span);
}

struct RowSource {
    NodeId node = no_node;     // no_node: an anonymous row
    NodeId around = no_node;   // its parent
    std::vector<NodeId> parts; // of an anonymous row
};

struct GroupSource {
    NodeId node = no_node; // no_node: an anonymous group
    RowGroupKind kind = RowGroupKind::body;
    std::vector<RowSource> rows;
};

class GridReader {
public:
    explicit GridReader(const LayoutContext& context) : context_(context) {}

    TableGrid read(NodeId id) {
        grid_.table = id;
        std::vector<NodeId> all;
        if (is_table_part(context_.style(id).display)) {
            all = parts_beside(context_, id);
            grid_.table = context_.book.node(id).parent;
            grid_.anonymous = inherited_style();
        } else {
            gather(id, all);
        }
        std::vector<GroupSource> groups = read_groups(grid_.table, all);
        for (const RowGroupKind kind : {RowGroupKind::head, RowGroupKind::body, RowGroupKind::foot}) {
            const std::size_t before = grid_.rows.size();
            for (const GroupSource& group : groups)
                if (group.kind == kind) add_group(group);
            const auto count = static_cast<std::uint32_t>(grid_.rows.size() - before);
            if (kind == RowGroupKind::head) grid_.head_rows = count;
            if (kind == RowGroupKind::foot) grid_.foot_rows = count;
        }
        const ComputedStyle& style = table_style(context_, grid_);
        if (style.table_layout == TableLayout::automatic || style.width.automatic) {
            drop_columns();
            merge_columns();
        }
        return std::move(grid_);
    }

private:
    bool is_text(NodeId id) const { return context_.book.node(id).element == Element::text; }
    Display display_of(NodeId id) const { return is_text(id) ? Display::inline_ : context_.style(id).display; }
    bool is_space(NodeId id) const { return is_text(id) && is_blank(context_.book.node(id).text); }

    // Children in order; those of an element without a box of its own take its place.
    void gather(NodeId parent, std::vector<NodeId>& into) const {
        for (const NodeId child : children(context_.book, parent)) {
            const Display display = display_of(child);
            if (display == Display::contents)
                gather(child, into);
            else if (display != Display::none)
                into.push_back(child);
        }
    }

    // Calls on_proper for each child that is_proper knows; the others, with the space between them, in one go each.
    template <class IsProper, class OnProper, class OnOthers>
    void sort_out(const std::vector<NodeId>& all, const IsProper& is_proper, const OnProper& on_proper,
                  const OnOthers& on_others) const {
        std::vector<NodeId> others;
        const auto flush = [&] {
            while (!others.empty() && is_space(others.back())) others.pop_back();
            if (!others.empty()) on_others(others);
            others.clear();
        };
        for (const NodeId child : all) {
            if (is_proper(display_of(child))) {
                flush();
                on_proper(child);
            } else if (!others.empty() || !is_space(child)) {
                others.push_back(child);
            }
        }
        flush();
    }

    // What a table that nobody wrote has from the element around it, as far as tables ask for it.
    std::shared_ptr<const ComputedStyle> inherited_style() const {
        const ComputedStyle& around = context_.style(grid_.table);
        auto style = std::make_shared<ComputedStyle>();
        style->display = Display::table;
        style->direction = around.direction;
        style->visibility = around.visibility;
        style->border_collapse = around.border_collapse;
        style->border_spacing_x = around.border_spacing_x;
        style->border_spacing_y = around.border_spacing_y;
        style->font_size = around.font_size;
        return style;
    }

    std::vector<GroupSource> read_groups(NodeId table, const std::vector<NodeId>& all) {
        std::vector<GroupSource> groups;
        bool head_known = false, foot_known = false, open = false; // open: rows without a group may go on
        const auto anonymous_group = [&]() -> GroupSource& {
            if (!open) groups.emplace_back();
            open = true;
            return groups.back();
        };
        sort_out(
            all,
            [](Display display) {
                return display == Display::table_caption || display == Display::table_column ||
                       display == Display::table_column_group || display == Display::table_header_group ||
                       display == Display::table_footer_group || display == Display::table_row_group ||
                       display == Display::table_row;
            },
            [&](NodeId child) {
                switch (display_of(child)) {
                case Display::table_caption: grid_.captions.push_back(child); return;
                case Display::table_column: add_column(child, no_node); return;
                case Display::table_column_group: add_column_group(child); return;
                case Display::table_row: anonymous_group().rows.push_back({child, table, {}}); return;
                default: break;
                }
                open = false;
                GroupSource& group = groups.emplace_back();
                group.node = child;
                // A second head or foot is an ordinary group.
                bool& known = display_of(child) == Display::table_header_group ? head_known : foot_known;
                if (display_of(child) != Display::table_row_group && !known) {
                    group.kind = display_of(child) == Display::table_header_group ? RowGroupKind::head : RowGroupKind::foot;
                    known = true;
                }
                read_rows(child, group);
            },
            [&](const std::vector<NodeId>& others) {
                anonymous_group().rows.push_back({no_node, table, others});
            });
        return groups;
    }

    void read_rows(NodeId node, GroupSource& group) const {
        std::vector<NodeId> all;
        gather(node, all);
        sort_out(
            all, [](Display display) { return display == Display::table_row; },
            [&](NodeId row) {
                group.rows.push_back({row, node, {}});
            },
            [&](const std::vector<NodeId>& others) {
                group.rows.push_back({no_node, node, others});
            });
    }

    void add_column(NodeId id, NodeId group) {
        const std::uint32_t span = span_of(context_.book.node(id), "span", most_columns);
        const auto collapsed = [&](NodeId node) {
            return node != no_node && context_.style(node).visibility == Visibility::collapse;
        };
        for (std::uint32_t i = 0; i < span && grid_.columns.size() < most_columns; ++i)
            grid_.columns.push_back({id == group ? no_node : id, group, collapsed(id) || collapsed(group)});
        written_columns_ = grid_.columns.size();
    }

    void add_column_group(NodeId id) {
        bool any = false;
        for (const NodeId child : children(context_.book, id))
            if (display_of(child) == Display::table_column) {
                any = true;
                add_column(child, id);
            }
        if (!any) add_column(id, id);
    }

    void add_group(const GroupSource& group) {
        const std::size_t first = grid_.rows.size();
        occupied_until_.clear(); // spans end with their group
        for (const RowSource& row : group.rows) add_row(row, group);
        if (grid_.rows.size() == first) return;
        grid_.rows[first].first_of_group = true;
        grid_.rows.back().last_of_group = true;
        const auto end = static_cast<std::uint32_t>(grid_.rows.size());
        for (std::size_t row = first; row < grid_.rows.size(); ++row)
            for (GridCell& cell : grid_.rows[row].cells) cell.row_span = std::min(cell.row_span, end - cell.row);
    }

    void add_row(const RowSource& source, const GroupSource& group) {
        GridRow& row = grid_.rows.emplace_back();
        row.node = source.node;
        row.group = group.node;
        row.kind = group.kind;
        for (const NodeId node : {source.node, group.node})
            if (node != no_node && context_.style(node).visibility == Visibility::collapse) row.collapsed = true;
        column_ = 0;
        std::vector<NodeId> gathered;
        if (source.node != no_node) gather(source.node, gathered);
        const NodeId around = source.node != no_node ? source.node : source.around;
        sort_out(
            source.node != no_node ? gathered : source.parts, [](Display display) { return display == Display::table_cell; },
            [&](NodeId cell) {
                add_cell(row, {cell, cell, {}});
            },
            [&](const std::vector<NodeId>& others) {
                add_cell(row, {no_node, around, others});
            });
    }

    void add_cell(GridRow& row, GridCell cell) {
        cell.row = static_cast<std::uint32_t>(grid_.rows.size() - 1);
        if (cell.is_element()) {
            const Node& node = context_.book.node(cell.node);
            cell.column_span = span_of(node, "colspan", most_columns);
            cell.row_span = row_span_of(node);
        }
        // Where all of it has room: CSS 2.1 §17.5 lets cells that would overlap move on.
        for (std::uint32_t i = column_; i < column_ + cell.column_span && i < occupied_until_.size(); ++i)
            if (occupied_until_[i] > cell.row) column_ = i + 1;
        cell.column = std::min(column_, most_columns - 1);
        cell.column_span = std::min(cell.column_span, most_columns - cell.column);
        column_ = cell.column + cell.column_span;
        if (occupied_until_.size() < column_) occupied_until_.resize(column_, 0);
        for (std::uint32_t i = cell.column; i < column_; ++i) occupied_until_[i] = cell.row + cell.row_span;
        if (grid_.columns.size() < column_) grid_.columns.resize(column_);
        row.cells.push_back(std::move(cell));
    }

    // The last columns, when no cell stands in them and their col asks for no width.
    void drop_columns() {
        std::size_t used = 0;
        for (const GridRow& row : grid_.rows)
            for (const GridCell& cell : row.cells) used = std::max<std::size_t>(used, cell.column + cell.column_span);
        const auto asks = [&](NodeId node) {
            if (node == no_node) return false;
            const ComputedStyle& style = context_.style(node);
            Length width = style.width.is_definite() ? style.width.length : Length();
            if (style.max_width.is_definite()) width = min(width, style.max_width.length);
            if (style.min_width.is_definite()) width = max(width, style.min_width.length);
            return width > Length();
        };
        while (grid_.columns.size() > used && !asks(grid_.columns.back().node) && !asks(grid_.columns.back().group))
            grid_.columns.pop_back();
        written_columns_ = std::min(written_columns_, grid_.columns.size());
    }

    // A column that no col names and at whose edge no cell begins or ends is one with the column before it.
    void merge_columns() {
        const std::size_t count = grid_.columns.size();
        std::vector<bool> edge(count + 1);
        for (const GridRow& row : grid_.rows)
            for (const GridCell& cell : row.cells) edge[cell.column] = edge[cell.column + cell.column_span] = true;
        std::vector<std::uint32_t> new_index(count + 1);
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i < written_columns_ || edge[i] || i == 0) grid_.columns[kept++] = grid_.columns[i];
            new_index[i] = static_cast<std::uint32_t>(kept - 1);
        }
        new_index[count] = static_cast<std::uint32_t>(kept);
        if (kept == count) return;
        grid_.columns.resize(kept);
        for (GridRow& row : grid_.rows)
            for (GridCell& cell : row.cells) {
                const std::uint32_t end = new_index[cell.column + cell.column_span];
                cell.column = new_index[cell.column];
                cell.column_span = std::max(end, cell.column + 1) - cell.column;
            }
    }

    const LayoutContext& context_;
    TableGrid grid_;
    std::size_t written_columns_ = 0;           // those of col and colgroup
    std::vector<std::uint32_t> occupied_until_; // by column: the first row that is free again
    std::uint32_t column_ = 0;                  // the next free one of the row
};

} // namespace

TableGrid read_table(const LayoutContext& context, NodeId id) { return GridReader(context).read(id); }

bool is_table_part(Display display) {
    switch (display) {
    case Display::table_row_group:
    case Display::table_header_group:
    case Display::table_footer_group:
    case Display::table_row:
    case Display::table_cell:
    case Display::table_column:
    case Display::table_column_group: return true;
    default: return false;
    }
}

std::vector<NodeId> parts_beside(const LayoutContext& context, NodeId first) {
    std::vector<NodeId> parts;
    std::size_t last = 0; // of the parts; space behind it stands outside
    const NodeId end = context.book.node(context.book.node(first).parent).end;
    for (NodeId id = first; id != end; id = context.book.node(id).end) {
        const Node& node = context.book.node(id);
        const bool space = node.element == Element::text && is_blank(node.text);
        const Display display = node.element == Element::text ? Display::inline_ : context.style(id).display;
        const bool part = is_table_part(display) || display == Display::table_caption;
        if (!space && !part) break;
        parts.push_back(id);
        if (part) last = parts.size();
    }
    parts.resize(last);
    return parts;
}

const ComputedStyle& table_style(const LayoutContext& context, const TableGrid& grid) {
    return grid.anonymous ? *grid.anonymous : context.style(grid.table);
}

const ComputedStyle& style_or_initial(const LayoutContext& context, NodeId node) {
    static const ComputedStyle initial;
    return node == no_node ? initial : context.style(node);
}

} // namespace bifolio
