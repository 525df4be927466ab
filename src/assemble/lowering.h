// lowering.h: what people wrote → nodes. The only place that visits each kind of block and inline by name. Internal to this
// folder.
#pragma once

#include "assemble/assembly.h"
#include "model/article.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class Lowering {
public:
    // `first_level`: of the outermost headings, 1…6.
    Lowering(Assembly& assembly, std::size_t fragment, Tree& tree, std::size_t scope, int first_level);

    void blocks(const Blocks& blocks);
    void inlines(const Inlines& inlines);
    // Headings are closed up: none is more than one level below the one before. `reported`: a skipped level is a warning.
    void body(const Blocks& blocks, bool reported);

    // From here on the first use of each term leads to the glossary.
    void link_terms(bool wanted) { links_terms_ = wanted; }

    bool shows_clinic() const { return shows_clinic_; } // a field of the clinic was met

    // Opens nothing: for elements that a maker of a section opened from a written node, so that its id can be linked to and its
    // place stand in the index.
    void register_node(NodeId node, const NodeInfo& written);

private:
    // What surrounds a block.
    struct Surroundings {
        bool tight = false;       // directly in an item of a tight list
        std::optional<bool> task; // the mark that the first paragraph begins with
    };
    void block(const Block& block, Surroundings surroundings);
    void open_range(const Blocks& blocks, std::size_t at);
    void close_ranges(const Inlines& written);
    void inline_node(const Inline& one);

    void paragraph(const NodeInfo& info, const Paragraph& paragraph, Surroundings surroundings);
    void heading(const NodeInfo& info, const Heading& heading);
    int level_of(const NodeInfo& info, const Heading& heading); // in the book, 1…6; closed up
    void code_block(const NodeInfo& info, const CodeBlock& code);
    void list(const NodeInfo& info, const List& list);
    void list_item(const ListItem& item, bool tight);
    void definition_list(const NodeInfo& info, const DefinitionList& list);
    void table(const NodeInfo& info, const Table& table, bool labelled);
    void table_rows(Element element, const TableRowGroup& group, const Table& table);
    void table_cell(const TableCell& cell, Element group, CellAlignment column_alignment, std::string classes);
    void figure(const NodeInfo& info, const Figure& figure);
    // What the figure shows, at length: a division of the class “description” behind it.
    void describe(NodeId figure, const Block& description);
    void link_description(NodeId figure);
    std::string title_of_description(NodeId figure);
    void call_out(const NodeInfo& info, const CallOut& call_out);
    void division(const NodeInfo& info, const Division& division);
    // The caption of a table or figure, with its label; reserves the number.
    void caption(NodeId owner, Element element, CaptionKind kind, const NodeInfo& info, const Inlines& text);
    // A single plain paragraph gives its inlines alone: in cells and figures it needs no p.
    void cell_content(const Blocks& blocks);

    void text(const NodeInfo& info, const std::string& text);
    void without_terms(const Inlines& inlines); // in headings, captions and other links nothing leads to the glossary
    void phrase(const NodeInfo& info, const Phrase& phrase);
    void link(const NodeInfo& info, const Link& link);
    void image(const NodeInfo& info, const Image& image);
    void note(const NodeInfo& info, const Note& note);
    void isolate_address(NodeId link);
    void web_address(const std::string& address); // of the link before it, for paper
    void note_reference(const NodeInfo& info, const NoteReference& reference);
    void field(const NodeInfo& info, const Field& field);

    bool says_something(const Inlines& written) const;
    bool is_left_out(const NodeInfo& info) const; // clinic-only without a clinic, no-clinic with one
    const std::string* clinic_value(std::string_view name, Span where);
    std::string with_fields(std::string_view text, Span where); // {{clinic.…}} in a destination or an alternative text
    SectionFragment& fragment() { return assembly_->fragments[fragment_]; }
    LinkScope& scope() { return assembly_->scopes[scope_]; }

    Assembly* assembly_; // a local of its caller only, as the tree
    Tree* tree_;
    std::size_t fragment_, scope_;
    int first_level_;
    std::vector<int> open_levels_; // written levels of the headings that are open
    int level_above_ = 0;          // written level that the first heading is expected below
    bool levels_reported_ = false;
    int quoted_ = 0; // depth of quotes, boxes and notes: their headings are not in the contents

    // A stretch that the index names as a whole: from the block with this info to the end of these words.
    static constexpr std::size_t no_mark = static_cast<std::size_t>(-1); // not yet, or its block is left out
    struct IndexRange {
        const NodeInfo* begin = nullptr; // of the article, as the end
        const Inlines* end = nullptr;
        std::size_t mark = no_mark; // in the fragment's index_marks
    };
    std::vector<IndexRange> index_ranges_; // those that are open

    bool links_terms_ = false;
    int without_terms_ = 0;
    std::set<std::string, std::less<>> used_terms_; // keys of entries

    int in_note_ = 0;
    bool in_time_ = false;
    int plain_places_ = 0; // depth of header cells and addresses
    bool shows_clinic_ = false;
};

// A link's destination outside the book: its href and classes on the node. False: it is a destination inside the book.
bool external_link(Node& node, const std::string& destination, Span where, Diagnostics& diagnostics);

} // namespace bifolio
