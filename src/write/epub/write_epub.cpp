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
#include <optional>
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

using DocumentMaker = std::function<std::string(Diagnostics&)>;

// Everything that is text; the archive keeps this order, so readers find what they need first at the front.
std::vector<std::pair<std::string, DocumentMaker>> documents_of(const EbookPublication& publication, const EpubOptions& options,
                                                                const AccessibilityMetadata& accessibility,
                                                                const std::vector<NavPoint>& points) {
    std::vector<std::pair<std::string, DocumentMaker>> documents;
    documents.emplace_back("META-INF/container.xml", [](Diagnostics&) { return container_document(); });
    documents.emplace_back("OEBPS/package.opf",
                           [&](Diagnostics&) { return package_document(publication, options, accessibility); });
    documents.emplace_back("OEBPS/nav.xhtml", [&](Diagnostics&) { return navigation_document(publication, points); });
    documents.emplace_back("OEBPS/toc.ncx",
                           [&](Diagnostics&) { return ncx_document(publication, points, unique_identifier(publication.book)); });
    if (publication.has_stylesheet) documents.emplace_back("OEBPS/styles/book.css", [&](Diagnostics&) { return options.css; });
    for (std::size_t i = 0; i < publication.addresses.documents().size(); ++i)
        documents.emplace_back("OEBPS/" + publication.addresses.path(i),
                               [&publication, i](Diagnostics& found) { return section_document(publication, i, found); });
    return documents;
}

// Each picture's path and where it is shown first, in the order of the pictures.
std::vector<std::pair<std::string, Span>> first_places(const Book& book, const std::vector<PublishedPicture>& pictures) {
    std::vector<std::optional<NodeId>> first(pictures.size());
    for (std::size_t i = 0; i < book.nodes.size(); ++i)
        if (const ResourceId resource = book.nodes[i].resource; resource != no_resource && !first[index(resource)])
            first[index(resource)] = NodeId{static_cast<std::uint32_t>(i)};
    std::vector<std::pair<std::string, Span>> places;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (first[i] && !pictures[i].path.empty()) places.emplace_back(pictures[i].path, place_of(book, *first[i]));
    return places;
}

std::map<std::string, std::string> digests_of_files(const std::vector<PublishedPicture>& pictures,
                                                    const std::vector<std::string>& picture_digests,
                                                    const std::vector<EpubFile>& files) {
    std::map<std::string, std::string> digests;
    for (std::size_t i = 0; i < pictures.size(); ++i)
        if (!pictures[i].path.empty()) digests.emplace(pictures[i].path, picture_digests[i]);
    for (const EpubFile& file : files) digests.emplace(file.path, sha256_hex(file.bytes));
    return digests;
}

// Takes the pictures' bytes.
std::vector<ZipEntry> picture_entries(std::vector<PublishedPicture>& pictures, const TaskPool& pool) {
    return pool.map(pictures.size(), [&](std::size_t i) {
        PublishedPicture& picture = pictures[i];
        if (picture.path.empty()) return ZipEntry();
        const std::string name = "OEBPS/" + picture.path;
        return picture.is_drawing ? deflated_entry(name, picture.bytes) : stored_entry(name, std::move(picture.bytes));
    });
}

} // namespace

WrittenEpub write_epub(const Book& book, const EpubOptions& options, const TaskPool& pool, Diagnostics& diagnostics) {
    std::vector<PublishedPicture> pictures = published_pictures(book, pool, diagnostics);
    PagesFound pages = options.page_list ? page_marks(book, *options.page_list) : PagesFound();
    Addresses addresses(book, {"text/", ".xhtml", "nav.xhtml#toc", options.most_bytes, nullptr}, pages.marks);
    name_page_marks(pages.marks, addresses);
    std::vector<std::string> sources;
    for (const PublishedPicture& picture : pictures) sources.push_back(picture.path.empty() ? "" : "../" + picture.path);
    const EbookPublication publication{{book, addresses, sources, pages.marks, is_one_article(book), true},
                                       pictures,
                                       options.most_bytes,
                                       !options.css.empty(),
                                       !pages.marks.empty() && is_blank(options.page_list->source)};
    AccessibilityMetadata accessibility =
        accessibility_metadata(publication, options.css, options.contrast, options.accessibility);
    std::vector<NavPoint> points = nav_points(publication);
    mark_pages_in_contents(points, publication);

    const auto documents = documents_of(publication, options, accessibility, points);
    std::vector<MadeDocument> made = pool.map(documents.size(), [&](std::size_t i) {
        MadeDocument document;
        document.entry = deflated_entry(documents[i].first, documents[i].second(document.diagnostics));
        return document;
    });

    WrittenEpub written;
    written.picture_digests = digests_of(pictures, pool);
    written.files = digests_of_files(pictures, written.picture_digests, options.files);
    written.pictures = first_places(book, pictures);
    std::vector<ZipEntry> files = pool.map(options.files.size(), [&](std::size_t i) {
        return deflated_entry("OEBPS/" + options.files[i].path, options.files[i].bytes);
    });

    std::vector<ZipEntry> entries;
    entries.push_back(stored_entry("mimetype", "application/epub+zip")); // first and stored (OCF, 4.3)
    for (MadeDocument& document : made) {
        diagnostics.append(document.diagnostics);
        entries.push_back(std::move(document.entry));
    }
    for (ZipEntry& entry : picture_entries(pictures, pool))
        if (!entry.name.empty()) entries.push_back(std::move(entry));
    for (ZipEntry& entry : files) entries.push_back(std::move(entry));
    written.bytes = write_zip(entries);
    written.claims = std::move(accessibility.claims);
    written.accessibility_summary = std::move(accessibility.summary);
    written.page_marks = pages.marks.size();
    written.marks = std::move(pages.marks);
    written.to_judge = std::move(accessibility.to_judge);
    written.pages_without_place = std::move(pages.without_place);
    return written;
}

} // namespace bifolio
