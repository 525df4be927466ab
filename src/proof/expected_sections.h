// expected_sections.h: what the sections of a Book must say and mark in an e-book or on the web. Internal to this folder.
#pragma once

#include "proof/marked_writer.h"
#include "write/xhtml/documents.h"
#include "write/xhtml/semantics.h"
#include "write/xhtml/table_width.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

constexpr std::uint32_t no_contents = 0xFFFF'FFFF;

// How the publication is divided, and where its links arrive.
struct DocumentPlan {
    const Book& book; // locals of the caller, as what follows
    const ScreenParts& parts;
    std::vector<Document> documents;
    std::uint32_t contents = no_contents;           // the contents section
    bool alone = false, is_web = false;             // alone: the book is one article
    TableWidthsByNode table_widths{};               // of tables that are divided between documents
    const Document* document_of(NodeId node) const; // nullptr: the contents
    bool is_on_contents_page(const Document* document) const;
    // From `from`, nullptr: from the contents' page or the navigation.
    MarkedWriter::Arrival arrival(const Document* from, NodeId target) const;
};
bool stands_on_index(SectionKind kind); // of a web edition

class SectionWalk {
public:
    SectionWalk(const DocumentPlan& plan, MarkedWriter& writer, ExpectedDocuments& out);
    void document(const Document& document);
    void page_break(std::size_t page); // its mark
    void left_out(NodeId id, Omission why);
    void find_homeless();

private:
    struct Call {
        NodeId node = no_node, note = no_node;
        std::uint32_t number = 0;
    };
    struct BackLink {
        std::size_t mark;
        NodeId note;
        std::size_t call;
    };

    void root();
    void append_label(std::string& name) const;
    void count_calls();
    bool is_here(NodeId id) const { return document_->has_start(id); }
    void content(NodeId id);
    void begin_again(NodeId id);
    void say_again(NodeId id);
    void cell_elsewhere(NodeId id);
    void node(NodeId id);
    void page_breaks_before(NodeId id);
    void text(NodeId id, const Node& node);
    bool is_missing_picture(NodeId id, const Node& node) const;
    void missing_picture(NodeId id, const Node& node);
    bool is_description(NodeId id) const;
    std::string_view printed_name(NodeId id, const Node& node) const;
    std::string start_tag(NodeId id, const Node& node, std::string_view printed);
    void element(NodeId id, const Node& node, std::string_view printed, std::string_view address = {});
    void header_cell(NodeId id, const Node& node);
    void link(NodeId id, const Node& node);
    void picture(NodeId id, const Node& node);
    void shown(NodeId id, std::string alternative);
    void call(const Call& call);
    void append_call(const Call& call);
    void notes();
    void note(NodeId id);
    void note_number(NodeId id);
    void back_links(NodeId note);
    void append_semantics(std::string& name, Semantics semantics) const;
    static void append_classes(std::string& name, const Node& node, std::string_view more);

    const DocumentPlan& plan_;
    const Book& book_;
    MarkedWriter& writer_;
    ExpectedDocuments& out_;
    std::vector<std::uint32_t> bytes_; // by node: how much of a text stands somewhere, twice what stands twice
    const Document* document_ = nullptr;
    std::size_t page_ = 0;      // the next page mark
    std::vector<NodeId> notes_; // of the document, in the order of their first calls
    std::map<NodeId, std::size_t> calls_of_;
    std::map<NodeId, std::vector<Landing>> call_places_;
    std::vector<BackLink> back_links_;
    std::vector<Call> calls_in_link_;
    NodeId numbered_ = no_node, last_paragraph_ = no_node; // of a note: the paragraphs that take its number and the ways back
    NodeId note_ = no_node;
    bool in_pre_ = false, in_link_ = false, in_header_ = false, broken_list_ = false;
    int plain_place_ = 0;
    TableWidths table_widths_;
    NodeId again_ = no_node; // what is being said again
    NodeId ruby_ = no_node;
};

} // namespace bifolio
