// expected_documents.h: what an e-book or a web edition must say: the Book's own text, document by document, and what is declared
// to be added; and the marks of both (document_marks.h).
//
// Order      That of the Book's nodes; notes stand at the end of the document that calls them first, in the order of the calls.
//            The numbers at a call within a link stand behind the link. An e-book's navigation document comes last, whole; a web
//            edition's pages are read as they stand.
// Added      Notes' numbers, the ways back to their calls, the lines of the contents, what leads from page to page.
// Left out   What is for paper alone (is_for_paper) and the contents section, which the navigation document replaces, is counted.
//            Whatever else no document holds is lost.
#pragma once

#include "proof/document_marks.h"
#include "proof/expected_text.h"
#include "write/xhtml/documents.h"
#include "write/xhtml/page_mark.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

// What a screen edition was made with, beside its Book.
struct ScreenParts {
    std::string css;                          // empty: no stylesheet
    std::vector<PageMark> page_marks;         // where the pages of the print edition begin, in the order of the nodes
    std::vector<std::string> pictures;        // by ResourceId: the SHA-256 of its bytes as published; empty: it is not shown
    std::map<std::string, std::string> files; // of an e-book: path from the publication's root → SHA-256: fonts and the like
};

struct ExpectedDocuments {
    ExpectedText text;                        // pictures: every one, also those without words
    DocumentMarks marks;                      // owners are nodes
    std::vector<std::string> documents;       // the spine's names: file names without folder
    std::vector<NodeId> homeless;             // text nodes that stand in no document, or in two
    DocumentMarks ncx;                        // lines and pages; begin and end are 0
    std::vector<std::string> pictures;        // as in ScreenParts
    std::map<std::string, std::string> files; // of an e-book: all that are no documents, without the pictures
};

// `most_document_bytes`: as write_epub() divides sections.
ExpectedDocuments expected_epub(const Book& book, std::size_t most_document_bytes, ScreenParts parts);
// The index page first: there the cover and the title page stand, then what has no page of its own; parts head the contents.
// A book of one article is one page.
ExpectedDocuments expected_web(const Book& book, ScreenParts parts);

} // namespace bifolio
