// The proof of e-books and web editions: a book passes as it was written, and whatever is done to one character, word, note,
// cell, picture or document of the file is found.
#include "proof/prove.h"

#include "io/zip_archive.h"
#include "write/epub/book_builder.h"
#include "write/epub/write_epub.h"
#include "write/html/write_html.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

using Random = std::mt19937; // its numbers are the same everywhere; distributions' are not

const Book& sample() {
    static const Book book = [] {
        BookBuilder made;
        const ResourceId picture = made.resource("media/dot.png", png_of_one_pixel());
        const ResourceId damaged = made.resource("media/damaged.png", "no picture");
        made.section("contents", "Contents", SectionKind::contents, Matter::front);
        made.element(Element::p, "Only paper shows these lines");
        made.section("sleep", "Sleep & rest");
        made.open(Element::p);
        made.text("Take it in the\nmorning");
        const NodeId first = made.note(1, "Unless your doctor says <otherwise>.", "first");
        made.text(", not at night: ");
        made.element(Element::em, "5 mg");
        made.text(" once.");
        made.leaf(Element::br);
        made.text("Ask a pharmacist.");
        made.call_again(first);
        made.close();
        made.open(Element::p);
        made.open(Element::a);
        made.node(NodeId{static_cast<std::uint32_t>(made.book.nodes.size() - 1)}).info.attributes = {
            {"href", "https://example.org/"}};
        made.text("A link");
        made.note(2, "Called within a link.");
        made.text(" goes on");
        made.close();
        made.open(Element::note, "web-address");
        made.element(Element::p, "https://example.org/");
        made.close();
        made.text(" and ends.");
        made.close();
        made.open(Element::p);
        made.picture(picture, {{"alt", "A dot"}});
        made.picture(damaged, {{"alt", "A picture that is damaged"}});
        made.picture(picture, {{"alt", ""}});
        made.close();
        made.section("doses", "Doses");
        made.open(Element::table);
        made.open(Element::tbody);
        for (const auto* row : {"child 2.5", "adult 10", "older 5"}) {
            made.open(Element::tr);
            made.element(Element::th, std::string(row).substr(0, 5));
            made.element(Element::td, std::string(row).substr(6));
            made.close();
        }
        made.close();
        made.close();
        made.heading(2, "日本語と עברית", 2);
        made.open(Element::p);
        made.text("これは\n文です。");
        made.open(Element::ruby);
        made.text("漢");
        made.element(Element::rt, "かん");
        made.close();
        made.text(" שלום (5) עולם");
        made.close();
        made.open(Element::pre);
        made.element(Element::code, "if x:\n    y\n\n  z");
        made.close();
        made.open(Element::dl);
        made.element(Element::dd, "A definition without its term");
        made.close();
        made.section("help", "Getting help");
        made.element(Element::p, "Call 111 day or night.");
        made.open(Element::ol);
        made.node(NodeId{static_cast<std::uint32_t>(made.book.nodes.size() - 1)}).info.attributes = {{"start", "3"}};
        made.element(Element::li, "Say who you are.");
        made.close();
        made.open(Element::p);
        made.text("First read ");
        made.link("the doses", first);
        made.text(".");
        made.close();
        return made.done();
    }();
    return book;
}

const TaskPool& pool() {
    static const TaskPool one(1);
    return one;
}

Unpacked files_of(const Book& book) {
    Diagnostics of_writer;
    return unpack(write_epub(book, {}, pool(), of_writer).bytes);
}

ScreenParts parts_of(const Book& book) {
    Diagnostics of_writer;
    WrittenEpub written = write_epub(book, {}, pool(), of_writer);
    return {"", written.marks, written.picture_digests, written.files};
}

std::string proven(const Book& book, const Unpacked& files) {
    std::vector<ZipEntry> entries;
    for (const auto& [name, bytes] : files.entries) entries.push_back(stored_entry(name, bytes));
    const EpubPublication file(EpubContainer::of_archive(write_zip(entries), pool()), pool());
    Diagnostics diagnostics;
    prove_documents("small-book.epub", book, expected_epub(book, most_document_bytes, parts_of(book)), found_epub(file, pool()),
                    diagnostics);
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) out += std::string(one.code) + ": " + one.message + "\n";
    return out;
}

