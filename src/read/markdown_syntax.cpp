#include "read/markdown_syntax.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "read/attribute_list.h"
#include "read/cmark_internals.h"
#include "read/stand_ins.h"

#include <array>
#include <mutex>

namespace bifolio {

namespace {

struct Types {
    cmark_node_type definition_list, term, definition, division, attribute_line;
};
const Types& types() {
    static const Types made{cmark_syntax_extension_add_node(0), cmark_syntax_extension_add_node(0),
                            cmark_syntax_extension_add_node(0), cmark_syntax_extension_add_node(0),
                            cmark_syntax_extension_add_node(0)};
    return made;
}

cmark_node_type type_of(const cmark_node* node) { return static_cast<cmark_node_type>(node->type); }

// What we keep on a node of ours; cmark frees it with the node.
struct Extra {
    std::string text;              // the opening of a division or an attribute line
    int offset = 0;                // columns by which the lines of a definition are indented
    bool closed = false;           // a division; a table that is cut off
    std::size_t cells = 0;         // of a table, with those that cmark adds
    cmark_node* partner = nullptr; // of the closing bracket of a span: its opening one
};
Extra& extra(cmark_node* node) { return *static_cast<Extra*>(cmark_node_get_user_data(node)); }
void set_extra(cmark_node* node, Extra value) {
    cmark_node_set_user_data(node, new Extra(std::move(value)));
    cmark_node_set_user_data_free_func(node, [](cmark_mem*, void* data) { delete static_cast<Extra*>(data); });
}

// ---- the line that cmark is reading ----

struct Line {
    cmark_parser* parser;
    unsigned char* input;
    int size; // with its line end

