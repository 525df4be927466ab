// Blocks of an HTML tree.

#include "base/utf8.h"
#include "io/limits.h"
#include "read/html_converter.h"
#include "read/one_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace bifolio {

namespace {

constexpr std::array<std::pair<std::string_view, DivisionKind>, 15> divisions{{{"div", DivisionKind::division},
                                                                               {"section", DivisionKind::section},
                                                                               {"article", DivisionKind::article},
                                                                               {"aside", DivisionKind::aside},
                                                                               {"header", DivisionKind::header},
                                                                               {"footer", DivisionKind::footer},
                                                                               {"nav", DivisionKind::navigation},
                                                                               {"address", DivisionKind::address},
                                                                               {"main", DivisionKind::main},
                                                                               {"details", DivisionKind::division},
                                                                               {"center", DivisionKind::division},
                                                                               {"hgroup", DivisionKind::division},
                                                                               {"fieldset", DivisionKind::division},
                                                                               {"search", DivisionKind::section},
                                                                               {"dialog", DivisionKind::division}}};
constexpr std::string_view other_blocks[] = {"p",   "h1", "h2",     "h3",         "h4",    "h5",      "h6",      "blockquote",
                                             "pre", "hr", "ul",     "ol",         "menu",  "dir",     "li",      "dl",
                                             "dt",  "dd", "figure", "figcaption", "table", "summary", "listing", "caption",
                                             "tr",  "td", "th",     "thead",      "tbody", "tfoot",   "legend"};

std::optional<DivisionKind> division_named(std::string_view name) {
    for (const auto& [known, kind] : divisions)
        if (known == name) return kind;
    return std::nullopt;
}

// A section of notes whose notes have all been called is an empty frame.
bool is_notes_section(const GumboNode* node) {
    return has_word(node, "class", "footnotes") || has_attribute(node, "data-footnotes") ||
           has_word(node, "role", "doc-endnotes") || has_word(node, "epub:type", "footnotes") ||
           has_word(node, "epub:type", "endnotes");
}
bool is_heading_or_rule(const Block& block) {
    return std::holds_alternative<Heading>(block.node) || std::holds_alternative<ThematicBreak>(block.node);
}

// White space at a line's end is nothing; a finished text of Markdown has none there.
void trim_end(Inlines& line) {
    while (!line.empty()) {
        if (auto* text = std::get_if<Text>(&line.back().node)) {
            text->text.erase(text->text.find_last_not_of(" \n\t") + 1);
            if (!text->text.empty()) return;
            line.pop_back();
        } else if (auto* phrase = std::get_if<Phrase>(&line.back().node); phrase && !phrase->body.empty()) {
            trim_end(phrase->body);
            return;
        } else {
            return;
        }
    }
}

} // namespace

bool is_block_name(std::string_view name) {
    return division_named(name) || std::find(std::begin(other_blocks), std::end(other_blocks), name) != std::end(other_blocks);
}

HtmlConverter::HtmlConverter(Reading& reading, const HtmlGuard& guard, std::map<std::size_t, FinishedNode>& finished)
    : reading_(reading), guard_(guard), finished_(finished) {}

// Marks the elements that hold a block, children before parents, without recursion.
bool HtmlConverter::has_block(const GumboNode* node) const { return with_blocks_.contains(node); }

Blocks HtmlConverter::blocks(const GumboNode* root, std::size_t depth) {
    find_notes(root);
    return flow_of(root, depth);
}

Inlines HtmlConverter::inlines(const GumboNode* root, std::size_t depth) {
    find_notes(root);
    Flow flow;
    flow.after_space = false;
    add_children(root, depth, flow);
    return std::move(flow.line);
}

Blocks HtmlConverter::flow_of(const GumboNode* parent, std::size_t depth) {
    Flow flow;
    const GumboVector& children = children_of(parent);
    for (unsigned i = 0; i < children.length; ++i) add_to_flow(static_cast<const GumboNode*>(children.data[i]), depth, flow);
    end_line(flow);
    return std::move(flow.blocks);
}

