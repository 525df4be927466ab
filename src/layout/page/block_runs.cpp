// The children of a block: rows of inline content, and blocks between them (anonymous boxes, CSS 2.1 §9.2.1); their measures;
// markers.
#include "layout/page/block_flow.h"
#include "layout/page/picture_layout.h"
#include "layout/page/ruby.h"
#include "layout/page/table_layout.h"
#include "layout/page/table_model.h"

#include "base/number.h"
#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

bool is_blank_text(const LayoutContext& context, const InlinePart& part) {
    const NodeId* id = std::get_if<NodeId>(&part);
    if (!id) return false;
    const Node& node = context.book.node(*id);
    if (node.element != Element::text) return false;
    const WhiteSpace mode = context.style(*id).white_space;
    return (mode == WhiteSpace::normal || mode == WhiteSpace::nowrap || mode == WhiteSpace::pre_line) && is_blank(node.text);
}

struct RunCollector {
    const LayoutContext& context;
    const std::function<void(const std::vector<InlinePart>&, std::uint32_t)>& on_run;
    const std::function<void(NodeId)>& on_block;
    const std::function<void(const GeneratedPart&)>& on_generated_block;
    const std::function<void(NodeId)>& on_mark;
    std::vector<InlinePart> parts;
    std::uint32_t run = 0;

    void flush() {
        const bool blank =
            std::all_of(parts.begin(), parts.end(), [&](const InlinePart& part) { return is_blank_text(context, part); });
        if (!blank) on_run(parts, run++);
        parts.clear();
    }

    void add_pseudo(NodeId id, PseudoElement which) {
        const PseudoBox* pseudo = context.styled.pseudo(id, which);
        if (!pseudo) return;
        const ComputedStyle& style = context.computed(pseudo->style);
        if (style.display == Display::none) return;
        GeneratedPart part{id, which, pseudo->style, pseudo->content};
        if (is_block_level(style)) {
            flush();
            on_generated_block(part);
        } else {
            parts.emplace_back(std::move(part));
        }
    }

    void walk(NodeId id) {
        add_pseudo(id, PseudoElement::before);
        std::uint32_t table_end = 0; // of table parts that are set together
        for (const NodeId child : children(context.book, id)) {
            const Node& node = context.book.node(child);
            if (index(child) < table_end) continue;
            if (node.element == Element::text || node.element == Element::note || node.element == Element::note_reference) {
                parts.emplace_back(child);
                continue;
            }
            const ComputedStyle& style = context.style(child);
            if (style.display == Display::none) continue;
            if (is_table_part(style.display)) {
                flush();
                on_block(child);
                table_end = index(context.book.node(parts_beside(context, child).back()).end);
                continue;
            }
            const bool floats = style.float_ == Float::left || style.float_ == Float::right || style.float_ == Float::inside ||
                                style.float_ == Float::outside;
            if (is_block_level(style) || (floats && parts.empty())) {
                if (floats && !parts.empty()) { // stands beside the words before it
                    parts.emplace_back(child);
                    continue;
                }
                flush();
                on_block(child);
            } else if (style.display == Display::contents || context.has(child, NodeFlag::block_inside)) {
                if (!floats && style.display != Display::inline_block && style.display != Display::inline_table) {
                    on_mark(child);
                    walk(child);
                } else {
                    parts.emplace_back(child);
                }
            } else {
                parts.emplace_back(child);
            }
        }
        add_pseudo(id, PseudoElement::after);
    }
};

// An ordered list counts its items; `start` and `value` set the count.
std::int64_t ordinal_of(const Book& book, NodeId item) {
    const NodeId list = book.node(item).parent;
    std::int64_t value = 1;
    if (const std::string* start = attribute(book.node(list), "start"))
        value = static_cast<std::int64_t>(parse_number(*start).value_or(1));
    for (const NodeId child : children(book, list)) {
        const Node& node = book.node(child);
        if (node.element != Element::li) continue;
        if (const std::string* own = attribute(node, "value"))
            value = static_cast<std::int64_t>(parse_number(*own).value_or(static_cast<double>(value)));
        if (child == item) break;
        ++value;
    }
    return value;
}

std::string marker_text(const LayoutContext& context, NodeId id, const ComputedStyle& style) {
    const std::string& type = style.list_style_type;
    if (type.empty() || type == "none") return {};
    if (type.size() >= 2 && (type.front() == '"' || type.front() == '\'')) return type.substr(1, type.size() - 2);
    if (type == "disc") return "• ";
    if (type == "circle") return "◦ ";
    if (type == "square") return "▪ ";
    return format_counter(ordinal_of(context.book, id), type) + ". ";
}

} // namespace

void for_each_run(const LayoutContext& context, NodeId id,
                  const std::function<void(const std::vector<InlinePart>&, std::uint32_t run)>& on_run,
                  const std::function<void(NodeId)>& on_block,
                  const std::function<void(const GeneratedPart&)>& on_generated_block,
                  const std::function<void(NodeId)>& on_mark) {
    RunCollector collector{context, on_run, on_block, on_generated_block, on_mark, {}, 0};
    collector.walk(id);
    collector.flush();
}

