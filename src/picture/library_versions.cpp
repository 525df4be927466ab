#include "picture/library_versions.h"

#include <cstdio> // jpeglib.h wants it
#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <pugixml.hpp>
#include <webp/decode.h>

namespace bifolio {

namespace {

#define BIFOLIO_TEXT_OF(words) #words
#define BIFOLIO_TEXT(macro) BIFOLIO_TEXT_OF(macro)
constexpr const char* jpeg_version = BIFOLIO_TEXT(LIBJPEG_TURBO_VERSION);

} // namespace

LibraryVersions picture_library_versions() {
    const int colours = cmsGetEncodedCMMversion(), webp = WebPGetDecoderVersion(); // 2160 is 2.16; 0x010302 is 1.3.2
    return {{"lcms2", std::to_string(colours / 1000) + "." + std::to_string(colours % 1000 / 10)},
            {"libpng", png_get_libpng_ver(nullptr)},
            {"libjpeg-turbo", jpeg_version},
            {"libwebp",
             std::to_string(webp >> 16) + "." + std::to_string(webp >> 8 & 255) + "." + std::to_string(webp & 255)},
            {"pugixml", std::to_string(PUGIXML_VERSION / 1000) + "." + std::to_string(PUGIXML_VERSION % 1000 / 10)}};
}

} // namespace bifolio
