// Paragraphs as they are set: margins, letters, hyphens, last lines, ragged text, figures and capitals.
#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

const std::string english =
    "Attention comes and goes, as everybody knows; but for some children, and for more adults than one would think, it goes more "
    "often than it comes. A teacher calls this dreaming, a grandmother calls it bad manners, and the child itself, asked why, "
    "says "
    "“I don’t know.” That answer is true. Nobody chooses to lose the thread of a conversation, to forget the appointment, or to "
    "leave the saucepan on the stove. What helps is a plan: small steps, short lists, reminders, and somebody who keeps calm. "
    "Medicine may help too, and whether it does, how much, and for how long is best found out together, with patience, in "
    "writing, "
    "week by week.";

struct SetLine {
    Length left, right, y;
    std::string text;
    double word_space = 0; // in pt, the mean of the line
};

// The lines of a page's content, from the top.
std::vector<SetLine> lines_of(const Layout& layout, std::size_t page = 0) {
    std::vector<SetLine> lines;
    std::vector<int> spaces;
    for (const PlacedItem& item : layout.pages.pages.at(page).items) {
        const auto* run = std::get_if<GlyphRun>(&item.item);
        if (!run || !std::holds_alternative<Content>(item.owner)) continue;
        if (lines.empty() || lines.back().y != item.at.y) {
            lines.push_back({item.at.x, item.at.x, item.at.y, "", 0});
            spaces.push_back(0);
        }
        SetLine& line = lines.back();
        line.left = min(line.left, item.at.x);
        line.right = max(line.right, item.at.x + run->width());
        line.text += run->text;
        for (const Glyph& glyph : run->glyphs)
            if (glyph.cluster < run->text.size() && run->text[glyph.cluster] == ' ' && glyph.advance > Length()) {
                line.word_space += glyph.advance.in_pt();
                ++spaces.back();
            }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (spaces[i] > 0) lines[i].word_space /= spaces[i];
        while (!lines[i].text.empty() && lines[i].text.back() == ' ') lines[i].text.pop_back();
    }
    return lines;
}

std::string paragraph(const std::string& text, const std::string& attributes = "") {
    return "<section><p" + attributes + ">" + text + "</p></section>";
}

const Length margin = Length::mm(10), right_margin = Length::mm(110);
const std::string justified = "html { text-align: justify } ";

void check_sound(const Layout& layout) {
    for (const std::string& problem : broken_promises(layout)) FAIL_CHECK(problem);
    for (const Diagnostic& one : layout.diagnostics.all()) FAIL_CHECK(one.code + ": " + one.message);
}

bool is_near(Length a, Length b) { return a - b < Length::pt(0.01) && b - a < Length::pt(0.01); }

} // namespace

TEST_CASE("justified lines end at the margin, without hanging punctuation") {
    const Layout layout = lay_out({paragraph(english), justified});
    const std::vector<SetLine> lines = lines_of(layout);
    REQUIRE(lines.size() > 6);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        INFO(lines[i].text);
        CHECK(lines[i].left == margin);
        if (i + 1 < lines.size()) CHECK(is_near(lines[i].right, right_margin));
    }
    check_sound(layout);
}

TEST_CASE("commas, stops, quotes and hyphens stand out of the margins where hanging punctuation is on") {
    int commas = 0, stops = 0, quotes = 0;
    for (int width = 92; width <= 118; width += 2) {
        const std::string page = "@page { size: " + std::to_string(width) + "mm 150mm } ";
        const Layout layout = lay_out({paragraph(english), justified + page + "p { hanging-punctuation: first allow-end last }"});
        const std::vector<SetLine> lines = lines_of(layout);
        const Length edge = Length::mm(width - 10);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            INFO(lines[i].text);
            const char last = lines[i].text.back();
            const bool quote = lines[i].text.starts_with("“");
            const Length out_right = lines[i].right - edge, out_left = margin - lines[i].left;
            if (last == ',' || last == '.') {
                CHECK(out_right > Length::pt(1.2)); // 0.7 of 2.5 pt
                CHECK(out_right < Length::pt(2.5));
                ++(last == ',' ? commas : stops);
            } else if (last == 'n' || last == 's' || last == 'e' || last == 'd') {
                CHECK(is_near(lines[i].right, edge));
            }
            if (quote) {
                CHECK(out_left > Length::pt(1.5));
                ++quotes;
            } else if (lines[i].text[0] == 'n' || lines[i].text[0] == 'c') {
                CHECK(lines[i].left == margin);
            }
        }
        check_sound(layout);
    }
    CHECK(commas > 3);
    CHECK(stops > 0);
}

