#include "layout/page/line_composer.h"

#include "base/utf8.h"
#include "layout/page/optical_margins.h"

#include <algorithm>

namespace bifolio {

namespace {

bool decorates(const TextDecoration& decoration) {
    return decoration.underline || decoration.overline || decoration.line_through;
}

bool is_space_glyph(const std::string& text, std::uint32_t cluster) {
    return cluster < text.size() && (text[cluster] == ' ' || (text[cluster] == '\xC2' && text[cluster + 1] == '\xA0'));
}

} // namespace

bool is_wide_space(char32_t c) {
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200A && c != 0x2007) || c == 0x205F || c == 0x3000;
}

LineComposer::LineComposer(const LayoutContext& context, const InlineContent& content, std::vector<AtomItems>& atom_items)
    : context_(context), content_(content), atom_items_(atom_items) {
    for (std::uint32_t i = 0; i < content.boxes.size(); ++i) {
        const InlineBox& box = content.boxes[i];
        if (box.begin < box.end && (box.edge_start != Length() || box.edge_end != Length())) edged_.push_back(i);
        if (i > 0 && box.painted && box.begin < box.end) painted_.push_back(i);
        if (i > 0 && decorates(context.computed(box.style).text_decoration)) decorating_.push_back(i);
    }
    // Decorations of blocks propagate to the text in them (CSS 2.1 §16.3.1).
    for (NodeId at = content.boxes[0].node; at != no_node; at = context.book.node(at).parent)
        if (decorates(context.style(at).text_decoration)) decorating_blocks_.push_back(at);
}

std::size_t LineComposer::piece_at(std::uint32_t byte) {
    const auto& pieces = content_.pieces;
    if (piece_ >= pieces.size()) piece_ = 0;
    while (piece_ > 0 && pieces[piece_].begin > byte) --piece_;
    while (piece_ + 1 < pieces.size() && pieces[piece_].end <= byte) ++piece_;
    return piece_;
}

std::int32_t LineComposer::atom_at(std::uint32_t byte) const {
    const auto found = std::lower_bound(content_.atoms.begin(), content_.atoms.end(), byte,
                                        [](const Atom& atom, std::uint32_t at) { return atom.at < at; });
    if (found == content_.atoms.end() || found->at != byte) return -1;
    return static_cast<std::int32_t>(found - content_.atoms.begin());
}

bool LineComposer::is_inside(std::uint32_t box, std::uint32_t ancestor) const {
    while (box > ancestor) box = content_.boxes[box].parent; // parents come first
    return box == ancestor;
}

// The byte of its node that the paragraph's byte shows. Within a letter that a style has made longer (“ŉ”, “ʼN”) it is about
// there, not where a character begins: so its parts keep their order.
std::uint32_t LineComposer::node_byte(const TextPiece& piece, std::uint32_t byte) {
    const std::uint32_t at = byte - piece.begin;
    if (piece.linear) return piece.node_begin + at;
    if (at == 0 || byte >= piece.end) return at == 0 ? piece.node_begin : piece.node_end;
    const std::uint64_t size = piece.node_end - piece.node_begin;
    return piece.node_begin + static_cast<std::uint32_t>(size * at / (piece.end - piece.begin));
}

// Whose its bytes are.
void LineComposer::own(Segment& segment) {
    const std::uint32_t begin = segment.begin, end = segment.end;
    const TextPiece& piece = content_.pieces[piece_at(begin)];
    segment.owner.node = piece.node;
    segment.owner.generated = piece.generated;
    segment.owner.begin = node_byte(piece, begin);
    std::uint32_t own_end = std::max(end, begin + 1); // a ligature may go on into another's text
    while (own_end > begin + 1 && !have_same_owner(content_.pieces[piece_at(own_end - 1)], piece))
        own_end = std::max(content_.pieces[piece_at(own_end - 1)].begin, begin + 1);
    const TextPiece& ending = content_.pieces[piece_at(own_end - 1)];
    segment.owner.end = node_byte(ending, own_end);
    if (segment.owner.generated) segment.owner.begin = segment.owner.end = begin;
    segment.nobody = piece.node == no_node && content_.boxes[0].node != no_node;
}

