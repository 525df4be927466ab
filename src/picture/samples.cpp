#include "picture/samples.h"

#include "io/limits.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace bifolio {

std::string size_problem(std::uint64_t width, std::uint64_t height, std::uint64_t bytes_per_pixel) {
    if (width == 0 || height == 0) return "the picture has no pixels";
    const std::string size = std::to_string(width) + " × " + std::to_string(height) + " pixels";
    if (width > limits::picture_side || height > limits::picture_side) {
        return "the picture has " + size + "; at most " + std::to_string(limits::picture_side) + " a side are taken";
    }
    if (width * height > limits::picture_pixels || width * height * bytes_per_pixel > limits::picture_decoded_bytes) {
        return "the picture has " + size + ", more than are taken";
    }
    return {};
}

std::string turned(const std::string& samples, std::uint32_t width, std::uint32_t height, int components, int orientation) {
    if (orientation == 1) return samples;
    const std::size_t n = static_cast<std::size_t>(components);
    const std::size_t row = width * n;
    const bool swaps = swaps_sides(orientation);
    const std::uint32_t new_width = swaps ? height : width, new_height = swaps ? width : height;
    // Which way the stored picture is walked while the upright one is written from its top left corner: EXIF 2.32, § 4.6.4.
    const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    std::string result(samples.size(), '\0');
    char* out = result.data();
    for (std::uint32_t y = 0; y < new_height; ++y) {
        for (std::uint32_t x = 0; x < new_width; ++x, out += n) {
            std::size_t column = swaps ? y : x, line = swaps ? x : y;
            if (from_right) column = width - 1 - column;
            if (from_bottom) line = height - 1 - line;
            std::memcpy(out, samples.data() + line * row + column * n, n);
        }
    }
    return result;
}

void make_upright(RasterPicture& picture, int orientation) {
    if (orientation == 1) return;
    picture.samples = turned(picture.samples, picture.width, picture.height, picture.components, orientation);
    if (!picture.alpha.empty()) picture.alpha = turned(picture.alpha, picture.width, picture.height, 1, orientation);
    if (swaps_sides(orientation)) std::swap(picture.width, picture.height);
}

void simplify(RasterPicture& picture) {
    if (std::ranges::all_of(picture.alpha, [](char a) { return a == '\xff'; })) picture.alpha.clear();
    if (picture.components != 3 || !picture.icc.empty()) return;
    const std::string& rgb = picture.samples;
    for (std::size_t i = 0; i < rgb.size(); i += 3) {
        if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return;
    }
    for (std::size_t from = 0, to = 0; from < rgb.size(); from += 3) picture.samples[to++] = rgb[from];
    picture.samples.resize(rgb.size() / 3);
    picture.samples.shrink_to_fit();
    picture.components = 1;
}

} // namespace bifolio
