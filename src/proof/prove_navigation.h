// prove_navigation.h: whether a PDF's links, outline and page labels lead where the book's do. Internal to this folder.
#pragma once

#include "proof/difference_reporter.h"
#include "proof/expected_text.h"
#include "proof/found_navigation.h"

namespace bifolio {

void compare_navigation(const Book& book, const ExpectedPdf& expected, const FoundNavigation& found,
                        DifferenceReporter& reporter);

} // namespace bifolio