TEST_CASE("a quotation mark at the beginning of a paragraph hangs, and the last line keeps its natural width") {
    const Layout layout =
        lay_out({paragraph("“Why?” she asked."), justified + "p { hanging-punctuation: first allow-end last }"});
    const std::vector<SetLine> lines = lines_of(layout);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].left < margin - Length::pt(1.5));
    CHECK(lines[0].left > margin - Length::pt(4));
    const Layout plain = lay_out({paragraph("“Why?” she asked."), justified});
    CHECK(lines_of(plain)[0].left == margin);
    CHECK(is_near(lines_of(plain)[0].right - margin, lines[0].right - lines[0].left));
}

TEST_CASE("in text from right to left punctuation hangs on the left at the line's end") {
    const std::string hebrew =
        "זהו משפט, ועוד אחד, ואחריו בא עוד משפט ארוך, אחר כך באים עוד מילים, ועוד קצת, ועוד הרבה, כדי שיהיו "
        "שורות רבות, מאוד, מאוד, כאן, ושם, ובכל מקום, תמיד, לעולם, ועד.";
    const LayoutInput input{paragraph(hebrew),
                            justified + "html { direction: rtl } p { font-family: \"Noto Serif Hebrew\", \"DejaVu "
                                        "Sans\"; hanging-punctuation: first allow-end last }",
                            {},
                            "rtl"};
    const Layout layout = lay_out(input);
    const std::vector<SetLine> lines = lines_of(layout);
    REQUIRE(lines.size() > 1);
    int hanging = 0;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        INFO(lines[i].text);
        CHECK(is_near(lines[i].right, right_margin));
        if (lines[i].left < margin - Length::pt(0.9)) ++hanging;
    }
    CHECK(hanging > 0);
}

TEST_CASE("centred text and styles with hanging-punctuation: none keep their edges") {
    const Layout centred = lay_out({paragraph("“Why?” " + english), "p { hanging-punctuation: first last; text-align: center }"});
    const SetLine first = lines_of(centred)[0];
    CHECK(is_near(first.left - margin, right_margin - first.right));
    const Layout code = lay_out({paragraph("<code>“a”</code> " + english),
                                 justified + "p { hanging-punctuation: first last } code { hanging-punctuation: none }"});
    CHECK(lines_of(code)[0].left == margin);
}

TEST_CASE("letters take part of a line's adjustment within the bound of the style") {
    const Layout plain = lay_out({paragraph(english), justified});
    const Layout spaced = lay_out({paragraph(english), justified + "p { -bifolio-letter-spacing-limit: 1% 1.5% }"});
    const auto spread = [](const Layout& layout) {
        const std::vector<SetLine> lines = lines_of(layout);
        const double natural = lines.back().word_space;
        double sum = 0;
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            CHECK(is_near(lines[i].right, right_margin));
            sum += std::abs(lines[i].word_space - natural);
        }
        return sum / static_cast<double>(lines.size() - 1);
    };
    CHECK(spread(spaced) < spread(plain) * 0.7);
    check_sound(spaced);

    // No letter is wider by more than 1.5 % of 10 pt, or narrower by more than 1 %, than it is in the last line or unspaced.
    std::map<std::string, std::pair<Length, Length>> widths; // of each letter: narrowest and widest
    for (const PlacedItem& item : spaced.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item))
            for (const Glyph& glyph : run->glyphs) {
                if (glyph.cluster >= run->text.size() || run->text[glyph.cluster] != 'e') continue;
                auto [found, fresh] = widths.try_emplace("e", glyph.advance, glyph.advance);
                found->second.first = min(found->second.first, Length(glyph.advance));
                found->second.second = max(found->second.second, Length(glyph.advance));
            }
    CHECK(widths["e"].second - widths["e"].first > Length::pt(0.02));
    CHECK(widths["e"].second - widths["e"].first <= Length::pt(0.26));
}

