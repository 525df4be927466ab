#include "proof/document_marks.h"

#include <algorithm>

namespace bifolio {

std::uint32_t DocumentMarks::number(std::string_view name) {
    if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
    const auto made = numbers_.emplace(std::string(name), static_cast<std::uint32_t>(names_.size())).first;
    names_.push_back(&made->first);
    return made->second;
}

std::size_t DocumentMarks::open(std::uint32_t begin, std::string_view name, std::uint32_t owner) {
    all_.push_back({begin, begin, number(name), owner});
    return all_.size() - 1;
}

std::size_t DocumentMarks::append(const DocumentMarks& document, std::uint32_t begin, std::uint32_t owner) {
    const std::size_t first = all_.size();
    std::vector<std::uint32_t> numbers;
    for (const std::string* name : document.names_) numbers.push_back(number(*name));
    for (const DocumentMark& one : document.all_) all_.push_back({begin + one.begin, begin + one.end, numbers[one.name], owner});
    return first;
}

void DocumentMarks::add_to_name(std::size_t mark, std::string_view more) {
    all_[mark].name = number(name(all_[mark]) + std::string(more));
}

std::string landing_name(std::size_t document, std::uint32_t token) {
    return " → " + std::to_string(document) + ":" + std::to_string(token);
}

std::vector<MarkDifference> compare_marks(const DocumentMarks& expected, const DocumentMarks& found, std::size_t most) {
    constexpr std::uint32_t unknown = 0xFFFF'FFFF;
    std::vector<std::uint32_t> same_name; // by the number of a name that is found: that of the one expected
    const auto is_same = [&](std::size_t e, std::size_t f) {
        const DocumentMark &wanted = expected.all()[e], &has = found.all()[f];
        if (wanted.begin != has.begin || wanted.end != has.end) return false;
        if (same_name.size() <= has.name) same_name.resize(has.name + 1, unknown);
        if (same_name[has.name] == wanted.name) return true;
        if (expected.name(wanted) != found.name(has)) return false;
        same_name[has.name] = wanted.name;
        return true;
    };
    std::vector<MarkDifference> out;
    const std::size_t expected_size = expected.all().size(), found_size = found.all().size();
    std::size_t e = 0, f = 0;
    while ((e < expected_size || f < found_size) && out.size() < most) {
        if (e < expected_size && f < found_size && is_same(e, f)) {
            ++e, ++f;
            continue;
        }
        // The nearest place where both go on alike.
        constexpr std::size_t farthest = 64;
        std::size_t skip_expected = expected_size - e, skip_found = found_size - f;
        for (std::size_t both = 1; both <= farthest && skip_expected + skip_found > both; ++both)
            for (std::size_t skip = 0; skip <= both; ++skip)
                if (e + skip < expected_size && f + both - skip < found_size && is_same(e + skip, f + both - skip)) {
                    skip_expected = skip, skip_found = both - skip;
                    break;
                }
        for (std::size_t i = 0; i < std::max(skip_expected, skip_found) && out.size() < most; ++i)
            out.push_back(
                {i < skip_expected ? e + i : MarkDifference::missing, i < skip_found ? f + i : MarkDifference::missing});
        e += skip_expected;
        f += skip_found;
    }
    return out;
}

} // namespace bifolio
