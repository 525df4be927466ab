// page_surface.h: what one PDF page shows: a page of the book, or the pages that imposition put on one side of a sheet.
#pragma once

#include "impose/impose.h"
#include "layout/page/pages.h"
#include "write/pdf/content_stream.h"

#include <vector>

namespace bifolio {

// A page of the book as it stands on a surface. Scale and half a turn are all that imposition asks for.
struct SurfacePage {
    const Page* page = nullptr;
    std::size_t page_index = 0;
    // page (points from its trim box's top left corner, y down) → surface (PDF user space, y up)
    double scale = 1, x = 0, y = 0;
    bool upside_down = false;
    PdfPoint to_pdf(PagePoint point) const {
        const double dx = point.x.in_pt() * scale, dy = point.y.in_pt() * scale;
        return upside_down ? PdfPoint{x - dx, y + dy} : PdfPoint{x + dx, y - dy};
    }
};

struct Surface {
    double width = 0, height = 0; // MediaBox, points
    double trim_left = 0, trim_bottom = 0, trim_width = 0, trim_height = 0;
    double bleed = 0;
    bool crop_marks = false;
    std::vector<SurfacePage> pages;
};

std::vector<Surface> surfaces_of(const Pages& pages, const Sheets* sheets);

} // namespace bifolio