    std::string_view rest(int from) const {
        std::string_view all(reinterpret_cast<const char*>(input), static_cast<std::size_t>(size));
        while (!all.empty() && (all.back() == '\n' || all.back() == '\r')) all.remove_suffix(1);
        return static_cast<std::size_t>(from) < all.size() ? all.substr(static_cast<std::size_t>(from)) : std::string_view();
    }
    std::string_view text() const { return rest(cmark_parser_get_first_nonspace(parser)); }
    void advance(int count, bool columns) const {
        cmark_parser_advance_offset(parser, reinterpret_cast<char*>(input), count, columns ? 1 : 0);
    }
    void advance_to(int offset) const { advance(offset - cmark_parser_get_offset(parser), false); }
    void consume() const {
        const std::string_view left = rest(cmark_parser_get_offset(parser));
        advance(static_cast<int>(left.size()), false);
    }
};

cmark_node* add_block(cmark_syntax_extension* extension, const Line& line, cmark_node* parent, cmark_node_type type,
                      Extra value) {
    cmark_node* node = cmark_parser_add_child(line.parser, parent, type, cmark_parser_get_first_nonspace(line.parser) + 1);
    cmark_node_set_syntax_extension(node, extension);
    set_extra(node, std::move(value));
    return node;
}

// ---- definition lists ----

// “:” and space, then the definition; its further lines are indented as far as its text.
cmark_node* open_definition(cmark_syntax_extension* extension, const Line& line, cmark_node* list) {
    const int indent = cmark_parser_get_indent(line.parser);
    cmark_node* definition = add_block(extension, line, list, types().definition, {});
    line.advance_to(cmark_parser_get_first_nonspace(line.parser) + 1);
    const int after_colon = cmark_parser_get_offset(line.parser), column = cmark_parser_get_column(line.parser);
    while (cmark_parser_get_column(line.parser) - column <= 5) {
        const std::string_view rest = line.rest(cmark_parser_get_offset(line.parser));
        if (rest.empty() || (rest.front() != ' ' && rest.front() != '\t')) break;
        line.advance(1, true);
    }
    int spaces = cmark_parser_get_column(line.parser) - column;
    if (spaces >= 5) { // the definition begins with indented code: one space belongs to the colon
        line.parser->offset = after_colon;
        line.parser->column = column;
        line.parser->partially_consumed_tab = false;
        line.advance(1, true);
        spaces = 1;
    }
    extra(definition).offset = indent + 1 + spaces;
    return definition;
}

// “[label]:” may open a link definition (CommonMark 0.31, 4.7); a label holds no bracket but an escaped one.
bool may_open_link_definition(std::string_view content) {
    if (!content.starts_with('[')) return false;
    std::size_t at = 1;
    while (at < content.size() && content[at] != '[' && content[at] != ']') at += content[at] == '\\' ? 2 : 1;
    return at < content.size() && content.substr(at).starts_with("]:");
}

// A paragraph turns out to hold the terms of a definition list, one a line.
bool become_definition_list(cmark_syntax_extension* extension, cmark_parser* parser, cmark_node* paragraph) {
    const std::string content(content_of(paragraph));
    // Link definitions at its front are not yet taken out; such a paragraph stays what it is.
    if (is_blank(content) || may_open_link_definition(content)) return false;
    const int first_line = paragraph->start_line, column = paragraph->start_column;
    if (!cmark_node_set_type(paragraph, types().definition_list)) return false;
    cmark_node_set_syntax_extension(paragraph, extension);
    cmark_strbuf_clear(&paragraph->content);
    paragraph->flags |= CMARK_NODE__OPEN;
    int number = 0;
    for (std::size_t begin = 0; begin < content.size(); ++number) {
        const std::size_t end = std::min(content.find('\n', begin), content.size());
        const std::string line(trimmed(std::string_view(content).substr(begin, end - begin)));
        begin = end + 1;
        if (line.empty()) continue;
        cmark_node* term = cmark_parser_add_child(parser, paragraph, types().term, column);
        cmark_node_set_syntax_extension(term, extension);
        term->start_line = term->end_line = first_line + number;
        term->flags &= static_cast<std::uint16_t>(~CMARK_NODE__OPEN);
        cmark_node_set_string_content(term, line.c_str());
    }
    return true;
}

cmark_node* try_definition(cmark_syntax_extension* extension, const Line& line, cmark_node* parent) {
    const cmark_node_type type = type_of(parent);
    if (type == types().definition_list) return open_definition(extension, line, parent);
    cmark_node* paragraph = nullptr;
    if (type == CMARK_NODE_PARAGRAPH) {
        paragraph = parent;
    } else if (cmark_node* last = parent->last_child;
               last && type_of(last) == CMARK_NODE_PARAGRAPH && !(last->flags & CMARK_NODE__OPEN)) {
        // Term, one blank line, definition.
        if (line.parser->line_number - last->end_line <= 2) paragraph = last;
    }
    if (!paragraph || !become_definition_list(extension, line.parser, paragraph)) return nullptr;
    return open_definition(extension, line, paragraph);
}

// ---- divisions ----

std::size_t colons(std::string_view text) { return std::min(text.find_first_not_of(':'), text.size()); }

bool closes_division(std::string_view text) { return colons(text) >= 3 && is_blank(text.substr(colons(text))); }

// `::: {.class}`, `::: class`, with or without colons at the end.
std::string division_opening(std::string_view text) {
    const std::size_t count = colons(text);
    if (count < 3) return {};
    std::string_view rest = trimmed(text.substr(count));
    std::size_t end = rest.size();
    while (end > 0 && rest[end - 1] == ':') --end;
    rest = trimmed(rest.substr(0, end));
    if (rest.empty()) return {};
    std::string list = rest.front() == '{' ? std::string(rest) : "{." + std::string(rest) + "}";
    std::string_view left = list;
    return take_attribute_list(left) && left.empty() ? list : std::string();
}

// The innermost open division takes the closing line, unless code or HTML is open in it.
bool is_innermost_division(cmark_node* division) {
    for (cmark_node* node = division->last_child; node && (node->flags & CMARK_NODE__OPEN); node = node->last_child) {
        const cmark_node_type type = type_of(node);
        if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK) return false;
        if (type == types().division && !extra(node).closed) return false;
    }
    return true;
}

std::size_t divisions_around(cmark_node* node) {
    std::size_t count = 0;
    for (; node; node = node->parent) count += type_of(node) == types().division ? 1 : 0;
    return count;
}

// ---- what cmark calls ----

bool is_attribute_line(std::string_view text) {
    std::string_view rest = text;
    return take_attribute_list(rest) && is_blank(rest);
}

bool is_table(cmark_node* node) { return std::string_view(cmark_node_get_type_string(node)) == "table"; }

// cmark fills short rows up with empty cells; a wide head over many short rows would grow without bound. Called once a row.
bool has_too_many_cells(cmark_node* table) {
    const std::size_t columns = cmark_gfm_extensions_get_table_columns(table);
    if (!cmark_node_get_user_data(table)) set_extra(table, {});
    extra(table).cells += columns;
    extra(table).closed = columns > limits::table_columns || extra(table).cells > limits::table_cells;
    return extra(table).closed;
}

// cmark drops the cells that a row has beyond the table's columns. Their bars become text, so they stay in the last cell: what
// was one cell with a bar in it is whole, and what were more can be read and mended.
void hide_extra_bars(const Line& line, std::size_t columns) {
    std::vector<CellPlace> cells = cells_in_row(line.text());
    while (!cells.empty() && cells.back().size == 0) cells.pop_back(); // nothing is lost of those
    const auto offset = static_cast<std::size_t>(cmark_parser_get_first_nonspace(line.parser));
    for (std::size_t i = columns; i < cells.size(); ++i)
        line.input[line.rest(0).rfind('|', offset + cells[i].begin - 1)] = static_cast<unsigned char>(stand_in_for('|'));
}

cmark_node* open_block(cmark_syntax_extension* extension, int indented, cmark_parser* parser, cmark_node* parent,
                       unsigned char* input, int size) {
    if (indented || cmark_parser_is_blank(parser)) return nullptr;
    const Line line{parser, input, size};
    const std::string_view text = line.text();
    if (text.starts_with(": ") || text.starts_with(":\t"))
        if (cmark_node* definition = try_definition(extension, line, parent)) return definition;
    // cmark looks at every open block for every line: without a bound many short lines would cost their square.
    if (text.starts_with(":::") && divisions_around(parent) < limits::nesting_depth) {
        if (std::string opening = division_opening(text); !opening.empty()) {
            cmark_node* division = add_block(extension, line, parent, types().division, Extra{std::move(opening)});
            line.consume();
            return division;
        }
    }
    if (text.starts_with('{') && is_attribute_line(text)) {
        cmark_node* node = add_block(extension, line, parent, types().attribute_line, Extra{std::string(text)});
        line.consume();
        return node;
    }
    if (!is_table(parent)) return nullptr;
    // The caption right below a table is no row of it.
    if (text.starts_with("Table:") || has_too_many_cells(parent))
        return cmark_parser_add_child(parser, parent, CMARK_NODE_PARAGRAPH, cmark_parser_get_first_nonspace(parser) + 1);
    hide_extra_bars(line, cmark_gfm_extensions_get_table_columns(parent));
    return nullptr;
}

int continue_block(cmark_syntax_extension*, cmark_parser* parser, unsigned char* input, int size, cmark_node* node) {
    const Line line{parser, input, size};
    const cmark_node_type type = type_of(node);
    if (type == types().definition_list) return 1;
    if (type == types().definition) {
        if (cmark_parser_is_blank(parser)) {
            if (!node->first_child) return 0;
            line.advance_to(cmark_parser_get_first_nonspace(parser));
            return 1;
        }
        if (cmark_parser_get_indent(parser) < extra(node).offset) return 0;
        line.advance(extra(node).offset, true);
        return 1;
    }
    if (type == types().division) {
        if (extra(node).closed) return 0;
        if (cmark_parser_get_indent(parser) < 4 && closes_division(line.text()) && is_innermost_division(node)) {
            extra(node).closed = true;
            line.consume();
        }
        return 1;
    }
    // A line of attributes is no blank line: it must not make a list loose.
    if (type == types().attribute_line) node->flags &= static_cast<std::uint16_t>(~CMARK_NODE__LAST_LINE_BLANK);
    return 0;
}

int can_contain(cmark_syntax_extension*, cmark_node* node, cmark_node_type child) {
    const cmark_node_type type = type_of(node);
    const bool is_part = child == types().term || child == types().definition;
    if (type == types().definition_list) return is_part;
    if (type == types().definition || type == types().division)
        return CMARK_NODE_TYPE_BLOCK_P(child) && child != CMARK_NODE_DOCUMENT && child != CMARK_NODE_ITEM && !is_part;
    return type == types().term && CMARK_NODE_TYPE_INLINE_P(child);
}

int contains_inlines(cmark_syntax_extension*, cmark_node* node) { return type_of(node) == types().term; }

const char* type_string(cmark_syntax_extension*, cmark_node* node) {
    const cmark_node_type type = type_of(node);
    if (type == types().definition_list) return "definition_list";
    if (type == types().term) return "term";
    if (type == types().definition) return "definition";
    if (type == types().division) return "division";
    if (type == types().attribute_line) return "attribute_line";
    return "<unknown>";
}

// ---- inlines ----

const MarkdownOptions* current_options = nullptr; // guarded by the lock of parse_markdown()
ParsedMarkdown* current_result = nullptr;         // likewise

constexpr std::array<const char*, 7> marker_names{"", "~", "^", "{", "{{", "[", "]"};

cmark_node* make_marker(cmark_parser* parser, MarkerKind kind, std::string_view text) {
    cmark_node* node = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_INLINE, parser->mem);
    cmark_node_set_on_enter(node, marker_names[static_cast<std::size_t>(kind)]);
    cmark_node_set_on_exit(node, std::string(text).c_str());
    return node;
}

