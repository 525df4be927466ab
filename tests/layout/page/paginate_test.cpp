#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string words(int count, const std::string& word = "word") {
    std::string out;
    for (int i = 0; i < count; ++i) out += (i == 0 ? "" : " ") + word + std::to_string(i + 1);
    return out;
}
std::string paragraphs(int count, int words_each) {
    std::string out;
    for (int i = 0; i < count; ++i) out += "<p>" + words(words_each, "p" + std::to_string(i + 1) + "w") + "</p>";
    return out;
}
void check_sound(const Layout& layout) {
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
}
std::vector<std::string> codes(const Layout& layout) {
    std::vector<std::string> out;
    for (const Diagnostic& one : layout.diagnostics.all()) out.push_back(one.code + ": " + one.message);
    return out;
}
const GlyphRun& run_with(const Layout& layout, const std::string& text, PagePoint* at = nullptr,
                         std::size_t* page_number = nullptr) {
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p)
        for (const PlacedItem& item : layout.pages.pages[p].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text.find(text) != std::string::npos) {
                if (at) *at = item.at;
                if (page_number) *page_number = p;
                return *run;
            }
    throw std::runtime_error("no run with ‘" + text + "’ in\n" + dump(layout.pages));
}

} // namespace

TEST_CASE("a paragraph becomes lines, each knowing whose bytes it shows") {
    const Layout layout = lay_out({"<section><p>" + words(40) + "</p></section>", ""});
    CHECK(codes(layout).empty());
    REQUIRE(layout.pages.pages.size() == 1);
    check_sound(layout);
    INFO(dump(layout.pages));
    PagePoint at;
    run_with(layout, "word1 ", &at);
    CHECK(at.x == Length::mm(10));
}

TEST_CASE("white space collapses across inline boundaries") {
    const Layout layout = lay_out({"<section><p>  a\n <b> b </b> c<i> d</i></p></section>", ""});
    CHECK(page_text(layout.pages, 0) == "a b c d");
    check_sound(layout);
}

TEST_CASE("words at line ends stay parted in the text") {
    const Layout layout = lay_out({"<section><p>one<br/>two</p><pre>x\ny</pre></section>", ""});
    CHECK(page_text(layout.pages, 0) == "one|two|x|y");
}

TEST_CASE("long text runs over pages without losing anything") {
    const Layout layout = lay_out({"<section>" + paragraphs(30, 60) + "</section>", "p { margin: 6pt 0; text-align: justify }"});
    CHECK(codes(layout).empty());
    CHECK(layout.pages.pages.size() > 4);
    check_sound(layout);
}

TEST_CASE("no heading stands last on a page") {
    for (int lead = 10; lead < 22; ++lead) {
        std::string markup = "<section>";
        for (int i = 0; i < lead; ++i) markup += "<p>line</p>";
        markup += "<h2>Heading</h2><p>" + words(60) + "</p></section>";
        const Layout layout = lay_out({markup, ""});
        std::size_t heading_page = 0, words_page = 0;
        run_with(layout, "Heading", nullptr, &heading_page);
        run_with(layout, "word1 ", nullptr, &words_page);
        CHECK(heading_page == words_page);
        check_sound(layout);
    }
}

TEST_CASE("orphans and widows are kept") {
    for (int lead = 12; lead < 22; ++lead) {
        std::string markup = "<section>";
        for (int i = 0; i < lead; ++i) markup += "<p>line</p>";
        markup += "<p>" + words(45) + "</p></section>"; // four lines or so
        const Layout layout = lay_out({markup, "p { orphans: 2; widows: 2 }"});
        for (std::size_t page = 0; page < layout.pages.pages.size(); ++page) {
            const std::string text = page_text(layout.pages, page);
            const std::size_t first = text.find("word");
            if (first == std::string::npos) continue;
            CHECK(text.find('|', first) != std::string::npos); // at least two lines of it
        }
    }
}

TEST_CASE("margins collapse between siblings and through the first child") {
    const Layout layout = lay_out(
        {"<section><div class=\"a\"><p>one</p></div><p>two</p></section>", ".a { margin-bottom: 20pt } p { margin: 10pt 0 }"});
    PagePoint one, two;
    run_with(layout, "one", &one);
    run_with(layout, "two", &two);
    CHECK(two.y - one.y == Length::pt(12 + 20));
    CHECK(one.y > Length::mm(10) + Length::pt(10)); // a forced page keeps the first margin
}

