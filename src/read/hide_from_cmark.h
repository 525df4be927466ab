// hide_from_cmark.h: bounds what cmark has to do, before it begins.
#pragma once

#include "read/reading.h"

#include <string>

namespace bifolio {

// `text` is the source's text; it keeps its length. What is hidden beyond the limits is text then, and reported.
void hide_from_cmark(Reading& reading, std::string& text);

} // namespace bifolio
