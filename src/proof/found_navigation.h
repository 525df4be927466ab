// found_navigation.h: where a PDF leads: the links on its pages, its outline, its page labels.
//
// Spec       ISO 32000-1, 12.3.2 (destinations), 12.3.3 (outline), 12.4.2 (page labels), 12.5.6.5 (links), 12.6.4.7 (URI).
#pragma once

#include "verify/pdf_file.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

struct PdfArrival {       // of a link inside the file
    std::size_t page = 0; // from 1; 0: none
    double x = 0, y = 0;  // points from the trim box's top left corner, y down
};

struct FoundLink {
    std::string address; // outside, as the file has it; empty: inside
    PdfArrival arrival;
    std::array<double, 4> rectangle{}; // left, top, right, bottom, likewise from the trim box's corner
};

struct FoundOutlineItem {
    int depth = 1;
    std::string title;
    PdfArrival arrival;
};

struct FoundNavigation {
    std::vector<std::vector<FoundLink>> links; // by page, in the order of its annotations
    std::vector<FoundOutlineItem> outline;     // depth first
    std::vector<std::string> labels;           // of the pages; empty: there are none
};

FoundNavigation found_navigation(const PdfFile& file);

} // namespace bifolio
