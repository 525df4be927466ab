// The proof of PDFs takes no word of the layout for granted: Pages are spoilt by hand, as a fault in the layout would, and what
// they are held against is made of the Book and its styles.
#include "proof/prove.h"

#include "layout/page/paginate_support.h"
#include "write/pdf/write_pdf.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

using namespace bifolio;
using namespace bifolio::test;

namespace {

const Layout& sample() {
    static const Layout layout = lay_out(
        {"<article><h1 id=\"one\">Sleep</h1><ol start=\"3\"><li>first</li><li>second</li></ol><ul><li>dot</li></ul>"
         "<p>Text<note><p>a note</p></note> and <q>said</q>, see <a href=\"#two\">Rest</a>.</p><table><caption>Hours</caption>"
         "<tr><td>seven</td></tr></table></article><article><h1 id=\"two\">Rest</h1><p>More.</p></article>",
         "article { break-before: page } body { counter-reset: table } caption { counter-increment: table }"
         "caption::before { content: \"Table \" counter(table) \": \" } q::before { content: \"‘\" } q::after { content: \"’\" }"
         "a::after { content: \" (page \" target-counter(attr(href url), page) \")\" } h1 { string-set: title content() }"
         "@page { @top-center { content: string(title) } @bottom-center { content: counter(page) } }"});
    return layout;
}

const TaskPool& pool() {
    static const TaskPool one(1);
    return one;
}

class BytesSink final : public Sink {
public:
    void write(std::string_view more) override { bytes += more; }
    std::string bytes;
};

std::string proven(const Layout& layout, const Pages& pages) {
    Diagnostics diagnostics;
    BytesSink sink;
    write_pdf(pages, *layout.fonts, {}, pool(), sink, diagnostics);
    const PdfFile file(std::move(sink.bytes), pool());
    prove_pdf("book.pdf", *layout.book, expected_pdf(*layout.styled, pages, nullptr), file, Structure(file), pool(), diagnostics);
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) out += std::string(one.code) + ": " + one.message + "\n";
    return out;
}

// The run with this text, wherever it stands.
PlacedItem& item_with(Pages& pages, const std::string& text) {
    for (Page& page : pages.pages)
        for (PlacedItem& item : page.items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text == text) return item;
    FAIL("no run ‘" << text << "’");
    return pages.pages.front().items.front();
}

void drop(Pages& pages, const std::string& text) {
    const PlacedItem* gone = &item_with(pages, text);
    for (Page& page : pages.pages) std::erase_if(page.items, [&](const PlacedItem& item) { return &item == gone; });
}

