// table_headers.h: which header cells speak for which cells of a table.
//
// Scope      What a header cell says it heads, else: columns in a head, a row's cells where it stands beside data, columns
//            where all of its row are headers.
// Headers    Named cell by cell only where scopes do not say enough: in tables with spanning or stacked header cells.
// Spec       ISO 32000-1, 14.8.5.7 (table attributes); HTML, 4.9.12 (forming a table, header cells).
#pragma once

#include "assemble/book.h"

#include <map>
#include <vector>

namespace bifolio {

struct TableHeaders {
    std::map<NodeId, bool> heads_row;              // of each th; false: it heads columns
    std::map<NodeId, std::vector<NodeId>> headers; // of cells, columns' before rows', outermost first; empty: scopes do
};

TableHeaders table_headers(const Book& book, NodeId table);

} // namespace bifolio
