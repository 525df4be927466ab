#include "book_builder.h"

#include "assemble/builders.h"
#include "support/support.h"
#include "write/epub/write_epub.h"

#include <catch2/catch.hpp>

#include <pugixml.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

struct Written {
    Unpacked files;
    std::string archive, said;
};

EpubOptions plain_options() {
    EpubOptions options;
    options.css = "p { margin: 0 }\n";
    options.producer = "bifolio test";
    options.date = {2026, 9, 1};
    return options;
}

Written written(const Book& book, const EpubOptions& options = plain_options(), unsigned threads = 1) {
    Diagnostics diagnostics;
    const TaskPool pool(threads);
    Written out;
    out.archive = write_epub(book, options, pool, diagnostics).bytes;
    out.files = unpack(out.archive);
    out.said = said(diagnostics);
    for (const auto& [name, bytes] : out.files.entries)
        if (name.ends_with(".xhtml") || name.ends_with(".opf") || name.ends_with(".ncx") || name.ends_with(".xml")) {
            pugi::xml_document document;
            const pugi::xml_parse_result result = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_full);
            INFO(name << " at byte " << result.offset << ": " << result.description());
            CHECK(result);
        }
    return out;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }
#define CHECK_HAS(text, part)                                                                                                    \
    do {                                                                                                                         \
        INFO(text);                                                                                                              \
        CHECK(contains(text, part));                                                                                             \
    } while (false)

std::string text_of(const pugi::xml_node& node) {
    std::string out;
    for (const pugi::xml_node child : node.children()) {
        const std::string_view classes = child.attribute("class").value();
        if (classes == "noteref" || classes == "backlink" || classes == "note-number" || classes == "footnotes") continue;
        out += child.type() == pugi::node_pcdata ? child.value() : text_of(child);
    }
    return out;
}

// One article that shows what articles are made of.
Manuscript sample() {
    Table table;
    table.caption = words("Usual doses");
    table.columns = {{CellAlignment::unset, "40%"}, {CellAlignment::decimal, ""}};
    const auto cell = [](std::string plain, bool header) {
        TableCell made;
        made.header = header;
        made.body = {paragraph(std::move(plain))};
        return made;
    };
    table.head = TableRowGroup{{}, {TableRow{{}, {cell("Medicine", true), cell("mg", true)}}}};
    table.bodies = {TableRowGroup{{}, {TableRow{{}, {cell("Melatonin", true), cell("≤ 2.5", false)}}}}};
    const List inner{true, 3, true, {ListItem{{}, {}, {paragraph("tea")}}, ListItem{{}, {}, {paragraph("milk")}}}};
    const List list{
        false, 1, true, {ListItem{{}, {}, {paragraph("Drink"), Block{{}, inner}}}, ListItem{{}, true, {paragraph("Rest")}}}};
    DefinitionList definitions{{DefinitionItem{{}, {{{}, words("REM")}}, {{{}, {paragraph("Rapid eye movement.")}}}}}};
    NodeInfo wide;
    wide.attributes = {{"width", "60%"}};
    Figure figure{
        {paragraph({Inline{wide, Image{"../media/moon.png", "A moon over a house", false, ""}}})}, {}, words("The moon")};
    NodeInfo arabic;
    arabic.language = "ar";
    Article sleep =
        article("articles/sleep.md", "Sleep & pain",
                {paragraph({text("Most people sleep <badly> "), phrase(PhraseKind::emphasis, words("now")), text(" 😀."),
                            note("1", "At weekends, too."), text(" Again"), Inline{{}, NoteReference{"1"}}, text(".")}),
                 heading(2, "What helps"), Block{{}, list}, heading(3, "Light"),
                 paragraph({link_to("https://example.org/a b?x=1&y=2", words("Dim it"))}), heading(4, "Lamps"),
                 paragraph("Use one."), Block{{}, CallOut{CallOutKind::tip, {}, {paragraph("Draw the curtains.")}}},
                 Block{{}, CallOut{CallOutKind::warning, {}, {paragraph("Do not take more.")}}}, Block{id("doses"), table},
                 Block{{}, figure}, Block{{}, definitions}, Block{{}, CodeBlock{"txt", "a < b\n  && c\n"}},
                 paragraph(words("السلام عليكم"), arabic), Block{{}, ThematicBreak{}},
                 Block{{}, Quote{{paragraph("To sleep, perchance to dream.")}}}});
    sleep.front_matter.summary = named("Why nights are hard.");
    sleep.front_matter.subtitle = named("A guide");
    sleep.front_matter.authors = {named("jane-doe")};
    sleep.front_matter.reviewed = at(Date{2026, 8, 6});
    sleep.front_matter.references = {{id("nice"), words("NICE guideline NG59.")}};
    Article end =
        article("articles/end.md", "The end",
                {paragraph({text("See "), link_to("sleep.md#doses"), text(" and "), link_to("sleep.md", words("sleep"))})});
    Manuscript manuscript = book({sleep, end});
    manuscript.plan.contents[0].title = named("Nights");
    manuscript.plan.subtitle = "Patient guide";
    manuscript.plan.publisher = "Quiet Press";
    manuscript.plan.isbn = "978-1-4028-9462-6";
    manuscript.plan.date = Date{2026, 9, 1};
    manuscript.plan.rights = "© 2026 Quiet Press";
    manuscript.plan.keywords = {"sleep", "pain"};
    manuscript.plan.list_of_tables = true;
    manuscript.plan.contents_depth = 2;
    manuscript.plan.cover = named("media/cover.png");
    Person jane = person("jane-doe", "Jane Doe", "Jane writes about sleep.");
    jane.portrait = Portrait{named("media/jane.png"), "A woman at a desk", PortraitKind::photo};
    manuscript.people = {{"jane-doe", jane}};
    manuscript.notices = {{"general", notice("general", "This is no medical advice.", {NoticeRule::every_article})}};
    manuscript.glossary = {{"Zopiclone", "", "", {paragraph("A sleeping tablet.")}, {}}};
    for (const char* path : {"media/moon.png", "media/jane.png", "media/cover.png"})
        manuscript.resources[path] = {path, "image/png", std::make_shared<const std::string>(png_of_one_pixel())};
    return manuscript;
}

