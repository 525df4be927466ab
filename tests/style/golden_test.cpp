// Golden cases: tests/golden/style/<case>/{input.html, style.css} → expected.txt. “input.html” is the mark-up of book_maker.h; a
// file “with” names the program's styles that come first.
#include "style/book_maker.h"

#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

TEST_CASE("style sheets make of a book what the golden files say") {
    const std::filesystem::path root = source_dir() / "tests/golden/style";
    std::vector<std::filesystem::path> cases;
    for (const auto& entry : std::filesystem::directory_iterator(root))
        if (entry.is_directory()) cases.push_back(entry.path());
    std::sort(cases.begin(), cases.end());
    REQUIRE_FALSE(cases.empty());
    for (const std::filesystem::path& folder : cases) {
        INFO(folder.filename().string());
        const DiskFiles disk;
        SourceMap sources;
        Diagnostics diagnostics;
        std::vector<StyleSource> files;
        if (disk.exists(folder / "with"))
            for (const auto& name : {"base.css", "print.css", "leaflet.css"})
                if (read_file(folder / "with").find(name) != std::string::npos)
                    files.push_back({source_dir() / "styles" / name, StyleSource::Level::program, {}});
        if (disk.exists(folder / "style.css")) files.push_back({folder / "style.css", StyleSource::Level::author, {}});
        const auto sheet = read_stylesheets(files, {}, Medium::print, disk, sources, diagnostics);
        std::string markup = read_file(folder / "input.html");
        std::erase(markup, '\n');
        const StyledBook styled = apply_styles(make_book(markup), *sheet, diagnostics);
        std::string text = dump(styled);
        for (const Diagnostic& one : diagnostics.all())
            text += one.code + " " + std::to_string(one.where.begin) + " " + one.message + "\n";
        check_golden(folder / "expected.txt", text);
    }
}