TEST_CASE("a box that runs over two pages is drawn on both, open at the cut") {
    const Layout layout = lay_out({"<section><div class=\"box\">" + paragraphs(6, 40) + "</div></section>",
                                   ".box { border: 1pt solid #000; padding: 6pt; background: #eee }"});
    REQUIRE(layout.pages.pages.size() == 2);
    std::vector<BoxDecoration> boxes;
    for (const Page& page : layout.pages.pages)
        for (const PlacedItem& item : page.items)
            if (const auto* box = std::get_if<BoxDecoration>(&item.item)) boxes.push_back(*box);
    REQUIRE(boxes.size() == 2);
    CHECK(at(boxes[0].border_width, Side::top) == Length::pt(1));
    CHECK(at(boxes[0].border_width, Side::bottom) == Length());
    CHECK(at(boxes[1].border_width, Side::top) == Length());
    CHECK(at(boxes[1].border_width, Side::bottom) == Length::pt(1));
    check_sound(layout);
}

TEST_CASE("recto sections get a blank page before them") {
    const Layout layout =
        lay_out({"<section><p>one</p></section><section class=\"r\"><p>two</p></section>", ".r { break-before: recto }"});
    REQUIRE(layout.pages.pages.size() == 3);
    CHECK(layout.pages.pages[1].blank);
    CHECK(layout.pages.pages[1].side == PageSide::left);
    CHECK(page_text(layout.pages, 2) == "two");
}

TEST_CASE("front matter has roman labels and the body begins at 1") {
    const Layout layout = lay_out({"<section class=\"f\"><p>front</p></section><section class=\"b\"><p>body</p></section>",
                                   ".f { page: front } .b { page: body; counter-reset: page 1 }"
                                   "@page front { @bottom-center { content: counter(page, lower-roman) } } @page body { "
                                   "@bottom-center { content: counter(page) } }"});
    REQUIRE(layout.pages.pages.size() == 2);
    CHECK(layout.pages.pages[0].label == "i");
    CHECK(layout.pages.pages[1].label == "1");
}

TEST_CASE("running heads show the section's title and folios the page") {
    const Layout layout =
        lay_out({"<section><h1>Sleep</h1>" + paragraphs(12, 60) + "</section>",
                 "h1 { string-set: title content(text) } @page { @top-left { content: string(title) } @bottom-right { "
                 "content: counter(page) \" of \" counter(pages) } }"});
    REQUIRE(layout.pages.pages.size() > 1);
    const std::string text = dump(layout.pages);
    CHECK(text.find("running-head") != std::string::npos);
    CHECK(text.find("“2 of " + std::to_string(layout.pages.pages.size()) + "”") != std::string::npos);
}

TEST_CASE("contents get leaders and true page numbers") {
    const Layout layout =
        lay_out({"<nav><ol><li><a href=\"#one\">First</a></li><li><a href=\"#two\">Second</a></li></ol></nav>"
                 "<section id=\"one\"><h1>First</h1>" +
                     paragraphs(30, 60) + "</section><section id=\"two\"><h1>Second</h1></section>",
                 "nav a::after { content: leader('.') target-counter(attr(href), page) } nav li { list-style: none }"});
    INFO(page_text(layout.pages, 0));
    CHECK(layout.pages.passes >= 2);
    const std::string last = std::to_string(layout.pages.pages.size());
    PagePoint at;
    const GlyphRun& number = run_with(layout, last, &at);
    CHECK(std::abs((at.x + number.width() - Length::mm(110)).in_pt()) < 0.1);
    CHECK(dump(layout.pages).find("decoration") != std::string::npos);
    REQUIRE(layout.pages.pages[0].links.size() == 2);
    CHECK(layout.pages.destinations.contains(layout.pages.pages[0].links[0].target));
}

TEST_CASE("list markers stand outside, on the side where lines begin") {
    const Layout layout =
        lay_out({"<section><ol><li>first</li><li><p>second</p></li></ol></section>", "ol { padding-left: 20pt }"});
    PagePoint marker, words_at;
    run_with(layout, "1.", &marker);
    run_with(layout, "first", &words_at);
    CHECK(marker.x < words_at.x);
    CHECK(marker.y == words_at.y);
    CHECK(words_at.x == Length::mm(10) + Length::pt(20));
}

TEST_CASE("right-to-left text is in logical order and begins at the right") {
    const Layout layout = lay_out({"<section><p>مرحبا بالعالم</p></section>", "html { direction: rtl }", {}, "rtl"});
    check_sound(layout);
    CHECK(page_text(layout.pages, 0).find("مرحبا") != std::string::npos);
    Length right;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item)) right = max(right, item.at.x + run->width());
    CHECK(std::abs((right - Length::mm(110)).in_pt()) < 0.1);
}

