// What a line has without drawing it: joiners, selectors of forms, tags of flags, fillers, whose glyphs HarfBuzz lets vanish, and
// wide spaces at the line's end. They are text all the same. Each goes to the run beside it that shows its own element; where
// there is none, to a glyph without width.
#include "base/utf8.h"
#include "layout/page/line_composer.h"

#include <algorithm>
#include <iterator>

namespace bifolio {

namespace {

// Only steers how text is broken, hyphenated and turned, and says nothing of its own.
bool is_control(char32_t c) {
    return c < 0xA0 || c == 0xAD || c == 0x61C || c == 0x180E || c == 0x200B || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

// Says something, and may have no glyph.
bool may_be_undrawn(char32_t c) { return is_wide_space(c) || (is_invisible(c) && !is_control(c)); }

constexpr unsigned char first_undrawn_lead = 0xCD; // of UTF-8: U+034F is the first that says something

} // namespace

bool LineComposer::have_same_owner(const TextPiece& a, const TextPiece& b) {
    return a.node == b.node && a.generated == b.generated && a.box == b.box && a.style == b.style;
}

// The next undrawn characters that one piece has and no segment does. `owned`: what segments have, by begin. Spaces before and
// between wide ones vanish together with them.
std::optional<LineComposer::Bytes> LineComposer::next_unowned(std::uint32_t from, std::uint32_t end,
                                                              const std::vector<Bytes>& owned) {
    const std::string& text = content_.shaped.text;
    const auto is_owned = [&](std::uint32_t at) {
        const auto after = std::ranges::upper_bound(owned, at, {}, &Bytes::begin);
        return after != owned.begin() && std::prev(after)->end > at;
    };
    std::optional<Bytes> found;
    const auto is_foreign = [&](std::uint32_t at) {
        return !have_same_owner(content_.pieces[piece_at(at)], content_.pieces[piece_at(found->begin)]);
    };
    for (std::uint32_t at = from; at < end;) {
        if (!found && static_cast<unsigned char>(text[at]) < first_undrawn_lead) {
            ++at;
            continue;
        }
        const Decoded one = decode_utf8(text, at);
        const auto next = at + static_cast<std::uint32_t>(one.size);
        const bool is_text = may_be_undrawn(one.code_point);
        const bool goes_on = is_text || one.code_point == ' ' || is_invisible(one.code_point);
        if (found && (!goes_on || is_owned(at) || is_foreign(at))) break;
        if (is_text && !is_owned(at)) {
            if (!found) found = Bytes{at, next};
            found->end = next;
        }
        at = next;
    }
    while (found && found->begin > from && text[found->begin - 1] == ' ' && !is_owned(found->begin - 1) &&
           !is_foreign(found->begin - 1))
        --found->begin;
    return found;
}

void LineComposer::lengthen(Segment& segment, Bytes by) {
    const auto size = by.end - by.begin;
    const std::string_view more = std::string_view(content_.shaped.text).substr(by.begin, size);
    const auto whole = static_cast<std::uint32_t>(segment.run.text.size());
    const bool in_front = by.end == segment.begin;
    segment.run.text.insert(in_front ? 0 : segment.run.text.size(), more);
    for (Glyph& glyph : segment.run.glyphs)
        if (!segment.missing && (in_front || glyph.cluster >= whole)) glyph.cluster += size; // `whole`: a hyphen
    (in_front ? segment.begin : segment.end) = in_front ? by.begin : by.end;
    own(segment);
}

void LineComposer::keep_undrawn(std::uint32_t begin, std::uint32_t end) {
    const std::string& text = content_.shaped.text;
    const auto may_be = [](char c) { return static_cast<unsigned char>(c) >= first_undrawn_lead; };
    if (std::none_of(text.begin() + begin, text.begin() + end, may_be)) return;
    std::vector<Bytes> owned;
    for (const Segment& segment : segments_) owned.push_back({segment.begin, segment.end});
    std::ranges::sort(owned, {}, &Bytes::begin);
    std::uint32_t from = begin;
    while (const auto found = next_unowned(from, end, owned)) {
        from = found->end;
        const TextPiece& piece = content_.pieces[piece_at(found->begin)];
        if (piece.node == no_node && content_.boxes[0].node != no_node) continue; // nobody's text
        const auto shows = [&](const Segment& segment, bool before) {
            if (segment.atom >= 0 || segment.begin == segment.end) return false;
            if (before ? segment.end != found->begin : segment.begin != found->end) return false;
            return have_same_owner(content_.pieces[piece_at(before ? segment.end - 1 : segment.begin)], piece);
        };
        auto beside = std::ranges::find_if(segments_, [&](const Segment& one) { return shows(one, true); });
        if (beside == segments_.end())
            beside = std::ranges::find_if(segments_, [&](const Segment& one) { return shows(one, false); });
        if (beside != segments_.end())
            lengthen(*beside, *found);
        else
            add_undrawn(*found);
    }
}

void LineComposer::add_undrawn(Bytes bytes) {
    const TextPiece& piece = content_.pieces[piece_at(bytes.begin)];
    const StyleMetrics& metrics = context_.metrics[piece.style];
    Segment segment;
    segment.box = piece.box;
    segment.style = piece.style;
    segment.begin = bytes.begin;
    segment.end = bytes.end;
    own(segment);
    segment.run.font = metrics.font;
    segment.run.size = context_.text_styles[piece.style].size;
    segment.run.text.assign(content_.shaped.text, bytes.begin, bytes.end - bytes.begin);
    Glyph nothing;
    nothing.id = metrics.space_glyph;
    segment.run.glyphs.push_back(nothing);
    // Beside what stands before it in the text.
    auto before = segments_.end();
    for (auto at = segments_.begin(); at != segments_.end(); ++at)
        if (at->end <= bytes.begin && (before == segments_.end() || at->end > before->end)) before = at;
    const bool is_last = std::ranges::all_of(segments_, [&](const Segment& one) { return one.end <= bytes.begin; });
    const bool rtl =
        before == segments_.end() ? content_.shaped.direction == TextDirection::rtl : (before->run.bidi_level & 1) != 0;
    segment.run.bidi_level = rtl ? 1 : 0;
    auto place = before;
    if (before == segments_.end())
        place = rtl ? segments_.end() : segments_.begin();
    else if (!rtl)
        ++place;
    const auto index = static_cast<std::int32_t>(place - segments_.begin());
    segments_.insert(place, std::move(segment));
    if (is_last)
        last_logical_ = index;
    else if (last_logical_ >= index)
        ++last_logical_;
}

} // namespace bifolio
