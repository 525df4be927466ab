#include "app/cover.h"
#include "picture/rasterise.h"
#include "picture/svg.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>

using namespace bifolio;

namespace {

// A maker of covers on the program's own styles.
struct Workshop {
    DiskFiles files;
    ProgramFiles program{files};
    BookPlan plan;
    Settings settings;
    TaskPool pool{1};
    ShapeCache cache;
    Hyphenator hyphenator;
    SourceMap sources;

    MadeCover make(const Book& book, Diagnostics& diagnostics, const std::filesystem::path& folder = "/nowhere") {
        const CoverMaker maker({files, program, folder, plan, settings, pool, cache, hyphenator}, {}, sources, diagnostics);
        return maker.for_shops(book, diagnostics);
    }
};

Book titled(std::string title, std::string language = "en", std::string subtitle = "", std::vector<std::string> authors = {},
            std::string publisher = "", std::string edition = "") {
    Book book;
    book.metadata.title = std::move(title);
    book.metadata.language = std::move(language);
    book.metadata.subtitle = std::move(subtitle);
    book.metadata.publisher = std::move(publisher);
    book.metadata.edition = std::move(edition);
    for (std::string& author : authors) book.metadata.contributors.push_back({std::move(author), "", "aut"});
    return book;
}

const std::vector<Book>& samples() {
    static const std::vector<Book> books{
        titled("ADHD", "en", "", {"Jane Doe"}, "Example Press"),
        titled("Living with ADHD", "en", "A guide for adults, their partners and their families", {"Dr Jane Doe", "John Roe"},
               "Example Press", "Second edition"),
        titled("Understanding Type 2 Diabetes", "en", "", {}, "Northern Health Trust"),
        titled(
            "What to Expect in the Days and Weeks After Your Total Hip or Knee Replacement: A Handbook for Patients and Carers",
            "en", "", {"The Orthopaedic Team"}, "Sheffield Teaching Hospitals", "2026"),
        titled("Sleep", "en", "How much you need, why it goes wrong, and what helps",
               {"Amara Okafor", "Li Wei", "Tom Rees", "Ann Bell"}, "Example Press"),
        titled("فهم القلق والاكتئاب", "ar", "دليل للمرضى وعائلاتهم", {"د. ليلى حسن"}, "دار الصحة"),
        titled("了解糖尿病：患者与家属指南", "zh", "第二版", {"王小明", "李华"}, "健康出版社"),
        titled("Gastroenterologische Untersuchungsvorbereitung", "de", "Patientenratgeber",
               {"Prof. Dr. Karl-Friedrich Müller-Lüdenscheidt"}, "Beispielverlag"),
        titled("Attention-Deficit/Hyperactivity Disorder in Children and Young People", "en", "Essays", {"Jane Doe"},
               "Example Press"),
        titled("উচ্চ রক্তচাপ বুঝুন", "bn", "রোগীদের জন্য", {"ডা. রহিমা বেগম"}, "স্বাস্থ্য প্রকাশনী"),
        titled("ذیابیطس کے ساتھ زندگی", "ur", "", {"ڈاکٹر احمد"}, "صحت پریس"),
        titled("Handbook of Community Care", "en", "",
               {"A. Adams", "B. Brown", "C. Clark", "D. Davies", "E. Evans", "F. Foster", "G. Green", "H. Hughes", "I. Irving",
                "J. Jones", "K. King", "L. Lewis"},
               "University Press", "Third, revised edition"),
        titled("Życie z cukrzycą", "pl", "Poradnik dla pacjentów", {"Anna Kowalska"}, "Wydawnictwo"),
        titled("Понимание тревоги", "ru", "Руководство", {"Иван Петров"}, "Издательство"),
    };
    return books;
}

} // namespace

TEST_CASE("every design sets every title on one page, large enough and dark enough to be read in a shop") {
    Workshop shop;
    for (int design = 0; design < static_cast<int>(CoverDesign::none); ++design) {
        shop.plan.made_cover.design = static_cast<CoverDesign>(design);
        for (const Book& book : samples()) {
            INFO("design " << design << ", " << book.metadata.title);
            Diagnostics diagnostics;
            const MadeCover made = shop.make(book, diagnostics);
            CHECK_FALSE(diagnostics.has_errors());
            CHECK(made.svg.starts_with("<?xml"));
            CHECK(made.title.contrast >= least_title_contrast);
            // The German word of 26 letters is the one title that cannot be both whole and large.
            const bool too_long_a_word = book.metadata.language == "de";
            CHECK((made.title.height >= least_title_height) != too_long_a_word);
            CHECK(std::ranges::any_of(diagnostics.all(), [](const Diagnostic& one) {
                      return one.code == "app.cover-illegible" && !one.hints.empty();
                  }) == too_long_a_word);
        }
    }
}

TEST_CASE("a soft hyphen makes a long word large") {
    Workshop shop;
    Diagnostics diagnostics;
    const MadeCover made = shop.make(titled("Unter­suchungs­vor­bereitung", "de"), diagnostics);
    CHECK(made.title.height >= least_title_height);
}

