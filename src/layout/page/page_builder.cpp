#include "layout/page/page_builder.h"

#include "layout/page/columns.h"

#include <algorithm>
#include <limits>

namespace bifolio {

namespace {

constexpr Cost cost_of_divided_note = 15'000;
constexpr Cost cost_of_late_note = 50'000;
constexpr Cost cost_of_short_end = 1'500;      // a last page of a line or two
constexpr Cost cost_of_unequal_depth = 40'000; // times the share of the page's height by which facing pages differ
constexpr Cost cost_of_most_unequal = 3'000;
constexpr double most_stretch = 0.5; // of each space of a page that is to be as deep as the one it faces
constexpr double short_end = 0.12;   // of the page's height
constexpr double empty_page = 0.3;   // of the page's height: a page with so much left over looks as empty as any
constexpr std::uint32_t no_fragment = std::numeric_limits<std::uint32_t>::max();
constexpr Cost unreachable = std::numeric_limits<Cost>::max();

struct Carry { // notes from here on wait for the next page; the first of them may have begun
    std::uint32_t note = 0, fragment = 0;
    bool operator==(const Carry&) const = default;
};

// What a page may leave empty at its foot: all that its lines leave, or less when its spaces are stretched.
struct Depth {
    Length least, most;
    bool bound = false; // it faces a page that should be as deep
    // By how much two pages must differ.
    static Length difference(const Depth& a, const Depth& b) {
        return max(max(a.least, b.least) - min(a.most, b.most), Length());
    }
};

struct State { // the next page begins with fragment i
    Cost cost = unreachable;
    std::uint32_t previous = 0;
    Carry carry;
    std::uint32_t waiting = no_fragment; // the first page float that waits for a page
    PageSide side = PageSide::right;
    bool first_of_book = false;
    Depth before; // of the page before, if it is the one that this page faces
};

PageSide other(PageSide side) { return side == PageSide::left ? PageSide::right : PageSide::left; }

// The notes of a galley, measured.
class NoteStack {
public:
    explicit NoteStack(const Galley& galley) : galley_(galley) {
        for (const NoteBody& note : galley.notes) {
            std::vector<Length>& sums = sums_.emplace_back(1);
            for (const Fragment& fragment : note.galley->fragments)
                sums.push_back(sums.back() + fragment.space_before + fragment.height);
        }
    }

    std::uint32_t count() const { return static_cast<std::uint32_t>(sums_.size()); }
    std::uint32_t size_of(std::uint32_t note) const { return static_cast<std::uint32_t>(sums_[note].size() - 1); }

    Length part_of(std::uint32_t note, std::uint32_t from, std::uint32_t to) const {
        Length height = sums_[note][to] - sums_[note][from];
        if (from > 0 && from < to) height = height - galley_.notes[note].galley->fragments[from].space_before;
        return height;
    }

    // All that is still to come of the notes up to `end`.
    Length rest_of(const Carry& carry, std::uint32_t end) const {
        Length height;
        for (std::uint32_t note = carry.note; note < end; ++note)
            height += part_of(note, note == carry.note ? carry.fragment : 0, size_of(note));
        return height;
    }

    // Fills `room` with notes; what does not fit is carried on.
    Carry place(Carry carry, std::uint32_t end, Length room, std::vector<NoteSlice>* slices) const {
        while (carry.note < end) {
            const std::uint32_t from = carry.fragment, size = size_of(carry.note);
            std::uint32_t to = from;
            while (to < size && part_of(carry.note, from, to + 1) <= room) ++to;
            if (to < size) to = good_end(carry.note, from, to);
            if (to > from && slices) slices->push_back({carry.note, {from, to}});
            if (to < size) {
                carry.fragment = to;
                return carry;
            }
            room = room - part_of(carry.note, from, size);
            carry = {carry.note + 1, 0};
        }
        return carry;
    }

private:
    // Where a note is divided, its orphans and widows are kept if they can be.
    std::uint32_t good_end(std::uint32_t note, std::uint32_t from, std::uint32_t to) const {
        const std::vector<Fragment>& fragments = galley_.notes[note].galley->fragments;
        for (const Cost most : {cost_of_orphan, cost_of_banned_hyphen})
            for (std::uint32_t end = to; end > from; --end)
                if (cost_before(fragments[end], BreakPlace::page) < most) return end;
        return to;
    }

