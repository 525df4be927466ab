// page_marks.h: a print edition's page list, found again in this edition's Book. Internal to this folder.
#pragma once

#include "write/epub/addresses.h"
#include "write/epub/page_list.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

// Stands before the node or, with an offset above 0, in the text node before that byte.
struct PageMark {
    NodeId node = no_node;
    std::uint32_t offset = 0;
    std::string label;
    std::string id; // of the mark
};

// In the order of the nodes. Pages whose first words this edition lacks are left out.
std::vector<PageMark> page_marks(const Book& book, const PageList& pages, Addresses& addresses);

} // namespace bifolio