std::string& file_in(Unpacked& files, std::string_view name) {
    return std::ranges::find(files.entries, name, [](const auto& one) { return std::string_view(one.first); })->second;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Where the characters of the body's text stand that are compared, entities whole.
std::vector<std::pair<std::size_t, std::size_t>> characters_of(const std::string& document) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t at = document.find("<body"); at < document.size();) {
        const char c = document[at];
        std::size_t end = at + 1;
        if (c == '<') {
            at = document.find('>', at) + 1;
            continue;
        }
        if (c == '&') end = document.find(';', at) + 1;
        while (end < document.size() && (static_cast<unsigned char>(document[end]) & 0xC0) == 0x80) ++end;
        if (c != ' ' && c != '\n') out.emplace_back(at, end - at);
        at = end;
    }
    return out;
}

// One character is lost, doubled, exchanged with its neighbour, altered, added or parted by a space.
bool damage_character(std::string& document, Random& random) {
    const auto all = characters_of(document);
    const std::size_t which = random() % (all.size() - 1);
    const auto [at, size] = all[which];
    const std::string one = document.substr(at, size);
    switch (random() % 6) {
    case 0: document.erase(at, size); break;
    case 1: document.insert(at, one); break;
    case 2: {
        const auto [next, next_size] = all[which + 1];
        const std::string other = document.substr(next, next_size);
        if (other == one) return false;
        document.replace(next, next_size, one);
        document.replace(at, size, other);
        break;
    }
    case 3: document.replace(at, size, one == "x" ? "y" : "x"); break;
    case 4: document.insert(at, "7"); break;
    default: {
        if (which == 0 || all[which - 1].first + all[which - 1].second != at) return false; // a gap is there
        if (static_cast<unsigned char>(one[0]) >= 0xE3) return false; // between ideographs any gap may be a line's end
        document.insert(at, " ");
    }
    }
    return true;
}

// The text without its tags, pictures as they are.
std::string spoken(const std::string& markup) {
    std::string out;
    for (std::size_t at = 0; at < markup.size();) {
        const std::size_t end = markup[at] == '<' ? markup.find('>', at) + 1 : at + 1;
        if (markup[at] != '<' || markup.compare(at, 4, "<img") == 0) out += markup.substr(at, end - at);
        at = end;
    }
    return out;
}

// An element `<tag…>…</tag>` with text is lost, doubled or exchanged with the next.
bool damage_element(std::string& document, const std::string& tag, Random& random) {
    std::vector<std::pair<std::size_t, std::size_t>> all;
    const std::string close = "</" + tag + ">";
    for (std::size_t at = document.find("<" + tag, document.find("<body")); at != std::string::npos;
         at = document.find("<" + tag, at + 1)) {
        const std::size_t end = document.find(close, at);
        if (const char next = document[at + tag.size() + 1]; (next != '>' && next != ' ') || end == std::string::npos) continue;
        if (!contains(document.substr(at, end - at), "page-break")) all.emplace_back(at, end + close.size() - at);
    }
    if (all.empty()) return false;
    const std::size_t which = random() % all.size();
    const auto [at, size] = all[which];
    const std::string one = document.substr(at, size);
    const bool has_text = !characters_of("<body>" + one).empty();
    switch (random() % 3) {
    case 0: document.erase(at, size); return has_text;
    case 1: document.insert(at, one); return has_text;
    default: {
        if (which + 1 == all.size() || all[which + 1].first < at + size) return false;
        const auto [next, next_size] = all[which + 1];
        const std::string other = document.substr(next, next_size);
        document.replace(next, next_size, one);
        document.replace(at, size, other);
        return spoken(other) != spoken(one);
    }
    }
}

} // namespace