TEST_CASE("a word wider than its line is divided and reported, never cut off") {
    const Layout layout = lay_out({"<section><p>" + std::string(200, 'x') + "</p></section>", ""});
    check_sound(layout);
    REQUIRE(layout.diagnostics.all().size() >= 1);
    CHECK(layout.diagnostics.all()[0].code == "layout.overfull-line");
}

TEST_CASE("a line may end before a path, and at a space that is no place for a break rather than run out of its column") {
    const std::string style = "p { width: 40mm; text-align: left }";
    const Layout path = lay_out({"<section><p>somelongwords :anotherlongname</p></section>", style});
    CHECK(page_text(path.pages, 0) == "somelongwords|:anotherlongname");
    CHECK(path.diagnostics.all().empty());
    const Layout marks =
        lay_out({"<section><p>somewords andmore !anotherlongword !athirdone !andthelastone</p></section>", style});
    for (const Diagnostic& one : marks.diagnostics.all()) CHECK(one.code != "layout.off-page");
    for (const PlacedItem& item : marks.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item))
            CHECK((item.at.x + run->width()).in_mm() < (marks.pages.pages[0].items[0].at.x).in_mm() + 40.5);
}

TEST_CASE("words joined by no-break spaces are divided where they are wider than their line, and stay whole where they are not") {
    const std::string joined = "aaaaaaaaaaaaaaa&nbsp;bbbbbbbbbbbbbbb&nbsp;ccccccccccccccc";
    for (const char* css : {"", "p { text-align: justify }"}) {
        const Layout narrow =
            lay_out({"<section><p>" + joined + "</p></section>", "@page { size: 60mm 90mm; margin: 5mm } " + std::string(css)});
        check_sound(narrow);
        for (const PlacedItem& item : narrow.pages.pages[0].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item)) CHECK(item.at.x + run->width() <= Length::mm(56));
        CHECK(place_of(narrow, "aaaaaaaaaaaaaaa\u00A0").page == 0);
    }
    CHECK(lay_out({"<section><p>" + joined + "</p></section>", ""}).diagnostics.all().empty());
}

TEST_CASE("no line begins with a raised or lowered sign that belongs to the word before") {
    std::string markup = "<section><p>";
    for (int i = 0; i < 60; ++i)
        markup += std::string(static_cast<std::size_t>(3 + i % 7), 'a') + ".<sup>[" + std::to_string(i) + "]</sup> ";
    const Layout layout =
        lay_out({markup + "</p></section>", "@page { size: 50mm 190mm; margin: 5mm } sup { vertical-align: super }"});
    check_sound(layout);
    int signs = 0;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text.starts_with('[')) {
            CHECK(item.at.x > Length::mm(6));
            ++signs;
        }
    CHECK(signs > 40);
}

TEST_CASE("a running head that is too long for its line ends with dots where its style asks for it") {
    const std::string markup = "<section><h1>A heading with rather more words than a narrow page has room for</h1></section>";
    const std::string css = "h1 { string-set: title content(text) } @page { size: 60mm 90mm; margin: 10mm; @top-left { content: "
                            "string(title); white-space: nowrap; TEXT } }";
    const auto head = [&](const std::string& text) {
        std::string sheet = css;
        const Layout layout = lay_out({markup, sheet.replace(sheet.find("TEXT"), 4, text)});
        std::string words;
        for (const PlacedItem& item : layout.pages.pages[0].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && std::holds_alternative<Artifact>(item.owner))
                words += run->text;
        return words + (layout.diagnostics.all().empty() ? "" : " !");
    };
    CHECK(head("text-overflow: clip").find("room for") != std::string::npos);
    const std::string cut = head("text-overflow: ellipsis");
    CHECK(cut.starts_with("A heading"));
    CHECK(cut.ends_with("\u2026"));
    CHECK(cut.find(" \u2026") == std::string::npos);
    CHECK(head("text-overflow: ellipsis; font-size: 3pt").ends_with("room for"));
}

TEST_CASE("the same pages come from one thread and from four") {
    LayoutInput input{"<section id=\"a\"><h1>A</h1>" + paragraphs(9, 60) +
                          "</section><section><p>see <a href=\"#a\">A</a></p></section>",
                      "a::after { content: \" (page \" target-counter(attr(href), page) \")\" }"};
    const std::string one = dump(lay_out(input).pages);
    input.threads = 4;
    CHECK(dump(lay_out(input).pages) == one);
}

