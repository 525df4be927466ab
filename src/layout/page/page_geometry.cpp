// The page box (Paged Media 3 §7): the content area, and what stands around a page's notes.
#include "layout/page/page_builder.h"

namespace bifolio {

const PageGeometry& PageGeometries::of(const PageContext& context) {
    auto& known = known_[{context.name, context.side, context.first, context.blank}];
    if (known) return *known;
    known = std::make_unique<PageGeometry>();
    PageGeometry& page = *known;
    page.style = book_.page_style(context);
    const auto edge = [&](Side side) {
        return at(page.style.margin, side) + at(page.style.border_width, side) + at(page.style.padding, side);
    };
    page.x = edge(Side::left);
    page.y = edge(Side::top);
    page.width = max(page.style.width - page.x - edge(Side::right), Length::pt(10));
    page.height = max(page.style.height - page.y - edge(Side::bottom), Length::pt(10));
    return page;
}

PageRect content_area(const StyledBook& book, const std::string& page_name) {
    PageGeometries geometries(book);
    PageRect area;
    for (const PageSide side : {PageSide::right, PageSide::left}) {
        const PageGeometry& page = geometries.of({page_name, side, false, false});
        area.width = area.width == Length() ? page.width : min(area.width, page.width);
        area.height = area.height == Length() ? page.height : min(area.height, page.height);
    }
    return area;
}

NoteArea note_area(const StyledBook& book, const PageGeometry& page) {
    NoteArea area;
    area.style = page.style.footnote_area_style;
    const ComputedStyle& style = book.styles[area.style];
    area.above = at(style.margin, Side::top).resolve(page.width) + at(style.border_width, Side::top) +
                 at(style.padding, Side::top).resolve(page.width);
    area.below = at(style.margin, Side::bottom).resolve(page.width) + at(style.border_width, Side::bottom) +
                 at(style.padding, Side::bottom).resolve(page.width);
    return area;
}

} // namespace bifolio
