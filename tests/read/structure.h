// structure.h: blocks as a canonical text, without places, for comparing two ways to the same structure.
#pragma once

#include "model/article.h"

#include <string>

namespace bifolio::test {

// White space collapsed, percent-escapes of destinations decoded, notes where they are called.
std::string structure(const Blocks& blocks);
// All text, notes and captions and alternative texts included, in order.
std::string every_word(const Blocks& blocks);

} // namespace bifolio::test