    const Galley& galley_;
    std::vector<std::vector<Length>> sums_; // heights of each note's fragments, summed up
};

struct Opening {                  // the page that a state begins with
    std::vector<PagePlan> before; // a blank page, pages that hold notes or floats only
    PageContext context;
    Carry carry;
    std::vector<std::uint32_t> top_floats, bottom_floats; // that waited for this page
    std::uint32_t waiting = no_fragment;                  // the first float that waits on
    Length height, area, floats;                          // of the content; around the notes; of the floats
};

// One page, filled fragment by fragment. The same steps lead to the costs and, later, to the plan.
class PageFill {
public:
    PageFill(const Galley& galley, const NoteStack& notes, const Opening& opening, std::uint32_t from, bool keeps_space)
        : galley_(galley), stack_(notes), opening_(opening), from_(from), keeps_space_(keeps_space), waiting(opening.waiting) {
        body = opening.floats + continued_height(galley, from);
        const std::uint32_t carried = galley.fragments[from].notes.begin;
        notes_height = stack_.rest_of(opening.carry, carried);
        least_notes_ = notes_height;
        any_notes = opening.carry.note < carried;
        if (any_notes) { // the rest of an old note may be divided again
            const std::uint32_t last = carried - 1;
            const std::uint32_t begun = last == opening.carry.note ? opening.carry.fragment : 0;
            least_notes_ = notes_height - stack_.part_of(last, begun, stack_.size_of(last)) +
                           stack_.part_of(last, begun, std::min(begun + 1, stack_.size_of(last)));
        }
    }

    // Gives whether the page still has room for it.
    bool take(std::uint32_t i) {
        const Fragment& fragment = galley_.fragments[i];
        const Length space = i > from_ && is_gone(i - 1) ? fragment.space_without_float : fragment.space_before;
        const Length body_before = body, unsnapped = body + (flow_began_ || keeps_space_ ? space : Length());
        const Length in_place = galley_.snapped(fragment, unsnapped) + fragment.height - body;
        if (fragment.page_float != PageFloat::none && take_float(i, in_place)) return true;
        if (fragment.column_set == no_columns)
            body += in_place;
        else if (column_begin_ == no_fragment) {
            column_top_ = unsnapped;
            column_begin_ = i;
        }
        if (flow_began_ && !fragment.rigid) flexible += max(unsnapped - body_before, Length());
        has_columns = has_columns || fragment.column_set != no_columns;
        flow_began_ = true;
        for (std::uint32_t note = fragment.notes.begin; note < fragment.notes.end; ++note) {
            least_notes_ = notes_height + stack_.part_of(note, 0, std::min(1u, stack_.size_of(note)));
            notes_height += stack_.part_of(note, 0, stack_.size_of(note));
            any_notes = true;
        }
        if (fragment.column_set != no_columns) return take_column(i);
        return fits(i, Length());
    }

    // What is left for notes when the page ends before fragment `next`.
    Length room(std::uint32_t next) const { return opening_.height - body - used_beside(next - 1); }
    bool is_gone(std::uint32_t i) const { return std::binary_search(gone.begin(), gone.end(), i); }

private:
    bool fits(std::uint32_t i, Length more) const { return body + more + least_notes_ + used_beside(i) <= opening_.height; }
    Length used_beside(std::uint32_t i) const {
        return broken_height(galley_, i + 1) + galley_.fragments[i].overhang + (any_notes ? opening_.area : Length());
    }

