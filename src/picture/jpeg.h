// jpeg.h: the segments of a JPEG file, without decoding it.
//
// Spec  ISO/IEC 10918-1 annex B (markers), 10918-5 (JFIF), 10918-6 (Adobe APP14), ICC.1:2022 annex B.4, EXIF 2.32 § 4.5.
#pragma once

#include "base/result.h"
#include "picture/metadata.h"
#include "picture/picture.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct JpegSegment {
    std::uint8_t marker = 0;
    std::size_t begin = 0, end = 0; // the whole segment with its marker; of SOS also the entropy-coded data behind it
    std::string_view payload;       // behind the length field; of SOS only its header
};

struct JpegFile {
    std::vector<JpegSegment> segments; // between SOI and EOI
    bool has_end = false;              // an EOI marker was there
    std::uint8_t frame_marker = 0;     // 0xC0 baseline, 0xC1 extended, 0xC2 progressive, …
    std::uint32_t width = 0, height = 0;
    int bits = 8, components = 3;
    bool has_jfif = false;
    int adobe_transform = -1;              // 0, 1, 2; -1: no sound APP14
    bool ids_are_rgb = false;              // the component identifiers are ‘R’, ‘G’, ‘B’
    double x_per_inch = 0, y_per_inch = 0; // of JFIF
    Exif exif;
    bool has_metadata = false;
    std::string icc; // that fits, or empty
    ProfileState profile = ProfileState::none;

    // What PDF's DCTDecode understands.
    bool is_plain() const { return frame_marker >= 0xC0 && frame_marker <= 0xC2 && bits == 8 && components != 2; }
};

Result<JpegFile> parse_jpeg(std::string_view bytes);
PictureInfo info_of(const JpegFile& file);

// See strip_jpeg_metadata().
std::string without_metadata(const JpegFile& file, std::string_view bytes, StoredOrientation orientation);

// `pixels`: decoded samples, upright, even where PDF could take the JPEG as it is.
Result<RasterPicture> decode_jpeg(std::string_view bytes, bool pixels = false);

} // namespace bifolio