TEST_CASE("a run says what all its letters are spaced by, and no more than the bound") {
    const Layout layout = lay_out({paragraph(english), justified + "p { -bifolio-letter-spacing-limit: 1% 1.5% }"});
    int spaced = 0;
    for (const PlacedItem& item : layout.pages.pages[0].items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item)) {
            spaced += run->letter_spacing != Length();
            CHECK(run->letter_spacing <= Length::pt(0.155));
            CHECK(run->letter_spacing >= Length::pt(-0.105));
        }
    CHECK(spaced > 2);
}

TEST_CASE("ten thousand words in one paragraph are set without loss") {
    std::string text;
    for (int i = 0; i < 10'000 / 100; ++i) text += english + " ";
    const Layout layout =
        lay_out({paragraph(text, " lang=\"en-US\""), justified + "p { hyphens: auto; hanging-punctuation: first last; "
                                                                 "-bifolio-letter-spacing-limit: 1% 1.5% }"});
    CHECK(layout.pages.pages.size() > 20);
    check_sound(layout);
}

TEST_CASE("letters of joined scripts and of typewriter faces are never spaced") {
    const auto advances = [](const Layout& layout) {
        std::map<std::uint32_t, std::vector<std::int64_t>> by_glyph;
        for (const PlacedItem& item : layout.pages.pages[0].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item))
                for (const Glyph& glyph : run->glyphs)
                    if (glyph.cluster < run->text.size() && run->text[glyph.cluster] != ' ')
                        by_glyph[glyph.id].push_back(glyph.advance.sp());
        std::size_t changing = 0;
        for (const auto& [id, all] : by_glyph)
            changing += static_cast<std::size_t>(std::ranges::count_if(all, [&](auto a) { return a != all[0]; }));
        return changing;
    };
    const std::string limit = "p { -bifolio-letter-spacing-limit: 3% 3% }";
    std::string code;
    for (int i = 1; i < 40; ++i) code += "word" + std::to_string(i * i) + " ";
    CHECK(advances(lay_out({paragraph(code), justified + limit + "p { font-family: monospace }"})) == 0);
    CHECK(advances(lay_out({paragraph(code), justified + limit + "p { font-kerning: none }"})) > 0);
    std::string hindi;
    for (int i = 0; i < 40; ++i) hindi += i % 3 ? "नमस्ते " : "दुनिया में ";
    CHECK(advances(lay_out({paragraph(hindi, " lang=\"hi\""),
                            justified + limit + "p { font-family: \"Noto Serif Devanagari\", \"Noto Sans Devanagari\" }"})) == 0);
}

TEST_CASE("no more than two lines in a row end in a hyphen, those of the text counted") {
    std::string text;
    for (int i = 0; i < 60; ++i) text += i % 4 == 0 ? "well-intentioned " : "unquestionably ";
    for (int width = 60; width <= 90; width += 5) {
        const Layout layout = lay_out(
            {paragraph(text, " lang=\"en-US\""),
             justified + "p { hyphens: auto; hyphenate-limit-lines: 2 } @page { size: " + std::to_string(width) + "mm 200mm }"});
        int ladder = 0, longest = 0;
        for (const SetLine& line : lines_of(layout)) {
            const bool hyphen =
                line.text.ends_with('-') || (!line.text.empty() && text.find(line.text + " ") == std::string::npos);
            ladder = hyphen ? ladder + 1 : 0;
            longest = std::max(longest, ladder);
        }
        INFO(width);
        CHECK(longest <= 2);
        for (const SetLine& line : lines_of(layout)) CHECK(line.text.find("--") == std::string::npos);
    }
}

