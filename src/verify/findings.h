// findings.h: what is wrong with a finished file, rule by rule. Nothing here prints.
#pragma once

#include "verify/pdf_value.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct Finding {
    std::string rule;     // “UA1 14-003”
    std::string message;  // what is wrong here, a sentence without a full stop
    ObjectId object;      // 0: the file as a whole
    std::size_t page = 0; // from 1; 0: no page, or all of them
    bool operator==(const Finding&) const = default;
};

// Collects. Of one rule at most `places_of_rule` are kept; all are counted.
class Findings {
public:
    static constexpr std::size_t places_of_rule = 100;

    void add(std::string_view rule, std::string message, ObjectId object = {}, std::size_t page = 0);
    void add(std::string_view rule, std::string message, const PdfObject& where, std::size_t page = 0) {
        add(rule, std::move(message), where.holder(), page);
    }
    void append(Findings later);

    bool empty() const { return all_.empty(); }
    std::span<const Finding> all() const { return all_; } // in the order of reporting
    std::size_t count(std::string_view rule) const;       // also those that were not kept
    const std::map<std::string, std::size_t, std::less<>>& counts() const { return counts_; }
    template <class Keep>
    void keep_if(const Keep& keep) { // by the rule's number
        std::erase_if(all_, [&](const Finding& one) { return !keep(one.rule); });
        std::erase_if(counts_, [&](const auto& one) { return !keep(one.first); });
    }

private:
    std::vector<Finding> all_;
    std::map<std::string, std::size_t, std::less<>> counts_;
};

} // namespace bifolio
