#include "layout/page/paragraph_items.h"

#include "base/utf8.h"
#include "layout/page/optical_margins.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr int hyphen_penalty = 50;
constexpr int ragged_hyphen_penalty = 500;
constexpr int unwelcome_penalty = 1'000;
constexpr int explicit_hyphen_penalty = 50; // behind a hyphen that is in the text

// The sum, by byte, of the sizes of the letters before it that may be spaced. A ligature counts as one letter: it stays whole.
void measure_letters(const LayoutContext& context, const InlineContent& content, std::vector<Length>& letters) {
    const std::string& text = content.shaped.text;
    letters.assign(text.size() + 1, Length());
    for (const ShapedRun& run : content.shaped.runs) {
        if (!letters_may_be_spaced(context, run.script, run.font, run.style)) continue;
        for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
            const Glyph& glyph = run.glyphs[i];
            if (glyph.cluster >= text.size() || text[glyph.cluster] == ' ' || glyph.advance <= Length()) continue;
            letters[glyph.cluster + 1] = run.size;
        }
    }
    for (std::size_t i = 1; i < letters.size(); ++i) letters[i] += letters[i - 1];
}

class ItemMaker {
public:
    ItemMaker(const LayoutContext& context, const InlineContent& content, const std::vector<Length>& measure, Margins margins,
              Length narrowest, HangRoom room, ParagraphItems& out)
        : context_(context), content_(content), text_(content.shaped.text), measure_(measure),
          ragged_(margins != Margins::justified), narrowest_(narrowest), room_(room), out_(out) {
        out_.items.clear();
        out_.bytes.clear();
        const std::uint32_t style = content.boxes[0].style;
        ragged_stretch_ = context.text_styles[style].size * 3;
        const bool hangs = context.computed(style).hanging_punctuation;
        begins_hang_ = hangs && (!ragged_ || margins == Margins::ragged_end) && room.begin > Length();
        ends_hang_ = hangs && (!ragged_ || margins == Margins::ragged_start) && room.end > Length();
        letter_stretch_ = context.computed(style).letter_stretch;
        letter_shrink_ = context.computed(style).letter_shrink;
        spaces_letters_ = !ragged_ && (letter_stretch_ > 0 || letter_shrink_ > 0);
        if (spaces_letters_) measure_letters(context, content, out.letters);
        if (!begins_hang_ && !ends_hang_) return;
        for (const InlineBox& box : content.boxes)
            if (box.edge_start != Length() || box.edge_end != Length()) {
                edges_.push_back(box.begin);
                edges_.push_back(box.end);
            }
        std::sort(edges_.begin(), edges_.end());
    }

    void make() {
        const auto size = static_cast<std::uint32_t>(text_.size());
        for (std::uint32_t i = 0; i < size;) {
            while (piece_ + 1 < content_.pieces.size() && content_.pieces[piece_].end <= i) ++piece_;
            take_break(i);
            const char c = text_[i];
            if (c == '\n') {
                take_line_end(i++);
            } else if (c == ' ') {
                i = take_spaces(i);
            } else if (c == '\xC2' && text_[i + 1] == '\xA0') {
                take_no_break_space(i);
                i += 2;
            } else if (c == '\xEF' && is_leader(i)) {
                take_leader(i);
                i += 3;
            } else {
                ++i;
            }
        }
        flush(size);
        if (!after_forced_ || out_.items.empty()) finish_line(size);
    }

private:
    void push(ParagraphItem item, std::uint32_t byte) {
        out_.items.push_back(item);
        out_.bytes.push_back(byte);
    }
    void push_box(Length width, std::uint32_t byte) {
        after_forced_ = false;
        push({ParagraphItem::Kind::box, width, {}, {}, 0, 0, false, begins_hang_ ? hang_at_begin(byte) : Length()}, byte);
    }
    void push_text(std::uint32_t begin, std::uint32_t end) {
        push_box(measure_[end] - measure_[begin], begin);
        if (!spaces_letters_) return;
        const Length letters = out_.letters[end] - out_.letters[begin];
        out_.items.back().stretch = letters.scaled(letter_stretch_);
        out_.items.back().shrink = letters.scaled(letter_shrink_);
    }
    void push_glue(Length width, Length stretch, Length shrink, std::uint32_t byte, std::uint8_t order = 0) {
        push({ParagraphItem::Kind::glue, width, stretch, shrink, order, 0, false}, byte);
    }
    void push_penalty(int penalty, std::uint32_t byte, Length width = {}, bool flagged = false) {
        push({ParagraphItem::Kind::penalty, width, {}, {}, 0, penalty, flagged}, byte);
    }
    // A place between two boxes where a line may end.
    void push_break(int penalty, std::uint32_t byte, Length width = {}, bool flagged = false) {
        if (ragged_) {
            push_penalty(infinite_penalty, byte);
            push_glue({}, ragged_stretch_, {}, byte);
        }
        push_penalty(penalty, byte, width, flagged);
        if (ends_hang_)
            out_.items.back().hang = width > Length() ? min(width.scaled(hang_shares(U'-').end), room_.end) : hang_at_end(byte);
        if (!ragged_) return;
        push_glue({}, -ragged_stretch_, {}, byte);
    }