// Sections that need care, each made by the test that looks at it; EPUBCheck looks at all of them together.

void add_notes(BookBuilder& builder) {
    builder.section("notes", "One");
    builder.open(Element::p);
    builder.text("Once");
    const NodeId note = builder.note(1, "The note.", "fn-one");
    builder.text(" and again");
    builder.call_again(note);
    builder.close();
}

void add_odd_notes(BookBuilder& builder) {
    builder.section("odd-notes", "One");
    builder.open(Element::p);
    const NodeId link = builder.open(Element::a);
    builder.text("Linked");
    const NodeId outer = builder.open(Element::note);
    builder.open(Element::p);
    builder.text("Outer");
    builder.note(2, "Inner");
    builder.close();
    builder.open(Element::ul);
    builder.element(Element::li, "last");
    builder.close();
    builder.close();
    builder.node(outer).number = 1;
    builder.text(" words");
    builder.close();
    const NodeId bare = builder.open(Element::note);
    builder.text("Bare");
    builder.close();
    builder.node(bare).number = 3;
    builder.close();
    builder.node(link).target = builder.book.sections[0].root;
}

void add_links(BookBuilder& builder) {
    builder.section("links", "One");
    builder.open(Element::p);
    const NodeId outer = builder.open(Element::a);
    builder.node(outer).info.attributes = {{"href", "https://example.org/100%[1]#a#b"}};
    builder.text("outer ");
    const NodeId inner = builder.element(Element::a, "inner");
    builder.node(inner).info.attributes = {{"href", "https://example.org"}};
    builder.close();
    const NodeId bad = builder.element(Element::a, "bad");
    builder.node(bad).info.attributes = {{"href", "https://exa mple/"}};
    builder.close();
}

void add_odd_places(BookBuilder& builder) {
    builder.section("places", "One");
    builder.open(Element::dl); // a definition of nothing
    builder.element(Element::dd, "definition");
    builder.close();
    builder.open(Element::table);
    builder.open(Element::tbody);
    builder.open(Element::tr);
    builder.open(Element::th);
    builder.element(Element::h2, "in a cell");
    builder.close();
    builder.close();
    builder.close();
    builder.close();
    builder.open(Element::header);
    builder.element(Element::header, "within");
    builder.close();
    builder.element(Element::main, "main");
    builder.open(Element::p);
    builder.element(Element::time, "one day");
    builder.element(Element::bdo, "no direction");
    builder.element(Element::data, "no value");
    builder.close();
    const NodeId item_list = builder.open(Element::ol);
    builder.node(item_list).info.attributes = {
        {"start", "x"}, {"type", "a"}, {"onclick", "evil()"}, {"type", "i"}, {"dir", "up"}};
    builder.element(Element::li, "item");
    builder.close();
}

