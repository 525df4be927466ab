#include "layout/page/line_builder.h"

#include "layout/page/line_composer.h"

#include <algorithm>

namespace bifolio {

namespace {

LineBreakSettings break_settings(const LayoutContext& context, std::uint32_t style_index, Margins margins, Length width,
                                 Length indent) {
    const ComputedStyle& style = context.computed(style_index);
    const Length em = context.text_styles[style_index].size;
    LineBreakSettings settings;
    // TeX’s tolerance of 200 leaves lines overfull where a divided word or wide spaces would have helped: any line that fits is
    // better than one that does not.
    settings.pretolerance = 100;
    settings.tolerance = 9'999;
    settings.hyphen_ladder_limit = style.hyphenate_limit_lines;
    if (style.hyphenate_limit_last != HyphenateLimitLast::none) settings.final_hyphen_demerits = 50'000;
    settings.no_final_hyphen = style.hyphenate_limit_last == HyphenateLimitLast::always;
    settings.emergency_stretch = em * 3;
    if (style.text_wrap == TextWrap::wrap || style.text_wrap == TextWrap::pretty) {
        settings.runt_width = max(width * 12 / 100, indent + em);
        settings.runt_demerits = 100'000;
    }
    if (margins != Margins::justified) {
        settings.pretolerance = -1; // every break is weighed against the others at once, the dear ones too
        settings.tolerance = 5000;
        settings.emergency_stretch = width;
    }
    return settings;
}

// text-wrap: balance: the narrowest measure that needs no more lines.
BrokenParagraph break_balanced(const ParagraphItems& items, const std::vector<LineShape>& shape,
                               const LineBreakSettings& settings) {
    BrokenParagraph best = break_lines(items.items, shape, settings);
    if (best.lines.size() < 2 || best.lines.size() > 6) return best;
    Length most = shape.back().width, least = most / 2;
    for (int round = 0; round < 7; ++round) {
        const Length middle = (most + least) / 2;
        std::vector<LineShape> narrow = shape;
        for (LineShape& line : narrow) line.width = min(line.width, middle);
        BrokenParagraph tried = break_lines(items.items, narrow, settings);
        const bool fits =
            tried.lines.size() == best.lines.size() &&
            std::none_of(tried.lines.begin(), tried.lines.end(), [](const BrokenLine& line) { return line.overfull; });
        if (fits) {
            best = std::move(tried);
            most = middle;
        } else {
            least = middle;
        }
    }
    return best;
}

Span where_of(const LayoutContext& context, const InlineContent& content, std::uint32_t begin) {
    for (const TextPiece& piece : content.pieces)
        if (piece.end > begin && piece.node != no_node) return context.book.node(piece.node).info.where;
    return content.boxes[0].node == no_node ? Span() : context.book.node(content.boxes[0].node).info.where;
}

void report_overfull(const LayoutContext& context, const InlineContent& content, const LinePlan& plan, bool divided,
                     Diagnostics& diagnostics) {
    std::string words;
    for (const TextPiece& piece : content.pieces) { // without the controls that layout put in
        const std::uint32_t begin = std::max(piece.begin, plan.begin), end = std::min(piece.end, plan.end);
        if (piece.node != no_node && begin < end) words += content.shaped.text.substr(begin, end - begin);
    }
    while (!words.empty() && (words.back() == ' ' || words.back() == '\n')) words.pop_back();
    if (words.size() > 60) {
        std::size_t cut = 60;
        while (cut > 0 && (static_cast<unsigned char>(words[cut]) & 0xC0) == 0x80) --cut;
        words = words.substr(0, cut) + "…";
    }
    diagnostics.warning("layout.overfull-line", where_of(context, content, plan.begin),
                        divided ? "‘" + words + "’ is wider than its line and was divided without a hyphen"
                                : "‘" + words + "’ is wider than its line");
}

Margins margins_of(Flush flush, Direction direction) {
    switch (flush) {
    case Flush::justify: return Margins::justified;
    case Flush::left: return direction == Direction::ltr ? Margins::ragged_end : Margins::ragged_start;
    case Flush::right: return direction == Direction::ltr ? Margins::ragged_start : Margins::ragged_end;
    case Flush::centre: break;
    }
    return Margins::centred;
}

// A phrase that is set as a block stands in one structure element with the words behind it; so do words beside it.
bool is_parted(const LayoutContext& context, NodeId block) {
    if (block == no_node) return false;
    const Node& node = context.book.node(block);
    if (info(node.element).kind == ElementKind::phrase)
        return node.parent != no_node && node.end != context.book.node(node.parent).end;
    return context.has(block, NodeFlag::block_inside) && (node.element == Element::p || heading_level(node.element));
}

} // namespace

Flush flush_of(TextAlign align, Direction direction) {
    const bool rtl = direction == Direction::rtl;
    switch (align) {
    case TextAlign::start: return rtl ? Flush::right : Flush::left;
    case TextAlign::end: return rtl ? Flush::left : Flush::right;
    case TextAlign::left: return Flush::left;
    case TextAlign::right: return Flush::right;
    case TextAlign::center: return Flush::centre;
    case TextAlign::justify: return Flush::justify;
    case TextAlign::decimal: return Flush::left; // numbers run left to right; tables move them to the mark
    }
    return Flush::left;
}

std::vector<LineBox> build_lines(const LayoutContext& context, const InlineContent& content, std::vector<AtomItems>& atom_items,
                                 const ParagraphSetting& setting, LineScratch& scratch, Diagnostics& diagnostics) {
    const ComputedStyle& style = context.computed(setting.style);
    const Direction direction = content.shaped.direction == TextDirection::rtl ? Direction::rtl : Direction::ltr;
    const Flush flush = flush_of(setting.align.value_or(style.text_align), direction);
    const Margins margins = margins_of(flush, direction);

    std::vector<LineShape> shape = setting.shape;
    const Length indent = style.text_indent.resolve(shape.back().width);
    if (indent != Length()) {
        if (shape.size() == 1) shape.push_back(shape[0]);
        for (std::size_t i = 0; i < shape.size(); ++i) {
            if ((i == 0) == style.text_indent_hanging || (i == 0 && !setting.first_line_indented)) continue;
            if (direction == Direction::ltr) shape[i].indent += indent;
            shape[i].width = shape[i].width - indent;
        }
    }
    measure_text(content, scratch.measure);
    const auto sink = static_cast<std::size_t>(content.initial_letter_sink);
    if (sink > 1) { // the lines beside an initial letter, which stands in the first
        const Length letter = scratch.measure[content.initial_letter_end];
        while (shape.size() <= sink) shape.push_back(shape.back());
        for (std::size_t i = 1; i < sink; ++i) {
            if (direction == Direction::ltr) shape[i].indent += letter;
            shape[i].width = max(shape[i].width - letter, Length::pt(1));
        }
    }
    Length narrowest = shape[0].width;
    for (const LineShape& line : shape) narrowest = min(narrowest, line.width);

    make_paragraph_items(context, content, scratch.measure, margins, max(narrowest, Length::pt(1)), scratch.items,
                         direction == Direction::ltr ? HangRoom{setting.hang_left, setting.hang_right}
                                                     : HangRoom{setting.hang_right, setting.hang_left});
    const ParagraphItems& items = scratch.items;
    const LineBreakSettings settings = break_settings(context, setting.style, margins, narrowest, max(indent, Length()));
    const BrokenParagraph broken =
        style.text_wrap == TextWrap::balance ? break_balanced(items, shape, settings) : break_lines(items.items, shape, settings);

    const bool parted = is_parted(context, setting.block);
    LineComposer composer(context, content, atom_items);
    std::vector<LineBox> lines;
    lines.reserve(broken.lines.size());
    const auto size = static_cast<std::uint32_t>(content.shaped.text.size());
    for (std::size_t i = 0; i < broken.lines.size(); ++i) {
        const BrokenLine& line = broken.lines[i];
        LinePlan plan;
        plan.begin = i == 0 ? 0 : items.bytes[line.begin];
        plan.end = i + 1 < broken.lines.size() ? items.bytes[broken.lines[i + 1].begin] : size;
        const ParagraphItem* breaking = line.end < items.items.size() ? &items.items[line.end] : nullptr;
        plan.hyphenated = line.hyphenated && breaking->width > Length(); // else the hyphen stands in the text
        const bool penalty = breaking && breaking->kind == ParagraphItem::Kind::penalty;
        plan.last = !breaking || (penalty && breaking->penalty <= forced_break);
        plan.parted = i + 1 == broken.lines.size() && parted;
        const LineShape& place = shape[std::min(i, shape.size() - 1)];
        plan.indent = place.indent;
        plan.width = place.width;
        plan.flush = flush;
        plan.hang_begin = line.hang_begin;
        plan.hang_end = line.hang_end;
        plan.letter_space = line.letter_space;
        if (plan.last && style.text_align_last != TextAlignLast::automatic) {
            constexpr std::array last{TextAlign::start, TextAlign::start,  TextAlign::end,    TextAlign::left,
                                      TextAlign::right, TextAlign::center, TextAlign::justify};
            plan.flush = flush_of(last[static_cast<std::size_t>(style.text_align_last)], direction);
            if (plan.flush == Flush::justify) plan.last = false;
        }
        lines.push_back(composer.compose(plan));
        const bool divided = penalty && breaking->penalty == emergency_break;
        if (composer.overfull_by() > Length::pt(0.5) || (divided && style.overflow_wrap == OverflowWrap::normal))
            report_overfull(context, content, plan, divided, diagnostics);
    }
    return lines;
}

ShortLine build_short_line(const LayoutContext& context, const InlineContent& content, std::uint32_t style) {
    ShortLine out;
    if (!content.has_text) {
        out.line.baseline = context.metrics[style].line_above;
        out.line.height = out.line.baseline + context.metrics[style].line_below;
        return out;
    }
    std::vector<AtomItems> none(content.atoms.size());
    LineComposer composer(context, content, none);
    LinePlan plan;
    plan.end = static_cast<std::uint32_t>(content.shaped.text.size());
    plan.last = true;
    out.line = composer.compose(plan);
    out.width = composer.natural_width();
    return out;
}

} // namespace bifolio
