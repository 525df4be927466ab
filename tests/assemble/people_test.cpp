#include "builders.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Manuscript with_people(std::vector<Located<std::string>> authors, std::vector<Located<std::string>> reviewers = {}) {
    Manuscript manuscript = book({article("a.md", "A", {paragraph("text")})});
    manuscript.articles[0].front_matter.authors = std::move(authors);
    manuscript.articles[0].front_matter.reviewers = std::move(reviewers);
    manuscript.people = {{"amir-khan", person("amir-khan", "Amir Khan", "Amir is a consultant.")},
                         {"jane-doe", person("jane-doe", "Jane Doe", "Jane writes.")}};
    manuscript.has_people_file = true;
    return manuscript;
}

std::size_t count(const Book& book, std::string_view class_name) {
    std::size_t count = 0;
    for (const Node& node : book.nodes) count += has_class(node, class_name);
    return count;
}

} // namespace

TEST_CASE("a person that the register lacks is a name with a warning and the nearest id") {
    CHECK(complaints(with_people({named("jane-do")}), edition()) ==
          "warning assemble.unknown-person: no person ‘jane-do’ in people.yaml; the name stands alone\n  hint: did you mean "
          "‘jane-doe’?\n");
}
TEST_CASE("without a register names need none") {
    Manuscript manuscript = with_people({named("Mary Major")});
    manuscript.people.clear();
    manuscript.has_people_file = false;
    CHECK(words_of(assembled(manuscript, edition()), "byline") == "By Mary Major");
}
TEST_CASE("a person may be named by id or by name") {
    CHECK(words_of(assembled(with_people({named("jane-doe"), named("Jane Doe")}), edition()), "byline") == "By Jane Doe");
}
TEST_CASE("who wrote and who reviewed stand in one line") {
    CHECK(words_of(assembled(with_people({named("jane-doe")}, {named("amir-khan")}), edition()), "byline") ==
          "By Jane Doe Reviewed by Amir Khan");
}

TEST_CASE("bios stand where the plan or the edition says") {
    Manuscript manuscript = with_people({named("jane-doe")}, {named("jane-doe"), named("amir-khan")});
    Edition inside = edition(), both = edition();
    inside.bios = BioPlace::article;
    both.bios = BioPlace::both;

    const Book at_end = assembled(manuscript, edition());
    CHECK(count(at_end, "bio") == 2);
    CHECK(words_of(at_end, "about-people") == "About the author: Jane Doe About the reviewers: Jane Doe and Amir Khan");
    CHECK(words_of(at_end, "contributions") == "Author, Reviewer");
    const Book in_article = assembled(manuscript, inside);
    CHECK(count(in_article, "bio") == 2); // who wrote and reviewed is shown once
    CHECK(first(in_article, "contributors") == no_node);
    CHECK(first(in_article, "about-people") == no_node);
    CHECK(count(assembled(manuscript, both), "bio") == 4);
    CHECK(count(assembled(manuscript, edition(), {0, nullptr}), "bio") == 2);
}

TEST_CASE("a likeness says what it is, in its caption and to those who hear it") {
    Manuscript manuscript = with_people({named("jane-doe")});
    manuscript.people["jane-doe"].portrait = Portrait{named("jane.png"), "", PortraitKind::likeness};
    manuscript.resources["jane.png"] = picture("jane.png");
    const Book book = assembled(manuscript, edition());
    const NodeId figure = first(book, "likeness");
    CHECK(text_content(book, figure) ==
          "A likeness, not a photograph of this person: Jane DoeA likeness, not a photograph of this person");
}
TEST_CASE("a pseudonym is said by its notice, else by the program") {
    Manuscript manuscript = with_people({named("jane-doe")});
    manuscript.people["jane-doe"].pseudonym = true;
    CHECK(words_of(assembled(manuscript, edition()), "disclosure") == "This name is a pseudonym.");
    manuscript.notices["p"] = notice("p", "Pseudonyms are used.", {NoticeRule::bio_with_pseudonym});
    const Book book = assembled(manuscript, edition());
    CHECK(first(book, "disclosure") == no_node);
    CHECK(words_of(book, "notice") == "Pseudonyms are used.");
}
TEST_CASE("a notice prints where its rules say, and in its editions only") {
    Manuscript manuscript = with_people({});
    manuscript.articles[0].front_matter.notices = {named("asked")};
    manuscript.notices = {{"asked", notice("asked", "Asked.", {NoticeRule::on_request})},
                          {"end", notice("end", "End.", {NoticeRule::book_end})},
                          {"every", notice("every", "Every.", {NoticeRule::every_article})},
                          {"front", notice("front", "Front.", {NoticeRule::book_front})},
                          {"other", notice("other", "Other.", {NoticeRule::every_article})}};
    manuscript.notices["other"].editions = {"leaflet"};
    manuscript.notices["every"].kind = NoticeKind::emergency;
    CHECK(text_content(assembled(manuscript, edition()), NodeId{0}) ==
          "Living wellContentsImportant informationAImportant informationImportant informationFront.AtextEvery.Asked.Important "
          "informationEnd.");
    CHECK(text_content(assembled(manuscript, edition("leaflet"), {0, nullptr}), NodeId{0}) ==
          "AtextEvery.Other.Asked.Front.End.");
}
TEST_CASE("an unknown notice is an error with the nearest one") {
    Manuscript manuscript = with_people({});
    manuscript.articles[0].front_matter.notices = {named("generl")};
    manuscript.notices = {{"general", notice("general", "x", {NoticeRule::on_request})}};
    CHECK(complaints(manuscript, edition()) ==
          "error assemble.unknown-notice: there is no notice ‘generl’ in notices.yaml\n  hint: did you mean ‘general’?\n");
}
TEST_CASE("contributors of the book are those of its articles, with their roles") {
    const Book book = assembled(with_people({named("jane-doe")}, {named("amir-khan")}), edition());
    REQUIRE(book.metadata.contributors.size() == 2);
    CHECK(book.metadata.contributors[0].role == "aut");
    CHECK(book.metadata.contributors[1].person == "amir-khan");
    CHECK(book.metadata.contributors[1].role == "rev");
}

TEST_CASE("names that run the other way than the text round them stay apart") {
    Manuscript manuscript = book({article("a.md", "A", {paragraph("نص")}), article("b.md", "B", {paragraph("نص")})});
    manuscript.plan.language = "ar";
    manuscript.plan.authors = {named("Jane Doe"), named("ليلى حسن"), named("John Roe")};
    const Book made = assembled(manuscript, edition());
    std::string directions;
    for (const Node& node : made.nodes)
        if (has_class(node, "person")) directions += (attribute(node, "dir") ? *attribute(node, "dir") : "-") + " ";
    CHECK(directions.starts_with("ltr - ltr "));
}
