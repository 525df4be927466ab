// text_transform.h: CSS text-transform of one word, by language, and what ::first-letter takes of a text (ICU).
#pragma once

#include "style/computed_style.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

std::string transformed(std::string_view word, TextTransform transform, const std::string& language);

// The word in parts of which it is known what each becomes. Where its letters become more or fewer bytes (“ß”, “SS”), it is cut
// between them, where what stands before the cut becomes the same alone.
struct TransformedPart {
    std::uint32_t begin = 0, end = 0; // bytes of the word
    std::string becomes;
};
std::vector<TransformedPart> transformed_parts(std::string_view word, TextTransform transform, const std::string& language);

// The bytes of the first letter, with the punctuation around it (CSS Pseudo-elements 4 §2.2.1); white space before it is passed
// over. Empty: the text has none, or its letters are joined (Arabic), and parting them would maim the word.
struct FirstLetter {
    std::uint32_t begin = 0, end = 0;
};
FirstLetter first_letter(std::string_view text);

} // namespace bifolio
