// rules_xml.cpp: EPUB 3.3 §3.9, XML conformance.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"

#include <array>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-016", error, "an XML document is not well-formed",
             "Mend it at the place named; a reading system shows nothing from there on."},
    EpubRule{"EPUB RSC-027", warning, "an XML document is UTF-16", "Write it in UTF-8."},
    EpubRule{"EPUB RSC-028", error, "an XML document is neither UTF-8 nor UTF-16", "Write it in UTF-8."},
    EpubRule{"EPUB HTM-058", error, "an XHTML document is not UTF-8", "Write it in UTF-8."},
    EpubRule{"EPUB HTM-001", error, "an XML document is not XML 1.0", "Say version=\"1.0\"."},
    EpubRule{"EPUB HTM-003", error, "a document declares an external entity", "Put the text in its place."},
    EpubRule{"EPUB HTM-004", error, "the doctype of an XHTML document is that of an older HTML",
             "Write <!DOCTYPE html>, or none."},
    EpubRule{"EPUB OPF-073", error, "a document type declaration names something outside", "Leave the external identifier out."},
};

// EPUB 3.3, appendix B.
bool is_allowed(const XmlDoctype& doctype, std::string_view media_type) {
    const std::string_view id = doctype.public_id;
    if (media_type == media_type::svg) return id == "-//W3C//DTD SVG 1.1//EN" || id == "-//W3C//DTD SVG 1.0//EN";
    if (media_type == "application/mathml+xml" || media_type == "application/mathml-presentation+xml" ||
        media_type == "application/mathml-content+xml")
        return id == "-//W3C//DTD MathML 3.0//EN";
    if (media_type == media_type::ncx) return id == "-//NISO//DTD ncx 2005-1//EN";
    return false;
}

void check_encoding(const XmlDocument& xml, std::string_view media_type, const Reporter& report) {
    const std::string declared = to_ascii_lower(xml.encoding);
    if (xml.is_utf16 || declared.starts_with("utf-16") || declared == "utf16")
        report(media_type == media_type::xhtml ? "EPUB HTM-058" : "EPUB RSC-027", "it is encoded in UTF-16");
    else if (!declared.empty() && declared != "utf-8" && declared != "utf8")
        report(media_type == media_type::xhtml ? "EPUB HTM-058" : "EPUB RSC-028", "it is encoded in ‘" + declared + "’");
}

void check_document(const XmlDocument& xml, std::string_view media_type, const Reporter& report) {
    check_encoding(xml, media_type, report);
    if (!xml.version.empty() && xml.version != "1.0") report("EPUB HTM-001", "it says that it is XML " + xml.version);
    for (const XmlPlace& place : xml.doctype.external_entities) report("EPUB HTM-003", "an external entity is declared", place);
    if (xml.has_doctype && media_type == media_type::xhtml) {
        const bool legacy = xml.doctype.public_id.empty() && xml.doctype.system_id == "about:legacy-compat";
        if ((!xml.doctype.public_id.empty() || !xml.doctype.system_id.empty()) && !legacy)
            report("EPUB HTM-004",
                   "the doctype names ‘" + (xml.doctype.public_id.empty() ? xml.doctype.system_id : xml.doctype.public_id) + "’",
                   xml.doctype.place);
    } else if (xml.has_doctype && !(xml.doctype.public_id.empty() && xml.doctype.system_id.empty()) &&
               !is_allowed(xml.doctype, media_type))
        report("EPUB OPF-073",
               "the doctype names ‘" + (xml.doctype.public_id.empty() ? xml.doctype.system_id : xml.doctype.public_id) + "’",
               xml.doctype.place);
    if (!xml.error.empty()) report("EPUB RSC-016", xml.error, xml.error_place);
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    // Of META-INF the files that EPUB gives a form; others may be there.
    std::vector<std::string> paths{"META-INF/container.xml", "META-INF/encryption.xml", "META-INF/signatures.xml"};
    if (!epub.file.rootfiles().empty()) paths.push_back(epub.file.rootfiles().front());
    for (const std::string& path : paths)
        if (const EpubDocument* document = epub.file.document(path)) check_document(document->xml, {}, {findings, path});
}

void check_item(const ExaminedEpub&, const EpubDocument& document, const ManifestItem& item, EpubFindings& findings) {
    check_document(document.xml, item.media_type, {findings, document.path});
}

} // namespace

EpubChapter chapter_of_xml() { return {"EPUB 3.3 §3.9, XML", EpubStandard::epub_3_3, rules, check, check_item}; }

} // namespace bifolio
