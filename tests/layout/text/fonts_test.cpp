#include "support/support.h"
#include "text_fixture.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <set>
#include <thread>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string matched(const FontRequest& request) { return std::string(fonts().postscript_name(fonts().match(request))); }

std::string for_character(char32_t c, const std::string& family, const std::string& language) {
    const auto id = fonts().match_for({{family}}, std::u32string_view(&c, 1), language);
    return id ? std::string(fonts().family_name(*id)) : "none";
}

std::string font_bytes(const char* path) { return DiskFiles().read(path, 1U << 30); }
constexpr const char* charis = "/usr/share/fonts/truetype/charis/CharisSIL-Regular.ttf";

// OS/2 fsType is at byte 8 of its table.
std::string with_rights(std::string font, char high, char low) {
    for (std::size_t entry = 12; entry < font.size(); entry += 16) {
        if (font.compare(entry, 4, "OS/2") != 0) continue;
        std::size_t at = 0;
        for (std::size_t i = 8; i < 12; ++i) at = at << 8 | static_cast<unsigned char>(font[entry + i]);
        font[at + 8] = high;
        font[at + 9] = low;
        return font;
    }
    throw std::runtime_error("no OS/2 table");
}

class WithFiles final : public Files { // the disk, and some files more
public:
    MemoryFiles more;
    std::string read(const std::filesystem::path& p, std::uint64_t most) const override {
        return more.exists(p) ? more.read(p, most) : disk_.read(p, most);
    }
    bool exists(const std::filesystem::path& p) const override { return more.exists(p) || disk_.exists(p); }
    bool is_folder(const std::filesystem::path& p) const override { return more.is_folder(p) || disk_.is_folder(p); }
    std::vector<std::string> list(const std::filesystem::path& p) const override {
        return more.is_folder(p) ? more.list(p) : disk_.list(p);
    }

private:
    DiskFiles disk_;
};

} // namespace

TEST_CASE("generic families have faces") {
    CHECK(matched({{"serif"}}) == "CharisSIL");
    CHECK(matched({{"sans-serif"}}) == "Inter-Regular");
    CHECK(matched({{"monospace"}}) == "JetBrainsMono-Regular");
    CHECK(matched({{"math"}}) == "NotoSansMath-Regular");
    CHECK(matched({{"No Such Family"}}) == "CharisSIL");
    CHECK(matched({{}}) == "CharisSIL");
}

TEST_CASE("the first family that exists is taken, whatever its letter case") {
    CHECK(matched({{"No Such Family", "noto serif", "Inter"}}) == "NotoSerif-Regular");
    CHECK(fonts().family_exists("INTER"));
    CHECK_FALSE(fonts().family_exists("No Such Family"));
}

TEST_CASE("weights are matched as CSS Fonts 4 says") {
    CHECK(matched({{"Inter"}, 500}) == "Inter-Medium");
    CHECK(matched({{"Inter"}, 450}) == "Inter-Medium");   // 400 to 500: first upwards to 500
    CHECK(matched({{"Inter"}, 650}) == "Inter-Bold");     // above 500: upwards
    CHECK(matched({{"Inter"}, 350}) == "Inter-Light");    // below 400: downwards
    CHECK(matched({{"Charis SIL"}, 300}) == "CharisSIL"); // nothing below: upwards
    CHECK(matched({{"Charis SIL"}, 900}) == "CharisSIL-Bold");
    CHECK(matched({{"Charis SIL"}, 500}) == "CharisSIL");
    CHECK(matched({{"Charis SIL"}, 700, FontSlant::italic}) == "CharisSIL-BoldItalic");
    CHECK(matched({{"Charis SIL"}, 400, FontSlant::oblique}) == "CharisSIL-Italic");
}

TEST_CASE("bold is said to be synthesized where no bold face exists") {
    const FontRequest bold{{"Noto Sans Math"}, 700};
    CHECK(fonts().synthesizes_bold(fonts().match(bold), bold));
    const FontRequest real{{"Inter"}, 700};
    CHECK_FALSE(fonts().synthesizes_bold(fonts().match(real), real));
}