namespace {

// An attribute is lost, or a character of its value altered; not of ids and what names them, which may be called anything.
bool damage_attribute(std::string& document, Random& random) {
    std::vector<std::pair<std::size_t, std::size_t>> all; // of “ name="value"”
    const std::size_t body = std::min(document.find("<body"), document.find("<navMap"));
    for (std::size_t at = document.find("=\"", body); at != std::string::npos; at = document.find("=\"", at + 1)) {
        const std::size_t begin = document.rfind(' ', at), end = document.find('"', at + 2) + 1;
        const std::string name = document.substr(begin + 1, at - begin - 1);
        const std::array<std::string_view, 6> free{"id", "aria-labelledby", "aria-details", "playOrder", "type", "value"};
        if (std::ranges::find(free, name) == free.end() && document.find('>', begin) > at) all.emplace_back(begin, end - begin);
    }
    if (all.empty()) return false;
    const auto [at, size] = all[random() % all.size()];
    if (random() % 3 == 0) {
        document.erase(at, size);
        return true;
    }
    const std::size_t value = document.find('"', at) + 1, length = at + size - 1 - value;
    if (length == 0) return false;
    char& one = document[value + random() % length];
    if (static_cast<unsigned char>(one) >= 0x80) return false;
    one = one == 'x' ? 'y' : 'x';
    return true;
}

// More by hand: BIFOLIO_MUTATIONS.
std::size_t mutations(std::size_t usually) {
    const char* wanted = std::getenv("BIFOLIO_MUTATIONS");
    return wanted ? static_cast<std::size_t>(std::strtoul(wanted, nullptr, 10)) : usually;
}

} // namespace

TEST_CASE("an e-book says what its book says") {
    const Unpacked files = files_of(sample());
    CHECK(proven(sample(), files).empty());
    const std::string& sleep = files["OEBPS/text/sleep.xhtml"];
    CHECK(contains(sleep, "missing-picture")); // the sample has what the proof must tell apart
    CHECK(contains(sleep, "goes on</a><a class=\"noteref\""));
}

TEST_CASE("a difference is told with the document and both sides") {
    Unpacked files = files_of(sample());
    std::string& doses = file_in(files, "OEBPS/text/doses.xhtml");
    doses.replace(doses.find(">2.5<"), 5, ">25<");
    CHECK(contains(proven(sample(), files), "OEBPS/text/doses.xhtml"));
    CHECK(contains(proven(sample(), files), "lacks ‘.’"));
}

TEST_CASE("no damage to an e-book's text passes") {
    const Unpacked whole = files_of(sample());
    Random random(20'260'901);
    const std::vector<std::string> documents{"OEBPS/text/sleep.xhtml", "OEBPS/text/doses.xhtml", "OEBPS/text/help.xhtml"};
    const std::vector<std::string> tags{"p", "em", "aside", "td", "th", "tr", "a", "rt", "code", "h1", "dd", "div"};
    std::size_t made = 0;
    while (made < mutations(300)) {
        Unpacked files = whole;
        std::string& document = file_in(files, documents[random() % documents.size()]);
        const bool is_damaged = random() % 2 == 0 ? damage_character(document, random)
                                                  : damage_element(document, tags[random() % tags.size()], random);
        if (!is_damaged) continue;
        ++made;
        INFO("damage " << made << ":\n" << document);
        REQUIRE_FALSE(proven(sample(), files).empty());
    }
}

TEST_CASE("no damage to an e-book's attributes passes") {
    const Unpacked whole = files_of(sample());
    Random random(20'261'128);
    const std::vector<std::string> documents{"OEBPS/text/sleep.xhtml", "OEBPS/text/doses.xhtml", "OEBPS/text/help.xhtml",
                                             "OEBPS/nav.xhtml", "OEBPS/toc.ncx"};
    for (std::size_t made = 0; made < mutations(300);) {
        Unpacked files = whole;
        std::string& document = file_in(files, documents[random() % documents.size()]);
        if (!damage_attribute(document, random)) continue;
        ++made;
        INFO("damage " << made << ":\n" << document);
        REQUIRE_FALSE(proven(sample(), files).empty());
    }
}