TEST_CASE("a last line is no short word alone where another way is nearly as good") {
    int before = 0, after = 0;
    for (int width = 90; width <= 140; width += 2)
        for (const std::string align : {"justify", "left"}) {
            const std::string css =
                "p { hyphens: auto; text-align: " + align + " } @page { size: " + std::to_string(width) + "mm 200mm } ";
            const Layout stable =
                lay_out({paragraph(english + " So it is.", " lang=\"en-US\""), css + "p { text-wrap: stable }"});
            const Layout pretty = lay_out({paragraph(english + " So it is.", " lang=\"en-US\""), css});
            const auto is_runt = [&](const Layout& layout) {
                const SetLine last = lines_of(layout).back();
                return (last.right - last.left).in_pt() < Length::mm(width - 20).in_pt() * 0.12;
            };
            before += is_runt(stable);
            after += is_runt(pretty);
            check_sound(pretty);
        }
    INFO(before << " before, " << after << " after");
    CHECK(before >= 3);
    CHECK(after * 3 <= before);
}

TEST_CASE("nothing hangs through the padding of an inline box") {
    const Layout layout =
        lay_out({paragraph("<code>“a”</code> " + english),
                 justified + "p { hanging-punctuation: first last } code { padding: 0 2pt; background: #eee }"});
    CHECK(lines_of(layout)[0].left == margin + Length::pt(2));
}

TEST_CASE("ragged lines fill their measure as evenly as words allow") {
    for (int width = 90; width <= 140; width += 10) {
        const Layout layout = lay_out({paragraph(english), "@page { size: " + std::to_string(width) + "mm 200mm }"});
        const std::vector<SetLine> lines = lines_of(layout);
        const Length measure = Length::mm(width - 20);
        int steps = 0, longest_stair = 0; // neighbours that each grow or each shrink by a little
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            INFO(width << ": " << lines[i].text);
            CHECK(lines[i].left == margin);
            CHECK(lines[i].right - margin <= measure);
            CHECK((lines[i].right - margin).in_pt() > measure.in_pt() * 0.75);
            const bool grows = i > 0 && lines[i].right > lines[i - 1].right;
            steps = grows ? steps + 1 : 0;
            longest_stair = std::max(longest_stair, steps);
        }
        CHECK(longest_stair <= 4);
    }
}

TEST_CASE("a narrow panel divides words rather than letting them stick out") {
    const std::string text = "Prescription medicines interact with antidepressants; hypersensitivity, cardiovascular "
                             "complications and electrocardiographic abnormalities are uncommon.";
    for (const std::string align : {"justify", "left", "center", "right"})
        for (int width = 42; width <= 60; width += 3) {
            const Layout layout =
                lay_out({paragraph(text, " lang=\"en-US\""),
                         "p { hyphens: auto; text-align: " + align + " } @page { size: " + std::to_string(width) + "mm 200mm }"});
            INFO(align << " " << width);
            check_sound(layout);
            for (const SetLine& line : lines_of(layout)) CHECK(line.right <= Length::mm(width - 10) + Length::pt(0.01));
        }
}

TEST_CASE("headings are not divided where the style says so, soft hyphens are kept to") {
    const std::string css = "@page { size: 62mm 200mm } h1 { hyphens: none } p { hyphens: manual }";
    const Layout layout = lay_out(
        {"<section><h1 lang=\"en-US\">Uncommon abnormalities</h1><p lang=\"en-US\">abcdefghijklmnop&shy;qrstuvwxyz</p></section>",
         css});
    for (const SetLine& line : lines_of(layout)) {
        CHECK((line.text.starts_with("Uncommon") || line.text.starts_with("abnormalities") ||
               line.text.starts_with("abcdefghijklmnop") || line.text.starts_with("qrstuvwxyz")));
    }
}

