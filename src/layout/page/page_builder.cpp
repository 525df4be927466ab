#include "layout/page/page_builder.h"

#include <algorithm>
#include <limits>

namespace bifolio {

namespace {

constexpr Cost cost_of_divided_note = 15'000;
constexpr Cost cost_of_late_note = 50'000;
constexpr Cost cost_of_short_end = 1'500; // a last page of a line or two
constexpr double short_end = 0.12;        // of the page's height
constexpr double empty_page = 0.3;        // of the page's height: a page with so much left over looks as empty as any
constexpr Cost unreachable = std::numeric_limits<Cost>::max();

struct Carry { // notes from here on wait for the next page; the first of them may have begun
    std::uint32_t note = 0, fragment = 0;
    bool operator==(const Carry&) const = default;
};

struct State { // the next page begins with fragment i
    Cost cost = unreachable;
    std::uint32_t previous = 0;
    Carry carry;
    PageSide side = PageSide::right;
    bool first_of_book = false;
};

PageSide other(PageSide side) { return side == PageSide::left ? PageSide::right : PageSide::left; }

class PageBuilder {
public:
    PageBuilder(const StyledBook& book, const Galley& galley, PageGeometries& geometries, const SectionStart& start)
        : book_(book), galley_(galley), geometries_(geometries), start_(start),
          count_(static_cast<std::uint32_t>(galley.fragments.size())) {
        for (const NoteBody& note : galley.notes) {
            std::vector<Length>& sums = note_sums_.emplace_back(1);
            for (const Fragment& fragment : note.galley->fragments)
                sums.push_back(sums.back() + fragment.space_before + fragment.height);
        }
    }

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
    struct Opening {                  // the page that a state begins with
        std::vector<PagePlan> before; // a blank page, pages that hold notes only
        PageContext context;
        Carry carry;
        Length height, area; // of the content; around the notes
    };

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
        if (const auto side = i == 0 || is_forced(i) ? required_side(galley_.fragments[i].forced) : std::nullopt;
            side && *side != state.side) {
            if (keep_plans) {
                PagePlan blank;
                const std::string& name = i > 0 ? galley_.page_names[galley_.fragments[i - 1].page_name] : start_.name_before;
                blank.context = {name, state.side, state.first_of_book, true};
                blank.fragments = {i, i};
                out.before.push_back(std::move(blank));
            }
            out.context.side = *side;
            out.context.first = false;
        }
        measure(out);
        // Notes that leave no room for the first line take pages of their own.
        const Length first = galley_.fragments[i].height + continued_height(galley_, i);
        while (has_notes(out.carry, notes_before(i)) && first + rest_of(out.carry, notes_before(i)) + out.area > out.height) {
            PagePlan page;
            page.context = out.context;
            page.fragments = {i, i};
            const Carry after = place(out.carry, notes_before(i), out.height - out.area, &page.notes);
            if (after == out.carry) break; // not even a line of it fits
            if (rest_of(out.carry, notes_before(i)) + out.area <= out.height && first > out.height) break;
            out.carry = after;
            if (keep_plans) out.before.push_back(std::move(page));
            out.context.side = other(out.context.side);
            out.context.first = false;
            measure(out);
        }
        return out;
    }

    void measure(Opening& opening) {
        const PageGeometry& geometry = geometries_.of(opening.context);
        opening.height = geometry.height;
        const NoteArea area = note_area(book_, geometry);
        opening.area = area.above + area.below;
    }

    std::uint32_t notes_before(std::uint32_t i) const { return i < count_ ? galley_.fragments[i].notes.begin : notes_end(); }
    std::uint32_t notes_end() const { return static_cast<std::uint32_t>(galley_.notes.size()); }
    static bool has_notes(const Carry& carry, std::uint32_t end) { return carry.note < end; }

    Length part_of(std::uint32_t note, std::uint32_t from, std::uint32_t to) const {
        const auto& sums = note_sums_[note];
        Length height = sums[to] - sums[from];
        if (from > 0 && from < to) height = height - galley_.notes[note].galley->fragments[from].space_before;
        return height;
    }
    std::uint32_t size_of(std::uint32_t note) const { return static_cast<std::uint32_t>(note_sums_[note].size() - 1); }

