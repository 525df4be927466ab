#include "builders.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// One paragraph with one link in the first of two articles.
Manuscript with_link(Inline link) {
    Manuscript manuscript =
        book({article("articles/sleep.md", "Sleep", {heading(2, "What helps?"), paragraph({std::move(link)})}),
              article("articles/deep/pain.md", "Pain", {heading(2, "Häufige Fragen", id("faq")), heading(2, "Sleep & pain")})});
    manuscript.articles[1].front_matter.web_address = {};
    return manuscript;
}

struct Led {
    std::string words, target, href;
};
Led led(Inline link) {
    const Book book = assembled(with_link(std::move(link)), edition());
    for (const Node& node : book.nodes) {
        if (node.element != Element::a || has_class(node, "contents-link")) continue;
        const std::string* href = attribute(node, "href");
        const NodeId id{static_cast<std::uint32_t>(&node - book.nodes.data())};
        return {text_content(book, id), node.target == no_node ? "" : book.node(node.target).info.id, href ? *href : ""};
    }
    return {"(no link)", "", ""};
}

} // namespace

TEST_CASE("a link leads to an article by its path, relative to the article it stands in") {
    CHECK(led(link_to("deep/pain.md", words("x"))).target == "pain");
}
TEST_CASE("a link leads to an article by its path in the book") {
    CHECK(led(link_to("articles/deep/pain.md", words("x"))).target == "pain");
}
TEST_CASE("a link leads to an article by its id") { CHECK(led(link_to("pain", words("x"))).target == "pain"); }
TEST_CASE("a link leads to an article by the name it has on a web site") {
    CHECK(led(link_to("deep/pain.html", words("x"))).target == "pain");
}
TEST_CASE("a link leads to an article from the root of its site") {
    CHECK(led(link_to("/articles/deep/pain/", words("x"))).target == "pain");
}
TEST_CASE("a link leads to an id in another article") {
    CHECK(led(link_to("deep/pain.md#faq", words("x"))).target == "pain-faq");
}
TEST_CASE("a link leads to a heading by the id that web hosts give it") {
    CHECK(led(link_to("deep/pain.md#sleep--pain", words("x"))).target == "pain-sleep-pain");
    CHECK(led(link_to("#what-helps", words("x"))).target == "sleep-what-helps");
}
TEST_CASE("a link to # leads to the article itself") { CHECK(led(link_to("#", words("x"))).target == "sleep"); }
TEST_CASE("a link by an article's id alone leads to it") { CHECK(led(link_to("#pain", words("x"))).target == "pain"); }
TEST_CASE("a link's destination is percent-decoded") {
    CHECK(led(link_to("deep/p%61in.md#f%61q", words("x"))).target == "pain-faq");
}
TEST_CASE("a link without words takes the title of its target, in quotation marks") {
    CHECK(led(link_to("deep/pain.md#faq")).words == "“Häufige Fragen”");
    CHECK(led(link_to("deep/pain.md")).words == "“Pain”");
}
TEST_CASE("a link keeps its own words") { CHECK(led(link_to("deep/pain.md", words("there"))).words == "there"); }

TEST_CASE("a link brings the words round its page number, in its language") {
    const Book book = assembled(with_link(link_to("deep/pain.md", words("x"))), edition());
    const Node& node = book.node(first(book, "cross-reference"));
    CHECK(*attribute(node, "data-page-before") == " (page\u00A0");
    CHECK(*attribute(node, "data-page-after") == ")");
    CHECK_FALSE(has_class(node, "within"));
}

TEST_CASE("a link to a table without words says its number, with the class title its caption") {
    Table table;
    table.caption = words("Doses");
    const auto referring = [&](NodeInfo info) {
        return assembled(
            book({article("a.md", "A", {Block{id("doses"), table}, paragraph({link_to("#doses", {}, std::move(info))})})}),
            edition());
    };
    CHECK(words_of(referring({}), "cross-reference") == "Table 1");
    CHECK(words_of(referring(classed("number")), "cross-reference") == "Table 1");
    CHECK(words_of(referring(classed("title")), "cross-reference") == "“Doses”");
    CHECK(has_class(referring({}).node(first(referring({}), "cross-reference")), "within"));
}

TEST_CASE("a link to an item of a numbered list says the item's number") {
    List list{true, 3, true, {ListItem{{}, {}, {paragraph("one")}}, ListItem{id("second"), {}, {paragraph("two")}}}};
    const Book made = assembled(book({article("a.md", "A", {Block{{}, list}, paragraph({link_to("#second")})})}), edition());
    CHECK(words_of(made, "cross-reference") == "4");
}

TEST_CASE("web, mail and telephone links are kept, spaces and hostile characters encoded") {
    CHECK(led(link_to("https://www.nhs.uk/a b?c=\"d\"", words("x"))).href == "https://www.nhs.uk/a%20b?c=%22d%22");
    CHECK(led(link_to("mailto:help@example.org", words("x"))).href == "mailto:help@example.org");
    CHECK(led(link_to("tel:020 7946 0000", words("x"))).href == "tel:02079460000");
    CHECK(led(link_to("https://example.org/", {})).words == "https://example.org/");
}

