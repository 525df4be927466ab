// webp.h: WebP files (RFC 9649) through libwebp.
#pragma once

#include "picture/picture.h"

namespace bifolio {

Result<PictureInfo> probe_webp(std::string_view bytes);
Result<RasterPicture> decode_webp(std::string_view bytes); // of an animation its first frame on its canvas

// Without EXIF, XMP and unknown chunks, and without anything behind the end.
Result<std::string> strip_webp_metadata(std::string_view bytes);

} // namespace bifolio
