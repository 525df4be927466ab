// nearest.h: the known name that a mistyped one most likely meant, for “did you mean”.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// Damerau–Levenshtein distance (optimal string alignment) in code points.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The nearest candidate, if it is near enough to be meant (a third of the word, at least 1 and at most 3 edits).
// The first of equals wins.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

// The hint line, or nothing: {"did you mean ‘jane.doe’?"}.
std::vector<std::string> did_you_mean(std::string_view word, std::span<const std::string> candidates);

} // namespace bifolio
