#include "app/read_back.h"

#include "app/finding_list.h"
#include "proof/file_digests.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace bifolio {

namespace {

constexpr std::string_view claim_rule = "UA1 06-002"; // which a locked file cannot keep: it claims nothing

void return_free_memory() {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

// Each rule that a file breaks is an error of its edition.
void report_broken(const std::string& name, const std::vector<ListedRule>& rules, Span edition, std::string_view excepted,
                   Diagnostics& diagnostics) {
    for (const ListedRule& rule : rules) {
        if (!rule.is_error() || rule.number == excepted) continue;
        const ListedFinding& first = rule.findings.front();
        diagnostics.error("app.unproven", edition,
                          "‘" + name + "’ does not keep its claims, " + rule.number +
                              (first.place.empty() ? "" : " at " + first.place) + ": " + first.message +
                              (rule.count > 1 ? " (and " + std::to_string(rule.count - 1) + " more)" : ""),
                          rule.title.empty() ? std::vector<std::string>{} : std::vector<std::string>{rule.title});
    }
}

// `look`: beside it, at what was found.
void prove(const std::string& name, FoundDocuments found, const std::function<void(const FoundDocuments&)>& look,
           DocumentsProof& proof, const TaskPool& pool, Diagnostics& diagnostics) {
    return_free_memory(); // of the documents' trees, which stood in many small pieces
    ExpectedDocuments expected;
    at_once(
        pool, [&] { expected = proof.expected(); }, [&] { look(found); });
    proof.counts = prove_documents(name, *proof.book, expected, std::move(found), diagnostics);
}

} // namespace

void at_once(const TaskPool& pool, const std::function<void()>& one, const std::function<void()>& other) {
    pool.for_each(2, [&](std::size_t at) { (at == 0 ? one : other)(); });
}

void hold_web_against_book(const std::string& name, const std::vector<std::string>& pages,
                           const std::function<std::string(std::size_t)>& bytes_of, DocumentsProof& proof, const TaskPool& pool,
                           Diagnostics& diagnostics) {
    std::map<std::string, std::string> digests;
    const auto look = [&](const FoundDocuments& read) { digests = page_digests(read); };
    prove(name, found_web(pages, bytes_of, pool), look, proof, pool, diagnostics);
    proof.counts.by_page = std::move(digests);
}

void hold_pdf_against_claims(const std::string& name, std::string bytes, Span edition, const EncryptionPlan* lock,
                             PdfProof& proof, const TaskPool& pool, Diagnostics& diagnostics) {
    try {
        const PdfFile file(std::move(bytes), pool, lock ? lock->password : std::string());
        if (lock && !file.is_encrypted())
            diagnostics.error("app.unproven", edition, "‘" + name + "’ was to be encrypted, and it is not");
        const Structure structure(file);
        proof.counts = prove_pdf(name, *proof.book, proof.expected, file, structure, pool, diagnostics);
        const std::vector<Standard> asked = lock ? std::vector{Standard::pdf_ua_1} : std::vector<Standard>{};
        const PdfVerdict verdict = verify_pdf(file, structure, asked, pool);
        if (!lock) proof.standards = verdict.standards;
        report_broken(name, listed(verdict.findings), edition, lock ? claim_rule : std::string_view(), diagnostics);
    } catch (const UnreadablePdf& error) {
        diagnostics.error("app.unproven", edition, "‘" + name + "’ cannot be read back: " + error.what());
    }
}

void hold_epub_against_rules(const std::string& name, std::string bytes, Span edition, DocumentsProof& proof,
                             const TaskPool& pool, Diagnostics& diagnostics) {
    try {
        FoundDocuments found;
        EpubVerdict verdict;
        {
            const EpubPublication file(EpubContainer::of_archive(std::move(bytes), pool), pool);
            verdict = verify_epub(file, {}, pool);
            found = found_epub(file, pool);
        }
        std::string digest;
        prove(
            name, std::move(found), [&](const FoundDocuments& read) { digest = file_digest(read); }, proof, pool, diagnostics);
        proof.counts.file_digest = std::move(digest);
        proof.standards = verdict.standards;
        report_broken(name, listed(verdict.findings), edition, {}, diagnostics);
    } catch (const UnreadableEpub& error) {
        diagnostics.error("app.unproven", edition, "‘" + name + "’ cannot be read back: " + error.what());
    }
}

} // namespace bifolio
