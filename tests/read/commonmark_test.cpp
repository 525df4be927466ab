// The examples of CommonMark 0.31, GFM 0.29 and GitHub's tables and notes, compared by structure: the wanted HTML is read by the
// HTML reader, the input by the Markdown reader.
#include "structure.h"

#include "base/utf8.h"
#include "read/read_html.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <vector>

using namespace bifolio;

namespace {

struct Example {
    int number = 0;
    std::string input, wanted;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
}

std::vector<Example> examples_of(const std::filesystem::path& file) {
    const std::string text = test::read_file(file), fence(32, '`');
    std::vector<Example> examples;
    for (std::size_t at = 0; (at = text.find("\n" + fence + " example", at)) != std::string::npos;) {
        const std::size_t begin = text.find('\n', at + 1) + 1, end = text.find("\n" + fence + "\n", begin);
        const std::string body = "\n" + text.substr(begin, end - begin) + "\n";
        const std::size_t dot = body.find("\n.\n");
        Example example{static_cast<int>(examples.size()) + 1, body.substr(1, dot), body.substr(std::min(dot + 3, body.size()))};
        replace_all(example.input, "→", "\t");
        replace_all(example.wanted, "→", "\t");
        examples.push_back(std::move(example));
        at = end + 1;
    }
    return examples;
}

std::string read_as(const std::string& text, bool is_html) {
    Diagnostics diagnostics;
    const MarkdownSource source{SourceId{1}, text, {}};
    const MarkdownOptions options;
    return test::structure(is_html ? read_html(source, options, diagnostics) : read_markdown(source, options, diagnostics));
}

// Task boxes are no form to us.
std::string without_boxes(std::string html) {
    for (std::size_t at; (at = html.find("<input ")) != std::string::npos;) html.erase(at, html.find('>', at) + 1 - at);
    return html;
}

using Differing = std::map<int, std::string>; // number of the example → why it differs

void check_examples(const std::vector<Example>& examples, const Differing& differing) {
    REQUIRE(examples.size() > 20);
    for (const Example& example : examples) {
        const std::string have = read_as(example.input, false), want = read_as(without_boxes(example.wanted), true);
        INFO("example " << example.number << "\n" << example.input << "---\n" << example.wanted);
        if (differing.contains(example.number))
            CHECK(have != want);
        else
            CHECK(have == want);
    }
}

} // namespace

TEST_CASE("the examples of CommonMark have the structure they must have") {
    if (!test::has_corpus("markdown/commonmark/spec.txt")) return;
    check_examples(examples_of(test::corpus("markdown/commonmark/spec.txt")),
                   {{28, "cmark-gfm is specification 0.29, which allows eight digits in a numeric reference"},
                    {173, "a textarea is refused; 0.29 reads Markdown in it, and its words stay"},
                    {356, "£ and other symbols became punctuation in 0.31"},
                    {613, "a bare web address is a link, as in GFM"},
                    {614, "a bare mail address is a link, as in GFM"},
                    {628, "<!--> became a comment in 0.31"}});
}

// GFM's text is 0.29 with examples that hold with one extension each; we read by CommonMark 0.31 with all of them.
const Differing differing_in_gfm{
    {204, "a row with too many cells keeps their text"},
    {619, "a bare web address is a link"},
    {620, "a bare mail address is a link"},
    {645, "0.31 allows two hyphens in a comment"},
    {646, "0.31 allows a hyphen at a comment's end"},
    {653, "refused and unknown elements are taken out and reported; GFM shows some of their tags"},
};

TEST_CASE("the examples of GFM have the structure they must have") {
    if (!test::has_corpus("markdown/gfm/spec.txt")) return;
    check_examples(examples_of(test::corpus("markdown/gfm/spec.txt")), differing_in_gfm);
    check_examples(examples_of(test::corpus("markdown/gfm/extensions.txt")),
                   {{8, "a row with too many cells keeps their text"},
                    {17, "~x~ is subscript; strikethrough is ~~x~~"},
                    {18, "likewise"},
                    {20, "it says nothing of the structure"},
                    {22, "refused and unknown elements are taken out and reported; GFM shows some of their tags"}});
}

// What GitHub's own pages show otherwise than the Markdown says: the language of code as colours, pictures through a proxy.
std::string as_github_shows(std::string structure) {
    replace_all(structure, "code js [", "code [");
    replace_all(structure, "<img #|", "<img |");
    return structure;
}

TEST_CASE("GitHub's tables and notes have the structure they must have") {
    const std::map<std::string, std::string> differing_files{
        {"gfm.md", "a row with too many cells keeps their text"},
        {"some-escapes.md", "likewise"},
        {"interrupt.md", "CDATA is text to us; nothing is dropped"},
        {"constructs-in-identifiers.md", "GitHub's calls lose their targets where the label looks like HTML or a mail address"},
        {"footnotes-in-constructs.md",
         "GitHub's note within a link breaks the link; its note within a picture's words is called by nobody"}};
    for (const char* folder : {"markdown/gfm-table", "markdown/gfm-footnote"}) {
        if (!test::has_corpus(folder)) return;
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(test::corpus(folder)))
            if (entry.path().extension() == ".md" && entry.path().filename() != "SOURCE.md") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        REQUIRE(files.size() > 5);
        for (std::filesystem::path file : files) {
            INFO(file);
            const bool differs = differing_files.contains(file.filename().string()) &&
                                 (file.stem() != "interrupt" || std::string_view(folder).ends_with("table"));
            const std::string have = as_github_shows(read_as(test::read_file(file), false));
            const std::string want = as_github_shows(read_as(test::read_file(file.replace_extension(".html")), true));
            CHECK((have == want) != differs);
            if (!differs) CHECK(have == want);
        }
    }
}
