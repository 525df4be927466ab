// Characters that their author did not mean are named with place and cure, and never changed.
#include "read/text_file.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <string>

using namespace bifolio;

namespace {

std::string told_of(const std::string& bytes) {
    SourceMap sources;
    Diagnostics diagnostics;
    const SourceId source = add_text("a.md", decode_text(bytes), sources, diagnostics);
    CHECK(sources.text(source) == decode_text(bytes).text);
    std::string out;
    for (const Diagnostic& d : diagnostics.all())
        out += std::to_string(d.where.begin) + " " + d.code + ": " + d.message + " (" + d.hints.at(0) + ")\n";
    return out;
}

} // namespace

TEST_CASE("ordinary text in any language has no hazards") {
    for (const std::string text :
         {"Take ≥ 7 µg, 2–3 °C; naïve café “quotes” – β-blockers, α1, Δt, Ångström, Â and ã.",
          "Принимайте таблетки 2 раза в день.", "Πάρτε το χάπι. ΑΒΓ", "خذ الدواء", "頭痛薬", "L’été, c’est çà"})
        CHECK(told_of(text) == "");
}

TEST_CASE("what is left of a lost character is named") {
    CHECK(told_of("Take \uFFFD5 mg, not \uFFFD") == "5 read.replacement-character: a character was lost here before: U+FFFD "
                                                    "stands in its place, and at 1 more place (look in the "
                                                    "original what stood here, and write it)\n");
}

TEST_CASE("a symbol font's sign is named with what it was") {
    CHECK(told_of("\uF0B7 one\n\uF0B7 two, dose \uF0A3 5 mg") == "0 read.private-use: U+F0B7 is a character of private use, of a "
                                                                 "word processor's symbol font: it was probably ‘•’, and at 1 "
                                                                 "more place (write ‘•’, if that is what the original shows)\n"
                                                                 "22 read.private-use: U+F0A3 is a character of private use, of "
                                                                 "a word processor's symbol font: it was probably ‘≤’ (write "
                                                                 "‘≤’, if that is what the original shows)\n");
}

TEST_CASE("text that was read in a wrong encoding is named") {
    CHECK(told_of("Donâ€™t take 5 Âµg") == "3 read.wrong-encoding: ‘â€™’ is probably ‘’’ that was read in a wrong encoding, and "
                                           "at 1 more place (open the original again "
                                           "as UTF-8; do not mend the letters one by one)\n");
    CHECK(told_of("Don\u0092t").find("it was probably ‘’’ in a file of Windows-1252") != std::string::npos);
}

TEST_CASE("letters of another alphabet and signs that only look right are named") {
    CHECK(told_of("Take \u0420aracetamol").starts_with("5 read.lookalike: ‘Рaracetamol’ mixes alphabets: U+0420"));
    CHECK(told_of("37 \u00BAC").starts_with("3 read.lookalike: U+00BA stands where a degree sign"));
    CHECK(told_of("don\u00B4t").starts_with("3 read.lookalike: an acute accent"));
    CHECK(told_of("one\uFEFFtwo").starts_with("3 read.lookalike: a byte-order mark"));
}