    // The columns as they stand when the page ends behind `i`, or their balanced end.
    bool take_column(std::uint32_t i) {
        const ColumnSet& set = galley_.column_sets[galley_.fragments[i].column_set];
        const Range range{column_begin_, i + 1};
        const bool ends = i + 1 == set.fragments.end;
        const Length below = opening_.height - column_top_ - used_beside(i);
        ColumnPlaces places;
        for (const Length notes : {notes_height, least_notes_}) { // with all notes whole, or with the last one divided
            places = ends && set.balanced ? balance_columns(galley_, set, range, below - notes, column_top_)
                                          : fill_columns(galley_, set, range, below - notes, column_top_);
            if (places.fits) break;
        }
        Length total;
        for (std::uint32_t k = range.begin; k < range.end; ++k) total += galley_.fragments[k].height;
        body = column_top_ + places.height;
        unused = ends ? Length() : max(places.height - total / set.count, Length());
        if (ends) column_begin_ = no_fragment;
        return places.fits;
    }

    // False: it is set in its place, like any other fragment.
    bool take_float(std::uint32_t i, Length in_place) {
        const Fragment& fragment = galley_.fragments[i];
        const bool snaps = fragment.page_float == PageFloat::snap;
        const Length apart = galley_.in_grid_steps(fragment.height + fragment.float_gap); // at the page's top or foot
        if (waiting == no_fragment) {
            if (snaps ? i == from_ || fits(i, in_place) : !fits(i, apart) && i == from_) return false;
            if (!snaps && fits(i, apart)) {
                body += apart;
                (fragment.page_float == PageFloat::top ? top_floats : bottom_floats).push_back(i);
                gone.push_back(i);
                return true;
            }
            waiting = i;
        }
        gone.push_back(i);
        return true;
    }

    const Galley& galley_;
    const NoteStack& stack_;
    const Opening& opening_;
    std::uint32_t from_;
    bool keeps_space_, flow_began_ = false;
    std::uint32_t column_begin_ = no_fragment; // of the open columns, on this page
    Length column_top_;
    Length least_notes_; // with only the first line of the last note

public:
    Length body, notes_height; // of the text with the floats; of all notes, whole
    Length unused;             // the mean room that open columns leave empty
    Length flexible;           // spaces between what stands below one another
    bool any_notes = false, has_columns = false;
    std::uint32_t waiting; // the first float that waits for the next page
    std::vector<std::uint32_t> top_floats, bottom_floats, gone;
};

class PageBuilder {
public:
    PageBuilder(const StyledBook& book, const Galley& galley, PageGeometries& geometries, const SectionStart& start)
        : book_(book), galley_(galley), geometries_(geometries), start_(start), notes_(galley),
          count_(static_cast<std::uint32_t>(galley.fragments.size())) {}

    std::vector<PagePlan> build() {
        states_.assign(count_ + 1, State());
        states_[0].cost = 0;
        states_[0].side = start_.side;
        states_[0].first_of_book = start_.first_of_book;
        for (std::uint32_t i = 0; i < count_; ++i)
            if (states_[i].cost != unreachable) explore(i);
        return trace();
    }

private:
    std::optional<PageSide> required_side(BreakBetween forced) const {
        const bool rtl = start_.right_to_left;
        switch (forced) {
        case BreakBetween::left: return PageSide::left;
        case BreakBetween::right: return PageSide::right;
        case BreakBetween::recto: return rtl ? PageSide::left : PageSide::right;
        case BreakBetween::verso: return rtl ? PageSide::right : PageSide::left;
        default: return std::nullopt;
        }
    }

    bool is_forced(std::uint32_t i) const {
        switch (galley_.fragments[i].forced) {
        case BreakBetween::automatic:
        case BreakBetween::avoid:
        case BreakBetween::avoid_page:
        case BreakBetween::column:
        case BreakBetween::avoid_column: return false;
        default: return true;
        }
    }