// Glyphs first…last (in visual order) of the run are the segment's.
void LineComposer::fill_segment(Segment& segment, ShapedRun& run, std::size_t first, std::size_t last, std::uint32_t begin,
                                std::uint32_t end) {
    const TextPiece& piece = content_.pieces[piece_at(begin)];
    segment.begin = begin;
    segment.end = end;
    own(segment);
    segment.box = piece.box;
    segment.style = piece.style;
    segment.run.font = run.font;
    segment.run.size = run.size;
    segment.run.bidi_level = run.bidi_level;
    segment.spaced = letters_may_be_spaced(context_, run.script, run.font, segment.style);
    segment.run.text.assign(content_.shaped.text, begin, end - begin);
    if (first == 0 && last == run.glyphs.size())
        segment.run.glyphs = std::move(run.glyphs);
    else {
        segment.run.glyphs.reserve(last - first + 1); // add_trailing_space() may add one
        segment.run.glyphs.assign(run.glyphs.begin() + static_cast<std::ptrdiff_t>(first),
                                  run.glyphs.begin() + static_cast<std::ptrdiff_t>(last));
    }
    for (Glyph& glyph : segment.run.glyphs) {
        segment.width += glyph.advance;
        glyph.cluster = glyph.cluster >= end ? end - begin : glyph.cluster - begin;
    }
}

// A control that layout put in, or a piece that ends in invisible characters, has no glyph there; HarfBuzz then gives its byte to the
// glyph behind it. That glyph is the next piece's, whose first byte this is.
std::uint32_t LineComposer::seen_from(std::uint32_t byte, std::uint32_t end) {
    while (byte < end) {
        const TextPiece& piece = content_.pieces[piece_at(byte)];
        if (piece.node != no_node)
            for (std::uint32_t at = byte; at < piece.end;) {
                const Decoded one = decode_utf8(content_.shaped.text, at);
                if (!is_invisible(one.code_point)) return byte;
                at += static_cast<std::uint32_t>(one.size);
            }
        byte = piece.end;
    }
    return byte;
}

bool LineComposer::is_drawn(Bytes bytes) const {
    const std::string& text = content_.shaped.text;
    for (std::uint32_t at = bytes.begin; at < bytes.end;) {
        const Decoded one = decode_utf8(text, at);
        if (one.code_point != ' ' && !is_invisible(one.code_point) && !is_wide_space(one.code_point)) return true;
        at += static_cast<std::uint32_t>(one.size);
    }
    return false;
}

