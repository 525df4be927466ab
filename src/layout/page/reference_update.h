// reference_update.h: page references that have changed → their paragraphs set anew in their places.
//
// Method     Most references change from “00” to a number that leaves every line where it is. Then only the paragraph's lines are
//            made anew; fragments, heights and page breaks stay as they are.
#pragma once

#include "layout/page/numbering.h"

namespace bifolio {

// False, and nothing changed: a reference stands where its paragraph is not known by itself (a note, a cell, a float), or its
// lines are no longer as many and as high. Then the section is laid out again as a whole.
bool update_references(const LayoutContext& context, SectionPages& section);

} // namespace bifolio
