// Blocks of cmark's tree, with captions and lines of attributes brought to where they belong.

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/limits.h"
#include "read/markdown_item.h"
#include "read/stand_ins.h"

#include <algorithm>
#include <array>
#include <utility>

#include <cmark-gfm.h>

namespace bifolio {

namespace {

constexpr std::array<std::pair<std::string_view, CallOutKind>, 8> call_outs{{{"NOTE", CallOutKind::note},
                                                                             {"TIP", CallOutKind::tip},
                                                                             {"IMPORTANT", CallOutKind::important},
                                                                             {"WARNING", CallOutKind::warning},
                                                                             {"CAUTION", CallOutKind::caution},
                                                                             {"CARE", CallOutKind::care},
                                                                             {"DOSE", CallOutKind::dose},
                                                                             {"CONTACT", CallOutKind::contact}}};

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

// cmark knows no tasks in quotations. The box is taken from the words of the item's first paragraph.
std::optional<bool> take_box(cmark_node* first, Blocks& body) {
    if (!first || kind_of(first) != SyntaxKind::paragraph || body.empty()) return std::nullopt;
    const std::string_view box = content_of(first).substr(0, 4);
    if (box != "[ ] " && box != "[x] " && box != "[X] ") return std::nullopt;
    auto* paragraph = std::get_if<Paragraph>(&body.front().node);
    auto* words = paragraph && !paragraph->body.empty() ? std::get_if<Text>(&paragraph->body.front().node) : nullptr;
    if (!words || !words->text.starts_with(box)) return std::nullopt; // “[x] ” may be a link
    words->text.erase(0, box.size());
    body.front().info.where.begin += 4;
    paragraph->body.front().info.where.begin += 4;
    if (words->text.empty()) paragraph->body.erase(paragraph->body.begin());
    return box[1] != ' ';
}

} // namespace

MarkdownConverter::MarkdownConverter(Reading& reading, ParsedMarkdown parsed, Additions added)
    : reading_(reading), parsed_(std::move(parsed)), added_(std::move(added)) {
    for (cmark_node* node = cmark_node_first_child(parsed_.root.get()); node; node = cmark_node_next(node)) {
        if (kind_of(node) != SyntaxKind::footnote_definition) continue;
        notes_[node].label = label_of(node);
        note_order_.push_back(node);
    }
}

Blocks MarkdownConverter::convert() {
    cmark_node* node = cmark_node_first_child(parsed_.root.get());
    for (int i = 0; i < added_.blocks && node; ++i) {
        cmark_node* next = cmark_node_next(node);
        cmark_node_unlink(node);
        cmark_node_free(node);
        node = next;
    }
    Blocks blocks = blocks_of(parsed_.root.get(), 0);
    if (std::any_of(notes_.begin(), notes_.end(), [](const auto& note) { return !note.second.called; }))
        blocks.push_back(unused_notes());
    return blocks;
}

Inlines MarkdownConverter::convert_paragraph() {
    cmark_node* paragraph = cmark_node_first_child(parsed_.root.get());
    ContentCursor cursor = cursor_of(paragraph);
    return finished(pieces_of(paragraph, cursor, 1), cursor, 1);
}

Block MarkdownConverter::unused_notes() {
    Division section{DivisionKind::section, {}};
    Span all{};
    for (cmark_node* node : note_order_) {
        NoteState& note = notes_[node];
        if (std::exchange(note.called, true)) continue;
        const Span where = span_of(node);
        reading_.diagnostics().warning("read.unused-note", where,
                                       "nothing calls the note ‘" + note.label + "’; its text is put at the article's end",
                                       {"call it with [^" + note.label + "]"});
        all = section.body.empty() ? where : joined(all, where);
        Block block = make_block(where, Division{DivisionKind::division, blocks_of(node, 1)});
        block.info.classes = {"unreferenced-note"};
        section.body.push_back(std::move(block));
    }
    Block block = make_block(all, std::move(section));
    block.info.classes = {"unreferenced-notes"};
    return block;
}

// ---- places ----

std::size_t MarkdownConverter::first_line_of(cmark_node* node) const {
    int line = place_of(node).line;
    if (line == 0) { // lines that cmark cut off the front of a table: it knows the table's place only
        cmark_node* next = cmark_node_next(node);
        line = next ? place_of(next).line : 0;
    }
    for (cmark_node* up = node; line == 0 && (up = cmark_node_parent(up));) line = place_of(up).line;
    const int shifted = std::max(line - 1 - added_.lines, 0);
    return std::min(static_cast<std::size_t>(shifted), reading_.source().lines() - 1);
}

std::size_t MarkdownConverter::column_in_source(std::size_t line, std::size_t column) const {
    const auto found = added_.letters.find(line);
    if (found == added_.letters.end()) return column;
    std::ptrdiff_t shift = 0;
    for (const Additions::Letters& letters : found->second)
        if (static_cast<std::ptrdiff_t>(column) >= static_cast<std::ptrdiff_t>(letters.column) + shift + letters.count)
            shift += letters.count;
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(column) - shift, 0));
}

