#include "support/support.h"
#include "text_fixture.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string breaks(const std::string& text, const std::string& language = "en-GB", Hyphens hyphens = Hyphens::manual) {
    TextStyle style = style_of("serif", language);
    style.hyphens = hyphens;
    return with_breaks(shape(text, style));
}

std::string divided(const std::string& text, const std::string& language = "en-GB") {
    return breaks(text, language, Hyphens::automatic);
}

} // namespace

TEST_CASE("a line may end after a space, a hyphen and a dash") {
    CHECK(breaks("well-being or not—both") == "well-|being |or |not—|both");
}

TEST_CASE("a number is not parted from its unit by a no-break space") {
    CHECK(breaks("take 5\u00A0mg twice") == "take |5\u00A0mg |twice");
}

TEST_CASE("short parts about a slash stay together") {
    CHECK(breaks("5 mg/kg and 24/7 or doctor/nurse") == "5 |mg/kg |and |24/7 |or |doctor/|nurse");
}

TEST_CASE("one letter is not left alone by a hyphen, and a word may begin with one") {
    CHECK(breaks("an x-ray, vitamin-C, --help and -foo") == "an |x-ray, |vitamin-C, |--help |and |-foo");
}

TEST_CASE("a line feed ends a line, at the end of the text it does not") { CHECK(breaks("a\nb c\n") == "a\n!b |c\n"); }

TEST_CASE("a web address is divided after its marks, or before its own hyphens where nothing else helps") {
    CHECK(divided("see https://www.nhs.uk/conditions/asthma-attack/?page=2 now") ==
          "see |https://|www|.nhs|.uk/|conditions/|asthma?-attack/|?page=2 |now");
    CHECK(divided("write to first.last@example.org.") == "write |to |first|.last@|example|.org.");
    CHECK(divided("nhs.uk/medicines is one, and/or is none") == "nhs.uk/|medicines |is |one, |and/or |is |none");
}

TEST_CASE("words are divided by the patterns of their language") {
    CHECK(divided("hyphenation", "en-US") == "hy-phen-ation");
    CHECK(divided("hospital", "pl") != divided("hospital", "en-GB"));
    CHECK(divided("Vitamin", "de") == "Vit-amin");
}

TEST_CASE("a language without patterns divides no word") {
    CHECK(divided("llywodraethol", "cy") == "llywodraethol");
    CHECK(divided("hyphenation", "") == "hyphenation");
    CHECK_FALSE(shaper().hyphenator.has_patterns("so"));
    CHECK_FALSE(shaper().hyphenator.has_patterns("../../etc/passwd"));
}

TEST_CASE("patterns are found within the language") {
    const Hyphenator& hyphenator = shaper().hyphenator;
    CHECK(hyphenator.has_patterns("en"));
    CHECK(hyphenator.has_patterns("en-GB"));
    CHECK(hyphenator.has_patterns("en-IE"));
    CHECK(hyphenator.has_patterns("EN-us"));
}

TEST_CASE("words with digits, capitals inside or an author's soft hyphen are not divided by patterns") {
    CHECK(divided("COVID19vaccination") == "COVID19vaccination");
    CHECK(divided("MacPhersonia NATIONAL") == "MacPhersonia |NATIONAL");
    CHECK(divided("hyphen\u00ADation") == "hyphen\u00AD-ation");
}

TEST_CASE("hyphens: none takes soft hyphens away, manual keeps them only") {
    CHECK(breaks("hyphen\u00ADation", "en", Hyphens::none) == "hyphen\u00ADation");
    CHECK(breaks("hyphen\u00ADation", "en", Hyphens::manual) == "hyphen\u00AD-ation");
    CHECK(breaks("hyphenation", "en", Hyphens::manual) == "hyphenation");
}

TEST_CASE("least lengths before and after the hyphen are kept") {
    const Hyphenator& hyphenator = shaper().hyphenator;
    CHECK(hyphenator.points("hyphenation", "en-US") == std::vector<std::uint32_t>{2, 6});
    CHECK(hyphenator.points("hyphenation", "en-US", 5, 3, 3) == std::vector<std::uint32_t>{6});
    CHECK(hyphenator.points("hyphenation", "en-US", 12, 2, 3).empty());
    CHECK(hyphenator.points("hyphenation", "en-US", 0, 0, 0) == std::vector<std::uint32_t>{2, 6});
    CHECK(hyphenator.points(std::string(5000, 'a'), "en-US").empty());
}

