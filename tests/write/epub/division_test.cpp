// What alone is too large for a document is divided within itself: tables, lists, boxes, paragraphs, code.
#include "book_builder.h"
#include "divided_book.h"

#include "assemble/builders.h"
#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/documents.h"

#include <catch2/catch.hpp>

#include <pugixml.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string sentences(int count, int from = 0) {
    std::string out;
    for (int i = 0; i < count; ++i) out += sentence(from + i) + " ";
    return out;
}

void set(BookBuilder& builder, NodeId node, std::string name, std::string value) {
    builder.node(node).info.attributes.push_back({std::move(name), std::move(value)});
}

void add_row(BookBuilder& builder, const std::vector<std::pair<Element, std::string>>& cells, const std::string& rowspan = "") {
    builder.open(Element::tr);
    for (const auto& [element, words] : cells) {
        const NodeId cell = builder.element(element, words);
        if (!rowspan.empty() && element == Element::th) set(builder, cell, "rowspan", rowspan);
    }
    builder.close();
}

// Whole, and by nobody complained about.
Divided checked(const Book& book, std::size_t least_documents, const PageList* pages = nullptr) {
    Divided made = divided(book, pages);
    CHECK(made.said == "");
    CHECK(made.broken == "");
    CHECK(made.faults == "");
    CHECK(made.documents.size() >= least_documents);
    CHECK(without_space(made.text) == without_space(words_of(book)));
    CHECK(epubcheck(made.archive) == "");
    return made;
}

