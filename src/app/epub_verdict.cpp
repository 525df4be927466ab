#include "app/epub_verdict.h"

#include "app/finding_list.h"
#include "app/show.h"

#include <algorithm>

namespace bifolio {

std::string verdict_text(const std::string& file, const EpubVerdict& verdict) {
    std::string counts = counted(verdict.documents, "document", "documents");
    if (verdict.errors > 0) counts += ", " + counted(verdict.errors, "error", "errors");
    if (verdict.warnings > 0) counts += ", " + counted(verdict.warnings, "warning", "warnings");
    const std::string held = verdict.is_container_only ? "as a container" : names_of(verdict.standards);
    std::string out = file + ": " + (verdict.passes() ? "passes " : "fails ") + held + " (" + counts + ")\n";
    for (const std::string& note : verdict.notes) out += "  note: " + note + "\n";
    return out + findings_text(listed(verdict.findings));
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
    add_findings(listed(verdict.findings), out);
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
            if (rule.severity != EpubSeverity::error) out += " (" + word_of(rule.severity) + ")";
            if (!rule.unchecked.empty()) out += "\n      not checked: " + std::string(rule.unchecked);
            out += "\n";
        }
    }
    return out;
}

} // namespace bifolio
