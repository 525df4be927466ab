// page_list.h: the pages that the links inside an element lead to, as an index gives them: “12–14, 17”.
//
// Order      That of the pages; each stands once. Three pages or more in a row are joined, as are those of a range: a link and
//            the next one with the class “range-end”. Links with the class “main” are not joined with others.
// Settling   The pages are those of the pass before: see UsedReference.
#pragma once

#include "layout/page/layout_context.h"

#include <string>
#include <vector>

namespace bifolio {

struct PageListPart {
    std::string text;
    NodeId link = no_node;    // whose page it is; none for what stands between pages
    bool begins_line = false; // a line may end before it
};
std::vector<PageListPart> page_list(const LayoutContext& context, NodeId links);
bool has_unknown_page(const LayoutContext& context, NodeId links); // one that is not printed

} // namespace bifolio
