// cross_reference_count.h: how many objects the cross-reference streams of a file tell of. A few kilobytes of them can tell of any
// number, and libqpdf keeps a row for each; so they are counted before it reads the file.
#pragma once

#include <cstdint>
#include <string_view>

namespace bifolio {

// Of all such streams, wherever they stand; what one does not say by itself, or hides, counts as beyond every limit.
std::uint64_t count_cross_references(std::string_view file);

} // namespace bifolio
