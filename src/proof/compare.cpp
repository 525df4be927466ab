#include "proof/compare.h"

#include "proof/expected_text.h"

#include <algorithm>
#include <map>

namespace bifolio {

namespace {

struct Block {
    std::size_t begin = 0, end = 0;
    std::uint64_t sum = 0; // of its characters, whatever their order
};

struct Range {
    std::size_t begin = 0, end = 0;
    std::size_t size() const { return end - begin; }
};

class Comparer {
public:
    Comparer(const TextStream& expected, TextStream& found) : expected_(expected), found_(found) {}

    std::vector<Difference> compare() {
        if (same({0, expected_.tokens.size()}, {0, found_.tokens.size()}, nullptr)) return {};
        restore_spaces();
        if (same({0, expected_.tokens.size()}, {0, found_.tokens.size()}, nullptr)) return {};
        expected_blocks_ = blocks_of(expected_.tokens, [](TextToken token) { return gap_of(token) == Gap::boundary; });
        found_blocks_ = blocks_of(found_.tokens, [](TextToken token) { return (token & found_gap::boundary) != 0; });
        match({0, expected_blocks_.size()}, {0, found_blocks_.size()}, 0);
        return std::move(out_);
    }

private:
    template <class Begins>
    static std::vector<Block> blocks_of(const std::vector<TextToken>& tokens, const Begins& begins) {
        std::vector<Block> out;
        for (std::size_t at = 0; at < tokens.size(); ++at) {
            if (out.empty() || begins(tokens[at])) out.push_back({at, at, 0});
            out.back().end = at + 1;
            out.back().sum += sum_of(code_point(tokens[at]));
        }
        return out;
    }

    struct Edit { // of what was found, before a token
        std::size_t at = 0;
        TextToken inserted = 0; // 0: the token itself is taken out
    };

    // Spaces that are no white space vanish where a line ends; what a file lacks of them there is put in again. A selector of a
    // form that the book does not count, because something stands before it of which nothing is asked, is taken out.
    void restore_spaces() {
        std::vector<Edit> edits;
        std::size_t f = 0;
        for (std::size_t e = 0; e < expected_.tokens.size(); ++e) {
            const TextToken wanted = expected_.tokens[e];
            if (f < found_.tokens.size() && fits(wanted, found_.tokens[f])) {
                ++f;
                continue;
            }
            const bool ends = f == found_.tokens.size() || (found_.tokens[f] & (found_gap::line | found_gap::boundary)) != 0;
            if (vanishes_at_line_ends(code_point(wanted)) && ends) {
                edits.push_back({f, code_point(wanted) | found_gap_of(wanted)});
            } else if (f < found_.tokens.size() && gap_of(wanted) == Gap::any && is_selector(code_point(found_.tokens[f]))) {
                edits.push_back({f++, 0});
                --e;
            } else if (f < found_.tokens.size() && turn(e, f)) {
                --e; // is looked at again
            } else {
                break;
            }
        }
        if (!edits.empty()) apply(edits);
    }

    void apply(const std::vector<Edit>& edits) {
        std::vector<TextToken> tokens;
        std::vector<std::uint32_t> moved; // to where each token goes; a space before a token ended the line before it
        auto next = edits.begin();
        for (std::size_t at = 0; at <= found_.tokens.size(); ++at) {
            bool stays = at < found_.tokens.size();
            for (; next != edits.end() && next->at == at; ++next) {
                if (next->inserted != 0)
                    tokens.push_back(next->inserted);
                else
                    stays = false;
            }
            moved.push_back(static_cast<std::uint32_t>(tokens.size()));
            if (stays) tokens.push_back(found_.tokens[at]);
        }
        found_.tokens = std::move(tokens);
        for (Stretch& stretch : found_.stretches) stretch.begin = moved[stretch.begin];
        for (std::uint32_t& place : found_.places) place = moved[place];
        for (UndirectedRun& run : found_.undirected) run.begin = moved[run.begin], run.end = moved[run.end];
    }

