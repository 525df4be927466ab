#include "write/pdf/gradient_colours.h"
#include "write/pdf/pdf_colours.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

using namespace bifolio;

namespace {

std::string profile() {
    for (const char* path :
         {"/usr/local/share/color/icc/ISOcoated_v2_300_bas.icc", "/usr/share/color/icc/ISOcoated_v2_300_bas.icc"})
        if (std::ifstream in(path, std::ios::binary); in) return {std::istreambuf_iterator<char>(in), {}};
    return "";
}

std::shared_ptr<const PressColours> press() {
    const std::string icc = profile();
    if (icc.empty()) return nullptr;
    auto made = PressColours::from_profile(icc);
    REQUIRE(made);
    return made.take();
}

std::string operators(const PdfColours& colours, Colour colour) {
    std::string out;
    colours.append(out, colour, false);
    return out;
}

} // namespace

TEST_CASE("colours for a screen are sRGB numbers") {
    const PdfColours colours(nullptr);
    CHECK(operators(colours, Colour::black()) == "0 g\n");
    CHECK(operators(colours, {255, 0, 51}) == "1 0 0.2 rg\n");
    CHECK(operators(colours, *parse_colour("device-cmyk(0 1 1 0)")) == "1 0 0 rg\n");
    CHECK_FALSE(colours.overprints(Colour::black()));
}

TEST_CASE("colours for a press are inks: greys black alone, named ones as they are, spots by name") {
    const auto inks = press();
    if (!inks) {
        std::cout << "SKIPPED: the profile of FOGRA39 is not installed (scripts/setup-profiles)\n";
        return;
    }
    PdfColours colours(inks.get());
    const Colour spot = *parse_colour("-bifolio-spot(\"House Red\", device-cmyk(0 1 .8 0), 60%)");
    colours.add(spot, true);
    Diagnostics diagnostics;
    colours.finish({3, [](Colour, bool) { return Span(); }}, diagnostics);
    CHECK(operators(colours, Colour::black()) == "0 0 0 1 k\n");
    CHECK(operators(colours, Colour::white()) == "0 0 0 0 k\n");
    CHECK(operators(colours, *parse_colour("device-cmyk(10% .2 0 0.05)")) == "0.1 0.2 0 0.05 k\n");
    CHECK(operators(colours, spot) == "/CS1 cs 0.6 scn\n");
    CHECK(colours.resources().find("/CS1[/Separation/House#20Red/DeviceCMYK") != std::string::npos);
    CHECK(colours.overprints(Colour::black()));
    CHECK_FALSE(colours.overprints({1, 1, 1}));
    CHECK_FALSE(colours.overprints(spot));
    CHECK_FALSE(diagnostics.has_errors());

    // A mid grey looks as dark as on the screen: between the naive half of the ink and two thirds of it.
    CHECK(inks->black(128) > 0.45);
    CHECK(inks->black(128) < 0.68);
    for (int gray = 1; gray < 256; ++gray)
        CHECK(inks->black(static_cast<std::uint8_t>(gray)) <= inks->black(static_cast<std::uint8_t>(gray - 1)));
    // Pure yellow needs hardly any other ink; nothing that the profile converts exceeds its limit.
    CHECK(inks->inks({255, 237, 0})[2] > 0.9);
    CHECK(inks->inks({255, 237, 0})[3] < 0.02);
    for (int r = 0; r < 256; r += 51)
        for (int g = 0; g < 256; g += 51)
            for (int b = 0; b < 256; b += 51)
                CHECK(total(inks->inks(
                          {static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b)})) < 3.05);
}

