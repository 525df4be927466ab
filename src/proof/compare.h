// compare.h: where the text that a file has differs from what the book asks for.
//
// Method     Equal texts are walked once, side by side. Else both are parted into blocks at the edges of blocks; blocks that
//            occur once in each are matched in their common order (patience diff), what lies between is matched from both ends,
//            and only what is left is a difference. So a lost cell is one difference, however long the book.
#pragma once

#include "proof/text_stream.h"

#include <vector>

namespace bifolio {

// Tokens [begin, end) of both sides; one of the two may be empty.
struct Difference {
    std::size_t expected_begin = 0, expected_end = 0, found_begin = 0, found_end = 0;
};

// `found` is not const: its undirected runs are turned to where they fit.
std::vector<Difference> compare(const TextStream& expected, TextStream& found);

} // namespace bifolio
