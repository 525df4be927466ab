// strong_letters.h: which ways the letters of a text run, for whoever has to tell how it was drawn.
#pragma once

#include <string_view>

namespace bifolio {

struct StrongLetters {
    bool to_left = false, to_right = false, digits = false; // UAX 9: there is such a letter; digits run to the right
    // What also a reader sees that knows scripts by their blocks only: letters of both, plain digits; and whatever stands in a
    // block of letters that run to the left, marks and signs too.
    bool surely_left = false, surely_right = false, surely_number = false, of_left_block = false;
};
StrongLetters strong_letters(std::string_view text); // invisible characters count for nothing

} // namespace bifolio
