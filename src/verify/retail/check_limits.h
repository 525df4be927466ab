// check_limits.h: a finished book held to the limits of a shop or a printer.
#pragma once

#include "model/retail_profile.h"
#include "verify/retail/e_book_facts.h"

#include <cstddef>
#include <string>
#include <vector>

namespace bifolio {

// What a printer looks at in a PDF.
struct PrintFacts {
    std::size_t pages = 0;
    Length bleed;                // beyond the trimmed page
    bool reaches_edge = false;   // something is drawn up to the edge of a page
    Length gutter, outer_margin; // between the text and the binding, and the nearest other edge: the smallest of all pages
    std::string gutter_page, outer_page; // labels of the pages where that is
    bool has_marks = false, has_spreads = false, is_encrypted = false;
};

struct RetailFinding {
    Severity severity{};
    std::string message; // a phrase: what was found, and the limit
    std::string cure, source;
    std::string path; // of the file in the archive that it is about; empty: the whole
};

std::vector<RetailFinding> check_limits(const RetailProfile& profile, const EBookFacts& facts);
std::vector<RetailFinding> check_limits(const RetailProfile& profile, const PrintFacts& facts);

} // namespace bifolio
