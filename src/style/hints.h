// hints.h: attributes that speak of presentation: width, height, dir=auto (HTML, “presentational hints”).
#pragma once

#include "assemble/book.h"
#include "style/stylesheet.h"

#include <deque>
#include <map>

namespace bifolio {

class Hints {
public:
    explicit Hints(const Book& book) : book_(book) {}

    static constexpr std::uint32_t none = 0;
    std::uint32_t of(NodeId id); // the same number for the same hints
    const std::vector<Declaration>& declarations(std::uint32_t hint) const { return all_[hint - 1]; }

private:
    const Book& book_;
    std::map<std::string, std::uint32_t> by_text_;
    std::deque<std::vector<Declaration>> all_;
};

} // namespace bifolio
