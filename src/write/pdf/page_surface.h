// page_surface.h: what one PDF page shows: a page of the book, or the pages that imposition put on one side of a sheet.
#pragma once

#include "impose/impose.h"
#include "impose/marks.h"
#include "layout/page/pages.h"
#include "write/pdf/content_stream.h"

#include <array>
#include <optional>
#include <vector>

namespace bifolio {

// A page of the book as it stands on a surface. Scale and half a turn are all that imposition asks for.
struct SurfacePage {
    const Page* page = nullptr;
    std::size_t page_index = 0;
    // page (points from its trim box's top left corner, y down) → surface (PDF user space, y up)
    double scale = 1, x = 0, y = 0;
    bool upside_down = false;
    // What the page may paint on, points from the surface's corner: of two pages side by side neither bleeds into the other.
    std::optional<std::array<double, 4>> clip; // x, y, width, height
    PdfPoint to_pdf(PagePoint point) const {
        const double dx = point.x.in_pt() * scale, dy = point.y.in_pt() * scale;
        return upside_down ? PdfPoint{x - dx, y + dy} : PdfPoint{x + dx, y - dy};
    }
};

struct Surface {
    double width = 0, height = 0; // MediaBox, points
    double trim_left = 0, trim_bottom = 0, trim_width = 0, trim_height = 0;
    double bleed = 0;
    SheetMarks marks;
    std::vector<SurfacePage> pages;
};

// `marks`: for a press, round every page or folded sheet; nullptr: crop marks where the styles ask for them. A sheet for a
// press is trimmed to the pages that stand on it.
std::vector<Surface> surfaces_of(const Pages& pages, const Sheets* sheets, const std::vector<PressMark>* marks);

} // namespace bifolio
