// Phrases, notes and names of an HTML tree.

#include "base/utf8.h"
#include "io/limits.h"
#include "read/html_converter.h"
#include "read/one_line.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace bifolio {

namespace {

constexpr std::array<std::pair<std::string_view, PhraseKind>, 34> phrases{{
    {"em", PhraseKind::emphasis},
    {"strong", PhraseKind::strong},
    {"s", PhraseKind::strikethrough},
    {"strike", PhraseKind::strikethrough},
    {"del", PhraseKind::deleted},
    {"ins", PhraseKind::inserted},
    {"sub", PhraseKind::subscript},
    {"sup", PhraseKind::superscript},
    {"small", PhraseKind::small},
    {"mark", PhraseKind::mark},
    {"kbd", PhraseKind::keyboard},
    {"samp", PhraseKind::sample},
    {"var", PhraseKind::variable},
    {"cite", PhraseKind::citation},
    {"dfn", PhraseKind::definition},
    {"abbr", PhraseKind::abbreviation},
    {"acronym", PhraseKind::abbreviation},
    {"q", PhraseKind::quotation},
    {"u", PhraseKind::underline},
    {"b", PhraseKind::bold},
    {"i", PhraseKind::italic},
    {"time", PhraseKind::time},
    {"span", PhraseKind::span},
    {"bdi", PhraseKind::isolate},
    {"bdo", PhraseKind::override_direction},
    {"ruby", PhraseKind::ruby},
    {"rb", PhraseKind::span},
    {"rt", PhraseKind::ruby_text},
    {"rtc", PhraseKind::ruby_text},
    {"rp", PhraseKind::ruby_parenthesis},
    {"data", PhraseKind::data},
    {"font", PhraseKind::span},
    {"big", PhraseKind::span},
    {"nobr", PhraseKind::span},
}};
// What only shows others, or wraps them without a meaning of its own.
constexpr std::string_view transparent[] = {"picture", "figcaption", "caption", "legend", "label", "hgroup", "tbody", "tr"};

// Formatting that was not closed and that HTML 5 opens again in the next block, where nothing may follow.
bool is_opened_again(const GumboNode* node) {
    return (node->parse_flags & GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT) != 0;
}

// The id that “#caf%C3%A9” points at.
std::string unescaped_target(const GumboNode* node) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    const std::string link = attribute_of(node, "href");
    std::string id;
    for (std::size_t i = 1; i < link.size(); ++i) {
        const bool is_escape = link[i] == '%' && i + 2 < link.size() && digit(link[i + 1]) >= 0 && digit(link[i + 2]) >= 0;
        id += is_escape ? static_cast<char>(digit(link[i + 1]) * 16 + digit(link[i + 2])) : link[i];
        if (is_escape) i += 2;
    }
    return with_replacements(id);
}

const GumboVector no_children = {nullptr, 0, 0};

} // namespace

std::optional<PhraseKind> phrase_named(std::string_view name) {
    for (const auto& [known, kind] : phrases)
        if (known == name) return kind;
    return std::nullopt;
}

std::string note_target(const GumboNode* call, bool unescaped) {
    return unescaped ? unescaped_target(call) : attribute_of(call, "href").substr(1);
}

// ---- what a node is ----

std::string element_name(const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) return {};
    const GumboElement& element = node->v.element;
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece tag = element.original_tag;
    gumbo_tag_from_original_text(&tag);
    return tag.data ? to_ascii_lower({tag.data, tag.length}) : std::string();
}

const GumboVector& children_of(const GumboNode* node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? node->v.element.children : no_children;
}

bool has_attribute(const GumboNode* node, const char* name) {
    return gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

std::string attribute_of(const GumboNode* node, const char* name) {
    const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
    return attribute ? with_allowed_characters(attribute->value) : std::string();
}

Span HtmlConverter::span_of(const GumboNode* node) const {
    const char* base = guard_.html().data();
    const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - base); };
    const auto is_ours = [&](const GumboStringPiece& piece) {
        return piece.data && piece.data >= base && piece.data + piece.length <= base + guard_.html().size();
    };
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) {
        const GumboStringPiece& piece = node->v.text.original_text;
        return is_ours(piece) ? guard_.span(offset(piece.data), offset(piece.data) + piece.length) : guard_.span(0, 0);
    }
    const GumboElement& element = node->v.element;
    if (is_ours(element.original_tag) && element.original_tag.length > 0) {
        const std::size_t begin = offset(element.original_tag.data);
        std::size_t end = begin + element.original_tag.length;
        if (is_ours(element.original_end_tag))
            end = std::max(end, offset(element.original_end_tag.data) + element.original_end_tag.length);
        return guard_.span(begin, end);
    }
    // Made by the parser: it stands where its first child does.
    for (const GumboNode* at = node; children_of(at).length > 0;) {
        at = static_cast<const GumboNode*>(children_of(at).data[0]);
        if (at->type != GUMBO_NODE_ELEMENT || at->v.element.original_tag.length > 0) return span_of(at);
    }
    return guard_.span(0, 0);
}

