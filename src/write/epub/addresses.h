// addresses.h: where everything of a Book is found in the publication: documents, ids, links. Internal to this folder.
#pragma once

#include "assemble/book.h"
#include "write/epub/documents.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

inline constexpr std::uint32_t no_section = 0xFFFF'FFFF;
inline constexpr std::size_t no_document = static_cast<std::size_t>(-1);

// The title line of a call-out or a notice; the box is called by it, so it needs an id.
bool names_its_box(const Node& node);

class Addresses {
public:
    // Gives an id to whatever a link, the navigation or a note's call needs to reach.
    explicit Addresses(const Book& book);

    // The contents section, which is nav.xhtml; no_section: the book has none.
    std::uint32_t contents() const { return contents_; }
    const std::vector<Document>& documents() const { return documents_; } // without nav.xhtml
    std::size_t document_of(NodeId node) const;                           // no_document: nav.xhtml
    std::string path(NodeId node) const;                                  // “text/sleep.xhtml”, relative to OEBPS

    // The node's id in its document; empty: it has none.
    std::string_view id(NodeId node) const;
    // A name that no node has, nor any that was taken before.
    std::string take_id(std::string wanted);
    bool is_taken(std::string_view id) const { return ids_.contains(id); }

    // As a document of this folder of OEBPS says it: “#dose”, “sleep.xhtml#dose”, “../nav.xhtml#toc”.
    std::string link_within(std::size_t document, NodeId target) const; // from a document in text/
    std::string link(NodeId target) const;                              // from OEBPS itself

private:
    // Its start is the document's start, so a link needs no fragment.
    bool begins_document(NodeId target, std::uint32_t section) const;
    void need_id(NodeId node);

    const Book* book_; // a local of its caller only
    std::uint32_t contents_ = no_section;
    std::vector<Document> documents_;
    std::set<std::string, std::less<>> ids_;
    std::map<NodeId, std::string> own_ids_; // where the node has none, or one that XML does not allow
};

} // namespace bifolio
