// account_gaps.h: what stands in a file between the characters that reached the model: which of it is markup of what the model
// holds there, which was left out, and which nobody can explain.
//
// The method   Between two leaves of the model some parts end and others begin. Each grants the marks that it is written with:
//              an emphasis one “*” at either end, a list item one “-”. A mark that no part grants is text that was lost.
#pragma once

#include "base/diagnostics.h"
#include "model/source_account.h"
#include "read/account_text.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace bifolio {

struct GapText {
    std::string_view text;
    std::size_t begin = 0; // of the body; what stands before is front matter
    Writing writing = Writing::markdown;
    bool is_document = false; // an HTML page
    SourceId source{};
    std::string_view title; // words that the article took from the head of the page; empty: none
};

struct GapFindings {
    std::vector<LeftOut> left_out;
    std::vector<Span> unexplained; // of one gap, joined
};

// `unused`: where the labels of link definitions stand that nothing refers to. `parts.leaves` are in the order of their `first`.
GapFindings explain_gaps(const GapText& text, const AccountParts& parts, const std::set<std::uint32_t>& unused,
                         SourceBytes& bytes, MarkupScanner& scanner);

} // namespace bifolio