namespace {

struct SetGlyphs {
    std::vector<std::uint32_t> ids;
    std::vector<Length> advances;
    FontId font{};
    Length size;
};
SetGlyphs glyphs_of(const std::string& text, const std::string& css) {
    const Layout layout = lay_out({paragraph(text), css});
    SetGlyphs out;
    for (const PlacedItem& item : layout.pages.pages.at(0).items)
        if (const auto* run = std::get_if<GlyphRun>(&item.item)) {
            out.font = run->font;
            out.size = run->size;
            for (const Glyph& glyph : run->glyphs) {
                out.ids.push_back(glyph.id);
                out.advances.push_back(glyph.advance);
            }
        }
    return out;
}
Length total(const SetGlyphs& glyphs) {
    Length sum;
    for (const Length one : glyphs.advances) sum += one;
    return sum;
}

} // namespace

TEST_CASE("figures are old-style, lining, proportional or tabular as the style asks") {
    for (const std::string family : {"EB Garamond", "Vollkorn", "Inter"}) {
        INFO(family);
        const std::string face = "p { font-family: \"" + family + "\"; ";
        const auto set = [&](const std::string& numeric) {
            return glyphs_of("0123456789", face + "font-variant-numeric: " + numeric + " }");
        };
        if (family != "Inter") CHECK(set("oldstyle-nums").ids != set("lining-nums").ids);
        const SetGlyphs tabular = set("lining-nums tabular-nums"), proportional = set("lining-nums proportional-nums");
        for (const Length advance : tabular.advances) CHECK(advance == tabular.advances[0]);
        CHECK(std::ranges::any_of(proportional.advances, [&](Length one) { return one != proportional.advances[0]; }));
    }
}

TEST_CASE("fractions, kerning, ligatures and stylistic sets follow the style") {
    for (const std::string family : {"EB Garamond", "Vollkorn", "Inter"}) {
        INFO(family);
        const std::string face = "p { font-family: \"" + family + "\"; ";
        CHECK(glyphs_of("1/2", face + "font-variant-numeric: diagonal-fractions }").ids != glyphs_of("1/2", face + "}").ids);
        CHECK(total(glyphs_of("AVATAR To", face + "font-kerning: none }")) > total(glyphs_of("AVATAR To", face + "}")));
    }
    const std::string garamond = "p { font-family: \"EB Garamond\"; ";
    const auto joined = glyphs_of("office", garamond + "}").ids;
    CHECK(glyphs_of("office", garamond + "font-variant-ligatures: none }").ids != joined);
    CHECK(glyphs_of("office", garamond + "font-feature-settings: \"liga\" 0 }").ids != joined);
    CHECK(glyphs_of("office", garamond + "letter-spacing: 1pt }").ids != joined);
    const std::string inter = "p { font-family: Inter; ";
    CHECK(glyphs_of("a1 zero 0", inter + "font-variant-numeric: slashed-zero }").ids != glyphs_of("a1 zero 0", inter + "}").ids);
    int sets = 0;
    for (const std::string set : {"ss01", "ss02", "ss03", "ss04", "cv01", "cv05"})
        sets += glyphs_of("1 a l g 0 I", inter + "font-feature-settings: \"" + set + "\" }").ids !=
                glyphs_of("1 a l g 0 I", inter + "}").ids;
    CHECK(sets >= 3);
}

