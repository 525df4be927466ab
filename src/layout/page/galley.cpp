#include "layout/page/galley.h"

#include <algorithm>

namespace bifolio {

Length Galley::snapped(const Fragment& fragment, Length top) const {
    if (!fragment.snaps || grid_step <= Length()) return top;
    return grid_baseline - fragment.baseline + in_grid_steps(top + fragment.baseline - grid_baseline);
}

Length Galley::in_grid_steps(Length height) const {
    if (grid_step <= Length()) return height;
    if (height <= Length()) return {};
    const std::int64_t step = grid_step.sp();
    return Length::from_sp((height.sp() + step - 1) / step * step);
}

Length Galley::height() const {
    Length sum;
    for (const Fragment& fragment : fragments) sum += fragment.space_before + fragment.height;
    return sum;
}

bool is_painted(const ComputedStyle& style) {
    if (style.visibility != Visibility::visible) return false;
    if (!style.background_colour.is_invisible()) return true;
    for (std::size_t i = 0; i < 4; ++i)
        if (style.border_width[i] > Length() && style.border_style[i] != BorderStyle::none &&
            style.border_style[i] != BorderStyle::hidden)
            return true;
    return false;
}

BoxDecoration decoration_of(const ComputedStyle& style, Length width, Length height) {
    BoxDecoration box;
    box.width = width;
    box.height = height;
    box.background = style.background_colour;
    box.border_width = style.border_width;
    box.border_style = style.border_style;
    box.border_colour = style.border_colour;
    box.radius = style.border_radius;
    box.opacity = style.opacity;
    return box;
}

void flatten_into(Galley& galley, Range range, Length x, Length y, const std::vector<ComputedStyle>& styles, Flattened& into,
                  bool keep_first_space) {
    std::vector<Length> tops(range.size());
    Length at_y = y;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const Fragment& fragment = galley.fragments[i];
        if (i > range.begin || keep_first_space) at_y += fragment.space_before;
        tops[i - range.begin] = at_y;
        at_y += fragment.height;
    }
    for (const Container& container : galley.containers) {
        const std::uint32_t begin = std::max(container.fragments.begin, range.begin),
                            end = std::min(container.fragments.end, range.end);
        if (!container.painted || begin >= end) continue;
        const Length top = tops[begin - range.begin];
        const Length bottom = tops[end - 1 - range.begin] + galley.fragments[end - 1].height;
        into.items.push_back({{x + container.x, top},
                              Artifact::background,
                              decoration_of(styles[container.style], container.width, bottom - top)});
    }
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const Fragment& fragment = galley.fragments[i];
        const Length top = tops[i - range.begin];
        if (fragment.has_line && !into.has_baseline) {
            into.baseline = top + fragment.baseline;
            into.has_baseline = true;
        }
        for (std::uint32_t k = fragment.items.begin; k < fragment.items.end; ++k) {
            PlacedItem& item = galley.items[k];
            item.at.x += x;
            item.at.y += top;
            into.items.push_back(std::move(item));
        }
        for (std::uint32_t k = fragment.links.begin; k < fragment.links.end; ++k) {
            LinkArea& link = galley.links[k];
            link.rect.x += x;
            link.rect.y += top;
            into.links.push_back(std::move(link));
        }
        for (std::uint32_t k = fragment.marks.begin; k < fragment.marks.end; ++k)
            into.marks.push_back({galley.marks[k].node, {galley.marks[k].at.x + x, galley.marks[k].at.y + top}});
        for (std::uint32_t k = fragment.notes.begin; k < fragment.notes.end; ++k)
            into.notes.push_back(std::move(galley.notes[k]));
    }
    into.height = max(into.height, at_y);
}

Flattened flatten(Galley galley, const std::vector<ComputedStyle>& styles) {
    Flattened out;
    flatten_into(galley, {0, static_cast<std::uint32_t>(galley.fragments.size())}, {}, {}, styles, out);
    return out;
}

} // namespace bifolio
