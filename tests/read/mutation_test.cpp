// Articles, as they stand and damaged at random (always in the same way): whatever an author's hand, a converter or a bad merge
// leaves, the reader ends, its tree is bounded, its places lie in the file, and no word is lost without a word about it.
#include "conservation.h"

#include "read/read_html.h"
#include "read/read_markdown.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

using namespace bifolio;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_source = 100'000;

// The front matter is YAML and has its own reader and tests.
std::string without_front_matter(std::string text) {
    if (!text.starts_with("---\n")) return text;
    const std::size_t end = text.find("\n---\n", 3);
    return end == std::string::npos ? text : text.substr(end + 5);
}

void add_sources(const fs::path& folder, std::vector<std::string>& sources) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".md" || entry.path().extension() == ".markdown") files.push_back(entry.path());
    std::ranges::sort(files);
    for (const fs::path& file : files)
        if (fs::file_size(file) < largest_source) sources.push_back(without_front_matter(test::read_file(file)));
}

class Damage {
public:
    Damage(std::uint32_t seed, const std::vector<std::string>& sources) : random_(seed), sources_(sources) {}

    std::string article() {
        std::string text = any_source();
        if (below(4) == 0) text = spliced(text, any_source());
        for (std::size_t times = 1 + below(12); times > 0; --times) change(text);
        return text;
    }

private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
    const std::string& any_source() { return sources_[below(sources_.size())]; }

    std::string spliced(const std::string& first, const std::string& second) {
        return first.substr(0, below(first.size())) + second.substr(below(second.size()));
    }

    std::pair<std::size_t, std::size_t> any_line(const std::string& text) {
        const std::size_t at = below(text.size());
        const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
        return {begin, std::min(text.find('\n', begin), text.size() - 1) + 1};
    }

    void change(std::string& text) {
        if (text.empty()) return;
        static constexpr std::string_view marks[] = {"*",
                                                     "**",
                                                     "_",
                                                     "~",
                                                     "~~",
                                                     "^",
                                                     "`",
                                                     "```\n",
                                                     "|",
                                                     "\\",
                                                     "[",
                                                     "]",
                                                     "](",
                                                     ")",
                                                     "![",
                                                     "[^",
                                                     "[^1]",
                                                     "[^1]: ",
                                                     "{",
                                                     "}",
                                                     "{.a}",
                                                     "{#b}",
                                                     "{{",
                                                     "}}",
                                                     ":::",
                                                     "\n::: note\n",
                                                     "\n:::\n",
                                                     "\n: ",
                                                     "> ",
                                                     "\n> [!NOTE] ",
                                                     "# ",
                                                     "\n---\n",
                                                     "\n===\n",
                                                     "- ",
                                                     "1. ",
                                                     "- [ ] ",
                                                     "\t",
                                                     "    ",
                                                     "\n",
                                                     "\n\n",
                                                     "<",
                                                     ">",
                                                     "<b>",
                                                     "</b>",
                                                     "<div>",
                                                     "</div>",
                                                     "<p>",
                                                     "<td>",
                                                     "<table>",
                                                     "<tr>",
                                                     "<!--",
                                                     "-->",
                                                     "<script>",
                                                     "</script>",
                                                     "<?",
                                                     "<![CDATA[",
                                                     "&",
                                                     "&amp;",
                                                     "&#0;",
                                                     "&#x41;",
                                                     "\n|--|--|\n",
                                                     "\nTable: ",
                                                     "\nFigure: ",
                                                     "\n{.x}\n",
                                                     "\r",
                                                     "\r\n",
                                                     "\xEF\xBB\xBF",
                                                     "\xC3",
                                                     "\xFF",
                                                     "\xE2\x80\xA8",
                                                     "<a href='x'>",
                                                     "</a>",
                                                     "<img src=x>",
                                                     "$",
                                                     "\"",
                                                     "'",
                                                     "\n[a]: b\n",
                                                     "[a]",
                                                     "<sup>",
                                                     "<pre>"};
        const std::size_t at = below(text.size());
        const auto [begin, end] = any_line(text);
        switch (below(8)) {
        case 0: text.erase(at, 1 + below(3)); break;
        case 1: text.erase(begin, end - begin); break;
        case 2: text.insert(begin, std::string(text, begin, end - begin)); break;
        case 3: text.insert(at, std::string(text, at, below(40))); break;
        case 4: std::swap(text[at], text[below(text.size())]); break;
        case 5: text.insert(begin, marks[below(std::size(marks))]); break;
        case 6: text[at] = marks[below(std::size(marks))].front(); break;
        default: text.insert(at, marks[below(std::size(marks))]); break;
        }
    }

    std::mt19937 random_;
    const std::vector<std::string>& sources_;
};

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += word + ' ';
    return out;
}

void check_reading(const std::string& text) {
    Diagnostics diagnostics;
    const Blocks blocks = read_markdown({SourceId{1}, text, {}}, {{"clinic."}, "a.md"}, diagnostics);
    const test::Extent extent = test::extent_of(blocks);
    CHECK(extent.nodes <= 4 * text.size() + 10);
    CHECK(extent.depth <= 1000);
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        CHECK(diagnostic.where.begin <= diagnostic.where.end);
        CHECK(diagnostic.where.end <= text.size());
    }
    CHECK(listed(test::lost_words(text, blocks, diagnostics)) == "");
}

bool is_full_run() { return std::getenv("BIFOLIO_TEST_ALL") != nullptr; }

} // namespace

TEST_CASE("every word of the sample book's articles comes out of the reader") {
    std::vector<std::string> sources;
    add_sources(test::source_dir() / "book", sources);
    REQUIRE(sources.size() >= 10);
    for (const std::string& text : sources) {
        INFO(text.substr(0, 200));
        check_reading(text);
    }
}

TEST_CASE("every word of the corpus's Markdown comes out of the reader") {
    if (!test::has_corpus("health")) return;
    std::vector<std::string> sources;
    for (const std::string_view folder : {"health", "markdown"}) add_sources(test::corpus(folder), sources);
    REQUIRE(sources.size() >= 100);
    for (const std::string& text : sources) {
        INFO(text.substr(0, 200));
        check_reading(text);
    }
}

TEST_CASE("a damaged article is read without a crash, within bounds, and without losing a word") {
    std::vector<std::string> sources;
    add_sources(test::source_dir() / "book", sources);
    add_sources(test::source_dir() / "tests" / "golden" / "read", sources);
    if (is_full_run() && test::has_corpus("health"))
        for (const std::string_view folder : {"health", "markdown"}) add_sources(test::corpus(folder), sources);
    REQUIRE(sources.size() >= 10);
    const char* from = std::getenv("BIFOLIO_MUTATION_SEED"); // one seed only, to look at a failure
    const std::uint32_t first = from ? static_cast<std::uint32_t>(std::atoi(from)) : 0, count = from            ? 1
                                                                                                : is_full_run() ? 1'000
                                                                                                                : 500;
    for (std::uint32_t seed = first; seed < first + count; ++seed) {
        const std::string text = Damage(seed, sources).article();
        INFO("seed " << seed);
        if (from) std::cout << text;
        check_reading(text);
    }
}
