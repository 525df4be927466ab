// addresses.h: where everything of a Book is found in the publication: documents, ids, links.
#pragma once

#include "assemble/book.h"
#include "write/xhtml/documents.h"
#include "write/xhtml/table_width.h"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

inline constexpr std::uint32_t no_section = 0xFFFF'FFFF;
inline constexpr std::size_t no_document = static_cast<std::size_t>(-1);

// The title line of a call-out or a notice; the box is called by it, so it needs an id.
bool names_its_box(const Node& node);

// How a publication names its documents.
struct AddressForm {
    std::string_view folder, extension; // of all documents: “text/”, “.xhtml”
    std::string_view contents;          // where the contents stand: “nav.xhtml#toc”, from the publication's root
    std::size_t most_bytes = static_cast<std::size_t>(-1); // of a document, before it is divided
    bool (*is_on_contents_page)(SectionKind) = nullptr;    // sections that stand on the contents' page; none
};

class Addresses {
public:
    // Gives an id to whatever a link, the navigation or a note's call needs to reach. `page_marks`: of which documents are to be
    // made; for the call.
    Addresses(const Book& book, const AddressForm& form, std::span<const PageMark> page_marks = {});

    // The contents section, which is no document of its own; no_section: the book has none.
    std::uint32_t contents() const { return contents_; }
    const std::vector<Document>& documents() const { return documents_; } // without the contents
    std::size_t document_of(BookPlace place) const;                       // no_document: the contents
    std::string path(std::size_t document) const;                         // “text/sleep.xhtml”, from the publication's root
    bool is_on_contents_page(std::size_t document) const;
    const TableWidthsByNode& widths_of_divided_tables() const { return table_widths_; }

    // The node's id in its document; empty: it has none.
    std::string_view id(NodeId node) const;
    // A name that no node has, nor any that was taken before.
    std::string take_id(std::string wanted);
    bool is_taken(std::string_view id) const { return ids_.contains(id); }

    // As a document says it: “#dose”, “sleep.xhtml#dose”, “../nav.xhtml#toc”.
    std::string link_within(std::size_t document, NodeId target) const;
    std::string link(NodeId target) const;           // from the publication's root
    std::string to_root(std::size_t document) const; // “../” or “”

private:
    // Its start is the document's start, so a link needs no fragment.
    bool begins_document(NodeId target, std::uint32_t section) const;
    void need_id(NodeId node);

    const Book* book_; // a local of its caller only
    AddressForm form_;
    std::uint32_t contents_ = no_section;
    std::vector<Document> documents_;
    TableWidthsByNode table_widths_;
    std::set<std::string, std::less<>> ids_;
    std::map<NodeId, std::string> own_ids_; // where the node has none, or one that XML does not allow
};

} // namespace bifolio
