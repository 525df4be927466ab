// verify_pdf.h: holds the bytes of a finished PDF against the standards that it claims, or that are asked for.
//
// The same bytes give the same findings in the same order on any number of threads.
#pragma once

#include "verify/findings.h"
#include "verify/rules.h"

#include <string>
#include <vector>

namespace bifolio {

struct PdfVerdict {
    std::vector<Standard> standards; // that the file was held to
    std::vector<std::string> notes;  // what a reader of the verdict must know: no claim, a claim that is not checked
    Findings findings;
    std::size_t pages = 0;
};

// `standards` empty: what the file's metadata claims. UnreadablePdf when there is no reading it.
PdfVerdict verify_pdf(std::string bytes, const std::vector<Standard>& standards, const TaskPool& pool);
// The same for a file that has been read for other questions too.
PdfVerdict verify_pdf(const PdfFile& file, const Structure& structure, const std::vector<Standard>& standards,
                      const TaskPool& pool);

} // namespace bifolio
