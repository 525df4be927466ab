// source_report.h: what the sources hold and no reader of the book will see: left out on the way in, or printed by no edition.
#pragma once

#include "app/report.h"
#include "assemble/book.h"
#include "model/manuscript.h"
#include "model/source_account.h"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace bifolio {

// What was left out of each article's file, by place, and how much of it reached the model.
void report_accounts(std::span<const SourceAccount> accounts, const SourceMap& sources, Report& report);

// What editions show of people.yaml, notices.yaml, glossary.yaml and front matter.
class PrintedText {
public:
    void add(const Book& book);
    void append(const PrintedText& other);
    bool shows(Span where) const { return begins_.contains({index(where.source), where.begin}); }
    bool shows(const std::string& words) const { return lines_.contains(words); }
    bool shows_detail(std::string_view value) const; // in a line such as “Version 3”

private:
    std::set<std::pair<std::uint32_t, std::uint32_t>> begins_; // where the nodes' sources begin: source and byte
    std::set<std::string> lines_, details_;                    // whole texts of nodes; those of versions and print codes
};

// People, notices, glossary entries and values of front matter that no edition shows.
void report_unprinted(const Manuscript& manuscript, const PrintedText& printed, Report& report);

} // namespace bifolio
