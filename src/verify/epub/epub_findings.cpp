#include "verify/epub/epub_findings.h"

#include "base/utf8.h"

namespace bifolio {

void EpubFindings::add(std::string_view rule, std::string message, std::string_view path, XmlPlace place) {
    auto found = counts_.find(rule);
    if (found == counts_.end()) found = counts_.emplace(rule, 0).first;
    if (found->second++ < places_of_rule) all_.push_back({std::string(rule), std::move(message), std::string(path), place});
}

void EpubFindings::append(EpubFindings later) {
    std::map<std::string, std::size_t, std::less<>> room;
    for (const auto& [rule, count] : later.counts_) {
        std::size_t& here = counts_[rule];
        room[rule] = here < places_of_rule ? places_of_rule - here : 0;
        here += count;
    }
    for (EpubFinding& finding : later.all_)
        if (std::size_t& left = room[finding.rule]; left > 0) {
            --left;
            all_.push_back(std::move(finding));
        }
}

std::size_t EpubFindings::count(std::string_view rule) const {
    const auto found = counts_.find(rule);
    return found == counts_.end() ? 0 : found->second;
}

std::string named(std::string_view text) {
    constexpr std::size_t longest = 200;
    if (text.size() <= longest) return "‘" + with_replacements(text) + "’";
    std::size_t end = longest;
    while (end > 0 && is_continuation_byte(text[end])) --end;
    return "‘" + with_replacements(text.substr(0, end)) + "…’";
}

} // namespace bifolio
