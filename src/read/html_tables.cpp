// Tables of an HTML tree.

#include "base/utf8.h"
#include "io/limits.h"
#include "read/html_converter.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace bifolio {

struct HtmlConverter::TableParts {
    Table table;
    struct Group {
        std::string name; // thead, tbody, tfoot
        NodeInfo info;
        std::vector<const GumboNode*> rows;
    };
    std::vector<Group> groups;
    Flow stray; // what stands in a table outside its cells
};

namespace {

// A span as HTML reads it: digits at the front, at least 1.
int span_attribute(const GumboNode* node, const char* name, int most) {
    const std::string value(trimmed(attribute_of(node, name)));
    int number = 1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc::result_out_of_range) return most;
    return error == std::errc{} ? std::clamp(number, 0, most) : 1;
}

CellAlignment alignment_named(std::string_view name) {
    if (name == "left" || name == "start" || name == "justify") return CellAlignment::left;
    if (name == "center" || name == "middle") return CellAlignment::centre;
    if (name == "right" || name == "end") return CellAlignment::right;
    if (name == "char" || name == "decimal") return CellAlignment::decimal;
    return CellAlignment::unset;
}

// The value of one property in a style attribute.
std::string property_of(const GumboNode* node, std::string_view property) {
    const std::string style = to_ascii_lower(attribute_of(node, "style"));
    for (std::size_t at = 0; at < style.size();) {
        const std::size_t end = std::min(style.find(';', at), style.size()), colon = style.find(':', at);
        if (colon < end && trimmed(std::string_view(style).substr(at, colon - at)) == property)
            return std::string(trimmed(std::string_view(style).substr(colon + 1, end - colon - 1)));
        at = end + 1;
    }
    return {};
}

std::string width_of(const GumboNode* node) {
    std::string width = property_of(node, "width");
    if (width.empty()) width = trimmed(attribute_of(node, "width"));
    const bool is_number = !width.empty() && width.find_first_not_of("0123456789.") == std::string::npos;
    return is_number ? width + "px" : width;
}

// The columns that a group's rows take, row by row: a cell takes the next free one, and those that hang down are taken.
class ColumnCount {
public:
    // The row's columns up to the last one that is taken; stops at the limit.
    // A cell that would lie over one that hangs down ends before it: no two cells share a place.
    void add(TableRow& row) {
        std::size_t column = 0;
        for (int& rest : hanging_) rest = std::max(rest - 1, 0);
        for (TableCell& cell : row.cells) {
            const auto is_free = [&](std::size_t at) { return at >= hanging_.size() || hanging_[at] == 0; };
            while (!is_free(column)) ++column;
            int free = 1;
            while (free < cell.column_span && is_free(column + static_cast<std::size_t>(free))) ++free;
            cell.column_span = std::min(cell.column_span, free);
            const auto end = column + static_cast<std::size_t>(cell.column_span);
            if (hanging_.size() < end) hanging_.resize(end, 0);
            if (end > limits::table_columns) return;
            for (; column < end; ++column) hanging_[column] = cell.row_span;
        }
    }
    std::size_t widest() const { return hanging_.size(); }
    std::size_t taken() const { // in the row that was added last
        return static_cast<std::size_t>(std::ranges::count_if(hanging_, [](int rows) { return rows > 0; }));
    }

private:
    std::vector<int> hanging_; // rows for which a column is still taken
};

std::size_t width_of(TableRowGroup& group) {
    ColumnCount count;
    for (TableRow& row : group.rows) count.add(row);
    return count.widest();
}

// Gives short rows the cells that they lack: a browser shows nothing there, and a tagged table must be a whole grid.
void fill(TableRowGroup& group, std::size_t columns) {
    ColumnCount count;
    for (TableRow& row : group.rows) {
        count.add(row);
        for (std::size_t missing = columns - std::min(columns, count.taken()); missing > 0; --missing) {
            TableCell& cell = row.cells.emplace_back();
            cell.info.where = row.info.where;
        }
    }
}

void flatten(TableRowGroup& group, Blocks& blocks) {
    for (TableRow& row : group.rows)
        for (TableCell& cell : row.cells) std::move(cell.body.begin(), cell.body.end(), std::back_inserter(blocks));
}

} // namespace

CellAlignment alignment_of(const GumboNode* node) {
    const CellAlignment styled = alignment_named(property_of(node, "text-align"));
    return styled != CellAlignment::unset ? styled : alignment_named(to_ascii_lower(trimmed(attribute_of(node, "align"))));
}