Span MarkdownConverter::span_of(cmark_node* node) const {
    const SourceText& source = reading_.source();
    const Place place = place_of(node);
    const std::size_t first = first_line_of(node);
    const std::size_t last = std::min(
        static_cast<std::size_t>(std::max(place.end_line - 1 - added_.lines, static_cast<int>(first))), source.lines() - 1);
    const std::size_t column = column_in_source(first, static_cast<std::size_t>(std::max(place.column - 1, 0)));
    const std::size_t begin = source.line_begin(first) + std::min(column, source.line(first).size());
    std::size_t end = source.line_begin(last) + source.line(last).size();
    while (end > begin && is_ascii_space(source.text()[end - 1])) --end;
    return source.span(begin, end);
}

// A block's content is its lines without what stands before them. The first lines may be missing: link definitions.
ContentCursor MarkdownConverter::cursor_of(cmark_node* node) const {
    const SourceText& source = reading_.source();
    const std::string_view content = content_of(node);
    std::string written(content); // as it stands in the source
    std::transform(written.begin(), written.end(), written.begin(), without_stand_in);
    const auto place_in = [](std::string_view line, std::string_view part) {
        part = trimmed(part);
        return line.size() >= part.size() && line.ends_with(part) ? line.size() - part.size() : line.find(part);
    };
    const std::string first = written.substr(0, written.find('\n'));
    std::size_t line = first_line_of(node);
    const std::size_t last =
        std::min(source.lines(), line + static_cast<std::size_t>(std::max(place_of(node).end_line - place_of(node).line, 0)) + 1);
    // Link definitions above the first line are in the file only, and may say its words within: the content is the last lines of
    // a paragraph. Where that is not so, the line that ends with the first words goes first.
    const auto stands_at = [&](std::size_t from) {
        for (std::size_t at = 0; at < written.size(); ++from) {
            const std::size_t end = std::min(written.find('\n', at), written.size());
            if (from >= last ||
                place_in(source.line(from), std::string_view(written).substr(at, end - at)) == std::string_view::npos)
                return false;
            at = end + 1;
        }
        return true;
    };
    const std::string_view shown = std::string_view(written).substr(0, written.find_last_not_of('\n') + 1);
    const auto lines = static_cast<std::size_t>(std::ranges::count(shown, '\n')) + 1;
    if (kind_of(node) == SyntaxKind::paragraph && lines < last - line && stands_at(last - lines)) {
        line = last - lines;
    } else {
        std::size_t ends = line;
        while (ends < last && !trimmed(source.line(ends)).ends_with(trimmed(first))) ++ends;
        if (ends < last) line = ends;
        while (line + 1 < last && place_in(source.line(line), first) == std::string_view::npos) ++line;
    }
    OffsetMap map;
    for (std::size_t at = 0; at < content.size() && line < source.lines(); ++line) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const std::string_view part = std::string_view(written).substr(at, end - at);
        const std::size_t space = std::min(part.find_first_not_of(" \t"), part.size());
        const std::size_t found = place_in(source.line(line), part);
        map.add(at + space, source.line_begin(line) + (found == std::string_view::npos ? 0 : found));
        at = end + 1;
    }
    if (map.empty()) map.add(0, source.line_begin(first_line_of(node)));
    return {content, std::move(map), source};
}

// ---- one block ----

Blocks MarkdownConverter::blocks_of(cmark_node* parent, std::size_t depth) {
    if (depth > limits::nesting_depth) {
        Blocks blocks;
        blocks.push_back(flattened(parent));
        return blocks;
    }
    Items items;
    for (cmark_node* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        if (kind_of(node) == SyntaxKind::footnote_definition) continue;
        if (!reading_.count_node(span_of(node))) break;
        add_item(node, depth, items);
    }
    return finished(std::move(items), depth);
}

