#include "layout/page/row_division.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr Cost cost_of_cut_row = 2'000; // where rows are joined by a span, a cut between them is better

class RowDivider {
public:
    RowDivider(RowBlock& block, std::optional<Length> longest) : block_(block), longest_(longest), next_(block.cells.size()) {}

    std::vector<RowSlice> divide() {
        std::vector<RowSlice> slices;
        RowSlice slice;
        std::vector<std::uint32_t> begins = next_;
        const auto end_slice = [&](Length to) {
            slice.to = to;
            for (std::size_t k = 0; k < next_.size(); ++k) slice.fragments.push_back({begins[k], next_[k]});
            slices.push_back(std::move(slice));
            begins = next_;
        };
        while (const std::optional<Length> cut = next_cut(slice.from)) {
            const Edges edges = edges_at(*cut);
            slice.clone_bottom = edges.bottom;
            end_slice(*cut);
            slice = {*cut, {}, {}, edges.penalty, edges.top, {}};
        }
        end_slice(block_.height);
        return slices;
    }

private:
    struct Edges {
        Length top, bottom;
        Cost penalty = 0;
    };

    // The first cut below `from`, made if need be. `next_` are the fragments of each cell from there on.
    std::optional<Length> next_cut(Length from) {
        Length bottom = from; // of the lines that stand above the cut
        while (SetCell* cell = highest()) {
            std::uint32_t& i = next_[static_cast<std::size_t>(cell - block_.cells.data())];
            const Length top = fragment_top(*cell, i);
            if (bottom > from && top >= bottom) return cut_between(bottom, top);
            bottom = max(bottom, fragment_top(*cell, i) + cell->galley.fragments[i].height);
            ++i;
            if (longest_ && bottom - from > *longest_)
                if (const std::optional<Length> cut = forced_cut(bottom)) return cut;
        }
        return std::nullopt;
    }

    // Between two rows that are joined by a span, if they meet there; else right above the lines below.
    Length cut_between(Length bottom, Length top) const {
        for (const Length row : block_.tops)
            if (row >= bottom && row <= top) return row;
        return top;
    }

    // The cell whose next fragment stands highest.
    SetCell* highest() {
        SetCell* found = nullptr;
        Length top;
        for (std::size_t k = 0; k < block_.cells.size(); ++k) {
            SetCell& cell = block_.cells[k];
            if (next_[k] >= cell.tops.size() || (found && fragment_top(cell, next_[k]) >= top)) continue;
            found = &cell;
            top = fragment_top(cell, next_[k]);
        }
        return found;
    }

    // Every cell's next line moves down to the cut.
    std::optional<Length> forced_cut(Length cut) {
        bool any = false;
        for (std::size_t k = 0; k < block_.cells.size(); ++k) {
            SetCell& cell = block_.cells[k];
            if (next_[k] >= cell.tops.size()) continue;
            any = true;
            const Length delay = cut - fragment_top(cell, next_[k]);
            if (delay <= Length()) continue;
            for (std::size_t i = next_[k]; i < cell.tops.size(); ++i) cell.tops[i] += delay;
            cell.content += delay;
            const Length need = cell.edges.top + cell.content + cell.edges.bottom;
            if (need > cell.height) grow_cell(block_, cell, need - cell.height);
        }
        return any ? std::optional(cut) : std::nullopt;
    }

    Edges edges_at(Length cut) const {
        Edges edges;
        const bool between_rows = std::binary_search(block_.tops.begin(), block_.tops.end(), cut);
        for (std::size_t k = 0; k < block_.cells.size(); ++k) {
            const SetCell& cell = block_.cells[k];
            if (next_[k] == 0 || next_[k] >= cell.tops.size() || cell.top >= cut) continue;
            if (!between_rows) { // rows that end and begin here have their own padding
                edges.top = max(edges.top, cell.edges.top);
                edges.bottom = max(edges.bottom, cell.edges.bottom);
            }
            edges.penalty = std::max(edges.penalty, cost_before(cell.galley.fragments[next_[k]], BreakPlace::page));
        }
        if (!between_rows && block_.tops.size() > 1) edges.penalty += cost_of_cut_row;
        return edges;
    }

    RowBlock& block_;
    const std::optional<Length> longest_;
    std::vector<std::uint32_t> next_; // by cell: the first fragment below the cut
};

} // namespace

std::vector<RowSlice> divide_row(RowBlock& block, std::optional<Length> longest) { return RowDivider(block, longest).divide(); }

} // namespace bifolio