    Opening open(std::uint32_t i, bool keep_plans) {
        const State& state = states_[i];
        Opening out;
        out.context = {galley_.page_names[galley_.fragments[i].page_name], state.side, state.first_of_book, false};
        out.carry = state.carry;
        if (state.waiting != no_fragment && is_forced(i)) {
            measure(out);
            open_with_floats(out, i, keep_plans);
        }
        if (const auto side = i == 0 || is_forced(i) ? required_side(galley_.fragments[i].forced) : std::nullopt;
            side && *side != out.context.side) {
            if (keep_plans) {
                PagePlan blank;
                const std::string& name = i > 0 ? galley_.page_names[galley_.fragments[i - 1].page_name] : start_.name_before;
                blank.context = {name, out.context.side, out.context.first, true};
                blank.fragments = {i, i};
                out.before.push_back(std::move(blank));
            }
            out.context.side = *side;
            out.context.first = false;
        }
        measure(out);
        // Notes that leave no room for the first line take pages of their own.
        const Length first = height_at_top(i);
        while (has_notes(out.carry, notes_before(i)) &&
               first + notes_.rest_of(out.carry, notes_before(i)) + out.area > out.height) {
            PagePlan page;
            page.context = out.context;
            page.fragments = {i, i};
            const Carry after = notes_.place(out.carry, notes_before(i), out.height - out.area, &page.notes);
            if (after == out.carry) break; // not even a line of it fits
            if (notes_.rest_of(out.carry, notes_before(i)) + out.area <= out.height && first > out.height) break;
            out.carry = after;
            if (keep_plans) out.before.push_back(std::move(page));
            next_page(out);
        }
        if (state.waiting != no_fragment && !is_forced(i)) open_with_floats(out, i, keep_plans);
        return out;
    }

    void next_page(Opening& opening) {
        opening.context.side = other(opening.context.side);
        opening.context.first = false;
        measure(opening);
    }

    // What fragment `i` needs as the first of a page, with the side float that begins with it.
    Length height_at_top(std::uint32_t i) const {
        return galley_.fragments[i].height + galley_.fragments[i].overhang + continued_height(galley_, i);
    }

    // The floats that wait before fragment `i`: as many as leave room for its first line stand on its page. Where none does, or
    // before a forced break or the end, they take pages of their own.
    void open_with_floats(Opening& out, std::uint32_t i, bool keep_plans) {
        std::vector<std::uint32_t> pending;
        for (std::uint32_t k = states_[i].waiting; k < i; ++k)
            if (galley_.fragments[k].page_float != PageFloat::none) pending.push_back(k);
        const auto need = [&](std::uint32_t k) {
            return galley_.in_grid_steps(galley_.fragments[k].height + galley_.fragments[k].float_gap);
        };
        const bool with_text = i < count_ && !is_forced(i);
        for (std::size_t at = 0; at < pending.size();) {
            Length used;
            std::size_t end = at;
            if (with_text) {
                const bool notes = has_notes(out.carry, notes_before(i));
                const Length text = height_at_top(i) + (notes ? notes_.rest_of(out.carry, notes_before(i)) + out.area : Length());
                for (; end < pending.size() && used + need(pending[end]) + text <= out.height; ++end) used += need(pending[end]);
                if (end > at) {
                    for (std::size_t k = at; k < end; ++k)
                        (galley_.fragments[pending[k]].page_float == PageFloat::bottom ? out.bottom_floats : out.top_floats)
                            .push_back(pending[k]);
                    out.floats = used;
                    if (end < pending.size()) out.waiting = pending[end];
                    return;
                }
            }
            PagePlan page;
            page.context = out.context;
            page.fragments = {i, i};
            for (; end < pending.size() && (end == at || used + need(pending[end]) <= out.height); ++end) {
                used += need(pending[end]);
                page.top_floats.push_back(pending[end]);
            }
            page.too_tall = galley_.fragments[pending[at]].height > out.height + Length::pt(0.1);
            if (keep_plans) out.before.push_back(std::move(page));
            next_page(out);
            at = end;
        }
    }

