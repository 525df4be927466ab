// woff2.h: an OpenType font packed for e-books and the web (W3C WOFF File Format 2.0).
#pragma once

#include <optional>
#include <string>

namespace bifolio {

// `font`: one font, no collection, as embedded_font() makes it. Throws std::runtime_error
// when the font cannot be packed.
std::optional<std::string> woff2_of(const std::string& font);

} // namespace bifolio