TEST_CASE("small capitals are the font's own, or smaller capitals with one warning") {
    for (const std::string family : {"EB Garamond", "Vollkorn"}) {
        INFO(family);
        const std::string face = "p { font-family: \"" + family + "\"; ";
        const SetGlyphs real = glyphs_of("adhd", face + "font-variant-caps: small-caps }"), plain = glyphs_of("adhd", face + "}");
        CHECK(real.ids != plain.ids);
        CHECK(real.ids != glyphs_of("ADHD", face + "}").ids);
        CHECK(real.size == plain.size);
        CHECK(lay_out({paragraph("adhd"), face + "font-variant-caps: small-caps }"}).diagnostics.all().empty());
    }
    const std::string css = "b { font-family: \"JetBrains Mono\"; font-variant-caps: small-caps }";
    const Layout made = lay_out({"<section><p><b>adhd</b></p><p><b>again</b></p></section>", css});
    REQUIRE(made.diagnostics.all().size() == 1);
    CHECK(made.diagnostics.all()[0].code == "layout.made-small-caps");
    CHECK(glyphs_of("<b>adhd</b>", css).size < Length::pt(9));
}

TEST_CASE("letter-spacing within the bound leaves ligatures whole") {
    const std::string css = justified + "p { font-family: \"EB Garamond\"; -bifolio-letter-spacing-limit: 3% 3% }";
    std::string text;
    for (int i = 0; i < 50; ++i) text += "office affluent unspaced ";
    const SetGlyphs spaced = glyphs_of(text, css), plain = glyphs_of(text, "p { font-family: \"EB Garamond\" }");
    CHECK(spaced.ids == plain.ids);
    CHECK(spaced.advances != plain.advances);
}

TEST_CASE("a measure in ch holds as many digits, in the font that is used") {
    for (const std::string family : {"Noto Serif", "EB Garamond", "JetBrains Mono"})
        for (const std::string weight : {"400", "700"}) {
            INFO(family << " " << weight);
            const std::string css = "p { font-family: \"" + family + "\"; font-weight: " + weight +
                                    "; font-kerning: none; width: 12ch; text-align: right }";
            const Layout made = lay_out({paragraph("7") + paragraph("000000000000"), css});
            const std::vector<SetLine> lines = lines_of(made, 0), next = lines_of(made, made.pages.pages.size() - 1);
            const FontId font = made.fonts->match({{family}, std::stoi(weight)});
            const Length zero = Length::pt(10).scaled(made.fonts->nominal_advance(font, U'0'));
            CHECK(std::abs((lines.at(0).right - next.back().left - zero * 12).in_pt()) < 0.01);
            CHECK(next.back().text == "000000000000");
        }
}

namespace {

// Where lines end within a word, over pages of many depths and measures.
struct WordEnds {
    int lines = 0, columns = 0, pages = 0, leaves = 0, last_lines = 0; // leaves: from a right page to the next
};

struct ContentLine { // of the flow, not of its notes
    Length x, y;
    NodeId node;
    std::uint32_t begin = 0, end = 0;
};

std::vector<ContentLine> content_lines(const Page& page) {
    std::vector<ContentLine> lines;
    for (const PlacedItem& item : page.items) {
        const auto* content = std::get_if<Content>(&item.owner);
        if (!content || content->generated || !std::holds_alternative<GlyphRun>(item.item)) continue;
        if (lines.empty() || lines.back().y != item.at.y || lines.back().node != content->node)
            lines.push_back({item.at.x, item.at.y, content->node, content->begin, content->end});
        lines.back().end = content->end;
    }
    return lines;
}

void count_word_ends(const Layout& layout, WordEnds& ends) {
    std::optional<ContentLine> before;
    std::size_t page_before = 0;
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p)
        for (const ContentLine& line : content_lines(layout.pages.pages[p])) {
            const std::string& text = layout.book->node(line.node).text;
            const bool divided =
                before && before->node == line.node && text[line.begin - 1] != ' ' && text[line.begin - 1] != '-';
            if (divided) {
                ++ends.lines;
                if (p != page_before) ++ends.pages;
                if (p != page_before && layout.pages.pages[page_before].side == PageSide::right) ++ends.leaves;
                if (p == page_before && line.y < before->y) ++ends.columns;
                if (line.end > text.find_last_not_of(' ')) ++ends.last_lines;
            }
            before = line;
            page_before = p;
        }
}

