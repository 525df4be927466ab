// picture.h: the bytes of a picture file → what it is, and its pixels.
//
// Kinds      JPEG (ISO 10918-1; JFIF, Adobe APP14, EXIF), PNG (third edition), WebP (RFC 9649), SVG (sizes here, drawing in
//            svg.h). The bytes decide, never the file name.
// Limits     io/limits.h. Whatever the bytes are, the answer comes in bounded time and memory.
// Errors     Result::error(): one sentence part about the file, lower case, no full stop: “the PNG data ends too early”.
//            The caller knows the place and reports it.
// Threads    All functions may be called from several threads.
#pragma once

#include "base/length.h"
#include "base/result.h"
#include "picture/metadata.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

enum class PictureKind { jpeg, png, webp, svg };

std::string_view media_type(PictureKind kind);     // “image/jpeg”
std::string_view file_extension(PictureKind kind); // “jpg”, without the dot

struct PictureInfo {
    PictureKind kind = PictureKind::png;
    std::uint32_t width = 0, height = 0;  // pixels, upright (after the EXIF orientation); of an SVG: CSS px, rounded up
    Length natural_width, natural_height; // upright; by the file's density where it is above 96 dpi and plausible, else 96 dpi
    int components = 3;                   // colour channels, without alpha: 1, 3 or 4 (CMYK); of a palette its colours: 3
    int bits = 8;                         // of one stored sample
    int orientation = 1;                  // EXIF 1 to 8, as stored; 1 is upright
    bool has_alpha = false;               // says the header; the alpha may yet be opaque throughout
    bool has_icc = false;                 // one that fits
    ProfileState profile = ProfileState::none;
    bool animated = false;     // APNG, animated WebP: only the first picture can be printed
    bool has_metadata = false; // EXIF, XMP, IPTC, comments: may tell who, where and when
};

// Reads headers only. Of an SVG it reads the root element; whether all of it can be drawn only read_svg() knows.
Result<PictureInfo> probe_picture(std::string_view bytes);

// A raster picture ready for a PDF image dictionary: either the compressed bytes of a JPEG or decoded samples.
struct RasterPicture {
    std::uint32_t width = 0, height = 0; // as stored; upright only when `orientation` is 1 (always so for PNG and WebP)
    int components = 3;                  // 1 gray, 3 RGB, 4 CMYK; alpha not counted
    int orientation = 1;                 // EXIF 1 to 8: how the stored picture must be turned to be upright

    // A JPEG that PDF's DCTDecode understands (baseline or progressive Huffman, 8 bit), without its metadata; or empty.
    std::string jpeg;
    bool inverted = false;     // 4 components, written by Adobe: /Decode [1 0 1 0 1 0 1 0] is needed
    int colour_transform = -1; // DCTDecode's /ColorTransform where the default would be wrong: 0 or 1; -1 leave it out

    // Else: rows from the top, components × 8 bit, no padding.
    std::string samples;
    std::string alpha; // width × height × 8 bit, not premultiplied; empty when the picture is opaque

    std::string icc; // ICC profile fitting `components`; empty: sRGB, gray with sRGB's curve, or uncalibrated CMYK

    bool is_jpeg() const { return !jpeg.empty(); }
};

// JPEG, PNG or WebP (the first frame of an animation). The whole of the data has been read once, so that a damaged or cut
// picture is an error here and no grey area on paper. 16 bit samples are rounded to 8; palettes, low depths, tRNS, interlacing
// and gAMA are resolved; gray pictures that were stored as RGB without a profile become one component.
Result<RasterPicture> decode_raster(std::string_view bytes);

// The same with decoded samples whatever the file is; always upright.
Result<RasterPicture> decode_pixels(std::string_view bytes);

// EXIF orientation → the matrix that turns the unit square of the stored picture upright, y up as in PDF: what `cm` needs
// before the picture is scaled to its upright box.
struct OrientationMatrix {
    double a, b, c, d, e, f;
};
OrientationMatrix orientation_matrix(int orientation);
constexpr bool swaps_sides(int orientation) { return orientation >= 5 && orientation <= 8; }

// The same compressed data without EXIF, XMP, IPTC, comments, thumbnails, previews and anything behind the picture's end. Kept:
// JFIF's density, the ICC profile, Adobe's colour transform. `keep` puts an EXIF block back that holds nothing but the
// orientation (if it is not 1).
enum class StoredOrientation { drop, keep };
Result<std::string> strip_jpeg_metadata(std::string_view bytes, StoredOrientation orientation = StoredOrientation::drop);

// A JPEG that every reader shows upright, without metadata: unchanged data where it is upright already; turned without loss where
// the sides allow it; else encoded anew at quality 95.
Result<std::string> upright_jpeg(std::string_view bytes);

// A picture file to publish: JPEG upright and stripped; PNG and WebP without text, time and EXIF chunks (turned upright and
// written as PNG if an EXIF orientation asks for it); SVG that passed check_svg_for_epub() without what its editor noted in it.
Result<std::string> publishable_picture(std::string_view bytes);

} // namespace bifolio