    // A gap that fits.
    static TextToken found_gap_of(TextToken wanted) {
        switch (gap_of(wanted)) {
        case Gap::none:
        case Gap::optional:
        case Gap::any: return 0;
        case Gap::space: return 1U << 24;
        case Gap::exact: return space_count(wanted) << 24;
        case Gap::newline: return found_gap::line | space_count(wanted) << 24;
        case Gap::boundary: return found_gap::boundary;
        }
        return 0;
    }

    // Whether two stretches of tokens are the same; `stopped`: at which token they part.
    bool same(Range expected, Range found, std::size_t* stopped) {
        const std::size_t size = std::min(expected.size(), found.size());
        for (std::size_t i = 0; i < size; ++i) {
            if (fits(expected_.tokens[expected.begin + i], found_.tokens[found.begin + i])) continue;
            if (turn(expected.begin + i, found.begin + i)) { // and is looked at again
                --i;
                continue;
            }
            if (stopped) *stopped = i;
            return false;
        }
        if (stopped) *stopped = size;
        return expected.size() == found.size();
    }

    // Turns the undirected run that begins at or before `found`, if it fits then. Each run is tried once.
    bool turn(std::size_t expected, std::size_t found) {
        auto run = std::ranges::upper_bound(found_.undirected, found, {}, &UndirectedRun::begin);
        if (run == found_.undirected.begin()) return false;
        --run;
        const std::size_t begin = run->begin, end = run->end, size = end - begin;
        // The gap behind the run belongs to the character there: where that is the one that does not fit, the run is before it.
        if (found > end || found - begin > expected) return false;
        const std::size_t from = expected - (found - begin);
        if (from + size > expected_.tokens.size()) return false;
        constexpr TextToken letters = 0x1F'FFFF;
        std::vector<TextToken> turned(found_.tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                      found_.tokens.begin() + static_cast<std::ptrdiff_t>(end));
        const std::vector<TextToken> before = turned;
        std::ranges::reverse(turned);
        for (std::size_t i = 1; i < size; ++i) turned[i] = (turned[i] & letters) | (before[size - i] & ~letters);
        turned[0] = (turned[0] & letters) | (exchanged(before[0], run->leading, run->trailing) & ~letters);
        for (std::size_t i = 0; i < size; ++i)
            if (!fits(expected_.tokens[from + i], turned[i])) return false;
        if (end < found_.tokens.size()) {
            const TextToken next = exchanged(found_.tokens[end], run->trailing, run->leading);
            if (found == end && !fits(expected_.tokens[from + size], next)) return false;
            found_.tokens[end] = next;
        }
        std::ranges::copy(turned, found_.tokens.begin() + static_cast<std::ptrdiff_t>(begin));
        *run = {run->begin, run->begin, 0, 0}; // not once more
        return true;
    }

    // The token with other spaces before it: `removed` of them come from the run's end that is now the other.
    static TextToken exchanged(TextToken token, std::uint32_t removed, std::uint32_t added) {
        const std::uint32_t spaces = space_count(token);
        if ((token & (found_gap::line | found_gap::boundary)) != 0 && spaces < removed) return token;
        const std::uint32_t left = spaces < removed ? 0 : spaces - removed;
        return (token & 0xFF'FFFF) | std::min<std::uint32_t>(255, left + added) << 24;
    }

    Range tokens(const std::vector<Block>& blocks, Range range, std::size_t size) const {
        if (range.begin == range.end) {
            const std::size_t at = range.begin < blocks.size() ? blocks[range.begin].begin : size;
            return {at, at};
        }
        return {blocks[range.begin].begin, blocks[range.end - 1].end};
    }

    // One difference: what is left when both ends are taken off as far as they are the same.
    void differ(Range expected, Range found) {
        std::size_t front = 0;
        if (same(expected, found, &front)) return;
        expected.begin += front;
        found.begin += front;
        while (expected.size() > 0 && found.size() > 0 && fits(expected_.tokens[expected.end - 1], found_.tokens[found.end - 1]))
            --expected.end, --found.end;
        if (expected.size() > 0 || found.size() > 0) out_.push_back({expected.begin, expected.end, found.begin, found.end});
    }

    void differ_blocks(Range expected, Range found) {
        if (expected.size() == found.size()) {
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const Block &e = expected_blocks_[expected.begin + i], &f = found_blocks_[found.begin + i];
                differ({e.begin, e.end}, {f.begin, f.end});
            }
            return;
        }
        differ(tokens(expected_blocks_, expected, expected_.tokens.size()), tokens(found_blocks_, found, found_.tokens.size()));
    }

