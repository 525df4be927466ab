#include "read/read_markdown.h"

#include "model/article.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

std::string dump_of(std::string_view text, Diagnostics& diagnostics) {
    Article article;
    article.body = read_markdown({SourceId{1}, text, {}}, {{"clinic."}, "a.md"}, diagnostics);
    std::string out = dump(article);
    return out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("what is ours works in a table's cell too: no exponent becomes a larger number") {
    Diagnostics diagnostics;
    const std::string dump = dump_of("| a | b |\n|---|---|\n| 10^9^ H~2~O | [two]{.x} {{clinic.name}} ~~gone~~ |\n", diagnostics);
    INFO(dump);
    CHECK(contains(dump, "superscript"));
    CHECK(contains(dump, "subscript"));
    CHECK(contains(dump, "span .x"));
    CHECK(contains(dump, "clinic.name"));
    CHECK(contains(dump, "strikethrough"));
    CHECK_FALSE(contains(dump, "109"));
    CHECK(diagnostics.all().empty());
}

TEST_CASE("marks without a partner stay text") {
    Diagnostics diagnostics;
    const std::string dump = dump_of("5^ and ~3 and [a] {b} 2 ~ 3 ~ 4 and $x^2$ and {{other}}\n", diagnostics);
    INFO(dump);
    CHECK(contains(dump, "5^ and ~3 and [a] {b} 2 ~ 3 ~ 4 and $x^2$ and {{other}}"));
}