FinishedNode* HtmlConverter::finished_at(const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT || !node->v.element.original_tag.data) return nullptr;
    const char* base = guard_.html().data();
    if (node->v.element.original_tag.data < base) return nullptr;
    const auto found = finished_.find(static_cast<std::size_t>(node->v.element.original_tag.data - base));
    // A clone of formatting shares its original's place; a placeholder is never cloned.
    return found == finished_.end() ? nullptr : &found->second;
}

NodeInfo HtmlConverter::info_of(const GumboNode* node) {
    NodeInfo info;
    info.where = span_of(node);
    const GumboVector& attributes = node->v.element.attributes;
    for (unsigned i = 0; i < attributes.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
        const std::string name = to_ascii_lower(attribute->name);
        const std::string value = with_allowed_characters(attribute->value);
        static constexpr std::string_view handled[] = {"href", "src",   "alt",  "start", "colspan", "rowspan",
                                                       "span", "align", "name", "xmlns", "reversed"};
        if (name == "id") {
            info.id = trimmed(value);
        } else if (name == "class") {
            const std::string all = collapsed(value);
            for (std::size_t at = 0; at < all.size();) {
                const std::size_t end = std::min(all.find(' ', at), all.size());
                info.classes.push_back(all.substr(at, end - at));
                at = end + 1;
            }
        } else if (name == "lang" || name == "xml:lang") {
            if (info.language.empty()) info.language = trimmed(value);
        } else if (name.starts_with("on")) {
            reading_.diagnostics().error("read.html-refused", info.where,
                                         "the attribute ‘" + name + "’ would run a script and is refused");
        } else if (std::find(std::begin(handled), std::end(handled), name) != std::end(handled)) {
            if (name == "reversed") info.attributes.push_back({name, name});
        } else if (is_known_attribute(name)) {
            info.attributes.push_back({name, value});
        } else if (!name.starts_with("xmlns") && reading_.is_first("attribute " + name)) {
            reading_.diagnostics().warning("read.html-ignored", info.where, "the attribute ‘" + name + "’ has no effect here",
                                           name == "style" ? std::vector<std::string>{"give the element a class and style that"}
                                                           : std::vector<std::string>{});
        }
    }
    return info;
}

// Without recursion: trees may be deep here.
std::string HtmlConverter::words_of(const GumboNode* node) {
    std::string words;
    std::vector<std::pair<const GumboNode*, unsigned>> path{{node, 0}};
    while (!path.empty()) {
        auto& [at, next] = path.back();
        if (next == 0) {
            if (FinishedNode* finished = finished_at(at)) {
                if (auto* phrase = std::get_if<Inline>(finished)) {
                    const Inlines one{std::move(*phrase)};
                    words += plain_text(one);
                } else {
                    const Blocks one{std::move(std::get<Block>(*finished))};
                    words += plain_text(one);
                }
            } else if (at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE || at->type == GUMBO_NODE_CDATA) {
                words += with_replacements(at->v.text.text);
            } else if (const std::string name = element_name(at); name == "br") {
                words += '\n';
            } else if (name == "img") {
                words += attribute_of(at, "alt");
            }
        }
        const GumboVector& children = children_of(at);
        if (next < children.length) {
            const auto* child = static_cast<const GumboNode*>(children.data[next++]);
            path.emplace_back(child, 0);
        } else {
            path.pop_back();
        }
    }
    return words;
}

// ---- phrases ----

void HtmlConverter::push(Inline node, Flow& flow) {
    flow.after_space = std::holds_alternative<LineBreak>(node.node);
    append(flow.line, std::move(node));
}

