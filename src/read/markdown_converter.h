// markdown_converter.h: cmark's tree → our blocks. Blocks in markdown_blocks.cpp, tables in markdown_tables.cpp, inlines in
// markdown_inlines.cpp.
#pragma once

#include "read/html_fragment.h"
#include "read/markdown_content.h"
#include "read/markdown_syntax.h"
#include "read/reading.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace bifolio {

// What of the tree does not come from the source: its first lines and blocks, and letters in labels that were made anew.
struct Additions {
    int lines = 0, blocks = 0;
    struct Letters {
        std::size_t column = 0; // of the label's end, from 0
        std::ptrdiff_t count = 0;
    };
    std::map<std::size_t, std::vector<Letters>> letters; // by line of the source, from 0
};

class MarkdownConverter {
public:
    MarkdownConverter(Reading& reading, ParsedMarkdown parsed, Additions added);

    Blocks convert(); // with the notes that nothing calls, in a section at the end
    Inlines convert_paragraph();

    const std::set<std::string>& used_labels() const { return used_labels_; } // folded, of links that are references
    const ParsedMarkdown& parsed() const { return parsed_; }

private:
    // ---- inlines ----
    struct Piece {
        enum class Kind : std::uint8_t { node, soft_break, html, marker };
        Kind kind = Kind::node;
        Inline node;      // for a break or a marker: as text
        std::string text; // HTML, a marker: as written
        MarkerKind marker = MarkerKind::none;
        ContentCursor::Range range;
    };
    using Pieces = std::vector<Piece>;
    struct Frame;

    Pieces pieces_of(cmark_node* parent, ContentCursor& cursor, std::size_t depth);
    void add_piece(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces);
    void add_text(cmark_node* node, ContentCursor& cursor, Pieces& pieces);
    void add_phrase(cmark_node* node, PhraseKind kind, std::size_t delimiters, ContentCursor& cursor, std::size_t depth,
                    Pieces& pieces);
    void add_link(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces);
    void add_note(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces);
    void add_marker(cmark_node* node, ContentCursor& cursor, Pieces& pieces);
    void warn_of_missing_notes(ContentCursor::Range range, const ContentCursor& cursor);

    Inlines finished(Pieces pieces, const ContentCursor& cursor, std::size_t depth);
    Inlines with_html(Pieces pieces, const ContentCursor& cursor, std::size_t depth);
    void close_script(MarkerKind kind, Piece marker, std::vector<Frame>& frames, const ContentCursor& cursor, std::size_t depth);
    bool close_span(const Piece* attributes, Span end, std::vector<Frame>& frames, const ContentCursor& cursor,
                    std::size_t depth);
    bool attach_attributes(Piece& marker, Pieces& before, const ContentCursor& cursor);
    std::optional<AttributeList> take_trailing_attributes(Pieces& pieces, const ContentCursor& cursor);

    // ---- blocks ----
    struct Item; // a block that may still meet its caption or its attributes
    using Items = std::vector<Item>;

    Blocks blocks_of(cmark_node* parent, std::size_t depth);
    void add_item(cmark_node* node, std::size_t depth, Items& items);
    void add_paragraph(cmark_node* node, std::size_t depth, Items& items);
    Block heading(cmark_node* node, std::size_t depth);
    Block quote_or_call_out(cmark_node* node, std::size_t depth);
    std::optional<CallOutKind> call_out_kind(cmark_node* quote, std::size_t& prefix);
    Block code_block(cmark_node* node);
    Block list(cmark_node* node, std::size_t depth);
    Block definition_list(cmark_node* node, std::size_t depth);
    Block table(cmark_node* node, std::size_t depth);
    TableRow table_row(cmark_node* node, const std::vector<TableColumn>& columns, bool is_head, std::size_t depth);
    Block division(cmark_node* node, std::size_t depth);
    Block flattened(cmark_node* node);

    Blocks finished(Items items, std::size_t depth);
    void place_attribute_lines(Items& items);
    void join_definition_lists(Items& items);
    void place_captions(Items& items);
    void place_caption(Items& items, std::size_t at);

    Span span_of(cmark_node* node) const;              // of a block
    ContentCursor cursor_of(cmark_node* node) const;   // over a block's content
    std::size_t first_line_of(cmark_node* node) const; // in the source, from 0
    std::size_t column_in_source(std::size_t line, std::size_t column) const;
    Block unused_notes();

    struct NoteState {
        std::string label;
        bool called = false;
    };
    Reading& reading_;
    ParsedMarkdown parsed_;
    Additions added_;
    std::map<cmark_node*, NoteState> notes_;
    std::vector<cmark_node*> note_order_;
    std::set<std::string> used_labels_;
    bool in_picture_ = false; // its words become the alternative text: no notes in them
};

} // namespace bifolio