WordEnds word_ends(const std::string& css) {
    const std::string text =
        "Prescription medicines interact unpredictably with antidepressants; hypersensitivity, cardiovascular "
        "complications and electrocardiographic abnormalities are uncommon, whereas gastrointestinal "
        "disturbances, restlessness and sleeplessness occur frequently. ";
    std::string markup;
    for (int i = 0; i < 6; ++i)
        markup += "<p lang=\"en-US\">" + text + text.substr(static_cast<std::size_t>(i) * 13) + text + "</p>";
    WordEnds ends;
    for (int width = 62; width <= 86; width += 6)
        for (int height = 50; height <= 90; height += 5) {
            const Layout layout = lay_out(
                {"<section>" + markup + "</section>", justified + "@page { size: " + std::to_string(width) + "mm " +
                                                          std::to_string(height) + "mm } p { hyphens: auto; margin: 0 } " + css});
            check_sound(layout);
            count_word_ends(layout, ends);
        }
    return ends;
}

} // namespace

TEST_CASE("no page ends within a word, unless the style lets it") {
    const WordEnds free = word_ends("p { hyphenate-limit-last: none }");
    CHECK(free.lines > 100);
    CHECK(free.leaves > 5);
    CHECK(free.pages > free.leaves + 5);
    for (const std::string css :
         {"", "p { hyphenate-limit-last: page }", "p { hyphenate-limit-last: column }", "p { hyphenate-limit-last: always }"}) {
        const WordEnds ends = word_ends(css);
        INFO(css);
        CHECK(ends.lines > 100);
        CHECK(ends.pages == 0);
    }
}

TEST_CASE("hyphenate-limit-last: spread lets a word run over to the facing page") {
    const WordEnds ends = word_ends("p { hyphenate-limit-last: spread }");
    CHECK(ends.pages > 5);
    CHECK(ends.leaves == 0);
}

TEST_CASE("hyphenate-limit-last: column keeps words whole from column to column") {
    const std::string columns = "@page { size: 130mm 70mm } section { columns: 2 } ";
    CHECK(word_ends(columns + "p { hyphenate-limit-last: page }").columns > 5);
    CHECK(word_ends(columns + "p { hyphenate-limit-last: column }").columns == 0);
    CHECK(word_ends(columns + "p { hyphenate-limit-last: always }").columns == 0);
}

TEST_CASE("hyphenate-limit-last: always leaves no word divided into the last line") {
    CHECK(word_ends("p { hyphenate-limit-last: none }").last_lines > 5);
    CHECK(word_ends("p { hyphenate-limit-last: always }").last_lines == 0);
}

TEST_CASE("where every line of a page is divided, a page ends within a word all the same") {
    const Layout layout =
        lay_out({"<section><p lang=\"en-US\">antidisestablishmentarianism</p></section>",
                 "@page { size: 34mm 26mm; margin: 10mm } p { hyphens: auto; hyphenate-limit-lines: no-limit }"});
    check_sound(layout);
    WordEnds ends;
    count_word_ends(layout, ends);
    CHECK(ends.pages > 0);
}

