#include "text_fixture.h"

#include "io/limits.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

constexpr const char* small_list = "folder fonts: /debian/fonts, /fedora/fonts\n"
                                   "faces two: -Regular 400, -Bold 700\n"
                                   "family Mine: serif, two, fonts/Mine*.ttf\n"
                                   "generic serif: Mine\n";

FontFamilies parse(const std::string& text) { return parse_font_families(text, "/share/fonts/families.txt"); }

std::string error_of(const std::string& text) {
    try {
        parse(text);
    } catch (const IoError& error) { return error.what(); }
    return "no error";
}

// The file that the library takes for “serif” when these copies of a font are the only files.
std::string serif_among(const std::vector<std::string>& paths, const std::string& list = small_list) {
    MemoryFiles files;
    const std::string bytes =
        DiskFiles().read("/usr/share/fonts/truetype/charis/CharisSIL-Regular.ttf", limits::picture_file_bytes);
    for (const std::string& path : paths) files.put(path, bytes);
    const FontFamilies listed = parse(list);
    const FontLibrary library(files, listed, {});
    return library.file(library.match({{"serif"}})).string();
}

} // namespace

TEST_CASE("the first folder that has a face of the family gives its faces") {
    CHECK(serif_among({"/debian/fonts/Mine-Regular.ttf", "/fedora/fonts/Mine-Regular.ttf"}) == "/debian/fonts/Mine-Regular.ttf");
    CHECK(serif_among({"/fedora/fonts/Mine-Regular.ttf"}) == "/fedora/fonts/Mine-Regular.ttf");
    CHECK(serif_among({"/debian/fonts/Other.ttf", "/fedora/fonts/Mine-Regular.ttf"}) == "/fedora/fonts/Mine-Regular.ttf");
    CHECK(serif_among({"/debian/fonts/Mine-Bold.ttf", "/fedora/fonts/Mine-Regular.ttf"}) == "/debian/fonts/Mine-Bold.ttf");
}

TEST_CASE("a family may lie beside the list, at a whole path, or without a suffix") {
    const std::string head = "folder own: ../own\nfaces one: 400\nfaces two: -Regular 400\ngeneric serif: Mine\n";
    CHECK(serif_among({"/share/own/a/Mine.ttf"}, head + "family Mine: serif, one, own/a/Mine.ttf\n") == "/share/own/a/Mine.ttf");
    CHECK(serif_among({"/opt/Mine-Regular.ttf"}, head + "family Mine: serif, two, own/No*.ttf, /opt/Mine*.ttf\n") ==
          "/opt/Mine-Regular.ttf");
}

TEST_CASE("families serve the scripts they are for, alike in kind first") {
    const FontFamilies listed = parse("folder f: /f\nfaces one: 400\n"
                                      "family A Sans: sans, one, f/a.ttf, for Deva Syrc\n"
                                      "family A Serif: serif, one, f/b.ttf, for Deva\n"
                                      "family Wide: sans, one, f/c.ttf\nfamily Urdu: serif, one, f/d.ttf\n"
                                      "generic serif ui-serif: A Serif\n"
                                      "fallback Deva ur hi-in mono serif: Urdu\n"
                                      "fallback any: Wide\n");
    using Names = std::vector<std::string>;
    CHECK(listed.fallback("Deva", "hi", FontKind::serif) == Names{"A Serif", "A Sans", "Wide"});
    CHECK(listed.fallback("Deva", "hi", FontKind::mono) == Names{"A Sans", "A Serif", "Wide"});
    CHECK(listed.fallback("Deva", "ur-PK", FontKind::serif) == Names{"A Serif", "A Sans", "Urdu", "Wide"});
    CHECK(listed.fallback("Deva", "hi-IN", FontKind::mono) == Names{"A Sans", "A Serif", "Urdu", "Wide"});
    CHECK(listed.fallback("Deva", "urd", FontKind::serif) == Names{"A Serif", "A Sans", "Wide"});
    CHECK(listed.fallback("Deva", "ur", FontKind::sans) == Names{"A Sans", "A Serif", "Wide"});
    CHECK(listed.fallback("Zyyy", "ur", FontKind::serif) == Names{"Wide"});
    CHECK(listed.generic("UI-Serif") == Names{"A Serif"});
    CHECK(listed.generic("A Serif").empty());
}

