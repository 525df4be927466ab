#include "app/certificate.h"

#include "io/digest.h"
#include "io/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

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

Json as_json(const StageCount& count) {
    Json out{{"characters", count.characters}, {"words", count.words}, {"nodes", count.nodes}, {"pictures", count.pictures}};
    out["text_sha256"] = count.digest.empty() ? Json() : Json(count.digest);
    return out;
}

Json as_json(const std::map<std::string, Addition>& added) {
    Json out = Json::object();
    for (const auto& [kind, one] : added) out[kind] = {{"pieces", one.pieces}, {"characters", one.characters}};
    return out;
}

Json as_json(const std::vector<OmittedWords>& omitted) {
    Json out = Json::array();
    for (const OmittedWords& one : omitted) {
        out.push_back({{"why", one.why}, {"characters", one.characters}});
        if (!one.texts.empty()) out.back()["texts"] = one.texts;
    }
    return out;
}

Json as_json(const AccessibilityClaim& claim) {
    Json spoilt = Json::array();
    for (const AccessibilityFault& fault : claim.spoilt) spoilt.push_back(fault.message);
    return {{"property", claim.property}, {"value", claim.value}, {"made", claim.made}, {"why", claim.why}, {"against", spoilt}};
}

// OpenType, OS/2 fsType: the least restrictive of several bits counts.
std::string_view licence_of(unsigned rights) {
    if (rights & 0x0008) return "editable embedding";
    if (rights & 0x0004) return "embedding for preview and print";
    return "installable embedding";
}

class Certificate {
public:
    explicit Certificate(const CertificateContents& contents) : in_(contents) {}

