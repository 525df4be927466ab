// cluster.h: questions about one grapheme cluster. For layout/text only.
#pragma once

#include "layout/text/face.h"

#include <string>
#include <string_view>

namespace bifolio {

// True when the face can show the cluster: it has every character of it, or HarfBuzz can compose, decompose or replace it.
// Characters that are not drawn (joiners, controls, variation selectors) count as present.
bool covers(const FontLibrary::Face& face, std::u32string_view cluster);

// The character that decides script and font: the first with a script of its own, else the first that is drawn.
char32_t main_code_point(std::u32string_view cluster);

std::string script_tag(char32_t code_point); // ISO 15924; “Zyyy” for common characters
bool is_private_or_unassigned(char32_t code_point);

// Not drawn: default-ignorable characters, controls, line and paragraph separators.
bool is_invisible(char32_t code_point);

} // namespace bifolio
