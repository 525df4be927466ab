// page_table.h: the style of every kind of page a book can have, made once (Paged Media 3 §4 and §6).
#pragma once

#include "style/generate_content.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

struct PageRules {
    std::map<std::string, std::array<PageStyle, 8>, std::less<>> by_name; // “” is auto; index: see page_kind()
};

constexpr std::size_t page_kind(PageSide side, bool first, bool blank) {
    return (side == PageSide::right ? 1u : 0u) + (first ? 2u : 0u) + (blank ? 4u : 0u);
}

// Adds the styles of margin boxes and footnote areas to the tree's store.
std::shared_ptr<const PageRules> make_page_table(StyledTree& tree, const Stylesheet& stylesheet, Diagnostics& diagnostics);

} // namespace bifolio