TEST_CASE("quotes hang out of the margin that ragged lines keep to, and not where there is no margin") {
    const std::string hangs = "p { hanging-punctuation: first allow-end last; text-align: ";
    const std::string quoted = "“Attention,” said the teacher, “comes and goes, and for some it goes more often than it comes.”";
    const auto first_left = [](const Layout& layout) { return lines_of(layout).front().left; };
    CHECK(first_left(lay_out({paragraph(quoted), hangs + "left }"})) < margin - Length::pt(1.5));
    CHECK(is_near(first_left(lay_out({paragraph(quoted), "p { text-align: left }"})), margin));
    CHECK(first_left(lay_out({paragraph(quoted), hangs + "justify }"})) < margin - Length::pt(1.5));
    const Layout right = lay_out({paragraph(quoted), hangs + "right }"});
    CHECK(lines_of(right).back().right > right_margin + Length::pt(1.5));
    for (const std::string align : {"left", "right", "justify"}) {
        INFO(align);
        const Layout bare =
            lay_out({paragraph(quoted + " " + english), hangs + align + " } @page { size: 100mm 150mm; margin: 0 }"});
        for (const SetLine& line : lines_of(bare)) {
            CHECK(line.left >= Length());
            CHECK(line.right <= Length::mm(100) + Length::pt(0.01));
        }
        const Layout narrow =
            lay_out({paragraph(quoted + " " + english), hangs + align + " } @page { size: 100mm 150mm; margin: 0.3mm }"});
        for (const SetLine& line : lines_of(narrow)) CHECK(line.left >= Length());
    }
    const Layout both = lay_out({"<section><div><p>" + quoted + "</p></div></section><section><p>" + quoted + "</p></section>",
                                 hangs + "left } div { page: bare } @page bare { margin: 0 } section { break-before: page }"});
    REQUIRE(both.pages.pages.size() == 2);
    CHECK(lines_of(both, 0).front().left == Length());
    CHECK(lines_of(both, 1).front().left < margin - Length::pt(1.5));
}

TEST_CASE("ragged lines that follow each other differ little in length") {
    int pairs = 0, steps = 0; // a nearly full line beside one that lacks much
    for (int width = 70; width <= 130; width += 2) {
        const Layout layout =
            lay_out({paragraph(english + " " + english), "@page { size: " + std::to_string(width) + "mm 280mm }"});
        const std::vector<SetLine> lines = lines_of(layout);
        for (std::size_t i = 0; i + 2 < lines.size(); ++i) {
            const double a = (Length::mm(width - 10) - lines[i].right).in_pt(),
                         b = (Length::mm(width - 10) - lines[i + 1].right).in_pt();
            ++pairs;
            steps += std::min(a, b) < 14.8 && std::max(a, b) > 30;
        }
    }
    INFO(steps << " of " << pairs);
    CHECK(steps * 60 <= pairs);
}

TEST_CASE("an address behind its link breaks behind slashes and before dots, without a hyphen") {
    const std::string address = "https://www.england.nhs.uk/publication/report-of-the-independent-hyperactivity-taskforce/";
    int lines_with_parts = 0;
    for (int width = 70; width <= 120; width += 5)
        for (const std::string align : {"justify", "left"}) {
            const Layout layout =
                lay_out({"<section><p lang=\"en-US\">Read what <a href=\"" + address +
                             "\">the taskforce found</a> on this.</p></section>",
                         "a::after { content: \" (\" attr(href) \")\" } p { hyphens: auto; text-align: " + align +
                             " } @page { size: " + std::to_string(width) + "mm 100mm }"});
            std::string joined;
            for (const SetLine& line : lines_of(layout)) {
                INFO(width << " " << align << ": " << line.text);
                if (line.text.ends_with('.')) CHECK(line.text.ends_with("this."));
                CHECK_FALSE((line.text.ends_with('-') && joined.find("http") != std::string::npos));
                CHECK(line.right <= Length::mm(width - 10) + Length::pt(0.01));
                if (!joined.empty() && joined.find("http") == std::string::npos) joined += ' ';
                joined += line.text;
                lines_with_parts += joined.find(address) == std::string::npos && joined.find("http") != std::string::npos;
            }
            CHECK(joined.find("(" + address + ")") != std::string::npos);
        }
    CHECK(lines_with_parts > 20);
}

TEST_CASE("nothing hangs out of a table's cells") {
    for (const std::string align : {"left", "right", "justify"}) {
        const Layout layout = lay_out({"<section><table><tbody><tr><td>“Well,”</td><td>“so.”</td></tr></tbody></table></section>",
                                       "table { border-collapse: collapse } td { padding: 0; border: 1pt solid black; "
                                       "hanging-punctuation: first allow-end last; text-align: " +
                                           align + " }"});
        const SetLine line = lines_of(layout).at(0);
        CHECK(line.left >= margin + Length::pt(0.5));
    }
}
