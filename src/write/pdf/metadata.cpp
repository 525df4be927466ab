#include "write/pdf/metadata.h"

#include "base/utf8.h"
#include "write/pdf/pdf_syntax.h"

namespace bifolio {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
            out += c; // XML 1.0 has no other controls
    }
    return out;
}

std::string authors(const BookMetadata& book) {
    std::string out;
    for (const Contributor& contributor : book.contributors)
        if (contributor.role == "aut") out += (out.empty() ? "" : ", ") + contributor.name;
    return out;
}

std::string keywords(const BookMetadata& book) {
    std::string out;
    for (const std::string& keyword : book.keywords) out += (out.empty() ? "" : ", ") + keyword;
    return out;
}

std::string list(std::string_view property, std::string_view kind, const std::vector<std::string>& items) {
    if (items.empty()) return "";
    std::string out = "<" + std::string(property) + "><rdf:" + std::string(kind) + ">";
    for (const std::string& item : items) out += "<rdf:li>" + escaped(item) + "</rdf:li>";
    return out + "</rdf:" + std::string(kind) + "></" + std::string(property) + ">\n";
}

std::string alternative(std::string_view property, std::string_view text) {
    if (text.empty()) return "";
    const std::string name(property);
    return "<" + name + "><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped(text) + "</rdf:li></rdf:Alt></" + name + ">\n";
}

// PDF/A asks for a description of every property that is not among its own. ISO 19005-2, 6.6.2.3.
std::string schema(std::string_view title, std::string_view address, std::string_view prefix, std::string_view property,
                   std::string_view type, std::string_view says) {
    std::string out = "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>";
    out.append(title).append("</pdfaSchema:schema>\n<pdfaSchema:namespaceURI>").append(address);
    out.append("</pdfaSchema:namespaceURI>\n<pdfaSchema:prefix>").append(prefix).append("</pdfaSchema:prefix>\n");
    out.append("<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n<pdfaProperty:name>").append(property);
    out.append("</pdfaProperty:name><pdfaProperty:valueType>").append(type).append("</pdfaProperty:valueType>\n");
    out.append("<pdfaProperty:category>internal</pdfaProperty:category>\n<pdfaProperty:description>").append(says);
    return out + "</pdfaProperty:description>\n</rdf:li></rdf:Seq></pdfaSchema:property>\n</rdf:li>\n";
}

std::string uuid(std::string_view hexadecimal) {
    std::string out(hexadecimal);
    for (const std::size_t at : {20u, 16u, 12u, 8u}) out.insert(at, "-");
    return out;
}

std::string extension_schemas(const Claims& claims) {
    std::string out;
    if (claims.pdf_ua_1)
        out += schema("PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer",
                      "Indicates which part of ISO 14289 the file claims to follow");
    if (claims.pdf_x_4)
        out += schema("PDF/X identification schema", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "Text",
                      "Indicates which part and version of ISO 15930 the file claims to follow");
    return out.empty() ? "" : "<pdfaExtension:schemas><rdf:Bag>" + out + "</rdf:Bag></pdfaExtension:schemas>\n";
}

} // namespace

std::string information_entries(const BookMetadata& book, const PdfOptions& options, const Claims& claims) {
    std::string out = "/Title" + pdf_text_string(book.title) + "/Producer" + pdf_text_string(options.producer) + "/Creator" +
                      pdf_text_string(options.producer) + "/CreationDate" + pdf_date(options.date) + "/ModDate" +
                      pdf_date(options.date);
    if (const std::string by = authors(book); !by.empty()) out += "/Author" + pdf_text_string(by);
    if (!book.description.empty()) out += "/Subject" + pdf_text_string(book.description);
    if (const std::string words = keywords(book); !words.empty()) out += "/Keywords" + pdf_text_string(words);
    if (claims.pdf_x_4) out += "/Trapped/False"; // here only: XMP's pdf:Trapped is none of PDF/A's properties
    return out;
}

std::string xmp_packet(const BookMetadata& book, const PdfOptions& options, const Claims& claims, std::string_view identifier) {
    const std::string date = iso_date(options.date) + "T00:00:00Z";
    std::string out =
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
        "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n"
        " xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
        " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
        "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n";
    out += "<dc:format>application/pdf</dc:format>\n" + alternative("dc:title", book.title);
    // The information dictionary has one string for all authors; XMP must say the same.
    if (const std::string by = authors(book); !by.empty()) out += list("dc:creator", "Seq", {by});
    out += alternative("dc:description", book.description) + alternative("dc:rights", book.rights);
    if (!book.publisher.empty()) out += list("dc:publisher", "Bag", {book.publisher});
    out += list("dc:language", "Bag", {book.language}) + list("dc:subject", "Bag", book.keywords);
    if (!book.identifier.empty()) out += "<dc:identifier>" + escaped(book.identifier) + "</dc:identifier>\n";
    out += "<xmp:CreateDate>" + date + "</xmp:CreateDate>\n<xmp:ModifyDate>" + date + "</xmp:ModifyDate>\n<xmp:MetadataDate>" +
           date + "</xmp:MetadataDate>\n<xmp:CreatorTool>" + escaped(options.producer) + "</xmp:CreatorTool>\n<pdf:Producer>" +
           escaped(options.producer) + "</pdf:Producer>\n";
    if (const std::string words = keywords(book); !words.empty()) out += "<pdf:Keywords>" + escaped(words) + "</pdf:Keywords>\n";
    if (claims.pdf_a_2a) out += "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n";
    if (claims.pdf_ua_1) out += "<pdfuaid:part>1</pdfuaid:part>\n";
    if (claims.pdf_x_4)
        out += "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n<xmpMM:DocumentID>uuid:" + uuid(identifier) +
               "</xmpMM:DocumentID>\n<xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default"
               "</xmpMM:RenditionClass>\n";
    if (claims.pdf_a_2a) out += extension_schemas(claims);
    return out + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

} // namespace bifolio