TEST_CASE("pictures' words, the contents and the order of documents are proven too") {
    const auto after = [](std::string_view name, std::string_view from, std::string_view to) {
        Unpacked files = files_of(sample());
        std::string& file = file_in(files, name);
        REQUIRE(contains(file, from));
        file.replace(file.find(from), from.size(), to);
        return proven(sample(), files);
    };
    CHECK(contains(after("OEBPS/text/sleep.xhtml", "alt=\"A dot\"", "alt=\"A dog\""), "proof.lost-picture"));
    CHECK(contains(after("OEBPS/text/sleep.xhtml", "that is damaged", "that was damaged"), "proof.lost-picture"));
    CHECK(contains(after("OEBPS/nav.xhtml", ">Doses<", ">Dose<"), "proof.lost-text"));
    const std::string spine_item = "<itemref idref=\"section-doses\"/>";
    CHECK(contains(after("OEBPS/package.opf", spine_item, ""), "proof.changed-document"));
    CHECK(contains(after("OEBPS/package.opf", spine_item, spine_item + spine_item), "proof.changed-document"));
    CHECK(contains(after("OEBPS/package.opf", "<itemref idref=\"section-sleep\"/>\n" + spine_item,
                         spine_item + "\n<itemref idref=\"section-sleep\"/>"),
                   "proof.changed-document"));
    CHECK(contains(after("OEBPS/text/doses.xhtml", "</body>", "<body>"), "proof.changed-document"));
}

TEST_CASE("what stands beside an e-book's text is proven too") {
    struct Change {
        std::string_view file, from, to, told;
    };
    const std::string noteref = "href=\"#first\"", help = "OEBPS/text/help.xhtml", sleep = "OEBPS/text/sleep.xhtml";
    const std::vector<Change> changes{
        {help, "sleep.xhtml#first", "sleep.xhtml", "proof.changed-structure"},
        {help, "sleep.xhtml#first", "sleep.xhtml#missing", "→ nowhere"},
        {sleep, noteref, "href=\"#other\"", "proof.changed-structure"},
        {sleep, "https://example.org/", "https://example.com/", "https://example.com/"},
        {help, "start=\"3\"", "start=\"4\"", "start=\"4\""},
        {help, "<ol start=\"3\"><li>Say who you are.</li>", "<ul><li>Say who you are.</li>", "proof."},
        {help, "<p>Call", "<p hidden=\"hidden\">Call", "hidden"},
        {help, "<p>Call 111", "<p><span style=\"font-size: 0\">Call</span> 111", "font-size"},
        {"OEBPS/text/doses.xhtml", "<th>adult</th>", "<td>adult</td>", "‹td›"},
        {"OEBPS/nav.xhtml", "href=\"text/doses.xhtml\"", "href=\"text/help.xhtml\"", "nav.xhtml"},
        {"OEBPS/nav.xhtml", "epub:type=\"bodymatter\"", "epub:type=\"cover\"", "bodymatter"},
        {"OEBPS/toc.ncx", "<text>Doses</text>", "<text>Dosis</text>", "toc.ncx"},
        {"OEBPS/toc.ncx", "src=\"text/doses.xhtml\"", "src=\"text/sleep.xhtml\"", "toc.ncx"},
        {"OEBPS/package.opf", "<itemref idref=\"section-doses\"/>", "<itemref idref=\"section-doses\" linear=\"no\"/>", "linear"},
    };
    for (const Change& change : changes) {
        Unpacked files = files_of(sample());
        std::string& file = file_in(files, change.file);
        INFO(change.file << ": " << change.to << "\n" << file);
        REQUIRE(contains(file, change.from));
        file.replace(file.find(change.from), change.from.size(), change.to);
        const std::string told = proven(sample(), files);
        CHECK(contains(told, change.told));
    }
    Unpacked files = files_of(sample());
    file_in(files, "OEBPS/images/dot.png")[40] ^= 1;
    CHECK(contains(proven(sample(), files), "shows another picture"));
    files = files_of(sample());
    files.entries.emplace_back("OEBPS/styles/more.css", "p { display: none }");
    CHECK(contains(proven(sample(), files), "which was not put there"));
}

