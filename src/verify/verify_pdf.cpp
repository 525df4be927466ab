#include "verify/verify_pdf.h"

#include "base/utf8.h"

#include <algorithm>
#include <atomic>

namespace bifolio {

namespace {

// What the metadata claims. ISO 14289-1, 5; ISO 19005-2, 6.6.4; ISO 15930-7, 6.
void read_claims(const Xmp& xmp, PdfVerdict& verdict) {
    namespace ns = xmp_namespace;
    const std::size_t before = verdict.notes.size();
    const std::string ua = xmp.text(ns::pdfuaid, "part"), part = xmp.text(ns::pdfaid, "part"),
                      level = to_ascii_lower(xmp.text(ns::pdfaid, "conformance")), x = xmp.text(ns::pdfxid, "GTS_PDFXVersion");
    if (ua == "1")
        verdict.standards.push_back(Standard::pdf_ua_1);
    else if (!ua.empty())
        verdict.notes.push_back("the file claims PDF/UA-" + ua + ", which is not checked");
    if (part == "2") // a level that there is not is held to the least, whose rules name it
        verdict.standards.push_back(standard_of("PDF/A-2" + level).value_or(Standard::pdf_a_2b));
    else if (!part.empty())
        verdict.notes.push_back("the file claims PDF/A-" + part + level + ", which is not checked");
    if (x == "PDF/X-4")
        verdict.standards.push_back(Standard::pdf_x_4);
    else if (!x.empty())
        verdict.notes.push_back("the file claims " + x + ", which is not checked");
    std::erase_if(verdict.standards, [&](Standard standard) {
        if (is_checked(standard)) return false;
        verdict.notes.push_back("the file claims " + std::string(name_of(standard)) + ", which is not checked");
        return true;
    });
    if (verdict.standards.empty() && verdict.notes.size() == before) verdict.notes.push_back("the file claims no standard");
}

bool belongs(const ConformanceRule& rule, std::span<const Standard> standards) {
    return rule.levels.empty() || std::ranges::any_of(standards, [&](Standard standard) {
               const char level = standard == Standard::pdf_a_2a   ? 'a'
                                  : standard == Standard::pdf_a_2u ? 'u'
                                  : standard == Standard::pdf_a_2b ? 'b'
                                                                   : '-';
               return rule.levels.find(level) != std::string_view::npos;
           });
}

struct ReadContent {                                  // of a stretch of pages
    std::vector<std::unique_ptr<ContentRules>> rules; // of each family, nullptr where it has none
    std::unique_ptr<FontUses> fonts;
    std::unique_ptr<DrawnCollector> drawn; // nullptr: no family asks
};

ReadContent read_content(const Examined& examined, std::span<const RuleFamily> families, FontEncodings& encodings,
                         const TaskPool& pool) {
    const std::size_t pages = examined.file.pages().size();
    const std::size_t stretch = std::clamp<std::size_t>(pages / (pool.threads() * 4 + 1), 1, 256);
    std::atomic<std::uint64_t> drawn{0};
    std::vector<ReadContent> read = pool.map(std::max<std::size_t>(1, (pages + stretch - 1) / stretch), [&](std::size_t task) {
        ReadContent out;
        out.fonts = std::make_unique<FontUses>(encodings);
        std::vector<ContentObserver*> observers{out.fonts.get()};
        if (std::ranges::any_of(families, &RuleFamily::asks_what_is_drawn)) {
            out.drawn = std::make_unique<DrawnCollector>();
            observers.push_back(out.drawn.get());
        }
        for (const RuleFamily& family : families) {
            out.rules.push_back(family.content ? family.content(examined) : nullptr);
            if (out.rules.back()) observers.push_back(out.rules.back().get());
        }
        ContentReader reader(examined.file, observers, drawn);
        for (std::size_t page = task * stretch; page < std::min(pages, (task + 1) * stretch); ++page) reader.read_page(page + 1);
        return out;
    });
    for (std::size_t i = 1; i < read.size(); ++i) {
        read[0].fonts->append(std::move(*read[i].fonts));
        if (read[0].drawn) read[0].drawn->append(std::move(*read[i].drawn));
        for (std::size_t family = 0; family < families.size(); ++family)
            if (read[0].rules[family]) read[0].rules[family]->append(*read[i].rules[family]);
    }
    return std::move(read[0]);
}

} // namespace

PdfVerdict verify_pdf(std::string bytes, const std::vector<Standard>& standards, const TaskPool& pool) {
    const PdfFile file(std::move(bytes), pool);
    return verify_pdf(file, Structure(file), standards, pool);
}

PdfVerdict verify_pdf(const PdfFile& file, const Structure& structure, const std::vector<Standard>& standards,
                      const TaskPool& pool) {
    PdfVerdict verdict;
    verdict.pages = file.pages().size();
    verdict.notes.assign(file.oddities().begin(), file.oddities().end());
    const Xmp xmp = read_xmp(file);
    if (standards.empty())
        read_claims(xmp, verdict);
    else
        verdict.standards = standards;
    Drawn drawn;
    Examined examined{file, structure, xmp, {}, verdict.standards, drawn};
    std::vector<RuleFamily> families;
    for (const RuleFamily& family : rule_families())
        if (!family.applies || family.applies(verdict.standards)) families.push_back(family);

    FontEncodings encodings(file);
    ReadContent content = read_content(examined, families, encodings, pool);
    const std::vector<UsedFont> fonts = content.fonts->take();
    examined.fonts = fonts;
    if (content.drawn) drawn = content.drawn->take();

    struct Look { // one task: the checks of all families, then their content
        DocumentCheck check = nullptr;
        ContentRules* content = nullptr;
    };
    std::vector<Look> looks;
    for (std::size_t i = 0; i < families.size(); ++i) {
        for (const ConformanceRule& rule : families[i].rules)
            if (rule.check && std::ranges::find(looks, rule.check, &Look::check) == looks.end())
                looks.push_back({rule.check, nullptr});
        if (content.rules[i]) looks.push_back({nullptr, content.rules[i].get()});
    }
    std::vector<Findings> found = pool.map(looks.size(), [&](std::size_t i) {
        if (looks[i].content) return looks[i].content->finish(examined);
        Findings findings;
        looks[i].check(examined, findings);
        return findings;
    });
    for (Findings& one : found) verdict.findings.append(std::move(one));
    if (file.is_beyond_limits())
        verdict.findings.add("PDF limit", "the file asks for more work than the limit; not all of it was examined");
    verdict.findings.keep_if([&](std::string_view number) {
        const ConformanceRule* rule = find_rule(number);
        return !rule || belongs(*rule, verdict.standards);
    });
    return verdict;
}

} // namespace bifolio
