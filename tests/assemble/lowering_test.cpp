#include "builders.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Book with_body(Blocks body) { return assembled(book({article("a.md", "A", std::move(body))}), edition()); }

std::string headings(const Book& book) {
    std::string out;
    for (const Node& node : book.nodes)
        if (heading_level(node.element) && node.info.classes.empty() && node.info.id.starts_with("a-"))
            out += std::string(name(node.element)) + " ";
    return out;
}

TableCell cell(std::string words, int columns = 1, int rows = 1, bool header = false) {
    TableCell cell;
    cell.column_span = columns;
    cell.row_span = rows;
    cell.header = header;
    cell.body = {paragraph(std::move(words))};
    return cell;
}

} // namespace

TEST_CASE("an article's headings begin at h2, whatever level the author began with") {
    CHECK(headings(with_body({heading(1, "a"), heading(2, "b"), heading(1, "c")})) == "h2 h3 h2 ");
    CHECK(headings(with_body({heading(2, "a"), heading(3, "b"), heading(2, "c")})) == "h2 h3 h2 ");
    CHECK(headings(with_body({heading(1, "1"), heading(2, "2"), heading(3, "3"), heading(4, "4"), heading(5, "5"),
                              heading(6, "6")})) == "h2 h3 h4 h5 h6 h6 ");
}
TEST_CASE("a heading without words heads nothing, so that none skips a level behind it") {
    for (const char* words : {"", " ", "\u200B", "\u00AD\u2060", "\u00A0"}) {
        Diagnostics diagnostics;
        const Manuscript manuscript =
            book({article("a.md", "A", {heading(1, "a"), heading(2, words), heading(3, "c"), heading(2, "d")})});
        CHECK(headings(assemble(manuscript, edition(), {}, diagnostics)) == "h2 h3 h3 ");
    }
}
TEST_CASE("a skipped level is closed up, with a warning at the heading") {
    Manuscript manuscript = book({article("a.md", "A", {heading(2, "a"), heading(4, "b"), heading(3, "c"), heading(5, "d")})});
    Diagnostics diagnostics;
    const Book made = assemble(manuscript, edition(), {}, diagnostics);
    CHECK(headings(made) == "h2 h3 h3 h4 ");
    CHECK(said(diagnostics) == "warning assemble.skipped-heading: a heading of level 4 follows one of level 2\n"
                               "  hint: write it as level 3; the book shows it so\n"
                               "warning assemble.skipped-heading: a heading of level 5 follows one of level 3\n"
                               "  hint: write it as level 4; the book shows it so\n");
}
TEST_CASE("a heading in a box or a quotation is in no contents, and leaves no gap in them") {
    const Book made =
        with_body({heading(2, "in"), Block{{}, Quote{{heading(3, "quoted")}}},
                   Block{{}, CallOut{CallOutKind::tip, {}, {heading(3, "tip")}}}, division("box", {heading(3, "division")})});
    std::string titles;
    for (const ContentsEntry& entry : made.contents) titles += std::to_string(entry.depth) + entry.title + " ";
    CHECK(titles == "1A 2in 3division ");
}
TEST_CASE("a heading in a note or a header cell heads nothing that follows it") {
    Table table;
    table.bodies = {{{}, {{{}, {TableCell{{}, 1, 1, true, CellAlignment::unset, {heading(3, "cell")}}}}}}};
    const Book made = with_body({heading(2, "first"), Block{{}, Paragraph{{Inline{{}, Note{"n", {heading(4, "note")}}}}}},
                                 Block{{}, std::move(table)}, heading(3, "second")});
    std::string headings;
    for (const Node& node : made.nodes)
        if (heading_level(node.element)) headings += std::string(name(node.element)) + " ";
    CHECK(headings == "h1 h1 h1 h2 h3 "); // the first three are titles
    CHECK(dump(made).find("p.heading") != std::string::npos);
}

