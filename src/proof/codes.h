// codes.h: what a finished file may lack of its book.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array proof_codes{
    CodeInfo{
        "proof.lost-text", Severity::error, "Text of the book is not in the finished file.",
        "This is a fault of the program, not of your book: the file was not written. Please report it with the article that is "
        "named. `--no-proof` writes the file all the same."},
    CodeInfo{"proof.added-text", Severity::error, "The finished file has text that the book does not have.",
             "As for `proof.lost-text`. In a file that is held against its book later: the book or the file has changed since."},
    CodeInfo{"proof.changed-text", Severity::error, "The finished file says something else than the book.",
             "As for `proof.lost-text`. In a file that is held against its book later: the book or the file has changed since."},
    CodeInfo{"proof.lost-picture", Severity::error,
             "A picture of the book, or its alternative text, is not in the finished file.", "As for `proof.lost-text`."},
    CodeInfo{"proof.changed-page", Severity::error, "A page of the finished file is not the page that the layout made.",
             "As for `proof.lost-text`. A page was lost, doubled, moved, or something on it was changed."},
    CodeInfo{"proof.changed-document", Severity::error,
             "A document of the finished e-book or web edition is missing, doubled, moved or not readable.",
             "As for `proof.lost-text`."},
    CodeInfo{"proof.changed-structure", Severity::error,
             "An element, a link, a line of the contents or a page's mark of the finished file is not as the book has it.",
             "As for `proof.lost-text`. In a file that is held against its book later: the book or the file has changed since."},
    CodeInfo{"proof.changed-link", Severity::error,
             "A link of the finished PDF, or a line of its outline, leads elsewhere than in the book.",
             "As for `proof.lost-text`."},
    CodeInfo{"proof.hidden-text", Severity::error,
             "Text of the finished PDF cannot be seen as it was set, or is seen otherwise than it is read out.",
             "As for `proof.lost-text`."},
    CodeInfo{"proof.changed-file", Severity::error,
             "A style sheet, font or other file in the finished e-book is not the one that was put there.",
             "As for `proof.lost-text`."},
};

} // namespace bifolio
