#include "write/epub/section_document.h"

#include "write/xhtml/attributes.h"
#include "write/xhtml/division.h"
#include "write/xhtml/markup.h"

namespace bifolio {

namespace {

constexpr std::size_t largest_document = 10'000'000; // Kobo's limit for one HTML file

// Something in it can be divided nowhere (division.h).
void tell_of_large_document(const EbookPublication& publication, std::size_t document, const std::string& title,
                            std::size_t bytes, Diagnostics& diagnostics) {
    const Book& book = publication.book;
    const Document& here = publication.addresses.documents()[document];
    const NodeId part = too_large_part(book, here, publication.most_bytes / 10 * 9);
    const NodeId root = book.sections[here.section].root;
    const std::string what =
        part == no_node || part == root ? "something" : "‹" + std::string(name(book.node(part).element)) + "›";
    diagnostics.warning("epub.large-document", place_of(book, part == no_node ? root : part),
                        what + " in ‘" + title + "’ cannot be divided, and makes a document of " + std::to_string(bytes / 1000) +
                            " KB; slow reading systems like none above " + std::to_string(publication.most_bytes / 1000) + " KB" +
                            (bytes > largest_document ? ", and bookshops accept 10 MB" : ""),
                        {"make two of it"});
}

} // namespace

std::string section_document(const EbookPublication& publication, std::size_t document, Diagnostics& diagnostics) {
    const Book& book = publication.book;
    const BookSection& section = book.sections[publication.addresses.documents()[document].section];
    const std::string title = !section.title.empty() ? section.title : book.metadata.title;
    const std::string markup = section_markup(publication, document, diagnostics);
    std::string whole =
        document_start(publication, {std::string(language_of(book, section.root)), is_right_to_left(book, section.root),
                                     title.empty() ? book.name : title, publication.addresses.to_root(document)}) +
        markup + document_end();
    if (whole.size() > publication.most_bytes) tell_of_large_document(publication, document, title, whole.size(), diagnostics);
    return whole;
}

std::string document_start(const EbookPublication& publication, const DocumentFrame& frame) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
                      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"";
    append_language(out, frame.language.empty() ? "und" : frame.language);
    if (frame.right_to_left) append_attribute(out, "dir", "rtl");
    out += ">\n<head>\n<meta charset=\"UTF-8\"/>\n";
    append_element(out, "title", frame.title);
    out += '\n';
    if (publication.has_stylesheet) {
        out += "<link rel=\"stylesheet\" type=\"text/css\"";
        append_attribute(out, "href", frame.folder + "styles/book.css");
        out += "/>\n";
    }
    out += "</head>\n<body";
    const Book& book = publication.book;
    if (book.nodes.size() > 1 && !book.nodes[1].info.classes.empty()) {
        std::string classes;
        for (const std::string& one : book.nodes[1].info.classes) classes += (classes.empty() ? "" : " ") + one;
        append_attribute(out, "class", classes);
    }
    out += ">\n";
    return out;
}

std::string document_end() { return "</body>\n</html>\n"; }

} // namespace bifolio
