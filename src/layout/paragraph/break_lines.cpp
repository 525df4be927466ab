#include "layout/paragraph/break_lines.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

// The model     TeX: The Program, §813 to §890. The names of its variables are in the comments where ours differ.
// Widths        Instead of TeX's delta nodes every active node keeps the sums up to where its line begins; a line's measures are
//               one subtraction. Demerits are 64-bit, so TeX's awful_bad never cuts a long paragraph short.
// Beyond TeX    A limit for ladders of hyphens: the count of hyphenated lines in a row is part of a node's class, so pruning
//               never loses a path that keeps the limit; breaking it costs more than anything a feasible line can cost. The
//               same price stands on a hyphen before the last line where that is banned.
//               Letters that may be spaced take a share of a line's shortfall, hanging punctuation widens its measure, a very
//               short last line has its price. Without these the breaks are TeX's.
// Bounds        The active list is cut to the best nodes when hostile input (thousands of breaks without width) would make it
//               grow without end.

namespace bifolio {
namespace {

using Kind = ParagraphItem::Kind;

constexpr int infinitely_bad = 10'000;
constexpr std::int64_t awful_demerits = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::int64_t ladder_demerits = 1'000'000'000'000; // more than any feasible paragraph
constexpr std::size_t most_active = 1'000;
constexpr int most_ladder_classes = 16;

// TeX §108: about 100 (t/s)³, in whole numbers.
int badness(std::int64_t t, std::int64_t s) {
    if (t == 0) return 0;
    if (s <= 0) return infinitely_bad;
    std::int64_t r = t;
    if (t <= 7'230'584)
        r = t * 297 / s;
    else if (s >= 1'663'497)
        r = t / (s / 297);
    return r > 1290 ? infinitely_bad : static_cast<int>((r * r * r + 131'072) / 262'144);
}

struct Sums { // of all items before some place
    std::int64_t width = 0, shrink = 0;
    std::array<std::int64_t, 4> stretch{};
    std::int64_t letter_stretch = 0, letter_shrink = 0;
};

// How much of a shortfall the letters take: all that would change the word spaces visibly, as far as they can.
std::int64_t share_of_letters(std::int64_t shortfall, std::int64_t of_words, std::int64_t of_letters) {
    return std::clamp<std::int64_t>(shortfall - of_words / 10, 0, of_letters);
}

// What counts as the spaces' shortfall: spaced letters are seen too, though less.
std::int64_t felt_shortfall(std::int64_t shortfall, std::int64_t of_words, std::int64_t of_letters) {
    if (of_letters == 0) return shortfall;
    const std::int64_t letters = share_of_letters(shortfall, of_words, of_letters);
    return shortfall - letters + letters / 4;
}

enum Fitness : std::uint8_t { very_loose, loose, decent, tight };

struct Break { // TeX's passive node
    std::uint32_t item = 0;
    std::uint32_t before = 0; // index of the break before; 0 is the paragraph's begin
};

struct Active {
    std::uint32_t place = 0;  // index into the breaks
    std::uint32_t start = 0;  // first item of the line that begins here
    std::uint32_t line = 0;   // number of that line, from 0
    std::uint32_t ladder = 0; // hyphenated lines in a row that end here
    Fitness fitness = decent;
    bool hyphenated = false;
    std::int64_t demerits = 0;
};

struct Measured { // a line
    std::int64_t shortfall = 0;
    int badness = 0;
    Fitness fitness = decent;
};

class Breaker {
public:
    Breaker(std::span<const ParagraphItem> items, std::span<const LineShape> shape, const LineBreakSettings& settings)
        : items_(items), shape_(shape), settings_(settings), sums_(items.size() + 1) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            sums_[i + 1] = sums_[i];
            const ParagraphItem& item = items[i];
            if (item.kind == Kind::penalty) continue;
            sums_[i + 1].width += item.width.sp();
            if (item.kind == Kind::box) {
                sums_[i + 1].letter_stretch += item.stretch.sp();
                sums_[i + 1].letter_shrink += item.shrink.sp();
                continue;
            }
            sums_[i + 1].stretch[std::min<std::size_t>(item.stretch_order, 3)] += item.stretch.sp();
            sums_[i + 1].shrink += item.shrink.sp();
        }
        ladder_classes_ = settings.hyphen_ladder_limit > 0 ? std::min(settings.hyphen_ladder_limit + 1, most_ladder_classes) : 1;
        best_.resize(static_cast<std::size_t>(4 * ladder_classes_));
    }

