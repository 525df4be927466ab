// read_back.h: a finished file, read from the disk before it takes its place, and held against what it claims and
// what it is to say.
#pragma once

#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "model/manuscript.h"
#include "proof/prove.h"
#include "verify/epub/epub_rules.h"
#include "verify/rules.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bifolio {

// What a PDF is proven against.
struct PdfProof {
    std::shared_ptr<const Book> book;
    ExpectedPdf expected;
    ProofCounts counts;                // once it was read back
    std::vector<Standard> standards{}; // that it was held to then
};

// What an e-book or a web edition is proven against: made when it was read back, so that it is not in memory beside the
// documents' trees.
struct DocumentsProof {
    std::shared_ptr<const Book> book;
    std::function<ExpectedDocuments()> expected;
    ProofCounts counts;                    // once it was read back
    std::vector<EpubStandard> standards{}; // of an e-book, that it was held to then
};

// `name`: the file's, for messages, whose place is the edition's. A fault is an error of that output.
// Warnings of the rules for EPUB do not count.
// Both also hold it against its book. `lock`: of an encrypted file, which is opened with its reader's password; it claims
// nothing, and so is held to all that PDF/UA-1 asks of it but the claim: that programs which read aloud are let in, and hear all
// of it.
void hold_epub_against_rules(const std::string& name, std::string bytes, Span edition, DocumentsProof& proof,
                             const TaskPool& pool, Diagnostics& diagnostics);
void at_once(const TaskPool& pool, const std::function<void()>& one, const std::function<void()>& other);

void hold_web_against_book(const std::string& name, const std::vector<std::string>& pages,
                           const std::function<std::string(std::size_t)>& bytes_of, DocumentsProof& proof, const TaskPool& pool,
                           Diagnostics& diagnostics);
void hold_pdf_against_claims(const std::string& name, std::string bytes, Span edition, const EncryptionPlan* lock,
                             PdfProof& proof, const TaskPool& pool, Diagnostics& diagnostics);

} // namespace bifolio
