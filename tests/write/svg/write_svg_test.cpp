#include "write/svg/write_svg.h"

#include "layout/text/font_families.h"
#include "picture/png.h"

#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

constexpr const char* drawing = R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">
  <defs><linearGradient id="g"><stop offset="0" stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff" stop-opacity="0.5"/></linearGradient>
  <clipPath id="c"><circle cx="10" cy="10" r="8"/></clipPath></defs>
  <rect width="20" height="20" fill="url(#g)" clip-path="url(#c)"/>
  <g opacity="0.5"><path d="M22 2 L38 18" stroke="#123456" stroke-width="2" stroke-dasharray="3 1" stroke-linecap="round" fill="none"/></g>
</svg>)svg";

// One page with something of each kind.
struct Sample {
    DiskFiles files;
    FontFamilies families = read_font_families(files, test::source_dir() / "share" / "fonts" / "families.txt");
    FontLibrary fonts{files, families, {}};
    ShapeCache cache;
    Hyphenator hyphenator;
    Pages pages;

    Sample() {
        auto book = std::make_shared<Book>();
        Node image;
        image.element = Element::img;
        book->nodes = {image};
        RasterPicture dot;
        dot.width = dot.height = 1;
        dot.components = 3;
        dot.samples = "\x10\x20\x30";
        book->resources = {{"dot.png", "image/png", std::make_shared<const std::string>(write_png(dot))},
                           {"drawing.svg", "image/svg+xml", std::make_shared<const std::string>(drawing)},
                           {"broken.png", "image/png", std::make_shared<const std::string>("no picture")}};
        pages.drawings = {nullptr, std::make_shared<const Drawing>(*read_svg(drawing).drawing), nullptr};
        pages.book = book;
        Page page;
        page.width = Length::px(200);
        page.height = Length::px(100);
        page.bleed = Length::px(10);
        pages.pages = {page};
    }

    void put(double x, double y, decltype(PlacedItem::item) item, Owner owner = Artifact::decoration) {
        pages.pages[0].items.push_back({{Length::px(x), Length::px(y)}, owner, std::move(item)});
    }
    GlyphRun run(const std::string& text) {
        TextStyle style;
        style.font.families = {"Noto Serif"};
        style.size = Length::px(16);
        style.language = "en";
        const ShapedText shaped = shape_text({fonts, cache, hyphenator}, text, {{0, static_cast<std::uint32_t>(text.size()), 0}},
                                             {style}, TextDirection::ltr);
        const ShapedRun& one = shaped.runs.front();
        GlyphRun run;
        run.font = one.font;
        run.size = one.size;
        run.colour = {0x1a, 0x1a, 0x1a};
        run.text = text;
        run.glyphs = one.glyphs;
        return run;
    }
    std::string svg(Diagnostics& diagnostics, SvgExtent extent = SvgExtent::trim) {
        return write_svg(pages, PageIndex{0}, fonts, {"A <page>", "Says “noon”", "en", extent}, diagnostics);
    }
};

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
    return found;
}

} // namespace

