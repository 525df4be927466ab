#include "write/epub/package.h"

#include "assemble/names.h"
#include "assemble/words.h"
#include "base/utf8.h"
#include "model/isbn.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <string_view>

namespace bifolio {

namespace {

// MARC relators are three small letters.
bool is_relator(std::string_view role) {
    return role.size() == 3 && std::all_of(role.begin(), role.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class Metadata {
public:
    std::string out;

    void dc(std::string_view name, std::string_view value, std::string_view id = "") {
        if (is_blank(value)) return;
        std::string tag = "dc:" + std::string(name);
        if (!id.empty()) tag.append(" id=\"").append(id).append("\"");
        append_element(out, tag, collapsed(value));
        out += '\n';
    }
    void property(std::string_view name, std::string_view value) {
        if (is_blank(value)) return;
        append_element(out, "meta property=\"" + std::string(name) + "\"", collapsed(value));
        out += '\n';
    }
    void refine(std::string_view id, std::string_view name, std::string_view value, std::string_view scheme = "") {
        std::string tag = "meta refines=\"#" + std::string(id) + "\" property=\"" + std::string(name) + "\"";
        if (!scheme.empty()) tag += " scheme=\"" + std::string(scheme) + "\"";
        append_element(out, tag, value);
        out += '\n';
    }
    void named(std::string_view name, std::string_view content) { // EPUB 2, for old readers
        if (is_blank(content)) return;
        out += "<meta";
        append_attribute(out, "name", name);
        append_attribute(out, "content", content);
        out += "/>\n";
    }
};

void append_identifiers(Metadata& metadata, const Book& book) {
    const std::string unique = unique_identifier(book);
    metadata.dc("identifier", unique, "publication-id");
    if (unique.starts_with("urn:isbn:")) // ONIX code list 5: 15 is an ISBN of 13 digits, 02 one of 10
        metadata.refine("publication-id", "identifier-type", unique.size() == 9 + 10 ? "02" : "15", "onix:codelist5");
    if (!book.metadata.identifier.empty() && book.metadata.identifier != unique)
        metadata.dc("identifier", book.metadata.identifier);
}

void append_titles(Metadata& metadata, const Book& book) {
    const std::string& title = book.metadata.title;
    metadata.dc("title", is_blank(title) ? book.name : title, "title");
    metadata.refine("title", "title-type", "main");
    if (is_blank(book.metadata.subtitle)) return;
    metadata.refine("title", "display-seq", "1");
    metadata.dc("title", book.metadata.subtitle, "subtitle");
    metadata.refine("subtitle", "title-type", "subtitle");
    metadata.refine("subtitle", "display-seq", "2");
}

void append_contributors(Metadata& metadata, const Book& book) {
    int creators = 0, others = 0;
    for (const Contributor& one : book.metadata.contributors) {
        if (is_blank(one.name)) continue;
        const bool creator = one.role == "aut";
        const int number = creator ? ++creators : ++others;
        const std::string id = (creator ? "creator-" : "contributor-") + std::to_string(number);
        metadata.dc(creator ? "creator" : "contributor", one.name, id);
        if (is_relator(one.role)) metadata.refine(id, "role", one.role, "marc:relators");
        metadata.refine(id, "display-seq", std::to_string(number));
    }
}

void append_accessibility(Metadata& metadata, const AccessibilityMetadata& accessibility) {
    // A certifier refines the conformity, what is known of the certifier refines that: EPUB Accessibility 1.1, 3.6.
    const auto refined = [&](const AccessibilityClaim& claim, std::string_view id, std::string_view refines) {
        std::string tag = "meta property=\"" + claim.property + "\"";
        if (!refines.empty()) tag.append(" refines=\"#").append(refines).append("\"");
        if (!id.empty()) tag.append(" id=\"").append(id).append("\"");
        append_element(metadata.out, tag, collapsed(claim.value));
        metadata.out += '\n';
    };
    for (const AccessibilityClaim& claim : accessibility.claims) {
        if (!claim.made) continue;
        if (claim.property == "dcterms:conformsTo") {
            refined(claim, "conformity", "");
        } else if (claim.property == "a11y:certifiedBy") {
            refined(claim, "certifier", "conformity");
        } else if (const std::string address = hyperlink(claim.value);
                   claim.property == "a11y:certifierReport" ||
                   (claim.property == "a11y:certifierCredential" && address.starts_with("http"))) {
            metadata.out += "<link";
            append_attribute(metadata.out, "rel", claim.property);
            append_attribute(metadata.out, "refines", "#certifier");
            append_attribute(metadata.out, "href", address);
            metadata.out += "/>\n";
        } else {
            refined(claim, "", claim.property == "a11y:certifierCredential" ? "certifier" : "");
        }
    }
    if (is_blank(accessibility.summary)) return;
    metadata.out += "<meta property=\"schema:accessibilitySummary\"";
    if (const std::string language = language_tag(accessibility.summary_language); !language.empty()) {
        append_attribute(metadata.out, "xml:lang", language);
        append_attribute(metadata.out, "dir", is_right_to_left(language) ? "rtl" : "ltr");
    }
    metadata.out += ">";
    append_text(metadata.out, accessibility.summary);
    metadata.out += "</meta>\n";
}

std::string metadata_of(const EbookPublication& publication, const EpubOptions& options,
                        const AccessibilityMetadata& accessibility) {
    const BookMetadata& book = publication.book.metadata;
    Metadata metadata;
    append_identifiers(metadata, publication.book);
    append_titles(metadata, publication.book);
    const std::string language = language_tag(book.language);
    metadata.dc("language", language.empty() ? "und" : language);
    append_contributors(metadata, publication.book);
    metadata.dc("publisher", book.publisher);
    if (book.date) metadata.dc("date", iso_date(*book.date));
    metadata.dc("description", book.description);
    for (const std::string& keyword : book.keywords) metadata.dc("subject", keyword);
    metadata.dc("rights", book.rights);
    if (options.page_list && !publication.page_marks.empty() && !is_blank(options.page_list->source)) {
        metadata.dc("source", options.page_list->source, "print-edition");
        metadata.property("pageBreakSource", options.page_list->source);
    }
    metadata.property("schema:bookEdition", book.edition);
    metadata.property("schema:version", book.version);
    metadata.property("dcterms:modified", iso_date(options.date) + "T00:00:00Z");
    append_accessibility(metadata, accessibility);
    metadata.named("generator", options.producer);
    const ResourceId cover = publication.book.cover;
    if (cover != no_resource && !publication.pictures[index(cover)].path.empty())
        metadata.named("cover", "picture-" + std::to_string(index(cover) + 1));
    return std::move(metadata.out);
}

void append_item(std::string& out, std::string_view id, std::string_view href, std::string_view media_type,
                 std::string_view properties = "") {
    out += "<item";
    append_attribute(out, "id", id);
    append_attribute(out, "href", href);
    append_attribute(out, "media-type", media_type);
    if (!properties.empty()) append_attribute(out, "properties", properties);
    out += "/>\n";
}

std::string manifest_of(const EbookPublication& publication, const EpubOptions& options) {
    const Book& book = publication.book;
    std::string out;
    append_item(out, "nav", "nav.xhtml", "application/xhtml+xml", "nav");
    append_item(out, "ncx", "toc.ncx", "application/x-dtbncx+xml");
    if (publication.has_stylesheet) append_item(out, "style", "styles/book.css", "text/css");
    for (std::size_t i = 0; i < publication.addresses.documents().size(); ++i)
        append_item(out, "section-" + publication.addresses.documents()[i].name, publication.addresses.path(i),
                    "application/xhtml+xml");
    for (std::size_t i = 0; i < publication.pictures.size(); ++i) {
        const PublishedPicture& picture = publication.pictures[i];
        if (picture.path.empty()) continue;
        append_item(out, "picture-" + std::to_string(i + 1), picture.path, picture.media_type,
                    book.cover != no_resource && index(book.cover) == i ? "cover-image" : "");
    }
    for (std::size_t i = 0; i < options.files.size(); ++i)
        append_item(out, "file-" + std::to_string(i + 1), options.files[i].path, options.files[i].media_type);
    return out;
}

std::string spine_of(const EbookPublication& publication) {
    const Book& book = publication.book;
    std::string out = "<spine toc=\"ncx\"";
    if (!book.nodes.empty() && is_right_to_left(book, NodeId{0})) append_attribute(out, "page-progression-direction", "rtl");
    out += ">\n";
    const auto item = [&](std::string_view id) {
        out += "<itemref";
        append_attribute(out, "idref", id);
        out += "/>\n";
    };
    const std::uint32_t contents = publication.addresses.contents();
    bool nav_stands = contents == no_section;
    for (const Document& document : publication.addresses.documents()) {
        if (!nav_stands && document.section > contents) {
            item("nav");
            nav_stands = true;
        }
        item("section-" + document.name);
    }
    if (!nav_stands || book.sections.empty()) item("nav"); // a spine may not be empty
    return out + "</spine>\n";
}

} // namespace

std::string container_document() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
           "<rootfiles>\n<rootfile full-path=\"OEBPS/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n"
           "</container>\n";
}

std::string unique_identifier(const Book& book) {
    const BookMetadata& metadata = book.metadata;
    if (std::string isbn = isbn_urn(metadata.isbn); !isbn.empty()) return isbn;
    if (!is_blank(metadata.identifier)) return collapsed(metadata.identifier);
    std::string words = metadata.title + "\n" + book.name + "\n" + book.edition_name;
    for (const Node& node : book.nodes) words += node.text;
    return uuid_urn(words);
}

std::string package_document(const EbookPublication& publication, const EpubOptions& options,
                             const AccessibilityMetadata& accessibility) {
    const Book& book = publication.book;
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
        "unique-identifier=\"publication-id\"";
    if (const std::string language = language_tag(book.metadata.language); !language.empty())
        append_attribute(out, "xml:lang", language);
    append_attribute(out, "dir", !book.nodes.empty() && is_right_to_left(book, NodeId{0}) ? "rtl" : "ltr");
    out += ">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n";
    out += metadata_of(publication, options, accessibility);
    out += "</metadata>\n<manifest>\n";
    out += manifest_of(publication, options);
    out += "</manifest>\n";
    out += spine_of(publication);
    return out + "</package>\n";
}

} // namespace bifolio
