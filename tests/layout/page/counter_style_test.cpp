// Lists with counter styles of the book's own (CSS Counter Styles 3), as their markers are set on the page.
#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// The markers of items that count from `first` on, as the page shows them; a space at the end is not seen.
std::vector<std::string> markers(const std::string& rules, int first, int count) {
    const std::string css = rules + " ol { padding-left: 40mm } li { display: list-item; list-style-type: own }";
    std::string markup = "<section><ol start=\"" + std::to_string(first) + "\">";
    for (int i = 0; i < count; ++i) markup += "<li>x</li>";
    const Layout layout = lay_out({markup + "</ol></section>", css});
    std::vector<std::string> out;
    std::optional<Length> y;
    for (const Page& page : layout.pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item.item);
            const auto* content = std::get_if<Content>(&item.owner);
            if (!run || !content || content->generated != PseudoElement::marker) continue;
            if (y != item.at.y) out.emplace_back();
            y = item.at.y;
            out.back() += run->text;
        }
    return out;
}

std::string marker(const std::string& descriptors, int value, const std::string& more = "") {
    const std::vector<std::string> made = markers("@counter-style own { " + descriptors + " } " + more, value, 1);
    return made.empty() ? "∅" : made[0];
}

using Strings = std::vector<std::string>;

} // namespace

// The examples of the specification, §3.1.1 to §3.1.7.
TEST_CASE("each system of counter styles numbers a list as its example says") {
    const auto list = [](const std::string& descriptors, int first, int count) {
        return markers("@counter-style own { suffix: \"\"; " + descriptors + " }", first, count);
    };
    CHECK(list("system: cyclic; symbols: \"‣\"", 1, 3) == Strings{"‣", "‣", "‣"});
    CHECK(list("system: cyclic; symbols: a b c", -1, 5) == Strings{"b", "c", "a", "b", "c"});
    CHECK(list("system: fixed; symbols: ◰ ◳ ◲ ◱", 1, 6) == Strings{"◰", "◳", "◲", "◱", "5", "6"});
    CHECK(list("system: fixed 3; symbols: a b", 2, 4) == Strings{"2", "a", "b", "5"});
    CHECK(list("system: symbolic; symbols: '*' ⁑ † ‡", 1, 6) == Strings{"*", "⁑", "†", "‡", "**", "⁑⁑"});
    CHECK(list("symbols: '*' †", 3, 2) == Strings{"**", "††"}); // symbolic is the system that no descriptor names
    CHECK(list("system: symbolic; symbols: '*'", -1, 3) == Strings{"-1", "0", "*"});
    CHECK(list("system: alphabetic; symbols: ⚪ ⚫", 1, 6) == Strings{"⚪", "⚫", "⚪⚪", "⚪⚫", "⚫⚪", "⚫⚫"});
    CHECK(list("system: alphabetic; symbols: a b c d e f g h i j k l m n o p q r s t u v w x y z", 25, 4) ==
          Strings{"y", "z", "aa", "ab"});
    CHECK(list("system: numeric; symbols: '0' '1' '2'", 0, 10) ==
          Strings{"0", "1", "2", "10", "11", "12", "20", "21", "22", "100"});
    CHECK(list("system: numeric; symbols: '0' '1' '2'", -4, 2) == Strings{"-11", "-10"});
    CHECK(list("system: additive; additive-symbols: 6 ⚅, 5 ⚄, 4 ⚃, 3 ⚂, 2 ⚁, 1 ⚀", 1, 12) ==
          Strings{"⚀", "⚁", "⚂", "⚃", "⚄", "⚅", "⚅⚀", "⚅⚁", "⚅⚂", "⚅⚃", "⚅⚄", "⚅⚅"});
    CHECK(list("system: additive; additive-symbols: 6 ⚅, 1 ⚀", 0, 1) == Strings{"0"}); // no symbol weighs nothing
    CHECK(list("system: additive; additive-symbols: 1 I, 0 nulla", 0, 2) == Strings{"nulla", "I"});
    CHECK(list("system: additive; additive-symbols: 3 c, 2 b", 1, 5) == Strings{"1", "b", "c", "4", "cb"}); // §3.1.6, greedily
}

