// HTML and XHTML articles. Each input stands beside what becomes of it, and what is reported.
#include "brief.h"
#include "conservation.h"

#include "base/utf8.h"
#include "read/html_head.h"
#include "read/read_html.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using test::brief_html;

TEST_CASE("HTML: headings, paragraphs and rules") {
    CHECK(brief_html("<h1>A</h1><p>b</p><hr><h6>C</h6>") ==
          "heading 1(text \"A\"), paragraph(text \"b\"), thematic-break, heading 6(text \"C\")");
}

TEST_CASE("HTML: lists keep their kind, their start and stray content") {
    CHECK(brief_html("<ul><li>a</li><li><p>b</p></li></ul><ol start=\"3\"><li>c<ol><li>d</ol></ol>") ==
          "list(item(paragraph(text \"a\")), item(paragraph(text \"b\"))), list ordered from 3 tight(item(paragraph(text \"c\"), "
          "list ordered from 1 tight(item(paragraph(text \"d\")))))");
    CHECK(brief_html("<ul>x<li>a</ul>") == "list tight(item(paragraph(text \"x\")), item(paragraph(text \"a\")))");
}

TEST_CASE("HTML: tables keep head, foot, spans, scope and alignment") {
    CHECK(brief_html(
              "<table><colgroup><col width=\"30%\"><col></colgroup><thead><tr><th scope=\"col\">a<th>b</thead><tbody><tr><td "
              "rowspan=\"2\" style=\"text-align:right\">c<td>d<tr><td>e</tbody><tfoot><tr><td colspan=\"2\">f</tfoot></table>") ==
          "table(column unset width 30%, column unset, head(row(header-cell scope=\"col\"(paragraph(text \"a\")), "
          "header-cell(paragraph(text \"b\")))), body(row(cell rows 2 right(paragraph(text \"c\")), cell(paragraph(text "
          "\"d\"))), row(cell(paragraph(text \"e\")))), foot(row(cell columns 2(paragraph(text \"f\"))))) ! html-ignored \"<td "
          "rowspan=\"2\" style=\"text-align:right\">\"");
}

TEST_CASE("HTML: short rows of a table get the cells that they lack") {
    CHECK(brief_html("<table><thead><tr><th>a<th>b<th>c</thead><tr><td>d<tr><td rowspan=2>e<td>f<td rowspan=2>g<tr></table>") ==
          "table(column unset, column unset, column unset, head(row(header-cell(paragraph(text \"a\")), "
          "header-cell(paragraph(text \"b\")), header-cell(paragraph(text \"c\")))), body(row(cell(paragraph(text \"d\")), "
          "cell, cell), row(cell rows 2(paragraph(text \"e\")), cell(paragraph(text \"f\")), cell rows 2(paragraph(text "
          "\"g\"))), row(cell)))");
}

TEST_CASE("HTML: what stands in a table outside its cells is kept") {
    CHECK(brief_html("<table>x<tr>y<td>z</table>") ==
          "paragraph(text \"xy\"), table(column unset, body(row(cell(paragraph(text \"z\")))))");
}

TEST_CASE("HTML: figures keep their captions, and lists of definitions their groups") {
    CHECK(brief_html("<figure><img src=\"a\" alt=\"b\"><figcaption>c "
                     "<b>d</b></figcaption></figure><dl><div><dt>t<dd>1<dd>2</div><dt>u<dd><p>3</p></dl>") ==
          "figure(paragraph(image \"a\" alt \"b\"), caption(text \"c \", bold(text \"d\"))), definition-list(item(term(text "
          "\"t\"), definition(paragraph(text \"1\")), definition(paragraph(text \"2\"))), item(term(text \"u\"), "
          "definition(paragraph(text \"3\"))))");
}

TEST_CASE("HTML: phrases may be nested, and blocks may stand in them") {
    CHECK(brief_html("<p>a <b>b <i>c</i></b> <q>d</q> <time>e</time></p>") ==
          "paragraph(text \"a \", bold(text \"b \", italic(text \"c\")), text \" \", quotation(text \"d\"), text \" \", "
          "time(text \"e\"))");
    CHECK(brief_html("<a href=\"u\"><p>x</p><p>y</p></a>") ==
          "paragraph(link \"u\"(text \"x\")), paragraph(link \"u\"(text \"y\"))");
}