    void match(Range expected, Range found, int depth) {
        const auto alike = [&](std::size_t e, std::size_t f) { return expected_blocks_[e].sum == found_blocks_[f].sum; };
        const auto pair = [&](std::size_t e, std::size_t f) { differ_blocks({e, e + 1}, {f, f + 1}); };
        while (expected.size() > 0 && found.size() > 0 && alike(expected.begin, found.begin))
            pair(expected.begin++, found.begin++);
        std::vector<std::pair<std::size_t, std::size_t>> behind;
        while (expected.size() > 0 && found.size() > 0 && alike(expected.end - 1, found.end - 1))
            behind.emplace_back(--expected.end, --found.end);
        if (expected.size() > 0 || found.size() > 0) {
            const auto anchors = depth < 40 ? anchors_in(expected, found) : std::vector<std::pair<std::size_t, std::size_t>>();
            if (anchors.empty()) {
                differ_blocks(expected, found);
            } else {
                for (const auto& [e, f] : anchors) {
                    match({expected.begin, e}, {found.begin, f}, depth + 1);
                    pair(e, f);
                    expected.begin = e + 1;
                    found.begin = f + 1;
                }
                match(expected, found, depth + 1);
            }
        }
        for (auto one = behind.rbegin(); one != behind.rend(); ++one) pair(one->first, one->second);
    }

    // Blocks that occur once on each side, in the longest order that both have.
    std::vector<std::pair<std::size_t, std::size_t>> anchors_in(Range expected, Range found) const {
        struct Seen {
            std::size_t expected = 0, found = 0, expected_at = 0, found_at = 0;
        };
        std::map<std::uint64_t, Seen> seen;
        for (std::size_t i = expected.begin; i < expected.end; ++i) {
            Seen& one = seen[expected_blocks_[i].sum];
            ++one.expected, one.expected_at = i;
        }
        for (std::size_t i = found.begin; i < found.end; ++i) {
            Seen& one = seen[found_blocks_[i].sum];
            ++one.found, one.found_at = i;
        }
        std::vector<std::pair<std::size_t, std::size_t>> unique;
        for (const auto& [sum, one] : seen)
            if (one.expected == 1 && one.found == 1) unique.emplace_back(one.expected_at, one.found_at);
        std::ranges::sort(unique);
        // The longest ascending subsequence by patience sorting.
        std::vector<std::size_t> tops, before(unique.size());
        for (std::size_t i = 0; i < unique.size(); ++i) {
            const auto pile =
                std::ranges::lower_bound(tops, unique[i].second, {}, [&](std::size_t at) { return unique[at].second; });
            before[i] = pile == tops.begin() ? unique.size() : *(pile - 1);
            if (pile == tops.end())
                tops.push_back(i);
            else
                *pile = i;
        }
        std::vector<std::pair<std::size_t, std::size_t>> out;
        for (std::size_t at = tops.empty() ? unique.size() : tops.back(); at < unique.size(); at = before[at])
            out.push_back(unique[at]);
        std::ranges::reverse(out);
        return out;
    }

    const TextStream& expected_;
    TextStream& found_;
    std::vector<Block> expected_blocks_, found_blocks_;
    std::vector<Difference> out_;
};

} // namespace

std::vector<Difference> compare(const TextStream& expected, TextStream& found) { return Comparer(expected, found).compare(); }

} // namespace bifolio
