// table_width.h: how much room a table's words need at least, so that the style sheet can make room on a small screen.
#pragma once

#include "assemble/book.h"
#include "write/xhtml/documents.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

struct TableWidth {
    // Empty where the table's words fit beside each other on a telephone, “wide” where they do in a smaller size,
    // “very-wide” where words have to be broken, and “very-wide widest” where they have to be on a desk's screen too.
    std::string_view of_table;
    // “word-12” for one cell of each column, in a table whose words fit: room for its longest word, of 12 half ems, at the usual size
    // of text.
    // So words are broken only where readers enlarge the text.
    std::vector<std::pair<NodeId, std::string>> of_cells; // in reading order
};

TableWidth width_classes(const Book& book, NodeId table);

// Of tables that go on in other documents, once for all of these.
using TableWidthsByNode = std::map<NodeId, TableWidth>;
TableWidthsByNode widths_of_divided_tables(const Book& book, const std::vector<Document>& documents);

// The classes while a tree is walked in reading order: a table is seen before its cells.
class TableWidths {
public:
    explicit TableWidths(const TableWidthsByNode& known) : known_(known) {}
    // Empty for what is neither table nor cell. Good until the next call.
    std::string_view of(const Book& book, NodeId id);

private:
    const TableWidthsByNode& known_; // a local of the caller
    std::map<NodeId, std::string> cells_;
};

} // namespace bifolio