TEST_CASE("HTML: a reference to a number beyond all characters is U+FFFD, in the title too") {
    CHECK(first_invalid_utf8(brief_html("<p>a&#11111111111;b</p><pre>c&#11111111111;</pre>")) == std::string::npos);
    CHECK(first_invalid_utf8(read_html_head("<title>a&#11111111111;</title>").title) == std::string::npos);
}

TEST_CASE("HTML: an unknown element is reported and keeps its text") {
    CHECK(brief_html("<p>a <blink>b</blink></p><x-y>c</x-y>") ==
          "paragraph(text \"a b\"), paragraph(text \"c\") ! html-unknown \"<blink>b</blink>\" ! html-unknown \"<x-y>c</x-y>\"");
}

TEST_CASE("HTML: scripts, styles, frames and forms are refused or reported with their place") {
    CHECK(brief_html("<style>p{}</style><p>a</p><script>x</script><iframe>y</iframe><object>z</"
                     "object><form>k<select><option>1<option>2</select></form>") ==
          "paragraph(text \"a\"), paragraph(text \"z k 1 2\") ! html-ignored \"<style>\" ! html-refused \"<script>\" ! "
          "html-refused \"<iframe>\" ! html-refused \"<object>\" ! html-refused \"<form>\" ! html-refused \"<select>\"");
}

TEST_CASE("HTML: character references, languages, directions and ids") {
    CHECK(brief_html("<p id=\"i\" lang=\"ar\" dir=\"rtl\">&lt;&eacute;&#8804;</p>") ==
          "paragraph #i lang=ar dir=\"rtl\"(text \"<é≤\")");
}

TEST_CASE("HTML: tags that are not nested are paired as a browser does") {
    CHECK(brief_html("<p>a <b>b <i>c</b> d</i> e</p>") ==
          "paragraph(text \"a \", bold(text \"b \", italic(text \"c\")), italic(text \" d\"), text \" e\")");
    CHECK(brief_html("<b>a<p>b</b>c</p>") == "paragraph(bold(text \"a\")), paragraph(bold(text \"b\"), text \"c\")");
    CHECK(brief_html("<p>a</div>b") == "paragraph(text \"ab\") ! html-unpaired \"</div>\"");
}

TEST_CASE("HTML: a note with its call is a note") {
    CHECK(brief_html("<p>a<a href=\"#n\" role=\"doc-noteref\">1</a></p><aside id=\"n\" role=\"doc-footnote\"><p>b</p></aside>") ==
          "paragraph(text \"a\", note \"n\"(paragraph(text \"b\")))");
}

TEST_CASE("HTML: a document gives its body") {
    CHECK(brief_html("<!DOCTYPE html><html lang=\"en\"><head><title>T</title><meta "
                     "charset=\"utf-8\"></head><body><p>a</p></body></html>") == "paragraph(text \"a\")");
}

TEST_CASE("HTML: XHTML's empty elements and CDATA") {
    CHECK(brief_html("<p>a<br/>b<span id=\"x\"/>c</p><p><![CDATA[d < e]]></p>") ==
          "paragraph(text \"a\", line-break, text \"b\", span #x, text \"c\"), paragraph(text \"d < e\")");
}

TEST_CASE("HTML: white space collapses, but not in preformatted text") {
    CHECK(brief_html("<p> a\n  b <b> c </b> d</p><pre>x\n  y</pre>") ==
          "paragraph(text \"a b \", bold(text \"c \"), text \"d\"), code-block \"x\\n  y\\n\"");
}

TEST_CASE("HTML: what is nested deeper than the limit keeps its text, and is reported") {
    for (const std::string element : {"div", "b", "blockquote", "table><tr><td", "ul><li", "span"}) {
        std::string source;
        for (int i = 0; i < 3000; ++i) source += "<" + element + ">";
        source += "deep";
        Diagnostics diagnostics;
        const Blocks blocks = read_html({SourceId{1}, source, {}}, {{"clinic."}, "a.html"}, diagnostics);
        INFO(element);
        CHECK(test::lost_words("deep", blocks, diagnostics).empty());
        CHECK(test::extent_of(blocks).depth < 1000);
        CHECK_FALSE(diagnostics.all().empty());
    }
}
