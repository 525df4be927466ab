// Golden cases: tests/golden/pages/<case>/{input.html, style.css} → expected.txt, the dump of the finished pages.
#include "layout/page/paginate_support.h"

#include "io/files.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

TEST_CASE("pages are what the golden files say") {
    const std::filesystem::path root = source_dir() / "tests/golden/pages";
    std::vector<std::filesystem::path> cases;
    for (const auto& entry : std::filesystem::directory_iterator(root))
        if (entry.is_directory()) cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    REQUIRE_FALSE(cases.empty());
    for (const std::filesystem::path& folder : cases) {
        INFO(folder.filename().string());
        std::string markup = read_file(folder / "input.html");
        std::erase(markup, '\n');
        const Layout layout = lay_out({markup, read_file(folder / "style.css")});
        for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
        std::string text = dump(layout.pages);
        for (const Diagnostic& one : layout.diagnostics.all()) text += one.code + " " + one.message + "\n";
        check_golden(folder / "expected.txt", text);
    }
}