TEST_CASE("a page with something of each kind") {
    Sample sample;
    BoxDecoration box;
    box.width = Length::px(100);
    box.height = Length::px(40);
    box.background = {0xee, 0xf3, 0xf7};
    box.radius = {Length::px(4), Length::px(4), Length::px(4), Length::px(4)};
    box.border_width = {Length::px(1), Length::px(1), Length::px(1), Length::px(1)};
    box.border_style = {BorderStyle::solid, BorderStyle::solid, BorderStyle::solid, BorderStyle::solid};
    box.border_colour = {Colour::black(), Colour::black(), Colour::black(), Colour::black()};
    sample.put(10, 10, box);
    box.radius = {};
    box.background = {255, 0, 0, 128};
    box.border_style = {BorderStyle::dotted, BorderStyle::double_, BorderStyle::dashed, BorderStyle::none};
    box.opacity = 0.5;
    sample.put(120, 10, box);
    sample.put(10, 60, LineRule{Length::px(50), Length::px(2), false, BorderStyle::double_, {0, 128, 0}});
    sample.put(70, 60, LineRule{Length::px(30), Length::px(2), true, BorderStyle::dashed, {0, 0, 128}});
    GlyphRun run = sample.run("noon");
    sample.put(20, 40, run);
    run.synthetic_bold = run.synthetic_italic = true;
    run.opacity = 0.5;
    sample.put(20, 80, run);
    PlacedPicture picture;
    picture.width = picture.height = Length::px(20);
    picture.resource = ResourceId{0};
    sample.put(100, 60, picture);
    picture.whole = PageRect{Length::px(-5), {}, Length::px(30), Length::px(20)};
    picture.opacity = 0.25;
    sample.put(125, 60, picture);
    PlacedPicture drawn;
    drawn.resource = ResourceId{1};
    drawn.width = Length::px(40);
    drawn.height = Length::px(20);
    sample.put(150, 60, drawn);

    Diagnostics diagnostics;
    const std::string svg = sample.svg(diagnostics, SvgExtent::bleed);
    CHECK_FALSE(diagnostics.has_errors());
    test::check_golden(test::source_dir() / "tests/golden/svg/page/expected.txt", svg);
    // Each glyph and picture once, however often it is shown.
    CHECK(count(svg, "<path id=\"g") == 2); // n and o
    CHECK(count(svg, "<use xlink:href=\"#g") == 8);
    CHECK(count(svg, "<image ") == 1);
    // What was written can be read: by our own reader too, which refuses whatever it cannot draw as meant.
    const SvgReading reading = read_svg(svg);
    REQUIRE(reading.drawing);
    for (const PictureProblem& problem : reading.problems) UNSCOPED_INFO(problem.message);
    CHECK(reading.problems.empty());
    CHECK(reading.drawing->title == "A <page>");
    CHECK(check_svg_for_epub(svg).empty());
    CHECK(sample.svg(diagnostics, SvgExtent::bleed) == svg);
}

TEST_CASE("inks that a style names are kept beside what a screen shows for them") {
    Sample sample;
    const Colour green = *parse_colour("-bifolio-spot(\"House Green\", device-cmyk(0.8 0 0.6 0.2), 60%)");
    const Colour red = *parse_colour("device-cmyk(0 1 0.8 0)");
    GlyphRun run = sample.run("noon");
    run.colour = red;
    run.synthetic_bold = true;
    sample.put(20, 40, run);
    sample.put(10, 60, LineRule{Length::px(50), Length::px(2), false, BorderStyle::solid, green});
    Diagnostics diagnostics;
    const std::string svg = sample.svg(diagnostics);
    CHECK(count(svg, "fill=\"" + to_css({red.r, red.g, red.b}) + "\"") == 1);
    CHECK(count(svg, "fill=\"" + to_css({green.r, green.g, green.b}) + "\"") == 1);
    const SvgReading reading = read_svg(svg);
    REQUIRE(reading.drawing);
    CHECK(reading.problems.empty());
    std::vector<std::string> inks;
    for (const DrawingCommand& command : reading.drawing->commands)
        if (const auto* path = std::get_if<PathCommand>(&command); path && path->fill)
            if (const Colour* colour = std::get_if<Colour>(&path->fill->source))
                if (inks.empty() || inks.back() != to_css(*colour)) inks.push_back(to_css(*colour));
    CHECK(inks == std::vector<std::string>{to_css(red), to_css(green)});
}

TEST_CASE("the page's size is its own, with or without bleed") {
    Sample sample;
    Diagnostics diagnostics;
    CHECK(sample.svg(diagnostics).find("width=\"200\" height=\"100\" viewBox=\"0 0 200 100\"") != std::string::npos);
    CHECK(sample.svg(diagnostics, SvgExtent::bleed).find("width=\"220\" height=\"120\" viewBox=\"-10 -10 220 120\"") !=
          std::string::npos);
}

TEST_CASE("a picture that cannot be decoded is told, and nothing is drawn") {
    Sample sample;
    PlacedPicture picture;
    picture.resource = ResourceId{2};
    picture.width = picture.height = Length::px(20);
    sample.put(0, 0, picture, Content{NodeId{0}, 0, 0, {}});
    Diagnostics diagnostics;
    CHECK(sample.svg(diagnostics).find("<image") == std::string::npos);
    REQUIRE(diagnostics.errors() == 1);
    CHECK(diagnostics.all().front().code == "svg.unreadable-picture");
}
