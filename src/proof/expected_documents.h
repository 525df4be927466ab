// expected_documents.h: what an e-book or a web edition must say: the Book's own text, document by document, and what is declared
// to be added.
//
// Order      That of the Book's nodes; notes stand at the end of the document that calls them first, in the order of the calls.
//            The numbers at a call within a link stand behind the link. The navigation document's contents come last.
// Added      Notes' numbers, the ways back to their calls, the lines of the contents.
// Left out   What is for paper alone (is_for_paper) and the contents section, which the navigation document replaces, is counted.
//            Whatever else no document holds is lost.
#pragma once

#include "proof/expected_text.h"

#include <cstddef>
#include <string>
#include <vector>

namespace bifolio {

struct ExpectedDocuments {
    ExpectedText text;                  // pictures: every one, also those without words
    std::vector<std::string> documents; // the spine's names: file names without folder
    std::vector<NodeId> homeless;       // text nodes that stand in no document, or in two
};

// `most_document_bytes`: as write_epub() divides sections.
ExpectedDocuments expected_epub(const Book& book, std::size_t most_document_bytes);
// The index page first: there the cover and the title page stand, then what has no page of its own; parts head the contents.
// A book of one article is one page.
ExpectedDocuments expected_web(const Book& book);

} // namespace bifolio