    BrokenParagraph run() {
        std::optional<BrokenParagraph> short_ended; // without divided words, but with a very short last line
        for (int pass = settings_.pretolerance >= 0 ? 1 : 2;; ++pass) {
            const bool last = pass == 3 || (pass == 2 && settings_.emergency_stretch <= Length());
            if (const auto found = try_pass(pass, last)) {
                BrokenParagraph made = result(*found, pass);
                if (short_ended) return made.demerits < short_ended->demerits ? made : *short_ended;
                if (pass > 1 || !ends_in_runt(made)) return made;
                short_ended = std::move(made);
            } else if (short_ended) {
                return *short_ended;
            }
            assert(!last && "the last pass always ends");
        }
    }

private:
    struct Candidate { // the best way to a break within one class
        std::int64_t demerits = awful_demerits;
        std::uint32_t place = 0, line = 0, ladder = 0;
    };

    std::optional<Active> try_pass(int pass, bool last_pass) {
        last_pass_ = last_pass;
        threshold_ = std::min(pass == 1 ? settings_.pretolerance : settings_.tolerance, infinitely_bad);
        background_ = pass == 3 ? settings_.emergency_stretch.sp() : 0;
        breaks_.assign(1, Break{});
        active_.assign(1, Active{});
        const std::uint32_t end = last_break();
        for (std::uint32_t i = 0; i < end && !active_.empty(); ++i) {
            const ParagraphItem& item = items_[i];
            if (item.kind == Kind::glue) {
                if (i > 0 && items_[i - 1].kind == Kind::box) try_break(i, 0, false);
            } else if (item.kind == Kind::penalty && item.penalty < infinite_penalty) {
                const bool discretionary = item.flagged && item.width != Length() && item.penalty > forced_break;
                if (pass > 1 || !discretionary) try_break(i, std::max(item.penalty, forced_break), item.flagged);
            }
        }
        if (!active_.empty()) try_break(end, forced_break, true);
        return active_.empty() ? std::nullopt : choose(last_pass);
    }

    // The item of the final break: the closing forced penalty, or the end where the caller left it out.
    std::uint32_t last_break() const {
        const auto count = static_cast<std::uint32_t>(items_.size());
        const ParagraphItem& last = items_[count - 1];
        return last.kind == Kind::penalty && last.penalty <= forced_break ? count - 1 : count;
    }

    // What begins the line after a break: glue and penalties vanish, but not a forced break.
    std::uint32_t start_after(std::uint32_t item) const {
        std::uint32_t next = item + 1;
        while (next < items_.size() && items_[next].kind != Kind::box && !is_forced(items_[next])) ++next;
        return std::min<std::uint32_t>(next, static_cast<std::uint32_t>(items_.size()));
    }
    static bool is_forced(const ParagraphItem& item) { return item.kind == Kind::penalty && item.penalty <= forced_break; }

    const LineShape& shape_of(std::uint32_t line) const { return shape_[std::min<std::size_t>(line, shape_.size() - 1)]; }

    // Lines of one class compete with each other (TeX's easy_line): where all later lines are alike their number is of no
    // importance, unless the looseness counts them.
    std::uint32_t class_of(std::uint32_t line) const {
        return settings_.looseness != 0 ? line : std::min<std::uint32_t>(line, static_cast<std::uint32_t>(shape_.size() - 1));
    }

