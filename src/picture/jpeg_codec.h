// jpeg_codec.h: libjpeg-turbo, the C library with its long jumps, behind four functions.
#pragma once

#include "picture/jpeg.h"

namespace bifolio {

// Reads all of the picture at an eighth of its size. What is wrong with it; empty when every block is there.
std::string jpeg_damage(std::string_view bytes);

// Gray, RGB or CMYK (not inverted) of pictures that must not be passed through, such as arithmetic-coded ones.
Result<std::string> decode_jpeg_samples(const JpegFile& file, std::string_view bytes);

// `plain` is the file without metadata. Without loss where the sides are whole numbers of blocks, else encoded anew at
// quality 95.
Result<std::string> turned_jpeg(const JpegFile& file, std::string_view plain, int orientation);

// A JPEG of the picture's samples (1 or 3 components) at quality 95 with all of the colour; alpha and profile are left out. Same
// picture, same bytes. std::runtime_error when libjpeg has no memory left.
std::string write_jpeg(const RasterPicture& picture);

} // namespace bifolio
