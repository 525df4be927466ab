// markup_size.h: about how much markup the nodes of a book take: no less than what is written, as a rule.
#pragma once

#include "assemble/book.h"
#include "write/xhtml/page_mark.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace bifolio {

std::size_t text_bytes(std::string_view text);             // escaped
std::size_t markup_bytes(const Node& node);                // of the node itself, its children apart
std::size_t markup_bytes(const Book& book, NodeId parent); // with all below it

// Sums of one section, with the marks of the pages that begin in it.
class SectionSize {
public:
    SectionSize(const Book& book, NodeId root, std::span<const PageMark> page_marks);
    std::size_t whole() const { return before_.back(); }
    std::size_t before(NodeId node) const { return before_[index(node) - index(root_)]; } // its end, too
    std::size_t of(NodeId node) const { return before(book_.node(node).end) - before(node); }
    std::span<const PageMark> marks_of(NodeId node) const;

private:
    const Book& book_; // a local of the caller
    NodeId root_;
    std::span<const PageMark> page_marks_; // in the order of the nodes
    std::vector<std::size_t> before_;      // bytes before each node of the section
};

} // namespace bifolio