TEST_CASE("pages are filled one after the other before one is left short") {
    // 15 lines a page: 20 lines, then a box of 12 that cannot be cut.
    std::string lines;
    for (int i = 1; i <= 20; ++i) lines += "<p>line" + std::to_string(i) + "</p>";
    std::string box = "<div class=\"whole\">";
    for (int i = 1; i <= 12; ++i) box += "<p>box" + std::to_string(i) + "</p>";
    const Layout layout =
        lay_out({"<section>" + lines + box + "</div></section>",
                 "@page { size: 120mm 61mm; margin: 0 } html { line-height: 4mm } .whole { break-inside: avoid } "
                 "p { margin: 0; orphans: 1; widows: 1 }"});
    check_sound(layout);
    REQUIRE(layout.pages.pages.size() == 3);
    INFO(page_text(layout.pages, 0));
    CHECK(page_text(layout.pages, 0).find("line15") != std::string::npos);
    CHECK(page_text(layout.pages, 1).find("box") == std::string::npos);
    CHECK(page_text(layout.pages, 2).find("box1") != std::string::npos);
}

TEST_CASE("a list does not part with its first or last item, nor with the words that announce it") {
    for (int before = 6; before <= 14; ++before) {
        std::string markup;
        for (int i = 0; i < before; ++i) markup += "<p>line</p>";
        markup += "<p>bring:</p><ul><li>first</li><li>second</li><li>third</li><li>fourth</li></ul>" + paragraphs(4, 60);
        const Layout layout = lay_out({"<section>" + markup + "</section>",
                                       "@page { size: 120mm 60mm; margin: 0 } html { line-height: 4mm } p { margin: 0 } "
                                       "ul { margin: 0; padding-left: 5mm }"});
        check_sound(layout);
        const auto page_of = [&](const std::string& word) {
            std::size_t page = 0;
            run_with(layout, word, nullptr, &page);
            return page;
        };
        INFO(before);
        CHECK(page_of("bring:") == page_of("first"));
        CHECK(page_of("first") == page_of("second"));
        CHECK(page_of("third") == page_of("fourth"));
    }
}

TEST_CASE("the page number of a long entry never stands on a line without words") {
    for (int words_of_entry = 4; words_of_entry <= 24; ++words_of_entry) {
        const Layout layout = lay_out({"<nav><a href=\"#one\">" + words(words_of_entry, "nation") +
                                           "</a></nav><section id=\"one\"><h1>First</h1></section>",
                                       "nav a::after { content: leader('.') target-counter(attr(href), page) }"});
        const std::string text = page_text(layout.pages, 0);
        const std::size_t last_line = text.rfind('|');
        INFO(text);
        CHECK(text.find("nation", last_line == std::string::npos ? 0 : last_line) != std::string::npos);
    }
}

TEST_CASE("a word divided within a ligature leaves both lines within their measure") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "effective different efficient offering ";
    for (int width = 40; width < 60; ++width) {
        const Layout layout =
            lay_out({"<section lang=\"en\"><p>" + text + "</p></section>",
                     "@page { size: " + std::to_string(width) +
                         "mm 200mm; margin: 2mm } p { text-align: justify; hyphens: auto; font-family: \"EB Garamond\" }"});
        INFO(width);
        for (const std::string& code : codes(layout)) FAIL_CHECK(code);
    }
}

TEST_CASE(
    "a box that must never be cut is moved to the next page, and one taller than a page is an error that says by how much") {
    const std::string css = "@page { size: 120mm 61mm; margin: 0 } html { line-height: 4mm } p { margin: 0 } "
                            ".dose { break-inside: -bifolio-never }";
    const auto box = [](int lines) {
        std::string out = "<div class=\"dose\">";
        for (int i = 1; i <= lines; ++i) out += "<p>dose" + std::to_string(i) + "</p>";
        return out + "</div>";
    };
    for (int before = 0; before < 16; ++before) {
        std::string markup = "<section>";
        for (int i = 0; i < before; ++i) markup += "<p>line</p>";
        const Layout layout = lay_out({markup + box(9) + "<p>after</p></section>", css});
        check_sound(layout);
        std::size_t first = 0, last = 0;
        run_with(layout, "dose1", nullptr, &first);
        run_with(layout, "dose9", nullptr, &last);
        INFO(before);
        CHECK(first == last);
        CHECK_FALSE(layout.diagnostics.has_errors());
    }
    const Layout tall = lay_out({"<section>" + box(20) + "</section>", css});
    check_sound(tall);
    REQUIRE(tall.diagnostics.has_errors());
    CHECK(codes(tall).front() ==
          "layout.cut-box: this box must stand on one page, but it is 80 mm tall, 19 mm more than the page has");
}