void HtmlConverter::end_line(Flow& flow) {
    trim_end(flow.line);
    flow.after_space = true;
    if (flow.line.empty()) return;
    const Span where = joined(flow.line.front().info.where, flow.line.back().info.where);
    flow.blocks.push_back(make_block(where, Paragraph{std::move(flow.line)}));
    flow.line.clear();
}

void HtmlConverter::add_to_flow(const GumboNode* node, std::size_t depth, Flow& flow) {
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
        if (!reading_.count_node(span_of(node))) return;
        add_element(node, depth, flow);
    } else {
        add_phrases(node, depth, flow);
    }
}

void HtmlConverter::add_element(const GumboNode* node, std::size_t depth, Flow& flow) {
    if (FinishedNode* finished = finished_at(node)) return add_finished(*finished, depth, flow);
    if (called_notes_.contains(node)) return; // printed where it was called
    if (depth > 2 * limits::nesting_depth) {
        reading_.report_depth(span_of(node));
        append_text(flow.line, collapsed(words_of(node)), span_of(node));
        return;
    }
    const std::string name = element_name(node);
    if (add_block(node, name, depth, flow)) return;
    if (!has_block(node)) return add_phrases(node, depth, flow);
    wrap_in_phrase(node, depth, flow);
}

// `<a><p>…</p></a>`, `<b><ul>…</ul></b>`: the phrase goes around the words of each paragraph in it.
void HtmlConverter::wrap_in_phrase(const GumboNode* node, std::size_t depth, Flow& flow) {
    const std::string name = element_name(node);
    const NodeInfo info = info_of(node);
    const std::optional<PhraseKind> kind = phrase_named(name);
    const bool is_link = name == "a" && has_attribute(node, "href");
    if (!kind && name != "a" && name != "code") report_unknown(node, name);
    const std::string destination = is_link ? with_allowed_characters(attribute_of(node, "href")) : std::string();
    const bool refused = is_link && reading_.refuses_destination(destination, info.where);
    end_line(flow);
    bool first = true;
    for (Block& block : flow_of(node, depth + 1)) {
        Inlines* body = nullptr;
        if (auto* paragraph = std::get_if<Paragraph>(&block.node)) body = &paragraph->body;
        if (auto* heading = std::get_if<Heading>(&block.node)) body = &heading->title;
        if (body && !body->empty() && (kind || (is_link && !refused))) {
            Inline phrase = make_inline(block.info.where, LineBreak{});
            phrase.info = info;
            phrase.info.id.clear();
            if (is_link)
                phrase.node = Link{destination, {}, std::move(*body)};
            else
                phrase.node = Phrase{*kind, std::move(*body)};
            body->clear();
            body->push_back(std::move(phrase));
        }
        if (std::exchange(first, false) && block.info.id.empty()) block.info.id = info.id;
        flow.blocks.push_back(std::move(block));
    }
}

