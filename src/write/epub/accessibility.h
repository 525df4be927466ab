// accessibility.h: what can truly be said of a publication's accessibility, found out from its content. Internal to this folder.
//
// Spec  EPUB Accessibility 1.1; the vocabulary of schema.org as the W3C's Schema.org Accessibility Properties list it.
#pragma once

#include "write/epub/section_document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct AccessibilityFacts {
    std::size_t pictures = 0;  // that carry meaning
    std::size_t described = 0; // of these, with words that can stand for them
    std::size_t decorative = 0;
    std::size_t animated = 0; // pictures that move
    std::size_t headings = 0, tables = 0, notes = 0;
    bool has_text = false, has_ruby = false, has_index = false, has_page_list = false;
    bool style_may_move = false; // the stylesheet animates
};

AccessibilityFacts accessibility_facts(const EpubPublication& publication, std::string_view css);

struct AccessibilityMetadata {
    std::vector<std::string> modes;      // schema:accessMode
    std::vector<std::string> sufficient; // schema:accessModeSufficient
    std::vector<std::string> features;   // schema:accessibilityFeature
    std::vector<std::string> hazards;    // schema:accessibilityHazard
    std::string summary;                 // schema:accessibilitySummary, in English
};

AccessibilityMetadata accessibility_metadata(const AccessibilityFacts& facts);

} // namespace bifolio