// Text that cmark made of one bracket that was not escaped: one column wide.
bool is_bracket(const cmark_node* node, std::string_view bracket) {
    return type_of(node) == CMARK_NODE_TEXT && static_cast<std::size_t>(node->as.literal.len) == bracket.size() &&
           std::string_view(reinterpret_cast<const char*>(node->as.literal.data), bracket.size()) == bracket &&
           static_cast<std::size_t>(node->end_column - node->start_column) + 1 == bracket.size();
}

// cmark_node_replace() asks the parent whether it can contain the new node, and a table's cell knows no markers: it would refuse,
// and the node would be lost. So the links are set here.
void replace_with_marker(cmark_node* old, cmark_node* marker) {
    marker->prev = old->prev;
    marker->next = old->next;
    marker->parent = old->parent;
    (old->prev ? old->prev->next : old->parent->first_child) = marker;
    (old->next ? old->next->prev : old->parent->last_child) = marker;
    old->prev = old->next = old->parent = nullptr;
    cmark_node_free(old);
}

// `[words]{…}`: the closing bracket has just been read and belongs to no link. Finds its partner among the siblings and makes
// both markers. Spans that are already made are stepped over, and a search that failed is never repeated.
void mark_span(cmark_parser* parser, cmark_node* parent) {
    cmark_node* const closer = parent->last_child;
    if (!closer || !is_bracket(closer, "]")) return;
    const auto close_with = [&](cmark_node* partner) {
        cmark_node* close = make_marker(parser, MarkerKind::span_close, "]");
        Extra value;
        value.partner = partner;
        set_extra(close, std::move(value));
        replace_with_marker(closer, close);
    };
    std::size_t depth = 0;
    for (cmark_node* node = closer->prev; node; node = node->prev) {
        const MarkerKind kind = marker_kind(node);
        if (kind == MarkerKind::span_close) {
            node = extra(node).partner;
            if (!node) break; // an earlier search came as far as the beginning from here
        } else if (is_bracket(node, "]")) {
            ++depth;
        } else if (is_bracket(node, "[") || is_bracket(node, "![")) {
            if (depth > 0) {
                --depth;
                continue;
            }
            if (node->as.literal.len == 2) return;
            if (!node->prev && node->next && literal_of(node->next).starts_with('!')) return; // “[!NOTE]{.x}”: a call-out's kind
            cmark_node* open = make_marker(parser, MarkerKind::span_open, "[");
            replace_with_marker(node, open);
            return close_with(open);
        }
    }
    close_with(nullptr); // stands for “]”, and ends later searches
}

