#include "write/pdf/page_surface.h"

namespace bifolio {

namespace {

constexpr double mark_room = 18; // points round the bleed box for crop marks

Surface single(const Page& page, std::size_t page_index) {
    Surface surface;
    const double around = page.bleed.in_pt() + (page.crop_marks ? mark_room : 0);
    surface.trim_width = page.width.in_pt();
    surface.trim_height = page.height.in_pt();
    surface.width = surface.trim_width + 2 * around;
    surface.height = surface.trim_height + 2 * around;
    surface.trim_left = surface.trim_bottom = around;
    surface.bleed = page.bleed.in_pt();
    surface.crop_marks = page.crop_marks;
    surface.pages.push_back({&page, page_index, 1, around, around + surface.trim_height, false});
    return surface;
}

Surface side_of(const SheetSide& side, const Sheets& sheets, const Pages& pages) {
    Surface surface;
    surface.width = surface.trim_width = sheets.width.in_pt();
    surface.height = surface.trim_height = sheets.height.in_pt();
    for (const PlacedPage& placed : side.pages) {
        if (!placed.page) continue;
        const Page& page = pages.pages[index(*placed.page)];
        const double left = placed.at.x.in_pt(), top = surface.height - placed.at.y.in_pt();
        if (placed.upside_down)
            surface.pages.push_back({&page, index(*placed.page), placed.scale, left + page.width.in_pt() * placed.scale,
                                     top - page.height.in_pt() * placed.scale, true});
        else
            surface.pages.push_back({&page, index(*placed.page), placed.scale, left, top, false});
    }
    return surface;
}

} // namespace

std::vector<Surface> surfaces_of(const Pages& pages, const Sheets* sheets) {
    std::vector<Surface> surfaces;
    if (!sheets) {
        for (std::size_t at = 0; at < pages.pages.size(); ++at) surfaces.push_back(single(pages.pages[at], at));
        return surfaces;
    }
    for (const Sheet& sheet : sheets->sheets) {
        surfaces.push_back(side_of(sheet.front, *sheets, pages));
        surfaces.push_back(side_of(sheet.back, *sheets, pages));
    }
    return surfaces;
}

} // namespace bifolio
