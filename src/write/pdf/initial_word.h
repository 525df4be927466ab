// initial_word.h: a word whose first letter is larger and stands lower than the rest.
//
// Why      Programs that take words from where glyphs stand read “T ext”. So both pieces are drawn in one sequence that says
//          “Text” (ActualText). ISO 32000-1, 14.9.4.
#pragma once

#include "layout/page/pages.h"

#include <optional>
#include <string>

namespace bifolio {

struct InitialWord {
    std::string says;      // “Text”
    PlacedItem head, rest; // of the second piece: up to the word's end, and what follows; a rest without glyphs is nothing
};

// nullopt: the two pieces are no such word. Right-to-left text and words that a line's end divides are left alone.
std::optional<InitialWord> initial_word(const PlacedItem& letter, const PlacedItem& next);

} // namespace bifolio
