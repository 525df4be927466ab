#include "app/read_back.h"

#include "app/finding_list.h"

namespace bifolio {

namespace {

constexpr std::string_view claim_rule = "UA1 06-002"; // which a locked file cannot keep: it claims nothing

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

} // namespace

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
        const EpubPublication file(EpubContainer::of_archive(std::move(bytes), pool), pool);
        proof.counts = prove_documents(name, *proof.book, proof.expected, found_epub(file), diagnostics);
        const EpubVerdict verdict = verify_epub(file, {}, pool);
        proof.standards = verdict.standards;
        report_broken(name, listed(verdict.findings), edition, {}, diagnostics);
    } catch (const UnreadableEpub& error) {
        diagnostics.error("app.unproven", edition, "‘" + name + "’ cannot be read back: " + error.what());
    }
}

} // namespace bifolio