bool HtmlConverter::add_block(const GumboNode* node, std::string_view name, std::size_t depth, Flow& flow) {
    if (!is_block_name(name)) return false;
    end_line(flow);
    if (name == "table") return add_table(node, depth, flow), true;
    Block block;
    block.info = info_of(node);
    if (name == "p") {
        if (has_block(node)) { // only what stands finished in it: Markdown's blocks
            Blocks inner = flow_of(node, depth + 1);
            std::move(inner.begin(), inner.end(), std::back_inserter(flow.blocks));
            return true;
        }
        block.node = Paragraph{line_of(node, depth + 1)};
        become_figure(block);
        const auto* paragraph = std::get_if<Paragraph>(&block.node);
        if (paragraph && paragraph->body.empty()) return true;
    } else if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
        block.node = Heading{name[1] - '0', line_of(node, depth + 1)};
    } else if (name == "blockquote") {
        block.node = Quote{flow_of(node, depth + 1)};
    } else if (name == "pre" || name == "listing") {
        block = preformatted(node);
    } else if (name == "hr") {
        block.node = ThematicBreak{};
    } else if (name == "ul" || name == "ol" || name == "menu" || name == "dir") {
        block = list(node, name == "ol", depth);
        if (std::get<List>(block.node).items.empty() && block.info.id.empty()) return true; // its items were notes
    } else if (name == "dl") {
        block = definition_list(node, depth);
    } else if (name == "figure") {
        block = figure(node, depth);
    } else if (name == "summary" || name == "legend" || name == "caption" || name == "figcaption") {
        block.node = Paragraph{caption_of(node, depth + 1)};
        block.info.classes.insert(block.info.classes.begin(), std::string(name));
    } else {
        // A list item or a table cell on its own is a plain box.
        const std::optional<DivisionKind> kind = division_named(name);
        Division division{kind.value_or(DivisionKind::division), flow_of(node, depth + 1)};
        if (name == "details") block.info.classes.insert(block.info.classes.begin(), "details");
        if (is_notes_section(node) && std::all_of(division.body.begin(), division.body.end(), is_heading_or_rule)) return true;
        const bool is_nameless = !kind && block.info.id.empty() && block.info.classes.empty() && block.info.language.empty();
        if (is_nameless || (division.body.empty() && block.info.id.empty())) {
            std::move(division.body.begin(), division.body.end(), std::back_inserter(flow.blocks));
            return true;
        }
        block.node = std::move(division);
    }
    flow.blocks.push_back(std::move(block));
    return true;
}

Block HtmlConverter::preformatted(const GumboNode* node) {
    Block block;
    block.info = info_of(node);
    CodeBlock code;
    std::vector<std::string> classes = block.info.classes;
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (element_name(child) != "code") continue;
        const NodeInfo inner = info_of(child);
        classes.insert(classes.end(), inner.classes.begin(), inner.classes.end());
    }
    for (const std::string& name : classes)
        for (const std::string_view prefix : {"language-", "lang-"})
            if (code.language.empty() && name.starts_with(prefix)) code.language = name.substr(prefix.size());
    code.text = with_allowed_characters(words_of(node));
    if (!code.text.empty() && code.text.back() != '\n') code.text += '\n';
    block.node = std::move(code);
    return block;
}

Block HtmlConverter::list(const GumboNode* node, bool ordered, std::size_t depth) {
    List list;
    list.ordered = ordered;
    Block block;
    block.info = info_of(node);
    if (const std::string start = attribute_of(node, "start"); !start.empty())
        std::from_chars(start.data(), start.data() + start.size(), list.start);
    const auto item_for_stray = [&]() -> Blocks& {
        if (list.items.empty()) list.items.emplace_back().info.where = block.info.where;
        return list.items.back().body;
    };
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (element_name(child) == "li" && !called_notes_.contains(child)) {
            ListItem item;
            item.info = info_of(child);
            if (!reading_.count_node(item.info.where)) break;
            item.body = flow_of(child, depth + 1);
            const GumboVector& parts = children_of(child);
            for (unsigned k = 0; k < parts.length; ++k)
                if (element_name(static_cast<const GumboNode*>(parts.data[k])) == "p") list.tight = false;
            list.items.push_back(std::move(item));
            continue;
        }
        Flow flow; // lists straight in lists, and text that has no item
        add_to_flow(child, depth + 1, flow);
        end_line(flow);
        if (flow.blocks.empty()) continue;
        Blocks& body = item_for_stray();
        std::move(flow.blocks.begin(), flow.blocks.end(), std::back_inserter(body));
    }
    block.node = std::move(list);
    return block;
}

