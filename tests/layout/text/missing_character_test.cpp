// What is said of characters that no font has.
#include "text_fixture.h"

#include "layout/text/font_families.h"
#include "layout/text/missing_character.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string hints_of(std::u32string_view cluster) {
    std::string all;
    for (const std::string& hint : missing_character(fonts(), cluster).hints) all += hint + "\n";
    return all;
}

} // namespace

TEST_CASE("a missing character is named by its number and its Unicode name") {
    CHECK(missing_character(fonts(), U"\uA015").message == "no font has the character U+A015 YI SYLLABLE WU (‘ꀕ’)");
    CHECK(missing_character(fonts(), U"\U00016FE4")
              .message.starts_with("no font has the character U+16FE4 KHITAN SMALL SCRIPT FILLER"));
}

TEST_CASE("packages are named for scripts and for blocks") {
    CHECK(hints_of(U"\uA015").find("fonts-sil-nuosusil") != std::string::npos);
    CHECK(hints_of(U"\U0001F9E0").find("fonts-symbola") != std::string::npos);
    CHECK(hints_of(U"\u9999").find("fonts-noto-cjk") != std::string::npos);
}

TEST_CASE("of a sequence all its characters are named, of private use what it is") {
    const std::string told = missing_character(fonts(), U"a\u0301\u0328").message;
    CHECK(told.find("U+0061 LATIN SMALL LETTER A, U+0301 COMBINING ACUTE ACCENT, U+0328 COMBINING OGONEK") != std::string::npos);
    CHECK(hints_of(U"\uF0B7").find("private use") != std::string::npos);
    CHECK(hints_of(U"\u0378").find("Unicode has no such character") != std::string::npos);
}

TEST_CASE("installed fonts that have a character are named") {
    const std::vector<std::string> installed = fonts().installed_with(U'A');
    CHECK_FALSE(installed.empty());
    CHECK(std::is_sorted(installed.begin(), installed.end()));
    CHECK(hints_of(U"A").find("installed fonts that have it") != std::string::npos);
}

TEST_CASE("a line of packages that cannot be read is an error with its line") {
    const auto parse = [](const std::string& line) { return parse_font_families(line + "\n", "list.txt"); };
    CHECK_THROWS_WITH(parse("packages U+XY: fonts-a"),
                      Catch::Contains("list.txt:1") && Catch::Contains("no range of code points"));
    CHECK_THROWS_WITH(parse("packages Abcd: fonts-a"), Catch::Contains("is no script"));
}