// Parts of a run that belong to one node each.
void LineComposer::cut_run(ShapedRun& run, std::uint32_t trimmed_end) {
    run_segments_.clear();
    const bool rtl = (run.bidi_level & 1) != 0;
    const std::size_t count = run.glyphs.size();
    const std::uint32_t run_end = std::min(run.end, trimmed_end);
    if (run.begin >= run_end) return;
    if (count == 0) { // an object has no glyph
        const std::int32_t atom = atom_at(run.begin);
        if (atom < 0) return;
        Segment segment;
        fill_segment(segment, run, 0, 0, run.begin, run_end);
        segment.atom = atom;
        segment.box = content_.atoms[static_cast<std::size_t>(atom)].box;
        segment.width = content_.atoms[static_cast<std::size_t>(atom)].width;
        if (run_end == trimmed_end) last_logical_ = static_cast<std::int32_t>(segments_.size());
        segments_.push_back(std::move(segment));
        return;
    }
    if (content_.boxes[0].node != no_node)
        for (Glyph& glyph : run.glyphs)
            if (const std::uint32_t byte = seen_from(glyph.cluster, run_end); byte < run_end) glyph.cluster = byte;
    const auto visual = [&](std::size_t logical) { return rtl ? count - 1 - logical : logical; };
    // Whether no font has all of the cluster that the glyph belongs to.
    const auto lacks = [&](std::size_t at) {
        const std::uint32_t cluster = run.glyphs[at].cluster;
        return run.missing_glyph &&
               std::ranges::any_of(run.glyphs, [&](const Glyph& one) { return one.id == 0 && one.cluster == cluster; });
    };
    std::vector<std::size_t> starts; // logical glyph numbers at which a segment begins
    std::vector<std::uint32_t> bytes;
    std::size_t piece = piece_at(run.begin);
    for (std::size_t i = 0; i < count; ++i) {
        const Glyph& glyph = run.glyphs[visual(i)];
        if (glyph.cluster >= run_end && i > 0) continue; // a hyphen
        const std::size_t own = piece_at(std::min(glyph.cluster, run_end - 1));
        const bool cut = i == 0 || atom_at(glyph.cluster) >= 0 || (i > 0 && atom_at(run.glyphs[visual(i - 1)].cluster) >= 0) ||
                         !have_same_owner(content_.pieces[own], content_.pieces[piece]) || lacks(visual(i)) ||
                         lacks(visual(i - 1));
        if (cut && (i == 0 || glyph.cluster != bytes.back())) {
            starts.push_back(i);
            bytes.push_back(i == 0 ? run.begin : glyph.cluster);
        }
        piece = own;
    }
    // Controls that layout put in stand between the segments and belong to none.
    const auto skip_foreign = [&](std::uint32_t from, std::uint32_t to) {
        while (from < to && !have_same_owner(content_.pieces[piece_at(from)], content_.pieces[piece_at(to)]))
            from = content_.pieces[piece_at(from)].end;
        return std::min(from, to);
    };
    // What another's text draws with the last glyph, as in a ligature, stays with that glyph.
    const auto drop_foreign = [&](std::uint32_t begin, std::uint32_t end) {
        while (end > begin + 1 && !have_same_owner(content_.pieces[piece_at(end - 1)], content_.pieces[piece_at(begin)])) {
            const std::uint32_t from = std::max(content_.pieces[piece_at(end - 1)].begin, begin + 1);
            if (is_drawn({from, end})) break;
            end = from;
        }
        return end;
    };
    if (!bytes.empty())
        bytes[0] = skip_foreign(bytes[0], std::min(std::max(run.glyphs[visual(0)].cluster, bytes[0]), run_end - 1));
    for (std::size_t k = 0; k < starts.size(); ++k) {
        const std::size_t first = starts[k], last = k + 1 < starts.size() ? starts[k + 1] : count;
        const std::uint32_t end = drop_foreign(bytes[k], k + 1 < starts.size() ? bytes[k + 1] : run_end);
        const std::size_t from = rtl ? count - last : first, to = rtl ? count - first : last;
        Segment segment;
        segment.atom = atom_at(bytes[k]);
        const bool missing = lacks(from) && segment.atom < 0;
        fill_segment(segment, run, from, to, bytes[k], end);
        segment.missing = missing;
        if (segment.atom >= 0) {
            const Atom& atom = content_.atoms[static_cast<std::size_t>(segment.atom)];
            segment.width = atom.width;
            segment.box = atom.box;
        }
        run_segments_.push_back(std::move(segment));
    }
    if (run_segments_.empty()) return;
    // The logically last segment of the line gets the space that parts it from the next line's words.
    const std::size_t last_index = segments_.size() + (rtl ? 0 : run_segments_.size() - 1);
    if (run_end == trimmed_end) last_logical_ = static_cast<std::int32_t>(last_index);
    if (rtl) std::reverse(run_segments_.begin(), run_segments_.end());
    std::move(run_segments_.begin(), run_segments_.end(), std::back_inserter(segments_));
}

// Words at the ends of lines stay parted for whoever reads the text: a space without width.
void LineComposer::add_trailing_space(const LinePlan& plan, std::uint32_t trimmed_end) {
    const bool at_end = trimmed_end >= plan.end;
    if (at_end && (!plan.parted || trimmed_end == plan.begin)) return;
    const TextPiece& piece = content_.pieces[piece_at(at_end ? trimmed_end - 1 : trimmed_end)];
    const StyleMetrics& metrics = context_.metrics[piece.style];
    if (metrics.space_glyph == 0 || piece.node == no_node) return;
    Glyph space;
    space.id = metrics.space_glyph;
    Segment* last = last_logical_ < 0 ? nullptr : &segments_[static_cast<std::size_t>(last_logical_)];
    if (last && !last->missing && last->atom < 0 && last->run.font == metrics.font && last->owner.node == piece.node &&
        last->owner.generated == piece.generated && last->box == piece.box) {
        space.cluster = static_cast<std::uint32_t>(last->run.text.size());
        last->run.text += ' ';
        if (!at_end && !piece.generated && piece.linear) last->owner.end = piece.node_begin + (trimmed_end - piece.begin) + 1;
        auto& glyphs = last->run.glyphs;
        glyphs.insert((last->run.bidi_level & 1) != 0 ? glyphs.begin() : glyphs.end(), space);
        return;
    }
    Segment segment;
    segment.owner = {piece.node, 0, 0, piece.generated};
    if (!piece.generated && piece.linear) {
        segment.owner.begin = piece.node_begin + (trimmed_end - piece.begin);
        segment.owner.end = segment.owner.begin + (at_end ? 0 : 1);
    }
    segment.box = piece.box;
    segment.style = piece.style;
    segment.begin = segment.end = trimmed_end;
    segment.run.font = metrics.font;
    segment.run.size = context_.text_styles[piece.style].size;
    segment.run.text = " ";
    segment.run.glyphs.push_back(space);
    const bool rtl = content_.shaped.direction == TextDirection::rtl;
    segment.run.bidi_level = rtl ? 1 : 0;
    segments_.insert(rtl ? segments_.begin() : segments_.end(), std::move(segment));
}

