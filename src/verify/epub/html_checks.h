// html_checks.h: HTML elements one by one: where they stand, what they hold, their attributes. Used for XHTML documents and for
// the HTML inside SVG.
#pragma once

#include "verify/epub/epub_findings.h"

namespace bifolio {

// The place of an XHTML element in its parent: RSC-005.html-element, .html-content; its children's order: .html-order.
void check_html_place(const XmlNode& element, const Reporter& report);
void check_html_order(const XmlNode& element, const Reporter& report);
// Elements that must not stand inside others at any depth: RSC-005.html-nesting. For the root of a tree.
void check_html_nesting(const XmlNode& root, const Reporter& report);
// RSC-005.html-attribute, .html-value, HTM-054, HTM-061.
void check_html_attributes(const XmlNode& element, const Reporter& report);

} // namespace bifolio