bool is_end_of_line(std::string_view rest) {
    const std::size_t end = rest.find_first_not_of(" \t");
    return end == std::string_view::npos || rest[end] == '\n' || rest[end] == '\r';
}

cmark_node* match_inline(cmark_syntax_extension*, cmark_parser* parser, cmark_node* parent, unsigned char character,
                         cmark_inline_parser* inlines) {
    const auto* chunk = cmark_inline_parser_get_chunk(inlines);
    const std::string_view content(reinterpret_cast<const char*>(chunk->data), static_cast<std::size_t>(chunk->len));
    const auto at = static_cast<std::size_t>(cmark_inline_parser_get_offset(inlines));
    const char before = at > 0 ? content[at - 1] : ' ', after = at + 1 < content.size() ? content[at + 1] : ' ';
    const auto take = [&](MarkerKind kind, std::size_t size) {
        cmark_inline_parser_set_offset(inlines, static_cast<int>(at + size));
        return make_marker(parser, kind, content.substr(at, size));
    };
    switch (character) {
    case '~': return before == '~' || after == '~' ? nullptr : take(MarkerKind::subscript, 1);
    case '^': return before == '[' || before == '^' || after == '^' || after == '[' ? nullptr : take(MarkerKind::superscript, 1);
    case '{': break;
    default: return nullptr;
    }
    std::size_t field_size = 0;
    if (!declared_field(content.substr(at), *current_options, field_size).empty()) return take(MarkerKind::field, field_size);
    std::string_view rest = content.substr(at);
    const bool may_follow = std::string_view("])`*_~^>").find(before) != std::string_view::npos;
    if (!may_follow && before != ' ' && before != '\t') return nullptr;
    if (!take_attribute_list(rest) || (!may_follow && !is_end_of_line(rest))) return nullptr;
    if (before == ']') mark_span(parser, parent);
    return take(MarkerKind::attributes, content.size() - at - rest.size());
}

