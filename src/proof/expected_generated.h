// expected_generated.h: what pseudo-elements must say on paper: list marks, notes' numbers, quotation marks, labels, references.
// Internal to this folder.
//
// Source     The styles' content, with the counters that the cascade counted; pages' numbers by where the targets stand. Only the
//            commas and dashes of a list of pages (-bifolio-target-pages()) are the layout's.
#pragma once

#include "proof/begin_pages.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace bifolio {

inline constexpr char leader_place = '\x01'; // in GeneratedWords::text: dots, which are drawn beside the text

struct GeneratedWords {
    std::string text;
    const ComputedStyle* style = nullptr; // for text-transform and white space; nullptr: as it is
};

class ExpectedGenerated {
public:
    ExpectedGenerated(const StyledBook& styled, const Pages& pages, const BeginPages& begins);
    GeneratedWords of(NodeId node, PseudoElement which) const; // empty: it says nothing

private:
    std::string text_of(NodeId node, PseudoElement which, const GeneratedContent& content) const;
    GeneratedWords marker(NodeId node) const;
    GeneratedWords note_number(NodeId node, PseudoElement which) const;
    std::string page_number(NodeId target, const std::string& counter_style) const;
    std::string set_by_layout(NodeId node, PseudoElement which) const;

    const StyledBook& styled_; // locals of the caller, as what follows
    const Book& book_;
    const Pages& pages_;
    const BeginPages& begins_;
    std::map<std::pair<NodeId, PseudoElement>, std::string> set_; // by the layout: lists of pages
    std::map<NodeId, std::int64_t> numbers_on_page_;              // of notes
};

} // namespace bifolio
