// table_layout.h: tables: grid, column widths, rows, what is repeated where a table goes on.
//
// Spec       CSS 2.1 ch. 17: anonymous parts (§17.2.1), automatic and fixed widths (§17.5.2), heights (§17.5.3), separated and
//            collapsed borders (§17.6); CSS Tables 3 where it is more exact.
// Breaks     Rows are whole; rows that a cell spans stay together; a heading over all columns stays with the row below it. What
//            is taller than a page is divided between its lines.
// Repeated   On each further page the head, on each page but the last the foot, unless they take more than a third of the page;
//            the caption with the words of -bifolio-table-continued. What is repeated is an artifact.
#pragma once

#include "layout/page/block_flow.h"

namespace bifolio {

void set_table(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow); // with caption and margins
ContentWidths measure_table(const LayoutContext& context, SectionState& state, NodeId id);     // border box

} // namespace bifolio
