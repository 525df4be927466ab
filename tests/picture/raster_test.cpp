#include "picture/jpeg_codec.h"
#include "picture/metadata.h"
#include "picture/picture.h"
#include "picture/png.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <vector>

using namespace bifolio;
namespace fs = std::filesystem;

namespace {

std::string corpus_file(std::string_view name) { return test::read_file(test::corpus("images") / name); }

std::vector<fs::path> files_of(std::string_view folder, std::string_view extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(test::corpus("images") / folder)) {
        if (entry.path().extension() == extension) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

RasterPicture decoded(const std::string& bytes) {
    Result<RasterPicture> picture = decode_raster(bytes);
    if (!picture) FAIL(picture.error());
    return picture.take();
}

std::string big32_bytes(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}

// The mean difference of two sample planes.
double difference(const std::string& a, const std::string& b) {
    REQUIRE(a.size() == b.size());
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += std::abs(static_cast<int>(static_cast<unsigned char>(a[i])) - static_cast<int>(static_cast<unsigned char>(b[i])));
    }
    return a.empty() ? 0 : sum / static_cast<double>(a.size());
}

} // namespace

TEST_CASE("what is no picture is named") {
    const auto error_of = [](std::string_view bytes) { return probe_picture(bytes).error(); };
    CHECK(error_of("") == "the file is empty");
    CHECK(error_of("GIF89a....") == "this is a GIF; JPEG, PNG, WebP and SVG are read");
    CHECK(error_of("Hello") == "this is no JPEG, PNG, WebP or SVG");
    CHECK(error_of("<html><svg/></html>") == "this is no JPEG, PNG, WebP or SVG");
    CHECK_FALSE(probe_picture("\xff\xd8\xff"));
    CHECK_FALSE(probe_picture("\x89PNG\r\n\x1a\n"));
    CHECK_FALSE(probe_picture("RIFF\0\0\0\0WEBP"));
}

TEST_CASE("every sound picture of PngSuite is decoded and every broken one is refused") {
    if (!test::has_corpus("images")) return;
    for (const fs::path& path : files_of("pngsuite", ".png")) {
        const std::string name = path.stem().string();
        CAPTURE(name);
        const Result<RasterPicture> result = decode_raster(test::read_file(path));
        if (name.starts_with('x')) {
            CHECK_FALSE(result);
            continue;
        }
        if (!result) FAIL(result.error());
        const RasterPicture& picture = result.value();
        CHECK(picture.samples.size() ==
              std::size_t{picture.width} * picture.height * static_cast<std::size_t>(picture.components));
        CHECK((picture.alpha.empty() || picture.alpha.size() == std::size_t{picture.width} * picture.height));
    }
}

TEST_CASE("an interlaced PNG gives the pixels of its plain twin") {
    if (!test::has_corpus("images")) return;
    for (const fs::path& path : files_of("pngsuite", ".png")) {
        const std::string name = path.filename().string();
        if (!name.starts_with("basi")) continue;
        CAPTURE(name);
        const RasterPicture interlaced = decoded(test::read_file(path));
        const RasterPicture plain = decoded(corpus_file("pngsuite/basn" + name.substr(4)));
        CHECK(interlaced.samples == plain.samples);
        CHECK(interlaced.alpha == plain.alpha);
    }
}

TEST_CASE("PNG headers are read as they are meant") {
    if (!test::has_corpus("images")) return;
    const PictureInfo density = probe_picture(corpus_file("pngsuite/cdun2c08.png")).value(); // 1000 per metre: 25.4 dpi
    CHECK(density.width == 32);
    CHECK(density.natural_width == Length::px(32));
    const PictureInfo palette = probe_picture(corpus_file("pngsuite/basn3p02.png")).value();
    CHECK(palette.bits == 2);
    CHECK(palette.components == 3);
    CHECK_FALSE(palette.has_alpha);
    CHECK(probe_picture(corpus_file("pngsuite/basn4a16.png")).value().has_alpha);
    CHECK(probe_picture(corpus_file("pngsuite/ct1n0g04.png")).value().has_metadata);
    CHECK(probe_picture(corpus_file("pillow/icc_profile.png")).value().has_icc);
    CHECK(decoded(corpus_file("pillow/icc_profile.png")).icc.size() > 128);
}

TEST_CASE("transparency of palettes and single colours becomes an alpha plane") {
    if (!test::has_corpus("images")) return;
    const RasterPicture palette = decoded(corpus_file("pillow/p_trns_single.png"));
    CHECK_FALSE(palette.alpha.empty());
    CHECK(std::ranges::count(palette.alpha, '\0') > 0);
    CHECK(std::ranges::count(palette.alpha, '\xff') > 0);
    CHECK_FALSE(decoded(corpus_file("pillow/l_trns.png")).alpha.empty());
    CHECK(decoded(corpus_file("pngsuite/basn2c08.png")).alpha.empty());
}