    void measure(Opening& opening) {
        const PageGeometry& geometry = geometries_.of(opening.context);
        opening.height = geometry.height;
        const NoteArea area = note_area(book_, geometry);
        opening.area = area.above + area.below;
    }

    std::uint32_t notes_before(std::uint32_t i) const { return i < count_ ? galley_.fragments[i].notes.begin : notes_.count(); }
    static bool has_notes(const Carry& carry, std::uint32_t end) { return carry.note < end; }

    void relax(std::uint32_t to, const State& by) {
        if (by.cost < states_[to].cost) states_[to] = by;
    }

    // All pages that may begin with fragment `from`.
    void explore(std::uint32_t from) {
        const Opening opening = open(from, false);
        Cost base = states_[from].cost;
        for (std::uint32_t k = opening.waiting; k < from; ++k)
            if (galley_.fragments[k].page_float != PageFloat::none) base += cost_of_far_float;
        PageFill page(galley_, notes_, opening, from, keeps_space(from));
        for (std::uint32_t i = from; i < count_; ++i) {
            const bool fits = page.take(i);
            if (!fits && i > from) return;
            const std::uint32_t next = i + 1;
            const bool ends = next == count_ || is_forced(next);
            State state;
            state.cost = base;
            state.previous = from;
            state.carry = {galley_.fragments[i].notes.end, 0};
            state.side = other(opening.context.side);
            state.waiting = page.waiting;
            const Length room = page.room(next);
            const Depth depth = ends ? Depth() : depth_of(page, opening, room);
            if (!fits) state.cost += cost_of_late_note;
            if (page.notes_height > room) {
                state.carry = notes_.place(opening.carry, galley_.fragments[i].notes.end, room, nullptr);
                state.cost += cost_of_divided_note;
            } else if (!ends) {
                const Cost empty = cost_of_emptiness((room - page.notes_height + page.unused) / opening.height);
                state.cost += ends_early(next, room - page.notes_height) ? empty * 2 : empty;
            }
            if (!ends) {
                state.cost += cost_of_break(page, from, next, ends_spread(opening.context.side));
            } else {
                if (page.waiting != no_fragment) state.cost += cost_of_empty_page; // one more page
                const double filled = page.body / opening.height;
                if (from > 0 && !is_forced(from) && filled < short_end)
                    state.cost += static_cast<Cost>(static_cast<double>(cost_of_short_end) * (1 - filled / short_end));
            }
            if (depth.bound && opening.context.side == first_of_spread()) state.before = depth;
            if (depth.bound && states_[from].before.bound && opening.context.side != first_of_spread())
                state.cost += cost_of_difference(Depth::difference(states_[from].before, depth) / opening.height);
            relax(next, state);
            if (ends || !fits) return;
        }
    }

    // The reader turns the leaf behind the right page, from right to left behind the left one.
    BreakPlace ends_spread(PageSide side) const {
        return (side == PageSide::left) == start_.right_to_left ? BreakPlace::spread : BreakPlace::page;
    }

    // Floats that wait right before the break stand behind it in any case: the break is before the first of them.
    Cost cost_of_break(const PageFill& page, std::uint32_t from, std::uint32_t next, BreakPlace place) const {
        Cost cost = cost_before(galley_.fragments[next], place);
        std::uint32_t first = next;
        while (first > from && page.waiting < first && page.is_gone(first - 1)) {
            --first;
            cost = std::max(cost, cost_before(galley_.fragments[first], place));
        }
        for (const std::uint32_t gone : page.gone)
            if (gone >= page.waiting && gone < first) cost += cost_of_moved_float;
        return cost;
    }