void add_lengths(BookBuilder& builder) {
    builder.section("lengths", "One");
    const ResourceId moon = builder.resource("media/Moon at night.png", png_of_one_pixel());
    builder.open(Element::p);
    builder.picture(moon, {{"width", "60%"}, {"height", "300"}, {"alt", "The moon"}});
    builder.picture(moon, {{"alt", ""}, {"role", "presentation"}});
    builder.close();
    builder.open(Element::table);
    builder.open(Element::colgroup);
    builder.leaf(Element::col, {{"width", "30%"}});
    builder.leaf(Element::col, {{"width", "javascript:"}});
    builder.close();
    builder.open(Element::tbody);
    builder.open(Element::tr);
    const NodeId head = builder.element(Element::th, "head");
    builder.node(head).info.attributes = {{"scope", "row"}, {"colspan", "2"}};
}

void add_ids(BookBuilder& builder) {
    builder.section("ids", "One");
    const NodeId odd = builder.element(Element::p, "odd", "1 & 2");
    const NodeId twin = builder.element(Element::p, "twin", "twin");
    const NodeId second = builder.element(Element::p, "second", "twin");
    const NodeId unnamed = builder.element(Element::p, "unnamed");
    builder.open(Element::p);
    for (const NodeId target : {odd, twin, second, unnamed}) builder.link("go", target);
    builder.close();
}

} // namespace

TEST_CASE("a book becomes the files of an EPUB") {
    const Written made = written(assembled(sample(), edition("ebook")));
    CHECK(made.said.empty());
    check_golden(source_dir() / "tests/golden/epub/book/expected.txt", made.files.dump());
}

TEST_CASE("EPUBCheck finds nothing to complain about") {
    CHECK(epubcheck(written(assembled(sample(), edition("ebook"))).archive) == "");
}

TEST_CASE("EPUBCheck finds nothing to complain about in odd content") {
    BookBuilder builder;
    add_notes(builder);
    add_odd_notes(builder);
    add_links(builder);
    add_odd_places(builder);
    add_lengths(builder);
    add_ids(builder);
    builder.section("part", "Part", SectionKind::part, Matter::body, Element::section);
    builder.section("front", "Front", SectionKind::foreword, Matter::front);
    builder.section("back", "Back", SectionKind::article, Matter::back);
    builder.section("index", "Index", SectionKind::index, Matter::back, Element::section);
    builder.section("loi", "Figures", SectionKind::list_of_figures, Matter::front, Element::nav);
    builder.book.metadata.contributors = {{"Jane Doe", "jane", "aut"}, {"Ann Poe", "", "rev"}, {"X", "", "odd role"}};
    builder.book.metadata.subtitle = "And more";
    builder.done();
    PageList pages{"urn:isbn:9781402894626", "print", builder.book.parts, {}};
    for (std::uint32_t i = 0; i < builder.book.nodes.size(); ++i)
        pages.pages.push_back(page_at(builder.book, std::to_string(i), NodeId{i}, i % 3));
    EpubOptions options = plain_options();
    options.page_list = &pages;
    CHECK(epubcheck(written(builder.book, options).archive) == "");
}

TEST_CASE("EPUBCheck finds nothing to complain about in an empty book and in one from right to left") {
    CHECK(epubcheck(written(BookBuilder().done()).archive) == "");
    BookBuilder builder("ar");
    builder.node(NodeId{0}).info.attributes = {{"dir", "rtl"}};
    builder.section("one", "النوم");
    builder.element(Element::p, "السلام عليكم");
    CHECK(epubcheck(written(builder.done()).archive) == "");
}

TEST_CASE("the mimetype comes first and is stored") {
    const std::string archive = written(BookBuilder().done()).archive;
    CHECK(archive.substr(30, 28) == "mimetypeapplication/epub+zip");
    CHECK(archive.substr(8, 2) == std::string_view("\0\0", 2)); // method: stored
}

TEST_CASE("the same book gives the same bytes on one thread and on four") {
    const Book book = assembled(sample(), edition("ebook"));
    CHECK(written(book).archive == written(book, plain_options(), 4).archive);
}

TEST_CASE("a book without sections is still a publication") {
    BookBuilder builder;
    const Written made = written(builder.done());
    CHECK(made.said.empty());
    CHECK_HAS(made.files["OEBPS/package.opf"], "<itemref idref=\"nav\"/>");
}

