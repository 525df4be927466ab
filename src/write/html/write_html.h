// write_html.h: Book → the web edition: one page an article, whole in itself, and an index page.
//
// Shape      index.html: title, contents, search, notices, imprint; <section>.html for each article, the contributors, the
//            glossary. A book of one article is one page, named for the book. A page brings its style and pictures along; no page
//            needs a script, and none loads anything from anywhere.
// Words      As in section_markup.h: every section stands on one page, in the order of the book.
// Search     A small index of titles, summaries, headings and keywords stands in index.html; without a script its field is not
//            shown.
// Errors     Wrong content goes to Diagnostics; nothing throws.
// Threads    Pages are made in the pool; the bytes are the same for any number of threads.
// Spec       HTML (WHATWG), ARIA in HTML, WCAG 2.2, Schema.org MedicalWebPage (health-lifesci).
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "base/task_pool.h"

#include <functional>
#include <string>
#include <vector>

namespace bifolio {

struct WebPage {
    std::string name; // “index.html”
    std::string bytes;
};

struct HtmlOptions {
    std::string css;      // stylesheet_for_screen()
    std::string producer; // “bifolio 0.1.0”
};

// Each page is handed to `put` in the order of the book as soon as it and those before it are made, so that thousands are never
// in memory together. `picture_digests`: filled with the SHA-256 of each picture as it stands in the pages, by ResourceId, for a
// proof.
void write_html(const Book& book, const HtmlOptions& options, const TaskPool& pool, Diagnostics& diagnostics,
                const std::function<void(WebPage)>& put, std::vector<std::string>* picture_digests = nullptr);

} // namespace bifolio