TEST_CASE("a gamma far from sRGB's is applied") {
    if (!test::has_corpus("images")) return;
    // The same picture with the file gammas 0.35 to 1.0 (PngSuite, ‘gamma values’) and the matching samples.
    const RasterPicture reference = decoded(corpus_file("pngsuite/g05n2c08.png"));
    for (const char* name : {"g03n2c08", "g04n2c08", "g07n2c08", "g10n2c08"}) {
        CAPTURE(name);
        const RasterPicture other = decoded(corpus_file("pngsuite/" + std::string(name) + ".png"));
        REQUIRE(other.components == reference.components);
        CHECK(difference(other.samples, reference.samples) < 6);
    }
}

TEST_CASE("the eight orientations show the same picture") {
    if (!test::has_corpus("images")) return;
    const auto samples_of = [](const std::string& bytes) {
        return decode_jpeg_samples(parse_jpeg(bytes).value(), bytes).value();
    };
    const std::string reference = samples_of(upright_jpeg(corpus_file("pillow/hopper_orientation_2.jpg")).value());
    for (int orientation = 3; orientation <= 8; ++orientation) {
        CAPTURE(orientation);
        const std::string bytes = corpus_file("pillow/hopper_orientation_" + std::to_string(orientation) + ".jpg");
        const PictureInfo info = probe_picture(bytes).value();
        CHECK(info.orientation == orientation);
        CHECK(decoded(bytes).orientation == orientation);
        const Result<std::string> turned = upright_jpeg(bytes);
        REQUIRE(turned);
        const PictureInfo after = probe_picture(turned.value()).value();
        CHECK(after.orientation == 1);
        CHECK(after.width == info.width);
        CHECK(after.height == info.height);
        CHECK_FALSE(after.has_metadata);
        CHECK(upright_jpeg(bytes).value() == turned.value());
        CHECK(difference(samples_of(turned.value()), reference) <
              5); // other pictures, other losses; wrong turns give 30 and more
    }
}

TEST_CASE("a picture whose sides are no whole blocks is turned without losing an edge") {
    if (!test::has_corpus("images")) return;
    for (const fs::path& path : files_of("exif-orientation", ".jpg")) {
        CAPTURE(path.filename().string());
        const std::string bytes = test::read_file(path);
        const PictureInfo info = probe_picture(bytes).value();
        const std::string turned = upright_jpeg(bytes).value();
        const PictureInfo after = probe_picture(turned).value();
        CHECK(after.width == info.width);
        CHECK(after.height == info.height);
        CHECK(decode_raster(turned));
    }
    const std::string odd = corpus_file("pillow/orientation_rectangle.jpg"); // 350 × 20
    CHECK(probe_picture(upright_jpeg(odd).value()).value().width == probe_picture(odd).value().width);
}

TEST_CASE("metadata of a JPEG is dropped and what makes its look is kept") {
    if (!test::has_corpus("images")) return;
    for (const char* folder : {"pillow", "exif-orientation"}) {
        for (const fs::path& path : files_of(folder, ".jpg")) {
            CAPTURE(path.filename().string());
            const std::string bytes = test::read_file(path);
            const Result<PictureInfo> before = probe_picture(bytes);
            if (!before) continue;
            const Result<std::string> stripped = strip_jpeg_metadata(bytes);
            REQUIRE(stripped);
            CHECK(stripped.value().find("Exif") == std::string::npos);
            CHECK(stripped.value().find("http://ns.adobe.com") == std::string::npos);
            const PictureInfo after = probe_picture(stripped.value()).value();
            CHECK(after.orientation == 1);
            CHECK(after.has_icc == before.value().has_icc);
            CHECK(after.components == before.value().components);
            CHECK_FALSE(after.has_metadata);
            const Result<RasterPicture> picture = decode_raster(bytes), again = decode_raster(stripped.value());
            REQUIRE(picture.has_value() == again.has_value());
            if (picture) CHECK(picture.value().jpeg == again.value().jpeg);

            const PictureInfo kept = probe_picture(strip_jpeg_metadata(bytes, StoredOrientation::keep).value()).value();
            CHECK(kept.orientation == before.value().orientation);
        }
    }
}

TEST_CASE("a CMYK JPEG of Adobe is passed through with its inks turned round") {
    if (!test::has_corpus("images")) return;
    const RasterPicture cmyk = decoded(corpus_file("pillow/pil_sample_cmyk.jpg"));
    CHECK(cmyk.components == 4);
    CHECK(cmyk.inverted);
    CHECK(cmyk.is_jpeg());
    const RasterPicture gray = decoded(corpus_file("pillow/hopper_gray.jpg"));
    CHECK(gray.components == 1);
    CHECK_FALSE(gray.inverted);
}