void MarkdownConverter::add_item(cmark_node* node, std::size_t depth, Items& items) {
    Item item;
    item.node = node;
    switch (kind_of(node)) {
    case SyntaxKind::paragraph: return add_paragraph(node, depth, items);
    case SyntaxKind::heading: item.block = heading(node, depth); break;
    case SyntaxKind::block_quote: item.block = quote_or_call_out(node, depth); break;
    case SyntaxKind::code_block: item.block = code_block(node); break;
    case SyntaxKind::thematic_break: item.block = make_block(span_of(node), ThematicBreak{}); break;
    case SyntaxKind::list: item.block = list(node, depth); break;
    case SyntaxKind::definition_list: item.block = definition_list(node, depth); break;
    case SyntaxKind::table: item.block = table(node, depth); break;
    case SyntaxKind::division: item.block = division(node, depth); break;
    case SyntaxKind::html_block:
        item.kind = Item::Kind::html;
        item.block = make_block(span_of(node), ThematicBreak{});
        break;
    case SyntaxKind::attribute_line: {
        item.kind = Item::Kind::attributes;
        std::string_view text = opening_text(node);
        if (auto parsed = take_attribute_list(text)) item.list = *std::move(parsed);
        Paragraph paragraph;
        append_text(paragraph.body, opening_text(node), span_of(node));
        item.block = make_block(span_of(node), std::move(paragraph));
        break;
    }
    default: return;
    }
    item.first_line = first_line_of(node);
    const int lines = place_of(node).end_line - place_of(node).line;
    item.last_line = std::min(item.first_line + static_cast<std::size_t>(std::max(lines, 0)), reading_.source().lines() - 1);
    while (item.last_line > item.first_line && is_blank(reading_.source().line(item.last_line))) --item.last_line;
    items.push_back(std::move(item));
}

void MarkdownConverter::add_paragraph(cmark_node* node, std::size_t depth, Items& items) {
    ContentCursor cursor = cursor_of(node);
    Pieces pieces = pieces_of(node, cursor, depth + 1);
    Item item;
    item.node = node;
    const std::string_view content = content_of(node);
    item.table_caption = content.starts_with("Table:");
    item.figure_caption = content.starts_with("Figure:");
    if (item.table_caption || item.figure_caption)
        if (auto list = take_trailing_attributes(pieces, cursor)) item.list = *std::move(list);

    // A picture's caption may stand on the next line of its paragraph.
    Pieces caption;
    const auto line_end =
        std::find_if(pieces.begin(), pieces.end(), [](const Piece& p) { return p.kind == Piece::Kind::soft_break; });
    if (line_end != pieces.end() && line_end + 1 != pieces.end()) {
        const auto* text = std::get_if<Text>(&(line_end + 1)->node.node);
        if (text && text->text.starts_with("Figure:")) {
            caption.assign(std::make_move_iterator(line_end + 1), std::make_move_iterator(pieces.end()));
            pieces.erase(line_end, pieces.end());
        }
    }
    std::optional<AttributeList> figure_list;
    if (!caption.empty()) figure_list = take_trailing_attributes(caption, cursor);

    const Span where = cursor.span(0, content.find_last_not_of(" \t\n") + 1);
    Paragraph paragraph{finished(std::move(pieces), cursor, depth + 1)};
    Inlines caption_words = finished(std::move(caption), cursor, depth + 1);
    NodeInfo* picture_info = nullptr;
    if (!caption_words.empty() && !only_picture(paragraph.body, picture_info)) { // no picture: a paragraph like any other
        append_text(paragraph.body, "\n", where);
        append(paragraph.body, std::move(caption_words));
        caption_words.clear();
    }
    item.block = make_block(where, std::move(paragraph));
    become_figure(item.block);
    if (auto* figure = std::get_if<Figure>(&item.block.node); figure && !caption_words.empty()) {
        figure->caption_info.where = joined(caption_words.front().info.where, caption_words.back().info.where);
        drop_label(caption_words, 7);
        figure->caption = std::move(caption_words);
        if (figure_list) apply_to(*figure_list, item.block);
    }
    item.first_line = reading_.source().line_of(cursor.to_source().original(0));
    item.last_line = item.first_line + static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
    if (content.ends_with('\n')) --item.last_line;
    const auto* words = std::get_if<Paragraph>(&item.block.node);
    if (!words || !words->body.empty()) items.push_back(std::move(item)); // else: nothing but comments
}

