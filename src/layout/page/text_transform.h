// text_transform.h: CSS text-transform of one word, by language (ICU).
#pragma once

#include "style/computed_style.h"

#include <string>
#include <string_view>

namespace bifolio {

std::string transformed(std::string_view word, TextTransform transform, const std::string& language);

} // namespace bifolio
