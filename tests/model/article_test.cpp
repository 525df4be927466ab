#include "model/article.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

NodeInfo at(std::uint32_t begin, std::uint32_t end) {
    NodeInfo info;
    info.where = {SourceId{1}, begin, end};
    return info;
}
Inline text(std::string words) { return {at(0, 1), Text{std::move(words)}}; }
Block paragraph(Inlines body) { return {at(2, 3), Paragraph{std::move(body)}}; }
TableCell cell(std::string words) {
    TableCell made;
    made.body = {paragraph({text(std::move(words))})};
    return made;
}

} // namespace

TEST_CASE("plain text leaves notes out and takes a picture's alternative text") {
    const Inlines inlines{text("Take "),
                          {at(0, 1), Phrase{PhraseKind::strong, {text("two")}}},
                          {at(0, 1), Note{"1", {paragraph({text("hidden")})}}},
                          {at(0, 1), LineBreak{}},
                          {at(0, 1), Image{"a.png", "a pill", false, ""}},
                          {at(0, 1), Field{"clinic.name"}}};
    CHECK(plain_text(inlines) == "Take two\na pill{{clinic.name}}");
}

TEST_CASE("plain text of a ruby is its base") {
    const Inlines ruby{{at(0, 1), Phrase{PhraseKind::ruby,
                                         {text("漢"),
                                          {at(0, 1), Phrase{PhraseKind::ruby_parenthesis, {text("(")}}},
                                          {at(0, 1), Phrase{PhraseKind::ruby_text, {text("かん")}}}}}}};
    CHECK(plain_text(ruby) == "漢");
}

TEST_CASE("plain text parts blocks by a newline, in the order of reading") {
    Table table;
    table.caption = {text("Doses")};
    table.head = TableRowGroup{at(0, 1), {{at(0, 1), {cell("Age")}}}};
    table.foot = TableRowGroup{at(0, 1), {{at(0, 1), {cell("Sum")}}}};
    table.bodies = {TableRowGroup{at(0, 1), {{at(0, 1), {cell("7")}}}}};
    const Blocks blocks{{at(0, 1), Heading{1, {text("Sleep")}}},
                        {at(0, 1), CodeBlock{"", "a\nb\n"}},
                        {at(0, 1), table},
                        {at(0, 1), Figure{{paragraph({text("pic")})}, {}, {text("Caption")}}}};
    CHECK(plain_text(blocks) == "Sleep\na\nb\nDoses\nAge\n7\nSum\npic\nCaption");
}

TEST_CASE("places are numbered in preorder from 1, title first, references last") {
    Article article;
    article.title = {text("T")};
    article.body = {paragraph({text("a"), {at(0, 1), Note{"n", {paragraph({text("b")})}}}}), paragraph({})};
    article.front_matter.references = {{at(0, 1), {text("r")}}};
    number_places(article);
    const auto& first = std::get<Paragraph>(article.body[0].node);
    CHECK(article.title[0].info.origin.place == 1);
    CHECK(article.body[0].info.origin.place == 2);
    CHECK(first.body[0].info.origin.place == 3);
    CHECK(first.body[1].info.origin.place == 4);
    CHECK(std::get<Note>(first.body[1].node).body[0].info.origin.place == 5);
    CHECK(article.body[1].info.origin.place == 7);
    CHECK(article.front_matter.references[0].info.origin.place == 8);
    CHECK(article.front_matter.references[0].text[0].info.origin.place == 9);
}

TEST_CASE("a dump shows one node a line with what the author called it") {
    Article article;
    article.id = "sleep";
    article.path = "articles/sleep.md";
    Block heading{at(0, 9), Heading{2, {text("A \"b\"\n")}}};
    heading.info.id = "top";
    heading.info.classes = {"wide", "red"};
    heading.info.language = "cy";
    heading.info.attributes = {{"width", "60%"}};
    article.body = {heading, {at(9, 20), List{true, 3, true, {ListItem{at(9, 12), true, {paragraph({text("x")})}}}}}};
    CHECK(dump(article) == "article \"sleep\" \"articles/sleep.md\"\n"
                           "body\n"
                           "  heading 2 #top .wide .red lang=cy width=\"60%\" @0..9\n"
                           "    text \"A \\\"b\\\"\\n\" @0..1\n"
                           "  list ordered from 3 tight @9..20\n"
                           "    item [x] @9..12\n"
                           "      paragraph @2..3\n"
                           "        text \"x\" @0..1\n");
}