TEST_CASE("a profile that is none is neither used nor passed on") {
    if (!test::has_corpus("images")) return;
    const std::string bytes = corpus_file("pillow/icc-after-SOF.jpg"); // its profile is the word ‘profile’
    CHECK_FALSE(probe_picture(bytes).value().has_icc);
    CHECK(strip_jpeg_metadata(bytes).value().find("ICC_PROFILE") == std::string::npos);
}

TEST_CASE("densities finer than the screen's give the natural size") {
    if (!test::has_corpus("images")) return;
    const PictureInfo info = probe_picture(corpus_file("pillow/exif-200dpcm.jpg")).value();
    CHECK(info.natural_width.in_pt() == Approx(info.width * 72 / 508.0).epsilon(1e-4));
    const PictureInfo coarse = probe_picture(corpus_file("pillow/hopper.jpg")).value(); // 72 dpi
    CHECK(coarse.natural_width == Length::px(coarse.width));
}

TEST_CASE("a WebP is decoded like the same picture in JPEG") {
    if (!test::has_corpus("images")) return;
    const RasterPicture webp = decoded(corpus_file("pillow/hopper.webp"));
    CHECK(webp.width == 128);
    CHECK(webp.height == 128);
    CHECK(webp.components == 3);
    CHECK(webp.alpha.empty());
    std::string bytes = corpus_file("pillow/hopper.webp");
    CHECK(decoded(publishable_picture(bytes).value()).samples == webp.samples);
    bytes.resize(bytes.size() / 2);
    CHECK_FALSE(decode_raster(bytes));
}

TEST_CASE("a cut or damaged picture is an error and not a grey area") {
    if (!test::has_corpus("images")) return;
    const std::string jpeg = corpus_file("pillow/hopper.jpg"), png = corpus_file("pngsuite/basn2c08.png");
    CHECK_FALSE(decode_raster(jpeg.substr(0, jpeg.size() / 2)));
    CHECK_FALSE(decode_raster(png.substr(0, png.size() / 2)));
    CHECK_FALSE(publishable_picture(png.substr(0, png.size() / 2)));
    CHECK_FALSE(publishable_picture(jpeg.substr(0, jpeg.size() / 2)));
    CHECK(decode_raster(jpeg.substr(0, jpeg.size() - 2))); // only the end marker is missing
}

TEST_CASE("no beginning and no changed byte of a picture makes the readers fall") {
    if (!test::has_corpus("images")) return;
    for (const char* name : {"pillow/hopper_orientation_6.jpg", "pillow/pil_sample_cmyk.jpg", "pngsuite/basi6a08.png",
                             "pngsuite/basn3p04.png", "pillow/icc_profile.png", "pillow/hopper.webp", "pillow/tiny.png"}) {
        CAPTURE(name);
        const std::string bytes = corpus_file(name);
        const std::size_t step = std::max<std::size_t>(1, bytes.size() / 97);
        for (std::size_t at = 0; at < bytes.size(); at += at < 700 ? 1 : step) {
            CAPTURE(at);
            std::string changed = bytes;
            changed[at] = static_cast<char>(~changed[at]);
            (void)probe_picture(changed);
            (void)probe_picture(std::string_view(bytes).substr(0, at));
            if (at % 7 == 0 || at < 60) {
                (void)decode_raster(changed);
                (void)decode_raster(std::string_view(bytes).substr(0, at));
                (void)publishable_picture(changed);
            }
        }
    }
    SUCCEED();
}

TEST_CASE("a small PNG that promises a huge picture is refused at once") {
    std::string bytes("\x89PNG\r\n\x1a\n", 8);
    bytes += big32_bytes(13) + "IHDR" + big32_bytes(20'000) + big32_bytes(20'000) + std::string("\x08\0\0\0\0", 5) + "....";
    bytes += big32_bytes(4) + "IDAT" + "aaaa" + "....";
    CHECK(probe_picture(bytes));
    CHECK(decode_raster(bytes).error() == "the PNG data end too early");
    bytes[18] = '\x7f';
    CHECK_FALSE(probe_picture(bytes));
}