// cmark asks the first extension that knows a delimiter to make its node: for `~~` that is us, and the work is strikethrough's.
delimiter* insert_strikethrough(cmark_syntax_extension*, cmark_parser* parser, cmark_inline_parser* inlines, delimiter* opener,
                                delimiter* closer) {
    static cmark_syntax_extension* const strikethrough = cmark_find_syntax_extension("strikethrough");
    return strikethrough->insert_inline_from_delim(strikethrough, parser, inlines, opener, closer);
}

// The link definitions are gone when the parse is over; this is the last moment to see them.
cmark_node* keep_link_definitions(cmark_syntax_extension*, cmark_parser* parser, cmark_node*) {
    auto& definitions = current_result->link_definitions;
    for (const cmark_map_entry* entry = parser->refmap->refs; entry; entry = entry->next)
        definitions.push_back({reinterpret_cast<const char*>(entry->label)});
    definitions = {definitions.rbegin(), definitions.rend()};
    return nullptr;
}

// The table extension lists what a cell may contain; our markers are not on the list, and cmark would drop them with their text.
cmark_can_contain_func can_contain_of_table = nullptr;

int table_can_contain(cmark_syntax_extension* table, cmark_node* node, cmark_node_type child) {
    if (child == CMARK_NODE_CUSTOM_INLINE && std::string_view(cmark_node_get_type_string(node)) == "table_cell") return 1;
    return can_contain_of_table(table, node, child);
}

