// accessibility_words.h: the sentences of an accessibility summary, in the languages of assemble/words. Internal to this folder.
//
// Patterns  “{}” is where a number goes. Counts stand behind a colon, so that no language has to bend a word for them.
#pragma once

#include <string_view>

namespace bifolio {

struct AccessibilityWords {
    std::string_view language;
    std::string_view reflow;       // the text adapts to any size; screen readers and braille
    std::string_view contents;     // a table of contents
    std::string_view headings;     // a table of contents and headings
    std::string_view pictures;     // “… {} of {}”
    std::string_view no_pictures;  // none that carries meaning
    std::string_view tables;       // with header cells: “{} of {}”
    std::string_view notes;        // linked in both directions
    std::string_view pages;        // of the printed edition
    std::string_view moving;       // pictures or styles
    std::string_view not_assessed; // conformity with a standard
};

// English where the language has no words.
const AccessibilityWords& accessibility_words(std::string_view language);

} // namespace bifolio
