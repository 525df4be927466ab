#include "app/read_back.h"

#include "app/epub_verdict.h"
#include "verify/verify_pdf.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::string_view claim_rule = "UA1 06-002"; // which a locked file cannot keep: it claims nothing

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
        for (const auto& [number, count] : verdict.findings.counts()) {
            if (lock && number == claim_rule) continue;
            const auto first = std::ranges::find(verdict.findings.all(), number, &Finding::rule);
            const ConformanceRule* rule = find_rule(number);
            const std::string page = first->page > 0 ? " on page " + std::to_string(first->page) : "";
            diagnostics.error("app.unproven", edition,
                              "‘" + name + "’ does not keep its claims, " + number + page + ": " + first->message +
                                  (count > 1 ? " (and " + std::to_string(count - 1) + " more)" : ""),
                              rule ? std::vector<std::string>{std::string(rule->title)} : std::vector<std::string>{});
        }
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
        for (const auto& [number, count] : verdict.findings.counts()) {
            const EpubRule* rule = find_epub_rule(number);
            if (!rule || rule->severity != EpubSeverity::error) continue;
            const auto first = std::ranges::find(verdict.findings.all(), number, &EpubFinding::rule);
            const std::string place = place_of(*first);
            diagnostics.error("app.unproven", edition,
                              "‘" + name + "’ does not keep its claims, " + number + (place.empty() ? "" : " in " + place) +
                                  ": " + first->message + (count > 1 ? " (and " + std::to_string(count - 1) + " more)" : ""),
                              {std::string(rule->title)});
        }
    } catch (const UnreadableEpub& error) {
        diagnostics.error("app.unproven", edition, "‘" + name + "’ cannot be read back: " + error.what());
    }
}

} // namespace bifolio