void HtmlConverter::add_finished(FinishedNode& node, std::size_t depth, Flow& flow) {
    if (auto* phrase = std::get_if<Inline>(&node)) return push(std::move(*phrase), flow);
    (void)depth;
    end_line(flow);
    flow.blocks.push_back(std::move(std::get<Block>(node)));
}

void HtmlConverter::add_text(const GumboNode* node, Flow& flow) {
    std::string text;
    // gumbo makes malformed UTF-8 of references to numbers beyond all characters.
    for (const char c : with_replacements(node->v.text.text)) {
        const bool is_space = is_ascii_space(c);
        if (!is_space || !flow.after_space) text += is_space ? ' ' : c;
        flow.after_space = is_space;
    }
    append_text(flow.line, text, span_of(node));
}

void HtmlConverter::add_children(const GumboNode* parent, std::size_t depth, Flow& flow) {
    const GumboVector& children = children_of(parent);
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        if (!reading_.count_node(span_of(child))) return;
        add_phrases(child, depth, flow);
    }
}

Inlines HtmlConverter::line_of(const GumboNode* parent, std::size_t depth) {
    Flow flow;
    add_children(parent, depth, flow);
    end_line(flow);
    if (flow.blocks.empty()) return {};
    return std::move(std::get<Paragraph>(flow.blocks.front().node).body);
}

void HtmlConverter::add_phrases(const GumboNode* node, std::size_t depth, Flow& flow) {
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA: return add_text(node, flow);
    case GUMBO_NODE_COMMENT:
    case GUMBO_NODE_DOCUMENT: return;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: break;
    }
    if (FinishedNode* finished = finished_at(node)) {
        if (auto* phrase = std::get_if<Inline>(finished)) return push(std::move(*phrase), flow);
        Blocks one;
        one.push_back(std::move(std::get<Block>(*finished)));
        return append(flow.line, in_one_line(std::move(one)));
    }
    if (called_notes_.contains(node)) return;
    if (depth > 2 * limits::nesting_depth) {
        reading_.report_depth(span_of(node));
        return append_text(flow.line, collapsed(words_of(node)), span_of(node));
    }
    add_phrase(node, element_name(node), depth, flow);
}

void HtmlConverter::report_unknown(const GumboNode* node, std::string_view name) {
    if (reading_.is_first("element " + std::string(name)))
        reading_.diagnostics().warning("read.html-unknown", span_of(node),
                                       "the element ‘" + with_allowed_characters(name) +
                                           "’ has no meaning here; what it holds is kept");
}

void HtmlConverter::add_phrase(const GumboNode* node, std::string_view name, std::size_t depth, Flow& flow) {
    if (name == "br") return push(make_inline(span_of(node), LineBreak{}), flow);
    if (name == "wbr") return append(flow.line, make_inline(span_of(node), WordBreak{}));
    if (name == "img") return add_picture(node, flow);
    if (is_note_call(node) && notes_.contains(note_target(node, false))) return add_note(node, depth, flow);
    if (is_way_back(node)) return; // ours are made anew
    if (name == "a") return add_link(node, depth, flow);
    Inline made;
    made.info = info_of(node);
    if (name == "code" || name == "tt") {
        made.node = Code{with_allowed_characters(words_of(node))};
        return push(std::move(made), flow);
    }
    const std::optional<PhraseKind> kind = phrase_named(name);
    if (!kind) {
        if (std::find(std::begin(transparent), std::end(transparent), name) == std::end(transparent) && name != "source")
            report_unknown(node, name);
        // Where a block cannot begin, its words at least do not run into those beside them. Such a space has no breadth in the
        // file.
        const auto part = [&] {
            Span where = span_of(node);
            if (!flow.line.empty()) where.begin = flow.line.back().info.where.end;
            where.end = where.begin;
            if (is_block_name(name) && !flow.after_space) append_text(flow.line, " ", where);
            flow.after_space = flow.after_space || is_block_name(name);
        };
        part();
        add_children(node, depth + 1, flow);
        return part();
    }
    Flow inner;
    inner.after_space = flow.after_space;
    add_children(node, depth + 1, inner);
    flow.after_space = inner.after_space;
    // A raised note call: our calls are raised by themselves.
    const bool is_note = inner.line.size() == 1 && (std::holds_alternative<Note>(inner.line.front().node) ||
                                                    std::holds_alternative<NoteReference>(inner.line.front().node));
    if (*kind == PhraseKind::superscript && is_note) {
        append(flow.line, std::move(inner.line.front()));
        return;
    }
    if (inner.line.empty() && is_opened_again(node)) return;
    made.node = Phrase{*kind, std::move(inner.line)};
    flow.line.push_back(std::move(made));
}

