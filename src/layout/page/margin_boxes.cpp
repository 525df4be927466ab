#include "layout/page/margin_boxes.h"

#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>
#include <unicode/uchar.h>

namespace bifolio {

namespace {

enum class Edge : std::uint8_t { begin, middle, end };

struct Habit { // of a margin box where its style says nothing (CSS Paged Media 3 §5.3)
    TextAlign align = TextAlign::center;
    Edge vertical = Edge::middle;
};

Habit habit_of(MarginBox box) {
    switch (box) {
    case MarginBox::top_left:
    case MarginBox::bottom_left: return {TextAlign::left, Edge::middle};
    case MarginBox::top_right:
    case MarginBox::bottom_right: return {TextAlign::right, Edge::middle};
    case MarginBox::top_left_corner:
    case MarginBox::bottom_left_corner: return {TextAlign::right, Edge::middle};
    case MarginBox::top_right_corner:
    case MarginBox::bottom_right_corner: return {TextAlign::left, Edge::middle};
    case MarginBox::left_top:
    case MarginBox::right_top: return {TextAlign::center, Edge::begin};
    case MarginBox::left_bottom:
    case MarginBox::right_bottom: return {TextAlign::center, Edge::end};
    case MarginBox::top_center:
    case MarginBox::bottom_center:
    case MarginBox::left_middle:
    case MarginBox::right_middle: return {TextAlign::center, Edge::middle};
    }
    return {};
}

Edge vertical_of(const ComputedStyle& style, Edge habit) {
    switch (style.vertical_align.keyword) {
    case VerticalAlignKeyword::top:
    case VerticalAlignKeyword::text_top: return Edge::begin;
    case VerticalAlignKeyword::middle: return Edge::middle;
    case VerticalAlignKeyword::bottom:
    case VerticalAlignKeyword::text_bottom: return Edge::end;
    case VerticalAlignKeyword::baseline:
    case VerticalAlignKeyword::sub:
    case VerticalAlignKeyword::super:
    case VerticalAlignKeyword::length: break;
    }
    return habit;
}

Length horizontal_edges(const ComputedStyle& style) {
    Length sum;
    for (const Side side : {Side::left, Side::right})
        sum += at(style.margin, side).resolve({}) + at(style.padding, side).resolve({}) + at(style.border_width, side);
    return sum;
}

bool is_within_letter(std::string_view text, std::size_t at) {
    return is_continuation_byte(text[at]) ||
           (U_GET_GC_MASK(static_cast<UChar32>(decode_utf8(text, at).code_point)) & U_GC_M_MASK) != 0;
}

} // namespace

std::string MarginBoxes::text_of(const GeneratedContent& content, const NumberedPage& numbered) const {
    std::string out;
    for (const GeneratedItem& item : content)
        std::visit(overloaded{
                       [&](const GeneratedText& text) { out += text.text; },
                       [&](const GeneratedPageNumber& number) {
                           const std::string& style =
                               number.counter_style.empty() ? numbered.counter_style : number.counter_style;
                           out += format_counter(number.of_all ? page_count_ : numbered.number, style);
                       },
                       [&](const GeneratedTargetPage& target) {
                           out += reference_text(context_, UsedReference::Kind::page, target.target, target.counter_style);
                       },
                       [&](const GeneratedLeader&) {},
                       [&](const GeneratedPicture&) {},
                       [&](const GeneratedTargetPages&) {},
                       [&](const GeneratedNoteNumber&) {},
                       [&](const GeneratedString& string) {
                           const auto found = numbered.strings->find(string.name);
                           if (found == numbered.strings->end()) return;
                           const StringState& state = found->second;
                           switch (string.position) {
                           case StringPosition::first: out += state.first; break;
                           case StringPosition::start: out += state.start; break;
                           case StringPosition::last: out += state.last; break;
                           case StringPosition::first_except: out += state.set_here ? std::string() : state.last; break;
                           }
                       },
                   },
                   item);
    return out;
}

Length MarginBoxes::width_of(std::uint32_t style, const std::string& text) const {
    return build_short_line(context_, plain_inline_content(context_, style, text), style).width;
}

// As many of the words as there is room for, and dots; of one long word as many letters.
std::string MarginBoxes::shortened(std::uint32_t style, const std::string& text, Length width) const {
    constexpr std::string_view dots = "\u2026";
    if (width_of(style, text) <= width) return text;
    std::string within_word;
    for (std::size_t end = text.size(); end > 0; --end) {
        if (end < text.size() && is_within_letter(text, end)) continue;
        const bool behind_word = end < text.size() && text[end] == ' ';
        if (!behind_word && !within_word.empty()) continue; // the longest part of a word is known
        std::string part(trimmed(std::string_view(text).substr(0, end)));
        while (!part.empty() && (part.back() == ',' || part.back() == ':' || part.back() == ';' || part.back() == '.'))
            part.pop_back();
        if (part.empty()) break;
        part += dots;
        if (width_of(style, part) > width) continue;
        if (behind_word) return part;
        within_word = std::move(part);
    }
    return within_word.empty() ? text : within_word;
}

const MarginBoxes::Set& MarginBoxes::set(std::uint32_t style, const std::string& text, Length width, TextAlign align) {
    const auto [place, is_new] = known_.try_emplace({style, text, width.sp(), align});
    Set& out = place->second;
    if (!is_new) return out;
    const ComputedStyle& computed = context_.computed(style);
    const bool shortens = computed.ellipsis && computed.white_space == WhiteSpace::nowrap;
    InlineContent content = plain_inline_content(context_, style, shortens ? shortened(style, text, width) : text);
    if (!content.has_text) return out;
    find_missing_glyphs(context_, content);
    ParagraphSetting setting;
    setting.style = style;
    setting.shape = {{Length(), width}};
    setting.align = align;
    std::vector<AtomItems> none(content.atoms.size());
    out.lines = build_lines(context_, content, none, setting, scratch_, diagnostics);
    for (const LineBox& line : out.lines) out.height += line.height;
    return out;
}

// Three boxes share an edge of the page: the middle one stands in the middle, the others get what it leaves them.
void MarginBoxes::share_row(std::vector<Slot>& slots, std::array<MarginBox, 3> row, PageRect whole) {
    std::array<Slot*, 3> boxes{};
    for (Slot& slot : slots)
        for (std::size_t i = 0; i < 3; ++i)
            if (slot.box->box == row[i]) boxes[i] = &slot;
    const auto given = [&](Slot* slot) -> std::optional<Length> {
        if (!slot) return Length();
        const Dimension& width = context_.computed(slot->box->style).width;
        if (width.automatic) return std::nullopt;
        return min(width.resolve(whole.width), whole.width);
    };
    const auto wanted = [&](Slot* slot) { return slot ? given(slot).value_or(slot->natural) : Length(); };
    const auto put = [&](Slot* slot, Length x, Length width) {
        if (slot) slot->place = {whole.x + x, whole.y, width, whole.height};
    };
    if (boxes[1]) {
        const bool alone = !boxes[0] && !boxes[2];
        const Length middle = min(given(boxes[1]).value_or(alone ? whole.width : wanted(boxes[1])), whole.width);
        const Length side = (whole.width - middle) / 2;
        put(boxes[1], side, middle);
        put(boxes[0], Length(), side);
        put(boxes[2], side + middle, whole.width - side - middle);
        return;
    }
    if (boxes[0] && boxes[2]) {
        const Length left = wanted(boxes[0]), right = wanted(boxes[2]);
        Length first = whole.width / 2;
        if (left + right > whole.width)
            first = whole.width.scaled(left / (left + right));
        else if (left > first)
            first = left;
        else if (right > whole.width - first)
            first = whole.width - right;
        put(boxes[0], Length(), first);
        put(boxes[2], first, whole.width - first);
        return;
    }
    if (boxes[0]) put(boxes[0], Length(), given(boxes[0]).value_or(whole.width));
    if (boxes[2]) {
        const Length width = given(boxes[2]).value_or(whole.width);
        put(boxes[2], whole.width - width, width);
    }
}

void MarginBoxes::paint(Page& page, const Slot& slot) {
    const ComputedStyle& style = context_.computed(slot.box->style);
    const Habit habit = habit_of(slot.box->box);
    const auto margin = [&](Side side) { return at(style.margin, side).resolve(slot.place.width); };
    PageRect border{slot.place.x + margin(Side::left), slot.place.y + margin(Side::top),
                    slot.place.width - margin(Side::left) - margin(Side::right),
                    slot.place.height - margin(Side::top) - margin(Side::bottom)};
    const auto inset = [&](Side side) {
        return at(style.padding, side).resolve(slot.place.width) + at(style.border_width, side);
    };
    const Edge vertical = vertical_of(style, habit.vertical);
    const TextAlign align =
        style.text_align == TextAlign::start || style.text_align == TextAlign::justify ? habit.align : style.text_align;
    const Length width = max(border.width - inset(Side::left) - inset(Side::right), Length::pt(5));
    const Set& words = set(slot.box->style, slot.text, width, align);
    if (style.height.is_definite()) { // the box is as high as it says, and stands where it would align
        const Length height = style.height.length + inset(Side::top) + inset(Side::bottom);
        if (vertical == Edge::end) border.y += border.height - height;
        if (vertical == Edge::middle) border.y += (border.height - height) / 2;
        border.height = height;
    }
    if (is_painted(style))
        page.items.push_back({{border.x, border.y}, Artifact::border, decoration_of(style, border.width, border.height)});
    Length y = border.y + inset(Side::top);
    const Length room = border.height - inset(Side::top) - inset(Side::bottom);
    if (vertical == Edge::middle) y += (room - words.height) / 2;
    if (vertical == Edge::end) y += room - words.height;
    y = min(max(y, Length()), max(page.height - words.height, Length()));
    for (const LineBox& line : words.lines) {
        for (const PlacedItem& item : line.items) {
            PlacedItem& placed = page.items.emplace_back(item);
            placed.at.x += border.x + inset(Side::left);
            placed.at.y += y;
            placed.owner = slot.artifact;
        }
        y += line.height;
    }
}

void MarginBoxes::add_to(Page& page, const PageGeometry& geometry, const NumberedPage& numbered) {
    const PageStyle& style = geometry.style;
    std::vector<Slot> slots;
    for (const MarginBoxStyle& box : style.margin_boxes) {
        Slot slot;
        slot.box = &box;
        slot.text = text_of(box.content, numbered);
        const bool numbers = std::any_of(box.content.begin(), box.content.end(), [](const GeneratedItem& item) {
            return std::holds_alternative<GeneratedPageNumber>(item);
        });
        const bool names = std::any_of(box.content.begin(), box.content.end(),
                                       [](const GeneratedItem& item) { return std::holds_alternative<GeneratedString>(item); });
        if (numbers && !names) slot.artifact = Artifact::folio;
        if (slot.text.empty() && !is_painted(context_.computed(box.style))) continue;
        const auto [natural, is_new] = widths_.try_emplace({box.style, slot.text});
        if (is_new && !slot.text.empty()) {
            const InlineContent content = plain_inline_content(context_, box.style, slot.text);
            natural->second = build_short_line(context_, content, box.style).width + Length::pt(1);
        }
        slot.natural = natural->second + horizontal_edges(context_.computed(box.style));
        slots.push_back(std::move(slot));
    }
    const Length left = at(style.margin, Side::left), right = at(style.margin, Side::right);
    const Length top = at(style.margin, Side::top), bottom = at(style.margin, Side::bottom);
    const Length inner_width = style.width - left - right, inner_height = style.height - top - bottom;
    share_row(slots, {MarginBox::top_left, MarginBox::top_center, MarginBox::top_right}, {left, Length(), inner_width, top});
    share_row(slots, {MarginBox::bottom_left, MarginBox::bottom_center, MarginBox::bottom_right},
              {left, style.height - bottom, inner_width, bottom});
    for (Slot& slot : slots) {
        switch (slot.box->box) {
        case MarginBox::top_left_corner: slot.place = {Length(), Length(), left, top}; break;
        case MarginBox::top_right_corner: slot.place = {style.width - right, Length(), right, top}; break;
        case MarginBox::bottom_left_corner: slot.place = {Length(), style.height - bottom, left, bottom}; break;
        case MarginBox::bottom_right_corner: slot.place = {style.width - right, style.height - bottom, right, bottom}; break;
        case MarginBox::left_top:
        case MarginBox::left_middle:
        case MarginBox::left_bottom: slot.place = {Length(), top, left, inner_height}; break;
        case MarginBox::right_top:
        case MarginBox::right_middle:
        case MarginBox::right_bottom: slot.place = {style.width - right, top, right, inner_height}; break;
        default: break;
        }
        paint(page, slot);
    }
}

} // namespace bifolio
