// page_maker.h: one page plan → a Page with every item at its place.
#pragma once

#include "layout/page/margin_boxes.h"
#include "layout/page/numbering.h"

#include <utility>
#include <vector>

namespace bifolio {

struct MadePage {
    Page page;
    std::vector<std::pair<NodeId, PagePoint>> destinations;
    std::vector<NodeId> off_page; // what stands outside of the page, at least in part
};

// Moves the items of the plan's fragments out of the galley.
MadePage make_page(const LayoutContext& context, Galley& galley, const NumberedPage& numbered, const PageGeometry& geometry,
                   MarginBoxes& margin_boxes);

} // namespace bifolio
