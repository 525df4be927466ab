// rules_a2_metadata.cpp: the metadata. ISO 19005-2, 6.6.
#include "verify/rules_a2.h"
#include "verify/xmp_schemas.h"

#include "base/utf8.h"

#include <algorithm>
#include <set>

namespace bifolio::a2 {

namespace {

namespace ns = xmp_namespace;

std::string_view rule_of(XmpSchemaFault::Kind kind) {
    using Kind = XmpSchemaFault::Kind;
    switch (kind) {
    case Kind::unknown_property: return "A2 6.6.2.3.1-1";
    case Kind::wrong_value: return "A2 6.6.2.3.1-2";
    case Kind::malformed_container: return "A2 6.6.2.3.3-1";
    case Kind::missing_field: return "A2 6.6.2.3.3-2";
    case Kind::wrong_prefix: return "A2 6.6.2.3.3-3";
    case Kind::unknown_type: return "A2 6.6.2.3.3-4";
    case Kind::wrong_category: return "A2 6.6.2.3.3-5";
    }
    return {};
}

void check_packet(const Xmp& xmp, const DescribedSchemas& known, const PdfObject& stream, Findings& findings) {
    // A packet in UTF-16 or UTF-32 may well be valid UTF-8, with zeros between its letters.
    if (first_invalid_utf8(xmp.packet) != std::string::npos || xmp.packet.find('\0') != std::string::npos)
        findings.add("A2 6.6.2.1-5", "the metadata is not UTF-8", stream);
    if (!xmp.problem.empty()) return findings.add("A2 6.6.2.1-4", xmp.problem, stream);
    const std::string_view packet = xmp.packet;
    const std::size_t begin = packet.find("<?xpacket begin");
    if (begin != std::string_view::npos) {
        const std::string_view header = packet.substr(begin, packet.find("?>", begin) - begin);
        if (header.find("bytes=") != std::string_view::npos)
            findings.add("A2 6.6.2.1-2", "the packet's header has the attribute bytes", stream);
        if (header.find("encoding=") != std::string_view::npos)
            findings.add("A2 6.6.2.1-3", "the packet's header has the attribute encoding", stream);
    }
    if (!xmp.misuse.empty()) findings.add("A2 6.6.2.1-4", with_replacements(xmp.misuse), stream);
    for (XmpSchemaFault& fault : check_xmp_schemas(xmp, known)) findings.add(rule_of(fault.kind), std::move(fault.what), stream);
}

void check_identification(const Examined& examined, Findings& findings) {
    const Xmp& xmp = examined.xmp;
    if (!xmp.property(ns::pdfaid, "part") || !xmp.property(ns::pdfaid, "conformance"))
        return findings.add("A2 6.6.4-1", "the metadata does not say of which part and level of PDF/A the file is", xmp.stream);
    const std::string part = xmp.text(ns::pdfaid, "part"), level = xmp.text(ns::pdfaid, "conformance");
    if (part != "2") findings.add("A2 6.6.4-2", "pdfaid:part is ‘" + with_replacements(part) + "’", xmp.stream);
    const bool enough = level == "A" || (level == "U" && !examined.is_held_to(Standard::pdf_a_2a)) ||
                        (level == "B" && examined.is_held_to(Standard::pdf_a_2b));
    if (!enough) findings.add("A2 6.6.4-3", "pdfaid:conformance is ‘" + with_replacements(level) + "’", xmp.stream);
    for (const XmpProperty& property : xmp.properties)
        if (property.space == ns::pdfaid && property.prefix != "pdfaid")
            findings.add("A2 6.6.4-4",
                         "the property " + with_replacements(property.name) + " has the prefix " +
                             with_replacements(property.prefix),
                         xmp.stream);
}

} // namespace

void check_metadata(const Examined& examined, Findings& findings) {
    const Xmp& xmp = examined.xmp;
    if (xmp.stream.is_null()) return findings.add("A2 6.6.2.1-1", "the catalog has no metadata stream", examined.file.catalog());
    check_packet(xmp, {}, xmp.stream, findings);
    if (xmp.problem.empty()) check_identification(examined, findings);
    const DescribedSchemas known = described_schemas(xmp);
    std::set<const PdfValue*> seen{xmp.stream.value()};
    const auto look_at = [&](const PdfObject& stream) { // of a picture, a font, …
        if (stream.is_stream() && seen.insert(stream.value()).second)
            check_packet(read_xmp_packet(examined.file.decoded(stream).bytes), known, stream, findings);
    };
    for (const ObjectId id : examined.file.ids()) {
        const PdfObject object = examined.file.object(id);
        if (object.is_stream() && object["Type"].is_name("Metadata")) look_at(object);
        if (object.is_dictionary()) look_at(object["Metadata"]);
    }
}

} // namespace bifolio::a2