// The parts of the element in all documents.
std::vector<pugi::xml_node> parts(const Divided& made, const char* path, std::vector<pugi::xml_document>& keep) {
    std::vector<pugi::xml_node> out;
    keep.resize(made.documents.size());
    for (std::size_t i = 0; i < made.documents.size(); ++i) {
        REQUIRE(keep[i].load_string(made.files[made.documents[i]].c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
        for (const pugi::xpath_node one : keep[i].select_nodes(path)) out.push_back(one.node());
    }
    return out;
}

std::string text_of(const pugi::xml_node& node) {
    std::string out;
    if (node.type() == pugi::node_pcdata) out += node.value();
    for (const pugi::xml_node child : node.children()) out += text_of(child);
    return out;
}

} // namespace

TEST_CASE("a table is divided between rows that no cell spans; each part has its caption, its columns and its head") {
    BookBuilder builder;
    builder.section("long", "Long");
    const NodeId table = builder.open(Element::table, "doses", "doses");
    set(builder, table, "aria-label", "Doses");
    builder.element(Element::caption, "Table 1. Doses", "caption");
    builder.open(Element::colgroup);
    builder.leaf(Element::col);
    builder.close();
    builder.open(Element::thead);
    builder.open(Element::tr);
    const NodeId when = builder.element(Element::th, "When", "when");
    set(builder, when, "scope", "col");
    builder.open(Element::th);
    builder.text("What");
    const NodeId note = builder.note(1, "Of the usual kind.");
    builder.close();
    builder.close();
    builder.close();
    builder.open(Element::tbody);
    std::vector<NodeId> cells;
    for (int i = 0; i < 3000; ++i) {
        if (i % 500 == 0) add_row(builder, {{Element::th, "Week " + std::to_string(i)}, {Element::th, "of many"}});
        if (i % 3 == 0) add_row(builder, {{Element::th, "Day " + std::to_string(i)}, {Element::td, sentence(i)}}, "3");
        if (i % 3 != 0) add_row(builder, {{Element::td, sentence(i)}});
        cells.push_back(NodeId{static_cast<std::uint32_t>(builder.book.nodes.size() - 2)});
    }
    builder.close();
    builder.close();
    builder.open(Element::p);
    for (std::size_t i = 0; i < cells.size(); i += 100) builder.link("cell", cells[i]);
    builder.call_again(note);
    builder.close();
    const Divided made = checked(builder.done(), 6);
    std::vector<pugi::xml_document> keep;
    const auto tables = parts(made, "//table", keep);
    REQUIRE(tables.size() >= 6);
    for (const pugi::xml_node& part : tables) {
        const bool first = part == tables.front();
        CHECK(std::string(part.attribute("class").value()).starts_with(first ? "doses" : "doses continued"));
        CHECK(std::string(part.attribute("id").value()) == (first ? "doses" : ""));
        CHECK(std::string(part.attribute("aria-label").value()) == (first ? "Doses" : "Doses (continued)"));
        CHECK(text_of(part.child("caption")) == (first ? "Table 1. Doses" : "Table 1. Doses (continued)"));
        CHECK(part.child("colgroup").child("col"));
        CHECK(without_space(text_of(part.child("thead"))) == "WhenWhat1");
        CHECK(std::string(part.child("thead").child("tr").child("th").attribute("scope").value()) == "col");
        CHECK(std::string(part.child("thead").child("tr").child("th").attribute("id").value()) == (first ? "when" : ""));
        // Under the last row of headers, and at the begin of three days.
        const pugi::xml_node row = part.child("tbody").child("tr");
        CHECK(text_of(row.child("th")).starts_with("Week "));
        CHECK(text_of(row.next_sibling("tr").child("th")).starts_with("Day "));
        const int day = std::stoi(text_of(row.next_sibling("tr").child("th")).substr(4));
        CHECK(text_of(row.child("th")) == "Week " + std::to_string(day / 500 * 500));
        const pugi::xml_node last = part.child("tbody").last_child().previous_sibling();
        CHECK(text_of(last).find("Week") == std::string::npos);
    }
}

TEST_CASE("the word for a table that goes on is that of the style sheet for paper") {
    std::ifstream file(BIFOLIO_SOURCE_DIR "/styles/base.css");
    std::stringstream css;
    css << file.rdbuf();
    for (const Words& words : all_words()) {
        const std::string language(words.language);
        const std::string selector = language == "en" ? "caption" : "caption:lang(" + language + ")";
        CHECK(css.str().find("  " + selector + " { -bifolio-table-continued: \"" + std::string(words.continued) + "\"; }") !=
              std::string::npos);
    }
}

TEST_CASE("a table without a caption says that it goes on, and a row that is too large is divided within its cells") {
    BookBuilder builder("de");
    builder.section("long", "Long");
    builder.open(Element::table);
    builder.open(Element::tbody);
    add_row(builder, {{Element::th, "Row A"}, {Element::td, "a"}, {Element::td, sentences(900)}, {Element::td, "behind"}});
    add_row(builder, {{Element::th, "Row B"}, {Element::td, "b"}, {Element::td, "c"}, {Element::td, "d"}});
    builder.close();
    builder.close();
    const Divided made = checked(builder.done(), 3);
    std::vector<pugi::xml_document> keep;
    const auto tables = parts(made, "//table", keep);
    REQUIRE(tables.size() >= 2);
    for (const pugi::xml_node& part : tables) {
        CHECK(text_of(part.child("caption")) == (part == tables.front() ? "" : "(Fortsetzung)"));
        const pugi::xml_node row = part.child("tbody").child("tr");
        CHECK(std::distance(row.children("th").begin(), row.children("th").end()) == 1);
        CHECK(std::distance(row.children("td").begin(), row.children("td").end()) == 3);
        CHECK(text_of(row.child("th")) == "Row A");
        CHECK((text_of(row.last_child().previous_sibling()) == "behind") == (part == tables.back()));
    }
}

TEST_CASE("lists are divided at any depth; a part counts on, upwards and downwards, and an item that goes on keeps its number") {
    BookBuilder builder;
    builder.section("long", "Long");
    const NodeId down = builder.open(Element::ol, "down");
    set(builder, down, "reversed", "reversed");
    for (int i = 0; i < 800; ++i) builder.element(Element::li, std::to_string(800 - i) + " " + sentence(i));
    builder.close();
    const NodeId up = builder.open(Element::ol, "up");
    set(builder, up, "start", "7");
    builder.element(Element::li, "7 short");
    builder.open(Element::li);
    builder.text("8 long");
    builder.open(Element::ul);
    for (int i = 0; i < 3; ++i) {
        builder.open(Element::li, "giant");
        builder.text(sentences(900, i * 900));
        builder.close();
    }
    builder.close();
    builder.close();
    builder.element(Element::li, "9 short");
    builder.close();
    const Divided made = checked(builder.done(), 8);
    std::vector<pugi::xml_document> keep;
    for (const pugi::xml_node& list : parts(made, "//ol", keep)) {
        int number = std::stoi("0" + std::string(list.attribute("start").value()));
        REQUIRE(number > 0);
        const bool counts_down = list.attribute("reversed");
        for (const pugi::xml_node& item : list.children("li")) {
            const bool continued = std::string_view(item.attribute("class").value()).find("continued") != std::string_view::npos;
            if (!continued) CHECK(std::stoi(text_of(item)) == number);
            number += counts_down ? -1 : 1;
        }
    }
}

TEST_CASE("a definition that goes on stands behind its term, in a group too") {
    BookBuilder builder;
    for (const bool grouped : {false, true}) {
        builder.section(grouped ? "grouped" : "plain", "Long");
        builder.open(Element::dl);
        for (int i = 0; i < 4; ++i) {
            if (grouped) builder.open(Element::div);
            builder.element(Element::dt, "Term " + std::to_string(i), (grouped ? "grouped-" : "term-") + std::to_string(i));
            builder.element(Element::dt, "Also called so");
            builder.element(Element::dd, sentences(i == 1 ? 900 : 2, i * 1000));
            if (grouped) builder.close();
        }
        builder.close();
    }
    const Divided made = checked(builder.done(), 4);
    for (const char* one : {"OEBPS/text/plain-2.xhtml", "OEBPS/text/grouped-2.xhtml"}) {
        const std::string& second = made.files[one];
        const std::size_t list = second.find("<dl class=\"continued\">");
        REQUIRE(list != std::string::npos);
        const std::string_view begin = std::string_view(second).substr(list);
        CHECK(begin.find("<dt>Term 1</dt>\n<dt>Also called so</dt>\n<dd class=\"continued\">Sentence ") < 60);
    }
}

TEST_CASE("boxes, quotations and figures are divided between what stands in them") {
    BookBuilder builder;
    for (const Element element : {Element::aside, Element::blockquote, Element::figure, Element::div, Element::section}) {
        builder.section(std::string(name(element)), "Long");
        builder.open(element, "call-out");
        builder.open(Element::p, "call-out-title");
        builder.text("Note");
        builder.close();
        for (int i = 0; i < 400; ++i) builder.element(Element::p, sentence(i));
        builder.open(Element::blockquote);
        builder.element(Element::p, sentences(600));
        builder.close();
        builder.close();
    }
    const Divided made = checked(builder.done(), 10);
    for (const char* one : {"aside", "blockquote", "figure", "div", "section"})
        CHECK(made.files["OEBPS/text/" + std::string(one) + "-2.xhtml"].find(" class=\"call-out continued\"") !=
              std::string::npos);
}

TEST_CASE("a paragraph is divided behind a sentence; phrases and links are opened again, ids and notes are where they belong") {
    BookBuilder builder;
    builder.section("long", "Long");
    const NodeId other = builder.heading(2, "There", 2);
    const NodeId paragraph = builder.open(Element::p, "summary", "all");
    std::vector<NodeId> texts, notes;
    builder.open(Element::strong, "", "strong");
    const NodeId link = builder.open(Element::a);
    builder.node(link).target = other;
    texts.push_back(builder.text(sentences(700)));
    builder.close();
    builder.close();
    for (int i = 0; i < 40; ++i) {
        builder.element(Element::em, "word ");
        texts.push_back(builder.text(sentences(15, i * 15)));
        notes.push_back(builder.note(static_cast<std::uint32_t>(i + 1), "Note " + std::to_string(i)));
    }
    for (const NodeId note : notes) builder.call_again(note);
    builder.close();
    builder.element(Element::p, "Behind it.");
    builder.open(Element::p);
    builder.link("all", paragraph);
    for (const NodeId note : notes) builder.link("note", note);
    builder.close();
    builder.done();
    PageList pages{"a printed book", "print", builder.book.parts, {}};
    int number = 0;
    for (const NodeId text : texts)
        for (std::uint32_t at = 0; at < builder.book.node(text).text.size(); at += 307)
            pages.pages.push_back(page_at(builder.book, std::to_string(++number), text, at));
    const Divided made = checked(builder.book, 3, &pages);
    std::size_t marks = 0, footnotes = 0;
    for (const std::string& name : made.documents) {
        const std::string& document = made.files[name];
        for (std::size_t at = 0; (at = document.find("doc-pagebreak", at)) != std::string::npos; ++at) ++marks;
        for (std::size_t at = 0; (at = document.find("doc-footnote", at)) != std::string::npos; ++at) ++footnotes;
    }
    CHECK(marks == pages.pages.size());
    CHECK(footnotes == notes.size());
    const std::string& second = made.files[made.documents[1]];
    CHECK(second.find("<p class=\"summary continued\"><strong><a href=\"long.xhtml#node-") != std::string::npos);
    CHECK(made.files[made.documents[0]].find(". </a></strong></p>") != std::string::npos);
}

TEST_CASE("code is divided behind a line and keeps its indent") {
    BookBuilder builder;
    builder.section("long", "Long");
    builder.open(Element::pre);
    builder.open(Element::code);
    std::string code;
    for (int i = 0; i < 20000; ++i) code += "    if (dose < " + std::to_string(i) + ") { // of many\n        take();\n";
    builder.text(code);
    builder.close();
    builder.close();
    const Divided made = checked(builder.done(), 4);
    std::vector<pugi::xml_document> keep;
    std::string all;
    for (const pugi::xml_node& part : parts(made, "//pre/code", keep)) {
        const std::string text = text_of(part);
        CHECK(text.starts_with("    "));
        CHECK(text.ends_with("\n"));
        all += text;
    }
    CHECK(all == code);
}

TEST_CASE("words without spaces are divided where a line may end, else between clusters, never within bidi's brackets") {
    const auto repeated = [](std::string_view words, int times) {
        std::string out;
        for (int i = 0; i < times; ++i) out += words;
        return out;
    };
    const std::string family = "👨\u200D👩\u200D👧\u200D👦", letter = "e\u0301\u0323";
    const std::vector<std::string> all{"汉字没有空格", family, letter, "x", "क्षि"};
    BookBuilder wide;
    for (const std::string& one : all) {
        wide.section("long", "Long");
        wide.element(Element::p, repeated(one, static_cast<int>(400'000 / one.size())));
    }
    const Divided together = checked(wide.done(), 10);
    std::vector<pugi::xml_document> kept;
    for (const pugi::xml_node& part : parts(together, "//p", kept)) {
        const std::string words = text_of(part);
        const auto one = std::ranges::find_if(all, [&](const std::string& it) { return words.substr(0, 1) == it.substr(0, 1); });
        if (one == all.begin())
            CHECK(first_invalid_utf8(words) == std::string::npos);
        else
            CHECK((one != all.end() && words.size() % one->size() == 0));
    }
    BookBuilder builder("ar");
    builder.section("long", "Long");
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "جملة قصيرة عن النوم، \u2067" + repeated("ten mg ", 12) + "\u2069 ثم سؤال؟ ";
    builder.element(Element::p, text);
    const Divided made = checked(builder.done(), 2);
    std::vector<pugi::xml_document> keep;
    for (const pugi::xml_node& part : parts(made, "//p", keep)) CHECK(text_of(part).starts_with("جملة"));
}

TEST_CASE("what can be divided nowhere is told with its name") {
    BookBuilder builder;
    builder.section("long", "Long");
    builder.open(Element::table);
    builder.open(Element::tbody);
    for (int i = 0; i < 900; ++i) {
        builder.open(Element::tr);
        if (i == 0) set(builder, builder.element(Element::th, "All"), "rowspan", "0");
        builder.element(Element::td, sentence(i));
        builder.close();
    }
    builder.close();
    builder.close();
    builder.section("heading", "Heading");
    builder.heading(2, sentences(900), 2);
    const Divided made = divided(builder.done());
    CHECK(made.said.find("epub.large-document: ‹tbody› in ‘Long’ cannot be divided, and makes a document of ") !=
          std::string::npos);
    CHECK(made.said.find("epub.large-document: ‹h2› in ‘Heading’ cannot be divided") != std::string::npos);
    CHECK(made.documents.size() <= 4);
}
