// section_markup.h: one section of a Book as XHTML, for e-books and the web.
//
// Words      Text stands in the markup as in the Book's text nodes, in the same order, notes apart: they stand at the end of
//            their document with links back to every call. What is added is marked: a.noteref (the number at a call),
//            span.note-number, a.backlink, span.page-break.
// Spec       HTML in its XML syntax, DPUB-ARIA 1.1; epub:type where it is asked for.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "write/xhtml/addresses.h"
#include "write/xhtml/page_mark.h"

#include <string>
#include <vector>

namespace bifolio {

// What all documents of one publication share; locals of the writer.
struct Publication {
    const Book& book;
    const Addresses& addresses;
    const std::vector<std::string>& picture_sources; // by ResourceId, as documents name them; empty: it is not shown
    const std::vector<PageMark>& page_marks;         // in the order of the nodes
    bool alone = false;                              // the book is one article
    bool epub_types = false;                         // epub:type beside the roles
};

// What stands in the body. `document`: index into Addresses::documents().
std::string section_markup(const Publication& publication, std::size_t document, Diagnostics& diagnostics);

void append_page_break(std::string& out, const Publication& publication, const PageMark& mark);

bool is_right_to_left(const Book& book, NodeId node); // by the nearest dir

} // namespace bifolio
