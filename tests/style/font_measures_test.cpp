// Lengths in ex, cap, ch and ic: by the font of the element, or by the specification's substitutes.
#include "style/book_maker.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// Wide is a font with digits of one em; bold digits are wider still.
class MadeMeasures final : public FontMeasures {
public:
    FontMeasure of(const ComputedStyle& style) const override {
        FontMeasure out{0.4, 0.6, 0.25, 1.5};
        if (style.font_families.front() == "Wide") out.zero_advance = style.font_weight == 700 ? 1.25 : 1.0;
        return out;
    }
};

Styled styled(const std::string& css) {
    static const MadeMeasures fonts;
    return style_book("<div id=\"out\"><p id=\"p\">x</p></div>", css, Medium::print, "en", &fonts);
}

double indent(const std::string& css) { return styled(css).style("p").text_indent.length.in_pt(); }

} // namespace

TEST_CASE("ex, cap, ch and ic are measured in the element's own font") {
    CHECK(indent("p { font-size: 20pt; text-indent: 2ex }") == Approx(16));
    CHECK(indent("p { font-size: 20pt; text-indent: 2cap }") == Approx(24));
    CHECK(indent("p { font-size: 20pt; text-indent: 2ch }") == Approx(10));
    CHECK(indent("p { font-size: 20pt; text-indent: 2ic }") == Approx(60));
    CHECK(indent("p { text-indent: calc(2ch + 1pt); font-size: 20pt }") == Approx(11));
}

TEST_CASE("the font is known before lengths are, whatever the order of the declarations") {
    CHECK(indent("p { text-indent: 2ch; font: bold 20pt Wide }") == Approx(50));
    CHECK(indent("p { text-indent: 2ch; font-family: Wide; font-size: 20pt }") == Approx(40));
    CHECK(indent("#out { font-family: Wide } p { text-indent: 2ch; font-size: 20pt }") == Approx(40));
}

TEST_CASE("a font size in ch is measured in the parent's font") {
    const Styled made = styled("#out { font: 20pt Wide } p { font-family: serif; font-size: 2ch }");
    CHECK(made.style("p").font_size == Length::pt(40));
}

TEST_CASE("rch, rex, rcap and ric are measured in the root's font") {
    CHECK(indent("html { font: 30pt Wide } p { font: 10pt serif; text-indent: 2rch }") == Approx(60));
    CHECK(indent("html { font-size: 30pt } p { font: 10pt serif; text-indent: 2rex }") == Approx(24));
    CHECK(indent("html { font-size: 30pt } p { font: 10pt serif; text-indent: 2rcap }") == Approx(36));
    CHECK(indent("html { font-size: 30pt } p { font: 10pt serif; text-indent: 2ric }") == Approx(90));
    CHECK(styled("html { font: 30pt Wide; text-indent: 2rch } p { font: 10pt serif }").style("p").text_indent.length ==
          Length::pt(60));
}

TEST_CASE("a page and its margin boxes measure in the root's font") {
    const PageStyle page = styled("html { font: 10pt Wide } @page { margin-left: 3ch }").book.page_style({});
    CHECK(at(page.margin, Side::left) == Length::pt(30));
}

TEST_CASE("without fonts the substitutes of the specification count") {
    const auto plain = [](const std::string& css) { return style_book("<p id=\"p\">x</p>", css).style("p").text_indent.length; };
    CHECK(plain("p { font-size: 20pt; text-indent: 2ch }") == Length::pt(20));
    CHECK(plain("p { font-size: 20pt; text-indent: 2ex }") == Length::pt(20));
    CHECK(plain("p { font-size: 20pt; text-indent: 2ic }") == Length::pt(40));
}
