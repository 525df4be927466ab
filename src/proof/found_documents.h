// found_documents.h: what an EPUB or a web edition says, read from its bytes: the text of the spine's documents in order, then
// the lines of the contents; the pictures with their alternative texts.
//
// Left out   What stands in the head; the navigation document but for its contents.
#pragma once

#include "proof/text_stream.h"
#include "verify/epub/epub_publication.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

struct FoundDocumentPicture {
    std::string alternative;
    std::uint32_t document = 0; // index into FoundDocuments::documents
    bool is_shown = true;       // false: its words stand there
};

struct FoundDocuments {
    TextStream text; // places are indices into `documents`
    std::vector<FoundDocumentPicture> pictures;
    std::vector<std::string> documents; // what was read: paths in the container
    std::vector<std::string> spine;     // what the spine names: file names without folder
    std::vector<std::string> unread;    // of the spine
};

FoundDocuments found_epub(const EpubPublication& file);

// `pages`: names and bytes, in their order. What stands in `main`, which the writer makes as XML; the contents come last.
FoundDocuments found_web(const std::vector<std::pair<std::string, std::string>>& pages);

} // namespace bifolio
