// expected_pages.h: what each page of a PDF must have beside its text, and what is wrong with the layout's own account of it.
// Internal to this folder.
//
// Checked    Pages are counted on from one to the next, but where a style sets the count; running heads and folios say what the
//            styles of a page with one of the names that stand on it ask for; what is repeated belongs to a table that goes on.
#pragma once

#include "proof/begin_pages.h"
#include "proof/expected_text.h"

#include <string>
#include <vector>

namespace bifolio {

void expect_pages(const Pages& pages, const Sheets* sheets, ExpectedPdf& out); // pages, outline and labels
std::vector<PageFault> page_faults(const StyledBook& styled, const Pages& pages, const BeginPages& begins);

} // namespace bifolio
