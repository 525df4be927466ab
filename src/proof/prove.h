// prove.h: the conservation proof: each character of the book stands once, in its order, in the finished file, and what the
// file has beside them is declared.
//
// Errors     Every difference is an error in Diagnostics at the node's place in its source, with both sides and the place in the
//            file; at most `most_differences` of one file.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "proof/expected_documents.h"
#include "proof/found_documents.h"
#include "proof/found_pdf.h"
#include "proof/stage_counts.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

inline constexpr std::size_t most_differences = 20;

// Text of the book that is not in the file, with the reason.
struct OmittedWords {
    std::string why;
    std::size_t characters = 0;
    std::vector<std::string> texts; // the first of them, each cut short
};

// What was proven, for the certificate.
struct ProofCounts {
    StageCount found; // of the book's own text in the file; its digest is empty where the proof failed
    std::size_t differences = 0; // also those that were too many to be told
    std::size_t pages = 0;
    std::size_t pictures_as_they_were = 0; // whose data is that of the book's file; the others were converted for their readers
    std::map<std::string, Addition> added; // by kind
    std::vector<OmittedWords> omitted;
    // file_digests.h, where the certificate asks for it: of a PDF or e-book; the same of each page of a web edition.
    std::string file_digest;
    std::map<std::string, std::string> by_page;
};

ProofCounts prove_pdf(const std::string& name, const Book& book, const ExpectedPdf& expected, const PdfFile& file,
                      const Structure& structure, const TaskPool& pool, Diagnostics& diagnostics);
// `pages` of the counts are the spine's documents.
ProofCounts prove_documents(const std::string& name, const Book& book, const ExpectedDocuments& expected, FoundDocuments found,
                            Diagnostics& diagnostics);

} // namespace bifolio