Block MarkdownConverter::heading(cmark_node* node, std::size_t depth) {
    ContentCursor cursor = cursor_of(node);
    Pieces pieces = pieces_of(node, cursor, depth + 1);
    std::optional<AttributeList> list = take_trailing_attributes(pieces, cursor);
    Block block =
        make_block(span_of(node), Heading{cmark_node_get_heading_level(node), finished(std::move(pieces), cursor, depth + 1)});
    if (list) apply(*list, block.info);
    return block;
}

// “[!KIND]” at the quote's front; `prefix`: its bytes. An unknown kind is named and stays.
std::optional<CallOutKind> MarkdownConverter::call_out_kind(cmark_node* quote, std::size_t& prefix) {
    cmark_node* first = cmark_node_first_child(quote);
    if (!first || kind_of(first) != SyntaxKind::paragraph) return std::nullopt;
    cmark_node* text = cmark_node_first_child(first);
    if (!text || kind_of(text) != SyntaxKind::text) return std::nullopt;
    const std::string_view literal = literal_of(text);
    if (!literal.starts_with("[!") || !content_of(first).starts_with("[!")) return std::nullopt;
    const std::size_t end = literal.find(']');
    if (end == std::string_view::npos || end < 3) return std::nullopt;
    const std::string_view name = literal.substr(2, end - 2);
    if (!std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; }))
        return std::nullopt;
    prefix = end + 1;
    for (const auto& [known, kind] : call_outs)
        if (known == upper(name)) return kind;
    std::vector<std::string> names;
    for (const auto& [known, kind] : call_outs) names.emplace_back(known);
    std::vector<std::string> hints = did_you_mean(upper(name), names);
    if (hints.empty()) hints.push_back("known kinds: NOTE, TIP, IMPORTANT, WARNING, CAUTION, CARE, DOSE, CONTACT");
    const ContentCursor cursor = cursor_of(first);
    reading_.diagnostics().warning("read.unknown-call-out", cursor.span(0, prefix),
                                   "no call-out is named ‘" + std::string(name) + "’; it stays a quotation", std::move(hints));
    return std::nullopt;
}

Block MarkdownConverter::quote_or_call_out(cmark_node* node, std::size_t depth) {
    std::size_t prefix = 0;
    const std::optional<CallOutKind> kind = call_out_kind(node, prefix);
    if (!kind) return make_block(span_of(node), Quote{blocks_of(node, depth + 1)});

    cmark_node* first = cmark_node_first_child(node);
    ContentCursor cursor = cursor_of(first);
    Pieces pieces = pieces_of(first, cursor, depth + 2);
    auto& text = std::get<Text>(pieces.front().node.node).text;
    text.erase(0, text.find_first_not_of(" \t", prefix));
    pieces.front().node.info.where =
        cursor.span(std::min(pieces.front().range.begin + prefix, pieces.front().range.end), pieces.front().range.end);
    const auto line_end = std::find_if(pieces.begin(), pieces.end(), [](const Piece& p) {
        return p.kind == Piece::Kind::soft_break || std::holds_alternative<LineBreak>(p.node.node);
    });
    Pieces rest;
    if (line_end != pieces.end()) {
        rest.assign(std::make_move_iterator(line_end + 1), std::make_move_iterator(pieces.end()));
        pieces.erase(line_end, pieces.end());
    }
    std::optional<AttributeList> list = take_trailing_attributes(pieces, cursor);
    CallOut call_out{*kind, finished(std::move(pieces), cursor, depth + 2), {}};
    Inlines words = finished(std::move(rest), cursor, depth + 2);
    if (!words.empty()) {
        const Span where = joined(words.front().info.where, words.back().info.where);
        Block paragraph = make_block(where, Paragraph{std::move(words)});
        become_figure(paragraph);
        call_out.body.push_back(std::move(paragraph));
    }
    const Span where = span_of(node);
    cmark_node_unlink(first);
    Blocks others = blocks_of(node, depth + 1);
    cmark_node_free(first);
    std::move(others.begin(), others.end(), std::back_inserter(call_out.body));
    Block block = make_block(where, std::move(call_out));
    if (list) apply(*list, block.info);
    return block;
}

