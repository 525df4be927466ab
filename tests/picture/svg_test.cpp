#include "picture/picture.h"
#include "picture/svg.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace bifolio;

namespace {

std::string svg(std::string_view inside, std::string_view attributes = R"(width="100" height="100")") {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" " + std::string(attributes) +
           ">" + std::string(inside) + "</svg>";
}

// The dump without its first line; problems must not be there.
std::string commands(std::string_view inside, std::string_view attributes = R"(width="100" height="100")") {
    const SvgReading reading = read_svg(svg(inside, attributes));
    for (const PictureProblem& problem : reading.problems) FAIL(problem.message);
    REQUIRE(reading.drawing);
    const std::string text = dump(*reading.drawing);
    return text.substr(text.find('\n') + 1);
}

std::string path_of(std::string_view data) {
    const std::string text = commands("<path fill=\"red\" d=\"" + std::string(data) + "\"/>");
    const std::string prefix = "path fill #ff0000 ";
    REQUIRE(text.starts_with(prefix));
    return text.substr(prefix.size(), text.size() - prefix.size() - 1);
}

// The messages of all problems, each with the text of its place.
std::vector<std::string> problems_of(const std::string& bytes) {
    std::vector<std::string> texts;
    for (const PictureProblem& problem : read_svg(bytes).problems) {
        REQUIRE(problem.begin <= problem.end);
        REQUIRE(problem.end <= bytes.size());
        texts.push_back(bytes.substr(problem.begin, problem.end - problem.begin) + ": " + problem.message);
    }
    return texts;
}

std::string text_of(std::string_view inside) { return drawing_text(*read_svg(svg(inside)).drawing); }

const std::string one_pixel_png =
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

} // namespace

TEST_CASE("path data are read in every form") {
    CHECK(path_of("M1 2L3 4z") == "M1,2 L3,4 Z");
    CHECK(path_of("m1,2,3,4-1-1") == "M1,2 L4,6 L3,5");
    CHECK(path_of("M1.5.5-1e1.5h5v-5H1V2") == "M1.5,0.5 L-10,0.5 L-5,0.5 L-5,-4.5 L1,-4.5 L1,2");
    CHECK(path_of("M0 0C1 1 2 2 3 3s2 2 4 4") == "M0,0 C1,1 2,2 3,3 C4,4 5,5 7,7");
    CHECK(path_of("M0 0S1 1 2 2") == "M0,0 C0,0 1,1 2,2");
    CHECK(path_of("M0 0Q3 3 6 0T12 0") == "M0,0 C2,2 4,2 6,0 C8,-2 10,-2 12,0");
    CHECK(path_of("M1 1h2zl5 5") == "M1,1 L3,1 Z M1,1 L6,6");
    CHECK(path_of("M10 0A10 10 0 0 1 0 10") == "M10,0 C10,5.523 5.523,10 0,10");
    CHECK(path_of("M10 0a10 10 0 01-10 10") == "M10,0 C10,5.523 5.523,10 0,10");
    CHECK(path_of("M0 0A0 5 0 0 1 9 9") == "M0,0 L9,9");
    CHECK(path_of("M0 0a1 1 0 0 0 20 0") == "M0,0 C0,5.523 4.477,10 10,10 C15.523,10 20,5.523 20,0"); // too small: grown
}

TEST_CASE("damaged path data are drawn up to the damage, which is named") {
    const std::string bytes = svg(R"(<path d="M1 1L2 2 3 ! 4 4"/>)");
    const SvgReading reading = read_svg(bytes);
    REQUIRE(reading.problems.size() == 1);
    CHECK(bytes.substr(reading.problems[0].begin, 1) == "!");
    CHECK(dump(*reading.drawing).find("M1,1 L2,2") != std::string::npos);
}

