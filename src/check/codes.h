// codes.h: what check/ finds in a book, whatever edition is made of it.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array check_codes{
    CodeInfo{"check.picture-words", Severity::warning, "A picture has no text alternative, or one that says nothing.",
             "Write what it shows between the brackets: `![what it shows](x.png)`; or mark it: `![](x.png){.decorative}`."},
    CodeInfo{"check.table-headers", Severity::warning, "A table does not say what its rows or columns are.",
             "Give it a row of headers, or `{.header-column}` after its caption; in HTML write `th`."},
    CodeInfo{"check.link-words", Severity::warning, "A link has no words.",
             "Write words between the brackets: `[words](address)`."},
    CodeInfo{"check.unknown-language", Severity::warning,
             "There is no language of this name; it is left out, as nobody can read the words aloud by it.",
             "Write a tag such as en, en-GB or ar; the language of code is a class: ```` ```js ````."},
};

} // namespace bifolio
