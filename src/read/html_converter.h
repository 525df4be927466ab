// html_converter.h: gumbo's tree → our nodes. Blocks in html_blocks.cpp, tables in html_tables.cpp, phrases in html_phrases.cpp.
#pragma once

#include "read/html_guard.h"
#include "read/reading.h"

#include <gumbo.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bifolio {

using FinishedNode = std::variant<Block, Inline>;

class HtmlConverter {
public:
    // `finished`: the nodes that stand in the HTML, by the offset of their placeholder.
    HtmlConverter(Reading& reading, const HtmlGuard& guard, std::map<std::size_t, FinishedNode>& finished);

    Blocks blocks(const GumboNode* root, std::size_t depth);
    Inlines inlines(const GumboNode* root, std::size_t depth);

private:
    // Blocks as they come, and the line of phrases that is still open between them.
    struct Flow {
        Blocks blocks;
        Inlines line;
        bool after_space = true; // white space that comes next collapses into what was
    };

    // ---- blocks ----
    Blocks flow_of(const GumboNode* parent, std::size_t depth);
    void add_to_flow(const GumboNode* node, std::size_t depth, Flow& flow);
    void add_element(const GumboNode* node, std::size_t depth, Flow& flow);
    bool add_block(const GumboNode* node, std::string_view name, std::size_t depth, Flow& flow); // false: it is none
    void end_line(Flow& flow);
    void wrap_in_phrase(const GumboNode* node, std::size_t depth, Flow& flow);
    Block list(const GumboNode* node, bool ordered, std::size_t depth);
    Block definition_list(const GumboNode* node, std::size_t depth);
    void add_definitions(const GumboNode* node, std::size_t depth, DefinitionList& list);
    Block figure(const GumboNode* node, std::size_t depth);
    Block preformatted(const GumboNode* node);
    Inlines caption_of(const GumboNode* node, std::size_t depth);
    bool has_block(const GumboNode* node) const;

    // ---- tables ----
    struct TableParts;
    void add_table(const GumboNode* node, std::size_t depth, Flow& flow);
    void collect(const GumboNode* node, std::size_t depth, TableParts& parts);
    void collect_columns(const GumboNode* node, Table& table);
    TableRowGroup row_group(const std::vector<const GumboNode*>& rows, NodeInfo info, std::size_t depth);
    TableCell cell(const GumboNode* node, std::size_t depth);

    // ---- phrases ----
    void add_phrases(const GumboNode* node, std::size_t depth, Flow& flow);
    void add_children(const GumboNode* parent, std::size_t depth, Flow& flow);
    void report_unknown(const GumboNode* node, std::string_view name);
    void add_phrase(const GumboNode* node, std::string_view name, std::size_t depth, Flow& flow);
    void add_text(const GumboNode* node, Flow& flow);
    void add_picture(const GumboNode* node, Flow& flow);
    void add_link(const GumboNode* node, std::size_t depth, Flow& flow);
    void push(Inline node, Flow& flow);
    void add_finished(FinishedNode& node, std::size_t depth, Flow& flow);
    Inlines line_of(const GumboNode* parent, std::size_t depth); // children as phrases, trimmed

    // ---- notes ----
    void find_notes(const GumboNode* root);
    bool is_note_call(const GumboNode* node) const;
    bool is_way_back(const GumboNode* node) const; // from a note to its call
    void add_note(const GumboNode* node, std::size_t depth, Flow& flow);

    // ---- what a node is ----
    NodeInfo info_of(const GumboNode* node);
    Span span_of(const GumboNode* node) const;
    FinishedNode* finished_at(const GumboNode* node);
    std::string words_of(const GumboNode* node); // all text below, as written

    Reading& reading_;
    const HtmlGuard& guard_;
    std::map<std::size_t, FinishedNode>& finished_;
    std::set<const GumboNode*> with_blocks_;        // elements that hold a block somewhere
    std::map<std::string, const GumboNode*> notes_; // by the calls' targets as written
    std::set<const GumboNode*> called_notes_;
};

bool is_block_name(std::string_view name);
std::optional<PhraseKind> phrase_named(std::string_view name);
std::string element_name(const GumboNode* node);                                    // lower case; empty for what is no element
std::string attribute_of(const GumboNode* node, const char* name);                  // empty: none
bool has_word(const GumboNode* node, const char* attribute, std::string_view word); // one of several, parted by space
bool has_attribute(const GumboNode* node, const char* name);
CellAlignment alignment_of(const GumboNode* node);
// What a call of a note points at, as written or with its percent-escapes decoded.
std::string note_target(const GumboNode* call, bool unescaped);
const GumboVector& children_of(const GumboNode* node); // of an element

inline constexpr std::string_view block_placeholder = "div", inline_placeholder = "span";

} // namespace bifolio