// “```python {#id .wide}” and Pandoc's “```{.python #id}”.
Block MarkdownConverter::code_block(cmark_node* node) {
    std::string_view info = trimmed(cmark_node_get_fence_info(node));
    CodeBlock code{{}, with_allowed_characters(literal_of(node))};
    Block block = make_block(span_of(node), ThematicBreak{});
    const std::size_t word = std::min(info.find_first_of(" \t{"), info.size());
    code.language = with_allowed_characters(info.substr(0, word));
    info = trimmed(info.substr(word));
    if (auto list = take_attribute_list(info)) {
        reading_.keep_known(*list, block.info.where);
        if (code.language.empty() && !list->classes.empty()) {
            code.language = list->classes.front();
            list->classes.erase(list->classes.begin());
        }
        apply(*list, block.info);
    }
    if (!info.empty())
        reading_.diagnostics().warning("read.unknown-attribute", block.info.where,
                                       "‘" + with_allowed_characters(info.substr(0, 60)) +
                                           "’ behind the fence has no meaning here and is left out",
                                       {"write the language, then attributes: {#id .class}"});
    block.node = std::move(code);
    return block;
}

Block MarkdownConverter::list(cmark_node* node, std::size_t depth) {
    List list;
    list.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    list.start = list.ordered ? cmark_node_get_list_start(node) : 1;
    list.tight = cmark_node_get_list_tight(node) != 0;
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        ListItem item;
        item.info.where = span_of(child);
        if (!reading_.count_node(item.info.where)) break;
        item.checked = task_of(child, reading_.source().line(first_line_of(child)));
        item.body = blocks_of(child, depth + 1);
        if (!item.checked) item.checked = take_box(cmark_node_first_child(child), item.body);
        list.items.push_back(std::move(item));
    }
    return make_block(span_of(node), std::move(list));
}

Block MarkdownConverter::definition_list(cmark_node* node, std::size_t depth) {
    DefinitionList list;
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        NodeInfo info;
        info.where = span_of(child);
        if (!reading_.count_node(info.where)) break;
        if (kind_of(child) == SyntaxKind::term) {
            if (list.items.empty() || !list.items.back().definitions.empty()) list.items.emplace_back().info.where = info.where;
            ContentCursor cursor = cursor_of(child);
            Pieces pieces = pieces_of(child, cursor, depth + 1);
            if (auto attributes = take_trailing_attributes(pieces, cursor)) apply(*attributes, info);
            list.items.back().terms.emplace_back(std::move(info), finished(std::move(pieces), cursor, depth + 1));
        } else if (!list.items.empty()) {
            list.items.back().info.where = joined(list.items.back().info.where, info.where);
            list.items.back().definitions.emplace_back(std::move(info), blocks_of(child, depth + 1));
        }
    }
    return make_block(span_of(node), std::move(list));
}

Block MarkdownConverter::division(cmark_node* node, std::size_t depth) {
    Block block = make_block(span_of(node), Division{DivisionKind::division, blocks_of(node, depth + 1)});
    if (!is_closed(node)) {
        const SourceText& source = reading_.source();
        const std::size_t line = first_line_of(node);
        const std::size_t begin = source.line_begin(line);
        reading_.diagnostics().warning("read.unclosed-division", source.span(begin, begin + source.line(line).size()),
                                       "this ‘:::’ is never closed; it goes on to the end of what holds it",
                                       {"add a line ‘:::’ where it ends"});
    }
    std::string_view text = opening_text(node);
    if (auto list = take_attribute_list(text)) {
        reading_.keep_known(*list, block.info.where);
        apply(*list, block.info);
    }
    return block;
}

// What is nested too deep: all its words, in order.
Block MarkdownConverter::flattened(cmark_node* node) {
    const Span where = span_of(node);
    reading_.report_depth(where);
    Paragraph paragraph;
    cmark_iter* walk = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node* at = cmark_iter_get_node(walk);
        const SyntaxKind kind = kind_of(at);
        const bool has_words = kind == SyntaxKind::text || kind == SyntaxKind::code || kind == SyntaxKind::code_block ||
                               kind == SyntaxKind::html_block;
        if (event == CMARK_EVENT_ENTER && has_words) append_text(paragraph.body, literal_of(at), where);
        if (event == CMARK_EVENT_ENTER && kind == SyntaxKind::marker) append_text(paragraph.body, marker_text(at), where);
        if (kind == SyntaxKind::soft_break || kind == SyntaxKind::line_break ||
            (event == CMARK_EVENT_EXIT && kind == SyntaxKind::paragraph))
            append_text(paragraph.body, "\n", where);
    }
    cmark_iter_free(walk);
    return make_block(where, std::move(paragraph));
}

} // namespace bifolio
