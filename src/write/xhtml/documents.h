// documents.h: which sections become which files.
//
// Division   A section whose document would be larger than slow reading systems like is divided (division.h). What is open at a
//            cut is opened again in the next document (continuation.h).
#pragma once

#include "assemble/book.h"
#include "write/xhtml/page_mark.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// Before a node or, with an offset above 0, in a text node before that byte. In the order in which the book is read.
struct BookPlace {
    NodeId node = no_node;
    std::uint32_t offset = 0;
    auto operator<=>(const BookPlace&) const = default;
};

struct Document {
    std::uint32_t section = 0;
    BookPlace from, to; // the first document of a section begins with the section's root
    std::string name;   // unique among the documents: “sleep”, “sleep-2”

    bool has_start(NodeId node) const { return from <= BookPlace{node} && BookPlace{node} < to; }
    bool has_some(const Book& book, NodeId node) const { return from < BookPlace{book.node(node).end} && BookPlace{node} < to; }
    // Of a node of which it has some: it begins before, it ends behind.
    bool is_continued(NodeId node) const { return BookPlace{node} < from; }
    bool goes_on(const Book& book, NodeId node) const { return to < BookPlace{book.node(node).end}; }
    // The first child, of a node of which it has some, of which it has some too.
    NodeId first_child(const Book& book, NodeId parent) const;
    // The bytes of a text node that it has: the first, and the one behind the last.
    std::uint32_t first_byte(NodeId text) const { return text == from.node ? from.offset : 0; }
    std::uint32_t end_byte(const Book& book, NodeId text) const {
        return text == to.node ? to.offset : static_cast<std::uint32_t>(book.node(text).text.size());
    }
};

// In the order of the nodes; not of section `contents`. `page_marks`: of the print edition, in the order of the nodes; their ids
// may be made later. `taken_name`: of the contents' own page, where it stands beside them.
std::vector<Document> documents_of(const Book& book, std::uint32_t contents, std::size_t most_bytes,
                                   std::span<const PageMark> page_marks = {}, std::string_view taken_name = {});

// The child of `parent` that the node is or stands in. It stands in `parent`.
NodeId child_around(const Book& book, NodeId parent, NodeId node);

// The one that has the place, which is not in the contents; an index. `documents` is not empty.
std::size_t document_at(const std::vector<Document>& documents, BookPlace place);

} // namespace bifolio