struct Extensions {
    cmark_syntax_extension* ours;
    std::array<cmark_syntax_extension*, 4> theirs;
};

const Extensions& extensions() {
    static const Extensions made = [] {
        cmark_gfm_core_extensions_ensure_registered();
        cmark_syntax_extension* ours = cmark_syntax_extension_new("bifolio");
        cmark_syntax_extension_set_open_block_func(ours, open_block);
        cmark_syntax_extension_set_match_block_func(ours, continue_block);
        cmark_syntax_extension_set_can_contain_func(ours, can_contain);
        cmark_syntax_extension_set_contains_inlines_func(ours, contains_inlines);
        cmark_syntax_extension_set_get_type_string_func(ours, type_string);
        cmark_syntax_extension_set_match_inline_func(ours, match_inline);
        cmark_syntax_extension_set_inline_from_delim_func(ours, insert_strikethrough);
        cmark_syntax_extension_set_postprocess_func(ours, keep_link_definitions);
        cmark_syntax_extension* table = cmark_find_syntax_extension("table");
        can_contain_of_table = table->can_contain_func;
        cmark_syntax_extension_set_can_contain_func(table, table_can_contain);
        cmark_llist* characters = nullptr;
        for (const char c : {'{', '~', '^'})
            characters =
                cmark_llist_append(cmark_get_default_mem_allocator(), characters, reinterpret_cast<void*>(std::size_t(c)));
        cmark_syntax_extension_set_special_inline_chars(ours, characters);
        return Extensions{ours,
                          {table, cmark_find_syntax_extension("strikethrough"), cmark_find_syntax_extension("autolink"),
                           cmark_find_syntax_extension("tasklist")}};
    }();
    return made;
}

SyntaxKind inline_kind(cmark_node* node) {
    switch (type_of(node)) {
    case CMARK_NODE_TEXT: return SyntaxKind::text;
    case CMARK_NODE_SOFTBREAK: return SyntaxKind::soft_break;
    case CMARK_NODE_LINEBREAK: return SyntaxKind::line_break;
    case CMARK_NODE_CODE: return SyntaxKind::code;
    case CMARK_NODE_HTML_INLINE: return SyntaxKind::html_inline;
    case CMARK_NODE_CUSTOM_INLINE: return SyntaxKind::marker;
    case CMARK_NODE_EMPH: return SyntaxKind::emphasis;
    case CMARK_NODE_STRONG: return SyntaxKind::strong;
    case CMARK_NODE_LINK: return SyntaxKind::link;
    case CMARK_NODE_IMAGE: return SyntaxKind::image;
    case CMARK_NODE_FOOTNOTE_REFERENCE: return SyntaxKind::footnote_reference;
    default: return SyntaxKind::other;
    }
}

} // namespace

