// xmp_schemas.h: the properties that XMP predefines, what their values must look like, and the descriptions of a file's own
// schemas. XMP Specification, September 2005, parts 2 and 3 (of which ISO 19005-2, 6.6.2.3 speaks); ISO 19005-2, 6.6.2.3.3.
#pragma once

#include "verify/xmp.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct XmpSchemaFault {
    enum class Kind : std::uint8_t {
        unknown_property,    // neither predefined nor described
        wrong_value,         // not of its type
        malformed_container, // a description of schemas that is not a bag, with foreign or misplaced fields
        missing_field,
        wrong_prefix,   // of pdfaExtension, pdfaSchema, …
        unknown_type,   // a value type that nothing defines
        wrong_category, // neither internal nor external
    };
    Kind kind;
    std::string what;
};

// The schemas that a packet describes itself, by namespace.
struct DescribedSchemas {
    struct Structure {
        std::string space;                         // of its fields
        std::map<std::string, std::string> fields; // → type
    };
    struct Schema {
        std::map<std::string, std::string> properties; // → type; both kinds of types in lower case
        std::map<std::string, Structure> structures;
    };
    std::map<std::string, Schema> schemas;
};
DescribedSchemas described_schemas(const Xmp& xmp);

// Looks at all properties of a packet; `known`: what the document's own metadata describes, for the packets of its parts.
std::vector<XmpSchemaFault> check_xmp_schemas(const Xmp& xmp, const DescribedSchemas& known = {});

} // namespace bifolio
