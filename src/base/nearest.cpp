#include "base/nearest.h"

#include "base/utf8.h"

#include <algorithm>
#include <vector>

namespace bifolio {

std::size_t edit_distance(std::string_view a_utf8, std::string_view b_utf8) {
    const std::u32string a = to_utf32(a_utf8), b = to_utf32(b_utf8);
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    if (word.size() > 100) return std::nullopt; // nobody meant that
    const std::size_t most = std::clamp<std::size_t>(count_characters(word) / 3, 1, 3);
    std::optional<std::string> best;
    std::size_t best_distance = most + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > 100) continue;
        const std::size_t distance = edit_distance(to_ascii_lower(word), to_ascii_lower(candidate));
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::vector<std::string> did_you_mean(std::string_view word, std::span<const std::string> candidates) {
    if (const auto name = nearest(word, candidates)) return {"did you mean ‘" + *name + "’?"};
    return {};
}

} // namespace bifolio