TEST_CASE("the orientation matrix takes each stored corner where EXIF says it is") {
    // EXIF 2.32: where the stored picture's first row and first column are seen.
    struct Case {
        int orientation;
        double x, y;             // of the stored top left corner (0, 1) when upright
        double right_x, right_y; // of the stored top right corner (1, 1)
    };
    const auto [orientation, x, y, right_x, right_y] = GENERATE(values<Case>({{1, 0, 1, 1, 1},
                                                                              {2, 1, 1, 0, 1},
                                                                              {3, 1, 0, 0, 0},
                                                                              {4, 0, 0, 1, 0},
                                                                              {5, 0, 1, 0, 0},
                                                                              {6, 1, 1, 1, 0},
                                                                              {7, 1, 0, 1, 1},
                                                                              {8, 0, 0, 0, 1}}));
    CAPTURE(orientation);
    const OrientationMatrix m = orientation_matrix(orientation);
    CHECK(m.c + m.e == x);
    CHECK(m.d + m.f == y);
    CHECK(m.a + m.c + m.e == right_x);
    CHECK(m.b + m.d + m.f == right_y);
}

namespace {

// The header of a profile, a table of one tag, and its data.
std::string profile_of(const std::string& kind, const std::string& space, char version = 4) {
    std::string out(128, '\0');
    out.replace(0, 4, big32_bytes(128 + 4 + 12 + 4)).replace(8, 1, 1, version).replace(12, 4, kind).replace(16, 4, space);
    out.replace(36, 4, "acsp");
    return out + big32_bytes(1) + "desc" + big32_bytes(144) + big32_bytes(4) + "data";
}

std::string png_with(const std::string& profile, int components = 3) {
    RasterPicture picture;
    picture.width = picture.height = 1;
    picture.components = components;
    picture.samples.assign(static_cast<std::size_t>(components), '\x40');
    picture.icc = profile;
    return write_png(picture);
}

std::string jpeg_with(const std::string& profile) {
    RasterPicture picture;
    picture.width = picture.height = 8;
    picture.samples.assign(8 * 8 * 3, '\x40');
    std::string bytes = write_jpeg(picture);
    const std::string payload = std::string("ICC_PROFILE\0\1\1", 14) + profile;
    bytes.insert(2, "\xff\xe2" + big32_bytes(static_cast<std::uint32_t>(payload.size() + 2)).substr(2) + payload);
    return bytes;
}

} // namespace

TEST_CASE("of a profile that does not fit it is known why") {
    CHECK(profile_state(profile_of("mntr", "RGB "), 3) == ProfileState::fits);
    CHECK(profile_state(profile_of("prtr", "CMYK", 2), 4) == ProfileState::fits);
    CHECK(profile_state(profile_of("mntr", "RGB "), 1) == ProfileState::wrong_colours);
    CHECK(profile_state(profile_of("mntr", "GRAY"), 3) == ProfileState::wrong_colours);
    CHECK(profile_state(profile_of("link", "RGB "), 3) == ProfileState::wrong_kind);
    CHECK(profile_state(profile_of("nmcl", "RGB "), 3) == ProfileState::wrong_kind);
    CHECK(profile_state(profile_of("mntr", "RGB ", 5), 3) == ProfileState::wrong_kind);
    CHECK(profile_state("", 3) == ProfileState::damaged);
    CHECK(profile_state(profile_of("mntr", "RGB ").substr(0, 140), 3) == ProfileState::damaged);
    std::string far = profile_of("mntr", "RGB ");
    far.replace(136, 4, big32_bytes(0xFFFF'FFF0)); // where the tag's data should stand
    CHECK(profile_state(far, 3) == ProfileState::damaged);
    std::string many = profile_of("mntr", "RGB ");
    many.replace(128, 4, big32_bytes(0xFFFF'FFFF));
    CHECK(profile_state(many, 3) == ProfileState::damaged);
}

TEST_CASE("a profile that does not fit is told, not used and not passed on") {
    const std::string good = profile_of("mntr", "RGB "), bad = profile_of("link", "RGB ");
    for (const auto& make : {+[](const std::string& profile) { return png_with(profile); },
                             +[](const std::string& profile) { return jpeg_with(profile); }}) {
        const std::string fits = make(good), differs = make(bad);
        CHECK(probe_picture(fits).value().profile == ProfileState::fits);
        CHECK(decoded(fits).icc == good);
        CHECK(decoded(publishable_picture(fits).value()).icc == good);
        const PictureInfo info = probe_picture(differs).value();
        CHECK(info.profile == ProfileState::wrong_kind);
        CHECK_FALSE(info.has_icc);
        CHECK(decoded(differs).icc.empty());
        CHECK(probe_picture(publishable_picture(differs).value()).value().profile == ProfileState::none);
    }
    CHECK(probe_picture(png_with(good, 1)).value().profile == ProfileState::wrong_colours);
    CHECK(probe_picture(png_with("")).value().profile == ProfileState::none);
    std::string cut = jpeg_with(good);
    cut[2 + 4 + 12] = 2; // the first of its one pieces is called the second
    CHECK(probe_picture(cut).value().profile == ProfileState::damaged);
}