void BlockFlow::add_marker(NodeId id, const BoxWidths& box) {
    const ComputedStyle& style = context_.style(id);
    const PseudoBox* pseudo = context_.styled.pseudo(id, PseudoElement::marker);
    GeneratedPart part{id, PseudoElement::marker, pseudo ? pseudo->style : context_.style_of(id), {}};
    if (pseudo && context_.computed(pseudo->style).display == Display::none) return;
    if (pseudo && !pseudo->content.empty()) {
        part.content = pseudo->content;
    } else {
        const std::string text = marker_text(context_, id, style);
        if (text.empty()) return;
        part.content = {GeneratedText{text}};
    }
    if (style.list_style_position == ListStylePosition::inside) {
        lead_.push_back(std::move(part));
        return;
    }
    const auto* last = std::get_if<GeneratedText>(&part.content.back());
    const bool gap = last && !last->text.empty() && last->text.back() == ' ';
    const std::uint32_t style_index = part.style;
    InlineContent content = build_inline_content(context_, id, style_index, {part}, state_.report);
    find_missing_glyphs(context_, content);
    if (!content.has_text) return;
    Marker marker{build_short_line(context_, content, style_index), {}};
    const Length space = gap ? context_.text_styles[style_index].size.scaled(0.45) : Length();
    // Beside the item's border box, on the side where its lines begin.
    if (style.direction == Direction::rtl)
        marker.x = x_ + width_ + box.right + space;
    else
        marker.x = x_ - box.left - space - marker.line.width;
    markers_.push_back(std::move(marker));
}

ContentWidths measure_children(const LayoutContext& context, SectionState& state, NodeId id) {
    ContentWidths widths;
    const auto include = [&](ContentWidths other) {
        widths.least = max(widths.least, other.least);
        widths.most = max(widths.most, other.most);
    };
    for_each_run(
        context, id,
        [&](const std::vector<InlinePart>& parts, std::uint32_t run) {
            const auto [place, is_new] = state.measured.try_emplace({id, run});
            InlineContent& content = place->second;
            if (is_new) {
                content = build_inline_content(context, id, context.style_of(id), parts, state.report, run == 0);
                find_missing_glyphs(context, content);
            }
            for (Atom& atom : content.atoms) {
                const ComputedStyle& style = context.computed(atom.style);
                if (atom.kind == Atom::Kind::picture)
                    atom.width =
                        box_widths(style, Length(),
                                   size_picture(context, state, atom.node, atom.resource, atom.style, std::nullopt).width, false)
                            .border_width;
                if (atom.kind == Atom::Kind::ruby) set_ruby(context, atom, content.boxes[0].style, state.report);
                if (atom.kind == Atom::Kind::block) atom.width = measure_block(context, state, atom.node).most;
            }
            for (const NodeId floating : content.floats) include(measure_block(context, state, floating));
            if (content.has_text) {
                measure_text(content, state.scratch.measure);
                make_paragraph_items(context, content, state.scratch.measure, Margins::justified, Length(), state.scratch.items);
                include(content_widths(state.scratch.items));
            }
        },
        [&](NodeId block) { include(measure_block(context, state, block)); }, [](const GeneratedPart&) {}, [](NodeId) {});
    return widths;
}

ContentWidths measure_block(const LayoutContext& context, SectionState& state, NodeId id) {
    const std::uint32_t style_index = context.style_of(id);
    const ComputedStyle& style = context.computed(style_index);
    if (style.display == Display::none) return {};
    const Node& node = context.book.node(id);
    const BoxWidths edges = box_widths(style, Length(), Length(), false);
    Length around = edges.left + edges.right;
    for (const Side side : {Side::left, Side::right})
        if (at(style.margin, side).is_definite()) around += at(style.margin, side).length;
    if (style.display == Display::table || style.display == Display::inline_table ||
        is_table_part(style.display)) { // its measures have its edges
        const ContentWidths table = measure_table(context, state, id);
        around = around - edges.left - edges.right;
        return {table.least + around, table.most + around};
    }
    ContentWidths widths;
    if (node.element == Element::img) {
        const Length width = size_picture(context, state, id, node.resource, style_index, std::nullopt).width;
        widths = {style.max_width.percent != 0 || style.width.percent != 0 ? min(width, Length::mm(15)) : width, width};
    } else if (style.width.is_definite()) {
        const Length width =
            style.box_sizing == BoxSizing::border_box ? style.width.length - edges.left - edges.right : style.width.length;
        widths = {width, width};
        measure_children(context, state, id); // what is in it waits to be set
    } else {
        widths = measure_children(context, state, id);
    }
    if (style.max_width.is_definite()) {
        widths.least = min(widths.least, style.max_width.length);
        widths.most = min(widths.most, style.max_width.length);
    }
    if (style.min_width.is_definite()) {
        widths.least = max(widths.least, style.min_width.length);
        widths.most = max(widths.most, style.min_width.length);
    }
    return {widths.least + around, widths.most + around};
}

} // namespace bifolio
