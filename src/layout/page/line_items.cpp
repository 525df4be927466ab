// What a composed line shows beside its words: backgrounds, underlines, links, leaders, boxes for missing characters.
#include "base/utf8.h"
#include "layout/page/galley.h"
#include "layout/page/line_composer.h"
#include "layout/text/missing_character.h"

#include <algorithm>

namespace bifolio {

namespace {

struct MissingLabel {
    GlyphRun run;
    Length width;
};

// Of a cluster that no font has: the one that would be seen.
char32_t missing_one(std::string_view cluster) {
    for (std::size_t at = 0; at < cluster.size();) {
        const Decoded one = decode_utf8(cluster, at);
        if (!is_invisible(one.code_point)) return one.code_point;
        at += one.size;
    }
    return decode_utf8(cluster, 0).code_point;
}

// “U+XXXX”. No feature of the style or the font exchanges its digits: what each glyph says by itself can be read back.
MissingLabel missing_label(const LayoutContext& context, std::uint32_t style, char32_t c) {
    const auto small = static_cast<std::uint32_t>(style % context.style_count + context.style_count);
    TextStyle text_style = context.text_styles[small];
    text_style.features = {{{'c', 'a', 'l', 't'}, 0}, {{'k', 'e', 'r', 'n'}, 1}};
    text_style.language.clear();
    text_style.synthesize_small_caps = false;
    std::string label = code_point_label(c);
    const auto size = static_cast<std::uint32_t>(label.size());
    const ShapedText shaped = shape_text(context.shaper, std::move(label), {{0, size, 0}}, {text_style}, TextDirection::ltr);
    MissingLabel out;
    if (shaped.runs.empty()) return out;
    const ShapedRun& run = shaped.runs.front(); // the label is in one font
    out.run.font = run.font;
    out.run.size = run.size;
    out.run.glyphs = run.glyphs;
    for (const Glyph& glyph : run.glyphs) out.width += glyph.advance;
    return out;
}

} // namespace

void LineComposer::emit_backgrounds(LineBox& line) {
    for (const std::uint32_t index : painted_) {
        const InlineBox& box = content_.boxes[index];
        const ComputedStyle& style = context_.computed(box.style);
        const StyleMetrics& metrics = context_.metrics[box.style];
        const Length above = metrics.ascent + at(style.padding, Side::top).resolve({}) + at(style.border_width, Side::top);
        const Length below = metrics.descent + at(style.padding, Side::bottom).resolve({}) + at(style.border_width, Side::bottom);
        const Length left_margin = at(style.margin, Side::left).resolve({}),
                     right_margin = at(style.margin, Side::right).resolve({});
        bool open = false;
        Length left, right;
        const auto close = [&] {
            if (!open || right <= left) return;
            PlacedItem item{{left, line.baseline - box.shift - above},
                            Artifact::background,
                            decoration_of(style, right - left, above + below)};
            line.items.push_back(std::move(item));
            open = false;
        };
        for (const Segment& segment : segments_) {
            const bool inside = segment.begin >= box.begin && segment.end <= box.end && is_inside(segment.box, index);
            if (!inside) {
                close();
                open = false;
                continue;
            }
            const Length begin = segment.x - (segment.before > Length() ? segment.before - left_margin : Length());
            const Length end = segment.x + segment.width + (segment.after > Length() ? segment.after - right_margin : Length());
            left = open ? min(left, begin) : begin;
            right = open ? max(right, end) : end;
            open = true;
        }
        close();
    }
}

void LineComposer::emit_decorations(LineBox& line, bool over_text) {
    const auto draw = [&](const ComputedStyle& style, std::uint32_t metrics_style, Length shift, const auto& covers) {
        const TextDecoration& decoration = style.text_decoration;
        if (over_text ? !decoration.line_through : !(decoration.underline || decoration.overline)) return;
        const StyleMetrics& metrics = context_.metrics[metrics_style];
        const Length thickness = decoration.thickness.value_or(metrics.line_thickness);
        std::vector<Rule> rules;
        for (const Segment& segment : segments_) {
            if (segment.width == Length() || !covers(segment)) continue;
            if (!rules.empty() && rules.back().x + rules.back().width == segment.x)
                rules.back().width += segment.width;
            else
                rules.push_back({0, segment.x, segment.width});
        }
        const auto add = [&](Length raise) {
            for (const Rule& rule : rules)
                line.items.push_back(
                    {{rule.x, line.baseline - shift - raise - thickness / 2},
                     Artifact::decoration,
                     LineRule{rule.width, thickness, false, decoration.style, decoration.colour.value_or(style.colour)}});
        };
        if (over_text) return add(metrics.strikeout_position);
        if (decoration.underline) add(decoration.underline_offset ? -*decoration.underline_offset : metrics.underline_position);
        if (decoration.overline) add(metrics.ascent);
    };
    for (const NodeId block : decorating_blocks_)
        draw(context_.style(block), context_.style_of(block), Length(), [](const Segment&) { return true; });
    for (const std::uint32_t index : decorating_) {
        const InlineBox& box = content_.boxes[index];
        draw(context_.computed(box.style), box.style, box.shift,
             [&](const Segment& segment) { return is_inside(segment.box, index); });
    }
}

void LineComposer::emit_segment(LineBox& line, Segment& segment) {
    const ComputedStyle& style = context_.computed(segment.style);
    const Length shift = content_.boxes[segment.box].shift;
    if (segment.atom >= 0) {
        const Atom& atom = content_.atoms[static_cast<std::size_t>(segment.atom)];
        if (atom.kind == Atom::Kind::leader) return emit_leader(line, segment);
        AtomItems& made = atom_items_[static_cast<std::size_t>(segment.atom)];
        const PagePoint corner{segment.x, line.baseline - shift - atom.above};
        for (PlacedItem& item : made.items) {
            item.at.x += corner.x;
            item.at.y += corner.y;
            line.items.push_back(std::move(item));
        }
        for (LinkArea& link : made.links) {
            link.rect.x += corner.x;
            link.rect.y += corner.y;
            line.links.push_back(std::move(link));
        }
        for (const Mark& mark : made.marks) line.marks.push_back({mark.node, {mark.at.x + corner.x, mark.at.y + corner.y}});
        made = {};
        return;
    }
    if (segment.nobody || segment.run.glyphs.empty() || style.visibility != Visibility::visible) return;
    if (segment.missing) return emit_missing(line, segment);
    const StyleMetrics& metrics = context_.metrics[segment.style];
    segment.run.colour = style.colour;
    segment.run.opacity = style.opacity;
    if (segment.run.font == metrics.font) {
        segment.run.synthetic_bold = metrics.synthetic_bold;
        segment.run.synthetic_italic = metrics.synthetic_italic;
    } else {
        const FontRequest& request = context_.text_styles[segment.style].font;
        segment.run.synthetic_bold = context_.shaper.fonts.synthesizes_bold(segment.run.font, request);
        segment.run.synthetic_italic =
            request.slant != FontSlant::normal && context_.shaper.fonts.slant(segment.run.font) == FontSlant::normal;
    }
    line.items.push_back({{segment.x, line.baseline - shift}, segment.owner, std::move(segment.run)});
}

// A box with the character's number; its text is still the character.
void LineComposer::emit_missing(LineBox& line, Segment& segment) {
    const ComputedStyle& style = context_.computed(segment.style);
    const char32_t c = missing_one(segment.run.text);
    const Length baseline = line.baseline - content_.boxes[segment.box].shift;
    MissingLabel label = missing_label(context_, segment.style, c);
    const Length size = label.run.size;
    BoxDecoration frame;
    frame.width = segment.width - Length::pt(0.6);
    frame.height = size.scaled(1.1);
    frame.border_width.fill(Length::pt(0.3));
    frame.border_style.fill(BorderStyle::solid);
    frame.border_colour.fill(style.colour);
    line.items.push_back({{segment.x + Length::pt(0.3), baseline - size.scaled(0.85)}, Artifact::decoration, frame});
    if (label.run.glyphs.empty()) return;
    label.run.text = segment.run.text;
    label.run.colour = style.colour;
    for (Glyph& glyph : label.run.glyphs) glyph.cluster = 0;
    line.items.push_back({{segment.x + Length::pt(1), baseline}, segment.owner, std::move(label.run)});
}

// The pattern as often as it fits, in step with the lines above and below: counted from the line's end.
void LineComposer::emit_leader(LineBox& line, const Segment& segment) {
    const Atom& atom = content_.atoms[static_cast<std::size_t>(segment.atom)];
    const ComputedStyle& style = context_.computed(atom.style);
    std::string pattern = atom.pattern.empty() ? "." : atom.pattern;
    const ShortLine one = build_short_line(context_, plain_inline_content(context_, atom.style, pattern), atom.style);
    if (one.width <= Length() || one.line.items.empty()) return;
    const auto* run = std::get_if<GlyphRun>(&one.line.items[0].item);
    if (!run) return;
    const std::int64_t step = one.width.sp();
    const std::int64_t begin = segment.x.sp() + step / 2, end = (segment.x + segment.width).sp() - step / 2;
    // Places are whole multiples of the step from the column's left edge.
    const std::int64_t first = (begin + step - 1) / step * step;
    const std::int64_t count = end > first ? (end - first) / step : 0;
    if (count <= 0 || count > 10'000) return;
    GlyphRun out = *run;
    out.glyphs.clear();
    out.text.clear();
    for (std::int64_t i = 0; i < count; ++i) {
        for (Glyph glyph : run->glyphs) {
            glyph.cluster += static_cast<std::uint32_t>(out.text.size());
            out.glyphs.push_back(glyph);
        }
        out.text += run->text;
    }
    out.colour = style.colour;
    line.items.push_back(
        {{Length::from_sp(first), line.baseline - content_.boxes[segment.box].shift}, Artifact::decoration, std::move(out)});
}

void LineComposer::emit_links(LineBox& line) {
    for (const Segment& segment : segments_) {
        const InlineBox& box = content_.boxes[segment.box];
        if (box.link == no_node || segment.width == Length()) continue;
        const StyleMetrics& metrics = context_.metrics[segment.style];
        const Length top = line.baseline - box.shift - metrics.ascent, height = metrics.ascent + metrics.descent;
        LinkArea area;
        area.link = box.link;
        const Node& node = context_.book.node(box.link);
        if (segment.owner.generated == PseudoElement::footnote_marker)
            area.target = node.parent;
        else if (node.element == Element::note)
            area.target = box.link;
        else
            area.target = node.target;
        if (const std::string* href = area.target == no_node ? attribute(node, "href") : nullptr) area.uri = *href;
        if (area.target == no_node && area.uri.empty()) continue;
        if (!line.links.empty()) {
            LinkArea& last = line.links.back();
            if (last.link == area.link && last.target == area.target) { // one area a line
                const Length right = max(last.rect.x + last.rect.width, segment.x + segment.width);
                const Length bottom = max(last.rect.y + last.rect.height, top + height);
                last.rect.x = min(last.rect.x, segment.x);
                last.rect.y = min(last.rect.y, top);
                last.rect.width = right - last.rect.x;
                last.rect.height = bottom - last.rect.y;
                continue;
            }
        }
        area.rect = {segment.x, top, segment.width, height};
        line.links.push_back(std::move(area));
    }
}

void find_missing_glyphs(const LayoutContext& context, InlineContent& content) {
    const std::string& text = content.shaped.text;
    const std::vector<std::uint32_t>& starts = content.shaped.grapheme_starts;
    for (ShapedRun& run : content.shaped.runs) {
        if (!run.missing_glyph) continue;
        for (Glyph& glyph : run.glyphs) {
            if (glyph.id != 0 || glyph.cluster >= text.size()) continue;
            const char32_t c = decode_utf8(text, glyph.cluster).code_point;
            if (c == 0xFFFC || c < 0x20) continue;
            std::size_t piece = 0;
            while (piece + 1 < content.pieces.size() && content.pieces[piece].end <= glyph.cluster) ++piece;
            const TextPiece& owner = content.pieces[piece];
            const auto next = std::upper_bound(starts.begin(), starts.end(), glyph.cluster);
            const std::size_t first = next == starts.begin() ? glyph.cluster : *std::prev(next);
            const std::size_t last = next == starts.end() ? text.size() : *next;
            std::size_t begin = first, end = last;
            while (begin > 0 && !is_ascii_space(text[begin - 1])) --begin;
            while (end < text.size() && !is_ascii_space(text[end])) ++end;
            MissingGlyph missing;
            const std::string cluster = text.substr(first, last - first);
            missing.cluster = to_utf32(cluster);
            missing.word = text.substr(begin, end - begin);
            if (owner.node != no_node) missing.where = context.book.node(owner.node).info.where;
            if (owner.node != no_node && owner.linear) {
                missing.node = owner.node;
                missing.at = owner.node_begin + static_cast<std::uint32_t>(first - std::min<std::size_t>(first, owner.begin));
            }
            context.missing_glyphs->add(std::move(missing));
            glyph.advance = missing_label(context, owner.style, c).width + Length::pt(2);
        }
    }
}

} // namespace bifolio