    // A few lines are shared out over the pages; more stands on one page, so that the others are full.
    static Cost cost_of_emptiness(double share) {
        const double empty = std::min(share / empty_page, 1.0), more = std::max(share - empty_page, 0.0);
        return static_cast<Cost>(static_cast<double>(cost_of_empty_page) * (empty * empty + more));
    }

    // The page could have taken one fragment more: of two ways to leave a page short, the later page is the better one.
    bool ends_early(std::uint32_t next, Length room) const {
        const Fragment& fragment = galley_.fragments[next];
        return next + 1 < count_ && fragment.notes.empty() && fragment.space_before + fragment.height <= room &&
               cost_before(galley_.fragments[next + 1], BreakPlace::page) < cost_of_orphan;
    }

    PageSide first_of_spread() const { return start_.right_to_left ? PageSide::right : PageSide::left; }

    // On a grid spaces do not stretch: its pages are as deep as one another or differ by lines.
    Depth depth_of(const PageFill& page, const Opening& opening, Length room) {
        if (geometries_.of(opening.context).style.depth == PageDepth::ragged || page.has_columns) return {};
        const Length most = max(room - page.notes_height, Length());
        const Length stretch = galley_.grid_step > Length() ? Length() : page.flexible.scaled(most_stretch);
        return {max(most - stretch, Length()), most, true};
    }

    static Cost cost_of_difference(double share) {
        return std::min(static_cast<Cost>(static_cast<double>(cost_of_unequal_depth) * share), cost_of_most_unequal);
    }

    bool keeps_space(std::uint32_t from) const { return from == 0 || is_forced(from); }

    std::vector<PagePlan> trace() {
        std::vector<std::uint32_t> path;
        for (std::uint32_t at = count_; at > 0; at = states_[at].previous) path.push_back(at);
        std::reverse(path.begin(), path.end());
        std::vector<PagePlan> plans;
        std::vector<Depth> depths; // of the plans
        std::uint32_t from = 0;
        for (const std::uint32_t to : path) {
            Opening opening = open(from, true);
            std::move(opening.before.begin(), opening.before.end(), std::back_inserter(plans));
            depths.resize(plans.size());
            PageFill fill(galley_, notes_, opening, from, keeps_space(from));
            for (std::uint32_t i = from; i < to; ++i) fill.take(i);
            PagePlan page;
            page.context = opening.context;
            page.fragments = {from, to};
            page.keeps_first_space = keeps_space(from);
            page.top_floats = std::move(opening.top_floats);
            page.top_floats.insert(page.top_floats.end(), fill.top_floats.begin(), fill.top_floats.end());
            page.bottom_floats = std::move(opening.bottom_floats);
            page.bottom_floats.insert(page.bottom_floats.end(), fill.bottom_floats.begin(), fill.bottom_floats.end());
            page.gone = fill.gone;
            if (opening.waiting != no_fragment) page.far_float = opening.waiting;
            const std::uint32_t end = galley_.fragments[to - 1].notes.end;
            const Carry after = notes_.place(opening.carry, end, fill.room(to), &page.notes);
            page.late_notes =
                after.note < end && (after.note + 1 < end || after.fragment == 0) && after.note >= notes_before(from);
            page.too_tall = fill.body + broken_height(galley_, to) > opening.height + Length::pt(0.1);
            if (to < count_ && !is_forced(to)) depths.push_back(depth_of(fill, opening, fill.room(to)));
            page.flexible = fill.flexible;
            const PageContext context = page.context;
            plans.push_back(std::move(page));
            if (to == count_) append_rest(after, context, plans);
            from = to;
        }
        depths.resize(plans.size());
        make_facing_pages_equal(plans, depths);
        return plans;
    }

