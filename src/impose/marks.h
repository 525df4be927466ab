// marks.h: what is printed beyond the trimmed page, and where: for cutting, folding, registering and judging the colours.
//
// Units      Points; the origin is the trim box's top left corner, y down. All marks keep clear of the bleed.
// Spec       ISO 12647-1 (terms); CSS Paged Media 3, 7.3 (marks, bleed); ISO 15930-7, 6.11 (boxes).
#pragma once

#include "layout/page/pages.h"

#include <array>
#include <string>
#include <vector>

namespace bifolio {

struct MarkedArea {
    double width = 0, height = 0; // the trim box
    double bleed = 0;
    std::vector<double> folds; // x of each fold
};

struct SheetPoint {
    double x = 0, y = 0;
};
struct MarkLine {
    SheetPoint from, to;
    bool dashed = false;
};
struct MarkRing {
    SheetPoint centre;
    double radius = 0;
};
struct MarkPatch {     // of the colour bar
    SheetPoint corner; // top left
    double size = 0;
    std::array<double, 4> inks{};
};

struct SheetMarks {
    double room = 0; // from the bleed box to the edge of the medium, on each side
    std::vector<MarkLine> lines;
    std::vector<MarkRing> rings;
    std::vector<MarkPatch> patches;
    std::vector<MarkPatch> spot_patches; // room for as many spot colours, each in all of its ink
    std::vector<SheetPoint> slug;        // where the slug line's baseline begins; empty: none
    double slug_width = 0;               // it has no more room than this
};

SheetMarks marks_of(const MarkedArea& area, const std::vector<PressMark>& marks);

} // namespace bifolio
