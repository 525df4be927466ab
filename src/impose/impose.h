// impose.h: Pages → Sheets: which page stands where on which side of which sheet.
//
// Units      Length; the origin of a sheet side is its top left corner, y down.
// Spec       ISO 12637-1 (terms): a saddle-stitched booklet, folded once, duplex flipped on the short edge.
#pragma once

#include "base/ids.h"
#include "base/length.h"
#include "layout/page/pages.h"

#include <optional>
#include <string>
#include <vector>

namespace bifolio {

struct SheetPlan {
    Fold fold = Fold::booklet;
    Length width = Length::mm(297), height = Length::mm(210); // of the sheet as it lies: two pages side by side
    bool right_to_left = false;                               // bound on the right
};

struct PlacedPage {
    std::optional<PageIndex> page; // none: a blank that pads the booklet
    PagePoint at;                  // the page's trim box, top left corner
    double scale = 1;
    bool upside_down = false; // turned by 180°
};

struct SheetSide {
    std::vector<PlacedPage> pages;
};

struct Sheet {
    SheetSide front, back;
};

struct Sheets {
    Length width, height;
    std::vector<Sheet> sheets; // outermost first
    std::size_t blanks = 0;    // added so that the number of pages is a multiple of four: at the end, before a back cover
};

Sheets impose(const Pages& pages, const SheetPlan& plan);
std::string dump(const Sheets& sheets);

} // namespace bifolio
