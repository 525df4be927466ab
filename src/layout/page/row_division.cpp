#include "layout/page/row_division.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio {

namespace {

constexpr Cost cost_of_cut_row = 50'000; // where rows are joined by a span, a cut between them is better

class RowDivider {
public:
    RowDivider(RowBlock& block, std::optional<Length> longest) : block_(block), longest_(longest), next_(block.cells.size()) {
        fill_queue();
    }

    std::vector<RowSlice> divide() {
        std::vector<RowSlice> slices;
        RowSlice slice;
        while (const std::optional<Length> cut = next_cut(slice)) {
            slice.to = *cut;
            RowSlice below;
            below.from = *cut;
            price(slice, below);
            slices.push_back(std::move(slice));
            slice = std::move(below);
        }
        slice.to = block_.height;
        slices.push_back(std::move(slice));
        find_cells(slices);
        return slices;
    }

private:
    void fill_queue() {
        queue_.clear();
        for (std::uint32_t k = 0; k < next_.size(); ++k) put(k);
    }
    void put(std::uint32_t cell) {
        const SetCell& one = block_.cells[cell];
        if (next_[cell] < one.tops.size()) queue_.emplace(fragment_top(one, next_[cell]), cell);
    }

    // The first cut below the slice's upper edge, made if need be; what stands above it is put into the slice.
    std::optional<Length> next_cut(RowSlice& slice) {
        Length bottom = slice.from; // of the lines that stand above the cut
        std::map<std::uint32_t, Range> taken;
        std::optional<Length> cut;
        while (!queue_.empty() && !cut) {
            const auto [top, k] = *queue_.begin();
            if (bottom > slice.from && top >= bottom) {
                cut = cut_between(bottom, top);
                break;
            }
            queue_.erase(queue_.begin());
            const std::uint32_t i = next_[k]++;
            taken.try_emplace(k, Range{i, i}).first->second.end = i + 1;
            bottom = max(bottom, top + block_.cells[k].galley.fragments[i].height);
            put(k);
            if (next_[k] < block_.cells[k].tops.size())
                begun_.insert(k);
            else
                begun_.erase(k);
            if (longest_ && bottom - slice.from > *longest_ && !queue_.empty()) {
                move_down(bottom);
                cut = bottom;
            }
        }
        slice.fragments.assign(taken.begin(), taken.end());
        return cut;
    }

    // Between two rows that are joined by a span, if they meet there; else right above the lines below.
    Length cut_between(Length bottom, Length top) const {
        const auto row = std::lower_bound(block_.tops.begin(), block_.tops.end(), bottom);
        return row != block_.tops.end() && *row <= top ? *row : top;
    }

    // No cell's next line stands above the cut.
    void move_down(Length cut) {
        for (std::size_t k = 0; k < block_.cells.size(); ++k) {
            SetCell& cell = block_.cells[k];
            if (next_[k] >= cell.tops.size()) continue;
            const Length delay = cut - fragment_top(cell, next_[k]);
            if (delay <= Length()) continue;
            for (std::size_t i = next_[k]; i < cell.tops.size(); ++i) cell.tops[i] += delay;
            cell.content += delay;
            const Length need = cell.edges.top + cell.content + cell.edges.bottom;
            if (need > cell.height) grow_cell(block_, cell, need - cell.height);
        }
        fill_queue();
    }

    // What the cells that are cut between two slices ask for.
    void price(RowSlice& above, RowSlice& below) const {
        const bool between_rows = std::binary_search(block_.tops.begin(), block_.tops.end(), above.to);
        for (const std::uint32_t k : begun_) {
            const SetCell& cell = block_.cells[k];
            if (!between_rows) { // rows that end and begin here have their own padding
                above.clone_bottom = max(above.clone_bottom, cell.edges.bottom);
                below.clone_top = max(below.clone_top, cell.edges.top);
            }
            below.penalty_before = std::max(below.penalty_before, cost_before(cell.galley.fragments[next_[k]], BreakPlace::page));
        }
        if (!between_rows && block_.tops.size() > 1) below.penalty_before += cost_of_cut_row;
    }

    // The cells, in order of their rows, whose boxes stand in each slice.
    void find_cells(std::vector<RowSlice>& slices) const {
        std::vector<std::uint32_t> open;
        std::uint32_t next = 0;
        for (RowSlice& slice : slices) {
            for (; next < block_.cells.size() && block_.cells[next].top < slice.to; ++next) open.push_back(next);
            slice.cells = open;
            std::erase_if(open, [&](std::uint32_t k) { return block_.cells[k].top + block_.cells[k].height <= slice.to; });
        }
    }

    RowBlock& block_;
    const std::optional<Length> longest_;
    std::vector<std::uint32_t> next_;                  // by cell: the first fragment below the cut
    std::set<std::pair<Length, std::uint32_t>> queue_; // the tops of these fragments
    std::set<std::uint32_t> begun_;                    // cells that have fragments on both sides of it
};

} // namespace

std::vector<RowSlice> divide_row(RowBlock& block, std::optional<Length> longest) { return RowDivider(block, longest).divide(); }

} // namespace bifolio
