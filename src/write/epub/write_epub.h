// write_epub.h: Book → one EPUB publication.
//
// Shape      mimetype; META-INF/container.xml; OEBPS/package.opf, nav.xhtml, toc.ncx, styles/book.css, text/<section>.xhtml,
//            images/…. Each BookSection is one document, named for it, or several (documents.h); the contents section becomes
//            nav.xhtml, so the contents stand once. Notes stand at the end of their document with links back to every call.
// Words      Text stands in the documents as in the Book's text nodes, in the same order, notes apart. What the writer adds is
//            marked: a.noteref (the number at a call), span.note-number, a.backlink, span.page-break.
// Claims     Accessibility metadata says only what the content was found to have, and conformity only where people answer for
//            what no machine can judge. What was claimed and what was not comes back with the reasons.
// Errors     What is wrong with the content (a damaged picture) goes to Diagnostics and the picture's words take its place;
//            IoError when no archive can be made.
// Threads    Documents and pictures are made and compressed in the pool; the bytes are the same for any number of threads.
// Spec       EPUB 3.3, EPUB Accessibility 1.1, EPUB Structural Semantics 1.1, DPUB-ARIA 1.1; OPF 2.0.1 for the NCX.
#pragma once

#include "assemble/book.h"
#include "base/date.h"
#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "check/accessibility.h"
#include "write/epub/page_list.h"
#include "write/epub/page_marks.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

inline constexpr std::size_t most_document_bytes = 300'000; // what slow reading systems like

// A file that the stylesheet names, such as a font.
struct EpubFile {
    std::string path;       // relative to OEBPS: “fonts/serif.woff2”; the stylesheet calls it “../fonts/serif.woff2”
    std::string media_type; // a core media type: “font/woff2”
    std::string bytes;
};

struct EpubOptions {
    std::string css;                              // stylesheet_for_screen(); empty: no stylesheet
    std::vector<EpubFile> files;                  // their paths are unique and valid in a URL
    std::string producer;                         // “bifolio 0.1.0”
    Date date{1980, 1, 1};                        // dcterms:modified; a caller's date, never the clock's
    const PageList* page_list = nullptr;          // where the pages of a print edition begin; borrowed for the call
    const ContrastFindings* contrast = nullptr;   // of the styles; nullptr: nobody has looked; borrowed for the call
    AccessibilityPlan accessibility;              // what people declare
    std::size_t most_bytes = most_document_bytes; // of a document, before its section is divided
};

struct WrittenEpub {
    std::string bytes;                      // of the archive
    std::vector<AccessibilityClaim> claims; // made, or left out and why
    std::string accessibility_summary;
    std::size_t page_marks = 0;                         // pages of the print edition that are marked
    std::vector<AccessibilityFault> to_judge;           // what only people can
    std::vector<PageWithoutPlace> pages_without_place;  // of the print edition
    std::vector<std::pair<std::string, Span>> pictures; // “images/moon.png”, and where it is shown first
    // For a proof that reads the archive back.
    std::vector<PageMark> marks;              // of the pages
    std::vector<std::string> picture_digests; // by ResourceId; empty: it is not shown
    std::map<std::string, std::string> files; // pictures and EpubOptions::files: path from the package's folder → SHA-256
};

std::string unique_identifier(const Book& book); // of the package: “urn:isbn:…”, as the plan says, or made from the content

WrittenEpub write_epub(const Book& book, const EpubOptions& options, const TaskPool& pool, Diagnostics& diagnostics);

} // namespace bifolio
