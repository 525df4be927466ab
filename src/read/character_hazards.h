// character_hazards.h: characters of a text that are probably not what their author meant: left by a wrong encoding, a word
// processor's symbol font, or a keyboard of another alphabet. They are named with their place; the text stays as it is.
#pragma once

#include "base/diagnostics.h"

#include <string_view>

namespace bifolio {

// One warning for each kind (and, where it matters, character) in the text, with the number of further places. Linear.
void report_character_hazards(SourceId source, std::string_view text, Diagnostics& diagnostics);

// What byte 0x80 … 0x9F stands for in Windows-1252, as “’” for the control character U+0092; empty: nothing.
std::string_view windows_1252_character(char32_t control);

} // namespace bifolio