Block HtmlConverter::definition_list(const GumboNode* node, std::size_t depth) {
    DefinitionList list;
    add_definitions(node, depth, list);
    Block block;
    block.info = info_of(node);
    block.node = std::move(list);
    return block;
}

void HtmlConverter::add_definitions(const GumboNode* node, std::size_t depth, DefinitionList& list) {
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        const std::string name = element_name(child);
        if (name == "dt") {
            if (list.items.empty() || !list.items.back().definitions.empty())
                list.items.emplace_back().info.where = span_of(child);
            list.items.back().terms.emplace_back(info_of(child), caption_of(child, depth + 1));
        } else if (name == "dd") {
            if (list.items.empty()) list.items.emplace_back().info.where = span_of(child);
            list.items.back().definitions.emplace_back(info_of(child), flow_of(child, depth + 1));
        } else if (name == "div" && !finished_at(child) && depth < 2 * limits::nesting_depth) {
            add_definitions(child, depth + 1, list);
        } else {
            Flow flow;
            add_to_flow(child, depth + 1, flow);
            end_line(flow);
            if (flow.blocks.empty()) continue;
            if (list.items.empty()) list.items.emplace_back().info.where = span_of(child);
            NodeInfo info;
            info.where = flow.blocks.front().info.where;
            list.items.back().definitions.emplace_back(std::move(info), std::move(flow.blocks));
        }
    }
}

// A caption is one line: paragraphs in it are parted by line breaks.
Inlines HtmlConverter::caption_of(const GumboNode* node, std::size_t depth) {
    if (!has_block(node)) return line_of(node, depth);
    return in_one_line(flow_of(node, depth));
}

Block HtmlConverter::figure(const GumboNode* node, std::size_t depth) {
    Figure figure;
    Flow flow;
    const GumboVector& children = children_of(node);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (element_name(child) == "figcaption" && figure.caption.empty()) {
            figure.caption_info = info_of(child);
            figure.caption = caption_of(child, depth + 1);
        } else {
            add_to_flow(child, depth + 1, flow);
        }
    }
    end_line(flow);
    for (Block& block : flow.blocks) { // Markdown made a figure of a picture alone: one frame is enough
        auto* inner = std::get_if<Figure>(&block.node);
        if (!inner || !inner->caption.empty()) {
            figure.body.push_back(std::move(block));
            continue;
        }
        for (Block& part : inner->body) {
            if (part.info.id.empty()) part.info.id = block.info.id;
            figure.body.push_back(std::move(part));
        }
    }
    Block block;
    block.info = info_of(node);
    block.node = std::move(figure);
    return block;
}

// One walk without recursion: which elements hold blocks, and which are notes.
void HtmlConverter::find_notes(const GumboNode* root) {
    std::map<std::string, std::string> called; // target as written → with escapes decoded
    std::map<std::string, const GumboNode*> by_id;
    std::vector<const GumboNode*> to_do{root};
    while (!to_do.empty()) {
        const GumboNode* node = to_do.back();
        to_do.pop_back();
        const std::string name = element_name(node);
        if (name.empty()) continue;
        const FinishedNode* finished = finished_at(node);
        if (finished ? std::holds_alternative<Block>(*finished) : is_block_name(name))
            for (const GumboNode* up = node->parent; up && with_blocks_.insert(up).second; up = up->parent) {}
        if (const std::string id = attribute_of(node, "id"); !id.empty()) by_id.emplace(id, node);
        if (is_note_call(node)) called.emplace(note_target(node, false), note_target(node, true));
        const GumboVector& children = children_of(node);
        for (unsigned i = 0; i < children.length; ++i) to_do.push_back(static_cast<const GumboNode*>(children.data[i]));
    }
    for (const auto& [written, unescaped] : called)
        for (const std::string& id : {written, unescaped})
            if (const auto found = by_id.find(id); found != by_id.end() && is_block_name(element_name(found->second)))
                notes_.emplace(written, found->second);
}

} // namespace bifolio