TEST_CASE("every word of the sections stands in the documents, in order") {
    const Book book = assembled(sample(), edition("ebook"));
    const Written made = written(book);
    for (const BookSection& section : book.sections) {
        if (section.kind == SectionKind::contents) continue;
        pugi::xml_document document;
        document.load_string(made.files["OEBPS/text/" + section.name + ".xhtml"].c_str(), pugi::parse_full);
        std::string wanted;
        for (std::uint32_t at = index(section.root); at < index(book.node(section.root).end); ++at) {
            if (book.nodes[at].element == Element::note)
                at = index(book.nodes[at].end) - 1;
            else if (book.nodes[at].element == Element::text)
                wanted += book.nodes[at].text;
        }
        const auto squeezed = [](std::string text) {
            std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
            return text;
        };
        CHECK(squeezed(text_of(document.child("html").child("body"))) == squeezed(wanted));
    }
}

TEST_CASE("a note stands at the end with a way back to every call") {
    BookBuilder builder;
    add_notes(builder);
    const Written made = written(builder.done());
    const std::string& text = made.files["OEBPS/text/notes.xhtml"];
    CHECK_HAS(
        text,
        "Once<a class=\"noteref\" id=\"fn-one-call\" href=\"#fn-one\" epub:type=\"noteref\" role=\"doc-noteref\">1</a> and again"
        "<a class=\"noteref\" id=\"fn-one-call-2\" href=\"#fn-one\" epub:type=\"noteref\" role=\"doc-noteref\">1</a></p>");
    CHECK_HAS(
        text,
        "<aside class=\"footnote\" id=\"fn-one\" epub:type=\"footnote\" role=\"doc-footnote\">\n"
        "<p><span class=\"note-number\">1.</span> The note. <a class=\"backlink\" href=\"#fn-one-call\" role=\"doc-backlink\">");
    CHECK_HAS(text, "href=\"#fn-one-call-2\" role=\"doc-backlink\">↩\uFE0E<sup>2</sup></a></p>\n</aside>");
}

TEST_CASE("a note within a note, in a link, or without a paragraph keeps its place") {
    BookBuilder builder;
    add_odd_notes(builder);
    const Written made = written(builder.done());
    const std::string& text = made.files["OEBPS/text/odd-notes.xhtml"];
    CHECK_HAS(text, "\">Linked words</a><a class=\"noteref\"");
    CHECK_HAS(text, "<li>last</li>\n</ul>\n<p class=\"backlinks\"> <a");
    CHECK_HAS(text, "Inner <a class=\"backlink\"");
    CHECK_HAS(text, "<p><span class=\"note-number\">3.</span> Bare <a");
}

TEST_CASE("a link within a link is but words, and an impossible address is told") {
    BookBuilder builder;
    add_links(builder);
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/links.xhtml"],
              "<a href=\"https://example.org/100%25%5B1%5D#a%23b\">outer <span>inner</span></a><span>bad</span>");
    CHECK(made.said ==
          "warning xhtml.unusable-address: ‘https://exa mple/’ is no web address\n  hint: only the link's words are shown\n");
}

TEST_CASE("characters that XML forbids are left out and told, all others stay") {
    BookBuilder builder;
    builder.section("one", "One");
    builder.element(Element::p, "a\x01"
                                "b\x0B"
                                "c \uFFFE d😀é\u00A0\u200F<&>\"");
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "<p>abc  d😀é\u00A0\u200F&lt;&amp;&gt;\"</p>");
    CHECK(made.said == "warning xhtml.control-character: 3 control characters are left out\n");
}

TEST_CASE("a right-to-left book turns its pages to the right") {
    BookBuilder builder("ar");
    builder.node(NodeId{0}).info.attributes = {{"dir", "rtl"}};
    builder.section("one", "النوم");
    builder.element(Element::p, "السلام عليكم");
    const NodeId english = builder.element(Element::p, "Call 111.");
    builder.node(english).info.language = "en-GB";
    builder.node(english).info.attributes = {{"dir", "ltr"}};
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/package.opf"], "page-progression-direction=\"rtl\"");
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\">");
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "<p lang=\"en-GB\" xml:lang=\"en-GB\" dir=\"ltr\">Call 111.</p>");
    CHECK_HAS(made.files["OEBPS/nav.xhtml"], "dir=\"rtl\"");
}

TEST_CASE("what can be no language is not written as one") {
    BookBuilder builder;
    builder.section("one", "One");
    builder.node(builder.element(Element::pre, "f()")).info.language = "js";
    builder.node(builder.element(Element::p, "Guten Tag")).info.language = "de";
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "<pre>f()</pre>");
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "<p lang=\"de\" xml:lang=\"de\">Guten Tag</p>");
}