void LineComposer::add_edges(const LinePlan& plan, std::uint32_t trimmed_end) {
    for (const std::uint32_t index : edged_) {
        const InlineBox& box = content_.boxes[index];
        if (box.begin >= plan.end || box.end <= plan.begin) continue;
        const std::uint32_t end = std::min(box.end, trimmed_end);
        for (Segment& segment : segments_) {
            const bool rtl = (segment.run.bidi_level & 1) != 0;
            if (box.begin >= plan.begin && segment.begin == box.begin && is_inside(segment.box, index))
                (rtl ? segment.after : segment.before) += box.edge_start;
            if (box.end <= plan.end && segment.end == end && segment.begin < end && is_inside(segment.box, index))
                (rtl ? segment.before : segment.after) += box.edge_end;
        }
    }
}

// Every letter but the line's last gets the same; a ligature or a letter with its marks is one. Returns what they took.
Length LineComposer::space_letters(Length letter_space) {
    const auto each_letter = [&](const auto& visit) {
        for (Segment& segment : segments_) {
            if (!segment.spaced || segment.atom >= 0) continue;
            std::vector<Glyph>& glyphs = segment.run.glyphs;
            for (std::size_t i = 0; i < glyphs.size(); ++i) {
                if (glyphs[i].advance <= Length() || is_space_glyph(segment.run.text, glyphs[i].cluster)) continue;
                if (i + 1 < glyphs.size() && glyphs[i + 1].cluster == glyphs[i].cluster) continue;
                visit(segment, glyphs[i]);
            }
        }
    };
    std::int64_t letters = -1;
    each_letter([&](Segment&, Glyph&) { ++letters; });
    if (letters <= 0) return {};
    const Length share = Length::from_sp(letter_space.sp() / letters);
    Length used;
    each_letter([&](Segment& segment, Glyph& glyph) {
        if (letters-- <= 0) return;
        glyph.advance += share;
        segment.run.letter_spacing = share;
        segment.width += share;
        used += share;
    });
    return used;
}

// Returns what the spaces took.
Length LineComposer::space_words(Length room, std::int64_t spaces) {
    std::int64_t rest = room.sp();
    Length used;
    for (Segment& segment : segments_) {
        if (segment.atom >= 0) continue;
        for (Glyph& glyph : segment.run.glyphs) {
            if (glyph.advance <= Length() || !is_space_glyph(segment.run.text, glyph.cluster)) continue;
            std::int64_t share = rest / spaces--;
            if (share < 0) share = std::max(share, -(glyph.advance.sp() * 2 / 5)); // words never run together
            rest -= share;
            glyph.advance += Length::from_sp(share);
            segment.width += Length::from_sp(share);
            used += Length::from_sp(share);
        }
    }
    return used;
}

