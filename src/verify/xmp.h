// xmp.h: the metadata packet of a file as a tree of properties. ISO 16684-1 (XMP), 7; ISO 32000-1, 14.3.2.
#pragma once

#include "verify/pdf_file.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

namespace xmp_namespace {
inline constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view xmp = "http://ns.adobe.com/xap/1.0/";
inline constexpr std::string_view xmp_mm = "http://ns.adobe.com/xap/1.0/mm/";
inline constexpr std::string_view pdf = "http://ns.adobe.com/pdf/1.3/";
inline constexpr std::string_view pdfaid = "http://www.aiim.org/pdfa/ns/id/";
inline constexpr std::string_view pdfuaid = "http://www.aiim.org/pdfua/ns/id/";
inline constexpr std::string_view pdfxid = "http://www.npes.org/pdfx/ns/id/";
inline constexpr std::string_view pdfa_extension = "http://www.aiim.org/pdfa/ns/extension/";
inline constexpr std::string_view pdfa_schema = "http://www.aiim.org/pdfa/ns/schema#";
inline constexpr std::string_view pdfa_property = "http://www.aiim.org/pdfa/ns/property#";
inline constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
} // namespace xmp_namespace

struct XmpProperty {
    enum class Kind { simple, structure, bag, seq, alt };
    std::string space, prefix, name; // namespace, the prefix that the packet uses, local name; empty for items of arrays
    Kind kind = Kind::simple;
    std::string text;                                                             // simple
    std::string language;                                                         // xml:lang
    std::vector<XmpProperty> parts;                                               // fields of a structure, items of an array
    const XmpProperty* part(std::string_view space, std::string_view name) const; // nullptr: none
};

struct Xmp {
    PdfObject stream;                    // the catalog's Metadata; null: none
    std::string packet;                  // decoded
    std::string problem;                 // why it cannot be used: no stream, not well-formed, no rdf:RDF; empty: fine
    std::string misuse;                  // of RDF, where XMP allows less than XML; empty: none
    std::vector<XmpProperty> properties; // of all descriptions, in order
    const XmpProperty* property(std::string_view space, std::string_view name) const;
    std::string text(std::string_view space, std::string_view name) const; // a simple property, or the first item of an array
};

Xmp read_xmp(const PdfFile& file);
Xmp read_xmp_packet(std::string packet);

} // namespace bifolio
