// The index: marks in articles → section.index.
#include "builders.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

NodeInfo mark_info(std::vector<Attribute> attributes, std::string class_name = "index") {
    NodeInfo info = classed(std::move(class_name));
    info.attributes = std::move(attributes);
    return info;
}
Inline mark(std::string shown, std::vector<Attribute> attributes = {}) {
    return {mark_info(std::move(attributes)), Phrase{PhraseKind::span, shown.empty() ? Inlines{} : words(std::move(shown))}};
}
Inline entry(std::string name) { return mark("", {{"entry", std::move(name)}}); }

struct Made {
    Book book;
    Diagnostics diagnostics;
};
Made with_index(Inlines marks, std::string language = "en") {
    Manuscript manuscript = book({article("articles/sleep.md", "Sleep", {paragraph(std::move(marks))}),
                                  article("articles/other.md", "Other", {paragraph("Words.")})});
    manuscript.plan.index = true;
    manuscript.plan.language = std::move(language);
    Made made;
    made.book = assemble(manuscript, edition(), {}, made.diagnostics);
    return made;
}

const BookSection& index_of(const Book& book) {
    const auto found = std::find_if(book.sections.begin(), book.sections.end(),
                                    [](const BookSection& section) { return section.kind == SectionKind::index; });
    REQUIRE(found != book.sections.end());
    return *found;
}

// Terms with a step for each level, letters in brackets: “[B] Bath  [S] sleep >pain”.
std::string outline(const Book& book) {
    std::string out;
    const NodeId root = index_of(book).root;
    for (std::uint32_t at = index(root); at < index(book.node(root).end); ++at) {
        const Node& node = book.nodes[at];
        if (node.element == Element::h2) out += (out.empty() ? "[" : " [") + text_content(book, NodeId{at}) + "]";
        if (!has_class(node, "index-term")) continue;
        out += ' ';
        int lists = 0;
        for (NodeId above = NodeId{at}; above != root; above = book.node(above).parent)
            lists += book.node(above).element == Element::ul ? 1 : 0;
        out += std::string(static_cast<std::size_t>(lists - 1), '>') + text_content(book, NodeId{at});
    }
    return out;
}
std::string index_text(const Book& book) { return text_content(book, index_of(book).root); }

std::size_t count_class(const Book& book, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(book.nodes.begin(), book.nodes.end(), [&](const Node& node) { return has_class(node, name); }));
}

} // namespace

TEST_CASE("entries stand as the language sorts them: without articles and case, accents last, numbers by their value") {
    CHECK(outline(with_index({entry("vitamin B12"), entry("vitamin B6"), entry("the Act"), entry("Zoo"), entry("apple"),
                              entry("émigré"), entry("emu"), entry("5-HT"), entry("“quoted”")})
                      .book) == "[0–9] 5-HT [A] the Act apple [E] émigré emu [Q] “quoted” [V] vitamin B6 vitamin B12 [Z] Zoo");
    // Swedish has letters of its own behind z; German has not.
    CHECK(outline(with_index({entry("öl"), entry("zon"), entry("oas")}, "sv").book) == "[O] oas [Z] zon [Ö] öl");
    CHECK(outline(with_index({entry("Öl"), entry("Zone"), entry("der Ohrwurm")}, "de").book) == "[O] der Ohrwurm Öl [Z] Zone");
}

TEST_CASE("an index has the letters of all alphabets that its entries are written in") {
    CHECK(outline(with_index({entry("α-agonist"), entry("sleep"), entry("сон")}).book) == "[S] sleep [Α] α-agonist [С] сон");
    CHECK(outline(with_index({entry("النوم"), entry("ألم"), entry("NHS")}, "ar").book) == "[ا] ألم [ن] النوم [N] NHS");
    CHECK(outline(with_index({entry("睡眠"), entry("ADHD")}, "zh").book) == "[A] ADHD [S] 睡眠");
}

TEST_CASE("what is spelled gives the entry; terms of the text that differ in capitals only are one") {
    CHECK(outline(with_index({mark("Sleep"), mark("sleep"), mark("SLEEP")}).book) == "[S] sleep");
    CHECK(outline(with_index({mark("sleep"), mark("x", {{"entry", "Sleep"}})}).book) == "[S] Sleep");
    CHECK(outline(with_index({entry("aids"), entry("AIDS")}).book) == "[A] aids AIDS");
    CHECK(outline(with_index({mark("zz", {{"sort", "aa"}}), entry("bb")}).book) == "[A] zz [B] bb");
    CHECK(outline(with_index({mark("sle\u00ADep")}).book) == "[S] sleep");
}

