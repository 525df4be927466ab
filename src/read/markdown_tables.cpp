// Tables of cmark's tree.

#include "io/limits.h"
#include "read/markdown_converter.h"

#include <algorithm>

#include <cmark-gfm.h>

namespace bifolio {

namespace {

CellAlignment alignment_of(char letter) {
    switch (letter) {
    case 'l': return CellAlignment::left;
    case 'c': return CellAlignment::centre;
    case 'r': return CellAlignment::right;
    default: return CellAlignment::unset;
    }
}

} // namespace

Block MarkdownConverter::table(cmark_node* node, std::size_t depth) {
    Table table;
    const Span where = span_of(node);
    for (const char letter : column_alignments(node)) table.columns.push_back({alignment_of(letter), {}});
    if (is_cut_off(node))
        reading_.diagnostics().error("read.table-too-large", where,
                                     "the table has more than " + std::to_string(limits::table_columns) + " columns or " +
                                         std::to_string(limits::table_cells) + " cells; the rest is set as paragraphs",
                                     {"divide it into several tables"});
    TableRowGroup body;
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
        TableRowGroup& group = is_header_row(row) ? table.head.emplace() : body;
        group.rows.push_back(table_row(row, table.columns, is_header_row(row), depth + 1));
        const Span row_where = group.rows.back().info.where;
        group.info.where = group.rows.size() == 1 ? row_where : joined(group.info.where, row_where);
    }
    if (!body.rows.empty()) table.bodies.push_back(std::move(body));
    return make_block(where, std::move(table));
}

TableRow MarkdownConverter::table_row(cmark_node* node, const std::vector<TableColumn>& columns, bool is_head,
                                      std::size_t depth) {
    const SourceText& source = reading_.source();
    std::size_t line = first_line_of(node);
    // A head that follows other lines of its paragraph: cmark gives the line of the first of them.
    if (is_head) {
        cmark_node* before = cmark_node_previous(cmark_node_parent(node));
        if (before && place_of(before).line == 0) {
            const std::string_view lines = content_of(before);
            line += static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) + (lines.ends_with('\n') ? 0 : 1);
            line = std::min(line, source.lines() - 1);
        }
    }
    const auto column = static_cast<std::size_t>(std::max(place_of(cmark_node_parent(node)).column - 1, 0));
    const std::size_t start = std::min(column, source.line(line).size());
    const std::size_t row_begin = source.line_begin(line) + start, row_end = source.line_begin(line) + source.line(line).size();
    const std::vector<CellPlace> places = cells_in_row(source.line(line).substr(start));
    std::size_t filled = places.size(); // cells up to the last that is not empty
    while (filled > 0 && places[filled - 1].size == 0) --filled;
    TableRow row;
    row.info.where = source.span(row_begin, row_end);
    std::size_t number = 0;
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child), ++number) {
        TableCell cell;
        cell.header = is_head;
        if (number < columns.size()) cell.alignment = columns[number].alignment;
        OffsetMap map;
        std::size_t at = number < places.size() ? row_begin + places[number].begin : row_end;
        const std::size_t last =
            number + 1 == columns.size() ? std::max(number + 1, filled) - 1 : number; // with what is too much
        if (last > number && number < places.size() && places[number].size == 0)
            at = std::min(source.text().find('|', at), row_end); // an empty cell: what is too much begins with its bar
        const std::size_t end = number < places.size() ? row_begin + places[last].begin + places[last].size : row_end;
        map.add(0, at);
        // “\|” became “|” before the cell's inlines were read.
        for (std::size_t i = at, derived = 0; i < end; ++i, ++derived)
            if (source.text()[i] == '\\' && i + 1 < end && source.text()[i + 1] == '|') map.add(derived, ++i);
        ContentCursor cursor(content_of(child), std::move(map), source);
        cell.info.where = source.span(at, end);
        if (!reading_.count_node(cell.info.where)) break;
        Inlines words = finished(pieces_of(child, cursor, depth + 1), cursor, depth + 1);
        if (!words.empty()) cell.body.push_back(make_block(cell.info.where, Paragraph{std::move(words)}));
        row.cells.push_back(std::move(cell));
    }
    if (filled > columns.size() && !is_head) {
        const std::size_t begin = row_begin + places[columns.size()].begin;
        const std::size_t end = row_begin + places[filled - 1].begin + places[filled - 1].size;
        reading_.diagnostics().warning("read.extra-cells", source.span(begin, end),
                                       "this row has " + std::to_string(filled) + " cells, the table " +
                                           std::to_string(columns.size()) + (columns.size() == 1 ? " column" : " columns") +
                                           "; the rest stands in the last cell, with its bars",
                                       {"add a column to the table's head, or write \\| for a bar within a cell"});
    }
    return row;
}

} // namespace bifolio
