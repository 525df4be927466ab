#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string words(int count, const std::string& word) {
    std::string out;
    for (int i = 0; i < count; ++i) out += (i == 0 ? "" : " ") + word + std::to_string(i + 1);
    return out;
}

// Pages on which a node's text is shown.
std::vector<std::size_t> pages_of(const Layout& layout, NodeId note, bool call) {
    std::vector<std::size_t> out;
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p) {
        bool here = false;
        for (const PlacedItem& item : layout.pages.pages[p].items) {
            const auto* content = std::get_if<Content>(&item.owner);
            if (!content) continue;
            if (call)
                here = here || (content->node == note && content->generated == PseudoElement::footnote_call);
            else
                here = here || (!content->generated && index(content->node) > index(note) &&
                                index(content->node) < index(layout.book->node(note).end));
        }
        if (here) out.push_back(p);
    }
    return out;
}

void check_notes(const Layout& layout) {
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    for (std::uint32_t i = 0; i < layout.book->nodes.size(); ++i) {
        if (layout.book->nodes[i].element != Element::note) continue;
        const auto calls = pages_of(layout, NodeId{i}, true), texts = pages_of(layout, NodeId{i}, false);
        REQUIRE(calls.size() == 1);
        REQUIRE(!texts.empty());
        CHECK(texts.front() == calls.front());
        for (std::size_t k = 1; k < texts.size(); ++k) CHECK(texts[k] == texts[k - 1] + 1);
    }
}

} // namespace

TEST_CASE("a footnote stands at the foot of its call's page, under a rule") {
    const Layout layout = lay_out({"<section><p>Call<note><p>The note.</p></note> goes on.</p></section>", ""});
    check_notes(layout);
    CHECK(layout.diagnostics.all().empty());
    CHECK(notes_text(layout.pages, 0).find("The note.") != std::string::npos);
    const std::string text = dump(layout.pages);
    INFO(text);
    CHECK(text.find("footnote-rule") != std::string::npos);
    Length lowest;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (std::holds_alternative<GlyphRun>(item.item)) lowest = max(lowest, item.at.y);
    CHECK(lowest < Length::mm(90));
    CHECK(lowest > Length::mm(85));
    REQUIRE(layout.pages.pages[0].links.size() == 2); // to the note and back
}

TEST_CASE("a long footnote is divided over pages") {
    const Layout layout = lay_out(
        {"<section><p>Call<note><p>" + words(400, "note") + "</p></note> goes on.</p><p>" + words(200, "body") + "</p></section>",
         ""});
    check_notes(layout);
    CHECK(layout.pages.pages.size() >= 2);
}

TEST_CASE("notes in tables, headings and captions are printed too") {
    const Layout layout =
        lay_out({"<section><h2>Head<note><p>in heading</p></note></h2><table><caption>Cap<note><p>in caption</p></note></caption>"
                 "<thead><tr><th>H<note><p>in head</p></note></th></tr></thead><tbody><tr><td>x<note><p>in "
                 "cell</p></note></td></tr></tbody></table></section>",
                 ""});
    check_notes(layout);
    CHECK(notes_text(layout.pages, 0).find("in cell") != std::string::npos);
}

TEST_CASE("a note within a note is printed") {
    const Layout layout = lay_out({"<section><p>x<note><p>outer<note><p>inner</p></note></p></note></p></section>", ""});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    CHECK(notes_text(layout.pages, 0).find("inner") != std::string::npos);
}

TEST_CASE("a further call of a note links to it") {
    const Layout layout = lay_out(
        {"<section><p>x<note id=\"n\"><p>text</p></note> y<note_reference href=\"#n\"></note_reference></p></section>", ""});
    CHECK(layout.pages.pages[0].links.size() == 3);
}

TEST_CASE("random books print each note once, beginning on the page of its call") {
    const unsigned books = std::getenv("BIFOLIO_TEST_ALL") ? 2'000 : 200;
    for (unsigned seed = 1; seed <= books; ++seed) {
        std::mt19937 random(seed);
        const auto upto = [&](unsigned most) { return static_cast<int>(random() % most); };
        std::string markup = "<section>";
        const int count = 4 + upto(12);
        for (int i = 0; i < count; ++i) {
            if (upto(5) == 0) markup += "<h2>Heading " + std::to_string(i) + "</h2>";
            markup += "<p>";
            for (int k = 0; k < 1 + upto(80); ++k) {
                markup += "w" + std::to_string(k);
                if (upto(18) == 0) markup += "<note><p>" + words(1 + upto(upto(4) == 0 ? 120 : 20), "n") + "</p></note>";
                markup += " ";
            }
            markup += "</p>";
        }
        const Layout layout = lay_out({markup + "</section>", "p { margin: 4pt 0; text-align: justify }"});
        bool late = false;
        for (const Diagnostic& one : layout.diagnostics.all()) late = late || one.code == "layout.late-note";
        INFO("seed " << seed);
        if (!late) check_notes(layout);
        CHECK_FALSE(late);
    }
}

namespace {

// The calls' numbers in order, page by page: “1 2 | 1”.
std::string calls(const Layout& layout, PseudoElement which = PseudoElement::footnote_call) {
    std::string out;
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p) {
        out += p == 0 ? "" : "| ";
        for (const PlacedItem& item : layout.pages.pages[p].items) {
            const auto* content = std::get_if<Content>(&item.owner);
            if (content && content->generated == which) out += std::get<GlyphRun>(item.item).text + " ";
        }
    }
    return out;
}
std::string notes_on_pages(int first, int second) {
    const auto noted = [](int count) {
        std::string out;
        for (int i = 0; i < count; ++i) out += "<p>word<note><p>note text</p></note></p>";
        return out;
    };
    return "<section>" + noted(first) + "<p class=\"new\">new page</p>" + noted(second) + "</section>";
}
constexpr std::string_view new_page = ".new { break-before: page } ";

} // namespace

