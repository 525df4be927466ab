#include "verify/rules.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bifolio {

namespace {

constexpr std::array<std::pair<Standard, std::string_view>, 5> names{{{Standard::pdf_ua_1, "PDF/UA-1"},
                                                                      {Standard::pdf_a_2a, "PDF/A-2a"},
                                                                      {Standard::pdf_a_2u, "PDF/A-2u"},
                                                                      {Standard::pdf_a_2b, "PDF/A-2b"},
                                                                      {Standard::pdf_x_4, "PDF/X-4"}}};

} // namespace

std::string_view name_of(Standard standard) {
    return std::ranges::find(names, standard, [](const auto& row) { return row.first; })->second;
}

std::optional<Standard> standard_of(std::string_view option) {
    for (const auto& [standard, name] : names)
        if (equals_ignoring_ascii_case(name, option)) return standard;
    return std::nullopt;
}

bool is_checked(Standard standard) {
    return std::ranges::any_of(rule_families(), [&](const RuleFamily& family) {
        return family.applies && !family.rules.empty() && family.applies(std::span(&standard, 1));
    });
}

bool Examined::is_held_to(Standard standard) const { return std::ranges::find(standards, standard) != standards.end(); }

const std::vector<RuleFamily>& rule_families() {
    static const std::vector<RuleFamily> families{rules_of_pdf(), rules_of_pdf_ua_1(), rules_of_pdf_a_2(), rules_of_pdf_x_4()};
    return families;
}

const ConformanceRule* find_rule(std::string_view number) {
    for (const RuleFamily& family : rule_families())
        for (const ConformanceRule& rule : family.rules)
            if (rule.number == number) return &rule;
    return nullptr;
}

} // namespace bifolio
