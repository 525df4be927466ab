#include "write/pdf/table_headers.h"

#include "base/number.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t most_columns = 1000, most_slots = 200'000; // of a hostile table; beyond them scopes must do

struct Cell {
    NodeId node = no_node;
    std::size_t row = 0, column = 0, rows = 1, columns = 1;
    bool header = false, heads_row = false, in_head = false;
};

std::size_t span_of(const Node& node, std::string_view name, std::size_t most) {
    const std::string* text = attribute(node, name);
    const auto number = text ? parse_number(*text) : std::nullopt;
    if (!number || *number < 0) return 1;
    if (*number == 0) return name == "rowspan" ? most : 1; // HTML: down to the group's end
    return std::min(static_cast<std::size_t>(std::min(*number, 1e6)), most);
}

class Grid {
public:
    Grid(const Book& book, NodeId table) : book_(book) {
        std::vector<NodeId> loose; // rows without a group
        for (const NodeId child : children(book, table)) {
            const Element element = book.node(child).element;
            if (element == Element::tr) loose.push_back(child);
            if (element != Element::thead && element != Element::tbody && element != Element::tfoot) continue;
            group(std::exchange(loose, {}), false);
            std::vector<NodeId> rows;
            for (const NodeId row : children(book, child))
                if (book.node(row).element == Element::tr) rows.push_back(row);
            group(rows, element == Element::thead);
        }
        group(loose, false);
    }

    TableHeaders headers() const {
        TableHeaders out;
        for (const Cell& cell : cells_)
            if (cell.header) out.heads_row[cell.node] = cell.heads_row;
        if (too_large_ || !needs_names()) return out;
        for (const Cell& cell : cells_) {
            std::vector<NodeId> named;
            for (const bool rows : {false, true})
                for (const Cell& header : cells_)
                    if (header.header && header.node != cell.node && header.heads_row == rows && heads(header, cell))
                        named.push_back(header.node);
            if (!named.empty()) out.headers[cell.node] = std::move(named);
        }
        return out;
    }

private:
    void group(const std::vector<NodeId>& rows, bool in_head) {
        std::vector<std::size_t> free_from; // by column: the first row in which it is free
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t row = row_ + i, first = cells_.size();
            std::size_t column = 0;
            bool has_data = false;
            for (const NodeId child : children(book_, rows[i])) {
                const Node& node = book_.node(child);
                if (node.element != Element::th && node.element != Element::td) continue;
                while (column < free_from.size() && free_from[column] > row) ++column;
                Cell cell{child,
                          row,
                          column,
                          span_of(node, "rowspan", rows.size() - i),
                          span_of(node, "colspan", most_columns),
                          node.element == Element::th,
                          false,
                          in_head};
                cell.rows = std::min(cell.rows, rows.size() - i);
                if (free_from.size() < column + cell.columns) free_from.resize(column + cell.columns);
                for (std::size_t at = column; at < column + cell.columns; ++at) free_from[at] = row + cell.rows;
                column += cell.columns;
                has_data = has_data || node.element == Element::td;
                cells_.push_back(cell);
                slots_ += cell.columns;
                if (column > most_columns || slots_ > most_slots || cells_.size() * cells_.size() > most_slots * 100)
                    too_large_ = true;
            }
            for (std::size_t at = first; at < cells_.size(); ++at) {
                const std::string* scope = attribute(book_.node(cells_[at].node), "scope");
                // A row of nothing but headers heads what stands below it, whatever it says.
                if (scope && has_data && (scope->starts_with("row") || scope->starts_with("col")))
                    cells_[at].heads_row = scope->starts_with("row");
                else
                    cells_[at].heads_row = !in_head && has_data;
            }
        }
        row_ += rows.size();
    }

    bool needs_names() const {
        std::size_t head_rows = 0, last = static_cast<std::size_t>(-1);
        for (const Cell& cell : cells_) {
            if (!cell.header) continue;
            if (cell.rows > 1 || cell.columns > 1) return true;
            if (cell.heads_row && cell.column > 0) return true;
            if (!cell.heads_row && cell.row != last) last = cell.row, ++head_rows;
        }
        return head_rows > 1;
    }

    // A header speaks for what lies below it in its columns, or behind it in its rows.
    static bool heads(const Cell& header, const Cell& cell) {
        const bool columns_meet = header.column < cell.column + cell.columns && cell.column < header.column + header.columns;
        const bool rows_meet = header.row < cell.row + cell.rows && cell.row < header.row + header.rows;
        return header.heads_row ? rows_meet && header.column < cell.column : columns_meet && header.row < cell.row;
    }

    const Book& book_;
    std::vector<Cell> cells_;
    std::size_t row_ = 0, slots_ = 0;
    bool too_large_ = false;
};

} // namespace

TableHeaders table_headers(const Book& book, NodeId table) { return Grid(book, table).headers(); }

} // namespace bifolio
