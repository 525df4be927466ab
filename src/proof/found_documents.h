// found_documents.h: what an EPUB or a web edition says, read from its bytes: the text of the spine's documents in order, then
// that of the navigation document; the marks of all of them (document_marks.h); the pictures with their alternative texts.
//
// Left out   Scripts, and what stands in heads but for the title and the styles.
#pragma once

#include "proof/document_marks.h"
#include "proof/text_stream.h"
#include "verify/epub/epub_publication.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

struct FoundDocumentPicture {
    std::string alternative;
    std::uint32_t document = 0;  // index into FoundDocuments::documents
    bool is_shown = true;        // false: its words stand there
    std::string sha256, content; // of its bytes; picture_digest()
};

struct FoundDocuments {
    TextStream text;     // places are indices into `documents`
    DocumentMarks marks; // owners likewise
    DocumentMarks ncx;
    std::vector<FoundDocumentPicture> pictures;
    std::vector<std::string> documents;       // what was read: paths in the container
    std::vector<std::string> spine;           // what the spine names: file names without folder
    std::vector<std::string> unread;          // of the spine
    std::map<std::string, std::string> files; // of an e-book, the others: path from the package's folder → SHA-256
};

FoundDocuments found_epub(const EpubPublication& file);

// `pages`: names and bytes, in their order.
FoundDocuments found_web(const std::vector<std::pair<std::string, std::string>>& pages);

} // namespace bifolio
