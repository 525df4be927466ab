#include "layout/paragraph/break_lines.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <string>
#include <string_view>

using namespace bifolio;

namespace {

using Kind = ParagraphItem::Kind;

ParagraphItem box(Length width) {
    ParagraphItem item;
    item.width = width;
    return item;
}
ParagraphItem glue(Length width, Length stretch, Length shrink, std::uint8_t order = 0) {
    ParagraphItem item;
    item.kind = Kind::glue;
    item.width = width;
    item.stretch = stretch;
    item.shrink = shrink;
    item.stretch_order = order;
    return item;
}
ParagraphItem penalty(int value, bool flagged = false, Length width = {}) {
    ParagraphItem item;
    item.kind = Kind::penalty;
    item.width = width;
    item.penalty = value;
    item.flagged = flagged;
    return item;
}

// Letters are 10 pt wide, spaces 5 pt, give 3 pt and take 2 pt; “-” in a word is a hyphenation point with a hyphen of 5 pt,
// “~” one that stands in the text; “/” is a forced break.
std::vector<ParagraphItem> items_of(std::string_view text, int hyphen_penalty = 50) {
    std::vector<ParagraphItem> items;
    for (char c : text) {
        if (c == ' ')
            items.push_back(glue(Length::pt(5), Length::pt(3), Length::pt(2)));
        else if (c == '-')
            items.push_back(penalty(hyphen_penalty, true, Length::pt(5)));
        else if (c == '~')
            items.push_back(penalty(hyphen_penalty, true));
        else if (c == '/') {
            items.push_back(glue({}, Length::pt(1), {}, 1));
            items.push_back(penalty(forced_break));
        } else
            items.push_back(box(Length::pt(10)));
    }
    items.push_back(penalty(infinite_penalty));
    items.push_back(glue({}, Length::pt(1), {}, 1));
    items.push_back(penalty(forced_break, true));
    return items;
}

BrokenParagraph broken(std::string_view text, double width, LineBreakSettings settings = {}) {
    const LineShape shape{{}, Length::pt(width)};
    return break_lines(items_of(text), {&shape, 1}, settings);
}

// The lines as text, parted by “|”; a hyphen where a word is divided.
std::string lines_of(std::string_view text, const BrokenParagraph& paragraph) {
    std::string shown; // one letter for each item
    for (char c : text) shown += c == '/' ? "//" : std::string(1, c);
    std::string out;
    for (const BrokenLine& line : paragraph.lines) {
        if (!out.empty()) out += '|';
        for (std::uint32_t i = line.begin; i < line.end && i < shown.size(); ++i)
            if (shown[i] != '-' && shown[i] != '~' && shown[i] != '/') out += shown[i];
        if (line.hyphenated) out += '-';
    }
    return out;
}

std::string set(std::string_view text, double width, LineBreakSettings settings = {}) {
    return lines_of(text, broken(text, width, settings));
}

} // namespace

TEST_CASE("a short paragraph is one line at its natural width") {
    const BrokenParagraph p = broken("aa bb", 100);
    REQUIRE(p.lines.size() == 1);
    CHECK(p.lines[0].ratio == 0);
    CHECK(p.lines[0].natural_width == Length::pt(45));
    CHECK(p.pass == 1);
}

TEST_CASE("a line that fits exactly has ratio 0") {
    const BrokenParagraph p = broken("aa bb cc dd", 45);
    REQUIRE(p.lines.size() == 2);
    CHECK(p.lines[0].ratio == 0);
    CHECK_FALSE(p.lines[0].overfull);
}

TEST_CASE("glue at a break vanishes from both lines") { CHECK(set("aa bb cc dd", 45) == "aa bb|cc dd"); }

TEST_CASE("a forced break ends a line in the middle") { CHECK(set("aa/bb cc", 200) == "aa|bb cc"); }

TEST_CASE("two forced breaks leave an empty line between them") {
    const BrokenParagraph p = broken("aa//bb", 200);
    REQUIRE(p.lines.size() == 3);
    CHECK(p.lines[1].natural_width == Length());
}

TEST_CASE("the first pass divides no word") {
    const BrokenParagraph p = broken("aaa bb-b ccc ddd", 66);
    CHECK(p.pass == 1);
    CHECK(lines_of("aaa bb-b ccc ddd", p) == "aaa bbb|ccc ddd");
}

