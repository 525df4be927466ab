// conservation.h: does every word of a source come out of a reader, or does a diagnostic name it?
//
// A word     a run of ASCII letters and digits, case folded; every other letter is a word of its own.
// Markup     is no word: tags, comments and scripts, character references, destinations, labels, attribute lists, the words
// behind a
//            fence, the numbers of lists. Where it is hard to tell markup from text it is taken for markup.
#pragma once

#include "base/diagnostics.h"
#include "model/article.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio::test {

// Words that stand more often in the source than in the blocks; the source was read as one file.
std::vector<std::string> lost_words(std::string_view source, const Blocks& blocks, const Diagnostics& diagnostics);

struct Extent {
    std::size_t nodes = 0, depth = 0; // of blocks and inlines, items and cells
};
Extent extent_of(const Blocks& blocks); // as the dump counts: one line a node

} // namespace bifolio::test