TEST_CASE("what HTML does not allow in its place is given another name") {
    BookBuilder builder;
    add_odd_places(builder);
    const Written made = written(builder.done());
    const std::string& text = made.files["OEBPS/text/places.xhtml"];
    CHECK_HAS(text, "<div class=\"dl\"><div class=\"dd\">definition</div>");
    CHECK_HAS(text, "<th class=\"word-5\"><div class=\"h2\">in a cell</div>");
    CHECK_HAS(text, "<header><div class=\"header\">within</div>");
    CHECK_HAS(text, "<div class=\"main\">main</div>");
    CHECK_HAS(text, "<p><span>one day</span><span>no direction</span><span>no value</span></p>");
    CHECK_HAS(text, "<ol type=\"a\"><li>item</li>");
}

TEST_CASE("a ruby without bases, readings or both parentheses is but its words; so is a part that stands alone") {
    BookBuilder builder;
    const auto ruby = [&](std::initializer_list<std::pair<Element, const char*>> parts) {
        builder.open(Element::ruby);
        for (const auto& [element, words] : parts)
            if (element == Element::text)
                builder.text(words);
            else
                builder.element(element, words);
        builder.close();
    };
    constexpr Element text = Element::text, rt = Element::rt, rp = Element::rp, span = Element::span;
    builder.section("ruby", "Ruby");
    builder.open(Element::h2);
    builder.book.contents.push_back({builder.element(Element::span, ""), 2, "", 0});
    builder.book.contents.back().target = builder.book.node(builder.book.contents.back().target).parent;
    ruby({{rt, "alone"}});
    builder.element(Element::i, "");
    builder.close();
    builder.open(Element::p);
    ruby({{text, "A"}, {rt, "a"}});
    ruby({{text, "B"}, {rp, "("}, {rt, "b"}, {rp, ")"}, {span, "C"}, {rt, "c"}});
    ruby({{text, "D"}});
    ruby({{rt, "e"}});
    ruby({{text, "F"}, {rp, "("}, {rt, "f"}});
    ruby({{text, "G"}, {rt, "g"}, {text, "H"}});
    builder.element(rt, "i");
    builder.close();
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/ruby.xhtml"],
              "<ruby>A<rt>a</rt></ruby><ruby>B<rp>(</rp><rt>b</rt><rp>)</rp><span>C</span><rt>c</rt></ruby>"
              "<span>D</span><span><span>e</span></span><span>F<span>(</span><span>f</span></span>"
              "<span>G<span>g</span>H</span><span>i</span>");
    CHECK_HAS(made.files["OEBPS/nav.xhtml"], ">alone</a>");
    CHECK(epubcheck(made.archive) == "");
}

TEST_CASE("a link to a short message is but words in an e-book, and a quotation's source is named by a safe address only") {
    BookBuilder builder;
    builder.section("links", "Links");
    builder.open(Element::p);
    builder.node(builder.element(Element::a, "text us")).info.attributes = {{"href", "sms:12345"}};
    builder.node(builder.element(Element::q, "one")).info.attributes = {{"cite", "http://example.org/"}};
    builder.node(builder.element(Element::q, "two")).info.attributes = {{"cite", "https://example.org/"}};
    builder.close();
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/links.xhtml"],
              "<p><span>text us</span><q>one</q><q cite=\"https://example.org/\">two</q></p>");
    CHECK_HAS(made.said, "unusable-address");
}

TEST_CASE("lengths become styles, and cells keep what makes a table readable") {
    BookBuilder builder;
    add_lengths(builder);
    const Written made = written(builder.done());
    const std::string& text = made.files["OEBPS/text/lengths.xhtml"];
    CHECK_HAS(text, "<img src=\"../images/moon-at-night.png\" alt=\"The moon\" style=\"width: 60%; height: 300px\"/>"
                    "<img src=\"../images/moon-at-night.png\" alt=\"\" role=\"presentation\"/>");
    CHECK_HAS(text, "<col style=\"width: 30%\"/>\n<col/>\n");
    CHECK_HAS(text, "<th scope=\"row\" colspan=\"2\">head</th>");
}