TEST_CASE("scripts have faces of their own, in the manner of the style and the language") {
    CHECK(for_character(U'ب', "serif", "ar") == "Amiri");
    CHECK(for_character(U'ب', "sans-serif", "ar") == "Noto Sans Arabic");
    CHECK(for_character(U'ب', "serif", "ur") == "Noto Nastaliq Urdu");
    CHECK(for_character(U'ক', "serif", "bn") == "Noto Serif Bengali");
    CHECK(for_character(U'ગ', "sans-serif", "gu") == "Noto Sans Gujarati");
    CHECK(for_character(U'ਗ', "serif", "pa") == "Noto Serif Gurmukhi");
    CHECK(for_character(U'≤', "sans-serif", "en") != "none");
    CHECK(for_character(U'☎', "serif", "en") != "none");
    CHECK(for_character(U'∑', "serif", "en") != "none");
    CHECK(for_character(U'ß', "serif", "en") == "Charis SIL");
    CHECK(for_character(0xF1234, "serif", "en") == "none");
    CHECK(for_character(0x10FFFF, "serif", "en") == "none");
}

TEST_CASE("the same Chinese character takes the form of its readers") {
    if (!fonts().family_exists("Noto Serif CJK SC")) return;
    CHECK(for_character(U'直', "serif", "zh") == "Noto Serif CJK SC");
    CHECK(for_character(U'直', "serif", "ja") == "Noto Serif CJK JP");
    CHECK(for_character(U'直', "sans-serif", "zh-Hant-TW") == "Noto Sans CJK TC");
    CHECK(for_character(U'한', "serif", "ko") == "Noto Serif CJK KR");
}

TEST_CASE("metrics are fractions of the em") {
    for (const char* family : {"Charis SIL", "Inter", "JetBrains Mono", "Noto Nastaliq Urdu", "Noto Serif CJK SC"}) {
        INFO(family);
        const FontMetrics& m = fonts().metrics(fonts().match({{family}}));
        CHECK(m.ascent > 0.6);
        CHECK(m.ascent < 2.5);
        CHECK(m.descent > 0.1);
        CHECK(m.descent < 1.5);
        CHECK(m.x_height > 0.3);
        CHECK(m.cap_height > m.x_height);
        CHECK(m.underline_position < 0);
        CHECK(m.underline_thickness > 0.01);
    }
    CHECK(fonts().metrics(fonts().match({{"JetBrains Mono"}})).fixed_pitch);
    CHECK_FALSE(fonts().metrics(fonts().match({{"Inter"}})).fixed_pitch);
    CHECK(fonts().metrics(fonts().match({{"Charis SIL"}, 400, FontSlant::italic})).italic_angle < -5);
    CHECK(fonts().nominal_advance(fonts().match({{"JetBrains Mono"}}), U'0') == Approx(0.6));
}

TEST_CASE("a glyph leads back to its character") {
    const TextStyle style = style_of("serif", "en");
    const ShapedText shaped = shape("A", style);
    CHECK(fonts().code_point_of(shaped.runs[0].font, shaped.runs[0].glyphs[0].id) == U'A');
    CHECK_FALSE(fonts().code_point_of(shaped.runs[0].font, 0).has_value());
    CHECK_FALSE(fonts().code_point_of(shaped.runs[0].font, 1U << 30).has_value());
}

TEST_CASE("the book's own font goes before one of the same name") {
    WithFiles files;
    files.more.put("/book/fonts/mine.ttf", font_bytes(charis));
    const FontLibrary library(files, families(), {{"Inter", "/book/fonts/mine.ttf", {}, {}, {}}});
    CHECK(library.problems().empty());
    CHECK(library.postscript_name(library.match({{"inter"}})) == "CharisSIL");
    CHECK(library.file(library.match({{"inter"}})) == "/book/fonts/mine.ttf");
}

TEST_CASE("a face with a unicode-range serves those characters only") {
    WithFiles files;
    files.more.put("/book/fonts/mine.ttf", font_bytes(charis));
    const FontLibrary library(files, families(), {{"Mine", "/book/fonts/mine.ttf", {}, {}, {{U'0', U'9'}}}});
    const auto family_of = [&](char32_t c) {
        return library.file(*library.match_for({{"Mine", "Inter"}}, std::u32string_view(&c, 1), "en")).filename().string();
    };
    CHECK(family_of(U'5') == "mine.ttf");
    CHECK(family_of(U'a') == "Inter-Regular.otf");
}

TEST_CASE("a folder of fonts is read by the names in the files") {
    WithFiles files;
    files.more.put("/book/fonts/a.ttf", font_bytes("/usr/share/fonts/truetype/lato/Lato-Bold.ttf"));
    files.more.put("/book/fonts/readme.txt", "no font");
    const FontLibrary library(files, families(), {}, {"/book/fonts"});
    CHECK(library.problems().empty());
    CHECK(library.file(library.match({{"Lato"}, 700})) == "/book/fonts/a.ttf");
}