TEST_CASE("notes are numbered through a section unless the style says otherwise") {
    const Layout layout = lay_out({notes_on_pages(2, 2), std::string(new_page)});
    CHECK(calls(layout) == "1 2 | 3 4 ");
}

TEST_CASE("@page { counter-reset: footnote } numbers the notes of each page from 1") {
    const Layout layout = lay_out(
        {notes_on_pages(2, 3), std::string(new_page) + "@page { counter-reset: footnote } "
                                                       "::footnote-call { content: counter(footnote) }"
                                                       "::footnote-marker { content: counter(footnote, lower-alpha) ' ' }"});
    check_notes(layout);
    CHECK(calls(layout) == "1 2 | 1 2 3 ");
    CHECK(calls(layout, PseudoElement::footnote_marker).find("a ") == 0);
    CHECK(calls(layout, PseudoElement::footnote_marker).find("| a") != std::string::npos);
    CHECK(layout.diagnostics.all().empty());
    CHECK(layout.pages.passes <= 3);
}

TEST_CASE("a further call of a note has the note's number, however it is counted") {
    const std::string markup = "<section><p>a<note><p>first</p></note></p><p class=\"new\">b<note id=\"n\"><p>second</p></note> "
                               "c<note_reference href=\"#n\"></note_reference></p></section>";
    CHECK(calls(lay_out({markup, std::string(new_page)})) == "1 | 2 2 ");
    CHECK(calls(lay_out({markup, std::string(new_page) + "@page { counter-reset: footnote }"})) == "1 | 1 1 ");
    CHECK(calls(lay_out(
              {markup, std::string(new_page) + "html { counter-reset: footnote 10 } note { counter-increment: footnote }"})) ==
          "11 | 12 12 ");
}

TEST_CASE("a counter of the whole book numbers notes through all sections") {
    const std::string css = "html { counter-reset: footnote } note { counter-increment: footnote } ";
    const Layout layout = lay_out({notes_on_pages(1, 1) + notes_on_pages(2, 0), css + std::string(new_page)});
    CHECK(calls(layout) == "1 | 2 | 3 4 | ");
}

TEST_CASE("a table's notes stand below it where -bifolio-note-area says so, counted by themselves") {
    const std::string noted = "<note><p>of the text</p></note>";
    const std::string table =
        "<table><caption>Cap</caption><thead><tr><th>Head<note><p>of the head</p></note></th></tr></thead><tbody>"
        "<tr><td>one<note><p>of a cell</p></note></td></tr><tr><td>two</td></tr></tbody></table>";
    const Layout layout =
        lay_out({"<section><p>before" + noted + "</p><p>more" + noted + "</p>" + table + "<p>after" + noted + "</p></section>",
                 "table { -bifolio-note-area: table; counter-reset: footnote; margin: 3mm 0 } table note { counter-increment: "
                 "footnote } table ::footnote-call { content: counter(footnote, lower-alpha) }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    CHECK(calls(layout) == "1 2 a b 3 ");
    CHECK(place_of(layout, "of the head").y > place_of(layout, "two").y);
    CHECK(place_of(layout, "of a cell").y > place_of(layout, "of the head").y);
    CHECK(place_of(layout, "of a cell").y < place_of(layout, "after").y);
    CHECK(place_of(layout, "of the text").y > place_of(layout, "after").y);
    CHECK(layout.diagnostics.all().empty());
}

TEST_CASE("the notes of a table over pages stand behind its last row, on that row's page") {
    std::string rows;
    for (int i = 1; i <= 60; ++i)
        rows += "<tr><td>row" + std::to_string(i) + (i % 20 == 3 ? "<note><p>note of " + std::to_string(i) + "</p></note>" : "") +
                "</td></tr>";
    const Layout layout = lay_out({"<section><table><tbody>" + rows + "</tbody></table></section>",
                                   "table { -bifolio-note-area: table; counter-reset: footnote } table note { "
                                   "counter-increment: footnote }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    REQUIRE(layout.pages.pages.size() > 1);
    for (const std::string note : {"note of 3", "note of 23", "note of 43"})
        CHECK(place_of(layout, note).page == place_of(layout, "row60").page);
}

TEST_CASE("notes of lines beside a side float lie over nothing, wherever the page ends") {
    std::string words;
    for (int i = 0; i < 12; ++i) words += "sleep medicine ";
    for (int before = 0; before <= 30; ++before) {
        const std::string note = "<note id=\"a\"><p>" + words + words + words + "</p></note>";
        const std::string beside = "<div class=\"beside\"><p>" + words + words + "</p></div>";
        const std::string markup = "<section>" + short_lines(before) + "<p>called<note id=\"b\"><p>" + words + "</p></note></p>" +
                                   beside + "<p>and" + note + " " + words + words + "</p>" + short_lines(4) + "</section>";
        const Layout layout = lay_out({markup, "@page { size: 140mm 90mm; margin: 8mm } .beside { float: right; width: 30mm }"});
        INFO(before << " lines before");
        for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    }
}
