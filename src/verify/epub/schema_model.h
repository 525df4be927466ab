// schema_model.h: small closed vocabularies (container.xml, package document, NCX, media overlays) as tables: which elements hold
// which, in which order, with which attributes.
//
// Reports    EPUB RSC-005.element, .order, .missing-element, .attribute, .missing-attribute, .text
#pragma once

#include "verify/epub/epub_findings.h"

#include <span>
#include <string_view>

namespace bifolio {

struct ElementModel {
    std::string_view name;
    std::string_view attributes; // names parted by spaces, “!” behind those that must be there; “*”: any
    // Names with ?, *, + or nothing (once) behind; “dc:” names Dublin Core. In this order, or after “&” in any. “…”: anything.
    std::string_view children;
    enum class Text { none, needed, any } text = Text::none;
    std::string_view parent = {}; // where the same name means other things under another parent
};

// Holds `root` and all below it against the table; `space` is the vocabulary's namespace. Attributes of foreign namespaces pass.
void check_model(const XmlNode& root, std::string_view space, std::span<const ElementModel> table, const Reporter& report);

} // namespace bifolio
