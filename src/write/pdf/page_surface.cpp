#include "write/pdf/page_surface.h"

#include <algorithm>

namespace bifolio {

namespace {

Surface single(const Page& page, std::size_t page_index, const std::vector<PressMark>* marks) {
    Surface surface;
    surface.trim_width = page.width.in_pt();
    surface.trim_height = page.height.in_pt();
    surface.bleed = page.bleed.in_pt();
    const std::vector<PressMark> crop_only(page.crop_marks ? 1 : 0, PressMark::crop);
    surface.marks = marks_of({surface.trim_width, surface.trim_height, surface.bleed, {}}, marks ? *marks : crop_only);
    const double around = surface.bleed + surface.marks.room;
    surface.width = surface.trim_width + 2 * around;
    surface.height = surface.trim_height + 2 * around;
    surface.trim_left = surface.trim_bottom = around;
    surface.pages.push_back({&page, page_index, 1, around, around + surface.trim_height, false, {}});
    return surface;
}

SurfacePage placed_on(const PlacedPage& placed, const Page& page, double left, double top) {
    if (placed.upside_down)
        return {&page,
                index(*placed.page),
                placed.scale,
                left + page.width.in_pt() * placed.scale,
                top - page.height.in_pt() * placed.scale,
                true,
                {}};
    return {&page, index(*placed.page), placed.scale, left, top, false, {}};
}

Surface side_of(const SheetSide& side, const Sheets& sheets, const Pages& pages) {
    Surface surface;
    surface.width = surface.trim_width = sheets.width.in_pt();
    surface.height = surface.trim_height = sheets.height.in_pt();
    for (const PlacedPage& placed : side.pages)
        if (placed.page)
            surface.pages.push_back(
                placed_on(placed, pages.pages[index(*placed.page)], placed.at.x.in_pt(), surface.height - placed.at.y.in_pt()));
    return surface;
}

// For a press the two pages meet at the fold, and the sheet is trimmed to them.
Surface press_side_of(const SheetSide& side, const Pages& pages, const std::vector<PressMark>& marks) {
    const Page& usual = pages.pages.front(); // for a side that is blank
    Surface surface;
    double page_width = usual.width.in_pt();
    surface.trim_height = usual.height.in_pt();
    surface.bleed = usual.bleed.in_pt();
    for (const PlacedPage& placed : side.pages) {
        if (!placed.page) continue;
        const Page& page = pages.pages[index(*placed.page)];
        page_width = std::max(page_width, page.width.in_pt() * placed.scale);
        surface.trim_height = std::max(surface.trim_height, page.height.in_pt() * placed.scale);
        surface.bleed = std::max(surface.bleed, page.bleed.in_pt() * placed.scale);
    }
    const auto places = static_cast<double>(std::max<std::size_t>(1, side.pages.size()));
    surface.trim_width = page_width * places;
    MarkedArea area{surface.trim_width, surface.trim_height, surface.bleed, {}};
    for (double fold = 1; fold < places; ++fold) area.folds.push_back(page_width * fold);
    surface.marks = marks_of(area, marks);
    const double around = surface.bleed + surface.marks.room;
    surface.width = surface.trim_width + 2 * around;
    surface.height = surface.trim_height + 2 * around;
    surface.trim_left = surface.trim_bottom = around;
    for (std::size_t at = 0; at < side.pages.size(); ++at) {
        const PlacedPage& placed = side.pages[at];
        if (!placed.page) continue;
        const double left = around + page_width * static_cast<double>(at);
        SurfacePage page = placed_on(placed, pages.pages[index(*placed.page)], left, around + surface.trim_height);
        const double before = at == 0 ? surface.bleed : 0, after = at + 1 == side.pages.size() ? surface.bleed : 0;
        page.clip = {left - before, around - surface.bleed, page_width + before + after, surface.trim_height + 2 * surface.bleed};
        surface.pages.push_back(page);
    }
    return surface;
}

} // namespace

std::vector<Surface> surfaces_of(const Pages& pages, const Sheets* sheets, const std::vector<PressMark>* marks) {
    std::vector<Surface> surfaces;
    if (!sheets) {
        for (std::size_t at = 0; at < pages.pages.size(); ++at) surfaces.push_back(single(pages.pages[at], at, marks));
        return surfaces;
    }
    for (const Sheet& sheet : sheets->sheets) {
        for (const SheetSide* side : {&sheet.front, &sheet.back})
            surfaces.push_back(marks ? press_side_of(*side, pages, *marks) : side_of(*side, *sheets, pages));
    }
    return surfaces;
}

} // namespace bifolio