    // The character at `begin` stands at the line's edge: nothing of an inline box's padding is between, its direction is the
    // paragraph's, its style hangs.
    Length hang_of(std::uint32_t begin, std::uint32_t end, double share) const {
        if (share <= 0) return {};
        std::size_t owner = piece_;
        while (owner > 0 && content_.pieces[owner].begin > begin) --owner;
        if (!context_.computed(content_.pieces[owner].style).hanging_punctuation) return {};
        const auto run = std::upper_bound(content_.shaped.runs.begin(), content_.shaped.runs.end(), begin,
                                          [](std::uint32_t at, const ShapedRun& one) { return at < one.end; });
        const bool rtl = content_.shaped.direction == TextDirection::rtl;
        if (run == content_.shaped.runs.end() || ((run->bidi_level & 1) != 0) != rtl) return {};
        return (measure_[end] - measure_[begin]).scaled(share);
    }
    Length hang_at_begin(std::uint32_t at) const {
        while (at < text_.size() && is_continuation_byte(text_[at])) ++at;
        while (at < text_.size() && is_unseen(decode_utf8(text_, at).code_point)) at += decode_utf8(text_, at).size;
        if (at >= text_.size()) return {};
        const Decoded first = decode_utf8(text_, at);
        const double share = hang_shares(first.code_point).begin;
        if (share <= 0 || std::binary_search(edges_.begin(), edges_.end(), at)) return {};
        return min(hang_of(at, at + static_cast<std::uint32_t>(first.size), share), room_.begin);
    }
    Length hang_at_end(std::uint32_t end) const {
        while (end > 0 && text_[end - 1] == ' ') --end;
        while (end > 0) {
            std::uint32_t begin = end - 1;
            while (begin > 0 && is_continuation_byte(text_[begin])) --begin;
            const char32_t last = decode_utf8(text_, begin).code_point;
            if (!is_unseen(last)) {
                const double share = hang_shares(last).end;
                if (share <= 0 || std::binary_search(edges_.begin(), edges_.end(), end)) return {};
                return min(hang_of(begin, end, share), room_.end);
            }
            end = begin;
        }
        return {};
    }
    static bool is_unseen(char32_t c) { // the controls that layout puts in, places where a line may end
        return c == 0x200B || c == 0x200E || c == 0x200F || c == 0x2060 || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069);
    }

    void flush(std::uint32_t to) {
        if (to <= from_) return;
        if (measure_[to] - measure_[from_] > narrowest_ && narrowest_ > Length())
            flush_by_characters(to);
        else
            push_text(from_, to);
        from_ = to;
    }

    void flush_by_characters(std::uint32_t to) {
        const auto& starts = content_.shaped.grapheme_starts;
        auto start = std::upper_bound(starts.begin(), starts.end(), from_);
        std::uint32_t at = from_;
        for (; start != starts.end() && *start < to; ++start) {
            if (measure_[*start] == measure_[at]) continue; // inside a ligature, or nothing to see
            push_box(measure_[*start] - measure_[at], at);
            push_break(emergency_break, *start);
            at = *start;
        }
        push_box(measure_[to] - measure_[at], at);
    }

    const TextPiece& piece() const { return content_.pieces[piece_]; }
    WhiteSpace white_space() const { return context_.computed(piece().style).white_space; }

    void skip_breaks(std::uint32_t to) {
        while (break_ < content_.shaped.breaks.size() && content_.shaped.breaks[break_].at <= to) ++break_;
    }

    void take_break(std::uint32_t at) {
        const auto& breaks = content_.shaped.breaks;
        while (break_ < breaks.size() && breaks[break_].at < at) ++break_;
        if (break_ == breaks.size() || breaks[break_].at != at) return;
        const BreakKind kind = breaks[break_++].kind;
        if (at == 0 || at == from_ || kind == BreakKind::mandatory || kind == BreakKind::anywhere) return;
        if (std::binary_search(content_.no_break.begin(), content_.no_break.end(), at)) return;
        if (text_[at] == '\xEF' && is_leader(at)) return; // take_leader() sets the price
        flush(at);
        if (kind == BreakKind::hyphen)
            push_break(ragged_ ? ragged_hyphen_penalty : hyphen_penalty, at, context_.metrics[piece().style].hyphen, true);
        else if (kind == BreakKind::unwelcome)
            push_break(unwelcome_penalty, at);
        else
            push_break(text_[at - 1] == '-' ? explicit_hyphen_penalty : 0, at, {}, text_[at - 1] == '-');
    }

    void finish_line(std::uint32_t at) {
        if (out_.items.empty()) push_box({}, at);
        push_penalty(infinite_penalty, at);
        push_glue({}, Length::pt(1), {}, at, 1);
        push_penalty(forced_break, at);
        if (ends_hang_) out_.items.back().hang = hang_at_end(at);
    }

    void take_line_end(std::uint32_t at) {
        flush(at);
        finish_line(at);
        from_ = at + 1;
        skip_breaks(from_);
        if (from_ < text_.size()) push_box({}, from_); // an empty line is a line
        after_forced_ = from_ >= text_.size();
    }

    std::uint32_t take_spaces(std::uint32_t begin) {
        const WhiteSpace mode = white_space();
        std::uint32_t end = begin + 1;
        while (end < text_.size() && text_[end] == ' ') ++end;
        while (break_ < content_.shaped.breaks.size() && content_.shaped.breaks[break_].at < end) ++break_;
        const bool allowed = break_ < content_.shaped.breaks.size() && content_.shaped.breaks[break_].at == end &&
                             content_.shaped.breaks[break_].kind == BreakKind::allowed;
        const bool preserved = mode == WhiteSpace::pre || mode == WhiteSpace::pre_wrap || mode == WhiteSpace::break_spaces;
        if (preserved && !allowed) return end;           // part of the box
        if (end == text_.size() || text_[end] == '\n') { // hangs
            flush(begin);
            from_ = end;
            skip_breaks(end);
            return end;
        }
        flush(begin);
        const Length width = measure_[end] - measure_[begin];
        if (allowed && begin > 0) {
            skip_breaks(end);
            if (ragged_) {
                push_glue({}, ragged_stretch_, {}, begin);
                push_penalty(0, begin);
                if (ends_hang_) out_.items.back().hang = hang_at_end(begin);
                push_glue(width, -ragged_stretch_, {}, begin);
            } else {
                push_glue(width, preserved ? Length() : width / 2, preserved ? Length() : width / 3, begin);
                if (ends_hang_) out_.items.back().hang = hang_at_end(begin);
            }
        } else if (mode != WhiteSpace::nowrap && stretch_around(begin) > narrowest_ && narrowest_ > Length()) {
            push_box(width, begin);
            push_break(emergency_break, end);
        } else {
            push_fixed_glue(width, begin);
        }
        from_ = end;
        return end;
    }

    void push_fixed_glue(Length width, std::uint32_t at) {
        push_penalty(infinite_penalty, at);
        push_glue(width, ragged_ ? Length() : width / 2, ragged_ ? Length() : width / 3, at);
    }

    void take_no_break_space(std::uint32_t at) {
        if (white_space() == WhiteSpace::pre) return;
        flush(at);
        const Length width = measure_[at + 2] - measure_[at];
        if (stretch_around(at) > narrowest_ && narrowest_ > Length()) { // as within a word that is wider than the line
            push_box(width, at);
            push_break(emergency_break, at + 2);
        } else {
            push_fixed_glue(width, at);
        }
        from_ = at + 2;
    }

    // The width of what has no place for a break around `at`.
    Length stretch_around(std::uint32_t at) const {
        const auto& breaks = content_.shaped.breaks;
        const auto parts = [](const BreakOpportunity& one) {
            return one.kind == BreakKind::allowed || one.kind == BreakKind::mandatory || one.kind == BreakKind::hyphen;
        };
        const auto here = std::ranges::upper_bound(breaks, at, {}, &BreakOpportunity::at);
        const auto next = std::find_if(here, breaks.end(), parts);
        const auto last = std::find_if(std::make_reverse_iterator(here), breaks.rend(), parts);
        std::uint32_t end = next == breaks.end() ? static_cast<std::uint32_t>(text_.size()) : next->at;
        while (end > at && (text_[end - 1] == ' ' || text_[end - 1] == '\n')) --end;
        return measure_[end] - measure_[last == breaks.rend() ? 0 : last->at];
    }

    bool is_leader(std::uint32_t at) const {
        return std::any_of(content_.atoms.begin(), content_.atoms.end(),
                           [&](const Atom& atom) { return atom.at == at && atom.kind == Atom::Kind::leader; });
    }

    // A leader stays with what follows it. Where both find no room behind the words they begin the next line, so that the
    // page number still stands at the line's end.
    void take_leader(std::uint32_t at) {
        flush(at);
        push_penalty(leader_penalty, at);
        push_box({}, at); // or the leader would vanish at the line's beginning, as glue does
        push_penalty(infinite_penalty, at);
        push_glue(measure_[at + 3] - measure_[at], Length::pt(1), {}, at, 2);
        push_penalty(infinite_penalty, at);
        from_ = at + 3;
        skip_breaks(from_);
    }

    const LayoutContext& context_;
    const InlineContent& content_;
    const std::string& text_;
    const std::vector<Length>& measure_;
    bool ragged_;
    bool begins_hang_ = false, ends_hang_ = false, spaces_letters_ = false;
    double letter_stretch_ = 0, letter_shrink_ = 0;
    std::vector<std::uint32_t> edges_; // bytes at which inline boxes with margins or padding begin or end, ascending
    Length narrowest_, ragged_stretch_;
    HangRoom room_;
    ParagraphItems& out_;
    std::size_t break_ = 0, piece_ = 0;
    std::uint32_t from_ = 0; // the box that is being gathered begins here
    bool after_forced_ = false;
};

} // namespace

