// section_document.h: one section of a Book as an XHTML document. Internal to this folder.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "write/epub/addresses.h"
#include "write/epub/epub_pictures.h"
#include "write/epub/page_marks.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

// What all documents of one publication share; locals of write_epub().
struct Publication {
    const Book& book;
    const Addresses& addresses;
    const std::vector<EpubPicture>& pictures; // by ResourceId
    const std::vector<PageMark>& page_marks;  // in the order of the nodes
    bool has_stylesheet = false;
    bool alone = false; // the book is one article
};

// `document`: index into Addresses::documents().
std::string section_document(const Publication& publication, std::size_t document, Diagnostics& diagnostics);

// The document up to its body's start tag, and what closes it. `folder`: from the document to OEBPS, “../” or “”.
struct DocumentFrame {
    std::string language;
    bool right_to_left = false;
    std::string title;
    std::string folder;
};
std::string document_start(const Publication& publication, const DocumentFrame& frame);
std::string document_end();

void append_page_break(std::string& out, const PageMark& mark);

bool is_right_to_left(const Book& book, NodeId node); // by the nearest dir

} // namespace bifolio
