#include "base/colour.h"
#include "base/number.h"

#include <catch2/catch.hpp>

#include <limits>

using namespace bifolio;

TEST_CASE("a number is read as CSS and SVG write it") {
    CHECK(parse_number("1") == 1.0);
    CHECK(parse_number("+1.5") == 1.5);
    CHECK(parse_number("-.5") == -0.5);
    CHECK(parse_number("1e3") == 1000.0);
    CHECK(parse_number("1E-2") == 0.01);
    CHECK(parse_number("0.000") == 0.0);
    for (const char* wrong : {"", ".", "+", "1.", "e3", "inf", "nan", "0x10", "1 ", "1e"}) CHECK_FALSE(parse_number(wrong));
    CHECK(parse_number("1e999999999999") == std::numeric_limits<double>::max());
    CHECK(parse_number("-1e400") == -std::numeric_limits<double>::max());
    CHECK(parse_number("1e-400") == 0.0);
    CHECK(parse_number("0.0e9999") == 0.0);
    std::string_view text = "1.5.5-2em";
    CHECK(take_number(text) == 1.5);
    CHECK(take_number(text) == 0.5);
    CHECK(take_number(text) == -2.0);
    CHECK_FALSE(take_number(text));
    CHECK(text == "em");
}

TEST_CASE("a colour is read in every form of CSS Color 4 for sRGB") {
    const auto [text, wanted] = GENERATE(table<std::string, Colour>({
        {"aliceblue", {0xf0, 0xf8, 0xff}},
        {"YellowGreen", {0x9a, 0xcd, 0x32}},
        {"rebeccapurple", {0x66, 0x33, 0x99}},
        {" Transparent ", {0, 0, 0, 0}},
        {"#F80", {0xff, 0x88, 0}},
        {"#f808", {0xff, 0x88, 0, 0x88}},
        {"#12aBcD", {0x12, 0xab, 0xcd}},
        {"#12abcd80", {0x12, 0xab, 0xcd, 0x80}},
        {"rgb(1,2,3)", {1, 2, 3}},
        {"rgb( 1 , 2 , 300 )", {1, 2, 255}},
        {"rgba(10%, 20%, 100%, 50%)", {26, 51, 255, 128}},
        {"rgb(1 2 3 / 0.5)", {1, 2, 3, 128}},
        {"rgb(1 2 3/50%)", {1, 2, 3, 128}},
        {"rgb(none 50% 3)", {0, 128, 3}},
        {"RGB(1-2+3)", {1, 0, 3}},
        {"hsl(0, 100%, 50%)", {255, 0, 0}},
        {"hsl(120deg 100% 25%)", {0, 128, 0}},
        {"hsl(-120 100 50)", {0, 0, 255}},
        {"hsla(0.5turn, 100%, 50%, .2)", {0, 255, 255, 51}},
        {"hsl(200grad 100% 50%)", {0, 255, 255}},
        {"hsl(3.14159265rad 100% 50%)", {0, 255, 255}},
        {"hwb(90 10% 10%)", {128, 230, 26}},
        {"hwb(90 60% 60%)", {128, 128, 128}},
        {"hwb(0 0% 0% / 25%)", {255, 0, 0, 64}},
    }));
    CAPTURE(text);
    REQUIRE(parse_colour(text));
    CHECK(to_css(*parse_colour(text)) == to_css(wanted));
}

TEST_CASE("what is no colour is refused") {
    for (const char* wrong : {"",
                              "#",
                              "#12",
                              "#12345",
                              "#1234567",
                              "#123456789",
                              "#ggg",
                              "redd",
                              "re",
                              "currentcolor",
                              "rgb(1,2)",
                              "rgb(1,2,3,4,5)",
                              "rgb(1 2 3",
                              "rgb 1 2 3",
                              "rgb(1,2 3)",
                              "rgb(1 2,3)",
                              "rgb(1,2,3/1)",
                              "rgb(1 2 3 4)",
                              "rgb(1 2 3 /)",
                              "rgb(1,2,)",
                              "rgb(1,2,3,none)",
                              "rgb(10%,2,3)",
                              "rgb(1em 2 3)",
                              "rgb(1deg 2 3)",
                              "hsl(1,2,3)",
                              "hsl(10% 2% 3%)",
                              "hwb(1,2%,3%)",
                              "lab(1 2 3)",
                              "rgb(nonee 1 2)",
                              "rgb(1none 1 2)",
                              "rgb(,1,2,3)",
                              "rgb()"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_colour(wrong));
    }
}

TEST_CASE("a colour's CSS text is read back as the same colour") {
    for (const Colour colour : {Colour::black(), Colour::transparent(), Colour{1, 20, 255, 77}})
        CHECK(parse_colour(to_css(colour)) == colour);
}

TEST_CASE("a colour is laid over another") {
    CHECK(over(Colour::white(), Colour::black()) == Colour::white());
    CHECK(over(Colour{255, 0, 0, 128}, Colour::white()) == Colour{255, 127, 127, 255});
    CHECK(over(Colour::transparent(), Colour::transparent()) == Colour::transparent());
}

TEST_CASE("named inks are read, shown and written back") {
    const Colour cyan = *parse_colour("device-cmyk(100% 0 0 0)");
    CHECK(to_css(cyan) == "device-cmyk(1 0 0 0)");
    CHECK(to_css(Colour{cyan.r, cyan.g, cyan.b}) == "#00ffff");
    CHECK(*parse_colour("Device-CMYK(1, 0, 0, 0)") == cyan);
    CHECK(cyan.ink == parse_colour("device-cmyk(1 0 0 0)")->ink); // one copy of equal inks
    CHECK(to_css(*parse_colour("device-cmyk(0 0 0 0.5 / 20%)")) == "device-cmyk(0 0 0 0.5 / 0.2)");
    const Colour spot = *parse_colour("-bifolio-spot(\"House Red\", device-cmyk(0 1 .8 0), 50%)");
    CHECK(spot.ink->spot == "House Red");
    CHECK(spot.ink->tint == 0.5);
    CHECK(to_css(spot) == "-bifolio-spot(\"House Red\", device-cmyk(0 1 0.8 0), 0.5)");
    CHECK(to_css(Colour{spot.r, spot.g, spot.b}) == "#ff8099");
    CHECK(*parse_colour(to_css(spot)) == spot);
    for (const char* wrong : {"device-cmyk(1 0 0)", "device-cmyk(1 0 0 0 0)", "device-cmyk(1 0 0 0 /)", "device-cmyk(a 0 0 0)",
                              "device-cmyk(1deg 0 0 0)", "-bifolio-spot(\"\", device-cmyk(0 0 0 1))", "-bifolio-spot(X, red)",
                              "-bifolio-spot(\"X\", red)", "-bifolio-spot(\"X\", device-cmyk(0 0 0 1), )",
                              "-bifolio-spot(\"X, device-cmyk(0 0 0 1))"})
        CHECK_FALSE(parse_colour(wrong));
}
