// columns.h: a range of fragments → columns side by side (CSS Multi-column Layout 1).
//
// Units      Tops are from the columns' common top edge; `origin` is that edge, from the top of the page's content area.
// Time       fill_columns: linear in the fragments. balance_columns: that times a small constant.
#pragma once

#include "layout/page/galley.h"

#include <vector>

namespace bifolio {

struct ColumnPlaces {
    std::vector<int> columns; // of each fragment of the range
    std::vector<Length> tops;
    Length height;    // of the longest column
    bool fits = true; // false: some stand below the height that was given, or what must stay together is parted
};

// One column after the other, each as full as good breaks allow.
ColumnPlaces fill_columns(const Galley& galley, const ColumnSet& set, Range range, Length height, Length origin = {});

// The least height, up to `most`, at which the fragments fit: columns of about the same length.
ColumnPlaces balance_columns(const Galley& galley, const ColumnSet& set, Range range, Length most, Length origin = {});

// From the left edge of the set.
Length column_offset(const ColumnSet& set, int column);

} // namespace bifolio