TEST_CASE("a header cell without words is an ordinary cell, and a table says when it is too wide for a telephone") {
    BookBuilder builder;
    builder.section("tables", "Tables");
    const auto table = [&](const std::vector<std::string>& words) {
        builder.open(Element::table);
        builder.open(Element::tbody);
        builder.open(Element::tr);
        for (const std::string& word : words) {
            const NodeId cell = builder.element(Element::th, word);
            builder.node(cell).info.attributes = {{"scope", "col"}, {"colspan", "1"}};
        }
        builder.close();
        builder.close();
        builder.close();
    };
    table({"", "small"});
    table({"Side effect", "Stimulants", "Atomoxetine", "Guanfacine"});
    table({"Lisdexamfetamine", "Methylphenidate", "Dexamfetamine", "Atomoxetine"});
    const std::string text = written(builder.done()).files["OEBPS/text/tables.xhtml"];
    CHECK_HAS(text, "<table><tbody><tr><td colspan=\"1\"></td>\n<th class=\"word-6\" scope=\"col\" colspan=\"1\">small</th>");
    CHECK_HAS(text, "<table class=\"wide\"><tbody><tr><th class=\"word-6\" scope=\"col\" colspan=\"1\">Side effect</th>");
    CHECK_HAS(text, "<th class=\"word-13\" scope=\"col\" colspan=\"1\">Atomoxetine</th>");
    CHECK_HAS(text, "<table class=\"very-wide\"><tbody><tr><th scope=\"col\" colspan=\"1\">Lisdexamfetamine</th>");
}

TEST_CASE("a column's room is that of its widest word as it is drawn") {
    BookBuilder builder;
    builder.section("tables", "Tables");
    builder.open(Element::table);
    builder.open(Element::tbody);
    builder.open(Element::tr);
    for (const char* words : {"little", "hammer", "1.5\u00A0mg a\u00ADb", "日本語で"}) builder.element(Element::td, words);
    builder.open(Element::td);
    builder.element(Element::strong, "hammer");
    builder.close();
    builder.close();
    builder.close();
    builder.close();
    const std::string text = written(builder.done()).files["OEBPS/text/tables.xhtml"];
    CHECK_HAS(text, "<td class=\"word-5\">little</td>");
    CHECK_HAS(text, "<td class=\"word-8\">hammer</td>");
    CHECK_HAS(text, "<td class=\"word-7\">1.5");
    CHECK_HAS(text, "<td>日本"); // a line may end between any two
    CHECK_HAS(text, "<td class=\"word-9\"><strong>hammer");
}

TEST_CASE("a long description is closed until it is asked for, and its picture points to it") {
    BookBuilder builder;
    const ResourceId moon = builder.resource("media/moon.png", png_of_one_pixel());
    const ResourceId drawn = builder.resource("media/drawn.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
                                                                 "<title>A moon</title><desc>Round.</desc><rect width=\"9\" "
                                                                 "height=\"9\"/></svg>");
    builder.section("one", "One");
    builder.open(Element::figure);
    const NodeId picture = builder.picture(moon, {{"alt", "The moon"}});
    builder.picture(drawn, {{"alt", "The moon, drawn"}});
    builder.close();
    const NodeId description = builder.open(Element::div);
    builder.node(description).info.classes = {"description"};
    builder.node(description).info.id = "one-moon-at-length";
    const NodeId title = builder.element(Element::p, "Description: Figure 1");
    builder.node(title).info.classes = {"description-title"};
    builder.element(Element::p, "Round and white.");
    builder.close();
    builder.node(picture).target = description;
    Written made = written(builder.done());
    const std::string text = made.files["OEBPS/text/one.xhtml"];
    CHECK_HAS(text, "alt=\"The moon\" aria-details=\"one-moon-at-length\"");
    CHECK_HAS(text, "<details class=\"description\" id=\"one-moon-at-length\"");
    CHECK_HAS(text, "<summary class=\"description-title\">Description: Figure 1</summary>");
    CHECK(text.find("<p>Round and white.</p>") < text.find("</details>"));
    for (const auto& [name, bytes] : made.files.entries)
        if (name.ends_with(".svg")) {
            CHECK_HAS(bytes, "<title>A moon</title>");
            CHECK_HAS(bytes, "<desc>Round.</desc>");
        }
}

TEST_CASE("a damaged picture is an error, and its words take its place") {
    BookBuilder builder;
    const ResourceId bad = builder.resource("media/bad.png", png_of_one_pixel().substr(0, 50));
    const ResourceId scripted = builder.resource(
        "media/evil.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><script>x()</script></svg>");
    builder.section("one", "One");
    builder.open(Element::p);
    builder.picture(bad, {{"alt", "A dose of 5 mg"}});
    builder.picture(scripted, {});
    const Written made = written(builder.done());
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"],
              "<span class=\"missing-picture\">A dose of 5 mg</span><span class=\"missing-picture\">media/evil.svg</span>");
    CHECK_HAS(made.said, "error xhtml.unreadable-picture: the picture ‘media/bad.png’ cannot be shown: ");
    CHECK_HAS(made.said, "error xhtml.unusable-svg: the drawing ‘media/evil.svg’ cannot stand in an e-book or on the web: ");
    CHECK_FALSE(made.files.has("OEBPS/images/bad.png"));
}

