#include "builders.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <set>

using namespace bifolio;
using namespace bifolio::test;

namespace {

void check_dump(std::string_view name, const Book& book) {
    check_golden(source_dir() / "tests/golden/assemble" / name / "expected.txt", dump(book));
}

Article sleep() {
    Article sleep = article(
        "articles/sleep.md", "Sleep and pain",
        {paragraph("Most people who live with pain sleep badly."), heading(2, "What helps"),
         paragraph({text("Go to bed at the same time"), note("1", "Weekends too."), text(". See "), link_to("medicines.md#doses"),
                    text(" and "), link_to("medicines.md", words("the other article")), text(".")}),
         heading(3, "Light"), paragraph("Dim it."), heading(2, "What does not help", id("not")), paragraph("Screens.")});
    FrontMatter& front = sleep.front_matter;
    front.summary = named("Why nights are hard, and what to do.");
    front.authors = {named("jane-doe")};
    front.reviewers = {named("amir-khan")};
    front.published = at(Date{2024, 2, 29});
    front.reviewed = at(Date{2026, 8, 6});
    front.next_review = at(Date{2029, 8, 6});
    front.references = {{id("nice"), words("NICE guideline NG59.")}};
    return sleep;
}

Article medicines() {
    Table table;
    table.caption = words("Usual doses");
    table.columns = {{CellAlignment::unset, "40%"}, {CellAlignment::decimal, ""}};
    const auto make_cell = [](std::string plain, bool header) {
        TableCell cell;
        cell.header = header;
        cell.body = {paragraph(std::move(plain))};
        return cell;
    };
    table.head = TableRowGroup{{}, {TableRow{{}, {make_cell("Medicine", true), make_cell("mg", true)}}}};
    table.bodies = {TableRowGroup{{}, {TableRow{{}, {make_cell("Melatonin", true), make_cell("≤ 2.5", false)}}}}};
    CallOut warning{CallOutKind::warning, {}, {paragraph("Do not take more.")}};
    List tasks{false,
               1,
               true,
               {ListItem{{}, true, {paragraph("Ask your doctor")}}, ListItem{{}, false, {paragraph("Read the leaflet")}}}};
    Figure figure{{paragraph({image("../media/moon.png", "A moon")})}, {}, words("The moon")};
    Article medicines = article(
        "articles/medicines.md", "Medicines",
        {Block{id("doses"), table}, Block{{}, warning}, Block{{}, tasks}, Block{{}, figure},
         Block{{}, CodeBlock{"txt", "take 1\n"}},
         paragraph({phrase(PhraseKind::strong, words("Back")), text(" to "), link_to("sleep.md#what-helps"), text(".")})});
    medicines.front_matter.authors = {named("jane-doe"), named("Sam Roe")};
    return medicines;
}

Manuscript sample() {
    Manuscript manuscript = book({sleep(), medicines()});
    manuscript.plan.publisher = "Quiet Press";
    manuscript.plan.place = "London";
    manuscript.plan.isbn = "978-1-4028-9462-6";
    manuscript.plan.date = Date{2026, 9, 1};
    manuscript.plan.rights = "© 2026 Quiet Press";
    manuscript.plan.list_of_tables = true;
    manuscript.plan.contents_depth = 3;
    Person jane = person("jane-doe", "Jane Doe", "Jane writes about sleep.");
    jane.credentials = "MSc";
    jane.role = "Health writer";
    jane.pseudonym = true;
    jane.portrait = Portrait{named("media/jane.png"), "A woman at a desk", PortraitKind::likeness};
    Person amir = person("amir-khan", "Amir Khan", "Amir is a consultant.");
    amir.credentials = "FRCP";
    amir.interests = words("Lecture fees, 2024.");
    manuscript.people = {{"jane-doe", jane}, {"amir-khan", amir}};
    manuscript.notices = {
        {"general", notice("general", "This is no medical advice.", {NoticeRule::every_article})},
        {"likeness", notice("likeness", "The picture does not show the author.", {NoticeRule::bio_with_likeness})},
        {"end", notice("end", "Call 999 in an emergency.", {NoticeRule::book_end})},
    };
    manuscript.glossary = {{"Zopiclone", "", "", {paragraph("A sleeping tablet.")}, {}},
                           {"Ébauche", "", "", {paragraph("A sketch.")}, {}}};
    for (const char* path : {"media/moon.png", "media/jane.png"}) manuscript.resources[path] = picture(path);
    return manuscript;
}

} // namespace

TEST_CASE("a book with people, notices, references and a glossary is assembled whole") {
    check_dump("book", assembled(sample(), edition()));
}

TEST_CASE("an article alone is a leaflet with its own people, dates and notices") {
    Manuscript manuscript = sample();
    manuscript.articles[0].body.resize(2);
    number_places(manuscript.articles[0]);
    Edition leaflets = edition("leaflets");
    leaflets.each = EditionScope::article;
    check_dump("leaflet", assembled(manuscript, leaflets, {0, nullptr}));
}

TEST_CASE("every subtree ends where its parent's next child begins, and the roots are the sections") {
    const Book book = assembled(sample(), edition());
    REQUIRE(index(book.nodes[0].end) == book.nodes.size());
    for (std::uint32_t i = 0; i < book.nodes.size(); ++i) {
        const Node& node = book.nodes[i];
        REQUIRE(index(node.end) > i);
        if (i > 0) REQUIRE((index(node.parent) < i && index(node.end) <= index(book.node(node.parent).end)));
        std::uint32_t next = i + 1;
        for (const NodeId child : children(book, NodeId{i})) {
            REQUIRE(index(child) == next);
            REQUIRE(book.node(child).parent == NodeId{i});
            next = index(book.node(child).end);
        }
        REQUIRE(next == index(node.end));
    }
    std::size_t section = 0;
    for (const NodeId root : children(book, NodeId{1})) REQUIRE(book.sections.at(section++).root == root);
    CHECK(section == book.sections.size());
}

TEST_CASE("ids are unique, and every target has one") {
    const Book book = assembled(sample(), edition());
    std::set<std::string> ids;
    for (const Node& node : book.nodes) {
        if (!node.info.id.empty()) CHECK(ids.insert(node.info.id).second);
        if (node.target != no_node) CHECK_FALSE(book.node(node.target).info.id.empty());
    }
    for (const ContentsEntry& entry : book.contents) CHECK_FALSE(book.node(entry.target).info.id.empty());
}

TEST_CASE("the text of the articles is in the book, in order") {
    const Manuscript manuscript = sample();
    const Book book = assembled(manuscript, edition());
    const std::string all = text_content(book, NodeId{0});
    std::size_t from = 0;
    for (const char* words :
         {"Most people who live with pain sleep badly.", "What helps", "Go to bed at the same time", "the other article", "Light",
          "Dim it.", "What does not help", "Screens.", "NICE guideline NG59.", "Usual doses", "Medicine", "≤ 2.5",
          "Do not take more.", "Ask your doctor", "Read the leaflet", "A moon", "The moon", "take 1", "Back"}) {
        INFO(words);
        const std::size_t found = all.find(words, from);
        REQUIRE(found != std::string::npos);
        from = found;
    }
}
