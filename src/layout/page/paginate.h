// paginate.h: StyledBook → Pages.
//
// Method     Each section (they begin on new pages) is laid out as a task of its own: boxes → lines → a vertical list of boxes,
//            spaces and penalties → pages. Then page numbers are known; what refers to a page is set again until nothing moves,
//            at most five times.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "base/task_pool.h"
#include "layout/page/pages.h"
#include "layout/text/shape.h"
#include "style/styled_book.h"

namespace bifolio {

inline constexpr int max_layout_passes = 5;

struct LayoutOptions {
    bool allow_missing_glyph = false;   // a visible box with U+XXXX and a warning instead of an error
    bool allow_missing_picture = false; // a visible box with the alternative text and a warning
    const SourceMap* sources = nullptr; // to find a missing character in its line; nullptr: the place of its node
};

Pages paginate(const StyledBook& book, const Shaper& shaper, const TaskPool& pool, const LayoutOptions& options,
               Diagnostics& diagnostics);

} // namespace bifolio