TEST_CASE("a file that is no font or may not be embedded is a problem, and others serve") {
    WithFiles files;
    files.more.put("/f/none.ttf", "this is no font");
    files.more.put("/f/cut.ttf", font_bytes(charis).substr(0, 2000));
    files.more.put("/f/forbidden.ttf", with_rights(font_bytes(charis), 0, 2));
    files.more.put("/f/editable.ttf", with_rights(font_bytes(charis), 0, 8));
    const auto rule = [](const char* family, const char* file) { return FontFaceRule{family, file, {}, {}, {}}; };
    const FontLibrary library(files, families(),
                              {rule("A", "/f/none.ttf"), rule("B", "/f/cut.ttf"), rule("C", "/f/forbidden.ttf"),
                               rule("D", "/f/missing.ttf"), rule("E", "/f/editable.ttf")});
    REQUIRE(library.problems().size() == 4);
    CHECK(library.problems()[2].reason == "its licence forbids embedding (OS/2 fsType)");
    CHECK_FALSE(library.family_exists("A"));
    CHECK(library.family_exists("E"));
    CHECK(library.postscript_name(library.match({{"A", "B", "C", "D", "Inter"}})) == "Inter-Regular");
}

TEST_CASE("a font that may not be subset is embedded whole") {
    WithFiles files;
    files.more.put("/f/whole.ttf", with_rights(font_bytes("/usr/share/fonts/truetype/noto/NotoSansOgham-Regular.ttf"), 1, 0));
    const FontLibrary library(files, families(), {{"Whole", "/f/whole.ttf", {}, {}, {}}});
    const FontSubset subset = library.subset(library.match({{"Whole"}}), {3});
    CHECK(subset.old_glyphs.size() > 20);
    CHECK(subset.old_glyphs[3] == 3);
}

TEST_CASE("without any font on the disk the lack is said") {
    const MemoryFiles none;
    const FontLibrary library(none, families(), {});
    CHECK_THROWS_AS(library.match({{"serif"}}), IoError);
}

TEST_CASE("faces get the same ids whatever thread asks first") {
    const auto ids = [](bool turned) {
        static const DiskFiles files;
        const FontLibrary library(files, families(), {});
        const std::vector<std::string> names{"Inter", "Amiri", "Charis SIL", "Noto Sans Math"};
        std::vector<std::uint32_t> found(names.size());
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::size_t n = turned ? names.size() - 1 - i : i;
            threads.emplace_back([&, n] { found[n] = index(library.match({{names[n]}})); });
        }
        for (std::thread& t : threads) t.join();
        return found;
    };
    CHECK(ids(false) == ids(true));
}

namespace {

constexpr const char* variable_file = "/usr/share/fonts/truetype/inter-vf/Inter.var.ttf";

bool is_absent(const char* file) {
    if (DiskFiles().exists(file)) return false;
    std::printf("SKIPPED: %s is not here\n", file);
    return true;
}

// A user's variable font: axes wght (100 to 900) and slnt (0 to -10).
struct VariableFont {
    WithFiles files;
    std::unique_ptr<FontLibrary> library;
    explicit VariableFont(const FontFaceRule& rule) {
        files.more.put("/book/fonts/v.ttf", font_bytes(variable_file));
        library = std::make_unique<FontLibrary>(files, families(), std::vector<FontFaceRule>{rule});
    }
    FontId match(int weight, FontSlant slant = FontSlant::normal, std::vector<FontVariation> variations = {}) const {
        return library->match({{"Mine"}, weight, slant, 1.0, std::move(variations)});
    }
    double width(FontId font) const { return library->nominal_advance(font, U'm'); }
};

std::size_t number_at(const std::string& font, std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(font.at(at))) << 8 | static_cast<unsigned char>(font.at(at + 1));
}
std::size_t table_of(const std::string& font, const std::string& tag) {
    const std::size_t entry = font.find(tag);
    return number_at(font, entry + 8) << 16 | number_at(font, entry + 10);
}

const FontFaceRule variable_rule{"Mine", "/book/fonts/v.ttf", {}, {}, {}};
const FontVariation weight_axis{{'w', 'g', 'h', 't'}, 850}, slant_axis{{'s', 'l', 'n', 't'}, -5};

} // namespace

