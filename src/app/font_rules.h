// font_rules.h: the @font-face rules of styles, as the font library takes them.
#pragma once

#include "layout/text/fonts.h"
#include "style/styled_book.h"

#include <vector>

namespace bifolio {

std::vector<FontFaceRule> font_rules(const std::vector<FontFaceDescriptor>& faces);

} // namespace bifolio
