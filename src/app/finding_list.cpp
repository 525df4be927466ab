#include "app/finding_list.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t places_shown = 5; // of one rule, as text; JSON has all that were kept

ListedFinding listed(const Finding& finding) {
    ListedFinding out{{}, finding.message, nlohmann::ordered_json::object()};
    if (finding.page > 0) {
        out.place = "page " + std::to_string(finding.page);
        out.where["page"] = finding.page;
    }
    if (finding.object) {
        out.place += (out.place.empty() ? "object " : ", object ") + std::to_string(finding.object.number);
        out.where["object"] = finding.object.number;
    }
    return out;
}

ListedFinding listed(const EpubFinding& finding) {
    ListedFinding out{finding.path, finding.message, nlohmann::ordered_json::object()};
    if (!finding.path.empty()) out.where["path"] = finding.path;
    if (finding.place.line > 0) {
        out.place += ":" + std::to_string(finding.place.line);
        out.where["line"] = finding.place.line;
    }
    if (finding.place.line > 0 && finding.place.column > 0) {
        out.place += ":" + std::to_string(finding.place.column);
        out.where["column"] = finding.place.column;
    }
    return out;
}

template <class AllFindings>
std::vector<ListedRule> by_rule(const AllFindings& findings) {
    std::vector<ListedRule> out;
    for (const auto& [number, count] : findings.counts()) {
        ListedRule& rule = out.emplace_back();
        rule.number = number;
        rule.count = count;
        for (const auto& finding : findings.all())
            if (finding.rule == number) rule.findings.push_back(listed(finding));
    }
    return out;
}

} // namespace

std::vector<ListedRule> listed(const Findings& findings) {
    std::vector<ListedRule> out = by_rule(findings);
    for (ListedRule& one : out)
        if (const ConformanceRule* rule = find_rule(one.number)) one.title = rule->title, one.cure = rule->cure;
    return out;
}

std::vector<ListedRule> listed(const EpubFindings& findings) {
    std::vector<ListedRule> out = by_rule(findings);
    for (ListedRule& one : out)
        if (const EpubRule* rule = find_epub_rule(one.number)) {
            one.title = rule->title;
            one.cure = rule->cure;
            one.severity = word_of(rule->severity);
        }
    std::ranges::stable_sort(out, {}, [](const ListedRule& one) { return one.severity == "error" ? 0 : one.severity == "warning" ? 1 : 2; });
    return out;
}

std::string findings_text(const std::vector<ListedRule>& rules) {
    std::string out;
    for (const ListedRule& rule : rules) {
        out += "  " + rule.severity + (rule.severity.empty() ? "" : " ") + rule.number + ": " + rule.title +
               (rule.count > 1 ? " (" + std::to_string(rule.count) + " places)" : "") + "\n";
        for (std::size_t at = 0; at < std::min(rule.findings.size(), places_shown); ++at) {
            const ListedFinding& finding = rule.findings[at];
            out += "    " + finding.place + (finding.place.empty() ? "" : ": ") + finding.message + "\n";
        }
        if (rule.count > places_shown) out += "    … and " + std::to_string(rule.count - places_shown) + " more\n";
        if (!rule.cure.empty()) out += "    cure: " + rule.cure + "\n";
    }
    return out;
}

void add_findings(const std::vector<ListedRule>& rules, nlohmann::ordered_json& verdict) {
    verdict["findings"] = nlohmann::ordered_json::array();
    verdict["counts"] = nlohmann::ordered_json::object();
    for (const ListedRule& rule : rules) {
        verdict["counts"][rule.number] = rule.count;
        for (const ListedFinding& finding : rule.findings) {
            nlohmann::ordered_json row{{"rule", rule.number}, {"message", finding.message}};
            row.update(finding.where);
            if (!rule.severity.empty()) row["severity"] = rule.severity;
            if (!rule.title.empty()) row["title"] = rule.title;
            if (!rule.cure.empty()) row["cure"] = rule.cure;
            verdict["findings"].push_back(std::move(row));
        }
    }
}

std::string word_of(EpubSeverity severity) {
    return severity == EpubSeverity::error ? "error" : severity == EpubSeverity::warning ? "warning" : "note";
}

} // namespace bifolio
