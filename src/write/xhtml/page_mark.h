// page_mark.h: where a page of a print edition begins in this edition's Book.
#pragma once

#include "base/ids.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace bifolio {

// Stands before the node or, with an offset above 0, in the text node before that byte.
struct PageMark {
    NodeId node = no_node;
    std::uint32_t offset = 0;
    std::string label;
    std::string id; // of the mark
    // No less than its markup takes.
    std::size_t bytes() const { return 150 + 3 * label.size(); }
};

} // namespace bifolio