void HtmlConverter::add_picture(const GumboNode* node, Flow& flow) {
    Inline made;
    made.info = info_of(node);
    std::erase_if(made.info.attributes, [](const Attribute& a) { return a.name == "title"; });
    Image image;
    const std::string source =
        trimmed(attribute_of(node, "src")).data() ? std::string(trimmed(attribute_of(node, "src"))) : std::string();
    if (!reading_.refuses_destination(source, made.info.where)) image.source = source;
    image.alternative = collapsed(attribute_of(node, "alt"));
    image.decorative = (has_attribute(node, "alt") && image.alternative.empty()) || attribute_of(node, "role") == "presentation";
    image.title = attribute_of(node, "title");
    made.node = std::move(image);
    push(std::move(made), flow);
}

void HtmlConverter::add_link(const GumboNode* node, std::size_t depth, Flow& flow) {
    Inline made;
    made.info = info_of(node);
    Flow inner;
    inner.after_space = flow.after_space;
    add_children(node, depth + 1, inner);
    flow.after_space = inner.after_space;
    if (inner.line.empty() && is_opened_again(node)) return;
    if (made.info.id.empty()) made.info.id = trimmed(attribute_of(node, "name"));
    const std::string destination(has_attribute(node, "href") ? attribute_of(node, "href") : std::string());
    if (!has_attribute(node, "href") || reading_.refuses_destination(destination, made.info.where)) {
        made.node = Phrase{PhraseKind::span, std::move(inner.line)};
    } else {
        std::string title;
        for (Attribute& attribute : made.info.attributes)
            if (attribute.name == "title") title = attribute.value;
        std::erase_if(made.info.attributes, [](const Attribute& a) { return a.name == "title"; });
        made.node = Link{destination, std::move(title), std::move(inner.line)};
    }
    flow.line.push_back(std::move(made));
}

// ---- notes ----

bool has_word(const GumboNode* node, const char* attribute, std::string_view word) {
    const std::string all = " " + collapsed(attribute_of(node, attribute)) + " ";
    return all.find(" " + std::string(word) + " ") != std::string::npos;
}

bool HtmlConverter::is_way_back(const GumboNode* node) const {
    if (element_name(node) != "a" || notes_.empty()) return false;
    return has_word(node, "epub:type", "backlink") || has_word(node, "role", "doc-backlink") ||
           has_word(node, "class", "footnote-back") || has_word(node, "class", "footnote-backref") ||
           has_attribute(node, "data-footnote-backref");
}

// EPUB's noteref, ARIA's doc-noteref, and what Pandoc and GitHub write.
bool HtmlConverter::is_note_call(const GumboNode* node) const {
    if (element_name(node) != "a" || !attribute_of(node, "href").starts_with('#')) return false;
    return has_word(node, "epub:type", "noteref") || has_word(node, "role", "doc-noteref") ||
           has_word(node, "class", "footnote-ref") || has_word(node, "class", "noteref") ||
           (node->parent && element_name(node->parent) == "sup" && has_word(node->parent, "class", "footnote-ref")) ||
           has_attribute(node, "data-footnote-ref");
}

void HtmlConverter::add_note(const GumboNode* node, std::size_t depth, Flow& flow) {
    const std::string id = note_target(node, false);
    const GumboNode* note = notes_.at(id);
    Inline made;
    made.info = info_of(node);
    std::erase_if(made.info.attributes,
                  [](const Attribute& a) { return a.name == "role" || a.name == "epub:type" || a.name.starts_with("data-"); });
    // A note that stands around its own call is no note of it.
    for (const GumboNode* up = node; up; up = up->parent)
        if (up == note && !called_notes_.contains(note)) return add_link(node, depth, flow);
    if (called_notes_.insert(note).second)
        made.node = Note{id, flow_of(note, depth + 1)};
    else
        made.node = NoteReference{id};
    flow.after_space = false;
    flow.line.push_back(std::move(made));
}

} // namespace bifolio
