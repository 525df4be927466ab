#include "book_builder.h"
#include "divided_book.h"

#include "assemble/builders.h"
#include "write/epub/section_document.h"
#include "write/epub/write_epub.h"
#include "write/xhtml/documents.h"

#include <catch2/catch.hpp>

#include <set>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// A megabyte: 30 headings with 60 paragraphs each; every heading is linked to, notes are called twice, far apart.
void add_long_article(BookBuilder& builder, std::vector<NodeId>& texts) {
    builder.section("long", "A long article");
    std::vector<NodeId> headings;
    NodeId note = no_node;
    for (int i = 0; i < 30; ++i) {
        headings.push_back(builder.heading(i % 3 == 0 ? 2 : 3, "Heading " + std::to_string(i), i % 3 == 0 ? 2 : 3));
        for (int j = 0; j < 60; ++j) {
            builder.open(Element::p);
            texts.push_back(builder.text(sentence(i * 60 + j)));
            if (j == 5) note = builder.note(static_cast<std::uint32_t>(i + 1), "Note " + std::to_string(i));
            if (j == 55) {
                builder.call_again(note);
                builder.link("back", headings[static_cast<std::size_t>(i / 2)]);
            }
            builder.close();
        }
    }
    builder.section("last", "The last one");
    builder.open(Element::p);
    for (const NodeId heading : headings) builder.link("there", heading);
    builder.close();
}

} // namespace

TEST_CASE("a long article is divided before headings; links, notes, pages and contents follow, and no word is lost") {
    BookBuilder builder;
    std::vector<NodeId> texts;
    add_long_article(builder, texts);
    builder.done();
    PageList pages{"a printed book", "print", builder.book.parts, {}};
    for (std::size_t i = 0; i < texts.size(); i += 7)
        pages.pages.push_back(page_at(builder.book, std::to_string(i + 1), texts[i], i % 2 == 0 ? 0u : 9u));
    const Divided made = divided(builder.book, &pages);
    CHECK(made.said == "");
    CHECK(made.broken == "");
    REQUIRE(made.documents.size() >= 5);
    CHECK(made.documents[0] == "OEBPS/text/long.xhtml");
    CHECK(made.documents[1] == "OEBPS/text/long-2.xhtml");
    CHECK(made.documents.back() == "OEBPS/text/last.xhtml");
    CHECK(made.faults == "");
    CHECK(without_space(made.text) == without_space(words_of(builder.book)));
    std::size_t notes = 0, marks = 0;
    for (const std::string& name : made.documents) {
        const std::string& document = made.files[name];
        CHECK(document.size() <= most_document_bytes);
        if (name.ends_with("-2.xhtml")) {
            CHECK(document.size() > most_document_bytes / 3);
            CHECK(document.find("<article class=\"article\"") < document.find("<h2 id="));
            CHECK(document.find("<p>") > document.find("<h2 id="));
        }
        for (std::size_t at = 0; (at = document.find("doc-footnote", at)) != std::string::npos; ++at) ++notes;
        for (std::size_t at = 0; (at = document.find("doc-pagebreak", at)) != std::string::npos; ++at) ++marks;
    }
    CHECK(notes == 30);
    CHECK(marks == pages.pages.size());
    CHECK(epubcheck(made.archive) == "");
}

TEST_CASE("without headings a section is divided before blocks, items and terms, and lists count on") {
    BookBuilder builder;
    builder.section("long", "Long");
    builder.open(Element::section);
    for (int i = 0; i < 700; ++i) builder.element(Element::p, sentence(i));
    builder.close();
    const NodeId list = builder.open(Element::ol, "steps", "steps");
    builder.node(list).info.attributes = {{"start", "5"}};
    for (int i = 0; i < 900; ++i) {
        builder.open(Element::li);
        builder.element(Element::p, sentence(i));
        builder.close();
    }
    builder.close();
    builder.open(Element::dl);
    for (int i = 0; i < 900; ++i) {
        builder.element(Element::dt, "Term " + std::to_string(i));
        builder.element(Element::dd, sentence(i));
    }
    builder.close();
    const Divided made = divided(builder.done());
    CHECK(made.broken == "");
    REQUIRE(made.documents.size() >= 5);
    CHECK(made.faults == "");
    CHECK(without_space(made.text) == without_space(words_of(builder.book)));
    std::size_t ids = 0;
    for (const std::string& name : made.documents) {
        const std::string& document = made.files[name];
        CHECK(document.size() <= most_document_bytes);
        ids += document.find("id=\"steps\"") != std::string::npos;
        const std::size_t again = document.find("<ol class=\"steps continued\" start=\"");
        if (again == std::string::npos) continue;
        const int start = std::stoi(document.substr(again + 35));
        const std::size_t first = document.find("Sentence ", again);
        CHECK(start == std::stoi(document.substr(first + 9)) + 5);
    }
    CHECK(ids == 1);
    CHECK(epubcheck(made.archive) == "");
}

TEST_CASE("a part of a divided section takes no other section's name, and blocks that are not too large stay whole") {
    BookBuilder builder;
    builder.section("long", "Long");
    for (int i = 0; i < 700; ++i) builder.element(Element::p, sentence(i));
    builder.open(Element::table);
    builder.open(Element::tbody);
    for (int i = 0; i < 300; ++i) {
        builder.open(Element::tr);
        builder.element(Element::td, sentence(i));
        builder.close();
    }
    builder.close();
    builder.close();
    builder.element(Element::p, "The end.");
    builder.section("long-2", "Longer");
    const std::vector<Document> documents = documents_of(builder.done(), 99, most_document_bytes);
    std::set<std::string> names;
    for (const Document& document : documents) CHECK(names.insert(document.name).second);
    CHECK(documents.size() == 4);
    CHECK(documents[0].to == documents[1].from);
    CHECK(documents.back().name == "long-2");
    for (const Document& document : documents) {
        CHECK(document.from.offset == 0);
        CHECK((document.from.node == builder.book.sections[document.section].root ||
               builder.book.node(document.from.node).parent == builder.book.sections[document.section].root));
    }
}
