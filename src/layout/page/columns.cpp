#include "layout/page/columns.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr int balance_rounds = 16; // halves the span of heights: exact to a sixty-thousandth of it

// Where the column ends that has room for the fragments up to `i`: a good break, else any break, else just here.
std::uint32_t column_end(const Galley& galley, std::uint32_t begin, std::uint32_t i) {
    for (const Cost most : {cost_of_orphan, cost_of_banned_hyphen, cost_of_never})
        for (std::uint32_t end = i; end > begin; --end)
            if (cost_before(galley.fragments[end], BreakPlace::column) < most) return end;
    return i;
}

} // namespace

ColumnPlaces fill_columns(const Galley& galley, const ColumnSet& set, Range range, Length height, Length origin) {
    ColumnPlaces out;
    out.columns.resize(range.size());
    out.tops.resize(range.size());
    int column = 0;
    std::uint32_t begin = range.begin; // of the column
    Length y;
    for (std::uint32_t i = range.begin; i < range.end;) {
        const Fragment& fragment = galley.fragments[i];
        const Length unsnapped = i == begin ? Length() : y + fragment.space_before;
        const Length top = galley.snapped(fragment, origin + unsnapped) - origin;
        const bool over = top + fragment.height > height;
        const bool forced = fragment.forced == BreakBetween::column && i > begin;
        if ((over || forced) && column + 1 < set.count && i > begin) {
            i = begin = forced ? i : column_end(galley, begin, i);
            if (!forced && galley.fragments[i].penalty_before >= cost_of_never) out.fits = false;
            ++column;
            y = Length();
            continue;
        }
        out.fits = out.fits && !over;
        out.columns[i - range.begin] = column;
        out.tops[i - range.begin] = top;
        y = top + fragment.height;
        ++i;
    }
    for (std::uint32_t i = range.begin; i < range.end; ++i)
        out.height = max(out.height, out.tops[i - range.begin] + galley.fragments[i].height);
    return out;
}

ColumnPlaces balance_columns(const Galley& galley, const ColumnSet& set, Range range, Length most, Length origin) {
    ColumnPlaces best = fill_columns(galley, set, range, most, origin);
    if (!best.fits || range.empty()) return best;
    Length total;
    for (std::uint32_t i = range.begin; i < range.end; ++i) total += galley.fragments[i].height;
    Length low = total / (set.count + 1), high = best.height;
    for (int round = 0; round < balance_rounds; ++round) {
        const Length middle = (low + high) / 2;
        ColumnPlaces tried = fill_columns(galley, set, range, middle, origin);
        if (tried.fits) {
            high = middle;
            best = std::move(tried);
        } else {
            low = middle;
        }
    }
    return best;
}

Length column_offset(const ColumnSet& set, int column) {
    return (set.width + set.gap) * (set.right_to_left ? set.count - 1 - column : column);
}

} // namespace bifolio
