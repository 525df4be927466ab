// reading_systems.h: which CSS an e-book may bring along: the properties, functions and rules that reading systems know.
//
// Specs      EPUB 3.3, §6.3.1.3 (any property of the CSS Snapshot but `direction` and `unicode-bidi`) and its list of -epub-
//            properties; the EPUB 3 CSS Profile (EPUB Content Documents 3.0.1, §3), all that readers with an engine of their own
//            know.
// Readers    “EPUBリーダー表示チェック”, JAGAT 2023 (gist MurakamiShinyu/0ab8187a): Apple Books, Kobo's apps, Thorium and BOOK☆WALKER have
//            a browser's engine; Kindle and Kobo's devices keep to the profile. KDP Help, “Text Guidelines – Reflowable”
//            (GH4DRT75GWWAGBTU): sizes, colours and line heights of body text are the reader's. Readium CSS, “EPUB Compatibility”
//            (CSS21): vendor prefixes in use. Adobe's RMSDK (ADE, Kobo's devices) refuses a whole book for a min() in a length
//            (reported of 2026 for `max-width: min(150px, 30vw)`), so no mathematical function is let through.
#pragma once

#include "style/css_tokenizer.h"

#include <string_view>

namespace bifolio {

// Who knows a property. `everyone`: also those with an engine of their own.
enum class KnownBy : std::uint8_t { nobody, browsers, everyone };

KnownBy known_by(std::string_view property); // in lower case

// The name of a function or at-rule that would make a reading system drop the declaration, or the book; empty: none.
std::string_view unknown_function(const ComponentValues& value);

} // namespace bifolio