TEST_CASE("the pages of the print edition are found again") {
    BookBuilder builder;
    builder.section("one", "One");
    builder.open(Element::p);
    const NodeId text = builder.text("It was dark ü and late.");
    builder.close();
    builder.section("two", "Two");
    builder.element(Element::p, "Then the sun rose.");
    builder.open(Element::p);
    builder.open(Element::em);
    builder.open(Element::a);
    const NodeId linked = builder.text("Back");
    builder.close();
    builder.text(" to bed.");
    builder.close();
    builder.close();
    const NodeId title{index(builder.book.sections[1].heading) + 1};
    builder.done();
    PageList pages{"urn:isbn:9781402894626", "print", builder.book.parts, {}};
    const auto page = [&](std::string label, NodeId node, std::uint32_t offset) {
        pages.pages.push_back(page_at(builder.book, std::move(label), node, offset));
    };
    page("ix", text, 0);
    page("10", text, 13); // within “ü”
    page("11", title, 0);
    page("14", linked, 0);
    pages.parts.push_back("articles/unknown.md");
    pages.pages.push_back({"12", false, {{1, 1, 0, 0}}});
    pages.pages.push_back({"13", true, {}});
    EpubOptions options = plain_options();
    options.page_list = &pages;
    const Written made = written(builder.book, options);
    const auto mark = [](const std::string& label) {
        return "<span class=\"page-break\" id=\"page-" + label +
               "\" epub:type=\"pagebreak\" role=\"doc-pagebreak\" aria-label=\"" + label + "\"></span>";
    };
    CHECK_HAS(made.files["OEBPS/text/one.xhtml"], "<p>" + mark("ix") + "It was dark " + mark("10") + "ü and late.</p>");
    CHECK_HAS(made.files["OEBPS/text/two.xhtml"], mark("11") + "<h1"); // before the heading, not in its name
    CHECK_HAS(made.files["OEBPS/text/two.xhtml"], "<p>" + mark("14") + "<em><"); // nor in a link's
    CHECK_HAS(made.files["OEBPS/nav.xhtml"], "<li><a href=\"text/one.xhtml#page-ix\">ix</a></li>");
    CHECK_HAS(made.files["OEBPS/toc.ncx"], "<pageTarget id=\"target-2\" type=\"normal\" value=\"10\"");
    CHECK_HAS(made.files["OEBPS/package.opf"], "<meta property=\"pageBreakSource\">urn:isbn:9781402894626</meta>");
    CHECK_HAS(made.files["OEBPS/package.opf"], "accessibilityFeature\">pageBreakMarkers<");
    CHECK_FALSE(contains(made.files["OEBPS/nav.xhtml"], ">12<"));
}