    // TeX §851 to §853.
    Measured measure(const Active& from, std::uint32_t item, std::int64_t added) const {
        const Sums& begin = sums_[std::min(from.start, item)];
        const Sums& end = sums_[item];
        Measured m;
        m.shortfall = shape_of(from.line).width.sp() + hang_of(from.start) + hang_of(item) - (end.width - begin.width + added);
        if (m.shortfall > 0) {
            if (end.stretch[1] != begin.stretch[1] || end.stretch[2] != begin.stretch[2] || end.stretch[3] != begin.stretch[3])
                return m;
            const std::int64_t words = end.stretch[0] - begin.stretch[0], stretch = words + background_;
            const std::int64_t felt = felt_shortfall(m.shortfall, words, end.letter_stretch - begin.letter_stretch);
            m.badness = felt > 7'230'584 && stretch < 1'663'497 ? infinitely_bad : badness(felt, stretch);
            m.fitness = m.badness > 99 ? very_loose : m.badness > 12 ? loose : decent;
        } else {
            const std::int64_t shrink = end.shrink - begin.shrink;
            const std::int64_t letters = end.letter_shrink - begin.letter_shrink;
            m.badness = -m.shortfall > shrink + letters
                            ? infinitely_bad + 1
                            : badness(felt_shortfall(-m.shortfall, shrink, letters), shrink + letters / 4);
            m.fitness = m.badness > 12 ? tight : decent;
        }
        return m;
    }

    std::int64_t hang_of(std::uint32_t item) const { return item < items_.size() ? items_[item].hang.sp() : 0; }

    // A last line that is too short, or holds nothing but the end of a divided word.
    bool is_runt(std::uint32_t begin, std::uint32_t end, bool hyphenated_before) const {
        const Sums &from = sums_[std::min(begin, end)], &to = sums_[end];
        return to.width - from.width < settings_.runt_width.sp() || (hyphenated_before && to.stretch[0] == from.stretch[0]);
    }

    bool ends_in_runt(const BrokenParagraph& paragraph) const {
        if (settings_.runt_demerits <= 0 || paragraph.lines.size() < 2) return false;
        const BrokenLine& last = paragraph.lines.back();
        return is_runt(last.begin, last.end, paragraph.lines[paragraph.lines.size() - 2].hyphenated);
    }

    // TeX §859.
    std::int64_t demerits_of(const Active& from, const Measured& line, int penalty, bool hyphenated, bool is_last) const {
        std::int64_t d = settings_.line_penalty + line.badness;
        d = d >= 10'000 || d <= -10'000 ? 100'000'000 : d * d;
        const std::int64_t p = penalty;
        if (p > 0)
            d += p * p;
        else if (p > forced_break)
            d -= p * p;
        if (hyphenated && from.hyphenated) d += is_last ? settings_.final_hyphen_demerits : settings_.double_hyphen_demerits;
        if (std::abs(int{line.fitness} - int{from.fitness}) > 1) d += settings_.adjacent_demerits;
        if (settings_.no_final_hyphen && is_last && from.hyphenated) d += ladder_demerits;
        if (settings_.hyphen_ladder_limit > 0 && hyphenated && !is_last &&
            from.ladder >= static_cast<std::uint32_t>(settings_.hyphen_ladder_limit))
            d += ladder_demerits;
        return d;
    }

