// rasterise.h: an SVG → pixels, through librsvg.
//
// Library    librsvg-2.so.2 (which brings cairo) is opened on the first call and by nothing else, so a program that makes no
//            raster neither waits for it nor needs it.
// Trust      Only for SVG that this program has written itself: paths, pictures inside the file, no text, no references out.
// Bytes      Same SVG and same library, same pixels.
// Threads    May be called from several threads.
#pragma once

#include "base/result.h"
#include "picture/picture.h"

#include <cstdint>
#include <string_view>

namespace bifolio {

bool can_rasterise(); // opens the library

// Opaque RGB on white. The drawing is scaled to fill the pixels; its proportions are kept, and it stands in their middle.
// Failure: why it cannot be drawn; where the library is missing it says which package has it.
Result<RasterPicture> rasterise_svg(std::string_view svg, std::uint32_t width, std::uint32_t height);

} // namespace bifolio
