// generate_content.h: counters, quotes, strings and targets of a whole book → the text of its pseudo-elements.
#pragma once

#include "style/style_store.h"
#include "style/styled_book.h"

#include <vector>

namespace bifolio {

struct StyledPseudoElement {
    NodeId node = no_node;
    PseudoElement pseudo = PseudoElement::before;
    StyleId style = 0;
};

// What the cascade made of a book.
struct StyledTree {
    StyleStore store;
    std::vector<StyleId> style_of;                    // by node
    std::vector<StyledPseudoElement> pseudo_elements; // in the order of nodes
    LengthContext root_lengths;
};

// Fills pseudo_boxes, string_sets, page_counter_reset, counter_page_set of `styled`, whose book is set.
void generate_content(const StyledTree& tree, const Stylesheet& stylesheet, StyledBook& styled, Diagnostics& diagnostics);

// Content of a margin box: only text, page numbers, strings, leaders and quotes mean something there.
GeneratedContent page_content(const ContentValue& content, const ElementStyle& style, const CounterStyles& counter_styles);

// The n-th level's quotes of a language: {“, ”}
std::pair<std::string, std::string> quotes_of_language(std::string_view language, std::size_t level);

} // namespace bifolio