    // All that is still to come of the notes up to `end`.
    Length rest_of(const Carry& carry, std::uint32_t end) const {
        Length height;
        for (std::uint32_t note = carry.note; note < end; ++note)
            height += part_of(note, note == carry.note ? carry.fragment : 0, size_of(note));
        return height;
    }

    // Where a note is divided, its orphans and widows are kept if they can be.
    std::uint32_t good_end(std::uint32_t note, std::uint32_t from, std::uint32_t to) const {
        const std::vector<Fragment>& fragments = galley_.notes[note].galley->fragments;
        for (std::uint32_t end = to; end > from; --end)
            if (fragments[end].penalty_before < cost_of_orphan) return end;
        return to;
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

    void relax(std::uint32_t to, Cost cost, std::uint32_t from, const Carry& carry, PageSide side) {
        State& state = states_[to];
        if (cost >= state.cost) return;
        state.cost = cost;
        state.previous = from;
        state.carry = carry;
        state.side = side;
        state.first_of_book = false;
    }

    // All pages that may begin with fragment `from`.
    void explore(std::uint32_t from) {
        const Opening opening = open(from, false);
        const Cost base = states_[from].cost;
        const std::uint32_t carried = notes_before(from);
        Length body = continued_height(galley_, from);
        Length notes = rest_of(opening.carry, carried); // whole
        Length least = notes;                           // with only the first line of the last
        bool any_notes = has_notes(opening.carry, carried);
        if (any_notes) { // the rest of an old note may be divided again
            const std::uint32_t last = carried - 1;
            const std::uint32_t begun = last == opening.carry.note ? opening.carry.fragment : 0;
            least = notes - part_of(last, begun, size_of(last)) + part_of(last, begun, std::min(begun + 1, size_of(last)));
        }
        for (std::uint32_t i = from; i < count_; ++i) {
            const Fragment& fragment = galley_.fragments[i];
            if (i > from || keeps_space(from)) body += fragment.space_before;
            body += fragment.height;
            for (std::uint32_t note = fragment.notes.begin; note < fragment.notes.end; ++note) {
                least = notes + part_of(note, 0, std::min(1u, size_of(note)));
                notes += part_of(note, 0, size_of(note));
                any_notes = true;
            }
            const std::uint32_t next = i + 1;
            const Length area = any_notes ? opening.area : Length();
            const Length broken = next < count_ ? broken_height(galley_, next) : Length();
            const bool fits = body + broken + area + least <= opening.height;
            if (!fits && i > from) return;
            const bool ends = next == count_ || is_forced(next);
            Cost cost = base;
            Carry carry{fragment.notes.end, 0};
            const Length room = opening.height - body - broken - area;
            if (!fits) { cost += cost_of_late_note; }
            if (notes > room) {
                carry = place(opening.carry, fragment.notes.end, room, nullptr);
                cost += cost_of_divided_note;
            } else if (!ends) {
                const Cost empty = cost_of_emptiness((room - notes) / opening.height);
                cost += ends_early(next, room - notes) ? empty + empty / 4 : empty;
            }
            if (!ends) {
                cost += galley_.fragments[next].penalty_before;
            } else if (from > 0 && !is_forced(from)) {
                const double filled = body / opening.height;
                if (filled < short_end)
                    cost += static_cast<Cost>(static_cast<double>(cost_of_short_end) * (1 - filled / short_end));
            }
            relax(next, cost, from, carry, other(opening.context.side));
            if (ends || !fits) return;
        }
    }

    // The page could have taken one fragment more: of two ways to leave a page short, the later page is the better one.
    bool ends_early(std::uint32_t next, Length room) const {
        const Fragment& fragment = galley_.fragments[next];
        return next + 1 < count_ && fragment.notes.empty() && fragment.space_before + fragment.height <= room &&
               galley_.fragments[next + 1].penalty_before < cost_of_orphan;
    }

    // A few lines are shared out over the pages; more stands on one page, so that the others are full.
    static Cost cost_of_emptiness(double share) {
        const double empty = std::min(share / empty_page, 1.0), more = std::max(share - empty_page, 0.0);
        return static_cast<Cost>(static_cast<double>(cost_of_empty_page) * (empty * empty + more));
    }

    bool keeps_space(std::uint32_t from) const { return from == 0 || is_forced(from); }

    std::vector<PagePlan> trace() {
        std::vector<std::uint32_t> path;
        for (std::uint32_t at = count_; at > 0; at = states_[at].previous) path.push_back(at);
        std::reverse(path.begin(), path.end());
        std::vector<PagePlan> plans;
        std::uint32_t from = 0;
        for (const std::uint32_t to : path) {
            Opening opening = open(from, true);
            std::move(opening.before.begin(), opening.before.end(), std::back_inserter(plans));
            PagePlan page;
            page.context = opening.context;
            page.fragments = {from, to};
            page.keeps_first_space = keeps_space(from);
            Length body = continued_height(galley_, from) + (to < count_ ? broken_height(galley_, to) : Length());
            for (std::uint32_t i = from; i < to; ++i)
                body += galley_.fragments[i].height +
                        (i > from || page.keeps_first_space ? galley_.fragments[i].space_before : Length());
            const std::uint32_t end = galley_.fragments[to - 1].notes.end;
            const bool any = has_notes(opening.carry, end);
            const Carry after = place(opening.carry, end, opening.height - body - (any ? opening.area : Length()), &page.notes);
            page.late_notes =
                after.note < end && (after.note + 1 < end || after.fragment == 0) && after.note >= notes_before(from);
            page.too_tall = body > opening.height + Length::pt(0.1);
            const PageContext context = page.context;
            plans.push_back(std::move(page));
            if (to == count_) append_rest(after, context, plans);
            from = to;
        }
        return plans;
    }

    // Notes that are left when the text has ended.
    void append_rest(Carry carry, PageContext context, std::vector<PagePlan>& plans) {
        while (has_notes(carry, notes_end())) {
            PagePlan page;
            context.side = other(context.side);
            context.first = false;
            page.context = context;
            page.fragments = {count_, count_};
            Opening opening;
            opening.context = context;
            measure(opening);
            const Carry after = place(carry, notes_end(), opening.height - opening.area, &page.notes);
            if (after == carry) { // a line taller than the page: it is shown all the same
                page.notes.push_back({carry.note, {carry.fragment, carry.fragment + 1}});
                page.too_tall = true;
                carry =
                    carry.fragment + 1 < size_of(carry.note) ? Carry{carry.note, carry.fragment + 1} : Carry{carry.note + 1, 0};
            } else {
                carry = after;
            }
            plans.push_back(std::move(page));
        }
    }

    const StyledBook& book_;
    const Galley& galley_;
    PageGeometries& geometries_;
    const SectionStart& start_;
    std::uint32_t count_;
    std::vector<std::vector<Length>> note_sums_; // heights of each note's fragments, summed up
    std::vector<State> states_;
};

} // namespace

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

Length continued_height(const Galley& galley, std::uint32_t first_fragment) {
    if (first_fragment >= galley.fragments.size()) return {};
    std::uint32_t container = galley.fragments[first_fragment].container;
    while (container != no_container && galley.containers[container].fragments.begin >= first_fragment)
        container = galley.containers[container].parent;
    return container == no_container ? Length() : galley.containers[container].continue_height;
}

Length broken_height(const Galley& galley, std::uint32_t end_fragment) {
    if (end_fragment == 0) return {};
    std::uint32_t container = galley.fragments[end_fragment - 1].container;
    while (container != no_container && galley.containers[container].fragments.end <= end_fragment)
        container = galley.containers[container].parent;
    return container == no_container ? Length() : galley.containers[container].break_height;
}

std::vector<PagePlan> build_pages(const StyledBook& book, const Galley& galley, PageGeometries& geometries,
                                  const SectionStart& start) {
    if (galley.fragments.empty()) return {};
    return PageBuilder(book, galley, geometries, start).build();
}

} // namespace bifolio