TEST_CASE("a gradient is written in the inks of its stops, and in no more colorants than PDF/A allows") {
    const auto inks = press();
    if (!inks) {
        std::cout << "SKIPPED: the profile of FOGRA39 is not installed (scripts/setup-profiles)\n";
        return;
    }
    const auto spot = [](int number) {
        return *parse_colour("-bifolio-spot('S" + std::to_string(number) + "', device-cmyk(0 1 0.5 0), 50%)");
    };
    const auto written = [&](const std::vector<Colour>& stops) {
        PdfColours colours(inks.get());
        Gradient gradient;
        for (const Colour stop : stops) {
            colours.add(stop, false);
            gradient.stops.push_back({0, stop, 1});
        }
        Diagnostics diagnostics;
        colours.finish({3, [](Colour, bool) { return Span(); }}, diagnostics);
        const GradientColours of_stops(gradient, colours);
        PdfDocument document;
        std::vector<std::string> out{of_stops.space(document)};
        for (const Colour stop : stops) out.push_back(of_stops.shares(stop));
        return out;
    };
    const Colour white = Colour::white(), cyan = *parse_colour("device-cmyk(1 0 0 0)");
    CHECK(written({cyan, white}) == std::vector<std::string>{"/DeviceCMYK", "1 0 0 0 ", "0 0 0 0 "});
    const auto tints = written({spot(1), white});
    CHECK(tints[0].starts_with("[/Separation/S1/DeviceCMYK"));
    CHECK(tints[1] == "0.5 ");
    CHECK(tints[2] == "0 ");
    const auto mixed = written({spot(1), cyan, spot(2), spot(1)});
    CHECK(mixed[0].starts_with("[/DeviceN[/S1/S2/Cyan/Magenta/Yellow/Black]/DeviceCMYK "));
    CHECK(mixed[1] == "0.5 0 0 0 0 0 ");
    CHECK(mixed[2] == "0 0 1 0 0 0 ");
    CHECK(mixed[3] == "0 0.5 0 0 0 0 ");
    CHECK(mixed[4] == mixed[1]);
    const auto two = written({spot(1), spot(2), white});
    CHECK(two[0].starts_with("[/DeviceN[/S1/S2]/DeviceCMYK "));
    CHECK(two[3] == "0 0 ");
    std::vector<Colour> many;
    for (int i = 0; i < 40; ++i) many.push_back(spot(i));
    const auto most = written(many);
    CHECK(std::ranges::count(most[0].substr(0, most[0].find(']')), '/') == 1 + 28 + 4);
    CHECK(most[40].ends_with(" 0 0.5 0.25 0 ")); // by what stands for it
    CHECK(most[1].ends_with(" 0 0 0 0 "));
}

TEST_CASE("grey pictures are printed with black ink alone, with a profile or without one") {
    const auto inks = press();
    if (!inks) {
        std::cout << "SKIPPED: the profile of FOGRA39 is not installed (scripts/setup-profiles)\n";
        return;
    }
    RasterPicture picture;
    picture.width = 3, picture.height = 1;
    picture.components = 1;
    picture.samples = std::string("\0\x80\xff", 3);
    const auto plain = inks->converted(picture, RenderingIntent::relative_colorimetric, 3);
    REQUIRE(plain);
    CHECK(plain.value().components == 1);
    CHECK(plain.value().samples.front() == '\0');
    CHECK(plain.value().samples.back() == '\xff');
    for (const char* path : {"/usr/share/color/icc/Gray.icc", "/usr/share/color/icc/Gray-CIE_L.icc"}) {
        std::ifstream in(path, std::ios::binary);
        if (!in) continue;
        picture.icc.assign(std::istreambuf_iterator<char>(in), {});
        const auto with_profile = inks->converted(picture, RenderingIntent::relative_colorimetric, 3);
        REQUIRE(with_profile);
        CHECK(with_profile.value().components == 1);
        CHECK(with_profile.value().icc.empty());
        CHECK(with_profile.value().samples.front() == '\0');
        CHECK(with_profile.value().samples.back() == '\xff');
        CHECK(static_cast<unsigned char>(with_profile.value().samples[1]) > 60);
        CHECK(static_cast<unsigned char>(with_profile.value().samples[1]) < 200);
    }
}

TEST_CASE("one spot colour with two stand-ins is an error") {
    const auto inks = press();
    if (!inks) {
        std::cout << "SKIPPED: the profile of FOGRA39 is not installed (scripts/setup-profiles)\n";
        return;
    }
    PdfColours colours(inks.get());
    colours.add(*parse_colour("-bifolio-spot('X', device-cmyk(0 1 0 0))"), false);
    colours.add(*parse_colour("-bifolio-spot('X', device-cmyk(1 0 0 0))"), false);
    colours.add(*parse_colour("-bifolio-spot('All', device-cmyk(1 0 0 0))"), false);
    Diagnostics diagnostics;
    colours.finish({3, [](Colour, bool) { return Span(); }}, diagnostics);
    CHECK(diagnostics.errors() == 2);
}

TEST_CASE("a damaged profile is refused and never a crash") {
    const std::string icc = profile();
    if (icc.empty()) {
        std::cout << "SKIPPED: the profile of FOGRA39 is not installed (scripts/setup-profiles)\n";
        return;
    }
    CHECK_FALSE(PressColours::from_profile(""));
    CHECK_FALSE(PressColours::from_profile(icc.substr(0, 5000)));
    for (std::size_t at = 0; at < 600; at += 7) { // header and tag table
        std::string damaged = icc;
        damaged[at] = static_cast<char>(~damaged[at]);
        const auto made = PressColours::from_profile(damaged);
        if (made) CHECK(total(made.value()->inks({10, 200, 30})) <= 4);
    }
}
