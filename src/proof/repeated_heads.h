// repeated_heads.h: whether what a page repeats of a table is that table's head, foot or caption. Internal to this folder.
//
// Source     Head and foot: what stands in these rows where they are shown once, which is compared with the Book as all text is.
//            Caption: the Book's, with the word of its style (-bifolio-table-continued).
// Checked    By the sum of the characters, hyphens left out: a caption may be divided otherwise where it is repeated. Whether a
//            head is repeated is for the layout to say; a page may repeat only what goes on there.
#pragma once

#include "proof/begin_pages.h"
#include "style/styled_book.h"

#include <cstdint>
#include <set>
#include <vector>

namespace bifolio {

class RepeatedHeads {
public:
    RepeatedHeads(const StyledBook& styled, const Pages& pages, const BeginPages& begins);
    // To be asked of one page after the other, from the first on.
    bool are_right(std::uint32_t page);

private:
    struct Table {
        NodeId node = no_node, head = no_node, foot = no_node; // node: what the rows stand in
        std::uint32_t first = BeginPages::none, last = 0;      // pages with anything of it
        std::uint32_t end = 0;                                 // the page that goes on behind it
        std::uint64_t head_sum = 0, foot_sum = 0;
        std::set<std::uint64_t> captions; // with the word that says that the table goes on; 0: none
    };
    void find_tables();
    void add(NodeId node, std::uint64_t sum, std::uint32_t page);
    void end_tables(const BeginPages& begins);
    std::uint64_t continued_caption(NodeId caption) const;
    std::set<std::uint64_t> may_repeat(std::uint32_t page) const;

    const StyledBook& styled_; // locals of the caller
    const Book& book_;
    const Pages& pages_;
    std::vector<Table> tables_;           // in the order of their first pages, once they are known
    std::vector<std::uint32_t> table_of_; // by NodeId: one more than the index; empty: nothing is repeated
    std::vector<std::uint64_t> repeated_; // by page: the sum of what it repeats
    std::vector<const Table*> going_on_;  // from the page before the one that is asked for
    std::size_t next_ = 0;
};

} // namespace bifolio