void LineComposer::justify(const LinePlan& plan) {
    natural_ = Length();
    std::int64_t spaces = 0, leaders = 0;
    for (const Segment& segment : segments_) {
        natural_ += segment.before + segment.width + segment.after;
        if (segment.atom >= 0 && content_.atoms[static_cast<std::size_t>(segment.atom)].kind == Atom::Kind::leader) ++leaders;
        if (segment.atom < 0)
            for (const Glyph& glyph : segment.run.glyphs)
                if (glyph.advance > Length() && is_space_glyph(segment.run.text, glyph.cluster)) ++spaces;
    }
    Length room = plan.width + plan.hang_begin + plan.hang_end - natural_;
    overfull_ = Length();
    if (leaders > 0) {
        std::int64_t rest = max(room, Length()).sp();
        for (Segment& segment : segments_)
            if (segment.atom >= 0 && content_.atoms[static_cast<std::size_t>(segment.atom)].kind == Atom::Kind::leader) {
                const std::int64_t share = rest / leaders--;
                segment.width += Length::from_sp(share);
                rest -= share;
            }
        return;
    }
    const bool shrinks = room < Length();
    if (!shrinks && (plan.flush != Flush::justify || plan.last)) return;
    if (plan.flush == Flush::justify && plan.letter_space != Length())
        room = room -
               space_letters(shrinks ? max(room, min(plan.letter_space, Length())) : min(room, max(plan.letter_space, Length())));
    if (spaces == 0 || (shrinks && plan.flush != Flush::justify)) {
        if (shrinks) overfull_ = -room;
        return;
    }
    const Length used = space_words(room, spaces);
    if (shrinks && used > room) overfull_ = used - room;
}

void LineComposer::place(const LinePlan& plan) {
    Length width;
    for (const Segment& segment : segments_) width += segment.before + segment.width + segment.after;
    Length x = plan.indent;
    const bool rtl = content_.shaped.direction == TextDirection::rtl;
    const Flush flush = plan.flush == Flush::justify ? (rtl ? Flush::right : Flush::left) : plan.flush;
    if (flush == Flush::left) x -= rtl ? plan.hang_end : plan.hang_begin;
    if (flush == Flush::right) x += plan.width - width + (rtl ? plan.hang_begin : plan.hang_end);
    if (flush == Flush::centre) x += (plan.width - width) / 2;
    for (Segment& segment : segments_) {
        segment.x = x + segment.before;
        x = segment.x + segment.width + segment.after;
    }
}

void LineComposer::measure_height(LineBox& line) const {
    const StyleMetrics& strut = context_.metrics[content_.boxes[0].style];
    Length above = strut.line_above, below = strut.line_below;
    for (const Segment& segment : segments_) {
        const Length shift = content_.boxes[segment.box].shift;
        if (segment.atom >= 0) {
            const Atom& atom = content_.atoms[static_cast<std::size_t>(segment.atom)];
            above = max(above, atom.above + shift);
            below = max(below, atom.below - shift);
        } else {
            const StyleMetrics& metrics = context_.metrics[segment.style];
            if (metrics.line_above == Length() && metrics.line_below == Length()) continue; // a raised number
            above = max(above, metrics.line_above + shift);
            below = max(below, metrics.line_below - shift);
        }
    }
    line.baseline = above;
    line.height = above + below;
}

LineBox LineComposer::compose(const LinePlan& plan) {
    segments_.clear();
    last_logical_ = -1;
    const std::string& text = content_.shaped.text;
    std::uint32_t trimmed_end = plan.end;
    while (trimmed_end > plan.begin && (text[trimmed_end - 1] == ' ' || text[trimmed_end - 1] == '\n')) --trimmed_end;
    if (trimmed_end > plan.begin) {
        LineRuns runs =
            line_runs(context_.shaper, content_.shaped, context_.text_styles, plan.begin, trimmed_end, plan.hyphenated);
        for (ShapedRun& run : runs.runs) cut_run(run, trimmed_end);
        keep_undrawn(plan.begin, trimmed_end);
    }
    add_trailing_space(plan, trimmed_end);
    if (!edged_.empty()) add_edges(plan, trimmed_end);
    justify(plan);
    place(plan);

    LineBox line;
    line.hyphenated = plan.hyphenated;
    measure_height(line);
    const std::uint32_t upto = plan.end >= text.size() ? plan.end + 1 : plan.end; // the last line has all that is left
    while (next_anchor_ < content_.anchors.size() && content_.anchors[next_anchor_].at < upto)
        line.marks.push_back({content_.anchors[next_anchor_++].node, {plan.indent, Length()}});
    while (next_note_ < content_.notes.size() && content_.notes[next_note_].at < upto)
        line.notes.push_back(content_.notes[next_note_++].note);
    emit_links(line);
    emit_backgrounds(line);
    emit_decorations(line, false);
    line.items.reserve(line.items.size() + segments_.size());
    for (Segment& segment : segments_) emit_segment(line, segment);
    emit_decorations(line, true);
    return line;
}

} // namespace bifolio
