// attributes.h: the attributes of a node as XHTML allows them.
#pragma once

#include "assemble/book.h"

#include <string>

namespace bifolio {

// Appends those of NodeInfo::attributes that may stand on the element and have a value that is allowed there: lang, dir, title
// and the element's own. Lengths (width, height) become a style attribute. href, src, alt, class, id and roles are the caller's.
void append_node_attributes(std::string& out, const Node& node);

// lang and xml:lang; nothing for what is no language.
void append_language(std::string& out, std::string_view language);

// What the element cannot do without: a time or data without a value, a bdo without a direction is but a span.
bool has_what_it_needs(const Node& node);

} // namespace bifolio
