#include "app/certificate.h"

#include "layout/text/library_versions.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace bifolio {

namespace {

using Json = nlohmann::ordered_json;

Json as_json(TextCount count) { return {{"characters", count.characters}, {"words", count.words}}; }

bool is_of_level(const ConformanceRule& rule, Standard standard) {
    if (rule.levels.empty()) return true;
    switch (standard) {
    case Standard::pdf_a_2a: return rule.levels.find('a') != std::string_view::npos;
    case Standard::pdf_a_2u: return rule.levels.find('u') != std::string_view::npos;
    case Standard::pdf_a_2b: return rule.levels.find('b') != std::string_view::npos;
    default: return true;
    }
}

// With the rules of that standard alone, without those that hold for every PDF.
Json as_json(Standard standard) {
    std::size_t rules = 0;
    for (const RuleFamily& family : rule_families()) {
        if (!family.applies || !family.applies(std::span(&standard, 1))) continue;
        rules += static_cast<std::size_t>(std::ranges::count_if(
            family.rules, [&](const ConformanceRule& rule) { return rule.unchecked.empty() && is_of_level(rule, standard); }));
    }
    return {{"name", name_of(standard)}, {"rules_checked", rules}};
}

Json as_json(EpubStandard standard) {
    std::ptrdiff_t rules = 0;
    for (const EpubChapter& chapter : epub_chapters())
        if (chapter.standard == standard)
            rules += std::ranges::count_if(chapter.rules, [](const EpubRule& rule) { return rule.unchecked.empty(); });
    return {{"name", name_of(standard)}, {"rules_checked", rules}};
}

Json as_json(const ProofCounts& counts) {
    Json added = Json::object();
    for (const auto& [kind, characters] : counts.added) added[kind] = characters;
    return {{"characters", counts.characters}, {"words", counts.words},     {"nodes", counts.nodes},
            {"pictures", counts.pictures},     {"added_characters", added}, {"hidden_characters", counts.hidden_characters},
            {"text_sha256", counts.digest}};
}

Json as_json(const AccessibilityClaim& claim) {
    Json spoilt = Json::array();
    for (const AccessibilityFault& fault : claim.spoilt) spoilt.push_back(fault.message);
    return {{"property", claim.property}, {"value", claim.value}, {"made", claim.made}, {"why", claim.why}, {"against", spoilt}};
}

Json as_json(const BuiltFile& file) {
    Json out{{"name", file.name}, {"sha256", file.sha256}, {"bytes", file.bytes}};
    if (file.pages > 0) out["pages"] = file.pages;
    Json standards = Json::array();
    for (const Standard standard : file.standards) standards.push_back(as_json(standard));
    for (const EpubStandard standard : file.epub_standards) standards.push_back(as_json(standard));
    if (!standards.empty()) out["standards"] = std::move(standards);
    out["proof"] = file.proof ? as_json(*file.proof) : Json();
    if (!file.claims.empty()) {
        out["accessibility_claims"] = Json::array();
        for (const AccessibilityClaim& claim : file.claims) out["accessibility_claims"].push_back(as_json(claim));
    }
    return out;
}

} // namespace

std::string certificate_text(const Manuscript& manuscript, const Edition& edition, std::span<const SourceAccount> accounts,
                             const SourceMap& sources, const std::vector<BuiltFile>& files) {
    Json out{{"program", "bifolio " BIFOLIO_VERSION}, {"edition", edition.name}, {"title", manuscript.plan.title}};
    const std::string& identifier = edition.identifier.empty() ? manuscript.plan.identifier : edition.identifier;
    if (!identifier.empty()) out["identifier"] = identifier;
    if (!edition.isbn.empty()) out["isbn"] = edition.isbn;
    out["libraries"] = Json::object();
    for (const auto& [name, version] : text_library_versions()) out["libraries"][name] = version;
    out["sources"] = Json::array();
    for (const SourceAccount& account : accounts)
        out["sources"].push_back({{"path", sources.path(account.source)},
                                  {"in_file", as_json(account.in_file)},
                                  {"reached", as_json(account.reached)},
                                  {"left_out", as_json(account.left_out)},
                                  {"unexplained", as_json(account.unexplained)}});
    out["files"] = Json::array();
    for (const BuiltFile& file : files) out["files"].push_back(as_json(file));
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace bifolio
