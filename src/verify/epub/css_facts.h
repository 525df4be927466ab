// css_facts.h: what a style sheet names and declares, as far as EPUB has rules for it.
//
// Spec       EPUB 3.3 §6.3; CSS Syntax 3 through style/css_parser.
#pragma once

#include "verify/epub/xml_document.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct CssAddress {
    enum class Kind { import, font, other } kind = Kind::other;
    std::string written;
    XmlPlace place; // in the style sheet, from its own first line
};
struct CssProblem {
    std::string what;
    XmlPlace place;
};

struct CssFacts {
    std::vector<CssAddress> addresses;
    std::vector<CssProblem> syntax_errors, forbidden_properties, fixed_positions, empty_font_faces, empty_addresses;
    std::set<std::string> classes; // of selectors
};

enum class CssText { stylesheet, declarations }; // declarations: of a style attribute
CssFacts read_css(std::string_view text, CssText kind);

// The encoding by BOM and @charset as EPUB judges it: lower case; “utf-8” where nothing else is said.
std::string css_encoding_of(std::string_view bytes);

} // namespace bifolio
