// section_document.h: the documents of an e-book, around what stands in their bodies. Internal to this folder.
#pragma once

#include "write/xhtml/published_pictures.h"
#include "write/xhtml/section_markup.h"

#include <string>
#include <vector>

namespace bifolio {

struct EbookPublication : Publication {
    const std::vector<PublishedPicture>& pictures; // by ResourceId
    std::size_t most_bytes = 0;                    // of a document
    bool has_stylesheet = false;
    bool page_marks_without_source = false; // nobody knows which edition the pages are of
};

// `document`: index into Addresses::documents().
std::string section_document(const EbookPublication& publication, std::size_t document, Diagnostics& diagnostics);

// The document up to its body's start tag, and what closes it. `folder`: from the document to OEBPS, “../” or “”.
struct DocumentFrame {
    std::string language;
    bool right_to_left = false;
    std::string title;
    std::string folder;
};
std::string document_start(const EbookPublication& publication, const DocumentFrame& frame);
std::string document_end();

} // namespace bifolio
