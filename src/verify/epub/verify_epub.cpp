#include "verify/epub/verify_epub.h"

#include "base/utf8.h"

#include <algorithm>
#include <cassert>

namespace bifolio {

namespace {

bool claims_accessibility(const PackageDocument& package) {
    std::vector<std::string> claims = package.metas("dcterms:conformsTo");
    if (package.metadata)
        for (const XmlNode& node : *package.metadata)
            if (node.is(xml_space::opf, "link") && node.get("rel") == "dcterms:conformsTo") claims.emplace_back(node.get("href"));
    return std::ranges::any_of(claims, [](const std::string& claim) {
        const std::string lower = to_ascii_lower(claim);
        return lower.find("epub accessibility 1.1") != std::string::npos || lower.find("epub-a11y-11") != std::string::npos ||
               lower.find("epub accessibility 1.0") != std::string::npos ||
               lower.find("accessibility-20170105") != std::string::npos;
    });
}

struct Look { // one task
    const EpubChapter* chapter = nullptr;
    std::optional<std::size_t> item; // nullopt: the publication at once
};

} // namespace

EpubVerdict verify_epub(EpubContainer container, const std::vector<EpubStandard>& standards, const TaskPool& pool) {
    return verify_epub(EpubPublication(std::move(container), pool), standards, pool);
}

EpubVerdict verify_epub(const EpubPublication& file, const std::vector<EpubStandard>& standards, const TaskPool& pool) {
    const PackageDocument& package = file.package();
    EpubVerdict verdict;
    verdict.documents = package.itemrefs.size();
    verdict.standards = standards;
    if (standards.empty()) {
        verdict.standards.push_back(EpubStandard::epub_3_3);
        if (claims_accessibility(package))
            verdict.standards.push_back(EpubStandard::epub_accessibility_1_1);
        else
            verdict.notes.emplace_back("the file claims no standard of accessibility");
    }
    if (file.rootfiles().size() > 1) verdict.notes.emplace_back("the file has several renditions; the first one is verified");
    const bool whole = !standards.empty() || !package.version.starts_with("2");
    if (!whole) {
        verdict.standards = {EpubStandard::epub_3_3};
        verdict.is_container_only = true;
        verdict.notes.assign({"the file is EPUB 2, which is not checked; only its container was looked at"});
    }

    const UsesOfAll uses(file, pool);
    const ExaminedEpub epub{file, uses};
    std::vector<Look> looks;
    for (const EpubChapter& chapter : epub_chapters()) {
        if (std::ranges::find(verdict.standards, chapter.standard) == verdict.standards.end()) continue;
        if (!whole && chapter.check != chapter_of_container().check) continue;
        if (chapter.check) looks.push_back({&chapter, std::nullopt});
    }
    for (std::size_t i = 0; whole && i < package.items.size(); ++i) {
        const ManifestItem& item = package.items[i];
        const EpubDocument* document = item.is_inside() ? file.document(item.address.path) : nullptr;
        if (!document || package.item_at(item.address.path) != i) continue;
        for (const EpubChapter& chapter : epub_chapters())
            if (chapter.check_document && std::ranges::find(verdict.standards, chapter.standard) != verdict.standards.end())
                looks.push_back({&chapter, i});
    }
    std::vector<EpubFindings> found = pool.map(looks.size(), [&](std::size_t i) {
        EpubFindings findings;
        if (!looks[i].item)
            looks[i].chapter->check(epub, findings);
        else {
            const ManifestItem& item = package.items[*looks[i].item];
            looks[i].chapter->check_document(epub, *file.document(item.address.path), item, findings);
        }
        return findings;
    });
    for (EpubFindings& one : found) verdict.findings.append(std::move(one));
    for (const auto& [number, count] : verdict.findings.counts()) {
        const EpubRule* rule = find_epub_rule(number);
        assert(rule && "a number that stands in no table");
        if (rule->severity == EpubSeverity::error) verdict.errors += count;
        if (rule->severity == EpubSeverity::warning) verdict.warnings += count;
    }
    return verdict;
}

} // namespace bifolio