std::string after(const std::function<void(Pages&)>& spoil) {
    Pages pages = sample().pages;
    spoil(pages);
    return proven(sample(), pages);
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace

TEST_CASE("a PDF says what its book and its styles ask for") { CHECK(proven(sample(), sample().pages).empty()); }

TEST_CASE("signs, marks and invisible characters among words of both directions raise no false alarm") {
    for (const std::string text : {
             "\u05D0\u05D1 \u201Cquote\u201D \u05E0\u05E7 \u25C1\u25E3\u25FD\u25F5 \u05E0\u05E7",
             "hours \u05BFhours \u05E9\u05DC ( \u25E3\u25FD ) ~*^ end",
             "\uFE02\uFE00 one \U000E0041 two \u180E three",
             "\u0645\u064E\u0631\u0651 \u060C\u0301 ~^ [\u0301] {} \u0645",
             "\u05E0\u05E7\u0341 (\u0301\u25C6\u25C7) ` \u05E0\u05E7 5% \u0645\u0645",
             "one <bdo dir=\"rtl\">two, three (4)</bdo> five <bdo dir=\"ltr\">\u05D0\u05D1\u05D2 (\u05D3)</bdo>",
         })
        for (const std::string direction : {"ltr", "rtl"}) {
            const Layout layout = lay_out({"<article><p dir=\"" + direction + "\">" + text + "</p></article>", ""});
            INFO(direction << ": " << text);
            CHECK(proven(layout, layout.pages).empty());
        }
}

TEST_CASE("a mark that begins the text behind generated text stays") {
    for (const std::string mark : {"\u0301", "\u0301\u0323", "\u05BF", "\u0E31"}) {
        const Layout layout = lay_out({"<article><p>He said <q>" + mark + "acute</q>" + mark + ", <q>" + mark +
                                           "</q>.</p><p>one<span>" + mark + "two</span>" + mark + "</p></article>",
                                       "q::before { content: \"\u201C\" } q::after { content: \"\u201D\" }"});
        INFO(mark);
        CHECK(proven(layout, layout.pages) == "");
    }
}

TEST_CASE("what stands behind an element of invisible characters stays") {
    for (const std::string nothing : {"\uFEFF", "\u061C", "\u2060", "\u200D\u00AD"})
        for (const std::string direction : {"ltr", "rtl"}) {
            const Layout layout = lay_out({"<article><p dir=\"" + direction + "\">One <q>" + nothing + "</q>* <span>" + nothing +
                                               "</span>^<span>" + nothing + "</span>\u05D0.</p></article>",
                                           "q::before { content: \"\u201C\" } q::after { content: \"\u201D\" }"});
            INFO(direction);
            CHECK(proven(layout, layout.pages) == "");
        }
}

TEST_CASE("invisible characters that say something stay, whatever stands before them") {
    // Selectors, joiners, tags of a flag, a filler, a joiner of graphemes, a language tag, and two that HarfBuzz may not know.
    for (const std::string sign : {"\uFE0F", "\u200D", "\u200C", "\U0001F3F4\U000E0067\U000E0062", "\U000E006E", "\uFFA0",
                                   "\u3164", "\u034F", "\U000E0001", "\u17B4", "\u180B", "\u180F", "\U0001BCA0"})
        for (const std::string direction : {"ltr", "rtl"}) {
            const Layout layout =
                lay_out({"<article><h1>" + sign + "Head</h1><ol><li>" + sign + "one</li><li>\u05D0<q>" + sign + "\u05D1" + sign +
                             "</q>" + sign + "</li></ol><p dir=\"" + direction + "\">He said <q>" + sign + "acute</q>" + sign +
                             ", <q>" + sign + "</q>.\u202B\U0001F3F4" + sign + " a<span>" + sign + "</span>b \u05D0<code>" +
                             sign + "\u05D1</code></p><p>" + sign + "</p><p>Text<note><p>" + sign + "a note</p></note>" + sign +
                             "\u0628</p></article>",
                         "q::before { content: \"\u201C\" } q::after { content: \"\u201D\" } h1 { string-set: title content() }"
                         "@page { @top-center { content: string(title) } }"});
            INFO(direction << " " << sign);
            CHECK(proven(layout, layout.pages) == "");
        }
}

TEST_CASE("text that makes one glyph with another element's stays, and so does what is said of it") {
    for (const std::string text :
         {"f<abbr title=\"World\">i</abbr> x", "f<a href=\"http://example.org/\">i</a>x", "f<span>i</span>x",
          "\u0915<abbr title=\"World\">\u093F</abbr> x", "q<abbr title=\"World\">\uFE0F\u1DD0</abbr>",
          "\u0644<abbr title=\"World\">\u0627</abbr> x", "\u0644<span>\u0627</span>"}) {
        const Layout layout = lay_out({"<article><p>" + text + "</p></article>", ""});
        INFO(text);
        CHECK(proven(layout, layout.pages) == "");
    }
}

TEST_CASE("an invisible character stays before the hyphen of its line") {
    for (const std::string direction : {"ltr", "rtl"}) {
        std::string text;
        for (int i = 0; i < 30; ++i) text += "word\u202B\u0C35\u202B\u206A\u00ADword\u202C\u202C\u034F\u00ADword";
        const Layout layout = lay_out({"<article><p dir=\"" + direction + "\">" + text + "</p></article>", ""});
        INFO(direction);
        CHECK(proven(layout, layout.pages) == "");
    }
}

TEST_CASE("wide spaces stay where a line ends") {
    for (const std::string space : {"\u2003", "\u3000", "\u200A", " \u2003", "\u1680 "}) {
        std::string text;
        for (int i = 0; i < 40; ++i) text += "word" + space + "\u05D0\u05D1" + space;
        for (const std::string mode : {"normal", "pre-wrap"}) {
            const Layout layout = lay_out({"<article><p>" + text + "</p></article>", "p { white-space: " + mode + " }"});
            INFO(mode << " ‘" << space << "’");
            CHECK(proven(layout, layout.pages) == "");
        }
    }
}

TEST_CASE("words that a style makes longer keep the order of their parts") {
    for (const std::string word : {"\u202Ex-\u1FF4\u1F39\u1FE3-\U0001E91B", "\u00DF\u202E\u00DF\u05D0-\u0149\u202C\u00DF\u05D1",
                                   "\uFB03\u05D0\u05D1(\uFB03)\u05D2"})
        for (const std::string direction : {"ltr", "rtl"}) {
            const Layout layout = lay_out(
                {"<article><p dir=\"" + direction + "\">one " + word + " two</p></article>", "p { text-transform: uppercase }"});
            INFO(direction << " " << word);
            CHECK(proven(layout, layout.pages) == "");
        }
}

TEST_CASE("signs whose direction nothing tells are read in their order") {
    for (const std::string text : {"\u05D0 \u223B\u200F\u227B \u05D1", "\u05D0 \u20A0\u20AB\u200E \u05D1", "\u0606\u0607 x",
                                   "\u05D0 \u00B2\u2075\u2213 \u05D1", "\u05D0 <bdo dir=\"ltr\">\u2102\u211D</bdo> \u05D1",
                                   "a\u05BF\u2102\u211D", "\u200D\u061C\U000E0100\U0001D405\U0001D431"})
        for (const std::string direction : {"ltr", "rtl"}) {
            const Layout layout = lay_out({"<article><p dir=\"" + direction + "\">" + text + "</p></article>", ""});
            INFO(direction << " " << text);
            CHECK(proven(layout, layout.pages) == "");
        }
}

TEST_CASE("generated text that the layout lost or took for another is told") {
    std::vector<std::string> generated;
    for (const Page& page : sample().pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* content = std::get_if<Content>(&item.owner);
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (content && run && content->generated) generated.push_back(run->text);
        }
    CHECK(generated.size() >= 9); // three marks, call and number of the note, quotation marks, label, page reference
    for (const std::string& text : generated) {
        INFO("without ‘" << text << "’");
        const std::string told = after([&](Pages& pages) { drop(pages, text); });
        CHECK((contains(told, "proof.lost-text") || contains(told, "instead of ‘" + text)));
    }
    const auto exchange = [](const std::string& one, const std::string& other) {
        return [=](Pages& pages) { std::swap(item_with(pages, one).item, item_with(pages, other).item); };
    };
    CHECK(contains(after(exchange("3.", "4.")), "proof.changed-text"));
    CHECK(contains(after(exchange("‘", "’")), "proof.changed-text"));
    CHECK(contains(after(exchange("3.", "•")), "proof.changed-text"));
}

TEST_CASE("links that the layout lost or led elsewhere are told where the file has them") {
    // The file is written from whole pages and held against spoilt ones, as if it had been the file that was spoilt.
    const auto told = [](const std::function<void(Pages&)>& spoil) {
        Pages pages = sample().pages;
        spoil(pages);
        Diagnostics diagnostics;
        BytesSink sink;
        write_pdf(sample().pages, *sample().fonts, {}, pool(), sink, diagnostics);
        const PdfFile file(std::move(sink.bytes), pool());
        prove_pdf("book.pdf", *sample().book, expected_pdf(*sample().styled, pages, nullptr), file, Structure(file), pool(),
                  diagnostics);
        std::string out;
        for (const Diagnostic& one : diagnostics.all()) out += std::string(one.code) + ": " + one.message + "\n";
        return out;
    };
    CHECK(told([](Pages&) {}).empty());
    REQUIRE_FALSE(sample().pages.pages[0].links.empty());
    CHECK(contains(told([](Pages& pages) { pages.pages[0].links.pop_back(); }), "proof.changed-link"));
    CHECK(contains(told([](Pages& pages) { pages.pages[0].links.back().rect.x += Length::pt(5); }), "proof.changed-link"));
    CHECK(contains(told([](Pages& pages) {
                       for (auto& [node, place] : pages.destinations) place.at.y += Length::pt(20);
                   }),
                   "proof.changed-link"));
    const auto first_run = [](Pages& pages) -> GlyphRun& {
        for (PlacedItem& item : pages.pages[0].items)
            if (std::holds_alternative<Content>(item.owner))
                if (auto* run = std::get_if<GlyphRun>(&item.item)) return *run;
        return std::get<GlyphRun>(pages.pages[0].items[0].item);
    };
    CHECK(contains(told([&](Pages& pages) { first_run(pages).colour = Colour::white(); }), "proof.hidden-text"));
    CHECK(contains(told([&](Pages& pages) { first_run(pages).opacity = 0; }), "proof.hidden-text"));
    CHECK(contains(told([&](Pages& pages) { first_run(pages).size = Length(); }), "proof.hidden-text"));
}

TEST_CASE("a wrong count of pages, a lost running head and a lost page number are told") {
    CHECK(contains(after([](Pages& pages) { pages.pages[1].number = 7; }), "is counted as 7 after 1"));
    CHECK(contains(after([](Pages& pages) { pages.pages[1].label = "9"; }), "is called ‘9’"));
    const auto without = [](Artifact artifact) {
        return [=](Pages& pages) {
            std::erase_if(pages.pages[1].items, [&](const PlacedItem& item) {
                const auto* owner = std::get_if<Artifact>(&item.owner);
                return owner && *owner == artifact;
            });
        };
    };
    CHECK(contains(after(without(Artifact::running_head)), "has page 2 of the book"));
    CHECK(contains(after(without(Artifact::folio)), "has page 2 of the book"));
    // A reference names the page on which its target begins.
    CHECK(contains(after([](Pages& pages) { pages.pages[1].number = 3, pages.pages[1].label = "3"; }), "proof.changed-text"));
}

TEST_CASE("a running head that is too long for its place may end in dots, and in nothing else") {
    static const Layout layout =
        lay_out({"<article><h1>Sleeping better at home and away</h1><p>Text.</p></article>",
                 "h1 { string-set: title content() } @page { size: 60mm 60mm; @top-center { content: string(title); width: 30mm; "
                 "white-space: nowrap; text-overflow: ellipsis } }"});
    CHECK(proven(layout, layout.pages).empty());
    Pages pages = layout.pages;
    GlyphRun* head = nullptr;
    for (PlacedItem& item : pages.pages[0].items)
        if (std::holds_alternative<Artifact>(item.owner))
            if (auto* run = std::get_if<GlyphRun>(&item.item)) head = run;
    REQUIRE(head);
    CHECK(head->text.ends_with("\u2026"));
    head->text.replace(0, 1, "B");
    CHECK(contains(proven(layout, pages), "has not the running heads"));
}
