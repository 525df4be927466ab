// What counts as the same text: white space that is kept, over the ends of lines.
#include "proof/compare.h"
#include "proof/text_stream.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

bool same(std::string_view of_book, std::string_view of_file) {
    TextStream expected, found;
    ExpectedWriter book(expected);
    book.begin(NodeId{1}, TextKind::own);
    book.text(of_book, ExpectedWriter::WhiteSpaceMode::kept);
    FoundWriter file(found);
    file.text(of_file); // "\n": where a line ends
    if (expected.tokens.size() != found.tokens.size()) return false;
    for (std::size_t at = 0; at < found.tokens.size(); ++at)
        if (!fits(expected.tokens[at], found.tokens[at])) return false;
    return true;
}

} // namespace

TEST_CASE("the indent of a line is counted") {
    CHECK(same("a\n    b", "a\n    b"));
    CHECK_FALSE(same("a\n    b", "a\n   b"));
    CHECK_FALSE(same("a\n    b", "a\n     b"));
    CHECK_FALSE(same("a\n    b", "a    b"));
    CHECK_FALSE(same("a\nb", "a \n b"));
}

TEST_CASE("a line that is divided within its indent has what there was room for") {
    CHECK(same("a\n                                 b", "a\n \nb"));
    CHECK(same("a\n    b", "a\n   \n b"));
    CHECK_FALSE(same("a\n    b", "a\n   \n     b"));
}

TEST_CASE("joiners and selectors of forms count over the end of a line, and not over a space") {
    for (const std::string sign : {"\u200D", "\uFE00"}) {
        INFO(sign);
        CHECK(same("\u0628" + sign + "\u0628", "\u0628" + sign + "\u0628"));
        CHECK(same("\u0628" + sign + "\u0628", "\u0628" + sign + "\n\u0628"));
        CHECK(same("\u0628" + sign + "\u0628", "\u0628\n" + sign + "\u0628"));
        CHECK_FALSE(same("\u0628" + sign + "\u0628", "\u0628\u0628"));
        CHECK_FALSE(same("\u0628" + sign + "\u0628", "\u0628\n\u0628"));
        CHECK_FALSE(same("\u0628\u0628", "\u0628" + sign + "\n\u0628"));
        CHECK(same("\u0628 " + sign + "\u0628", "\u0628 \n" + sign + "\u0628"));
    }
}

TEST_CASE("a selector that the book does not count may stand in a file, and no other") {
    const auto differences = [](std::string_view of_book, std::string_view of_file) {
        TextStream expected, found;
        ExpectedWriter book(expected);
        book.begin(NodeId{1}, TextKind::list_mark);
        book.text("1.", ExpectedWriter::WhiteSpaceMode::collapsed);
        book.any();
        book.text(of_book, ExpectedWriter::WhiteSpaceMode::collapsed);
        FoundWriter(found).text(of_file);
        return compare(expected, found).size();
    };
    CHECK(differences("\uFE0Fone", "1.one") == 0);
    CHECK(differences("\uFE0Fone", "1.\uFE0Fone") == 0);
    CHECK(differences("\uFE0Fone", "1.\u0301one") == 1);
    CHECK(differences("\uFE0Fone", "1.o\uFE0Fne") == 1);
    CHECK(differences("o\uFE0Fne", "1.one") == 1);
}
