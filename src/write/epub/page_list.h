// page_list.h: where the pages of a print edition begin, told so that another edition of the same book can find the places.
#pragma once

#include "layout/page/pages.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

// A page begins at byte `offset` of the text node, or before the picture, that has this origin.
struct PageStart {
    std::string label; // as printed: “iv”, “12”
    std::string part;  // Book::parts[origin.part] of the print edition; parts are joined by name
    std::uint32_t place = 0;
    std::uint32_t offset = 0;
};

struct PageList {
    std::string source;           // identifies the print edition: “urn:isbn:9781234567897”; empty: it has no identifier
    std::vector<PageStart> pages; // in reading order; pages without text of their own (blank ones) are left out
};

PageList page_list_of(const Pages& pages, std::string source);

} // namespace bifolio
