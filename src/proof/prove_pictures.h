// prove_pictures.h: whether the pictures that a PDF draws are those of the book, pixel by pixel. Internal to this folder.
//
// Same       A JPEG's data but for its metadata; the decoded samples of others; of a drawing its size (its words are compared by
//            page). Where colours were converted (for a press, or from inks for a screen) only the number of pixels is compared.
#pragma once

#include "proof/difference_reporter.h"
#include "proof/expected_text.h"
#include "proof/found_pdf.h"

namespace bifolio {

void compare_drawn_pictures(const Book& book, const ExpectedPdf& expected, const FoundPdf& found, const PdfFile& file,
                            const TaskPool& pool, DifferenceReporter& reporter);

} // namespace bifolio