TEST_CASE("a broken list of fonts is refused with its line and a cure") {
    const std::string at = "/share/fonts/families.txt:", good = small_list;
    CHECK(error_of(good) == "no error");
    CHECK(error_of("# a comment\n\n\r\n" + good) == "no error");
    CHECK(error_of(good + "famly X: serif") == at + "5: unknown kind of line ‘famly’; did you mean ‘family’?");
    CHECK(error_of(good + "family X") == at + "5: a ‘:’ is missing; write ‘family name: value, value’");
    CHECK(error_of(good + "family : serif") == at + "5: a name is missing between ‘family’ and ‘:’");
    CHECK(error_of(good + "family mine: serif, two, fonts/Y*.ttf") ==
          at + "5: the family ‘mine’ is listed twice; put all its places on one line");
    CHECK(error_of(good + "family X: serf, two, fonts/X*.ttf") == at + "5: unknown kind of family ‘serf’; did you mean ‘serif’?");
    CHECK(error_of(good + "family X: serif, too, fonts/X*.ttf") ==
          at + "5: no faces line before this one is named ‘too’; did you mean ‘two’?");
    CHECK(error_of(good + "family X: serif, two, font/X*.ttf") ==
          at + "5: no folder line before this one names ‘font’; did you mean ‘fonts’?");
    CHECK(error_of(good + "family X: serif, two") ==
          at + "5: a family needs its kind, the name of its faces and at least one place: serif, book, noto/NotoSerif*.ttf");
    CHECK(error_of(good + "family X: serif, two, X*.ttf") ==
          at + "5: ‘X*.ttf’ names no folder; write ‘folder/file’ with the name of a folder line, or a whole path");
    CHECK(error_of(good + "family X: serif, two, fonts/X.ttf") ==
          at + "5: ‘fonts/X.ttf’ needs one ‘*’ where the file names of the faces differ");
    CHECK(error_of(good + "family X: serif, two, fonts/X*.ttc#-1") ==
          at + "5: ‘fonts/X*.ttc#-1’: a face's number in its collection stands behind ‘#’");
    CHECK(error_of(good + "family X: serif, two, fonts/X*.ttf, for Devanagari") ==
          at + "5: ‘Devanagari’ is no script; write its four letters of ISO 15924, for example Arab");
    CHECK(error_of(good + "faces x: -Bold bold").starts_with(at + "5: ‘-Bold bold’ is no face; write the suffix"));
    CHECK(error_of(good + "faces x: -Bold 1001").starts_with(at + "5: ‘-Bold 1001’ is no face"));
    CHECK(error_of(good + "faces x: italic").starts_with(at + "5: ‘italic’ is no face"));
    CHECK(error_of(good + "folder x: /a,, /b") == at + "5: an empty value; take the spare comma away");
    CHECK(error_of(good + "folder fonts: /b") == at + "5: the folder ‘fonts’ is listed twice; put its paths on one line");
    CHECK(error_of(good + "generic serif: Mine") == at + "5: ‘generic serif’ is listed twice; put its families on one line");
    CHECK(error_of(good + "generic sans: Mine").starts_with(at + "5: CSS has no generic family ‘sans’"));
    CHECK(error_of(good + "generic math: Mina") == at + "5: no family line names ‘Mina’; did you mean ‘Mine’?");
    CHECK(error_of(good + "fallback any: CJK {region}\n\n") == at + "5: no family line names ‘CJK JP’; known are: Mine");
    CHECK(error_of(good + "fallback serif: Mine") == at + "5: a fallback is either for scripts (Arab Syrc) or for ‘any’");
    CHECK(error_of(good + "fallback Arab UR: Mine") ==
          at + "5: ‘UR’ is no script; write its four letters of ISO 15924, for example Arab");
    CHECK(error_of(good + "fallback any _: Mine") ==
          at + "5: ‘_’ is no script (Arab), kind (serif, sans, mono, symbol) or language (ur)");
    CHECK(error_of(good + "family \xFF: serif, two, fonts/X*.ttf") == at + "5: the line is not UTF-8");
    CHECK(error_of("") == at + "1: no line ‘generic serif:’ names the families to begin with");
}

TEST_CASE("a list of fonts that is endless is refused") {
    std::string many;
    for (std::size_t i = 0; i <= limits::font_list_items; ++i) many.append(i ? ", " : "").append("/a");
    CHECK(error_of("folder x: " + many) == "/share/fonts/families.txt:1: more than 64 values; divide the line");
    MemoryFiles files;
    files.put("/families.txt", std::string(limits::font_list_bytes + 1, '#'));
    CHECK_THROWS_AS(read_font_families(files, "/families.txt"), IoError);
}

TEST_CASE("the list in the source tree names the families of every stylesheet's generic names, and Noto for its scripts") {
    const FontFamilies& listed = families();
    for (const char* name : {"serif", "sans-serif", "monospace", "system-ui", "math", "emoji", "cursive", "fantasy", "fangsong"})
        CHECK_FALSE(listed.generic(name).empty());
    const auto first = [&](const char* script, const char* language, FontKind kind) {
        return listed.fallback(script, language, kind).front();
    };
    CHECK(first("Deva", "hi", FontKind::serif) == "Noto Serif Devanagari");
    CHECK(first("Deva", "hi", FontKind::sans) == "Noto Sans Devanagari");
    CHECK(first("Arab", "ar", FontKind::serif) == "Amiri");
    CHECK(first("Arab", "ur-PK", FontKind::serif) == "Noto Nastaliq Urdu");
    CHECK(first("Hani", "zh-Hant", FontKind::sans) == "Noto Sans CJK TC");
    CHECK(first("Hani", "ja", FontKind::serif) == "Noto Serif CJK JP");
    CHECK(first("Hira", "en", FontKind::serif) == "Noto Serif CJK JP");
    CHECK(first("Hang", "en", FontKind::sans) == "Noto Sans CJK KR");
    CHECK(first("Zyyy", "en", FontKind::serif) == "Noto Sans Math");
}

TEST_CASE("every font that the packages of this distribution bring is where the list says") {
    const DiskFiles files;
    std::vector<std::string> absent;
    for (const ListedFamily& family : families().all()) {
        const bool here = std::ranges::any_of(family.places, [&](const FontPlace& place) {
            return std::ranges::any_of(family.variants, [&](const FontVariant& v) { return files.exists(place.file(v)); });
        });
        if (!here) absent.push_back(family.name);
    }
    // Not among scripts/packages.txt, but perhaps here: older sources of Chinese.
    const std::vector<std::string> optional{"AR PL UMing CN", "WenQuanYi Micro Hei", "Droid Sans Fallback"};
    std::erase_if(absent, [&](const std::string& name) { return std::ranges::find(optional, name) != optional.end(); });
    CHECK(absent == std::vector<std::string>{});
}
