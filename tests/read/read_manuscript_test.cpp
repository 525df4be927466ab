// Golden cases: tests/golden/read-manuscript/<case>/input… is read; expected.txt holds what was reported and what came of it.
// input is a folder (with or without book.yaml) or a file of any ending; options.txt may hold --strict, --lang en, --allow.
#include "read/read_manuscript.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

using namespace bifolio;
namespace fs = std::filesystem;

namespace {

ReadOptions options_of(const fs::path& folder) {
    ReadOptions options;
    if (!fs::exists(folder / "options.txt")) return options;
    std::istringstream words(test::read_file(folder / "options.txt"));
    for (std::string word; words >> word;) {
        if (word == "--strict")
            options.strict = true;
        else if (word == "--allow")
            options.allow_missing_picture = true;
        else if (word == "--lang")
            words >> options.language;
        else
            FAIL("unknown option " << word);
    }
    return options;
}

fs::path input_of(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().stem() == "input") return entry.path();
    FAIL("no input in " << folder.string());
    return {};
}

std::string outline(const Manuscript& manuscript) {
    std::ostringstream out;
    out << "book: " << manuscript.plan.title << " (" << manuscript.plan.language << ")\n";
    for (const Edition& edition : manuscript.plan.editions) out << "edition: " << edition.name << '\n';
    auto article = manuscript.articles.begin();
    for (const PlannedPart& part : manuscript.plan.contents) {
        if (!part.title.value.empty()) out << "part: " << part.title.value << '\n';
        for (const PlannedArticle& planned : part.articles) {
            REQUIRE(article != manuscript.articles.end());
            CHECK(planned.path.value == article->path);
            out << "article: " << article->path << " (" << article->id << "): " << plain_text(article->title) << '\n';
            ++article;
        }
    }
    CHECK(article == manuscript.articles.end());
    for (const auto& [id, person] : manuscript.people) out << "person: " << id << ": " << person.name << '\n';
    for (const auto& [id, notice] : manuscript.notices) out << "notice: " << id << '\n';
    for (const GlossaryEntry& entry : manuscript.glossary) out << "term: " << entry.term << '\n';
    for (const auto& [file, clinics] : manuscript.clinics)
        for (const Clinic& clinic : clinics) out << "clinic: " << clinic.id << " (" << clinic.copies << ")\n";
    for (const auto& [path, resource] : manuscript.resources) out << "picture: " << path << " " << resource.media_type << '\n';
    return out.str();
}

} // namespace

TEST_CASE("broken books give their golden messages, all in one run, and the same on any number of threads") {
    const fs::path cases = test::source_dir() / "tests" / "golden" / "read-manuscript";
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(cases)) folders.push_back(entry.path());
    std::ranges::sort(folders);
    REQUIRE(folders.size() >= 30);
    for (const fs::path& folder : folders) {
        INFO(folder.string());
        std::string first;
        for (const unsigned threads : {1u, 4u}) {
            SourceMap sources;
            Diagnostics diagnostics;
            const Manuscript manuscript =
                read_manuscript(input_of(folder), DiskFiles(), options_of(folder), TaskPool(threads), sources, diagnostics);
            std::string actual;
            for (const Diagnostic& diagnostic : diagnostics.all()) {
                CHECK(diagnostic.where.begin <= diagnostic.where.end);
                CHECK(diagnostic.where.end <= sources.text(diagnostic.where.source).size());
                actual += render(diagnostic, sources);
            }
            actual += "---\n" + outline(manuscript);
            if (threads == 1) first = actual;
            CHECK(actual == first);
        }
        test::check_golden(folder / "expected.txt", first);
    }
}