TEST_CASE("what a heading keeps from listeners is kept from them in the contents too") {
    BookBuilder made;
    made.section("one", "One");
    const NodeId heading = made.open(Element::h2);
    for (const Element element :
         {Element::ins, Element::abbr, Element::em, Element::rt, Element::a, Element::mark, Element::ruby}) {
        made.text("Say ");
        made.node(made.element(element, "this")).info.attributes = {{"aria-hidden", "true"}};
        made.node(made.element(element, "that")).info.attributes = {{"aria-hidden", "maybe"}};
    }
    made.close();
    made.book.contents.push_back({heading, 2, "Say this", 0});
    const Book& book = made.done();
    Unpacked files = files_of(book);
    CHECK(proven(book, files).empty());
    std::string& contents = file_in(files, "OEBPS/nav.xhtml");
    const std::string hidden = "<span aria-hidden=\"true\">this</span>";
    REQUIRE(contains(contents, hidden));
    contents.replace(contents.find(hidden), hidden.size(), "this");
    CHECK_FALSE(proven(book, files).empty());
}

TEST_CASE("sections that are divided between documents lose nothing") {
    BookBuilder made;
    made.section("long", "Long");
    for (int i = 0; i < 5000; ++i) made.element(Element::p, "Paragraph " + std::to_string(i) + std::string(60, 'x') + " ends.");
    const Book& book = made.done();
    const Unpacked files = files_of(book);
    REQUIRE(files.has("OEBPS/text/long-2.xhtml"));
    CHECK(proven(book, files).empty());
}

namespace {

using NamedPages = std::vector<std::pair<std::string, std::string>>;

NamedPages pages_of(const Book& book, std::vector<std::string>* pictures = nullptr) {
    Diagnostics of_writer;
    NamedPages out;
    write_html(
        book, {"p { margin: 0 }", "test"}, pool(), of_writer,
        [&](WebPage page) { out.emplace_back(std::move(page.name), std::move(page.bytes)); }, pictures);
    return out;
}

std::string proven(const Book& book, const NamedPages& pages) {
    Diagnostics diagnostics;
    std::vector<std::string> pictures;
    pages_of(book, &pictures);
    prove_documents("small-book", book, expected_web(book, {"p { margin: 0 }", {}, pictures, {}}), found_web(pages, pool()),
                    diagnostics);
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) out += std::string(one.code) + ": " + one.message + "\n";
    return out;
}

} // namespace

TEST_CASE("a web edition says what its book says, and no damage to it passes") {
    const NamedPages whole = pages_of(sample());
    REQUIRE(whole.size() == 4);
    CHECK(proven(sample(), whole).empty());
    Random random(20'260'902);
    const std::vector<std::string> tags{"p", "em", "aside", "td", "th", "tr", "a", "rt", "code", "h1", "dd", "div"};
    for (std::size_t made = 0; made < mutations(300);) {
        NamedPages pages = whole;
        const std::size_t which = 1 + random() % 3;
        // What stands around the book's text is the site's own.
        std::string& page = pages[which].second;
        const std::size_t begin = page.find("<main"), end = page.find("</main>");
        std::string main = "<body>" + page.substr(begin, end - begin);
        const std::size_t kind = random() % 3;
        const bool is_damaged = kind == 0   ? damage_character(main, random)
                                : kind == 1 ? damage_element(main, tags[random() % tags.size()], random)
                                            : damage_attribute(main, random);
        if (!is_damaged) continue;
        page.replace(begin, end - begin, main.substr(6));
        ++made;
        INFO("damage " << made << ":\n" << main);
        REQUIRE_FALSE(proven(sample(), pages).empty());
    }
    NamedPages lost = whole, moved = whole;
    lost.pop_back();
    std::swap(moved[1], moved[2]);
    CHECK(contains(proven(sample(), lost), "proof.changed-document"));
    CHECK(contains(proven(sample(), moved), "proof.changed-document"));
}

TEST_CASE("a book of one article is one page") {
    BookBuilder made;
    made.section("sleep", "Sleep");
    made.element(Element::p, "Rest well.");
    const Book& book = made.done();
    NamedPages pages = pages_of(book);
    REQUIRE(pages.size() == 1);
    CHECK(proven(book, pages).empty());
    pages[0].second.replace(pages[0].second.find("Rest well"), 9, "Rest wall");
    CHECK(contains(proven(book, pages), "proof.changed-text"));
}
