#include "builders.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Manuscript three() {
    return book({article("a.md", "A", {paragraph("one")}), article("b.md", "B", {paragraph("two")}),
                 article("c.md", "C", {paragraph("three")})});
}

Clinic clinic(std::string id, std::vector<std::pair<std::string, std::string>> fields) {
    Clinic clinic;
    clinic.id = std::move(id);
    for (auto& [name, value] : fields) clinic.fields.emplace_back(name, named(value));
    return clinic;
}

std::string kinds(const Book& book) {
    std::string out;
    for (const BookSection& section : book.sections) out += (out.empty() ? "" : " ") + section.name;
    return out;
}

} // namespace

TEST_CASE("an edition of the whole book is one selection") {
    Diagnostics diagnostics;
    const auto all = selections(three(), edition(), diagnostics);
    REQUIRE(all.size() == 1);
    CHECK_FALSE(all[0].article.has_value());
}
TEST_CASE("an edition for each article has one selection an article, only of those it includes") {
    Edition leaflets = edition();
    leaflets.each = EditionScope::article;
    leaflets.include = {named("c"), named("./a.md")};
    Diagnostics diagnostics;
    const auto all = selections(three(), leaflets, diagnostics);
    REQUIRE(all.size() == 2);
    CHECK(*all[0].article == 0);
    CHECK(*all[1].article == 2);
}
TEST_CASE("an edition with clinics is repeated for each of them") {
    Manuscript manuscript = three();
    manuscript.clinics["clinics.csv"] = {clinic("north", {{"name", "North"}}), clinic("south", {{"name", "South"}})};
    Edition run = edition();
    run.clinics = named("clinics.csv");
    run.each = EditionScope::article;
    Diagnostics diagnostics;
    const auto all = selections(manuscript, run, diagnostics);
    REQUIRE(all.size() == 6);
    CHECK(all[2].clinic->id == "north");
    CHECK(all[3].clinic->id == "south");
}
TEST_CASE("an edition without articles, or a run without clinics, is an error") {
    Edition none = edition();
    none.include = {named("nothing")};
    Edition run = edition();
    run.clinics = named("clinics.csv");
    Diagnostics diagnostics;
    CHECK(selections(three(), none, diagnostics).empty());
    CHECK(selections(three(), run, diagnostics).empty());
    CHECK(said(diagnostics).find("error assemble.empty-edition: the edition ‘book’ has no articles") == 0);
    CHECK(said(diagnostics).find("error assemble.no-clinics") != std::string::npos);
}