TEST_CASE("the second pass divides a word where the first finds no way") {
    const std::string_view text = "aaaa bbb-bbb cccc dddd";
    const BrokenParagraph p = broken(text, 78);
    CHECK(p.pass == 2);
    CHECK(lines_of(text, p) == "aaaa bbb-|bbb cccc|dddd");
}

TEST_CASE("a hyphen of the text may end a line in the first pass") {
    const std::string_view text = "aaaa bbb~bbb cccc dddd";
    const BrokenParagraph p = broken(text, 76);
    CHECK(p.pass == 1);
    CHECK(p.lines[0].hyphenated);
}

TEST_CASE("a measure narrower than any word still gives lines, marked overfull") {
    const BrokenParagraph p = broken("aaaa bbbb cccc", 20);
    REQUIRE(p.lines.size() == 3);
    for (const BrokenLine& line : p.lines) CHECK(line.overfull);
}

TEST_CASE("a measure of nothing still gives lines") {
    const BrokenParagraph p = broken("a b c d", 0);
    CHECK(p.lines.size() == 4);
    const std::vector<ParagraphItem> items = items_of("a b");
    CHECK(break_lines(items, {}, {}).lines.size() == 2);
}

TEST_CASE("no items give no lines") { CHECK(break_lines({}, {}, {}).lines.empty()); }

TEST_CASE("items without an end are closed by themselves") {
    const std::vector<ParagraphItem> items{box(Length::pt(10)), glue(Length::pt(5), Length::pt(3), Length::pt(2)),
                                           box(Length::pt(10))};
    const LineShape shape{{}, Length::pt(100)};
    CHECK(break_lines(items, {&shape, 1}, {}).lines.size() == 1);
}

TEST_CASE("emergency stretch comes after the other passes") {
    const std::string_view text = "aaaaaa bbbbbb cccccc dddddd";
    CHECK(broken(text, 100).pass == 2);
    LineBreakSettings settings;
    settings.emergency_stretch = Length::pt(60);
    const BrokenParagraph p = broken(text, 100, settings);
    CHECK(p.pass == 3);
    for (const BrokenLine& line : p.lines) CHECK_FALSE(line.overfull);
}

TEST_CASE("looseness makes a paragraph longer or shorter by a line") {
    const std::string text = "aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt uu vv ww xx yy zz";
    LineBreakSettings settings;
    settings.tolerance = 10'000;
    settings.pretolerance = -1;
    const std::size_t natural = broken(text, 160, settings).lines.size();
    settings.looseness = 1;
    CHECK(broken(text, 160, settings).lines.size() == natural + 1);
}

TEST_CASE("a ladder of hyphens is no longer than its limit") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "aa-aa-aa-aa-aa-aa ";
    text.pop_back();
    LineBreakSettings settings;
    settings.tolerance = 10'000;
    settings.double_hyphen_demerits = 0;
    const auto longest_ladder = [](const BrokenParagraph& p) {
        int longest = 0, here = 0;
        for (const BrokenLine& line : p.lines) longest = std::max(longest, here = line.hyphenated ? here + 1 : 0);
        return longest;
    };
    CHECK(longest_ladder(broken(text, 95, settings)) > 2);
    settings.hyphen_ladder_limit = 2;
    CHECK(longest_ladder(broken(text, 95, settings)) <= 2);
}

TEST_CASE("each line has its own measure") {
    const std::array shape{LineShape{Length::pt(10), Length::pt(45)}, LineShape{{}, Length::pt(70)}};
    const std::string_view text = "aa bb cc dd ee ff gg hh";
    const BrokenParagraph p = break_lines(items_of(text), shape, {});
    CHECK(lines_of(text, p) == "aa bb|cc dd ee|ff gg hh");
}

TEST_CASE("ten thousand words are broken in time that grows with their number") {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += std::string(static_cast<std::size_t>(1 + i * 7 % 9), 'a') + (i % 3 ? " " : "-a ");
    const BrokenParagraph p = broken(text, 400);
    CHECK(p.lines.size() > 1000);
}

TEST_CASE("twenty thousand breaks without width come to an end") {
    std::vector<ParagraphItem> items;
    for (int i = 0; i < 20'000; ++i) {
        items.push_back(box({}));
        items.push_back(penalty(0));
    }
    items.push_back(glue({}, Length::pt(1), {}, 1));
    items.push_back(penalty(forced_break));
    const LineShape shape{{}, Length::pt(100)};
    LineBreakSettings settings;
    settings.pretolerance = -1;
    settings.tolerance = 10'000;
    CHECK_FALSE(break_lines(items, {&shape, 1}, settings).lines.empty());
}

