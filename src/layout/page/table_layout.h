// table_layout.h: tables: grid, column widths, rows, repeated heads.
//
// Spec       CSS 2.1 ch. 17: automatic and fixed widths (§17.5.2), heights (§17.5.3), separated and collapsed borders (§17.6).
// Breaks     Rows are whole; rows that a cell spans stay together. What is taller than a page is divided between its lines.
#pragma once

#include "layout/page/block_flow.h"

namespace bifolio {

void set_table(const LayoutContext& context, SectionState& state, NodeId id, BlockFlow& flow); // with caption and margins
ContentWidths measure_table(const LayoutContext& context, SectionState& state, NodeId id);     // border box

} // namespace bifolio
