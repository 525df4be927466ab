// What counts as the same text: white space that is kept, over the ends of lines.
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
