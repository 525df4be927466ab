// page_marks.h: a print edition's page list, found again in this edition's Book. Internal to this folder.
#pragma once

#include "write/epub/page_list.h"
#include "write/xhtml/addresses.h"
#include "write/xhtml/page_mark.h"

#include <vector>

namespace bifolio {

// In the order of the nodes. Pages whose first words this edition lacks are left out.
std::vector<PageMark> page_marks(const Book& book, const PageList& pages, Addresses& addresses);

} // namespace bifolio
