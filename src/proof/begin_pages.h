// begin_pages.h: on which page of the layout each node begins, told from what stands on the pages. Internal to this folder.
#pragma once

#include "layout/page/pages.h"

#include <cstdint>
#include <vector>

namespace bifolio {

class BeginPages {
public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;
    explicit BeginPages(const Pages& pages);
    // Where nothing of the node is drawn: where the layout says that it would be.
    std::uint32_t of(NodeId node) const;
    const Page* page_of(NodeId node) const; // nullptr: nowhere

private:
    const Pages& pages_;               // a local of the caller
    std::vector<std::uint32_t> first_; // by NodeId: of its subtree
};

} // namespace bifolio
