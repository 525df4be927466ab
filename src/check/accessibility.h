// accessibility.h: what a machine can find in a book that spoils its accessibility, and what only people can judge.
//
// Finds      For every fault the node that has it, so that the author's line can be shown. Nothing is found twice for one node.
// Spec       WCAG 2.2, as far as a machine can test it in a book without scripts, sound and film: 1.1.1 (text alternatives),
//            1.3.1 (table headers, headings), 1.4.3 and 1.4.6 (contrast, by day), 2.4.4 (link purpose), 3.1.1 and 3.1.2
//            (language).
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "style/styled_book.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class AccessibilityRule : std::uint8_t {
    picture_words, // a picture that carries meaning has words that can stand for it
    table_headers, // a table says what its rows or columns are
    heading_order, // no heading skips a level or says nothing
    language,      // the language of the book and of its parts is known
    language_name, // what is named as a language is one
    link_words,    // a link has words
    note_links,    // a note can be reached from its call
    contrast,      // text stands out from its background
    text_size,     // readers can choose it
    movement,      // nothing moves
    page_source,   // pages are those of a named edition
    declaration,   // a person has said what only people can say
    judgement,     // what a person has to look at, of no rule above
};

struct AccessibilityFault {
    AccessibilityRule rule{};
    Span where;
    std::string message; // a phrase: lower case, no full stop
};

// What the contrast of all text is, by the styles for the day and without what readers set themselves.
struct ContrastFindings {
    std::vector<AccessibilityFault> faults; // below 4.5:1, large text below 3:1; each pair of colours once, where it first stands
    std::vector<AccessibilityFault> below_enhanced; // the same for 7:1 and 4.5:1
};

struct AccessibilityFindings {
    std::vector<AccessibilityFault> faults; // all rules but contrast
    // What people have to look at, since no machine can: each with its place.
    std::vector<AccessibilityFault> to_judge;
    std::size_t pictures = 0;  // that carry meaning
    std::size_t shown = 0; // of these, without the cover, portraits and logos, which nobody needs to see to understand the book
    std::size_t described = 0; // of these, with words that can stand for them
    std::size_t decorative = 0;
    std::size_t long_descriptions = 0; // pictures with a description elsewhere in the book
    std::size_t tables = 0, tables_with_headers = 0, headings = 0, notes = 0, links = 0;
    bool has_text = false, has_ruby = false, has_linked_index = false;
};

AccessibilityFindings check_accessibility(const Book& book);
ContrastFindings check_contrast(const StyledBook& styled);

// What authors can mend where they wrote it, as warnings: pictures without words, tables without headers, links without words.
void warn_of_faults(const AccessibilityFindings& findings, Diagnostics& diagnostics);

// Words that only repeat a file's name, or say no more than “image”, describe nothing.
bool describes(std::string_view alternative, std::string_view path);

// One statement about a publication's accessibility: made, or left out, and why.
struct AccessibilityClaim {
    std::string property; // “schema:accessibilityFeature”
    std::string value;    // “alternativeText”
    bool made = false;
    std::string why;                        // a phrase
    std::vector<AccessibilityFault> spoilt; // what speaks against it
};

} // namespace bifolio