    Json whole(const std::vector<BuiltFile>& files) {
        const BookPlan& plan = in_.manuscript.plan;
        const Edition& edition = in_.edition;
        Json out{{"program", "bifolio " BIFOLIO_VERSION}, {"edition", edition.name}, {"title", plan.title}};
        const std::string& identifier = edition.identifier.empty() ? plan.identifier : edition.identifier;
        if (!identifier.empty()) out["identifier"] = identifier;
        if (!edition.isbn.empty()) out["isbn"] = edition.isbn;
        out["options"] = options();
        out["libraries"] = Json::object();
        for (const LibraryVersion& one : all_library_versions()) out["libraries"][one.name] = one.version;
        out["hyphenation"] = hyphenation(files);
        out["fonts"] = fonts();
        out["inputs"] = Json::array();
        for (const EditionInput& input : in_.inputs) out["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
        out["sources"] = sources(files);
        out["files"] = Json::array();
        for (const BuiltFile& file : files) out["files"].push_back(of_file(file));
        return out;
    }

private:
    Json options() const {
        Json out = Json::object();
        if (in_.settings.date) out["date"] = iso_date(*in_.settings.date);
        Json allowed = Json::array();
        if (in_.settings.allow_missing_picture) allowed.push_back("missing-picture");
        if (in_.settings.allow_missing_glyph) allowed.push_back("missing-glyph");
        out["allow"] = std::move(allowed);
        if (!in_.settings.language.empty()) out["lang"] = in_.settings.language;
        return out;
    }

    Json hyphenation(const std::vector<BuiltFile>& files) const {
        std::map<std::filesystem::path, std::set<std::string>> languages;
        for (const OutputAccount* account : accounts_of(files))
            for (const std::string& language : account->hyphenated)
                if (const auto patterns = in_.hyphenator.pattern_file(language)) languages[*patterns].insert(language);
        Json out = Json::array();
        for (const auto& [file, served] : languages)
            out.push_back({{"patterns", file.filename().string()},
                           {"sha256", sha256_hex(in_.disk.read(file, limits::text_file_bytes))},
                           {"languages", served}});
        return out;
    }

    Json fonts() const { // by name; where it lies on this machine does not matter
        std::map<std::pair<std::string, std::string>, Json> by_name;
        for (const auto& [id, font] : in_.fonts)
            by_name.try_emplace({font.facts.postscript_name, font.sha256},
                                of_font(font, font.facts.subsetting_allowed ? "subset" : "whole"));
        // Of others only shapes of letters are there, in the picture of a cover.
        for (const EditionFont& font : in_.drawn)
            by_name.try_emplace({font.facts.postscript_name, font.sha256}, of_font(font, "drawn"));
        Json out = Json::array();
        for (auto& [name, font] : by_name) out.push_back(std::move(font));
        return out;
    }

    static Json of_font(const EditionFont& font, std::string_view embedded) {
        const FontIdentity& facts = font.facts;
        return {{"postscript_name", facts.postscript_name},
                {"family", facts.family},
                {"style", facts.style},
                {"version", facts.version},
                {"sha256", font.sha256},
                {"licence", {{"fs_type", facts.embedding_rights}, {"allows", licence_of(facts.embedding_rights)}}},
                {"embedded", embedded}};
    }

    // Of the articles that this edition shows.
    Json sources(const std::vector<BuiltFile>& files) const {
        std::set<std::string> shown;
        for (const OutputAccount* account : accounts_of(files)) shown.insert(account->articles.begin(), account->articles.end());
        Json out = Json::array();
        for (const SourceAccount& account : in_.accounts) {
            const std::string path(in_.sources.path(account.source));
            if (!shown.contains(path)) continue;
            out.push_back({{"path", path},
                           {"sha256", sha256_hex(in_.sources.text(account.source))},
                           {"in_file", as_json(account.in_file)},
                           {"reached", as_json(account.reached)},
                           {"left_out", as_json(account.left_out)},
                           {"unexplained", as_json(account.unexplained)}});
        }
        return out;
    }

    // What was read of the articles that one output shows.
    const Json& read_stage(const OutputAccount& account) {
        const auto [known, is_new] = read_stages_.try_emplace(&account);
        if (is_new) known->second = counted_read_stage(account);
        return known->second;
    }
    Json counted_read_stage(const OutputAccount& account) const {
        TextCount text;
        std::size_t nodes = 0, pictures = 0, articles = 0;
        for (const SourceAccount& source : in_.accounts)
            if (account.articles.contains(std::string(in_.sources.path(source.source)))) text += source.reached;
        for (const Article& article : in_.manuscript.articles) {
            if (!account.articles.contains(article.path)) continue;
            ++articles;
            nodes += article.nodes;
            pictures += article.pictures;
        }
        return {{"articles", articles},
                {"characters", text.characters},
                {"words", text.words},
                {"nodes", nodes},
                {"pictures", pictures}};
    }

    Json of_proof(const BuiltFile& file) {
        const ProofCounts& proof = *file.proof;
        Json out = Json::object(), stages = Json::object();
        std::map<std::string, Addition> added = proof.added;
        if (file.account) {
            stages["read"] = read_stage(*file.account);
            stages["assembled"] = as_json(file.account->assembled);
            if (file.account->laid_out) stages["laid_out"] = as_json(*file.account->laid_out);
            added.insert(file.account->moves.added.begin(), file.account->moves.added.end());
        }
        stages["published"] = as_json(proof.found);
        out["stages"] = std::move(stages);
        if (file.pages == 0) out["pictures_as_they_were"] = proof.pictures_as_they_were;
        out["added"] = as_json(added);
        out["moved"] = Json::object();
        if (file.account)
            for (const auto& [kind, count] : file.account->moves.moved) out["moved"][kind] = count;
        out["omitted"] = as_json(proof.omitted);
        const auto page = proof.by_page.find(file.name);
        out["file_text_sha256"] = page != proof.by_page.end() ? page->second : proof.file_digest;
        return out;
    }

    Json of_file(const BuiltFile& file) {
        Json out{{"name", file.name}, {"sha256", file.sha256}, {"bytes", file.bytes}};
        if (file.pages > 0) out["pages"] = file.pages;
        Json standards = Json::array();
        for (const Standard standard : file.standards) standards.push_back(as_json(standard));
        for (const EpubStandard standard : file.epub_standards) standards.push_back(as_json(standard));
        if (!standards.empty()) out["standards"] = std::move(standards);
        if (file.account) {
            std::set<std::string> names;
            for (const FontId font : file.account->fonts) names.insert(in_.fonts.at(font).facts.postscript_name);
            out["fonts"] = names;
        }
        if (!file.drawn_fonts.empty()) {
            std::set<std::string> names;
            for (const FontIdentity& font : file.drawn_fonts) names.insert(font.postscript_name);
            out["fonts_drawn"] = names;
        }
        out["proof"] = file.proof ? of_proof(file) : Json();
        if (!file.claims.empty()) {
            out["accessibility_claims"] = Json::array();
            for (const AccessibilityClaim& claim : file.claims) out["accessibility_claims"].push_back(as_json(claim));
        }
        return out;
    }

    const CertificateContents& in_;                      // a local of the caller
    std::map<const OutputAccount*, Json> read_stages_{}; // which the pages of a web edition share
};

} // namespace

std::string certificate_text(const CertificateContents& contents, const std::vector<BuiltFile>& files) {
    return Certificate(contents).whole(files).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace bifolio
