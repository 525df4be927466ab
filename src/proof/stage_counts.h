// stage_counts.h: how much text a stage holds, for the certificate: the Book as assembled, and what of it the layout placed.
//
// Counted    Characters as the proof compares them (text_stream.h), of the Book's own text: nothing that styles add, and what
//            they hide as well.
// Digest     SHA-256 of that text in the Book's order, words parted by one space. The layout's is that of the Book when all of
//            it was placed.
#pragma once

#include "assemble/book.h"
#include "layout/page/pages.h"

#include <cstddef>
#include <map>
#include <string>

namespace bifolio {

struct StageCount {
    std::size_t characters = 0, words = 0, nodes = 0, pictures = 0; // nodes with text
    std::string digest;
};

struct Addition { // of one kind
    std::size_t pieces = 0, characters = 0;
};

// What the layout put beside the text, and what it moved away from its place.
struct LayoutMoves {
    std::map<std::string, Addition> added;    // hyphens at line ends and what stands on pages for itself
    std::map<std::string, std::size_t> moved; // how many
};

StageCount assembled_count(const Book& book);
StageCount laid_out_count(const Pages& pages);
LayoutMoves layout_moves(const Pages& pages);

} // namespace bifolio