void HtmlConverter::add_table(const GumboNode* node, std::size_t depth, Flow& flow) {
    TableParts parts;
    Block block;
    block.info = info_of(node);
    collect(node, depth, parts);
    Table& table = parts.table;
    std::size_t cells = 0;
    for (TableParts::Group& group : parts.groups) {
        TableRowGroup made = row_group(group.rows, group.info, depth + 1);
        for (const TableRow& row : made.rows)
            for (const TableCell& cell : row.cells)
                cells += static_cast<std::size_t>(cell.column_span) * static_cast<std::size_t>(cell.row_span);
        if (group.name == "thead" && !table.head)
            table.head = std::move(made);
        else if (group.name == "tfoot" && !table.foot)
            table.foot = std::move(made);
        else
            table.bodies.push_back(std::move(made));
    }
    std::vector<TableRowGroup*> groups;
    if (table.head) groups.push_back(&*table.head);
    for (TableRowGroup& body : table.bodies) groups.push_back(&body);
    if (table.foot) groups.push_back(&*table.foot);
    std::size_t of_rows = 0;
    for (TableRowGroup* group : groups) of_rows = std::max(of_rows, width_of(*group));
    const std::size_t columns = std::max(of_rows, table.columns.size());
    std::size_t places = 0;
    for (const TableRowGroup* group : groups) places += group->rows.size() * of_rows;
    cells = std::max(cells, places);

    end_line(parts.stray);
    std::move(parts.stray.blocks.begin(), parts.stray.blocks.end(), std::back_inserter(flow.blocks));
    if (columns > limits::table_columns || cells > limits::table_cells) {
        reading_.diagnostics().error("read.table-too-large", block.info.where,
                                     "the table has more than " + std::to_string(limits::table_columns) + " columns or " +
                                         std::to_string(limits::table_cells) + " cells; its cells are set as paragraphs",
                                     {"divide it into several tables"});
        Division division;
        if (!table.caption.empty()) division.body.push_back(make_block(block.info.where, Paragraph{std::move(table.caption)}));
        if (table.head) flatten(*table.head, division.body);
        for (TableRowGroup& body : table.bodies) flatten(body, division.body);
        if (table.foot) flatten(*table.foot, division.body);
        block.node = std::move(division);
        flow.blocks.push_back(std::move(block));
        return;
    }
    table.columns.resize(columns);
    for (TableRowGroup* group : groups) fill(*group, of_rows);
    block.node = std::move(table);
    flow.blocks.push_back(std::move(block));
}

void HtmlConverter::collect(const GumboNode* node, std::size_t depth, TableParts& parts) {
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        const std::string name = element_name(child);
        if (name == "caption" && parts.table.caption.empty()) {
            parts.table.caption_info = info_of(child);
            parts.table.caption = caption_of(child, depth + 1);
        } else if (name == "colgroup" || name == "col") {
            collect_columns(child, parts.table);
        } else if (name == "thead" || name == "tbody" || name == "tfoot") {
            TableParts::Group group{name, info_of(child), {}};
            const GumboVector& rows = children_of(child);
            for (unsigned k = 0; k < rows.length; ++k) {
                const auto* row = static_cast<const GumboNode*>(rows.data[k]);
                if (element_name(row) == "tr")
                    group.rows.push_back(row);
                else
                    add_to_flow(row, depth + 1, parts.stray);
            }
            if (!group.rows.empty()) parts.groups.push_back(std::move(group));
        } else {
            add_to_flow(child, depth + 1, parts.stray);
        }
    }
}

void HtmlConverter::collect_columns(const GumboNode* node, Table& table) {
    const auto add = [&](const GumboNode* column) {
        const int count = std::max(span_attribute(column, "span", static_cast<int>(limits::table_columns)), 1);
        for (int i = 0; i < count && table.columns.size() < limits::table_columns; ++i)
            table.columns.push_back({alignment_of(column), width_of(column)});
    };
    bool has_columns = false;
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (element_name(child) != "col") continue;
        has_columns = true;
        add(child);
    }
    if (!has_columns) add(node);
}

TableRowGroup HtmlConverter::row_group(const std::vector<const GumboNode*>& rows, NodeInfo info, std::size_t depth) {
    TableRowGroup group;
    group.info = std::move(info);
    for (std::size_t number = 0; number < rows.size(); ++number) {
        TableRow row;
        row.info = info_of(rows[number]);
        if (!reading_.count_node(row.info.where)) break;
        const GumboVector& children = children_of(rows[number]);
        for (unsigned i = 0; i < children.length; ++i) {
            const auto* child = static_cast<const GumboNode*>(children.data[i]);
            const std::string name = element_name(child);
            if (name == "td" || name == "th") {
                row.cells.push_back(cell(child, depth + 1));
                // A span ends with its group; 0 is “to the end”.
                const auto left = static_cast<int>(std::min<std::size_t>(rows.size() - number, 65'534));
                int& span = row.cells.back().row_span;
                span = span == 0 ? left : std::min(span, left);
            }
        }
        group.rows.push_back(std::move(row));
    }
    return group;
}

TableCell HtmlConverter::cell(const GumboNode* node, std::size_t depth) {
    TableCell cell;
    cell.info = info_of(node);
    cell.header = element_name(node) == "th";
    cell.alignment = alignment_of(node);
    cell.column_span = std::max(span_attribute(node, "colspan", static_cast<int>(limits::table_columns)), 1);
    cell.row_span = span_attribute(node, "rowspan", 65'534);
    cell.body = flow_of(node, depth);
    return cell;
}

} // namespace bifolio
