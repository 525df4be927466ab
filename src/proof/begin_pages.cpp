#include "proof/begin_pages.h"

#include <algorithm>

namespace bifolio {

BeginPages::BeginPages(const Pages& pages) : pages_(pages), first_(pages.book->nodes.size(), none) {
    for (std::uint32_t page = 0; page < pages.pages.size(); ++page)
        for (const PlacedItem& item : pages.pages[page].items)
            if (const auto* content = std::get_if<Content>(&item.owner); content && content->node != no_node)
                first_[index(content->node)] = std::min(first_[index(content->node)], page);
    const auto& nodes = pages.book->nodes;
    for (std::uint32_t at = static_cast<std::uint32_t>(nodes.size()); at-- > 0;)
        if (const NodeId parent = nodes[at].parent; parent != no_node)
            first_[index(parent)] = std::min(first_[index(parent)], first_[at]);
}

std::uint32_t BeginPages::of(NodeId node) const {
    if (node == no_node || index(node) >= first_.size()) return none;
    if (first_[index(node)] != none) return first_[index(node)];
    const auto known = pages_.destinations.find(node);
    return known == pages_.destinations.end() ? none : index(known->second.page);
}

const Page* BeginPages::page_of(NodeId node) const {
    const std::uint32_t page = of(node);
    return page < pages_.pages.size() ? &pages_.pages[page] : nullptr;
}

} // namespace bifolio
