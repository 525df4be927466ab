// png.h: the chunks of a PNG file, and their pixels through libpng.
//
// Spec  PNG third edition (W3C), its chunk names: IHDR, PLTE, tRNS, gAMA, iCCP, pHYs, eXIf, acTL.
#pragma once

#include "picture/metadata.h"
#include "picture/picture.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct PngChunk {
    std::string_view type; // four letters
    std::string_view data;
    std::string_view whole; // with length, type and CRC
};

struct PngFile {
    std::vector<PngChunk> chunks; // up to IEND
    bool has_end = false;
    std::uint32_t width = 0, height = 0;
    int bits = 8, colour_type = 0;
    bool interlaced = false, has_transparency = false, animated = false, has_metadata = false, has_srgb = false,
         has_gamma = false;
    std::uint64_t compressed_bytes = 0; // of all IDAT
    double x_per_inch = 0, y_per_inch = 0;
    Exif exif;
    std::string_view icc_chunk;
    std::string icc; // that fits, or empty
    ProfileState profile = ProfileState::none;

    bool has_alpha() const { return (colour_type & 4) != 0 || has_transparency; }
    int components() const { return (colour_type & 2) != 0 ? 3 : 1; }
};

Result<PngFile> parse_png(std::string_view bytes);
PictureInfo info_of(const PngFile& file);
Result<RasterPicture> decode_png(std::string_view bytes);

// Without text, time, EXIF and unknown chunks, and without anything behind the end.
std::string without_metadata(const PngFile& file);

// A PNG of the picture's samples (1 or 3 components), its alpha and its profile. Same picture, same bytes.
std::string write_png(const RasterPicture& picture);

} // namespace bifolio
