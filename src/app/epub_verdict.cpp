#include "app/epub_verdict.h"

#include "app/show.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t places_shown = 5; // of one rule, as text; JSON has all that were kept

std::string_view word_of(EpubSeverity severity) {
    return severity == EpubSeverity::error ? "error" : severity == EpubSeverity::warning ? "warning" : "note";
}

std::string names_of(const std::vector<EpubStandard>& standards) {
    std::string out;
    for (const EpubStandard standard : standards) out += (out.empty() ? "" : ", ") + std::string(name_of(standard));
    return out;
}

} // namespace

std::string place_of(const EpubFinding& finding) {
    std::string out = finding.path;
    if (finding.place.line > 0) out += ":" + std::to_string(finding.place.line);
    if (finding.place.line > 0 && finding.place.column > 0) out += ":" + std::to_string(finding.place.column);
    return out;
}

std::string verdict_text(const std::string& file, const EpubVerdict& verdict) {
    std::string counts = counted(verdict.documents, "document", "documents");
    if (verdict.errors > 0) counts += ", " + counted(verdict.errors, "error", "errors");
    if (verdict.warnings > 0) counts += ", " + counted(verdict.warnings, "warning", "warnings");
    const std::string held = verdict.is_container_only ? "as a container" : names_of(verdict.standards);
    std::string out = file + ": " + (verdict.passes() ? "passes " : "fails ") + held + " (" + counts + ")\n";
    for (const std::string& note : verdict.notes) out += "  note: " + note + "\n";
    for (const EpubSeverity severity : {EpubSeverity::error, EpubSeverity::warning, EpubSeverity::note})
        for (const auto& [number, count] : verdict.findings.counts()) {
            const EpubRule* rule = find_epub_rule(number);
            if (!rule || rule->severity != severity) continue;
            out += "  " + std::string(word_of(severity)) + " " + number + ": " + std::string(rule->title) +
                   (count > 1 ? " (" + std::to_string(count) + " places)" : "") + "\n";
            std::size_t shown = 0;
            for (const EpubFinding& finding : verdict.findings.all()) {
                if (finding.rule != number) continue;
                if (shown++ == places_shown) break;
                const std::string place = place_of(finding);
                out += "    " + place + (place.empty() ? "" : ": ") + finding.message + "\n";
            }
            if (count > places_shown) out += "    … and " + std::to_string(count - places_shown) + " more\n";
            out += "    cure: " + std::string(rule->cure) + "\n";
        }
    return out;
}

nlohmann::ordered_json verdict_as_json(const std::string& file, const EpubVerdict& verdict) {
    nlohmann::ordered_json out{{"file", file},
                               {"passes", verdict.passes()},
                               {"documents", verdict.documents},
                               {"errors", verdict.errors},
                               {"warnings", verdict.warnings}};
    out["standards"] = nlohmann::ordered_json::array();
    if (!verdict.is_container_only)
        for (const EpubStandard standard : verdict.standards) out["standards"].push_back(name_of(standard));
    out["notes"] = verdict.notes;
    out["findings"] = nlohmann::ordered_json::array();
    for (const EpubFinding& finding : verdict.findings.all()) {
        nlohmann::ordered_json row{{"rule", finding.rule}, {"message", finding.message}};
        if (!finding.path.empty()) row["path"] = finding.path;
        if (finding.place.line > 0) row["line"] = finding.place.line;
        if (finding.place.line > 0 && finding.place.column > 0) row["column"] = finding.place.column;
        if (const EpubRule* rule = find_epub_rule(finding.rule)) {
            row["severity"] = word_of(rule->severity);
            row["title"] = rule->title;
            row["cure"] = rule->cure;
        }
        out["findings"].push_back(std::move(row));
    }
    out["counts"] = nlohmann::ordered_json::object();
    for (const auto& [rule, count] : verdict.findings.counts()) out["counts"][rule] = count;
    return out;
}

std::string epub_rule_list() {
    std::string out;
    for (const EpubChapter& chapter : epub_chapters()) {
        const auto unchecked = static_cast<std::size_t>(
            std::ranges::count_if(chapter.rules, [](const EpubRule& rule) { return !rule.unchecked.empty(); }));
        out += std::string(chapter.name) + ": " + std::to_string(chapter.rules.size() - unchecked) + " rules are checked, " +
               std::to_string(unchecked) + " are not\n";
        for (const EpubRule& rule : chapter.rules) {
            out += "  " + std::string(rule.number) + "  " + std::string(rule.title);
            if (rule.severity != EpubSeverity::error) out += " (" + std::string(word_of(rule.severity)) + ")";
            if (!rule.unchecked.empty()) out += "\n      not checked: " + std::string(rule.unchecked);
            out += "\n";
        }
    }
    return out;
}

} // namespace bifolio
