// verify_epub.h: holds a finished EPUB against EPUB 3.3 and, where it claims so or is asked for, EPUB Accessibility 1.1.
//
// The same bytes give the same findings in the same order on any number of threads.
#pragma once

#include "verify/epub/epub_publication.h"
#include "verify/epub/epub_rules.h"

#include <string>
#include <vector>

namespace bifolio {

struct EpubVerdict {
    std::vector<EpubStandard> standards; // that the file was held to
    std::vector<std::string> notes;      // what a reader of the verdict must know
    EpubFindings findings;
    bool is_container_only = false; // an EPUB 2 file: §4 alone, which both versions share
    std::size_t documents = 0;      // in the spine
    std::size_t errors = 0, warnings = 0;
    bool passes() const { return errors == 0; }
};

// `standards` empty: EPUB 3.3, and what the metadata claims.
EpubVerdict verify_epub(EpubContainer container, const std::vector<EpubStandard>& standards, const TaskPool& pool);
EpubVerdict verify_epub(const EpubPublication& file, const std::vector<EpubStandard>& standards, const TaskPool& pool);

} // namespace bifolio
