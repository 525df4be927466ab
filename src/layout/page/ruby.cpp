#include "layout/page/ruby.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace bifolio {

namespace {

constexpr double longest_piece = 8; // em of the base: a longer piece would spoil its line

bool is_wide(char32_t c) {
    const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

// Words alone, and about how wide they are in em.
struct Words {
    bool plain = true;
    double width = 0;
    std::string text;
};

void gather_words(const LayoutContext& context, NodeId id, Words& words) {
    const Node& node = context.book.node(id);
    const ComputedStyle& style = context.style(id);
    if (node.element == Element::text) {
        for (std::size_t at = 0; at < node.text.size();) {
            const Decoded one = decode_utf8(node.text, at);
            words.width += is_wide(one.code_point) ? 1 : 0.5;
            at += one.size;
        }
        words.text += node.text;
        words.plain = words.plain && style.white_space == WhiteSpace::normal;
        return;
    }
    if (style.display == Display::none) return;
    words.plain = words.plain && info(node.element).kind == ElementKind::phrase && node.element != Element::note &&
                  node.element != Element::note_reference && node.element != Element::br && node.element != Element::wbr &&
                  node.element != Element::img && style.float_ == Float::none &&
                  (style.display == Display::inline_ || style.display == Display::ruby_text) &&
                  !context.styled.pseudo(id, PseudoElement::before) && !context.styled.pseudo(id, PseudoElement::after);
    for (const NodeId child : children(context.book, id)) gather_words(context, child, words);
}

bool is_one_piece(const LayoutContext& context, const std::vector<NodeId>& nodes, Length em) {
    Words words;
    for (const NodeId node : nodes) gather_words(context, node, words);
    if (words.text.empty()) return false;
    const Length size = context.text_styles[context.style_of(nodes.front())].size;
    return words.plain && size.scaled(words.width) <= em.scaled(longest_piece) && !is_ascii_space(words.text.front()) &&
           !is_ascii_space(words.text.back());
}

bool is_blank(const Node& node) {
    return node.element == Element::text && std::all_of(node.text.begin(), node.text.end(), is_ascii_space);
}

struct Level {
    ShortLine line;
    InlineContent content;
};

Level set_level(const LayoutContext& context, NodeId block, std::uint32_t style, const std::vector<NodeId>& nodes,
                InlineReport& report) {
    Level level;
    level.content = build_inline_content(context, block, style, {nodes.begin(), nodes.end()}, report);
    find_missing_glyphs(context, level.content);
    level.line = build_short_line(context, level.content, style);
    return level;
}

// The square of the font's size around the middle of its letters: accents and tails may stand out of it.
struct EmBox {
    Length above, below;
};
EmBox em_box(const LayoutContext& context, std::uint32_t style) {
    const StyleMetrics& metrics = context.metrics[style];
    const Length size = context.text_styles[style].size;
    const Length above = metrics.ascent - (metrics.ascent + metrics.descent - size) / 2;
    return {above, size - above};
}

// How far letters of the line above reach down: what is left of its leading belongs to nobody else. Ideographs and kana have no
// tails, however deep their fonts say they are.
Length depth_of_letters(const LayoutContext& context, std::uint32_t style) {
    const std::string_view language = std::string_view(context.computed(style).language).substr(0, 2);
    if (language == "ja" || language == "zh" || language == "ko") return context.text_styles[style].size.scaled(0.12);
    return context.metrics[style].descent;
}

// Spreads ideographs and kana over a width: a half share of the free room at either end. Gives where the first begins.
Length spread(Level& level, Length width) {
    const Length free = width - level.line.width;
    std::int64_t count = 0;
    bool all_wide = level.content.shaped.direction == TextDirection::ltr;
    for (const PlacedItem& item : level.line.line.items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item)) {
            count += static_cast<std::int64_t>(run->glyphs.size());
            for (std::size_t at = 0; at < run->text.size();) {
                const Decoded one = decode_utf8(run->text, at);
                all_wide = all_wide && is_wide(one.code_point);
                at += one.size;
            }
        }
    if (!all_wide || count == 0) return free / 2;
    const Length gap = free / static_cast<int>(count);
    std::int64_t before = 0;
    for (PlacedItem& item : level.line.line.items)
        if (auto* run = std::get_if<GlyphRun>(&item.item)) {
            item.at.x += gap * static_cast<int>(before);
            for (Glyph& glyph : run->glyphs) glyph.advance += gap;
            before += static_cast<std::int64_t>(run->glyphs.size());
        }
    return gap / 2;
}

void take_up(Level& level, Length x, Length baseline, AtomItems& into) {
    const Length y = baseline - level.line.line.baseline;
    for (PlacedItem& item : level.line.line.items) {
        item.at.x += x;
        item.at.y += y;
        into.items.push_back(std::move(item));
    }
    for (LinkArea& link : level.line.line.links) {
        link.rect.x += x;
        link.rect.y += y;
        into.links.push_back(std::move(link));
    }
    for (const Mark& mark : level.line.line.marks) into.marks.push_back({mark.node, {mark.at.x + x, mark.at.y + y}});
}

} // namespace

std::vector<RubySegment> ruby_segments(const LayoutContext& context, NodeId ruby) {
    std::vector<NodeId> shown;
    for (const NodeId child : children(context.book, ruby))
        if (context.book.node(child).element == Element::text || context.style(child).display != Display::none)
            shown.push_back(child);
    const auto annotates = [&](std::size_t i) {
        return i < shown.size() && context.book.node(shown[i]).element != Element::text &&
               context.style(shown[i]).display == Display::ruby_text;
    };
    std::vector<RubySegment> segments;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool blank = is_blank(context.book.node(shown[i]));
        const bool behind_annotation = !segments.empty() && !segments.back().annotation.empty();
        if (annotates(i) || (blank && behind_annotation && annotates(i + 1))) {
            if (segments.empty()) segments.emplace_back();
            segments.back().annotation.push_back(shown[i]);
            continue;
        }
        // A space between two stretches stands by itself.
        const bool after_space =
            segments.empty() || (!segments.back().base.empty() && is_blank(context.book.node(segments.back().base.back())));
        if (behind_annotation || after_space) segments.emplace_back();
        segments.back().base.push_back(shown[i]);
    }
    const Length em = context.text_styles[context.style_of(ruby)].size;
    for (RubySegment& segment : segments)
        segment.stands_above = !segment.annotation.empty() && is_one_piece(context, segment.base, em) &&
                               is_one_piece(context, segment.annotation, em);
    return segments;
}

AtomItems set_ruby(const LayoutContext& context, Atom& atom, std::uint32_t strut, InlineReport& report) {
    const std::uint32_t above = context.style_of(atom.annotation.front());
    Level base = set_level(context, atom.node, atom.style, atom.base, report);
    Level annotation = set_level(context, atom.node, above, atom.annotation, report);
    const EmBox below_box = em_box(context, atom.style), above_box = em_box(context, above);
    atom.width = max(base.line.width, annotation.line.width);
    const Length lent = max(context.metrics[strut].line_below - depth_of_letters(context, strut), Length());
    atom.above = max(below_box.above, below_box.above + above_box.above + above_box.below - lent);
    atom.below = below_box.below;
    AtomItems out;
    Level& shorter = base.line.width < annotation.line.width ? base : annotation;
    const Length indent = spread(shorter, atom.width);
    take_up(base, &shorter == &base ? indent : Length(), atom.above, out);
    take_up(annotation, &shorter == &annotation ? indent : Length(), atom.above - below_box.above - above_box.below, out);
    return out;
}

} // namespace bifolio
