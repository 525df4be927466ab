// page_list.h: where the pages of a print edition begin, told so that another edition of the same book can find the places.
//
// Order      A page begins where the main text goes on that no earlier page has shown. What floats (a figure that waited for the
//            next page) and notes do not count, unless a page holds nothing else.
// Joined by  Origin, and the words of the node: a generated part (imprint, contents) may differ between editions.
#pragma once

#include "layout/page/pages.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// Byte `offset` of a text node, or the place before a picture.
struct PagePlace {
    std::uint32_t part = 0; // index into PageList::parts
    std::uint32_t place = 0;
    std::uint32_t offset = 0;
    std::uint64_t text = 0;   // fingerprint() of the node's text
    bool of_contents = false; // an entry of the contents: part and place are those of what it leads to
};
std::uint64_t fingerprint(std::string_view text);

struct PrintPage {
    std::string label; // as printed: “iv”, “12”
    bool blank = false;
    std::vector<PagePlace> places; // the page begins at the first of them that the other edition has; none: nothing to find
};

struct PageList {
    std::string source;             // identifies the print edition: “urn:isbn:9781234567897”; empty: it has no identifier
    std::string edition;            // its name
    std::vector<std::string> parts; // Book::parts of the print edition; parts are joined by name
    std::vector<PrintPage> pages;   // in the order of the print edition; pages without a label cannot be named and are left out
};

PageList page_list_of(const Pages& pages, const StyledBook& styled, std::string source);

} // namespace bifolio