namespace {

// A word may be divided within a ligature (“ef-fective”): each of its letters gets its share of the width, as the letters on
// both sides will be shaped again.
void share_out_ligatures(const InlineContent& content, const ShapedRun& run, std::vector<Length>& measure) {
    const std::vector<std::uint32_t>& starts = content.shaped.grapheme_starts;
    const bool rtl = (run.bidi_level & 1) != 0;
    std::uint32_t end = run.end;
    for (std::size_t i = 0; i < run.glyphs.size(); ++i) { // from the logical end to the beginning
        const std::uint32_t begin = run.glyphs[rtl ? i : run.glyphs.size() - 1 - i].cluster;
        if (begin >= end) continue;
        if (end - begin > 1 && begin + 1 < measure.size() && measure[begin + 1] > Length()) {
            const auto first = std::upper_bound(starts.begin(), starts.end(), begin);
            const auto last = std::lower_bound(first, starts.end(), end);
            const auto inside = static_cast<int>(last - first);
            if (inside > 0) {
                const Length share = measure[begin + 1] / (inside + 1);
                for (auto start = first; start != last; ++start) measure[*start + 1] = share;
                measure[begin + 1] = measure[begin + 1] - share * inside;
            }
        }
        end = begin;
    }
}

} // namespace

void measure_text(const InlineContent& content, std::vector<Length>& measure) {
    const std::size_t size = content.shaped.text.size();
    measure.assign(size + 1, Length());
    for (const ShapedRun& run : content.shaped.runs)
        for (const Glyph& glyph : run.glyphs)
            if (glyph.cluster < size) measure[glyph.cluster + 1] += glyph.advance;
    for (const ShapedRun& run : content.shaped.runs) share_out_ligatures(content, run, measure);
    for (const Atom& atom : content.atoms) {
        measure[atom.at + 1] = atom.width;
        measure[atom.at + 2] = measure[atom.at + 3] = Length();
    }
    for (const InlineBox& box : content.boxes) {
        if (box.begin == box.end || (box.edge_start == Length() && box.edge_end == Length())) continue;
        measure[box.begin + 1] += box.edge_start;
        measure[box.end] += box.edge_end;
    }
    for (std::size_t i = 1; i <= size; ++i) measure[i] += measure[i - 1];
}

