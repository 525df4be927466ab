// missing_character.h: what to say of a character that no font has: its number, its Unicode name, and who has it.
#pragma once

#include "layout/text/fonts.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct MissingCharacter {
    std::u32string characters;      // the one of the cluster that is nowhere, else all of it
    std::string message;            // “no font has the character U+A015 YI SYLLABLE WU (‘ꀕ’)”
    std::vector<std::string> hints; // fonts of this machine, packages
};

// `cluster`: a character with its marks, a sequence of emoji; not empty. Reads the list of all fonts of the machine.
MissingCharacter missing_character(const FontLibrary& fonts, std::u32string_view cluster);

std::string code_point_label(char32_t c); // “U+A015”

} // namespace bifolio