    // Both pages of a spread end on the same line if they can; a page alone is filled if it can be.
    void make_facing_pages_equal(std::vector<PagePlan>& plans, const std::vector<Depth>& depths) const {
        for (std::size_t i = 0; i < plans.size(); ++i) {
            if (!depths[i].bound) continue;
            const bool faces = i + 1 < plans.size() && depths[i + 1].bound && plans[i].context.side == first_of_spread() &&
                               plans[i + 1].context.side != first_of_spread();
            if (faces && Depth::difference(depths[i], depths[i + 1]) == Length()) {
                const bool both_full = max(depths[i].least, depths[i + 1].least) == Length();
                const Length empty = both_full ? Length() : min(depths[i].most, depths[i + 1].most);
                plans[i].stretch = depths[i].most - empty;
                plans[i + 1].stretch = depths[i + 1].most - empty;
                ++i;
            } else if (depths[i].least == Length()) {
                plans[i].stretch = depths[i].most;
            }
        }
    }

    // Floats and notes that are left when the text has ended.
    void append_rest(Carry carry, PageContext context, std::vector<PagePlan>& plans) {
        Opening opening;
        opening.context = context;
        next_page(opening);
        if (states_[count_].waiting != no_fragment) open_with_floats(opening, count_, true);
        std::move(opening.before.begin(), opening.before.end(), std::back_inserter(plans));
        while (has_notes(carry, notes_.count())) {
            PagePlan page;
            page.context = opening.context;
            page.fragments = {count_, count_};
            const Carry after = notes_.place(carry, notes_.count(), opening.height - opening.area, &page.notes);
            if (after == carry) { // a line taller than the page: it is shown all the same
                page.notes.push_back({carry.note, {carry.fragment, carry.fragment + 1}});
                page.too_tall = true;
                carry = carry.fragment + 1 < notes_.size_of(carry.note) ? Carry{carry.note, carry.fragment + 1}
                                                                        : Carry{carry.note + 1, 0};
            } else {
                carry = after;
            }
            plans.push_back(std::move(page));
            next_page(opening);
        }
    }

    const StyledBook& book_;
    const Galley& galley_;
    PageGeometries& geometries_;
    const SectionStart& start_;
    NoteStack notes_;
    std::uint32_t count_;
    std::vector<State> states_;
};

} // namespace

Length continued_height(const Galley& galley, std::uint32_t first_fragment) {
    if (first_fragment >= galley.fragments.size()) return {};
    std::uint32_t container = galley.fragments[first_fragment].container;
    while (container != no_container && galley.containers[container].fragments.begin >= first_fragment)
        container = galley.containers[container].parent;
    return galley.fragments[first_fragment].clone_top +
           (container == no_container ? Length() : galley.containers[container].continue_height);
}

Length broken_height(const Galley& galley, std::uint32_t end_fragment) {
    if (end_fragment == 0) return {};
    std::uint32_t container = galley.fragments[end_fragment - 1].container;
    while (container != no_container && galley.containers[container].fragments.end <= end_fragment)
        container = galley.containers[container].parent;
    return galley.fragments[end_fragment - 1].clone_bottom +
           (container == no_container ? Length() : galley.containers[container].break_height);
}

Length stretched(const PagePlan& plan, const Fragment& fragment, Length space) {
    if (fragment.rigid || space <= Length() || plan.stretch <= Length()) return space;
    return space + Length::from_sp(space.sp() * plan.stretch.sp() / plan.flexible.sp());
}

std::vector<std::uint32_t> shown_fragments(const PagePlan& plan) {
    std::vector<std::uint32_t> shown = plan.top_floats;
    for (std::uint32_t i = plan.fragments.begin; i < plan.fragments.end; ++i)
        if (!std::binary_search(plan.gone.begin(), plan.gone.end(), i)) shown.push_back(i);
    shown.insert(shown.end(), plan.bottom_floats.begin(), plan.bottom_floats.end());
    return shown;
}

std::vector<PagePlan> build_pages(const StyledBook& book, const Galley& galley, PageGeometries& geometries,
                                  const SectionStart& start) {
    if (galley.fragments.empty()) return {};
    return PageBuilder(book, galley, geometries, start).build();
}

} // namespace bifolio
