#include "write/xhtml/markup_size.h"

#include <algorithm>

namespace bifolio {

std::size_t text_bytes(std::string_view text) {
    const auto escaped = std::ranges::count_if(text, [](char c) { return c == '&' || c == '<' || c == '>'; });
    return text.size() + 4 * static_cast<std::size_t>(escaped);
}

std::size_t markup_bytes(const Node& node) {
    if (node.element == Element::text) return text_bytes(node.text);
    std::size_t bytes = 2 * name(node.element).size() + 30 + node.info.id.size() + 2 * node.info.language.size();
    for (const std::string& one : node.info.classes) bytes += one.size() + 9;
    for (const Attribute& one : node.info.attributes) bytes += one.name.size() + one.value.size() + 16;
    if (node.target != no_node || node.resource != no_resource) bytes += 200;
    if (node.element == Element::note) bytes += 600; // the call, the box and the way back
    return bytes;
}

std::size_t markup_bytes(const Book& book, NodeId parent) {
    std::size_t bytes = 0;
    for (NodeId at = parent; at < book.node(parent).end; at = NodeId{index(at) + 1}) bytes += markup_bytes(book.node(at));
    return bytes;
}

SectionSize::SectionSize(const Book& book, NodeId root, std::span<const PageMark> page_marks)
    : book_(book), root_(root), page_marks_(page_marks) {
    std::size_t sum = 0;
    before_.reserve(index(book.node(root).end) - index(root) + 1);
    auto mark = std::ranges::lower_bound(page_marks, root, {}, &PageMark::node);
    for (NodeId at = root; at < book.node(root).end; at = NodeId{index(at) + 1}) {
        before_.push_back(sum);
        sum += markup_bytes(book.node(at));
        for (; mark != page_marks.end() && mark->node == at; ++mark) sum += mark->bytes();
    }
    before_.push_back(sum);
}

std::span<const PageMark> SectionSize::marks_of(NodeId node) const {
    const auto [begin, end] = std::ranges::equal_range(page_marks_, node, {}, &PageMark::node);
    return {begin, end};
}

} // namespace bifolio
