// documents.h: which sections become which files.
//
// Division   A section whose document would be larger than slow reading systems like is divided: before a heading, the higher the
//            better, else before a block, an item of a list or a term; never behind a heading. What is open there is opened
//            again in the next document. A table or a block of code stays whole.
#pragma once

#include "assemble/book.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

struct Document {
    std::uint32_t section = 0;
    NodeId from = no_node, to = no_node; // its nodes; the first document of a section begins with the section's root
    std::string name;                    // unique among the documents: “sleep”, “sleep-2”
};

// In the order of the nodes; not of section `contents`. `taken_name`: of the contents' own page, where it stands beside them.
std::vector<Document> documents_of(const Book& book, std::uint32_t contents, std::size_t most_bytes,
                                   std::string_view taken_name = {});

// The number of the first item from `from` on in the list, which begins before.
std::int64_t number_of_item(const Book& book, NodeId list, NodeId from);

} // namespace bifolio
