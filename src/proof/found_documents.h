// found_documents.h: what an EPUB or a web edition says, read from its bytes: the text of the spine's documents in order, then
// that of the navigation document; the marks of all of them (document_marks.h); the pictures with their alternative texts.
//
// Left out   Scripts, and what stands in heads but for the title and the styles.
#pragma once

#include "base/task_pool.h"
#include "proof/document_marks.h"
#include "proof/text_stream.h"
#include "verify/epub/epub_publication.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
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

FoundDocuments found_epub(const EpubPublication& file, const TaskPool& pool);

// `names`: of the pages, in their order; `bytes_of` is called on any thread.
FoundDocuments found_web(const std::vector<std::string>& names, const std::function<std::string(std::size_t)>& bytes_of,
                         const TaskPool& pool);
FoundDocuments found_web(const std::vector<std::pair<std::string, std::string>>& pages, const TaskPool& pool); // and their bytes

} // namespace bifolio
