#include "assemble/telephone_numbers.h"
#include "assemble/tree.h"

#include "builders.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// The numbers of a text, each between “<” and “>”.
std::string marked(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    while (const auto found = find_telephone_number(text, from)) {
        out.append(text.substr(from, found->begin - from)).append("<");
        out.append(text.substr(found->begin, found->end - found->begin)).append(">");
        from = found->end;
    }
    return out.append(text.substr(from));
}

} // namespace

TEST_CASE("telephone numbers are found, with what belongs to them") {
    for (const char* number : {"020 7946 0018", "020-7946-0018", "0800 1111", "+44 20 7946 0018", "+442079460018",
                               "(020) 7946 0018", "+44 (0)20 7946 0018", "01 23 45 67 89", "01.23.45.67.89", "(800) 555-1234",
                               "1-800-555-1234", "555-123-4567", "٠٢٠ ٧٩٤٦ ٠٠١٨", "۰۲۱-۱۲۳۴۵۶۷",
                               "0300\xC2\xA0"
                               "123 4567",
                               "+966 11 123 4567", "(+44) 20 7946 0018", "0 800 123 456"}) {
        INFO(number);
        const std::string wanted = "<" + std::string(number) + ">";
        CHECK(marked(number) == wanted);
        CHECK(marked("اتصل على " + std::string(number) + ".") == "اتصل على " + wanted + ".");
        CHECK(marked("هاتف: " + std::string(number) + "، مجانا") == "هاتف: " + wanted + "، مجانا");
    }
    CHECK(marked("020 7946 0018 أو 0800 1111") == "<020 7946 0018> أو <0800 1111>");
    CHECK(marked("020 7946 0018, 0800 1111") == "<020 7946 0018>, <0800 1111>");
}

TEST_CASE("numbers that follow the line are no telephone numbers") {
    for (const char* other : {"999",
                              "111",
                              "10-20",
                              "10 000 000",
                              "1 000 000",
                              "01-02-2026",
                              "01.02.2026",
                              "2026-02-01",
                              "09.00-17.00",
                              "0.5 1000",
                              "0.125 250",
                              "5-10 20-40",
                              "20797946 0018",
                              "A020 7946 0018",
                              "978-0-306-40615-7",
                              "020 7946 0018%",
                              "12/020 7946 0018",
                              "1234567",
                              "0012345678",
                              "0800 111 222 333 444 555",
                              "3-4 7-8",
                              "02 03",
                              "(1) 2345678",
                              "+ 5 mg",
                              "1.020 7946 0018",
                              ""}) {
        INFO(other);
        CHECK(marked(other) == other);
    }
}

TEST_CASE("a telephone number among words that run leftwards keeps its order") {
    Article one = article("a.md", "A", {paragraph("اتصل على 020 7946 0018 الآن"), paragraph("اتصل على 999")});
    one.front_matter.language = named("ar");
    NodeInfo english;
    english.language = "en";
    one.body.push_back(paragraph(words("Call 020 7946 0018 now"), english));
    one.body.push_back(
        paragraph({link_to("tel:02079460018", words("020 7946 0018")), phrase(PhraseKind::isolate, words("0800 1111"))}));
    const Book made = assembled(book({one, article("b.md", "B", {paragraph("Call 020 7946 0018 now")})}), edition());
    std::string isolated;
    for (std::uint32_t at = 0; at < made.nodes.size(); ++at) {
        const NodeId id{at};
        const Node& node = made.node(id);
        if (node.element != Element::bdi) continue;
        const std::string* direction = attribute(node, "dir");
        isolated += line_of_text(made.nodes, id) + (direction ? " " + *direction : "") + "\n";
    }
    CHECK(isolated == "020 7946 0018 ltr\n0800 1111\n");
}
