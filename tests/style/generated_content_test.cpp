// Counters, quotes, strings, targets, markers, notes.
#include "style/book_maker.h"
#include "style/counter_style.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

TEST_CASE("counters number headings within their chapters") {
    const Styled styled =
        style_book("<h1 id=\"c1\"/><h2 id=\"s1\"/><h2 id=\"s2\"/><h1 id=\"c2\"/><h2 id=\"s3\"/>",
                   "body { counter-reset: chapter } h1 { counter-increment: chapter; counter-reset: section }"
                   "h2 { counter-increment: section } h1::before { content: counter(chapter, upper-roman) '. ' }"
                   "h2::before { content: counter(chapter) '.' counter(section) }");
    CHECK(styled.messages() == "");
    CHECK(styled.pseudo_text("c1", PseudoElement::before) == "I. ");
    CHECK(styled.pseudo_text("s2", PseudoElement::before) == "1.2");
    CHECK(styled.pseudo_text("s3", PseudoElement::before) == "2.1");
    CHECK(styled.pseudo_text("c1", PseudoElement::after) == "∅");
}

TEST_CASE("nested lists have nested counters") {
    const Styled styled = style_book(
        "<ol><li/><li id=\"a\"><ol start=\"5\"><li/><li id=\"b\"/></ol></li><li id=\"c\" value=\"9\"/><li id=\"d\"/></ol>",
        "li { display: list-item; list-style-type: decimal } li::before { content: counters(list-item, '.') }");
    CHECK(styled.pseudo_text("a", PseudoElement::marker) == "2. ");
    CHECK(styled.pseudo_text("b", PseudoElement::before) == "2.6");
    CHECK(styled.pseudo_text("c", PseudoElement::marker) == "9. ");
    CHECK(styled.pseudo_text("d", PseudoElement::marker) == "10. ");
}

TEST_CASE("list markers are numbers, signs or strings") {
    const auto marker = [](const std::string& css) {
        return style_book("<ul><li id=\"a\"/></ul>", "li { display: list-item; " + css + " }")
            .pseudo_text("a", PseudoElement::marker);
    };
    CHECK(marker("") == "• ");
    CHECK(marker("list-style: square inside") == "▪ ");
    CHECK(marker("list-style-type: '– '") == "– ");
    CHECK(marker("list-style: none") == "∅");
    CHECK(marker("list-style-type: lower-greek") == "α. ");
    CHECK(marker("list-style-type: symbols(cyclic '*' '†')") == "* ");
    CHECK(marker("} li::marker { content: '→'") == "→");
}

TEST_CASE("quotes follow language and depth") {
    const auto quotes = [](std::string_view language, std::string_view css) {
        const Styled styled = style_book("<q id=\"a\">x<q id=\"b\">y</q></q>", css, Medium::print, language);
        return styled.pseudo_text("a", PseudoElement::before) + styled.pseudo_text("b", PseudoElement::before) +
               styled.pseudo_text("b", PseudoElement::after) + styled.pseudo_text("a", PseudoElement::after);
    };
    const std::string_view css = "q::before { content: open-quote } q::after { content: close-quote }";
    CHECK(quotes("en-GB", css) == "“‘’”");
    CHECK(quotes("de", css) == "„‚‘“");
    CHECK(quotes("pl", css) == "„«»”");
    CHECK(quotes("xx", css) == "“‘’”");
    CHECK(quotes("en", std::string(css) + "q { quotes: '<' '>' '(' ')' }") == "<()>");
    CHECK(quotes("en", std::string(css) + "q { quotes: none }") == "");
}

TEST_CASE("a target's page, number and text stand behind a link") {
    const Styled styled =
        style_book("<p><a id=\"l\" href=\"#t\" data-page-before=\" (page \" data-page-after=\")\">see</a><a id=\"x\" "
                   "href=\"https://example.org\">out</a></p>"
                   "<h2 id=\"t\">The <em>target</em></h2>",
                   "h2 { counter-increment: h2 } h2::before { content: 'Chapter ' counter(h2) }"
                   "a::after { content: attr(data-page-before) target-counter(attr(href), page) attr(data-page-after) }"
                   "a::before { content: target-text(attr(href)) '/' target-counter(attr(href), h2, upper-alpha) '/' "
                   "target-text(attr(href), before) }");
    CHECK(styled.messages() == "");
    CHECK(styled.pseudo_text("l", PseudoElement::after) == " (page [page of t])");
    CHECK(styled.pseudo_text("l", PseudoElement::before) == "The target/A/Chapter 1");
    CHECK(styled.pseudo_text("x", PseudoElement::after) == "∅"); // no target, no words around it
}

TEST_CASE("leaders, page numbers and attributes are items of content") {
    const Styled styled =
        style_book("<p id=\"a\" title=\"T\">x</p>", "p::after { content: attr(title) attr(none, '?') leader(dotted) "
                                                    "counter(page, lower-roman) '/' counter(pages) / 'words for the ear' }");
    CHECK(styled.messages() == "");
    CHECK(styled.pseudo_text("a", PseudoElement::after) == "T?[leader . ][page lower-roman]/[pages decimal]");
}

