// content_model.h: where HTML allows an element only in company of others.
#pragma once

#include "assemble/book.h"

namespace bifolio {

// HTML, 4.4.9: groups of terms, each followed by its definitions; in div elements or without. `list` is a dl or such a div.
bool is_well_formed_list(const Book& book, NodeId list);

// HTML, 4.5.10: bases, each followed by readings, these bare or each between parentheses of plain text.
bool is_well_formed_ruby(const Book& book, NodeId ruby);

} // namespace bifolio