TEST_CASE("an article without a plan has no title page and, being short, no contents") {
    Manuscript manuscript = three();
    manuscript.articles.resize(1);
    manuscript.plan = {};
    const Book book = assembled(manuscript, edition());
    CHECK(kinds(book) == "a");
    CHECK(has_class(book.nodes[1], "single"));
    CHECK(book.metadata.title == "A");
    CHECK(book.name == "a");
    CHECK(book.contents.size() == 1);
}
TEST_CASE("a long article without a plan has contents") {
    Manuscript manuscript = three();
    manuscript.articles.resize(1);
    manuscript.plan = {};
    for (int i = 0; i < 6; ++i) {
        manuscript.articles[0].body.push_back(heading(2, "Part " + std::to_string(i)));
        manuscript.articles[0].body.push_back(paragraph(std::string(5'000, 'x')));
    }
    CHECK(kinds(assembled(manuscript, edition())) == "contents a");
}
TEST_CASE("a folder without a plan is a book with a title page and contents, and no imprint about nothing") {
    Manuscript manuscript = three();
    manuscript.plan.source = SourceId{0};
    CHECK(kinds(assembled(manuscript, edition())) == "title-page contents a b c");
}
TEST_CASE("the contents go as deep as the edition says, and 0 is none") {
    Manuscript manuscript = three();
    manuscript.articles[0].body.push_back(heading(2, "Deep"));
    Edition shallow = edition();
    shallow.contents_depth = 1;
    CHECK(words_of(assembled(manuscript, shallow), "contents").find("Deep") == std::string::npos);
    CHECK(words_of(assembled(manuscript, edition()), "contents").find("Deep") != std::string::npos);
    shallow.contents_depth = 0;
    CHECK(kinds(assembled(manuscript, shallow)) == "title-page a b c");
}

TEST_CASE("parts have title pages, and their articles are one step deeper") {
    Manuscript manuscript = three();
    manuscript.plan.contents = {{named(""), {{named("a.md"), Matter::front}}},
                                {named("First part"), {{named("b.md"), Matter::automatic}}},
                                {named("Empty"), {}},
                                {named("Annexes"), {{named("c.md"), Matter::back}}}};
    const Book book = assembled(manuscript, edition());
    CHECK(kinds(book) == "title-page contents a part-first-part b part-annexes c");
    CHECK(book.sections[2].kind == SectionKind::foreword);
    CHECK(book.sections[3].matter == Matter::body);
    CHECK(book.sections[4].depth == 2);
    CHECK(book.sections[5].matter == Matter::back);
    std::string entries;
    for (const ContentsEntry& entry : book.contents) entries += std::to_string(entry.depth) + entry.title + " ";
    CHECK(entries == "1A 1First part 2B 1Annexes 2C ");
}

TEST_CASE("a leaflet has no title page of the part that its article stands in") {
    Manuscript manuscript = three();
    manuscript.plan.contents = {{named("First part"), {{named("b.md"), Matter::automatic}}}};
    Edition leaflets = edition();
    leaflets.each = EditionScope::article;
    leaflets.include = {named("b")};
    Diagnostics diagnostics;
    const auto all = selections(manuscript, leaflets, diagnostics);
    REQUIRE(all.size() == 1);
    const Book book = assemble(manuscript, leaflets, all[0], diagnostics);
    CHECK(kinds(book) == "b");
    CHECK(book.sections[0].depth == 1);
}

TEST_CASE("an article that the plan's contents do not name still appears") {
    Manuscript manuscript = three();
    manuscript.plan.contents[0].articles.pop_back();
    CHECK(kinds(assembled(manuscript, edition())) == "title-page contents a b c");
}

TEST_CASE("a cover is the first section and its picture the book's cover") {
    Manuscript manuscript = three();
    manuscript.plan.cover = named("cover.jpg");
    manuscript.resources["cover.jpg"] = picture("cover.jpg");
    manuscript.plan.back_cover = {paragraph("Praise.")};
    const Book book = assembled(manuscript, edition());
    CHECK(kinds(book) == "cover title-page contents a b c back-cover");
    REQUIRE(book.cover != no_resource);
    CHECK(book.resources[index(book.cover)].path == "cover.jpg");
}

TEST_CASE("the identifier is the plan's, else made from what names the book, and no two leaflets share one") {
    Manuscript manuscript = three();
    manuscript.plan.identifier = "urn:isbn:9781402894626";
    CHECK(assembled(manuscript, edition()).metadata.identifier == "urn:isbn:9781402894626");
    const std::string first = assembled(manuscript, edition(), {0, nullptr}).metadata.identifier;
    CHECK(first.starts_with("urn:uuid:"));
    CHECK(first != assembled(manuscript, edition(), {1, nullptr}).metadata.identifier);
    manuscript.articles[0].body.push_back(paragraph("a word more"));
    CHECK(first == assembled(manuscript, edition(), {0, nullptr}).metadata.identifier);
}

TEST_CASE("files are named for the title, the article and the clinic") {
    Manuscript manuscript = three();
    manuscript.plan.title = "Schlaf & Schmerz: «Ein Buch»";
    manuscript.clinics["clinics.csv"] = {clinic("north-road", {{"name", "North"}})};
    Edition run = edition();
    run.clinics = named("clinics.csv");
    const Clinic* north = &manuscript.clinics["clinics.csv"][0];
    CHECK(assembled(manuscript, run).name == "schlaf-schmerz-ein-buch");
    CHECK(assembled(manuscript, run, {1, north}).name == "b-north-road");
}
TEST_CASE("articles whose ids differ have files that differ") {
    Manuscript manuscript = book({article("Sleep!.md", "A", {}), article("sleep.md", "B", {}), article("Sleep?.md", "C", {})});
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 3; ++i) names.push_back(assembled(manuscript, edition(), {i, nullptr}).name);
    CHECK(names == std::vector<std::string>{"sleep-2", "sleep", "sleep-3"});
}

TEST_CASE("a clinic's fields are filled in, line by line") {
    Manuscript manuscript =
        book({article("a.md", "A",
                      {paragraph({text("Call "), field("clinic.name"), text(" at "), field("clinic.address")}),
                       paragraph({link_to("tel:{{clinic.phone}}", {field("clinic.phone")})})})});
    const Clinic north =
        clinic("north", {{"name", "North Road"}, {"address", "1 North Road\nLeeds"}, {"phone", "0113 496 0000"}});
    const Book book = assembled(manuscript, edition(), {0, &north});
    CHECK(text_content(book, NodeId{0}).find("Call North Road at 1 North Road\nLeeds") != std::string::npos);
    CHECK(*attribute(book.node(first(book, "telephone")), "href") == "tel:01134960000");
    CHECK(first(book, "clinic") == no_node); // no panel: the article shows the clinic itself
}
TEST_CASE("an article that shows no field of its clinic gets a contact panel") {
    const Clinic north = clinic("north", {{"name", "North Road"}, {"phone", "0113 496 0000"}, {"copies", "12"}});
    const Book book = assembled(three(), edition(), {0, &north});
    CHECK(words_of(book, "clinic") == "ContactNorth RoadPhone: 0113 496 0000");
}
TEST_CASE("an unknown field is an error with the nearest column") {
    const Clinic north = clinic("north", {{"name", "North Road"}});
    CHECK(complaints(book({article("a.md", "A", {paragraph({field("clinic.nmae")})})}), edition(), {0, &north}) ==
          "error assemble.unknown-field: there is no field ‘clinic.nmae’\n  hint: did you mean ‘clinic.name’?\n");
}
TEST_CASE("an empty field is an error") {
    const Clinic north = clinic("north", {{"name", "North Road"}, {"phone", " "}});
    CHECK(complaints(book({article("a.md", "A", {paragraph({field("clinic.phone")})})}), edition(), {0, &north})
              .starts_with("error assemble.empty-field: the field ‘clinic.phone’ is empty for the clinic ‘north’\n"));
}
TEST_CASE("a field without a clinic is an error unless it stands in a clinic-only box") {
    const Manuscript open = book({article("a.md", "A", {paragraph({field("clinic.phone")})})});
    CHECK(complaints(open, edition()).starts_with("error assemble.field-without-clinic: ‘{{clinic.phone}}’ stands here"));
    const Manuscript boxed = book({article("a.md", "A",
                                           {division("clinic-only", {paragraph({text("Call "), field("clinic.phone")})}),
                                            division("no-clinic", {paragraph("Ask.")})})});
    CHECK(text_content(assembled(boxed, edition()), NodeId{0}).find("Call") == std::string::npos);
    CHECK(text_content(assembled(boxed, edition()), NodeId{0}).find("Ask.") != std::string::npos);
    const Clinic north = clinic("north", {{"name", "North Road"}, {"phone", "1"}});
    CHECK(text_content(assembled(boxed, edition(), {0, &north}), NodeId{0}).find("Call 1") != std::string::npos);
    CHECK(text_content(assembled(boxed, edition(), {0, &north}), NodeId{0}).find("Ask.") == std::string::npos);
}

TEST_CASE("origins are the same in every edition") {
    Manuscript manuscript = three();
    manuscript.people["jane"] = person("jane", "Jane", "Writes.");
    for (Article& one : manuscript.articles) one.front_matter.authors = {named("jane")};
    Edition only = edition("small");
    only.include = {named("c")};
    const Book whole = assembled(manuscript, edition()), small = assembled(manuscript, only);
    const auto origin = [](const Book& book, std::string_view words) {
        for (const Node& node : book.nodes)
            if (node.text == words) return node.info.origin;
        return Origin{};
    };
    CHECK(origin(whole, "three") == origin(small, "three"));
    CHECK(origin(whole, "Writes.") == origin(small, "Writes."));
    CHECK(whole.parts.at(origin(whole, "three").part) == "c.md");
    CHECK(whole.parts.at(origin(whole, "Writes.").part) == "bio:jane");
    CHECK(origin(whole, "one") != origin(whole, "two"));
}
