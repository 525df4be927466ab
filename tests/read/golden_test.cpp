// Golden cases: tests/golden/read/<case>/input.md is read; expected.txt holds what was reported and the dump of the article.
#include "read/article_reader.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
namespace fs = std::filesystem;

TEST_CASE("an article is read as its golden dump says") {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(test::source_dir() / "tests" / "golden" / "read"))
        folders.push_back(entry.path());
    std::ranges::sort(folders);
    REQUIRE_FALSE(folders.empty());
    for (const fs::path& folder : folders) {
        INFO(folder.string());
        SourceMap sources;
        Diagnostics diagnostics;
        const SourceId source = sources.add("input.md", test::read_file(folder / "input.md"));
        const Article article = read_article(sources, source, "input.md", false, diagnostics).article;
        std::string actual;
        for (const Diagnostic& diagnostic : diagnostics.all()) actual += render(diagnostic, sources);
        test::check_golden(folder / "expected.txt", actual + "---\n" + dump(article));
    }
}
