// semantics.h: what sections and elements are, in the words of EPUB Structural Semantics 1.1 and of ARIA.
//
// Pairs      Where a type of the one vocabulary has a role in the other, both are given; a role stands only on elements that
//            “ARIA in HTML” allows it on.
#pragma once

#include "assemble/book.h"

#include <string_view>

namespace bifolio {

struct Semantics {
    std::string_view type; // epub:type; empty: none
    std::string_view role; // empty: none
};

// Of the document's outermost section. `alone`: the book is one article, so it is no chapter.
Semantics semantics_of(const BookSection& section, bool alone);
Semantics semantics_of(const Node& node);
// Of the section's line in the landmarks; empty: it is none.
std::string_view landmark(SectionKind kind);

} // namespace bifolio
