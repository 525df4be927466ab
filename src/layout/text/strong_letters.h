// strong_letters.h: which ways the letters of a text run, for whoever has to tell how it was drawn.
#pragma once

#include <string_view>

namespace bifolio {

struct StrongLetters {
    bool to_left = false, to_right = false, digits = false; // there is such a letter; digits run to the right
};
StrongLetters strong_letters(std::string_view text);

} // namespace bifolio
