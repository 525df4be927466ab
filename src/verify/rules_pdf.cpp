// rules_pdf.cpp: what holds for every PDF file, whatever it claims to be. ISO 32000-1.
#include "verify/rules.h"

namespace bifolio {

namespace {

void check_syntax(const Examined& examined, Findings& findings) {
    for (const std::string& repair : examined.file.repairs())
        findings.add("PDF 7.5", "the file had to be mended to be read: " + repair);
    if (examined.file.pages().empty()) findings.add("PDF 7.7.3", "the file has no pages");
    if (const ObjectId node = examined.file.page_tree_loop())
        findings.add("PDF 7.7.3", "a node of the page tree stands in it twice; its pages are looked at once", node);
}

// What is wrong with content streams as such.
class StreamRules final : public ContentRules {
public:
    void operation(const ContentOperation&, const ContentState&) override {}
    void malformed(const ContentState& state, ContentFault fault, const std::string& what) override {
        if (fault == ContentFault::unbalanced_marks || fault == ContentFault::unbalanced_states ||
            fault == ContentFault::odd_hexadecimal || fault == ContentFault::foreign_hexadecimal)
            return; // the standards' matter
        findings_.add(fault == ContentFault::beyond_limit ? "PDF limit" : "PDF 7.8.2", what, state.owner, state.page);
    }
    void append(ContentRules& later) override { findings_.append(std::move(static_cast<StreamRules&>(later).findings_)); }
    Findings finish(const Examined&) override { return std::move(findings_); }

private:
    Findings findings_;
};

constexpr ConformanceRule rules[]{
    {"PDF 7.5", "the file's structure is broken",
     "Write the file anew with the program that made it; qpdf can mend what is left.", check_syntax},
    {"PDF 7.7.3", "the page tree has no pages, or is no tree", "Write the file anew with the program that made it.",
     check_syntax},
    {"PDF 7.8.2", "a content stream is damaged",
     "Write the page anew; a reader shows only the part before the damage, or nothing."},
    {"PDF limit", "a part of the file is too large or nested too deeply to be examined", "Make the file simpler, or divide it."},
};

} // namespace

RuleFamily rules_of_pdf() {
    return {"PDF", rules, [](const Examined&) -> std::unique_ptr<ContentRules> { return std::make_unique<StreamRules>(); },
            nullptr};
}

} // namespace bifolio