TEST_CASE("entries have levels, and one mark may serve several") {
    CHECK(outline(with_index({entry("medicines!stimulant"), entry("medicines!other!old; pills")}).book) ==
          "[M] medicines >other >>old >stimulant [P] pills");
    CHECK(outline(with_index({entry("yes!!; no;;yes")}).book) == "[N] no;yes [Y] yes!");
    std::string deep = "a";
    for (int i = 0; i < 5000; ++i) deep += "!a";
    CHECK(outline(with_index({entry(deep)}).book).size() < 30'000); // no level for each of them
}

TEST_CASE("see and see also lead to entries; one that is not there is named") {
    const Made made = with_index({entry("methylphenidate"), mark("MPH", {{"see", "Methylphenidate"}}),
                                  mark("methylphenidate", {{"see-also", "stimulants; sleep"}}), entry("stimulants")});
    CHECK(index_text(made.book) ==
          "IndexMmethylphenidate: Sleep; see also stimulants; sleepMPH, see MethylphenidateSstimulants: Sleep");
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == "assemble.index-see");
    const Book& book = made.book;
    std::size_t linked = 0;
    for (const Node& node : book.nodes)
        if (has_class(node, "index-reference") && node.target != no_node) {
            ++linked;
            CHECK(has_class(book.node(node.target), "index-entry"));
        }
    CHECK(linked == 2);
}

TEST_CASE("on a screen an entry leads to each section once; paper has all places") {
    Manuscript manuscript = book(
        {article("a.md", "First",
                 {heading(2, "One"), paragraph({mark("sleep"), mark("sleep")}), heading(2, "Two"), paragraph({mark("sleep")})}),
         article("b.md", "Second", {heading(2, "Three"), paragraph({mark("sleep")})})});
    manuscript.plan.index = true;
    Diagnostics diagnostics;
    const Book made = assemble(manuscript, edition(), {}, diagnostics);
    CHECK(index_text(made) == "IndexSsleep: First: One; First: Two; Second");
    CHECK(count_class(made, "index-locator") == 4);
    CHECK(made.contents.back().title == "Index");
    std::size_t for_paper = 0;
    for (std::uint32_t at = 0; at < made.nodes.size(); ++at) {
        for_paper += is_for_paper(made, NodeId{at}) ? 1 : 0;
        if (has_class(made.nodes[at], "index-locator")) {
            CHECK(has_class(made.node(made.nodes[at].target), "index"));
            CHECK_FALSE(made.node(made.nodes[at].target).info.id.empty());
        }
    }
    CHECK(for_paper == 1);
}

TEST_CASE("a range reaches from its block to the end of its last words, from a heading to the next of its rank") {
    const auto range = [](std::string name) { return mark_info({{"entry", std::move(name)}}, "index-range"); };
    List list{false, 1, true, {ListItem{{}, {}, {paragraph("item")}}, ListItem{{}, {}, {paragraph("last item")}}}};
    Manuscript manuscript = book({article("a.md", "First",
                                          {heading(2, "One", range("one")), paragraph("text"), heading(3, "Below"),
                                           Block{{}, list}, heading(2, "Two"), paragraph(words("of two"), range("two"))}),
                                  article("b.md", "Second", {paragraph("x")})});
    manuscript.plan.index = true;
    Diagnostics diagnostics;
    const Book made = assemble(manuscript, edition(), {}, diagnostics);
    std::vector<std::string> ends;
    for (const Node& node : made.nodes)
        if (has_class(node, "range-end")) ends.push_back(text_content(made, made.node(node.target).parent));
    CHECK(ends == std::vector<std::string>{"last item", "of two"});
}

TEST_CASE("marks that name nothing and an index without marks are told") {
    CHECK(with_index({mark(""), entry("x")}).diagnostics.all()[0].code == "assemble.index-without-words");
    const Made none = with_index(words("text"));
    CHECK(none.diagnostics.all()[0].code == "assemble.no-index-marks");
    CHECK(std::none_of(none.book.sections.begin(), none.book.sections.end(),
                       [](const BookSection& section) { return section.kind == SectionKind::index; }));
}

TEST_CASE("without the plan's word there is no index, and marks are plain phrases") {
    Manuscript manuscript = book({article("a.md", "First", {paragraph({mark("sleep")})}), article("b.md", "Second", {})});
    Diagnostics diagnostics;
    const Book made = assemble(manuscript, edition(), {}, diagnostics);
    CHECK(count_class(made, "index-locator") == 0);
    CHECK(count_class(made, "index") == 1);
}

TEST_CASE("what is deeper than six levels stands behind the sixth") {
    const Made made = with_index({entry("a!b!c!d!e!f!g!h")});
    const std::string text = text_content(made.book, index_of(made.book).root);
    CHECK(text.find("f, g, h") != std::string::npos);
}
