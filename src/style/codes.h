// codes.h: what style/ reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array style_codes{
    CodeInfo{"style.unknown-property", Severity::warning, "A style sheet sets a property that does not exist.",
             "Mend the name; the hint gives the nearest known one."},
    CodeInfo{"style.unknown-value", Severity::warning,
             "A property does not take the value it is given; the declaration is left out.",
             "Look up the property's values; a missing unit is a common cause."},
    CodeInfo{"style.unsupported-property", Severity::warning, "A property of CSS has no effect on paper here.",
             "Say what you want with other properties, or move the rule into @media screen."},
    CodeInfo{"style.unsupported-value", Severity::warning, "A part of a value has no effect on paper here.",
             "Use a plain colour, or put the picture into the text."},
    CodeInfo{"style.invalid-variable", Severity::warning,
             "A variable is not defined, or its value does not fit where it is used.",
             "Define the variable on :root, or give var() a second value to fall back on."},
    CodeInfo{"style.unknown-selector", Severity::warning, "A selector cannot be read; its whole rule is left out.",
             "Mend the selector; in a list one wrong selector spoils all."},
    CodeInfo{"style.unknown-rule", Severity::warning, "A style sheet has an at-rule that is not known here.",
             "Mend the name, or leave the rule out."},
    CodeInfo{"style.syntax", Severity::warning, "Something in a style sheet is neither a rule nor a declaration.",
             "Look for a missing semicolon, colon or brace just before this place."},
    CodeInfo{"style.too-deep", Severity::warning, "Brackets are nested too deeply; what they hold is left out.",
             "No style sheet needs a hundred levels; look for a bracket that is never closed."},
    CodeInfo{"style.missing-file", Severity::error, "A style sheet is not there.",
             "Mend the path, which is relative to the file that names it."},
    CodeInfo{"style.forbidden-path", Severity::error, "A style sheet names a file outside of the book.",
             "Copy the file into the book's folder; addresses on the web are never fetched."},
    CodeInfo{"style.import-depth", Severity::warning, "Style sheets import each other in a circle or too deeply.",
             "Remove the @import that leads back."},
    CodeInfo{"style.late-import", Severity::warning, "An @import stands behind other rules and does not count.",
             "Move it to the top of the file."},
    CodeInfo{"style.too-complex", Severity::warning,
             "Selectors ask for more comparing than a book can be worth; the rest of the book is matched without them.",
             "Make selectors shorter; name a class instead of a long chain."},
    CodeInfo{"style.narrow-page", Severity::warning, "The page margins leave no room for text; they are made smaller.",
             "Give @page a larger size or smaller margins."},
    CodeInfo{"style.too-many-pages", Severity::warning, "There are more named pages than are kept apart.",
             "Use fewer names in @page rules."},
    CodeInfo{"style.missing-picture", Severity::warning, "content: url(…) names a picture that the book does not have.",
             "Show pictures in the articles; a style sheet can repeat one of those."},
    CodeInfo{"style.font-face", Severity::warning, "An @font-face rule lacks a family or a file.",
             "Give font-family and src: url(…) with a file of the book."},
};

} // namespace bifolio
