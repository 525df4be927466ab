// table_width.h: how much room a table's words need at least, so that the style sheet can make room on a small screen.
#pragma once

#include "assemble/book.h"

#include <string_view>

namespace bifolio {

// A class for the table: empty where its words fit beside each other on a telephone, “wide” where they do in a smaller size,
// “very-wide” where words have to be broken, and “very-wide widest” where they have to be on a desk's screen too.
std::string_view width_class(const Book& book, NodeId table);

} // namespace bifolio
