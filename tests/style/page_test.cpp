// Page styles: selectors, sizes, margins, margin boxes.
#include "style/book_maker.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

PageStyle page(std::string_view css, PageContext context = {}) {
    const Styled styled = style_book("<p>x</p>", css);
    INFO(styled.messages());
    CHECK(styled.messages().empty());
    return styled.book.page_style(context);
}
PageContext on(PageSide side, std::string name = "", bool first = false, bool blank = false) {
    return {std::move(name), side, first, blank};
}

} // namespace

TEST_CASE("a page has the size that @page asks for") {
    CHECK(page("@page { size: A4 }").width == Length::mm(210));
    CHECK(page("@page { size: landscape B5 }").height == Length::mm(176));
    CHECK(page("@page { size: 120mm 200mm }").height == Length::mm(200));
    CHECK(page("@page { size: letter portrait }").width == Length::mm(215.9));
    CHECK(page("@page { size: landscape }").width == Length::mm(210)); // of A5
    CHECK(page("@page { size: 100mm }").height == Length::mm(100));
    CHECK(page("").width == Length::mm(148));
}

TEST_CASE("inside and outside change sides") {
    const std::string css = "@page { margin: 10mm; margin-inside: 20mm; margin-outside: 30mm }";
    CHECK(page(css, on(PageSide::right)).margin[3] == Length::mm(20));
    CHECK(page(css, on(PageSide::right)).margin[1] == Length::mm(30));
    CHECK(page(css, on(PageSide::left)).margin[1] == Length::mm(20));
    CHECK(page("@page { size: 100mm 200mm; margin: 10% 5% }").margin ==
          Sides<Length>{Length::mm(20), Length::mm(5), Length::mm(20), Length::mm(5)});
}

TEST_CASE("the more specific page selector wins") {
    const std::string css =
        "@page :first { margin-top: 4mm } @page chapter { margin-top: 3mm } @page :left { margin-top: 2mm } @page { margin-top: "
        "1mm }"
        "@page chapter:left { margin-top: 5mm } @page :blank { margin-top: 6mm } @page front, notes:right { margin-top: 7mm }";
    CHECK(page(css, on(PageSide::right)).margin[0] == Length::mm(1));
    CHECK(page(css, on(PageSide::left)).margin[0] == Length::mm(2));
    CHECK(page(css, on(PageSide::right, "chapter")).margin[0] == Length::mm(3));
    CHECK(page(css, on(PageSide::left, "chapter")).margin[0] == Length::mm(5));
    CHECK(page(css, on(PageSide::left, "", true)).margin[0] == Length::mm(4));
    CHECK(page(css, on(PageSide::left, "", false, true)).margin[0] == Length::mm(6));
    CHECK(page(css, on(PageSide::right, "notes")).margin[0] == Length::mm(7));
    CHECK(page(css, on(PageSide::left, "notes")).margin[0] == Length::mm(2));
    CHECK(page(css, on(PageSide::right, "unheard-of")).margin[0] == Length::mm(1));
}

TEST_CASE("margin boxes have content, inherit from the page and stand in order") {
    const Styled styled = style_book(
        "<p>x</p>", "html { font-size: 9pt; color: blue } @page { color: red; @bottom-center { content: counter(page, "
                    "lower-roman) ' of ' counter(pages) }"
                    "@top-left { content: string(title, first-except); font-size: 150% } @top-right { content: none } }"
                    "@page :left { @bottom-center { content: normal } }");
    CHECK(styled.messages() == "");
    const PageStyle right = styled.book.page_style(on(PageSide::right));
    REQUIRE(right.margin_boxes.size() == 2);
    CHECK(right.margin_boxes[0].box == MarginBox::top_left);
    CHECK(std::get<GeneratedString>(right.margin_boxes[0].content[0]) == GeneratedString{"title", StringPosition::first_except});
    CHECK(styled.book.styles[right.margin_boxes[0].style].font_size == Length::pt(13.5));
    CHECK(styled.book.styles[right.margin_boxes[0].style].colour == Colour{255, 0, 0, 255});
    CHECK(right.margin_boxes[1].content.size() == 3);
    CHECK(right.page_counter_style == "lower-roman");
    const PageStyle left = styled.book.page_style(on(PageSide::left));
    CHECK(left.margin_boxes.size() == 1);
    CHECK(left.page_counter_style == "lower-roman"); // no folio of its own: it counts as the others do
}

TEST_CASE("the footnote area, marks and bleed are part of the page") {
    const Styled styled = style_book(
        "<p>x</p>", "@page { marks: crop cross; bleed: 3mm; @footnote { border-top: 1pt solid red; max-height: 40% } }");
    const PageStyle style = styled.book.page_style({});
    CHECK(style.crop_marks);
    CHECK(style.bleed == Length::mm(3));
    CHECK(styled.book.styles[style.footnote_area_style].border_width[0] == Length::pt(1));
    CHECK(page("@page { marks: crop }").bleed == Length::pt(6));
}

TEST_CASE("margins that leave no room are made smaller, with a warning") {
    const Styled styled = style_book("<p>x</p>", "@page { margin: 200mm }");
    const PageStyle style = styled.book.page_style({});
    CHECK(style.margin[1] + style.margin[3] < style.width);
    CHECK(styled.messages().find("style.narrow-page") != std::string::npos);
}

TEST_CASE("named pages are inherited and plain keys set the page") {
    const Styled styled =
        style_book("<section class=\"f\"><p id=\"a\">x</p></section>", ".f { page: front } @page front { size: A6 }");
    CHECK(styled.style("a").page == "front");
    MemoryFiles files;
    files.put("book.css", "@page { margin: 10mm }");
    SourceMap sources;
    Diagnostics diagnostics;
    PlainStyles plain;
    plain.page_width = Length::mm(105);
    plain.page_height = Length::mm(148);
    plain.font = "\"Noto Serif\", serif";
    plain.font_size = Length::pt(9.5);
    const auto sheet =
        read_stylesheets({{"book.css", StyleSource::Level::author, {}}}, plain, Medium::print, files, sources, diagnostics);
    const StyledBook book = apply_styles(make_book("<p>x</p>"), *sheet, diagnostics);
    CHECK(diagnostics.all().empty());
    CHECK(book.page_style({}).width == Length::mm(105));
    CHECK(book.style(NodeId{2}).font_size == Length::pt(9.5));
    CHECK(book.style(NodeId{2}).font_families == std::vector<std::string>{"Noto Serif", "serif"});
}
