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

#include <cstddef>
#include <map>
#include <string>

namespace bifolio {

inline constexpr std::size_t most_differences = 20;

// What was proven, for the certificate.
struct ProofCounts {
    std::size_t characters = 0, words = 0, nodes = 0, pictures = 0, pages = 0, hidden_characters = 0;
    std::size_t pictures_as_they_were = 0;    // whose data is that of the book's file; the others were converted for their readers
    std::map<std::string, std::size_t> added; // characters, by kind
    std::string digest;                       // SHA-256 of the book's own text as the file has it; empty: the proof failed
};

ProofCounts prove_pdf(const std::string& name, const Book& book, const ExpectedPdf& expected, const PdfFile& file,
                      const Structure& structure, const TaskPool& pool, Diagnostics& diagnostics);
// `pages` of the counts are the spine's documents.
ProofCounts prove_documents(const std::string& name, const Book& book, const ExpectedDocuments& expected, FoundDocuments found,
                            Diagnostics& diagnostics);

} // namespace bifolio