TEST_CASE("pages that begin in the contents begin at their entries, and what this edition lacks is told") {
    BookBuilder builder;
    builder.section("contents", "Contents");
    builder.open(Element::p);
    const NodeId title{index(builder.book.sections[0].heading) + 1};
    const NodeId link = builder.link("Two", no_node);
    builder.close();
    builder.section("one", "One");
    const NodeId words = builder.element(Element::p, "It was dark.");
    builder.section("two", "Two");
    const NodeId two = builder.book.sections[2].heading;
    builder.done();
    builder.book.sections[0].kind = SectionKind::contents;
    builder.node(link).target = two;
    PageList pages{"a printed book", "print", builder.book.parts, {}};
    pages.pages.push_back(page_at(builder.book, "iii", title));
    pages.pages.push_back(page_at(builder.book, "iv", two));
    pages.pages.back().places[0].of_contents = true;
    pages.pages.push_back({"v", true, {}});
    pages.pages.push_back({"6", false, {}});
    pages.pages.push_back(page_at(builder.book, "7", NodeId{index(words) + 1}));
    pages.pages.back().places.insert(pages.pages.back().places.begin(), {0, 4000, 0, 0}); // it lacks what comes first
    pages.pages.push_back(page_at(builder.book, "8", NodeId{index(words) + 1}));
    pages.pages.back().places[0] = {0, 4000, 0, fingerprint("One")}; // the heading's words, at another place
    pages.pages.push_back(page_at(builder.book, "9", NodeId{index(words) + 1}));
    pages.pages.back().places[0].text = 1; // another text stands at that place
    EpubOptions options = plain_options();
    options.page_list = &pages;
    Diagnostics diagnostics;
    const WrittenEpub made = write_epub(builder.book, options, TaskPool(1), diagnostics);
    const Unpacked files = unpack(made.bytes);
    CHECK_HAS(files["OEBPS/nav.xhtml"], "aria-label=\"iii\"></span><nav epub:type=\"toc\"");
    CHECK_HAS(files["OEBPS/nav.xhtml"],
              "href=\"text/two.xhtml\"><span class=\"page-break\" id=\"page-iv\" epub:type=\"pagebreak\" "
              "role=\"doc-pagebreak\" aria-label=\"iv\"></span>Two</a>");
    for (const char* address :
         {"nav.xhtml#page-iii\">iii<", "nav.xhtml#page-iv\">iv<", "text/one.xhtml#page-7\">7<", "text/one.xhtml#page-8\">8<"})
        CHECK_HAS(files["OEBPS/nav.xhtml"], address);
    std::string missing;
    for (const PageWithoutPlace& page : made.pages_without_place) missing += page.label + ": " + page.why + "\n";
    CHECK(missing == "v: blank\n6: nothing of the text stands on it\n9: this edition has none of its text\n");
    CHECK(epubcheck(made.bytes) == "");
}

TEST_CASE("the navigation nests by depth and goes down to h3") {
    BookBuilder builder;
    builder.section("part", "Part", SectionKind::part, Matter::body, Element::section);
    builder.section("one", "One");
    builder.book.contents.back().depth = 2;
    builder.heading(2, "Second", 3);
    builder.heading(3, "Third", 4);
    builder.heading(4, "Fourth", 5);
    builder.heading(2, "Again", 3);
    const Written made = written(builder.done());
    const std::string& nav = made.files["OEBPS/nav.xhtml"];
    CHECK_HAS(nav,
              "<li class=\"contents-entry depth-1 part\"><a class=\"contents-link\" href=\"text/part.xhtml\">Part</a>\n"
              "<ol class=\"contents-list\">\n<li class=\"contents-entry depth-2 article\"><a class=\"contents-link\" "
              "href=\"text/one.xhtml\">One</a>\n<ol class=\"contents-list\">\n<li class=\"contents-entry depth-3 heading\"><a");
    CHECK_HAS(nav, "\">Third</a></li>\n</ol>\n</li>\n<li class=");
    CHECK_FALSE(contains(nav, "Fourth"));
    CHECK_HAS(made.files["OEBPS/toc.ncx"], "<meta name=\"dtb:depth\" content=\"4\"/>");
    CHECK_FALSE(contains(made.files["OEBPS/package.opf"], "<itemref idref=\"nav\"/>")); // no contents section, no page for it
}

TEST_CASE("ids that XML does not know are replaced, and links follow") {
    BookBuilder builder;
    add_ids(builder);
    const Written made = written(builder.done());
    const std::string& text = made.files["OEBPS/text/ids.xhtml"];
    CHECK_HAS(text, "<p id=\"twin-2\">second</p>");
    CHECK_HAS(text, "<a href=\"#twin\">go</a><a href=\"#twin-2\">go</a>");
}

TEST_CASE("contributors are named with their roles, in order") {
    BookBuilder builder;
    builder.book.metadata.contributors = {
        {"Jane Doe", "jane", "aut"}, {"John Roe", "", "aut"}, {"Ann Poe", "", "rev"}, {"X", "", "odd role"}};
    builder.book.metadata.subtitle = "And more";
    builder.section("one", "One");
    const Written made = written(builder.done());
    const std::string& package = made.files["OEBPS/package.opf"];
    CHECK_HAS(package, "<dc:creator id=\"creator-2\">John Roe</dc:creator>\n<meta refines=\"#creator-2\" property=\"role\" "
                       "scheme=\"marc:relators\">aut</meta>\n<meta refines=\"#creator-2\" property=\"display-seq\">2</meta>");
    CHECK_HAS(package,
              "<dc:contributor id=\"contributor-1\">Ann Poe</dc:contributor>\n<meta refines=\"#contributor-1\" property=\"role\" "
              "scheme=\"marc:relators\">rev</meta>");
    CHECK_HAS(package, "<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>");
}
