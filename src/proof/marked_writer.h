// marked_writer.h: writes what documents must have: their text and, beside it, their marks. Internal to this folder.
#pragma once

#include "proof/expected_documents.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

struct Landing { // where a link arrives
    std::size_t document = 0;
    std::uint32_t token = 0;
};

class MarkedWriter {
public:
    using Mode = ExpectedWriter::WhiteSpaceMode;
    MarkedWriter(const Book& book, ExpectedDocuments& out);

    void begin_document();
    Landing here() const { return {document_, static_cast<std::uint32_t>(out_.text.text.tokens.size())}; }

    void text(NodeId owner, TextKind kind, std::string_view words, Mode mode = Mode::collapsed);
    void boundary() { words_.boundary(), words_.apart(); }
    void apart() { words_.apart(); }
    void goes_on() { words_.goes_on(); }

    std::size_t open(std::string_view name, NodeId owner) { return out_.marks.open(here().token, name, index(owner)); }
    void close(std::size_t mark) { out_.marks.close(mark, here().token); }
    void leaf(std::string_view name, NodeId owner) { close(open(name, owner)); }

    void begins(NodeId node);           // links to it arrive here
    void begins_page(std::size_t page); // of the print edition: an index into the marks
    void begins_contents() { contents_ = here(); }

    enum class Arrival : std::uint8_t { node, document, contents }; // of links: at the node, at its document's begin
    void leads(std::size_t mark, NodeId target, Arrival arrival) { links_.push_back({mark, target, arrival}); }
    void leads_to(std::size_t mark, Landing landing);
    void leads_outside(std::size_t mark, std::string_view address);
    void leads_to_page(std::size_t mark, std::size_t page) { page_links_.emplace_back(mark, page); }

    // Once everything is written.
    std::string landing(NodeId target, Arrival arrival) const; // “ → 3:120”
    std::string page_landing(std::size_t page) const;
    void resolve(); // the links

private:
    struct Link {
        std::size_t mark;
        NodeId target;
        Arrival arrival;
    };
    ExpectedDocuments& out_; // a local of the caller
    ExpectedWriter words_;
    std::size_t document_ = 0;
    std::vector<std::uint32_t> document_begins_;
    std::vector<bool> is_target_;        // by NodeId
    std::map<NodeId, Landing> landings_; // of targets
    std::map<std::size_t, Landing> pages_;
    Landing contents_;
    std::vector<Link> links_;
    std::vector<std::pair<std::size_t, std::size_t>> page_links_;
};

inline constexpr std::string_view nowhere = " → nowhere";

} // namespace bifolio
