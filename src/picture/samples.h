// samples.h: work on decoded samples: rows from the top, `components` × 8 bit for each pixel, no padding.
#pragma once

#include "picture/picture.h"

#include <cstdint>
#include <string>

namespace bifolio {

// Why a picture of this size will not be decoded; empty when it will. `bytes_per_pixel` counts all that is held at once.
std::string size_problem(std::uint64_t width, std::uint64_t height, std::uint64_t bytes_per_pixel);

// The samples of the upright picture; its sides are swapped for the orientations 5 to 8.
std::string turned(const std::string& samples, std::uint32_t width, std::uint32_t height, int components, int orientation);

// Turns samples and alpha upright.
void make_upright(RasterPicture& picture, int orientation);

// Drops an alpha plane that is opaque throughout, and two of three equal channels where no profile says what they mean.
void simplify(RasterPicture& picture);

} // namespace bifolio