void make_paragraph_items(const LayoutContext& context, const InlineContent& content, const std::vector<Length>& measure,
                          Margins margins, Length narrowest, ParagraphItems& out, HangRoom room) {
    ItemMaker(context, content, measure, margins, narrowest, room, out).make();
}

ContentWidths content_widths(const ParagraphItems& items) {
    ContentWidths widths;
    Length line, part;
    Length pending; // glue that counts only when something follows it on the line
    for (std::size_t i = 0; i < items.items.size(); ++i) {
        const ParagraphItem& item = items.items[i];
        switch (item.kind) {
        case ParagraphItem::Kind::box:
            line += pending + item.width;
            part += pending + item.width;
            pending = Length();
            break;
        case ParagraphItem::Kind::glue: {
            const bool legal = i > 0 && items.items[i - 1].kind == ParagraphItem::Kind::box;
            if (legal) {
                widths.least = max(widths.least, part);
                part = Length();
                line += pending + item.width;
                pending = Length();
            } else {
                pending += item.width;
            }
            break;
        }
        case ParagraphItem::Kind::penalty:
            if (item.penalty >= infinite_penalty || item.penalty == emergency_break) break;
            widths.least = max(widths.least, part + item.width);
            part = Length();
            if (item.penalty <= forced_break) {
                widths.most = max(widths.most, line);
                line = pending = Length();
            } else {
                line += pending;
                pending = Length();
            }
            break;
        }
    }
    widths.least = max(widths.least, part);
    widths.most = max(widths.most, line);
    return widths;
}

} // namespace bifolio
