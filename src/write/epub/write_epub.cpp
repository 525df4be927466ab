#include "write/epub/write_epub.h"

#include "base/utf8.h"
#include "io/digest.h"
#include "io/zip_archive.h"
#include "write/epub/accessibility.h"
#include "write/epub/navigation.h"
#include "write/epub/package.h"
#include "write/epub/page_marks.h"
#include "write/epub/section_document.h"
#include "write/xhtml/published_pictures.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace bifolio {

namespace {

bool is_one_article(const Book& book) {
    return std::count_if(book.sections.begin(), book.sections.end(),
                         [](const BookSection& section) { return section.kind == SectionKind::article; }) <= 1;
}

struct MadeDocument {
    ZipEntry entry;
    Diagnostics diagnostics;
};

} // namespace

WrittenEpub write_epub(const Book& book, const EpubOptions& options, const TaskPool& pool, Diagnostics& diagnostics) {
    std::vector<PublishedPicture> pictures = published_pictures(book, pool, diagnostics);
    Addresses addresses(book, {"text/", ".xhtml", "nav.xhtml#toc", most_document_bytes, nullptr});
    std::vector<std::string> sources;
    for (const PublishedPicture& picture : pictures) sources.push_back(picture.path.empty() ? "" : "../" + picture.path);
    PagesFound pages = options.page_list ? page_marks(book, *options.page_list, addresses) : PagesFound();
    const std::vector<PageMark>& marks = pages.marks;
    const EbookPublication publication{{book, addresses, sources, marks, is_one_article(book), true},
                                       pictures,
                                       !options.css.empty(),
                                       !marks.empty() && is_blank(options.page_list->source)};
    AccessibilityMetadata accessibility =
        accessibility_metadata(publication, options.css, options.contrast, options.accessibility);
    std::vector<NavPoint> points = nav_points(publication);
    mark_pages_in_contents(points, publication);

    // Everything that is text; the archive keeps this order, so readers find what they need first at the front.
    std::vector<std::pair<std::string, std::function<std::string(Diagnostics&)>>> documents;
    documents.emplace_back("META-INF/container.xml", [](Diagnostics&) { return container_document(); });
    documents.emplace_back("OEBPS/package.opf",
                           [&](Diagnostics&) { return package_document(publication, options, accessibility); });
    documents.emplace_back("OEBPS/nav.xhtml", [&](Diagnostics&) { return navigation_document(publication, points); });
    documents.emplace_back("OEBPS/toc.ncx",
                           [&](Diagnostics&) { return ncx_document(publication, points, unique_identifier(book)); });
    if (publication.has_stylesheet) documents.emplace_back("OEBPS/styles/book.css", [&](Diagnostics&) { return options.css; });
    for (std::size_t i = 0; i < addresses.documents().size(); ++i)
        documents.emplace_back("OEBPS/" + addresses.path(i),
                               [&publication, i](Diagnostics& found) { return section_document(publication, i, found); });
    std::vector<MadeDocument> made = pool.map(documents.size(), [&](std::size_t i) {
        MadeDocument document;
        document.entry = deflated_entry(documents[i].first, documents[i].second(document.diagnostics));
        return document;
    });

    WrittenEpub written;
    written.picture_digests = digests_of(pictures, pool);
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (!pictures[i].path.empty()) written.files.emplace(pictures[i].path, written.picture_digests[i]);
    for (const EpubFile& file : options.files) written.files.emplace(file.path, sha256_hex(file.bytes));
    std::vector<std::pair<std::string, Span>> shown;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        if (pictures[i].path.empty()) continue;
        const auto node = std::find_if(book.nodes.begin(), book.nodes.end(),
                                       [&](const Node& one) { return one.resource != no_resource && index(one.resource) == i; });
        if (node != book.nodes.end())
            shown.emplace_back(pictures[i].path, place_of(book, NodeId{static_cast<std::uint32_t>(node - book.nodes.begin())}));
    }
    std::vector<ZipEntry> picture_entries = pool.map(pictures.size(), [&](std::size_t i) {
        PublishedPicture& picture = pictures[i];
        if (picture.path.empty()) return ZipEntry();
        const std::string name = "OEBPS/" + picture.path;
        return picture.is_drawing ? deflated_entry(name, picture.bytes) : stored_entry(name, std::move(picture.bytes));
    });
    std::vector<ZipEntry> files = pool.map(options.files.size(), [&](std::size_t i) {
        return deflated_entry("OEBPS/" + options.files[i].path, options.files[i].bytes);
    });

    std::vector<ZipEntry> entries;
    entries.push_back(stored_entry("mimetype", "application/epub+zip")); // first and stored (OCF, 4.3)
    for (MadeDocument& document : made) {
        diagnostics.append(document.diagnostics);
        entries.push_back(std::move(document.entry));
    }
    for (ZipEntry& entry : picture_entries)
        if (!entry.name.empty()) entries.push_back(std::move(entry));
    for (ZipEntry& entry : files) entries.push_back(std::move(entry));
    written.bytes = write_zip(entries);
    written.claims = std::move(accessibility.claims);
    written.accessibility_summary = std::move(accessibility.summary);
    written.page_marks = marks.size();
    written.marks = marks;
    written.to_judge = std::move(accessibility.to_judge);
    written.pages_without_place = std::move(pages.without_place);
    written.pictures = std::move(shown);
    return written;
}

} // namespace bifolio
