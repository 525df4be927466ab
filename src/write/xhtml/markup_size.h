// markup_size.h: about how much markup the nodes of a book take: no less than what is written, as a rule.
#pragma once

#include "assemble/book.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bifolio {

std::size_t text_bytes(std::string_view text);             // escaped, with the mark of a page now and then
std::size_t markup_bytes(const Node& node);                // of the node itself, its children apart
std::size_t markup_bytes(const Book& book, NodeId parent); // with all below it

// Sums of one section.
class SectionSize {
public:
    SectionSize(const Book& book, NodeId root);
    std::size_t whole() const { return before_.back(); }
    std::size_t before(NodeId node) const { return before_[index(node) - index(root_)]; } // its end, too
    std::size_t of(NodeId node) const { return before(book_.node(node).end) - before(node); }

private:
    const Book& book_; // a local of the caller
    NodeId root_;
    std::vector<std::size_t> before_; // bytes before each node of the section
};

} // namespace bifolio
