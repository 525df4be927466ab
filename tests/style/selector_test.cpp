// Which elements a selector matches.
#include "style/book_maker.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

constexpr std::string_view markup =
    "<section id=\"s\" class=\"part one\"><h1 id=\"h\" lang=\"de-AT\">Title</h1><p id=\"p1\" class=\"lead\" title=\"Hello "
    "World\">a<em id=\"e\"/></p>"
    "<p id=\"p2\" data-x=\"one two\">b</p><ul id=\"u\"><li id=\"l1\">1</li><li id=\"l2\" class=\"y\">2</li><li "
    "id=\"l3\">3</li><li id=\"l4\" class=\"y\">4</li></ul>"
    "<p id=\"p3\" dir=\"rtl\">c<note id=\"n\" number=\"1\"><p id=\"np\">note</p></note><noteref id=\"r\" href=\"#n\"/></p>"
    "<p id=\"p4\"><a id=\"a1\" href=\"https://example.org/x.pdf\">l</a><a id=\"a2\">no</a></p></section>";

// The ids of the elements that match, parted by spaces.
std::string matched(std::string_view selector) {
    const Styled styled = style_book(markup, std::string(selector) + " { opacity: 0.5 }");
    INFO(styled.messages());
    CHECK(styled.messages().empty());
    std::string ids;
    for (std::uint32_t at = 0; at < styled.book.book->nodes.size(); ++at) {
        const Node& node = styled.book.book->nodes[at];
        if (node.element == Element::text || styled.book.style(NodeId{at}).opacity != 0.5) continue;
        ids += (ids.empty() ? "" : " ") + (node.info.id.empty() ? std::string(name(node.element)) : node.info.id);
    }
    return ids;
}

} // namespace

TEST_CASE("selectors by name, class, id and attribute match") {
    CHECK(matched("h1") == "h");
    CHECK(matched("H1") == "h");
    CHECK(matched(".lead") == "p1");
    CHECK(matched("#p2") == "p2");
    CHECK(matched("section.part.one") == "s");
    CHECK(matched("[title]") == "p1");
    CHECK(matched("[title=\"hello world\" i]") == "p1");
    CHECK(matched("[title=\"hello world\"]") == "");
    CHECK(matched("[data-x~=two]") == "p2");
    CHECK(matched("[lang|=de]") == "h");
    CHECK(matched("[href^=https]") == "a1");
    CHECK(matched("[href$='.pdf']") == "a1");
    CHECK(matched("[href*=example]") == "a1");
    CHECK(matched("[class~=part]") == "s");
    CHECK(matched("[epub|type]") == "");
    CHECK(matched("*|h1, ns|em") == "h e");
}

TEST_CASE("combinators relate elements") {
    CHECK(matched("section p em") == "e");
    CHECK(matched("section > em") == "");
    CHECK(matched("h1 + p") == "p1");
    CHECK(matched("h1 ~ p") == "p1 p2 p3 p4");
    CHECK(matched("section > h1 + p > em") == "e");
    CHECK(matched("html body section.one li + li") == "l2 l3 l4");
    CHECK(matched("p ~ ul li:first-child") == "l1");
    CHECK(matched("ul p") == "");
}

TEST_CASE("positions among siblings are counted") {
    CHECK(matched("li:first-child") == "l1");
    CHECK(matched("li:last-child") == "l4");
    CHECK(matched("li:nth-child(2n+1)") == "l1 l3");
    CHECK(matched("li:nth-child(even)") == "l2 l4");
    CHECK(matched("li:nth-last-child(-n+2)") == "l3 l4");
    CHECK(matched("li:nth-child(1 of .y)") == "l2");
    CHECK(matched("li:nth-last-child(1 of .y)") == "l4");
    CHECK(matched("section > p:first-of-type") == "p1");
    CHECK(matched("section > p:last-of-type") == "p4");
    CHECK(matched("section > p:nth-of-type(2)") == "p2");
    CHECK(matched("section > p:nth-last-of-type(2)") == "p3");
    CHECK(matched("h1:only-of-type") == "h");
    CHECK(matched("note > :only-child") == "np");
}

TEST_CASE("logical pseudo-classes combine selectors") {
    CHECK(matched("li:not(.y, :first-child)") == "l3");
    CHECK(matched(":is(h1, .lead, :unheard-of)") == "h p1");
    CHECK(matched("section > :where(ul, h1)") == "h u");
    CHECK(matched("p:not(section p)") == "");
}

TEST_CASE("pseudo-classes ask for language, direction, links and emptiness") {
    CHECK(matched(":root") == "html");
    CHECK(matched("h1:lang(de)") == "h");
    CHECK(matched("p.lead:lang(en)") == "p1");
    CHECK(matched("p:dir(rtl)") == "p3 np");
    CHECK(matched(":any-link") == "r a1");
    CHECK(matched("em:empty, p:empty") == "e");
    CHECK(matched("a:hover, a:visited, p::selection") == "");
}

TEST_CASE("a footnote is an aside of class footnote, and a note") {
    CHECK(matched("aside") == "n");
    CHECK(matched("aside.footnote") == "n");
    CHECK(matched("note") == "n");
    CHECK(matched("a.noteref") == "r");
}

TEST_CASE("one wrong selector spoils the rule, with a place and a hint") {
    const Styled styled =
        style_book("<p id=\"a\">x</p>",
                   "p, q:frist-child { opacity: 0.5 }\np::befor { color: red }\np..x { color: red }\np > { color: red }");
    CHECK(styled.style("a").opacity == 1);
    CHECK(styled.messages() == "book.css:1:6: warning: no pseudo-class ‘:frist-child’ is known [style.unknown-selector]\n"
                               "  1 | p, q:frist-child { opacity: 0.5 }\n"
                               "    |      ^^^^^^^^^^^\n"
                               "  hint: did you mean ‘first-child’?\n"
                               "book.css:2:4: warning: no pseudo-element ‘::befor’ is known [style.unknown-selector]\n"
                               "  2 | p::befor { color: red }\n"
                               "    |    ^^^^^\n"
                               "  hint: did you mean ‘before’?\n"
                               "book.css:3:3: warning: a class name is missing [style.unknown-selector]\n"
                               "  3 | p..x { color: red }\n"
                               "    |   ^\n"
                               "book.css:4:3: warning: the selector ends too early [style.unknown-selector]\n"
                               "  4 | p > { color: red }\n"
                               "    |   ^\n");
}