TEST_CASE("basic shapes become paths") {
    CHECK(commands(R"(<rect x="1" y="2" width="3" height="4"/>)") == "path fill #000000 M1,2 L4,2 L4,6 L1,6 Z\n");
    CHECK(commands(R"(<rect width="0" height="4"/><circle/><ellipse rx="3" ry="0"/>)").empty());
    CHECK(commands(R"(<line x1="1" y1="2" x2="10%" y2="1in" stroke="blue"/>)") ==
          "path fill #000000 stroke #0000ff 1 M1,2 L10,96\n");
    CHECK(commands(R"(<polygon points="1,2 3,4,5 6"/>)") == "path fill #000000 M1,2 L3,4 L5,6 Z\n");
    CHECK(commands(R"(<polyline points="1 2 3 4" fill="none" stroke="currentColor" color="#123"/>)") ==
          "path stroke #112233 1 M1,2 L3,4\n");
    CHECK(
        commands(R"(<circle cx="5" cy="5" r="5"/>)") ==
        "path fill #000000 M10,5 C10,7.761 7.761,10 5,10 C2.239,10 0,7.761 0,5 C0,2.239 2.239,0 5,0 C7.761,0 10,2.239 10,5 Z\n");
    // rx alone rounds both ways, and never beyond half of a side.
    CHECK(commands(R"(<rect width="10" height="4" rx="9"/>)").starts_with("path fill #000000 M5,0 L5,0 C7.761,0 10,0.895 10,2"));
}

TEST_CASE("the size comes from width and height, else from the viewBox, else from CSS") {
    const auto size = [](std::string_view attributes) {
        const SvgSize made = svg_size(svg("", attributes)).value();
        return std::to_string(std::lround(made.width)) + "x" + std::to_string(std::lround(made.height)) +
               (made.has_size ? "!" : "");
    };
    CHECK(size(R"(width="2in" height="96pt")") == "192x128!");
    CHECK(size(R"(viewBox="0 0 40 20")") == "40x20");
    CHECK(size(R"(viewBox="0 0 40 20" width="100")") == "100x50!");
    CHECK(size(R"(viewBox="0 0 40 20" width="100%" height="100%")") == "40x20");
    CHECK(size(R"(viewBox="0 0 40 20" style="height:60px")") == "120x60!");
    CHECK(size("") == "300x150");
    CHECK(size(R"(width="-3" height="junk")") == "300x150");
    const PictureInfo info = probe_picture(svg("", R"(width="2in" height="1in")")).value();
    CHECK(info.kind == PictureKind::svg);
    CHECK(info.natural_width == Length::pt(144));
}

TEST_CASE("the viewBox is fitted as preserveAspectRatio says") {
    const std::string line = R"(<path d="M0 0L10 10" fill="none" stroke="red"/>)";
    const auto matrix = [&](std::string_view attributes) {
        const std::string text = commands(line, attributes);
        const std::size_t open = text.find('[');
        return open == std::string::npos ? std::string() : text.substr(open, text.find(']') + 1 - open);
    };
    CHECK(matrix(R"(width="100" height="50" viewBox="0 0 10 10")") == "[5 0 0 5 25 0]");
    CHECK(matrix(R"(width="100" height="50" viewBox="0 0 10 10" preserveAspectRatio="xMinYMin")") == "[5 0 0 5 0 0]");
    CHECK(matrix(R"(width="100" height="50" viewBox="0 0 10 10" preserveAspectRatio="xMaxYMax slice")") == "[10 0 0 10 0 -50]");
    CHECK(matrix(R"(width="100" height="50" viewBox="5 5 10 10" preserveAspectRatio="none")") == "[10 0 0 5 -50 -25]");
}

TEST_CASE("transforms are joined from left to right") {
    const auto matrix = [](const std::string& transform) {
        const std::string text = commands("<path transform=\"" + transform + "\" d=\"M0 0L1 1\"/>");
        return text.substr(text.find('['), text.find(']') + 1 - text.find('['));
    };
    CHECK(matrix("translate(10) scale(2 3)") == "[2 0 0 3 10 0]");
    CHECK(matrix("rotate(90)") == "[0 1 -1 0 0 0]");
    CHECK(matrix("rotate(90, 10, 10)") == "[0 1 -1 0 20 0]");
    CHECK(matrix("matrix(1 2 3 4 5 6),skewX(45)") == "[1 2 4 6 5 6]");
    const std::string css = commands(R"~(<g style="transform: translate(5px, 6px) rotate(0.25turn)"><path d="M0 0L1 1"/></g>)~");
    CHECK(css.find("[0 1 -1 0 5 6]") != std::string::npos);
}

TEST_CASE("style rules, attributes and inheritance meet as CSS says") {
    const std::string text = commands(R"(<style>/* x */ rect { fill: red } .a { fill: lime } #b { fill: blue }
        g > .a { stroke: black; stroke-width: 2 } .n { fill: red !important }</style>
        <rect width="1" height="1" fill="yellow"/>
        <rect width="2" height="1" class="x a"/>
        <g><rect width="3" height="1" class="a" id="b"/></g>
        <rect width="4" height="1" style="fill: #010203" class="a"/>
        <rect width="5" height="1" style="fill: #010203" class="n"/>
        <g fill="green"><path d="M0 0h1"/><path d="M0 0h2" fill="inherit" fill-opacity="50%"/></g>)");
    CHECK(text == "path fill #ff0000 M0,0 L1,0 L1,1 L0,1 Z\n"
                  "path fill #00ff00 M0,0 L2,0 L2,1 L0,1 Z\n"
                  "path fill #0000ff stroke #000000 2 M0,0 L3,0 L3,1 L0,1 Z\n"
                  "path fill #010203 M0,0 L4,0 L4,1 L0,1 Z\n"
                  "path fill #ff0000 M0,0 L5,0 L5,1 L0,1 Z\n"
                  "path fill #008000 M0,0 L1,0\n"
                  "path fill #008000/0.5 M0,0 L2,0\n");
}

TEST_CASE("strokes keep their pen, dashes and joins") {
    CHECK(commands(
              R"(<path fill="none" stroke="red" stroke-width="1em" font-size="20" stroke-linecap="round" stroke-linejoin="bevel"
        stroke-miterlimit="9" stroke-dasharray="1,2 3" stroke-dashoffset="-1" d="M0 0h9"/>)") ==
          "path stroke #ff0000 20 round-cap bevel-join miter-limit 9 dashes 1,2,3,1,2,3 from -1 M0,0 L9,0\n");
    CHECK(commands(R"(<path fill="none" stroke="red" stroke-dasharray="0 0" d="M0 0h9"/>)") ==
          "path stroke #ff0000 1 M0,0 L9,0\n");
    CHECK(commands(R"(<path fill="none" stroke="red" stroke-width="0" d="M0 0h9"/>)").empty());
    CHECK(
        commands(
            R"~(<g transform="scale(4)"><path fill="lime" stroke="red" vector-effect="non-scaling-stroke" d="M0 0h9"/></g>)~") ==
        "path [4 0 0 4 0 0] fill #00ff00 M0,0 L9,0\npath stroke #ff0000 1 M0,0 L36,0\n");
    CHECK(commands(R"(<path fill="lime" stroke="red" paint-order="stroke" d="M0 0h9"/>)") ==
          "path stroke #ff0000 1 M0,0 L9,0\npath fill #00ff00 M0,0 L9,0\n");
}

TEST_CASE("gradients are resolved to the coordinates of the shape") {
    const std::string stops = R"(<stop offset="0" stop-color="red"/><stop offset="100%" stop-color="blue" stop-opacity=".5"/>)";
    CHECK(commands("<linearGradient id=\"a\">" + stops +
                   R"~(</linearGradient><rect x="10" width="20" height="40" fill="url(#a)"/>)~") ==
          "path fill linear(0,0 1,0 0:#ff0000 1:#0000ff/0.5 [20 0 0 40 10 0]) M10,0 L30,0 L30,40 L10,40 Z\n");
    CHECK(commands(R"~(<radialGradient id="b" xlink:href="#a" gradientUnits="userSpaceOnUse" cx="50%" cy="5" r="4" fx="6"
              spreadMethod="reflect" gradientTransform="scale(2)"/><linearGradient id="a">)~" +
                   stops + R"~(</linearGradient><path d="M0 0h5v5" fill="url('#b')"/>)~") ==
          "path fill radial(46.004,5,0 50,5,4 reflect 0:#ff0000 1:#0000ff/0.5 [2 0 0 2 0 0]) M0,0 L5,0 L5,5\n");
    // One stop is a colour; no stop is nothing; a missing one takes the colour behind it.
    CHECK(commands(R"~(<linearGradient id="a"><stop stop-color="lime"/></linearGradient><linearGradient id="n"/>
        <path d="M0 0h5v5" fill="url(#a)"/><path d="M0 0h6v5" fill="url(#n)"/><path d="M0 0h7v5" fill="url(#missing) teal"/>)~") ==
          "path fill #00ff00 M0,0 L5,0 L5,5\npath fill #008080 M0,0 L7,0 L7,5\n");
    CHECK(commands("<linearGradient id=\"a\" href=\"#b\">" + stops +
                   R"~(</linearGradient><linearGradient id="b" href="#a"/><path d="M0 0h5v5" fill="url(#b)"/>)~")
              .starts_with("path fill linear("));
}

TEST_CASE("groups with an opacity are groups only where that differs from the opacity of their one part") {
    CHECK(commands(R"(<rect opacity=".5" width="1" height="1"/>)") == "path fill #000000/0.5 M0,0 L1,0 L1,1 L0,1 Z\n");
    CHECK(commands(R"(<g opacity=".5"><rect width="1" height="1" stroke="red"/></g><g opacity=".5"><g/></g>)") ==
          "group /0.5\npath fill #000000 stroke #ff0000 1 M0,0 L1,0 L1,1 L0,1 Z\nend group\n");
    CHECK(commands(R"(<g display="none"><rect width="1" height="1"/></g><rect visibility="hidden" width="1" height="1"/>
        <g visibility="hidden"><rect visibility="visible" width="2" height="1"/></g>)") ==
          "path fill #000000 M0,0 L2,0 L2,1 L0,1 Z\n");
}

TEST_CASE("clip paths unite their shapes in the coordinates of the drawing") {
    CHECK(commands(R"~(<clipPath id="c"><rect width="2" height="2" transform="scale(3)"/></clipPath>
        <g transform="translate(1 1)" clip-path="url(#c)"><rect width="9" height="9"/></g>)~") ==
          "clip M1,1 L7,1 L7,7 L1,7 Z\npath [1 0 0 1 1 1] fill #000000 M0,0 L9,0 L9,9 L0,9 Z\nend clip\n");
    // Bounding box units, and a second shape that goes the other way round.
    CHECK(commands(
              R"~(<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width=".5" height="1"/><path d="M0 0V1H1Z"/></clipPath>
        <rect x="10" width="20" height="10" clip-path="url(#c)"/>)~") ==
          "clip M10,0 L20,0 L20,10 L10,10 Z M30,10 L10,10 L10,0 Z\npath fill #000000 M10,0 L30,0 L30,10 L10,10 Z\nend clip\n");
    CHECK(commands(R"~(<clipPath id="c"/><rect width="9" height="9" clip-path="url(#c)"/>)~").empty());
}

TEST_CASE("use draws symbols and shapes where it stands") {
    CHECK(commands(R"(<defs><symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol></defs>
        <use href="#s" x="5" y="6" width="20" height="20" fill="red"/>)") ==
          "clip M5,6 L25,6 L25,26 L5,26 Z\npath [2 0 0 2 5 6] fill #ff0000 M0,0 L10,0 L10,10 L0,10 Z\nend clip\n");
    CHECK(commands(R"~(<rect id="r" width="1" height="1"/><use xlink:href="#r" transform="scale(2)" x="3"/>)~") ==
          "path fill #000000 M0,0 L1,0 L1,1 L0,1 Z\npath [2 0 0 2 6 0] fill #000000 M0,0 L1,0 L1,1 L0,1 Z\n");
}

TEST_CASE("markers stand at the vertices and look along the path") {
    const std::string marker =
        R"(<marker id="m" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="5" markerHeight="5" orient="auto">
        <path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>)";
    CHECK(commands(marker + R"~(<path d="M0 0V20" stroke="red" stroke-width="2" fill="none" marker-end="url(#m)"/>)~") ==
          "path stroke #ff0000 2 M0,0 L0,20\n"
          "clip M5,10 L5,20 L-5,20 L-5,10 Z\n"
          "path [0 1 -1 0 5 10] fill #ff0000 M0,0 L10,5 L0,10 Z\nend clip\n");
    const std::string both = commands(marker + R"~(<path d="M0 0H20V20" stroke="red" fill="none" marker="url(#m)"/>)~");
    std::size_t markers = 0;
    for (std::size_t at = both.find("clip M"); at != std::string::npos; at = both.find("clip M", at + 1)) ++markers;
    CHECK(markers == 3);
}

TEST_CASE("text becomes spans with their places and styles") {
    CHECK(commands(
              R"(<text x="10" y="20" font-family="'My Font', serif" font-size="12" font-weight="bold" text-anchor="middle"> Hello
        <tspan fill="red" font-style="italic">big</tspan>  world </text>)") ==
          "text\n"
          "  ‘Hello ’ x 10 y 20 middle My Font, serif 12 weight 700 fill #000000\n"
          "  ‘big’ middle My Font, serif 12 weight 700 italic fill #ff0000\n"
          "  ‘ world’ middle My Font, serif 12 weight 700 fill #000000\n");
    CHECK(commands(R"(<text style="font: italic 12px/1.5 Arial"><tspan x="0" y="10">one</tspan>
        <tspan x="0" dy="1.2em">two</tspan></text>)") == "text\n"
                                                         "  ‘one’ x 0 y 10 Arial 12 italic fill #000000\n"
                                                         "  ‘two’ begins-line x 0 move 0,14.4 Arial 12 italic fill #000000\n");
    CHECK(commands(R"(<text x="1 2 3" y="5" rotate="0 45" xml:space="preserve">a b</text>)") ==
          "text\n  ‘a’ x 1 y 5 16 fill #000000\n  ‘ ’ x 2 rotate 45 16 fill #000000\n  ‘b’ x 3 rotate 45 16 fill #000000\n");
    CHECK(commands(R"(<text textLength="100" lengthAdjust="spacingAndGlyphs" xml:lang="ar" direction="rtl">x</text>)") ==
          "text fit 100 glyphs\n  ‘x’ x 0 y 0 rtl 16 ar fit 1 fill #000000\n");
    CHECK(commands(R"(<text>H<tspan baseline-shift="sub" font-size="70%">2</tspan>O</text>)") ==
          "text\n  ‘H’ x 0 y 0 16 fill #000000\n  ‘2’ raise -3.2 11.2 fill #000000\n  ‘O’ 16 fill #000000\n");
}

TEST_CASE("the words of a drawing come in reading order") {
    CHECK(
        text_of(
            R"(<text>Dose <tspan font-weight="bold">≤</tspan> 4 mg</text><g><text><tspan x="0" y="1">line one</tspan><tspan x="0"
        dy="9">line two</tspan></text></g><text display="none">gone</text>)") == "Dose ≤ 4 mg\nline one\nline two\n");
    CHECK(text_of("<text>a&lt;b &amp; <![CDATA[c<d]]> &#x2264;</text>") == "a<b & c<d ≤\n");
    CHECK(text_of(R"(<text x="1 2 3 4">word</text>)") == "word\n");
}

TEST_CASE("spans are placed by anchor, shift and length") {
    const auto place = [](std::string_view inside) {
        const SvgReading reading = read_svg(svg(inside));
        const auto measure = [](const TextSpan& span) {
            return SpanMeasure{10.0 * static_cast<double>(span.text.size()), 8, 2, 5, span.text.size()};
        };
        std::string text;
        for (const PlacedSpan& span : place_spans(std::get<TextCommand>(reading.drawing->commands.at(0)), measure)) {
            const auto number = [](double v) { return std::to_string(std::lround(v * 10)); };
            text += number(span.x) + "," + number(span.y) + " ";
            if (span.extra_spacing != 0) text += "+" + number(span.extra_spacing) + " ";
            if (span.x_scale != 1) text += "*" + number(span.x_scale) + " ";
        }
        return text; // tenths
    };
    CHECK(place(R"(<text x="50" y="7" text-anchor="middle">ab<tspan>cd</tspan></text>)") == "300,70 500,70 ");
    CHECK(place(R"(<text x="50" y="7" text-anchor="end">ab<tspan dx="5">cd</tspan></text>)") == "50,70 300,70 ");
    CHECK(place(R"(<text x="50" y="7">ab<tspan x="0" y="20">cd</tspan><tspan dy="3">e</tspan></text>)") ==
          "500,70 0,200 200,230 ");
    CHECK(place(R"(<text x="50" y="7" direction="rtl">ab</text>)") == "300,70 ");
    CHECK(place(R"(<text x="50" y="7" direction="rtl" text-anchor="end">ab</text>)") == "500,70 ");
    CHECK(place(R"(<text textLength="40">abc</text>)") == "0,0 +50 ");
    CHECK(place(R"(<text textLength="60" lengthAdjust="spacingAndGlyphs">abc</text>)") == "0,0 *20 ");
    CHECK(place(R"(<text y="10" dominant-baseline="central">a</text>)") == "0,130 ");
    CHECK(place(R"(<text y="10" dominant-baseline="middle">a</text>)") == "0,125 ");
    CHECK(place(R"(<text y="10" dominant-baseline="hanging">a</text>)") == "0,164 ");
}

TEST_CASE("embedded pictures are placed in their box and kept once") {
    const std::string bytes = svg("<image x=\"10\" y=\"20\" width=\"40\" height=\"20\" href=\"" + one_pixel_png +
                                  "\"/><image width=\"8\" opacity=\".5\" height=\"8\" xlink:href=\"" + one_pixel_png + "\"/>");
    const SvgReading reading = read_svg(bytes);
    CHECK(reading.problems.empty());
    CHECK(reading.drawing->images.size() == 1);
    CHECK(dump(*reading.drawing) == "drawing 100 × 100\nimage 0 [20 0 0 20 20 20]\nimage 0 [8 0 0 8 0 0] /0.5\n");
}

TEST_CASE("whatever would change the look and cannot be drawn is a problem at its place") {
    const auto [inside, wanted] = GENERATE(table<std::string, std::string>({
        {"<script>x</script>", "<script: a script cannot run on paper"},
        {"<rect onclick=\"x()\" width=\"1\"/>", "onclick=\"x(): the event attribute ‘onclick’ cannot work in a book"},
        {"<rect filter=\"url(#f)\"/>", "filter=\"url(#f): the property ‘filter’ cannot be drawn"},
        {"<g style=\"mask:url(#f)\"/>", "style=\"mask:url(#f): the property ‘mask’ cannot be drawn"},
        {"<foreignObject/>", "<foreignObject: foreign content (foreignObject) cannot be drawn"},
        {"<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">Take <b>one</b></p></foreignObject>",
         "<foreignObject: the text ‘Take one’ is there only as HTML (foreignObject) and cannot be drawn"},
        {"<pattern id=\"p\"/><rect width=\"1\" height=\"1\" fill=\"url(#p)\"/>",
         "<rect: painting with a ‘pattern’ cannot be drawn"},
        {"<rect width=\"1\" height=\"1\" fill=\"url(#no)\"/>", "<rect: there is no gradient ‘no’ in the file"},
        {"<image href=\"photo.png\" width=\"1\"/>",
         "href=\"photo.png: a picture from outside of the file is not shown; embed it"},
        {"<image href=\"data:image/png;base64,AAAA\" width=\"1\"/>",
         "<image: the embedded picture cannot be read: this is no JPEG, PNG, WebP or SVG"},
        {"<use href=\"other.svg#a\"/>", "<use: the reference ‘other.svg#a’ leads out of the file"},
        {"<use href=\"#no\"/>", "<use: nothing in the file has the id ‘no’"},
        {"<g id=\"g\"><use href=\"#g\"/></g>", "<use: the element uses itself"},
        {"<rect fill=\"bleu\"/>", "fill=\"bleu: the value ‘bleu’ of ‘fill’ is not understood"},
        {"<rect width=\"1furlong\"/>", "width=\"1furlong: the length ‘1furlong’ of ‘width’ is not understood"},
        {"<text>a<textPath href=\"#p\">b</textPath></text>", "<textPath: ‘textPath’ inside of text cannot be drawn"},
        {"<animate attributeName=\"x\"/>", "<animate: an animation (‘animate’) cannot be shown"},
        {"<blink/>", "<blink: the element ‘blink’ cannot be drawn"},
        {"<style>@import url(x.css);</style>", "@import url(x.css): a style sheet from elsewhere (@import) is not read"},
        {"<style>a:nth-child(2){fill:red}</style>",
         "a:nth-child(2): the selector ‘a:nth-child(2)’ is not understood in a picture"},
        {"<a href=\"javascript:x\"/>", "href=\"javascript:x: a script cannot run on paper"},
        {"<text>&nbsp;</text>", "&nbsp;: ‘&nbsp;’ is no entity that XML knows"},
        {"<rect width=\"1e300\" height=\"1\"/>", "<rect: a coordinate is too large"},
    }));
    CAPTURE(inside);
    const std::vector<std::string> problems = problems_of(svg(inside));
    REQUIRE_FALSE(problems.empty());
    CHECK(problems.front() == wanted);
}

TEST_CASE("what other programs write for themselves has no look and is passed over") {
    CHECK(commands(R"~(<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" onclick="x"/>
        <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><script/></rdf:RDF></metadata>
        <g xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:label="L" style="-inkscape-font-specification:Sans;
        mix-blend-mode:normal;enable-background:new;filter:none;cursor:pointer"/>)~")
              .empty());
}

TEST_CASE("labels that a drawing has as HTML and as text are taken as text when the words are the same") {
    CHECK(commands(R"~(<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Take<br/>one</div></foreignObject>
        <text>Take one</text></switch><rect width="1" height="1" style="fill: light-dark(#ff0000, var(--dark, #00ff00))"/>)~",
                   R"~(width="10" height="10" style="background-color: rgb(255, 255, 255);")~") ==
          "path fill #ffffff M0,0 L10,0 L10,10 L0,10 Z\n"
          "text\n  ‘Take one’ x 0 y 0 16 fill #000000\n"
          "path fill #ff0000 M0,0 L1,0 L1,1 L0,1 Z\n");
    CHECK(problems_of(
              svg(R"~(<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Take one each day</div></foreignObject>
        <text>Take one...</text></switch>)~"))
              .size() == 1);
}

TEST_CASE("title, description and language are handed on") {
    const SvgReading reading =
        read_svg(svg("<title>The  heart</title><desc>Four chambers</desc><g><title>no</title></g>", "xml:lang=\"en-GB\""));
    CHECK(reading.drawing->title == "The heart");
    CHECK(reading.drawing->description == "Four chambers");
    CHECK(reading.drawing->language == "en-GB");
}

TEST_CASE("hostile drawings end in bounded time") {
    CHECK(problems_of("<!DOCTYPE svg [<!ENTITY a \"x\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a;</text></svg>")
              .size() >= 1);
    CHECK_FALSE(read_svg("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg/>").drawing);
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<g>";
    const SvgReading nested = read_svg("<svg xmlns=\"http://www.w3.org/2000/svg\">" + deep);
    CHECK_FALSE(nested.problems.empty());
    std::string closed = deep;
    for (int i = 0; i < 100'000; ++i) closed += "</g>";
    CHECK_FALSE(read_svg(svg(closed)).problems.empty());
    // Ten levels of ten uses each.
    std::string laughs = "<defs><rect id=\"l0\" width=\"1\" height=\"1\"/>";
    for (int level = 1; level <= 10; ++level) {
        laughs += "<g id=\"l" + std::to_string(level) + "\">";
        for (int i = 0; i < 10; ++i) laughs += "<use href=\"#l" + std::to_string(level - 1) + "\"/>";
        laughs += "</g>";
    }
    const std::vector<std::string> problems = problems_of(svg(laughs + "</defs><use href=\"#l10\"/>"));
    CHECK(std::ranges::any_of(problems, [](const std::string& text) { return text.ends_with("the drawing is too large"); }));
    const std::string selector = "<style>" + [] {
        std::string text;
        for (int i = 0; i < 40; ++i) text += "g ";
        return text;
    }() + "rect.x{fill:red}</style>";
    std::string groups;
    for (int i = 0; i < 90; ++i) groups += "<g>";
    groups += "<rect width=\"1\" height=\"1\"/>";
    for (int i = 0; i < 90; ++i) groups += "</g>";
    CHECK(read_svg(svg(selector + groups)).drawing);
    CHECK(read_svg("").problems.size() == 1);
    CHECK(read_svg("<svg").problems.size() == 1);
    CHECK(read_svg("<html/>").problems.size() == 1);
}

TEST_CASE("no cut and no changed byte of a drawing makes the reader fall") {
    const std::string bytes =
        svg(R"~(<style>.a > rect{fill:red}</style><linearGradient id="g"><stop/><stop offset="1" stop-color="red"/>
        </linearGradient><g class="a" clip-path="url(#c)" opacity=".5"><rect width="5" height="5" fill="url(#g)" transform="rotate(3)"/></g>
        <clipPath id="c"><circle r="3"/></clipPath><marker id="m"><path d="M0 0L1 1"/></marker>
        <path d="M0 0c1 1 2 2 3 3a1 2 3 0 1 4 5z" marker-mid="url(#m)" stroke="red" stroke-dasharray="1 2"/>
        <text x="1 2" rotate="4">ab<tspan dy="1em" textLength="9">ç</tspan></text><use href="#c"/>)~");
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        (void)read_svg(std::string_view(bytes).substr(0, at));
        for (const char other : {'\0', '<', '"', '9', '\xff'}) {
            std::string changed = bytes;
            changed[at] = other;
            const SvgReading reading = read_svg(changed);
            if (reading.drawing) (void)dump(*reading.drawing);
            if (at % 16 == 0) (void)check_svg_for_epub(changed);
        }
    }
    SUCCEED();
}

TEST_CASE("a drawing for an EPUB has no scripts and no references out of the file") {
    CHECK(check_svg_for_epub(svg("<rect width=\"1\" height=\"1\"/><a href=\"https://example.org\"/><filter id=\"f\"/>")).empty());
    CHECK_FALSE(check_svg_for_epub("<svg><rect/></svg>").empty()); // no namespace
    for (const char* wrong :
         {"<script/>", "<g onload=\"x\"/>", "<image href=\"http://x/y.png\"/>", "<use href=\"x.svg#a\"/>",
          "<style>@import 'x';</style>", "<rect fill=\"url(http://x#a)\"/>", "<foreignObject/>", "<g id=\"a\"/><g id=\"a\"/>",
          "<a href=\"javascript:x\"/>", "<a href=\"java&#10;script:x\"/>", "<a href=\"data:text/html,x\"/>",
          "<a href=\" vbscript:x\"/>", "<handler/>", "<a><set attributeName=\"href\" to=\"javascript:x\"/></a>",
          "<a><animate attributeName=\"xlink:href\" values=\"javascript:x\"/></a>",
          "<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "<g style=\"fill:url(x.svg#a)\"/>"}) {
        CAPTURE(wrong);
        CHECK(check_svg_for_epub(svg(wrong)).size() == 1);
    }
}

TEST_CASE("a drawing is published without what its editor noted in it") {
    const std::string made = R"~(<?xml version="1.0" standalone="no"?><!-- SECRET --><?editor SECRET?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:s="http://sodipodi.org/" xmlns:i="SECRET"
 width="20" height="10" s:docname="/home/SECRET/x.svg" data-path="SECRET"><metadata>SECRET</metadata><s:namedview id="SECRET"/>
<h:script xmlns:h="http://www.w3.org/1999/xhtml">SECRET</h:script><style>.a &gt; text { fill: red }</style>
<g xmlns="http://elsewhere/"><text>SECRET</text></g><g class="a" i:label="SECRET"><!-- SECRET --><text xml:space="preserve"> a &lt; b
 c </text></g><use xlink:href="#n"/></svg>)~";
    REQUIRE(check_svg_for_epub(made).empty());
    const std::string published = publishable_picture(made).value();
    CHECK(published.find("SECRET") == std::string::npos);
    CHECK(published.find("sodipodi") == std::string::npos);
    CHECK(published.find("xmlns:xlink") != std::string::npos);
    CHECK(check_svg_for_epub(published).empty());
    CHECK(dump(*read_svg(published).drawing) == dump(*read_svg(made).drawing));
    CHECK(drawing_text(*read_svg(published).drawing) == drawing_text(*read_svg(made).drawing));
    CHECK(publishable_picture(published).value() == published);
}