TEST_CASE("strings are set from text, attributes and other strings") {
    const Styled styled = style_book(
        "<h1 id=\"a\" title=\"T\">Some\n  <em>title</em><note number=\"1\"><p>not this</p></note></h1><h2 id=\"b\">Sub</h2>",
        "h1 { string-set: head content(), mark attr(title) '!' } h2 { string-set: both string(head) ': ' content(first-letter) "
        "}");
    const auto strings = [&](std::string_view id) {
        std::string text;
        for (const StringSet& one : styled.book.string_sets.at(styled.find(id))) text += one.name + "=" + one.value + ";";
        return text;
    };
    CHECK(strings("a") == "head=Some title;mark=T!;");
    CHECK(strings("b") == "both=Some title: S;");
}

TEST_CASE("a note is called by its number, and so is a further call of it") {
    const Styled styled =
        style_book("<p>x<note id=\"n\" number=\"7\"><p>note</p></note> again<noteref id=\"r\" href=\"#n\"/></p>",
                   "::footnote-marker { content: counter(footnote) '. ' }");
    CHECK(styled.pseudo_text("n", PseudoElement::footnote_call) == "7");
    CHECK(styled.pseudo_text("n", PseudoElement::footnote_marker) == "7. ");
    CHECK(styled.pseudo_text("r", PseudoElement::footnote_call) == "7");
}

TEST_CASE("page numbers begin anew where a style says so") {
    const Styled styled = style_book("<section id=\"a\"/><section id=\"b\"/><section id=\"c\"/>",
                                     "#a { counter-reset: page } #b { counter-reset: page 1 } #c { counter-set: page 12 }");
    CHECK(styled.book.page_counter_reset == std::set{styled.find("a"), styled.find("b")});
    CHECK(styled.book.counter_page_set.at(styled.find("c")) == 12);
}

TEST_CASE("what is not shown counts nothing") {
    const Styled styled = style_book("<ol><li/><li class=\"gone\"/><li id=\"a\"/></ol>",
                                     "li { display: list-item; list-style: decimal } .gone { display: none }");
    CHECK(styled.pseudo_text("a", PseudoElement::marker) == "2. ");
}

TEST_CASE("first-letter and first-line have styles, hidden pseudo-elements no box") {
    const Styled styled =
        style_book("<p id=\"a\">x</p>",
                   "p::first-letter { font-size: 3em } p::before { content: 'x'; display: none } p::after { content: '' }");
    const PseudoBox* letter = styled.book.pseudo(styled.find("a"), PseudoElement::first_letter);
    REQUIRE(letter);
    CHECK(styled.book.styles[letter->style].font_size == Length::pt(36));
    CHECK(styled.pseudo_text("a", PseudoElement::before) == "∅");
    CHECK(styled.pseudo_text("a", PseudoElement::after) == "");
}

TEST_CASE("counters are written in every predefined system") {
    CHECK(format_counter(0, "decimal") == "0");
    CHECK(format_counter(-12, "decimal") == "-12");
    CHECK(format_counter(7, "decimal-leading-zero") == "07");
    CHECK(format_counter(-7, "decimal-leading-zero") == "-7");
    CHECK(format_counter(1994, "upper-roman") == "MCMXCIV");
    CHECK(format_counter(4000, "lower-roman") == "4000"); // beyond its range
    CHECK(format_counter(0, "lower-roman") == "0");
    CHECK(format_counter(26, "lower-alpha") == "z");
    CHECK(format_counter(27, "upper-latin") == "AA");
    CHECK(format_counter(25, "lower-greek") == "αα");
    CHECK(format_counter(105, "arabic-indic") == "١٠٥");
    CHECK(format_counter(123, "persian") == "۱۲۳");
    CHECK(format_counter(90, "bengali") == "৯০");
    CHECK(format_counter(3, "gujarati") == "૩");
    CHECK(format_counter(4, "gurmukhi") == "੪");
    CHECK(format_counter(5, "devanagari") == "५");
    CHECK(format_counter(10, "cjk-decimal") == "一〇");
    CHECK(format_counter(13, "cjk-earthly-branch") == "一三");
    CHECK(format_counter(15, "hebrew") == "טו");
    CHECK(format_counter(1999, "armenian") == "ՌՋՂԹ");
    CHECK(format_counter(49, "hiragana-iroha") == "いろ");
    CHECK(format_counter(3, "disc") == "•");
    CHECK(format_counter(3, "no-such-style") == "3");
    CHECK(format_counter(2, "symbols('*' '†')") == "†");
    CHECK(format_counter(3, "symbols('*' '†')") == "**");
    CHECK(format_counter(1'000'000'000, "symbols('*')") == "1000000000");
}

TEST_CASE("a book's own counter styles travel with its page numbers") {
    const Styled styled =
        style_book("<p id=\"a\" /><ol><li id=\"b\"/></ol>",
                   "@counter-style dagger { system: cyclic; symbols: '†' '‡'; suffix: ' ' }"
                   "@counter-style triple { system: extends decimal; pad: 3 '0' }"
                   "@counter-style loop { system: extends loop }"
                   "@page { @bottom-center { content: counter(page, triple) } }"
                   "li { display: list-item; list-style: dagger } p::before { content: counter(x, triple) counter(x, loop) }");
    CHECK(styled.pseudo_text("a", PseudoElement::before) == "0000");
    CHECK(styled.pseudo_text("b", PseudoElement::marker) == "† ");
    CHECK(format_counter(7, styled.book.page_style({}).page_counter_style) == "007");
}
