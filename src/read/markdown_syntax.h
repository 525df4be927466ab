// markdown_syntax.h: cmark-gfm with our own constructs, through its interface for extensions.
//
// Blocks     DEFINITION lists, `:::` divisions and lines of attributes are block types beside cmark's; so nesting, lazy lines,
//            link definitions and notes work in them as everywhere.
// Inlines    `~`, `^`, `{…}` and the brackets of `[span]{…}` come back as markers (custom inlines): whether two of them make a
//            pair is decided over the finished tree. What is escaped, code, HTML or part of a link never reaches us.
// Threads    cmark keeps its special characters in global tables while it parses; a lock makes parses follow each other.
#pragma once

#include "read/read_markdown.h"

#include <cmark-gfm.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class MarkerKind : std::uint8_t { none, subscript, superscript, attributes, field, span_open, span_close };

// What a block is, cmark's types and ours in one list.
enum class SyntaxKind : std::uint8_t {
    document,
    block_quote,
    list,
    item,
    code_block,
    html_block,
    paragraph,
    heading,
    thematic_break,
    footnote_definition,
    table,
    table_row,
    table_cell,
    definition_list,
    term,
    definition,
    division,
    attribute_line,
    text,
    soft_break,
    line_break,
    code,
    html_inline,
    emphasis,
    strong,
    link,
    image,
    footnote_reference,
    strikethrough,
    marker,
    other,
};
SyntaxKind kind_of(cmark_node* node);

MarkerKind marker_kind(cmark_node* node);
std::string_view marker_text(cmark_node* node);   // as written
std::string_view opening_text(cmark_node* block); // of a division or an attribute line: “.note #id”, “{.wide}”
bool is_closed(cmark_node* division);             // its closing `:::` was found
bool is_cut_off(cmark_node* table);               // it had more cells than the limits allow; its further rows are paragraphs
// “[x]”, “[ ]”, neither. `line`: of the source, in which the item begins.
std::optional<bool> task_of(cmark_node* item, std::string_view line);
bool is_header_row(cmark_node* row);
std::string_view column_alignments(cmark_node* table);     // “l”, “c”, “r” or NUL for each column
cmark_node* definition_of(cmark_node* footnote_reference); // nullptr: there is none
// The cells of a table's row as it is written: between bars without a backslash before them, without the space around them.
struct CellPlace {
    std::size_t begin = 0, size = 0; // bytes of the line
};
std::vector<CellPlace> cells_in_row(std::string_view line);

struct Place {
    int line = 0, column = 0, end_line = 0, end_column = 0; // from 1; 0: cmark does not know
};
Place place_of(cmark_node* node);
std::string_view content_of(cmark_node* node); // the text whose inlines a block holds
std::string_view literal_of(cmark_node* node);
std::string label_of(cmark_node* footnote_definition);

struct FreeNode {
    void operator()(cmark_node* node) const noexcept;
};

struct ParsedMarkdown {
    std::unique_ptr<cmark_node, FreeNode> root;
    struct LinkDefinition {
        std::string label; // as cmark folds it
    };
    std::vector<LinkDefinition> link_definitions; // every one, in the order written, duplicates too
};

ParsedMarkdown parse_markdown(std::string_view text, const MarkdownOptions& options);
// The text is one paragraph, whatever its lines begin with: the root holds only that. Calls of notes stay unresolved.
ParsedMarkdown parse_markdown_inlines(std::string_view text, const MarkdownOptions& options);

// The field that `{{…}}` at the front of the text names, when it is declared; `size` is what it takes.
std::string_view declared_field(std::string_view text, const MarkdownOptions& options, std::size_t& size);

} // namespace bifolio
