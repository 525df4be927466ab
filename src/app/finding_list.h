// finding_list.h: what was found in a finished file, of whichever kind, as people and programs read it.
#pragma once

#include "verify/epub/verify_epub.h"
#include "verify/verify_pdf.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace bifolio {

struct ListedFinding {
    std::string place;            // “page 3, object 12”, “OPS/a.xhtml:12:3”; empty: the file as a whole
    std::string message;
    nlohmann::ordered_json where; // the same for programs, an object
};

struct ListedRule { // that something was found of
    std::string number, title, cure;
    std::string severity; // of an EPUB: “error”, “warning”, “note”; empty: there is only one
    std::size_t count = 0;
    std::vector<ListedFinding> findings; // those that were kept
    bool is_error() const { return severity.empty() || severity == "error"; }
};

// By severity, then by number.
std::vector<ListedRule> listed(const Findings& findings);
std::vector<ListedRule> listed(const EpubFindings& findings);

std::string findings_text(const std::vector<ListedRule>& rules);
// Puts “findings” and “counts” into a verdict's object.
void add_findings(const std::vector<ListedRule>& rules, nlohmann::ordered_json& verdict);

std::string word_of(EpubSeverity severity);

template <class Standards> // “PDF/UA-1, PDF/A-2a”
std::string names_of(const Standards& standards) {
    std::string out;
    for (const auto standard : standards) out += (out.empty() ? "" : ", ") + std::string(name_of(standard));
    return out;
}

} // namespace bifolio
