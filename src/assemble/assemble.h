// assemble.h: manuscript + one edition → one Book: order, numbers, resolved references, contents, people, notices, glossary.
//
// Errors     Everything wrong with the content goes to Diagnostics; a Book is always returned.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"

namespace bifolio {

// Which of an edition's books: an edition with `each: article` makes one an article, one with clinics one a clinic as well.
struct BookSelection {
    std::optional<std::size_t> article; // index into Manuscript::articles
    const Clinic* clinic = nullptr;
};

// In the order in which they are built: clinic by clinic. Reports an edition without articles and a run without clinics.
std::vector<BookSelection> selections(const Manuscript& manuscript, const Edition& edition, Diagnostics& diagnostics);

Book assemble(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection, Diagnostics& diagnostics);

} // namespace bifolio