TEST_CASE("a variable font takes the weight and the slant that are asked for") {
    if (is_absent(variable_file)) return;
    const VariableFont font(variable_rule);
    REQUIRE(font.library->problems().empty());
    CHECK(font.width(font.match(400)) < font.width(font.match(650)));
    CHECK(font.width(font.match(650)) < font.width(font.match(900)));
    CHECK(font.match(950) == font.match(900));
    CHECK(font.library->weight(font.match(650)) == 650);
    CHECK(font.library->slant(font.match(400)) == FontSlant::normal);
    CHECK(font.library->slant(font.match(400, FontSlant::oblique)) == FontSlant::oblique);
    CHECK(font.library->slant(font.match(400, FontSlant::italic)) == FontSlant::oblique);
    CHECK_FALSE(font.library->synthesizes_bold(font.match(700), {{"Mine"}, 700}));
    const std::set<std::string_view> names{font.library->postscript_name(font.match(400)),
                                           font.library->postscript_name(font.match(700)),
                                           font.library->postscript_name(font.match(700, FontSlant::oblique))};
    CHECK(names.size() == 3);
}

TEST_CASE("font-variation-settings go before weight and slant, and end where the axes do") {
    if (is_absent(variable_file)) return;
    const VariableFont font(variable_rule);
    CHECK(font.match(400, FontSlant::normal, {weight_axis}) == font.match(850));
    CHECK(font.match(400, FontSlant::normal, {slant_axis}) != font.match(400, FontSlant::oblique));
    CHECK(font.match(400, FontSlant::normal, {{slant_axis.tag, -90}}) == font.match(400, FontSlant::oblique));
    CHECK(font.match(400, FontSlant::normal, {{{'n', 'o', 'n', 'e'}, 3}}) == font.match(400));
    CHECK(fonts().match({{"Lato"}, 400, FontSlant::normal, 1.0, {weight_axis}}) == fonts().match({{"Lato"}}));
}

TEST_CASE("a rule keeps a variable font to the part of its axes that it names") {
    if (is_absent(variable_file)) return;
    const VariableFont font({"Mine", "/book/fonts/v.ttf", std::pair(300, 600), FontSlant::normal, {}});
    CHECK(font.library->weight(font.match(900)) == 600);
    CHECK(font.library->weight(font.match(100)) == 300);
    CHECK(font.library->slant(font.match(400, FontSlant::italic)) == FontSlant::normal);
}

TEST_CASE("an instance of a variable font is embedded as a font without axes") {
    if (is_absent(variable_file)) return;
    const VariableFont font(variable_rule);
    const FontId light = font.match(100), heavy = font.match(900);
    const std::uint32_t m = 80;
    const FontSubset thin = font.library->subset(light, {m}), thick = font.library->subset(heavy, {m});
    for (const FontSubset* subset : {&thin, &thick}) {
        CHECK(subset->format == FontFormat::truetype);
        for (const char* table : {"fvar", "gvar", "avar", "HVAR", "MVAR"}) CHECK(subset->bytes.find(table) == std::string::npos);
    }
    REQUIRE(thin.old_glyphs == thick.old_glyphs);
    CHECK(thin.bytes != thick.bytes);
    // What the files say of their widths is what was set.
    for (const FontSubset* subset : {&thin, &thick}) {
        const std::size_t metrics = table_of(subset->bytes, "hmtx"),
                          em = number_at(subset->bytes, table_of(subset->bytes, "head") + 18);
        const std::size_t count = number_at(subset->bytes, table_of(subset->bytes, "hhea") + 34);
        REQUIRE(count >= 2);
        for (std::size_t glyph = 0; glyph < count; ++glyph)
            CHECK(1000.0 * static_cast<double>(number_at(subset->bytes, metrics + glyph * 4)) / static_cast<double>(em) ==
                  Approx(subset->advances[glyph]).margin(0.6));
    }
    CHECK(thin.advances != thick.advances);
}

TEST_CASE("a variable font with CFF2 outlines is a problem that says so") {
    WithFiles files;
    std::string font = font_bytes("/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf");
    font.replace(font.find("CFF "), 4, "CFF2");
    files.more.put("/f/cff2.otf", font);
    const FontLibrary library(files, families(), {{"A", "/f/cff2.otf", {}, {}, {}}});
    REQUIRE(library.problems().size() == 1);
    CHECK(library.problems()[0].reason == "it is a variable font with CFF2 outlines, which cannot be subset");
}