TEST_CASE("counter styles extend each other, descriptor by descriptor") {
    CHECK(marker("system: extends decimal; suffix: \") \"", 7) == "7)");
    CHECK(marker("system: extends lower-roman; prefix: \"(\"; suffix: \")\"", 4) == "(iv)");
    CHECK(marker("system: extends bracketed; suffix: \". \"", 7,
                 "@counter-style bracketed { system: extends decimal; prefix: '['; suffix: ']' }") == "[7.");
    CHECK(marker("system: extends bracketed; negative: '-'", -7,
                 "@counter-style bracketed { system: extends decimal; negative: '(' ')'; suffix: '' }") == "-7");
    CHECK(marker("system: extends bracketed", -7,
                 "@counter-style bracketed { system: extends decimal; negative: '(' ')'; suffix: '' }") == "(7)");
    CHECK(marker("system: extends lower-roman; range: 1 5; fallback: upper-alpha; suffix: ''", 6) == "F");
    CHECK(marker("system: extends short; range: auto; suffix: ''", 9,
                 "@counter-style short { system: extends decimal; range: 1 3; fallback: lower-roman }") == "9");
    CHECK(marker("system: extends unknown-style", 3) == "3.");
    CHECK(marker("system: extends other", 3, "@counter-style other { system: extends own; prefix: '!' }").find('3') !=
          std::string::npos); // a ring
}

TEST_CASE("negative, pad, range and fallback do as their examples say") {
    CHECK(marker("system: extends decimal; negative: '(' ')'; suffix: ''", -3) == "(3)");
    CHECK(marker("system: extends decimal; pad: 3 '0'; suffix: ''", 1) == "001");
    CHECK(marker("system: extends decimal; pad: '0' 3; suffix: ''", 20) == "020");
    CHECK(marker("system: extends decimal; pad: 3 '0'; suffix: ''", 300) == "300");
    CHECK(marker("system: extends decimal; pad: 3 '0'; suffix: ''", 4000) == "4000");
    CHECK(marker("system: extends decimal; pad: 3 '0'; suffix: ''", -5) == "-05");
    CHECK(marker("system: extends decimal; pad: 5 '0'; negative: '(' ')'; suffix: ''", -5) == "(005)");
    const std::string ranged = "system: cyclic; symbols: x; range: 2 4, 8 infinite; suffix: ''";
    CHECK(marker(ranged, 1) == "1");
    CHECK(marker(ranged, 2) == "x");
    CHECK(marker(ranged, 5) == "5");
    CHECK(marker(ranged, 900) == "x");
    CHECK(marker("system: cyclic; symbols: x; range: 5 3; suffix: ''", 9) == "x"); // upside down: no descriptor
    CHECK(marker("system: fixed; symbols: a b c; fallback: upper-roman; suffix: ''", 4) == "IV");
    CHECK(marker("system: fixed; symbols: a; fallback: unknown; suffix: ''", 4) == "4");
    CHECK(marker("system: fixed; symbols: a; fallback: own; suffix: ''", 4) == "4"); // a ring
    CHECK(marker("system: cyclic; symbols: x; speak-as: words; prefix: '<'; suffix: '>'", 1) == "<x>");
}

TEST_CASE("a rule that defines nothing leaves the list to decimal numbers") {
    CHECK(marker("system: alphabetic; symbols: a", 2) == "2.");
    CHECK(marker("system: numeric; symbols: a", 2) == "2.");
    CHECK(marker("system: additive; additive-symbols: 1 a, 5 b", 2) == "2."); // weights must fall
    CHECK(marker("system: wrong; symbols: a b", 2) == "2.");
    CHECK(marker("system: cyclic", 2) == "2.");
    const Layout layout =
        lay_out({"<section><ol><li>x</li></ol></section>", "@counter-style decimal { symbols: z } ol { padding-left: 20mm } "
                                                           "li { display: list-item; list-style-type: decimal }"});
    CHECK(page_text(layout.pages, 0).find("1.") == 0);
}
