#include "verify/findings.h"

#include <iterator>

namespace bifolio {

void Findings::add(std::string_view rule, std::string message, ObjectId object, std::size_t page) {
    auto found = counts_.find(rule);
    if (found == counts_.end()) found = counts_.emplace(rule, 0).first;
    if (found->second++ < places_of_rule) all_.push_back({std::string(rule), std::move(message), object, page});
}

void Findings::append(Findings later) {
    std::map<std::string, std::size_t, std::less<>> room;
    for (const auto& [rule, count] : later.counts_) {
        std::size_t& here = counts_[rule];
        room[rule] = here < places_of_rule ? places_of_rule - here : 0;
        here += count;
    }
    for (Finding& finding : later.all_)
        if (std::size_t& left = room[finding.rule]; left > 0) {
            --left;
            all_.push_back(std::move(finding));
        }
}

std::size_t Findings::count(std::string_view rule) const {
    const auto found = counts_.find(rule);
    return found == counts_.end() ? 0 : found->second;
}

} // namespace bifolio
