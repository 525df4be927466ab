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

class GridReader {
public:
    explicit GridReader(const LayoutContext& context) : context_(context) {}

    TableGrid read(NodeId table) {
        grid_.table = table;
        std::vector<NodeId> heads, bodies, feet;
        for (const NodeId child : children(context_.book, table)) {
            const Node& node = context_.book.node(child);
            if (node.element == Element::text) {
                if (!is_blank(node.text)) grid_.strays.push_back(child);
                continue;
            }
            switch (context_.style(child).display) {
            case Display::none: break;
            case Display::table_caption: grid_.captions.push_back(child); break;
            case Display::table_column: add_column(child); break;
            case Display::table_column_group: add_column_group(child); break;
            case Display::table_header_group: heads.push_back(child); break;
            case Display::table_footer_group: feet.push_back(child); break;
            case Display::table_row_group:
            case Display::table_row: bodies.push_back(child); break;
            default: grid_.strays.push_back(child); break;
            }
        }
        // A second head or foot is an ordinary group.
        for (std::size_t i = 1; i < heads.size(); ++i)
            bodies.insert(bodies.begin() + static_cast<std::ptrdiff_t>(i) - 1, heads[i]);
        if (!heads.empty()) add_groups({heads[0]}, RowGroupKind::head);
        grid_.head_rows = static_cast<std::uint32_t>(grid_.rows.size());
        for (std::size_t i = 0; i < bodies.size();) { // rows without a group stand in one that nobody wrote
            std::size_t end = i + 1;
            if (context_.style(bodies[i]).display == Display::table_row)
                while (end < bodies.size() && context_.style(bodies[end]).display == Display::table_row) ++end;
            add_groups({bodies.begin() + static_cast<std::ptrdiff_t>(i), bodies.begin() + static_cast<std::ptrdiff_t>(end)},
                       RowGroupKind::body);
            i = end;
        }
        for (const NodeId foot : feet) add_groups({foot}, RowGroupKind::foot);
        return std::move(grid_);
    }

private:
    void add_column(NodeId id) {
        const std::uint32_t span = span_of(context_.book.node(id), "span", most_columns);
        for (std::uint32_t i = 0; i < span && grid_.columns.size() < most_columns; ++i)
            grid_.columns.push_back({id, context_.style(id).width});
    }

    void add_column_group(NodeId id) {
        bool any = false;
        for (const NodeId child : children(context_.book, id))
            if (context_.book.node(child).element == Element::col) {
                any = true;
                add_column(child);
            }
        if (!any) add_column(id);
    }

    // One row group, or the rows of an anonymous one.
    void add_groups(const std::vector<NodeId>& parts, RowGroupKind kind) {
        const std::size_t first = grid_.rows.size();
        occupied_until_.clear(); // spans end with their group
        for (const NodeId id : parts) {
            if (context_.style(id).display == Display::table_row)
                add_row(id, id, kind);
            else
                add_rows_of(id, kind);
        }
        if (grid_.rows.size() == first) return;
        grid_.rows[first].first_of_group = true;
        grid_.rows.back().last_of_group = true;
        const auto end = static_cast<std::uint32_t>(grid_.rows.size());
        for (std::size_t row = first; row < grid_.rows.size(); ++row)
            for (GridCell& cell : grid_.rows[row].cells) cell.row_span = std::min(cell.row_span, end - cell.row);
    }

    void add_rows_of(NodeId group, RowGroupKind kind) {
        for (const NodeId child : children(context_.book, group)) {
            const Node& node = context_.book.node(child);
            if (node.element == Element::text) {
                if (!is_blank(node.text)) grid_.strays.push_back(child);
            } else if (context_.style(child).display == Display::table_row) {
                add_row(child, group, kind);
            } else if (context_.style(child).display != Display::none) {
                grid_.strays.push_back(child);
            }
        }
    }

    void add_row(NodeId id, NodeId group, RowGroupKind kind) {
        GridRow& row = grid_.rows.emplace_back();
        row.node = id;
        row.group = group;
        row.kind = kind;
        const auto number = static_cast<std::uint32_t>(grid_.rows.size() - 1);
        std::uint32_t column = 0;
        for (const NodeId child : children(context_.book, id)) {
            const Node& node = context_.book.node(child);
            if (node.element == Element::text && is_blank(node.text)) continue;
            if (node.element != Element::text && context_.style(child).display == Display::none) continue;
            while (column < occupied_until_.size() && occupied_until_[column] > number) ++column;
            GridCell cell;
            cell.node = child;
            cell.row = number;
            cell.column = std::min(column, most_columns - 1);
            cell.column_span = std::min(span_of(node, "colspan", most_columns), most_columns - cell.column);
            cell.row_span = span_of(node, "rowspan", most_row_span);
            column = cell.column + cell.column_span;
            if (occupied_until_.size() < column) occupied_until_.resize(column, 0);
            for (std::uint32_t i = cell.column; i < column; ++i) occupied_until_[i] = number + cell.row_span;
            if (grid_.columns.size() < column) grid_.columns.resize(column);
            row.cells.push_back(cell);
        }
    }

    const LayoutContext& context_;
    TableGrid grid_;
    std::vector<std::uint32_t> occupied_until_; // by column: the first row that is free again
};

} // namespace

TableGrid read_table(const LayoutContext& context, NodeId table) { return GridReader(context).read(table); }

} // namespace bifolio