TEST_CASE("a paragraph whose page reference changed is set anew in its place, as if the number had been typed") {
    std::string referring, typed;
    for (int i = 0; i < 40; ++i) {
        const std::string number = std::to_string(i), words = "<li>Item " + number +
                                                              " of several words that make it wrap over two lines, "
                                                              "and then the reference";
        referring += words + " <a href=\"#t" + number + "\">there</a> and on.</li>";
        typed += words + " <a href=\"#t" + number + "\">there</a>PAGE" + number + " and on.</li>";
    }
    std::string targets;
    for (int i = 0; i < 40; ++i)
        targets += "<p id=\"t" + std::to_string(i) + "\">target" + std::to_string(i) + "</p>" +
                   short_lines(9, "f" + std::to_string(i) + "x");
    const auto book = [&](const std::string& list) {
        return "<section><ol>" + list + "</ol></section><section>" + targets + "</section>";
    };
    const std::string css =
        "a::after { content: \" (page \" target-counter(attr(href), page) \")\" } a { text-decoration: none } ";
    const Layout layout = lay_out({book(referring), css});
    CHECK(layout.pages.passes == 2);
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    for (int i = 0; i < 40; ++i) {
        const std::string text = " (page " + std::to_string(place_of(layout, "target" + std::to_string(i)).page + 1) + ")";
        const std::string mark = "PAGE" + std::to_string(i) + " ";
        typed.replace(typed.find(mark), mark.size() - 1, text);
    }
    const Layout plain = lay_out({book(typed), "a { text-decoration: none }"});
    const auto words_by_place = [](const Layout& of) {
        std::map<std::pair<std::size_t, std::int64_t>, std::string> lines;
        for (std::size_t p = 0; p < of.pages.pages.size(); ++p)
            for (const PlacedItem& item : of.pages.pages[p].items)
                if (const auto* run = std::get_if<GlyphRun>(&item.item)) lines[{p, item.at.y.sp()}] += run->text;
        return lines;
    };
    CHECK(words_by_place(layout) == words_by_place(plain));
    CHECK(layout.pages.pages[0].links.size() == plain.pages.pages[0].links.size());
}

TEST_CASE("references in cells, notes and floats, and those that move lines, are laid out again as a whole") {
    std::string many;
    for (int i = 0; i < 120; ++i) many += "<p class=\"new\" id=\"p" + std::to_string(i) + "\">page" + std::to_string(i) + "</p>";
    const std::string to = "<a href=\"#p110\">x</a>";
    const Layout layout =
        lay_out({"<section><table><tbody><tr><td>cell " + to + "</td></tr></tbody></table><p>note<note><p>in it " + to +
                     "</p></note></p><div class=\"left\"><p>float " + to + "</p></div><p>beside " + to + to + to + to + to + to +
                     to + to + to + to + to + to + "</p></section><section>" + many + "</section>",
                 "a::after { content: \"[\" target-counter(attr(href), page, decimal) \"]\" } .left { float: left; width: 30mm } "
                 ".new { break-before: page }"});
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    const std::string number = "[" + std::to_string(place_of(layout, "page110").page + 1) + "]";
    std::size_t found = 0;
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p) {
        const std::string text = page_text(layout.pages, p) + notes_text(layout.pages, p);
        for (std::size_t at = text.find(number); at != std::string::npos; at = text.find(number, at + 1)) ++found;
        CHECK(text.find("[00]") == std::string::npos);
    }
    CHECK(found >= 15);
}

TEST_CASE("what stands outside of the page is an error with its place") {
    const std::string sheet = "@page { size: 100mm 100mm; margin: 10mm } ";
    const auto codes = [&](const std::string& css) {
        std::string out;
        const Layout layout = lay_out({"<section><p class=\"a\">word word word</p></section>", sheet + css});
        for (const Diagnostic& one : layout.diagnostics.all()) out += one.code + " ";
        return out;
    };
    CHECK(codes("").empty());
    CHECK(codes(".a { margin-left: -10mm }").empty());
    CHECK(codes(".a { margin-left: -12mm }") == "layout.off-page ");
    CHECK(codes(".a { margin-left: 120mm; margin-right: -60mm }") == "layout.off-page ");
    CHECK(codes(".a { margin-left: 70mm; white-space: nowrap }").find("layout.off-page") != std::string::npos);
}