TEST_CASE("what hangs out of the margins widens the measure of its line") {
    std::vector<ParagraphItem> items = items_of("aa bb cc dd");
    items[0].hang = Length::pt(2); // the first letter
    items[5].hang = Length::pt(3); // the break behind “bb”
    const LineShape shape{{}, Length::pt(40)};
    const BrokenParagraph p = break_lines(items, {&shape, 1}, {});
    REQUIRE(p.lines.size() == 2);
    CHECK(p.lines[0].ratio == 0); // 45 pt of text on 40 pt and 2 + 3 outside
    CHECK(p.lines[0].hang_begin == Length::pt(2));
    CHECK(p.lines[0].hang_end == Length::pt(3));
    CHECK(p.lines[1].hang_begin == Length());
}

TEST_CASE("letters take what would change the word spaces, as far as they may") {
    std::vector<ParagraphItem> items = items_of("aa bb cc dd");
    for (ParagraphItem& item : items)
        if (item.kind == Kind::box) {
            item.stretch = Length::pt(1);
            item.shrink = Length::pt(0.25);
        }
    const auto first = [&](double width) {
        const LineShape shape{{}, Length::pt(width)};
        LineBreakSettings settings;
        settings.tolerance = 10'000;
        return break_lines(items, {&shape, 1}, settings).lines.at(0);
    };
    CHECK(first(45.2).letter_space == Length());
    CHECK(first(45.2).ratio == Approx(0.2 / 3).epsilon(0.01));
    CHECK(first(48).ratio == Approx(0.1).epsilon(0.01)); // a tenth of 3 pt from the space, the rest from four letters
    CHECK(first(48).letter_space.in_pt() == Approx(2.7).epsilon(0.01));
    CHECK(first(52).letter_space == Length::pt(4));
    CHECK(first(52).ratio == Approx(1));
    CHECK(first(44).letter_space.in_pt() == Approx(-0.8).epsilon(0.01));
    CHECK(first(42).letter_space == Length::pt(-1));
    CHECK(first(42).ratio == Approx(-1));
    CHECK_FALSE(first(42).overfull);
}

TEST_CASE("a last line of one short word is avoided, with a divided word if need be") {
    const std::string_view text = "aaaa bbb-bbb cccc dd-ddd ee";
    LineBreakSettings settings;
    settings.tolerance = 2000;
    settings.emergency_stretch = Length::pt(30);
    for (double width : {90.0, 100.0, 110.0, 120.0, 130.0}) {
        const std::string before = set(text, width, settings);
        LineBreakSettings careful = settings;
        careful.runt_width = Length::pt(25);
        careful.runt_demerits = 1'000'000;
        const std::string after = set(text, width, careful);
        INFO(width << ": " << before << " / " << after);
        CHECK_FALSE(after.ends_with("|ee"));
    }
    CHECK(set("aaaa ee", 60, settings) == "aaaa|ee"); // where there is no other way it stays
}

TEST_CASE("a word is divided over the last two lines more rarely where that is dear") {
    const std::string_view text = "aa bb ccc ddd-ee fff gg hh-hhh ii jjj kk-kkk lll mm nn-nnn";
    int before = 0, after = 0;
    for (double width = 120; width <= 260; width += 4) {
        LineBreakSettings settings;
        settings.pretolerance = -1;
        settings.tolerance = 9'999;
        settings.emergency_stretch = Length::pt(40);
        const auto divides_last = [&] {
            const BrokenParagraph p = broken(text, width, settings);
            return p.lines.size() > 1 && p.lines[p.lines.size() - 2].hyphenated;
        };
        settings.final_hyphen_demerits = 0;
        before += divides_last();
        settings.final_hyphen_demerits = 1'000'000'000;
        after += divides_last();
    }
    INFO(before << " and " << after);
    CHECK(before > 2);
    CHECK(after < before);
}

TEST_CASE("the end of a divided word is not left alone in the last line where there is another way") {
    const std::string_view text = "aa bb cc dd e-eeeeeee"; // the last part is no runt by its width
    LineBreakSettings settings;
    settings.pretolerance = -1;
    settings.tolerance = 9'999;
    settings.final_hyphen_demerits = 0;
    CHECK(set(text, 110, settings) == "aa bb cc dd e-|eeeeeee");
    settings.runt_width = Length::pt(20);
    settings.runt_demerits = 1'000'000'000;
    CHECK(set(text, 110, settings) == "aa bb cc dd|eeeeeeee");
}