TEST_CASE("a link to an id that is not there is an error with the nearest one") {
    CHECK(complaints(with_link(link_to("deep/pain.md#fap", words("x"))), edition()) ==
          "error assemble.dangling-reference: there is no ‘#fap’ in ‘articles/deep/pain.md’\n  hint: did you mean ‘faq’?\n");
}
TEST_CASE("a link to an article that is not there is an error with the nearest one") {
    CHECK(complaints(with_link(link_to("deep/pian.md", words("x"))), edition()) ==
          "error assemble.dangling-reference: there is no article ‘deep/pian.md’\n  hint: did you mean ‘deep/pain.md’?\n");
}
TEST_CASE("a dangling link keeps its words") {
    Diagnostics diagnostics;
    const Book book = assemble(with_link(link_to("deep/pian.md", words("read on"))), edition(), {}, diagnostics);
    CHECK(text_content(book, NodeId{0}).find("read on") != std::string::npos);
}
TEST_CASE("scripts and files of the reader's machine are refused") {
    for (const char* destination :
         {"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"}) {
        INFO(destination);
        CHECK(complaints(with_link(link_to(destination, words("x"))), edition()).starts_with("error assemble.refused-link"));
    }
}
TEST_CASE("a link of an unknown kind is a warning, and its words stay") {
    CHECK(complaints(with_link(link_to("gopher://x", words("x"))), edition()).starts_with("warning assemble.unknown-scheme"));
}
TEST_CASE("a web address without its scheme gets one, with a warning") {
    CHECK(complaints(with_link(link_to("www.nhs.uk", words("x"))), edition()) ==
          "warning assemble.link-without-scheme: the link ‘www.nhs.uk’ does not say how to get there\n"
          "  hint: write ‘https://www.nhs.uk’; this is assumed\n");
}
TEST_CASE("an address within an unnamed site is a warning") {
    CHECK(complaints(with_link(link_to("/conditions/asthma/", words("x"))), edition()).starts_with("warning assemble.site-link"));
    CHECK(complaints(with_link(link_to("{{ '/docs/' | relative_url }}", words("x"))), edition())
              .starts_with("warning assemble.site-link"));
}
TEST_CASE("a link without a destination is a warning") {
    CHECK(complaints(with_link(link_to("", words("x"))), edition()).starts_with("warning assemble.empty-link"));
}

TEST_CASE("a link to an article that the edition lacks leads to its web address") {
    Manuscript manuscript = with_link(link_to("deep/pain.md#faq"));
    Edition only = edition();
    only.include = {named("sleep")};
    CHECK(complaints(manuscript, only) ==
          "error assemble.not-in-edition: the article ‘articles/deep/pain.md’ is not in the edition ‘book’\n"
          "  hint: give it a ‘web-address’ in its front matter, or include it\n");
    manuscript.articles[1].front_matter.web_address = named("https://example.org/pain");
    const Book book = assembled(manuscript, only);
    CHECK(*attribute(book.node(first(book, "external")), "href") == "https://example.org/pain#faq");
    CHECK(words_of(book, "external") == "https://example.org/pain#faq");
}

TEST_CASE("an id used twice in an article is an error, in two articles it is none") {
    CHECK(complaints(book({article("a.md", "A", {paragraph(words("1"), id("x")), paragraph(words("2"), id("x"))})}), edition()) ==
          "error assemble.duplicate-id: the id ‘x’ is used twice\n  hint: give one of the two places another id\n");
    const Book made = assembled(
        book({article("a.md", "A", {paragraph(words("1"), id("x"))}), article("b.md", "B", {paragraph(words("2"), id("x"))})}),
        edition());
    CHECK(with_id(made, "a-x") != no_node);
    CHECK(with_id(made, "b-x") != no_node);
}

TEST_CASE("ids that XML does not allow become names that it allows") {
    const Book made = assembled(book({article("2024 plan.md", "A", {paragraph(words("1"), id("1/2:é"))})}), edition());
    CHECK(with_id(made, "n-2024-plan") != no_node);
    CHECK(with_id(made, "n-2024-plan-1-2-e") != no_node);
}

TEST_CASE("headings with the same words have ids of their own") {
    const Book made = assembled(
        book({article("a.md", "A", {heading(2, "Dose"), heading(2, "Dose"), paragraph({link_to("#dose-1", words("x"))})})}),
        edition());
    CHECK(made.node(made.node(first(made, "cross-reference")).target).info.id == "a-dose-2");
}

TEST_CASE("a note called again leads to the same note with its number") {
    const Book made = assembled(
        book({article("a.md", "A", {paragraph({note("n", "One."), note("m", "Two."), {{}, NoteReference{"m"}}})})}), edition());
    std::vector<std::uint32_t> numbers;
    for (const Node& node : made.nodes)
        if (node.element == Element::note || node.element == Element::note_reference) numbers.push_back(node.number);
    CHECK(numbers == std::vector<std::uint32_t>{1, 2, 2});
}
TEST_CASE("a note that is not there is an error, and its label stays") {
    CHECK(
        complaints(book({article("a.md", "A", {paragraph({note("sleep", "One."), {{}, NoteReference{"slep"}}})})}), edition()) ==
        "error assemble.unknown-note: there is no note ‘slep’ before this place\n  hint: did you mean ‘sleep’?\n");
}
TEST_CASE("notes are numbered from 1 in every article") {
    const Book made = assembled(
        book({article("a.md", "A", {paragraph({note("n", "One.")})}), article("b.md", "B", {paragraph({note("n", "Two.")})})}),
        edition());
    std::vector<std::uint32_t> numbers;
    for (const Node& node : made.nodes)
        if (node.element == Element::note) numbers.push_back(node.number);
    CHECK(numbers == std::vector<std::uint32_t>{1, 1});
}
