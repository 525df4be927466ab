// picture_digest.h: a picture's own data as a number, without what is not seen: metadata, previews, the words that a drawing is
// given for its readers. Files with the same digest show the same.
//
// Of a JPEG  all segments but APPn and comments; of a PNG or a WebP the chunks that hold pixels; of an SVG its tree, without the
//            root's attributes and what the root is called. Anything else: all bytes.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

std::string picture_digest(std::string_view bytes);

} // namespace bifolio