    // TeX §829: every active node as the begin of a line that ends at `item`.
    void try_break(std::uint32_t item, int penalty, bool hyphenated) {
        const bool is_last = item == last_item_;
        const std::int64_t added = item < items_.size() && items_[item].kind == Kind::penalty ? items_[item].width.sp() : 0;
        kept_.clear();
        found_any_ = false;
        for (std::size_t i = 0; i < active_.size(); ++i) {
            const Active& from = active_[i];
            if (i > 0 && class_of(from.line) != class_of(active_[i - 1].line)) add_found(item, hyphenated);
            const bool empty = from.start > item && penalty > forced_break; // nothing but vanished glue between the two
            if (empty) {
                kept_.push_back(from);
                continue;
            }
            const Measured line = measure(from, item, added);
            const bool over = line.badness > infinitely_bad;
            const bool leaves = over || penalty <= forced_break;
            // The last hope of the last pass: an overfull line rather than none (TeX §854).
            const bool artificial = leaves && last_pass_ && !found_any_ && kept_.empty() && i + 1 == active_.size();
            if (line.badness <= threshold_ || artificial) {
                std::int64_t cost =
                    artificial && line.badness > threshold_ ? 0 : demerits_of(from, line, penalty, hyphenated, is_last);
                if (is_last && from.place != 0 && is_runt(from.start, item, from.hyphenated)) cost += settings_.runt_demerits;
                consider(from, line.fitness, from.demerits + cost, hyphenated);
            }
            if (!leaves) kept_.push_back(from);
        }
        add_found(item, hyphenated);
        std::swap(active_, kept_);
        if (active_.size() > most_active) keep_best();
    }

    // TeX §855. Of equals the later one wins.
    void consider(const Active& from, Fitness fitness, std::int64_t demerits, bool hyphenated) {
        const std::uint32_t ladder = hyphenated ? from.ladder + 1 : 0;
        const std::size_t at = std::min<std::size_t>(ladder, static_cast<std::size_t>(ladder_classes_ - 1)) * 4 + fitness;
        if (demerits > best_[at].demerits) return;
        best_[at] = {demerits, from.place, from.line + 1, ladder};
        found_any_ = true;
    }

    // TeX §836: a new active node for each class that is worth following.
    void add_found(std::uint32_t item, bool hyphenated) {
        if (!found_any_) return;
        std::int64_t least = awful_demerits;
        for (const Candidate& c : best_) least = std::min(least, c.demerits);
        for (std::size_t at = 0; at < best_.size(); ++at) {
            Candidate& c = best_[at];
            if (c.demerits <= least + std::abs(std::int64_t{settings_.adjacent_demerits}) && c.demerits < awful_demerits) {
                breaks_.push_back({item, c.place});
                kept_.push_back({static_cast<std::uint32_t>(breaks_.size() - 1), start_after(item), c.line, c.ladder,
                                 static_cast<Fitness>(at % 4), hyphenated, c.demerits});
            }
            c = Candidate{};
        }
        found_any_ = false;
    }

    void keep_best() {
        std::vector<std::int64_t> demerits;
        for (const Active& a : active_) demerits.push_back(a.demerits);
        const auto middle = demerits.begin() + static_cast<std::ptrdiff_t>(most_active / 2);
        std::nth_element(demerits.begin(), middle, demerits.end());
        const std::int64_t limit = *middle;
        std::size_t room = most_active / 2; // equals are cut too, the earlier ones first
        const std::size_t equals = static_cast<std::size_t>(std::ranges::count(active_, limit, &Active::demerits));
        const std::size_t below =
            static_cast<std::size_t>(std::ranges::count_if(active_, [&](const Active& a) { return a.demerits < limit; }));
        std::size_t dropped = below + equals > room ? below + equals - room : 0;
        std::erase_if(active_, [&](const Active& a) {
            if (a.demerits == limit && dropped > 0) {
                --dropped;
                return true;
            }
            return a.demerits > limit;
        });
    }

    // TeX §873 to §875.
    std::optional<Active> choose(bool last_pass) const {
        const Active* best = &active_.front();
        for (const Active& a : active_)
            if (a.demerits < best->demerits) best = &a;
        if (settings_.looseness == 0) return *best;
        const int best_line = static_cast<int>(best->line);
        int actual = 0;
        for (const Active& a : active_) {
            const int difference = static_cast<int>(a.line) - best_line;
            const bool nearer = (difference < actual && settings_.looseness <= difference) ||
                                (difference > actual && settings_.looseness >= difference);
            if (nearer || (difference == actual && a.demerits < best->demerits)) {
                best = &a;
                actual = difference;
            }
        }
        if (actual == settings_.looseness || last_pass) return *best;
        return std::nullopt;
    }

