// epub_findings.h: what is wrong with an EPUB, rule by rule. Nothing here prints.
#pragma once

#include "verify/epub/xml_document.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct EpubFinding {
    std::string rule;    // “EPUB RSC-012”
    std::string message; // what is wrong here, a sentence without a full stop
    std::string path;    // in the container; empty: the publication as a whole
    XmlPlace place;      // line 0: the file as a whole
};

// Collects. Of one rule at most `places_of_rule` are kept; all are counted.
class EpubFindings {
public:
    static constexpr std::size_t places_of_rule = 100;

    void add(std::string_view rule, std::string message, std::string_view path = {}, XmlPlace place = {});
    void append(EpubFindings later);

    bool empty() const { return all_.empty(); }
    std::span<const EpubFinding> all() const { return all_; } // in the order of reporting
    std::size_t count(std::string_view rule) const;           // also those that were not kept
    const std::map<std::string, std::size_t, std::less<>>& counts() const { return counts_; }

private:
    std::vector<EpubFinding> all_;
    std::map<std::string, std::size_t, std::less<>> counts_;
};

// Findings in one file.
struct Reporter {
    EpubFindings& findings;
    std::string_view path;
    void operator()(std::string_view rule, std::string message, const XmlNode* where = nullptr) const {
        findings.add(rule, std::move(message), path, where ? where->place : XmlPlace());
    }
    void operator()(std::string_view rule, std::string message, XmlPlace place) const {
        findings.add(rule, std::move(message), path, place);
    }
};

std::string named(std::string_view text); // in ‘quotes’, cut where it is long

} // namespace bifolio