SyntaxKind kind_of(cmark_node* node) {
    const cmark_node_type type = type_of(node);
    if (node->extension && type != CMARK_NODE_ITEM) {
        static constexpr std::array<std::pair<std::string_view, SyntaxKind>, 10> named{
            {{"table", SyntaxKind::table},
             {"table_row", SyntaxKind::table_row},
             {"table_header", SyntaxKind::table_row},
             {"table_cell", SyntaxKind::table_cell},
             {"strikethrough", SyntaxKind::strikethrough},
             {"definition_list", SyntaxKind::definition_list},
             {"term", SyntaxKind::term},
             {"definition", SyntaxKind::definition},
             {"division", SyntaxKind::division},
             {"attribute_line", SyntaxKind::attribute_line}}};
        const std::string_view name = cmark_node_get_type_string(node);
        for (const auto& [known, kind] : named)
            if (known == name) return kind;
    }
    switch (type) {
    case CMARK_NODE_DOCUMENT: return SyntaxKind::document;
    case CMARK_NODE_BLOCK_QUOTE: return SyntaxKind::block_quote;
    case CMARK_NODE_LIST: return SyntaxKind::list;
    case CMARK_NODE_ITEM: return SyntaxKind::item;
    case CMARK_NODE_CODE_BLOCK: return SyntaxKind::code_block;
    case CMARK_NODE_HTML_BLOCK: return SyntaxKind::html_block;
    case CMARK_NODE_PARAGRAPH: return SyntaxKind::paragraph;
    case CMARK_NODE_HEADING: return SyntaxKind::heading;
    case CMARK_NODE_THEMATIC_BREAK: return SyntaxKind::thematic_break;
    case CMARK_NODE_FOOTNOTE_DEFINITION: return SyntaxKind::footnote_definition;
    default: return inline_kind(node);
    }
}

MarkerKind marker_kind(cmark_node* node) {
    if (type_of(node) != CMARK_NODE_CUSTOM_INLINE) return MarkerKind::none;
    const std::string_view name = cmark_node_get_on_enter(node);
    for (std::size_t i = 1; i < marker_names.size(); ++i)
        if (name == marker_names[i]) return static_cast<MarkerKind>(i);
    return MarkerKind::none;
}

std::string_view marker_text(cmark_node* node) { return cmark_node_get_on_exit(node); }
std::string_view opening_text(cmark_node* block) { return extra(block).text; }
bool is_closed(cmark_node* division) { return extra(division).closed; }

bool is_cut_off(cmark_node* table) { return cmark_node_get_user_data(table) && extra(table).closed; }

namespace {

std::mutex one_at_a_time; // guards cmark's tables of special characters and our current_…

using Parser = std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)>;

Parser make_parser() {
    const Extensions& known = extensions();
    Parser parser(cmark_parser_new(CMARK_OPT_SOURCEPOS | CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES |
                                   CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_FULL_INFO_STRING),
                  cmark_parser_free);
    // Ours comes first: a single `~` must not reach strikethrough, a caption not the table.
    cmark_parser_attach_syntax_extension(parser.get(), known.ours);
    for (cmark_syntax_extension* extension : known.theirs) cmark_parser_attach_syntax_extension(parser.get(), extension);
    return parser;
}

} // namespace

ParsedMarkdown parse_markdown(std::string_view text, const MarkdownOptions& options) {
    const std::lock_guard lock(one_at_a_time);
    ParsedMarkdown parsed;
    current_options = &options;
    current_result = &parsed;
    const Parser parser = make_parser();
    cmark_parser_feed(parser.get(), text.data(), text.size());
    parsed.root.reset(cmark_parser_finish(parser.get()));
    return parsed;
}

ParsedMarkdown parse_markdown_inlines(std::string_view text, const MarkdownOptions& options) {
    const std::lock_guard lock(one_at_a_time);
    ParsedMarkdown parsed;
    current_options = &options;
    current_result = &parsed;
    const Parser parser = make_parser();
    parsed.root.reset(cmark_node_new(CMARK_NODE_DOCUMENT));
    cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(parsed.root.get(), paragraph);
    cmark_node_set_string_content(paragraph, std::string(text).c_str());
    paragraph->start_line = paragraph->start_column = 1;
    paragraph->end_line = 1 << 20; // wherever in the text it begins
    cmark_manage_extensions_special_characters(parser.get(), 1);
    cmark_parse_inlines(parser.get(), paragraph, parser->refmap, parser->options);
    cmark_manage_extensions_special_characters(parser.get(), 0);
    cmark_consolidate_text_nodes(parsed.root.get());
    return parsed;
}

} // namespace bifolio