    BrokenParagraph result(const Active& end, int pass) const {
        BrokenParagraph paragraph;
        paragraph.demerits = end.demerits;
        paragraph.pass = pass;
        std::vector<std::uint32_t> ends;
        for (std::uint32_t place = end.place; place != 0; place = breaks_[place].before) ends.push_back(breaks_[place].item);
        std::ranges::reverse(ends);
        std::uint32_t begin = 0;
        for (std::uint32_t item : ends) {
            paragraph.lines.push_back(line_of(static_cast<std::uint32_t>(paragraph.lines.size()), std::min(begin, item), item));
            begin = start_after(item);
        }
        return paragraph;
    }

    BrokenLine line_of(std::uint32_t number, std::uint32_t begin, std::uint32_t end) const {
        BrokenLine line;
        line.begin = begin;
        line.end = end;
        std::int64_t width = sums_[end].width - sums_[begin].width;
        if (end < items_.size() && items_[end].kind == Kind::penalty) {
            width += items_[end].width.sp();
            line.hyphenated = items_[end].flagged && items_[end].penalty > forced_break;
        }
        line.natural_width = Length::from_sp(width);
        line.hang_begin = Length::from_sp(hang_of(begin));
        line.hang_end = Length::from_sp(hang_of(end));
        std::int64_t shortfall = shape_of(number).width.sp() + hang_of(begin) + hang_of(end) - width;
        for (std::uint8_t order = 0; order < 4; ++order)
            if (sums_[end].stretch[order] != sums_[begin].stretch[order]) line.stretch_order = order;
        if (shortfall > 0) {
            const std::int64_t stretch = sums_[end].stretch[0] - sums_[begin].stretch[0];
            if (line.stretch_order > 0) return line;
            const std::int64_t letters =
                share_of_letters(shortfall, stretch, sums_[end].letter_stretch - sums_[begin].letter_stretch);
            line.letter_space = Length::from_sp(letters);
            shortfall -= letters;
            if (stretch > 0) line.ratio = static_cast<double>(shortfall) / static_cast<double>(stretch);
        } else if (shortfall < 0) {
            line.stretch_order = 0;
            const std::int64_t shrink = sums_[end].shrink - sums_[begin].shrink;
            const std::int64_t letters =
                share_of_letters(-shortfall, shrink, sums_[end].letter_shrink - sums_[begin].letter_shrink);
            line.letter_space = Length::from_sp(-letters);
            shortfall += letters;
            line.overfull = -shortfall > shrink;
            if (shrink > 0) line.ratio = std::max(-1.0, static_cast<double>(shortfall) / static_cast<double>(shrink));
        }
        return line;
    }

    std::span<const ParagraphItem> items_;
    std::span<const LineShape> shape_;
    const LineBreakSettings& settings_;
    std::vector<Sums> sums_;
    int ladder_classes_ = 1;
    std::uint32_t last_item_ = items_.empty() ? 0 : last_break();

    bool last_pass_ = false, found_any_ = false;
    int threshold_ = 0;
    std::int64_t background_ = 0;
    std::vector<Break> breaks_;
    std::vector<Active> active_, kept_;
    std::vector<Candidate> best_;
};

} // namespace

BrokenParagraph break_lines(std::span<const ParagraphItem> items, std::span<const LineShape> shape,
                            const LineBreakSettings& settings) {
    if (items.empty()) return {};
    static constexpr LineShape no_width{};
    return Breaker(items, shape.empty() ? std::span(&no_width, 1) : shape, settings).run();
}

} // namespace bifolio
