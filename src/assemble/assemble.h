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

// Of the resource that stands for a made cover: the assembled Book has no bytes for it yet.
inline constexpr std::string_view made_cover_path = "cover.jpg";

// The cover that is made from a book's title page, as a book of one section: section.cover.made.design-<design> with
// > div.cover-sheet; in it div.cover-main > div.cover-text > div.cover-head (p.cover-title, p.cover-subtitle) and div.cover-people
// (p.cover-authors, p.cover-editors), then div.cover-foot (p.cover-edition, p.cover-publisher). `fit`: the class fit-<number> of the section, for its styles to be smaller by.
Book cover_book(const Book& book, const CoverPlan& plan, int fit);

// The book's cover picture alone: section.cover.picture > img.
Book cover_picture_book(const Book& book);

Book assemble(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection, Diagnostics& diagnostics);

} // namespace bifolio
