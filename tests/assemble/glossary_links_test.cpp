// The first use of a glossary's term in each article leads to its entry, and the entry back.
#include "builders.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Manuscript with_glossary(std::vector<Article> articles, std::string language = "en") {
    Manuscript manuscript = book(std::move(articles));
    manuscript.plan.language = std::move(language);
    const auto entry = [&](std::string term, std::string abbreviation, std::string long_form) {
        manuscript.glossary.push_back(
            {std::move(term), std::move(long_form), std::move(abbreviation), {paragraph("Words.")}, {}});
    };
    entry("National Institute for Health and Care Excellence", "NICE", "");
    entry("NICE", "", "National Institute for Health and Care Excellence");
    entry("release", "", "");
    entry("modified release", "", "");
    entry("stimulant", "", "");
    return manuscript;
}

// Each link as “words → id of the entry”.
std::string links(const Book& book) {
    std::string out;
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        const Node& node = book.nodes[at];
        if (node.element != Element::a || !has_class(node, "glossary-link")) continue;
        out += text_content(book, NodeId{at}) + " → " + book.node(node.target).info.id + "\n";
    }
    return out;
}
std::string links_of(Blocks body, std::string language = "en") {
    return links(assembled(with_glossary({article("a.md", "NICE", std::move(body))}, std::move(language)), edition()));
}

} // namespace

TEST_CASE("the first use of a term in each article leads to its entry, an abbreviation to that of its long form") {
    const Manuscript manuscript =
        with_glossary({article("a.md", "One", {paragraph("NICE says so. NICE says more of a stimulant.")}),
                       article("b.md", "Two", {paragraph("A stimulant helps.")})});
    CHECK(links(assembled(manuscript, edition())) == "NICE → term-national-institute-for-health-and-care-excellence\n"
                                                     "stimulant → term-stimulant\nstimulant → term-stimulant\n");
}

TEST_CASE("terms are whole words, the longest first, with their capitals, over line ends too") {
    CHECK(links_of({paragraph("A nice non-stimulant, no stimulants. Modified\nrelease, and release.")}) ==
          "Modified\nrelease → term-modified-release\nrelease → term-release\n");
    CHECK(links_of({paragraph("modified release, then modified release again")}) == "modified release → term-modified-release\n");
    CHECK(links_of({paragraph("NICE’s advice (stimulant).")}) ==
          "NICE → term-national-institute-for-health-and-care-excellence\nstimulant → term-stimulant\n");
}

TEST_CASE("the forms that an entry names lead to it, as one term") {
    Manuscript manuscript = with_glossary({article("a.md", "One", {paragraph("Stimulants help, and each stimulant differs.")}),
                                           article("b.md", "Two", {paragraph("A stimulant, not stimulants.")})});
    manuscript.glossary.back().forms = {"stimulants"};
    CHECK(links(assembled(manuscript, edition())) == "Stimulants → term-stimulant\nstimulant → term-stimulant\n");
}

TEST_CASE("links to the glossary can be left away, in the book or in an edition") {
    Manuscript manuscript = with_glossary({article("a.md", "One", {paragraph("A stimulant.")})});
    manuscript.plan.glossary_links = false;
    CHECK(links(assembled(manuscript, edition())).empty());
    Edition linked = edition();
    linked.glossary_links = true;
    CHECK(links(assembled(manuscript, linked)) == "stimulant → term-stimulant\n");
    manuscript.plan.glossary_links = true;
    linked.glossary_links = false;
    const Book book = assembled(manuscript, linked);
    CHECK(links(book).empty());
    CHECK(std::ranges::any_of(book.nodes, [](const Node& node) { return node.info.id == "term-stimulant"; }));
}

TEST_CASE("headings, links, code, notes and words as such lead to no entry") {
    NodeInfo info;
    CHECK(links_of({heading(2, "Stimulant"), paragraph(Inlines{link_to("https://example.org", words("stimulant"))}),
                    paragraph(Inlines{{info, Code{"stimulant"}}, phrase(PhraseKind::definition, words("stimulant"))}),
                    paragraph(Inlines{text("A"), note("1", "A stimulant.")}), paragraph("A stimulant.")}) ==
          "stimulant → term-stimulant\n");
}

TEST_CASE("what the author has linked is not linked again, and text of another language is left alone") {
    CHECK(links_of({paragraph(Inlines{link_to("#term-stimulant", words("stimulants"))}), paragraph("A stimulant.")}).empty());
    NodeInfo german;
    german.language = "de";
    CHECK(links_of({paragraph(words("Ein stimulant."), german), paragraph("A stimulant.")}) == "stimulant → term-stimulant\n");
    CHECK(links_of({paragraph("A stimulant.")}, "en-GB") == "stimulant → term-stimulant\n");
}

TEST_CASE("the text stays as it was, and the entry leads back to the first use") {
    const Manuscript manuscript = with_glossary({article("a.md", "One", {paragraph("Take a stimulant, then a stimulant.")})});
    Manuscript plain = manuscript;
    plain.glossary.clear();
    const Book linked = assembled(manuscript, edition()), unlinked = assembled(plain, edition());
    const auto text_of_article = [](const Book& book) {
        for (const BookSection& section : book.sections)
            if (section.kind == SectionKind::article) return text_content(book, section.root);
        return std::string();
    };
    CHECK(text_of_article(linked) == text_of_article(unlinked));
    CHECK(links(unlinked).empty());
    const auto back = std::find_if(linked.nodes.begin(), linked.nodes.end(),
                                   [](const Node& node) { return node.element == Element::a && has_class(node, "backlink"); });
    REQUIRE(back != linked.nodes.end());
    CHECK(has_class(linked.node(back->target), "glossary-link"));
    CHECK(*attribute(*back, "title") == "One");
    CHECK(linked.node(back->parent).element == Element::dt);
    CHECK(linked.node(NodeId{index(back->parent) + 1}).element == Element::dfn);
}

TEST_CASE("a leaflet has no glossary to lead to") {
    const Manuscript manuscript = with_glossary({article("a.md", "One", {paragraph("A stimulant.")})});
    Edition leaflet = edition();
    leaflet.each = EditionScope::article;
    CHECK(links(assembled(manuscript, leaflet, {std::size_t{0}, nullptr})).empty());
}

TEST_CASE("terms of every script lead to entries of their own") {
    Manuscript manuscript = book({article("a.md", "One", {paragraph("دواء ثم النوم، ثم 多动症好.")})});
    manuscript.plan.language = "ar";
    for (const char* term : {"النوم", "دواء", "多动症", "C", "C++"})
        manuscript.glossary.push_back({term, "", "", {paragraph("Words.")}, {}});
    const Book made = assembled(manuscript, edition());
    std::size_t found = 0;
    for (std::uint32_t at = 0; at < made.nodes.size(); ++at) {
        const Node& node = made.nodes[at];
        if (node.element != Element::a || !has_class(node, "glossary-link")) continue;
        const std::string words = text_content(made, NodeId{at}), entry = text_content(made, node.target);
        CHECK(entry.starts_with(words)); // behind it stands the way back
        ++found;
    }
    CHECK(found == 3);
}
