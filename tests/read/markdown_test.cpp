// What is ours over CommonMark, and what is easily lost. Each input stands beside what becomes of it, and what is reported.
#include "brief.h"
#include "conservation.h"

#include "model/article.h"
#include "read/read_markdown.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using test::brief_markdown;

namespace {

std::string dump_of(std::string_view text, Diagnostics& diagnostics) {
    Article article;
    article.body = read_markdown({SourceId{1}, text, {}}, {{"clinic."}, "a.md"}, diagnostics);
    std::string out = dump(article);
    return out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("what is ours works in a table's cell too: no exponent becomes a larger number") {
    Diagnostics diagnostics;
    const std::string dump = dump_of("| a | b |\n|---|---|\n| 10^9^ H~2~O | [two]{.x} {{clinic.name}} ~~gone~~ |\n", diagnostics);
    INFO(dump);
    CHECK(contains(dump, "superscript"));
    CHECK(contains(dump, "subscript"));
    CHECK(contains(dump, "span .x"));
    CHECK(contains(dump, "clinic.name"));
    CHECK(contains(dump, "strikethrough"));
    CHECK_FALSE(contains(dump, "109"));
    CHECK(diagnostics.all().empty());
}

TEST_CASE("marks without a partner stay text") {
    Diagnostics diagnostics;
    const std::string dump = dump_of("5^ and ~3 and [a] {b} 2 ~ 3 ~ 4 and $x^2$ and {{other}}\n", diagnostics);
    INFO(dump);
    CHECK(contains(dump, "5^ and ~3 and [a] {b} 2 ~ 3 ~ 4 and $x^2$ and {{other}}"));
}

TEST_CASE("a table keeps its columns' alignment, and its caption may carry the id") {
    CHECK(brief_markdown("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\nTable: The doses {#doses}\n") ==
          "table #doses(caption(text \"The doses\"), column left, column centre, column right, head(row(header-cell "
          "left(paragraph(text \"a\")), header-cell centre(paragraph(text \"b\")), header-cell right(paragraph(text \"c\")))), "
          "body(row(cell left(paragraph(text \"1\")), cell centre(paragraph(text \"2\")), cell right(paragraph(text \"3\")))))");
}

TEST_CASE("a header column is asked for by a class") {
    CHECK(brief_markdown("| a | b |\n|---|---|\n| 1 | 2 |\n{.header-column}\n") ==
          "table .header-column(column unset, column unset, head(row(header-cell(paragraph(text \"a\")), "
          "header-cell(paragraph(text \"b\")))), body(row(header-cell(paragraph(text \"1\")), cell(paragraph(text \"2\")))))");
}

TEST_CASE("a bar within a cell is written with a backslash, in code too") {
    CHECK(brief_markdown("| a | b |\n|---|---|\n| `x\\|y` | p \\| q |\n") ==
          "table(column unset, column unset, head(row(header-cell(paragraph(text \"a\")), header-cell(paragraph(text \"b\")))), "
          "body(row(cell(paragraph(code \"x|y\")), cell(paragraph(text \"p | q\")))))");
}

TEST_CASE("a row that is too long keeps its text in the last cell, and is reported") {
    CHECK(brief_markdown("| a | b |\n|---|---|\n| 1 | 2 | **3** | 4 |\n") ==
          "table(column unset, column unset, head(row(header-cell(paragraph(text \"a\")), header-cell(paragraph(text \"b\")))), "
          "body(row(cell(paragraph(text \"1\")), cell(paragraph(text \"2 | \", strong(text \"3\"), text \" | 4\"))))) ! "
          "extra-cells \"**3** | 4\"");
    CHECK(brief_markdown("| a |\n|---|\n| `x|y` |\n") == "table(column unset, head(row(header-cell(paragraph(text \"a\")))), "
                                                         "body(row(cell(paragraph(code \"x|y\"))))) ! extra-cells \"y`\"");
    CHECK(brief_markdown("| a |\n|---|\n| 1 | |\n") ==
          "table(column unset, head(row(header-cell(paragraph(text \"a\")))), body(row(cell(paragraph(text \"1\")))))");
}

TEST_CASE("a row that is too short gets empty cells") {
    CHECK(brief_markdown("| a | b |\n|---|---|\n| 1 |\n") ==
          "table(column unset, column unset, head(row(header-cell(paragraph(text \"a\")), header-cell(paragraph(text \"b\")))), "
          "body(row(cell(paragraph(text \"1\")), cell)))");
}

TEST_CASE("a caption without a table is a paragraph, and is reported") {
    CHECK(brief_markdown("Table: nothing here\n") ==
          "paragraph(text \"Table: nothing here\") ! loose-caption \"Table: nothing here\"");
}

TEST_CASE("a picture alone is a figure; its title, or the line below it, is the caption") {
    CHECK(brief_markdown("![alt](a.png \"cap\"){width=60% #f}\n") ==
          "figure #f(paragraph(image \"a.png\" alt \"alt\" width=\"60%\"), caption(text \"cap\"))");
    CHECK(brief_markdown("![alt](a.png)\nFigure: The *lung* {#lung}\n") ==
          "figure #lung(paragraph(image \"a.png\" alt \"alt\"), caption(text \"The \", emphasis(text \"lung\")))");
}

TEST_CASE("a note stands where it is called first, and further calls refer to it") {
    CHECK(
        brief_markdown("x[^1] y[^1]\n\n[^1]: one\n\n    two\n") ==
        "paragraph(text \"x\", note \"1\"(paragraph(text \"one\"), paragraph(text \"two\")), text \" y\", note-reference \"1\")");
}

TEST_CASE("a note may call another") {
    CHECK(brief_markdown("x[^a]\n\n[^a]: one[^b]\n\n[^b]: two\n") ==
          "paragraph(text \"x\", note \"a\"(paragraph(text \"one\", note \"b\"(paragraph(text \"two\")))))");
}

TEST_CASE("a note that nothing calls is reported and stands at the end") {
    CHECK(brief_markdown("x\n\n[^1]: never *said*\n") ==
          "paragraph(text \"x\"), section .unreferenced-notes(division .unreferenced-note(paragraph(text \"never \", "
          "emphasis(text \"said\")))) ! unused-note \"never *said*\"");
}

TEST_CASE("a note that is defined twice is reported and stands at the end") {
    CHECK(brief_markdown("x[^1]\n\n[^1]: first\n\n[^1]: second\n") ==
          "paragraph(text \"x\", note \"1\"(paragraph(text \"first\"))), section .unreferenced-notes(division "
          ".unreferenced-note(paragraph(text \"second\"))) ! duplicate-definition \"1\" ! unused-note \"second\"");
}

TEST_CASE("a note whose label no call can name keeps its text") {
    CHECK(brief_markdown("x\n\n[^`a]: kept\n\n[^b`]: too\n") ==
          "paragraph(text \"x\"), section .unreferenced-notes(division .unreferenced-note(paragraph(text \"kept\")), division "
          ".unreferenced-note(paragraph(text \"too\"))) ! unused-note \"kept\" ! unused-note \"too\"");
}

TEST_CASE("a note within a note's first line keeps its text") {
    CHECK(brief_markdown("x[^1]\n\n[^1]: [^2]: inner\n") ==
          "paragraph(text \"x\", note \"1\"), section .unreferenced-notes(division .unreferenced-note(paragraph(text "
          "\"inner\"))) ! unused-note \"inner\"");
}

TEST_CASE("a call without a note stays text, and is reported") {
    CHECK(brief_markdown("x[^none]\n") == "paragraph(text \"x[^none]\") ! unknown-note \"[^none]\"");
}

TEST_CASE("what looks like a call but runs over a line's end stays text") {
    CHECK(brief_markdown("see [^the note\nbelow] here\n") == "paragraph(text \"see [^the note\\nbelow] here\")");
    CHECK(brief_markdown("a [^1 `x]\ny` b] c\n") == "paragraph(text \"a [^1 \", code \"x] y\", text \" b] c\")");
}

TEST_CASE("a link definition that nothing uses, or that is written twice, is reported at its place") {
    CHECK(brief_markdown("x [a]\n\n[a]: http://x.org \"t\"\n[a]: http://y.org\n[b]: http://z.org\n") ==
          "paragraph(text \"x \", link \"http://x.org\" title \"t\"(text \"a\")) ! duplicate-definition \"[a]\" ! unused-link "
          "\"[b]\"");
    CHECK(brief_markdown("- [x]: /u\n") == "list tight(item) ! unused-link \"[x]\"");
}

TEST_CASE("a term may begin with a bracket; what may be a link definition stays one") {
    CHECK(brief_markdown("[Dose]{.main}\n: how much\n") ==
          "definition-list(item(term(span .main(text \"Dose\")), definition(paragraph(text \"how much\"))))");
    CHECK(brief_markdown("[ECG](https://example.org/)\n: a tracing\n") ==
          "definition-list(item(term(link \"https://example.org/\"(text \"ECG\")), definition(paragraph(text \"a tracing\"))))");
    CHECK(brief_markdown("[x\\]y]\n: a key\n") ==
          "definition-list(item(term(text \"[x]y]\"), definition(paragraph(text \"a key\"))))");
    CHECK(brief_markdown("[a]: http://x.org\n: no term [a]\n") ==
          "paragraph(text \": no term \", link \"http://x.org\"(text \"a\"))");
}

TEST_CASE("a definition list has several terms, several definitions, and blocks in them") {
    CHECK(brief_markdown("Apple\nPear\n: red\n\n: - a\n  - b\n\nPlum {#plum}\n: blue\n\n      code\n") ==
          "definition-list(item(term(text \"Apple\"), term(text \"Pear\"), definition(paragraph(text \"red\")), definition(list "
          "tight(item(paragraph(text \"a\")), item(paragraph(text \"b\"))))), item(term #plum(text \"Plum\"), "
          "definition(paragraph(text \"blue\"), code-block \"code\\n\")))");
}

TEST_CASE("a line that begins with a colon and has no term is text") {
    CHECK(brief_markdown(": alone\n") == "paragraph(text \": alone\")");
}

TEST_CASE("a task is done when its own box says so") {
    CHECK(brief_markdown("- [ ] tick [x] here\n- [x] done\n- [X] large\n- [] no box\n") ==
          "list tight(item [ ](paragraph(text \"tick [x] here\")), item [x](paragraph(text \"done\")), item [x](paragraph(text "
          "\"large\")), item(paragraph(text \"[] no box\")))");
}

TEST_CASE("strikethrough, subscript and superscript stand in words and in each other") {
    CHECK(brief_markdown("~~gone~~ H~2~O 10^9^ **x^2^** ~~a~b~c~~ x^a~b~^\n") ==
          "paragraph(strikethrough(text \"gone\"), text \" H\", subscript(text \"2\"), text \"O 10\", superscript(text \"9\"), "
          "text \" \", strong(text \"x\", superscript(text \"2\")), text \" \", strikethrough(text \"a\", subscript(text \"b\"), "
          "text \"c\"), text \" x\", superscript(text \"a\", subscript(text \"b\")))");
}

TEST_CASE("a subscript holds no space unless it is escaped") {
    CHECK(brief_markdown("a~b c~ d~e\\ f~\n") == "paragraph(text \"a~b c~ d\", subscript(text \"e f\"))");
}

TEST_CASE("escaped and unpaired marks stay text") {
    CHECK(brief_markdown("\\~n\\~ \\^n\\^ 2~3 a ~ b ^ ^^ x^^ ~~~y~~~ 5^\n") ==
          "paragraph(text \"~n~ ^n^ 2~3 a ~ b ^ ^^ x^^ ~~~y~~~ 5^\")");
}

TEST_CASE("dollars are text") {
    CHECK(brief_markdown("$x^2$ costs $5 and $10\n") == "paragraph(text \"$x^2$ costs $5 and $10\")");
}

TEST_CASE("a call-out has a kind, a title and blocks") {
    CHECK(brief_markdown("> [!WARNING] Do *not*\n> stop.\n>\n> - a\n>\n>   > [!dose]\n>   > two\n") ==
          "call-out warning(title(text \"Do \", emphasis(text \"not\")), paragraph(text \"stop.\"), list(item(paragraph(text "
          "\"a\"), call-out dose(paragraph(text \"two\")))))");
    CHECK(brief_markdown("> [!NOTE] Only a title {#n .x}\n") == "call-out note #n .x(title(text \"Only a title\"))");
}

TEST_CASE("all eight kinds of call-outs are known") {
    CHECK(brief_markdown("> [!NOTE]\n\n> [!TIP]\n\n> [!IMPORTANT]\n\n> [!WARNING]\n\n> [!CAUTION]\n\n> [!CARE]\n\n> [!DOSE]\n\n> "
                         "[!CONTACT]\n") == "call-out note, call-out tip, call-out important, call-out warning, call-out "
                                            "caution, call-out care, call-out dose, call-out contact");
}

TEST_CASE("a call-out of an unknown kind stays a quotation, and is reported") {
    CHECK(brief_markdown("> [!WARN] x\n> y\n") == "quote(paragraph(text \"[!WARN] x\\ny\")) ! unknown-call-out \"[!WARN]\"");
}

TEST_CASE("attributes stand on headings, spans, phrases, code and links") {
    CHECK(brief_markdown("## H {#a .b lang=fr}\n\n[s]{.c dir=rtl} *e*{.d} `c`{.f} [l](u){#g}\n") ==
          "heading 2 #a .b lang=fr(text \"H\"), paragraph(span .c dir=\"rtl\"(text \"s\"), text \" \", emphasis .d(text \"e\"), "
          "text \" \", code \"c\" .f, text \" \", link \"u\" #g(text \"l\"))");
}

TEST_CASE("a line of attributes belongs to the block above it, else to the one below") {
    CHECK(brief_markdown("Above.\n{#p .q}\n\n{.r}\n- below\n") ==
          "paragraph #p .q(text \"Above.\"), list tight .r(item(paragraph(text \"below\")))");
    CHECK(brief_markdown("{.x}\n\nalone\n") == "paragraph(text \"{.x}\"), paragraph(text \"alone\") ! loose-attributes \"{.x}\"");
}

TEST_CASE("attributes that are not well formed stay text") {
    CHECK(brief_markdown("## H {#}\n\n[a]{b} {.c x *d*{=e}\n") ==
          "heading 2(text \"H {#}\"), paragraph(text \"[a]{b} {.c x \", emphasis(text \"d\"), text \"{=e}\")");
}

TEST_CASE("an attribute without a meaning is left out and reported; a handler is refused") {
    CHECK(brief_markdown("# H {colour=red}\n") == "heading 1(text \"H\") ! unknown-attribute \"{colour=red}\"");
    CHECK(brief_markdown("[a]{onclick=\"x\" .b}\n") == "paragraph(span .b(text \"a\")) ! html-refused \"{onclick=\"x\" .b}\"");
}

TEST_CASE("a division has a class and blocks, in one another too") {
    CHECK(brief_markdown("::: note\na\n\n::: {#in .x lang=de}\nb\n:::\n:::\nc\n") ==
          "division .note(paragraph(text \"a\"), division #in .x lang=de(paragraph(text \"b\"))), paragraph(text \"c\")");
}

TEST_CASE("a division that is never closed is reported") {
    CHECK(brief_markdown("::: note\na\n") == "division .note(paragraph(text \"a\")) ! unclosed-division \"::: note\"");
}

TEST_CASE("a declared field is a field, other braces are text") {
    CHECK(brief_markdown("{{clinic.name}} {{ clinic.phone }} {{other}} {{}} {x}\n") ==
          "paragraph(field clinic.name, text \" \", field clinic.phone, text \" {{other}} {{}} {x}\")");
}

TEST_CASE("phrases in HTML are the phrases of Markdown") {
    CHECK(brief_markdown("<b>b</b><em>e</em><sup>2</sup><sub>3</sub><kbd>K</kbd><mark>m</mark><u>u</u><small>s</"
                         "small><br>x<wbr>y <abbr title=\"t\">a</abbr>\n") ==
          "paragraph(bold(text \"b\"), emphasis(text \"e\"), superscript(text \"2\"), subscript(text \"3\"), keyboard(text "
          "\"K\"), mark(text \"m\"), underline(text \"u\"), small(text \"s\"), line-break, text \"x\", word-break, text \"y \", "
          "abbreviation title=\"t\"(text \"a\"))");
}

TEST_CASE("Markdown goes on within HTML phrases and blocks") {
    CHECK(brief_markdown("<mark>a *b*</mark>\n") == "paragraph(mark(text \"a \", emphasis(text \"b\")))");
    CHECK(brief_markdown("<div class=\"x\">\n\n*a*\n\n</div>\n") == "division .x(paragraph(emphasis(text \"a\")))");
    CHECK(brief_markdown("<details><summary>S</summary>\n\nin\n\n</details>\n") ==
          "division .details(paragraph .summary(text \"S\"), paragraph(text \"in\"))");
}

TEST_CASE("tables, lists of definitions and figures in HTML are ours") {
    CHECK(brief_markdown("<dl><dt>t</dt><dd>d</dd></dl>\n") ==
          "definition-list(item(term(text \"t\"), definition(paragraph(text \"d\"))))");
    CHECK(brief_markdown("<figure><img src=\"a.png\" alt=\"b\"><figcaption>c</figcaption></figure>\n") ==
          "figure(paragraph(image \"a.png\" alt \"b\"), caption(text \"c\"))");
    CHECK(brief_markdown("<table><caption>c</caption><tr><th>a</th><td colspan=\"2\">b</td></tr></table>\n") ==
          "table(caption(text \"c\"), column unset, column unset, column unset, body(row(header-cell(paragraph(text \"a\")), "
          "cell columns 2(paragraph(text \"b\")))))");
}

TEST_CASE("comments are no text") {
    CHECK(brief_markdown("a<!-- x -->b\n\n<!-- block\n\nc -->\n\nd\n") == "paragraph(text \"ab\"), paragraph(text \"d\")");
}

TEST_CASE("a comment that is never closed is text") { CHECK(brief_markdown("a <!-- b\n") == "paragraph(text \"a <!-- b\")"); }

TEST_CASE("scripts, frames, forms and handlers are refused with their place") {
    CHECK(brief_markdown("a<script>bad()</script>b\n") == "paragraph(text \"ab\") ! html-refused \"<script>\"");
    CHECK(brief_markdown("<iframe src=\"x\">f</iframe>\n") == " ! html-refused \"<iframe src=\"x\">\"");
    CHECK(brief_markdown("<form>kept <input name=\"x\"> <button>words</button></form>\n") ==
          "paragraph(text \"kept words\") ! html-refused \"<form>\" ! html-refused \"<input name=\"x\">\" ! html-refused "
          "\"<button>\"");
    CHECK(brief_markdown("<b onclick=\"x()\">b</b>\n") ==
          "paragraph(bold(text \"b\")) ! html-refused \"<b onclick=\"x()\">b</b>\"");
}

TEST_CASE("links that run code are refused in every way to write them, and their text is kept") {
    CHECK(brief_markdown("[a](javascript:x) <javascript:y> [b]( JavaScript:x) [c][r]\n\n[r]: vbscript:z\n") ==
          "paragraph(span(text \"a\"), text \" \", span(text \"javascript:y\"), text \" \", span(text \"b\"), text \" \", "
          "span(text \"c\")) ! html-refused \"[a](javascript:x)\" ! html-refused \"<javascript:y>\" ! html-refused \"[b]( "
          "JavaScript:x)\" ! html-refused \"[c][r]\"");
    CHECK(brief_markdown("<a href=\" java\nscript:x\">k</a>\n") ==
          "paragraph(span(text \"k\")) ! html-refused \"<a href=\" java\nscript:x\">k</a>\"");
    CHECK(brief_markdown("[a](&#106;avascript:x) ![p](data:image/png;base64,AA)\n") ==
          "paragraph(span(text \"a\"), text \" \", image \"\" alt \"p\") ! html-refused \"[a](&#106;avascript:x)\" ! "
          "html-refused \"![p](data:image/png;base64,AA)\"");
}

TEST_CASE("words beside a block in a line do not run together") {
    CHECK(brief_markdown("i<div>html</div>x a<td>b\n") ==
          "paragraph(text \"i html x a b\") ! html-unpaired \"<td>\" ! html-unknown \"<div>html</div>\"");
}

TEST_CASE("character references are characters, and forbidden ones become U+FFFD") {
    CHECK(brief_markdown("&eacute;&nbsp;&#x2264; &amp;lt; &#1; &#0; &bogus;\n") == "paragraph(text \"é ≤ &lt; � � &bogus;\")");
}

TEST_CASE("a line may be broken in two ways") {
    CHECK(brief_markdown("a  \nb\\\nc\nd\n") == "paragraph(text \"a\", line-break, text \"b\", line-break, text \"c\\nd\")");
}

TEST_CASE("headings may be underlined, and lists nested") {
    CHECK(brief_markdown("A\n===\n\nB\n---\n\n1. a\n   - b\n\n     c\n2. d\n") ==
          "heading 1(text \"A\"), heading 2(text \"B\"), list ordered from 1 tight(item(paragraph(text \"a\"), "
          "list(item(paragraph(text \"b\"), paragraph(text \"c\")))), item(paragraph(text \"d\")))");
}

TEST_CASE("code keeps its language and its attributes; other words behind the fence are reported") {
    CHECK(brief_markdown("```js {#c .x}\na < b\n```\n") == "code-block js \"a < b\\n\" #c .x");
    CHECK(brief_markdown("~~~ {.py}\n*x*\n~~~\n") == "code-block py \"*x*\\n\"");
    CHECK(brief_markdown("```js linenos\nx\n```\n") == "code-block js \"x\\n\" ! unknown-attribute \"```js linenos\nx\n```\"");
}

TEST_CASE("quotes and dashes stay as they are written") {
    CHECK(brief_markdown("\"a\" -- 'b' ... c\n") == "paragraph(text \"\\\"a\\\" -- 'b' ... c\")");
}

TEST_CASE("a byte-order mark and every kind of line end are read") {
    CHECK(brief_markdown("\xEF\xBB\xBF# A\r\n\r\nb\rc\n") == "heading 1(text \"A\"), paragraph(text \"b\\nc\")");
}

TEST_CASE("a tab is as wide as Markdown says") {
    CHECK(brief_markdown("-\ta\n\n\tb\n\n\tcode\n") ==
          "list(item(paragraph(text \"a\"), paragraph(text \"b\"), paragraph(text \"code\")))");
}

TEST_CASE("control characters become U+FFFD and are reported") {
    CHECK(brief_markdown("a\001b\n") == "paragraph(text \"a�b\") ! control-character \"\001\"");
    CHECK(brief_markdown(std::string_view("a\0b \xC3 c\xFF\n", 8)).starts_with("paragraph(text \"a\uFFFDb \uFFFD c\uFFFD\")"));
}

TEST_CASE("what is nested deeper than the limit keeps its text, and is reported once") {
    std::string quotes, spans, lists;
    for (int i = 0; i < 1000; ++i)
        quotes += "> ", spans += "[",
            lists += std::string(static_cast<std::size_t>(2 * i), ' ') + "- w" + std::to_string(i) + "\n";
    spans += "deep";
    for (int i = 0; i < 1000; ++i) spans += "]{.x}";
    for (const std::string& source : {quotes + "deep\n", spans + "\n", lists}) {
        Diagnostics diagnostics;
        const Blocks blocks = read_markdown({SourceId{1}, source, {}}, {{"clinic."}, "a.md"}, diagnostics);
        CHECK(test::lost_words(source, blocks, diagnostics).empty());
        CHECK(test::extent_of(blocks).depth < 500);
        CHECK(std::count_if(diagnostics.all().begin(), diagnostics.all().end(),
                            [](const Diagnostic& d) { return d.code == "read.nested-too-deep"; }) <= 1);
    }
}

TEST_CASE("what only looks like HTML keeps its words") {
    CHECK(brief_markdown("a <? b\n") == "paragraph(text \"a <? b\")");
    CHECK(brief_markdown("<? b > c\n").starts_with("paragraph(text \"<? b > c\") ! html-unpaired \"<?\""));
    CHECK(brief_markdown("<div>\nthis <is a sentence with a good many words behind it> x\n</div>\n")
              .starts_with("division(paragraph(text \"this <is a sentence with a good many words behind it> x\")"));
}

TEST_CASE("tasks stand in quotations and call-outs too") {
    CHECK(brief_markdown("> - [ ] asked\n> - [x] *done*\n> - \\[x] no box\n") ==
          "quote(list tight(item [ ](paragraph(text \"asked\")), item [x](paragraph(emphasis(text \"done\"))), "
          "item(paragraph(text \"[x] no box\"))))");
}

TEST_CASE("blocks where only a line may stand keep their phrases and notes") {
    CHECK(brief_markdown("<details><summary>M\n\n- a[^s]\n\n</summary></details>\n\n[^s]: b\n") ==
          "division .details(paragraph .summary(text \"M\", line-break, text \"a\", note \"s\"(paragraph(text \"b\"))))");
}
