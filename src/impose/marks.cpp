#include "impose/marks.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

// From the bleed box outwards: a gap, then crop marks, registration marks and the bar beside each other, then the slug line.
constexpr double gap = 3, crop_length = 16, ring_radius = 4, ring_centre = 11, cross_arm = 8, patch = 9, from_corner = 22,
                 slug_baseline = 30, room_with_slug = 36, room_without_slug = 22;

void add_crop_marks(const MarkedArea& area, SheetMarks& out) {
    const double near = area.bleed + gap, far = near + crop_length;
    for (const double x : {0.0, area.width}) {
        out.lines.push_back({{x, -near}, {x, -far}});
        out.lines.push_back({{x, area.height + near}, {x, area.height + far}});
    }
    for (const double y : {0.0, area.height}) {
        out.lines.push_back({{-near, y}, {-far, y}});
        out.lines.push_back({{area.width + near, y}, {area.width + far, y}});
    }
}

void add_fold_marks(const MarkedArea& area, SheetMarks& out) {
    const double near = area.bleed + gap, far = near + crop_length;
    for (const double x : area.folds) {
        out.lines.push_back({{x, -near}, {x, -far}, true});
        out.lines.push_back({{x, area.height + near}, {x, area.height + far}, true});
    }
}

void add_registration_marks(const MarkedArea& area, SheetMarks& out) {
    double middle = area.width / 2;
    for (const double fold : area.folds) // a fold's mark has the middle
        if (std::abs(fold - middle) < cross_arm * 2) middle = fold + cross_arm * 4;
    const double away = area.bleed + ring_centre;
    for (const SheetPoint centre : {SheetPoint{middle, -away}, SheetPoint{middle, area.height + away},
                                    SheetPoint{-away, area.height / 2}, SheetPoint{area.width + away, area.height / 2}}) {
        out.rings.push_back({centre, ring_radius});
        out.lines.push_back({{centre.x - cross_arm, centre.y}, {centre.x + cross_arm, centre.y}});
        out.lines.push_back({{centre.x, centre.y - cross_arm}, {centre.x, centre.y + cross_arm}});
    }
}

void add_colour_bar(const MarkedArea& area, SheetMarks& out) {
    constexpr std::array<std::array<double, 4>, 10> inks{{{1, 0, 0, 0},
                                                          {0, 1, 0, 0},
                                                          {0, 0, 1, 0},
                                                          {0, 0, 0, 1},
                                                          {0, 1, 1, 0},
                                                          {1, 0, 1, 0},
                                                          {1, 1, 0, 0},
                                                          {0, 0, 0, 0.5},
                                                          {0.5, 0, 0, 0},
                                                          {0, 0.5, 0, 0}}};
    const double most = (area.width / 2 - from_corner - cross_arm - gap) / static_cast<double>(inks.size());
    const double size = std::min(patch, most); // a narrow page has small patches
    if (size < 3) return;
    const double top = -area.bleed - gap - 1 - size;
    // The other half is for spot colours; a fold pushes the registration mark into it.
    const double room = area.width / 2 - from_corner - cross_arm - gap - (area.folds.empty() ? 0 : cross_arm * 4);
    for (double x = size; x <= room; x += size) out.spot_patches.push_back({{area.width - from_corner - x, top}, size, {}});
    for (std::size_t i = 0; i < inks.size(); ++i)
        out.patches.push_back({{from_corner + size * static_cast<double>(i), top}, size, inks[i]});
}

} // namespace

SheetMarks marks_of(const MarkedArea& area, const std::vector<PressMark>& marks) {
    SheetMarks out;
    const auto has = [&](PressMark mark) { return std::ranges::find(marks, mark) != marks.end(); };
    if (marks.empty()) return out;
    out.room = has(PressMark::slug) ? room_with_slug : room_without_slug;
    if (has(PressMark::crop)) add_crop_marks(area, out);
    if (has(PressMark::fold)) add_fold_marks(area, out);
    if (has(PressMark::registration)) add_registration_marks(area, out);
    if (has(PressMark::colour_bar)) add_colour_bar(area, out);
    if (has(PressMark::slug)) {
        out.slug.push_back({0, area.height + area.bleed + slug_baseline});
        out.slug_width = area.width;
    }
    return out;
}

} // namespace bifolio