TEST_CASE("the style says how long a divided word and its parts must be") {
    const auto divided_with = [](std::array<int, 3> limits) {
        TextStyle style = style_of("serif", "en-US");
        style.hyphens = Hyphens::automatic;
        style.hyphenate_limit_chars = limits;
        return with_breaks(shape("hyphenation", style));
    };
    CHECK(divided_with({5, 2, 3}) == "hy-phen-ation");
    CHECK(divided_with({6, 3, 3}) == "hyphen-ation");
    CHECK(divided_with({12, 2, 3}) == "hyphenation");
    CHECK(divided_with({5, 2, 6}) == "hy-phenation");
}

TEST_CASE("a book's own divisions stand above patterns and limits, in any case and with an s behind an apostrophe") {
    Hyphenator hyphenator;
    hyphenator.add_exception("", "methyl-pheni-date");
    hyphenator.add_exception("", "hyphenation");
    hyphenator.add_exception("de", "Schul-aufgabe");
    hyphenator.add_exception("", "Mc-Donald");
    ShapeCache cache;
    const Shaper own{fonts(), cache, hyphenator};
    const auto divided_with = [&](const std::string& text, const std::string& language) {
        TextStyle style = style_of("serif", language);
        style.hyphens = Hyphens::automatic;
        style.hyphenate_limit_chars = {20, 8, 8};
        return with_breaks(shape_text(own, text, {{0, static_cast<std::uint32_t>(text.size()), 0}}, {style}, TextDirection::ltr));
    };
    CHECK(divided_with("Methylphenidate", "en-GB") == "Methyl-pheni-date");
    CHECK(divided_with("methylphenidate’s", "en-GB") == "methyl-pheni-date’s");
    CHECK(divided_with("hyphenation", "en-US") == "hyphenation");
    CHECK(divided_with("Schulaufgabe", "de-AT") == "Schul-aufgabe");
    CHECK(divided_with("Schulaufgabe", "en") == "Schulaufgabe");
    CHECK(divided_with("McDonald", "en") == "Mc-Donald");
    CHECK(hyphenator.points("hyphenation", "en-US").empty());
}

TEST_CASE("Chinese breaks between characters but not before its full stop") {
    CHECK(breaks("你好吗。他", "zh") == "你|好|吗。|他");
}

TEST_CASE("Thai breaks between words by its dictionary") { CHECK(breaks("สวัสดีครับ", "th") == "สวัสดี|ครับ"); }

TEST_CASE("text that may not wrap has only its own line feeds") {
    TextStyle style = style_of("monospace", "en");
    style.no_wrap = true;
    style.hyphens = Hyphens::automatic;
    CHECK(with_breaks(shape("hyphenation of words\nnone", style)) == "hyphenation of words\n!none");
    const TextStyle plain = style_of("serif", "en");
    const ShapedText mixed =
        shape_text(shaper(), "a b c d", {{0, 2, 0}, {2, 5, 1}, {5, 7, 0}}, {plain, style}, TextDirection::ltr);
    CHECK(with_breaks(mixed) == "a |b c |d");
    const ShapedText names =
        shape_text(shaper(), "A B和C D", {{0, 3, 1}, {3, 6, 0}, {6, 9, 1}}, {plain, style}, TextDirection::ltr);
    CHECK(with_breaks(names) == "A B|和|C D");
}

TEST_CASE("breaks anywhere stand between graphemes only") {
    TextStyle style = style_of("serif", "en");
    style.break_anywhere = true;
    CHECK(with_breaks(shape("ab e\u0301x", style)) == "a.b |e\u0301.x");
}

TEST_CASE("division agrees with TeX where the patterns are the same") {
    if (!has_corpus("typography/tex")) return;
    const std::string file = read_file(corpus("typography/tex/hyphenation.json"));
    int same = 0, all = 0;
    for (std::size_t at = file.find("[\"pl\""); at != std::string::npos; at = file.find("[\"pl\"", at + 1)) {
        const auto quoted = [&](std::size_t& from) {
            const std::size_t begin = file.find('"', from) + 1, end = file.find('"', begin);
            from = end + 1;
            return file.substr(begin, end - begin);
        };
        std::size_t here = at + 5;
        const std::string word = quoted(here), wanted = quoted(here);
        if (word.find('\\') != std::string::npos) continue;
        std::string mine = word;
        const std::vector<std::uint32_t> points = shaper().hyphenator.points(word, "pl", 1, 2, 2);
        for (std::size_t i = points.size(); i-- > 0;) mine.insert(points[i], "-");
        same += mine == wanted;
        ++all;
    }
    INFO(same << " of " << all);
    CHECK(all > 100);
    CHECK(same * 100 >= all * 97);
}