TEST_CASE("the same title gives the same bytes") {
    Workshop one, other;
    Diagnostics diagnostics;
    const std::string svg = one.make(samples()[1], diagnostics).svg;
    one.make(samples()[2], diagnostics);
    CHECK(svg == other.make(samples()[1], diagnostics).svg);
    CHECK(one.make(samples()[1], diagnostics).svg == svg);
}

TEST_CASE("hostile titles end in a cover or in words") {
    Workshop shop;
    const auto made = [&](const std::string& title, Diagnostics& diagnostics) { return shop.make(titled(title), diagnostics); };
    SECTION("markup is text") {
        Diagnostics diagnostics;
        const MadeCover cover = made("</title><script>alert(1)</script> & \"quotes\" ]]>", diagnostics);
        CHECK(cover.svg.find("<script") == std::string::npos);
        CHECK(cover.svg.find("&lt;script&gt;") != std::string::npos);
        const SvgReading reading = read_svg(cover.svg);
        CHECK(reading.problems.empty());
    }
    SECTION("ten thousand characters have no room") {
        Diagnostics diagnostics;
        std::string title;
        while (title.size() < 10'000) title += "words ";
        CHECK(made(title, diagnostics).svg.empty());
        REQUIRE(diagnostics.errors() == 1);
        CHECK(diagnostics.all().front().code == "app.cover-no-room");
        CHECK(diagnostics.all().front().hints.size() == 2);
    }
    SECTION("controls and bidi marks do no harm") {
        Diagnostics diagnostics;
        const MadeCover cover = made("A\u202Eb\u2066c\u200Bd", diagnostics);
        for (const PictureProblem& problem : read_svg(cover.svg).problems) UNSCOPED_INFO(problem.message);
        for (const Diagnostic& one : diagnostics.all()) UNSCOPED_INFO(one.message);
        CHECK(read_svg(cover.svg).problems.empty());
    }
    SECTION("emoji are glyphs of some font, or an error that names them") {
        Diagnostics diagnostics;
        const MadeCover cover = made("Sleep \U0001F634", diagnostics);
        CHECK((!cover.svg.empty() || diagnostics.has_errors()));
    }
    SECTION("no title") {
        Diagnostics diagnostics;
        const MadeCover cover = made("", diagnostics);
        CHECK(cover.title.height == 0);
        CHECK_FALSE(diagnostics.has_errors());
    }
}

TEST_CASE("the plan's colour is that of the design, and what stands on it can be read") {
    Workshop shop;
    shop.plan.made_cover.design = CoverDesign::frame;
    for (const Colour colour : {Colour{0xff, 0xee, 0x00}, Colour{0x7a, 0x1f, 0x2b}, Colour{0x77, 0x77, 0x77}, Colour::white()}) {
        shop.plan.made_cover.colour = colour;
        Diagnostics diagnostics;
        const MadeCover made = shop.make(samples()[0], diagnostics);
        INFO(to_css(colour) << " " << made.title.contrast);
        CHECK(made.title.contrast >= 3.8); // a middling grey leaves no more, and is warned of
        CHECK((diagnostics.warnings() > 0) == (made.title.contrast < least_title_contrast));
        CHECK(made.svg.find(to_css(colour)) != std::string::npos);
    }
}

TEST_CASE("a book's own styles/cover.css comes after the program's") {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "bifolio-cover-test";
    std::filesystem::create_directories(folder / "styles");
    std::ofstream(folder / "styles" / "cover.css") << ".cover-title { color: #ddddcc }";
    Workshop shop;
    Diagnostics diagnostics;
    const MadeCover made = shop.make(samples()[0], diagnostics, folder);
    std::filesystem::remove_all(folder);
    CHECK(made.svg.find("#ddddcc") != std::string::npos);
    CHECK(made.title.contrast < 2);
    REQUIRE(diagnostics.warnings() == 1);
    CHECK(diagnostics.all().front().code == "app.cover-illegible");
}

TEST_CASE("a cover becomes a picture of the size asked for, the same every time") {
    if (!can_rasterise()) {
        std::cout << "SKIPPED: librsvg is not installed\n";
        return;
    }
    Workshop shop;
    Diagnostics diagnostics;
    const std::string svg = shop.make(samples()[1], diagnostics).svg;
    const std::string jpeg = cover_jpeg(svg, 320, 512, {}, diagnostics), png = cover_png(svg, 320, 512, {}, diagnostics);
    CHECK(jpeg == cover_jpeg(svg, 320, 512, {}, diagnostics));
    CHECK(png == cover_png(svg, 320, 512, {}, diagnostics));
    for (const std::string& bytes : {jpeg, png}) {
        const auto info = probe_picture(bytes);
        REQUIRE(info);
        CHECK(info.value().width == 320);
        CHECK(info.value().height == 512);
        CHECK(info.value().components == 3);
    }
    const auto pixels = decode_pixels(png);
    REQUIRE(pixels);
    CHECK(pixels.value().samples.substr(0, 3) == "\xf8\xf5\xee"); // the paper
}