TEST_CASE("a heading in the contents keeps its phrases and loses its notes and links") {
    const Book made = with_body({Block{{},
                                       Heading{2,
                                               {text("H"), phrase(PhraseKind::subscript, words("2")), text("O"),
                                                note("n", "Water."), link_to("https://x.org", words(" here"))}}}});
    const NodeId contents = first(made, "contents");
    CHECK(text_content(made, contents) == "ContentsAH2O here");
    std::size_t subscripts = 0;
    for (std::uint32_t i = index(contents); i < index(made.node(contents).end); ++i)
        subscripts += made.nodes[i].element == Element::sub;
    CHECK(subscripts == 1);
    CHECK(made.contents[1].title == "H2O here");
}
TEST_CASE("a column's alignment reaches its cells, past cells that span") {
    Table table;
    table.columns = {{CellAlignment::left, ""}, {CellAlignment::right, ""}, {CellAlignment::centre, ""}};
    table.bodies = {
        TableRowGroup{{}, {TableRow{{}, {cell("a", 1, 2, true), cell("b", 2, 1)}}, TableRow{{}, {cell("c"), cell("d")}}}}};
    const Book made = with_body({Block{{}, table}});
    std::string out;
    for (std::uint32_t i = 0; i < made.nodes.size(); ++i) {
        const Node& node = made.nodes[i];
        if (node.element != Element::td && node.element != Element::th) continue;
        out += text_content(made, NodeId{i}) + ":" + node.info.classes.at(0);
        for (const Attribute& one : node.info.attributes) out += "," + one.name + "=" + one.value;
        out += " ";
    }
    CHECK(out == "a:align-left,rowspan=2,scope=rowgroup b:align-right,colspan=2 c:align-right d:align-centre ");
}
TEST_CASE("cells that are first or last in their row beside one from above are told from those at the table's edge") {
    Table table;
    table.bodies = {TableRowGroup{{},
                                  {TableRow{{}, {cell("a", 1, 2), cell("b"), cell("c", 1, 2)}}, TableRow{{}, {cell("d")}},
                                   TableRow{{}, {cell("e"), cell("f"), cell("g")}}}}};
    const Book made = with_body({Block{{}, table}});
    std::string out;
    for (std::uint32_t i = 0; i < made.nodes.size(); ++i) {
        if (made.nodes[i].element != Element::td) continue;
        out += text_content(made, NodeId{i});
        for (const std::string& one : made.nodes[i].info.classes) out += "." + one;
        out += " ";
    }
    CHECK(out == "a b c d.inner-start.inner-end e f g ");
}
TEST_CASE("tables and figures are numbered through the book, and a label that the author wrote is kept alone") {
    const auto captioned = [](std::string caption) {
        Table table;
        table.caption = words(std::move(caption));
        return Block{{}, table};
    };
    const Book made = assembled(
        book({article("a.md", "A", {captioned("One"), captioned("Table 7: Seven")}), article("b.md", "B", {captioned("Two")})}),
        edition());
    std::string captions;
    for (std::uint32_t i = 0; i < made.nodes.size(); ++i)
        if (made.nodes[i].element == Element::caption) captions += text_content(made, NodeId{i}) + "|";
    CHECK(captions == "Table 1. One|Table 7: Seven|Table 2. Two|");
}
TEST_CASE("a figure that holds a table is a table") {
    Table table;
    const Book made = with_body({Block{{}, Figure{{Block{{}, table}}, {}, words("Doses")}}});
    CHECK(words_of(made, "table-figure") == "Table 1. Doses");
}
TEST_CASE("a call-out's word is in the language of the text round it") {
    const Book made = with_body(
        {Block{{}, CallOut{CallOutKind::dose, {}, {paragraph("x")}}}, Block{{}, CallOut{CallOutKind::dose, words("Own"), {}}}});
    CHECK(words_of(made, "call-out-title") == "Dose");
    NodeInfo welsh;
    welsh.language = "cy";
    CHECK(words_of(with_body({Block{welsh, CallOut{CallOutKind::warning, {}, {}}}}), "call-out-title") == "Rhybudd");
}
TEST_CASE("a task without a paragraph still has its mark") {
    const Book made = with_body({Block{{}, List{false, 1, true, {ListItem{{}, false, {}}}}}});
    CHECK(words_of(made, "task") == "☐ ");
}
TEST_CASE("a language changes the direction where it must, and only there") {
    Article urdu = article("ur.md", "نیند", {paragraph("متن")});
    urdu.front_matter.language = named("ur");
    Manuscript manuscript = book({article("a.md", "A", {paragraph("x")}), urdu});
    const Book made = assembled(manuscript, edition());
    CHECK(attribute(made.nodes[0], "dir") == nullptr);
    const Node& root = made.node(with_id(made, "ur"));
    CHECK(root.info.language == "ur");
    REQUIRE(attribute(root, "dir"));
    CHECK(*attribute(root, "dir") == "rtl");
    const Book leaflet = assembled(manuscript, edition(), {1, nullptr});
    CHECK(*attribute(leaflet.nodes[0], "dir") == "rtl");
    CHECK(leaflet.metadata.language == "ur");
    CHECK(leaflet.node(leaflet.sections[0].root).info.language.empty());
}
TEST_CASE("a bio in an article of another language says its language") {
    Article urdu = article("ur.md", "نیند", {paragraph("متن")});
    urdu.front_matter.language = named("ur");
    urdu.front_matter.authors = {named("jane")};
    Manuscript manuscript = book({urdu});
    manuscript.people["jane"] = person("jane", "Jane", "Writes.");
    Edition inside = edition();
    inside.bios = BioPlace::article;
    const Book made = assembled(manuscript, inside);
    const Node& bio = made.node(first(made, "bio"));
    CHECK(bio.info.language == "en");
    CHECK(*attribute(bio, "dir") == "ltr");
    CHECK(words_of(made, "generated-heading") == "مصنف کے بارے میں");
}
TEST_CASE("a picture that is not there leaves its words in its place") {
    const Book made = with_body({paragraph({image("gone.png", "A chart"), image("gone.png", "")})});
    CHECK(words_of(made, "missing-picture") == "A chart");
    CHECK(text_content(made, NodeId{0}).find("A chartgone.png") != std::string::npos);
}
TEST_CASE("a picture with words, a decorative one and one that nobody described are told apart") {
    Manuscript manuscript = book(
        {article("x/a.md", "A", {paragraph({image("p.png", "Words"), {{}, Image{"p.png", "", true, ""}}, image("p.png", "")})})});
    manuscript.resources["x/p.png"] = picture("x/p.png");
    const Book made = assembled(manuscript, edition());
    std::string out;
    for (const Node& node : made.nodes)
        if (node.element == Element::img) out += attribute(node, "alt") ? "“" + *attribute(node, "alt") + "” " : "none ";
    CHECK(out == "“Words” “” none ");
    CHECK(made.resources.size() == 1);
}
TEST_CASE("a web address reads from left to right among words that read the other way") {
    const Blocks links{
        Block{{}, Paragraph{{link_to("https://x.org/a/", words("x.org/a/")), link_to("https://x.org/b/", words("b"))}}}};
    const auto addresses = [&](std::string language) {
        Manuscript manuscript = book({article("a.md", "A", links)});
        manuscript.plan.language = std::move(language);
        std::string found;
        const Book made = assembled(manuscript, edition());
        for (const Node& node : made.nodes)
            if (const std::string* direction = attribute(node, "dir"); direction && node.element == Element::a)
                found += *attribute(node, "href") + " " + *direction + "; ";
        return found;
    };
    CHECK(addresses("ar") ==
          "https://x.org/a/ ltr; https://x.org/b/ ltr; "); // the second: the note with the address, not its words
    CHECK(addresses("en").empty());
}
