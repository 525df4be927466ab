// page_marks.h: a print edition's page list, found again in this edition's Book.
#pragma once

#include "write/epub/page_list.h"
#include "write/xhtml/addresses.h"
#include "write/xhtml/page_mark.h"

#include <vector>

namespace bifolio {

// A page that this edition has no place for.
struct PageWithoutPlace {
    std::string label, why; // a phrase
};

struct PagesFound {
    std::vector<PageMark> marks; // in the order of the nodes
    std::vector<PageWithoutPlace> without_place;
};
// A mark in the contents stands at the link of an entry, for the contents are printed anew.
PagesFound page_marks(const Book& book, const PageList& pages); // the marks have no ids yet
void name_page_marks(std::vector<PageMark>& marks, Addresses& addresses);

} // namespace bifolio
