// navigation.h: the navigation document (EPUB 3.3, 7) and the NCX (OPF 2.0.1, 2.4.1) for old readers. Internal to this folder.
#pragma once

#include "write/epub/section_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// One line of the contents.
struct NavPoint {
    std::string text;      // plain
    std::string markup;    // the same with its phrases, for XHTML
    std::string language;  // where it is not the book's
    std::string href;      // from OEBPS
    std::string_view kind; // as the contents of the book class it: part, article, section, heading
    std::vector<NavPoint> points;
};

std::string page_address(const Publication& publication, const PageMark& mark); // from OEBPS

// Sections and headings to h3, nested; every section where the book has no contents. Empty for a book without sections.
std::vector<NavPoint> nav_points(const Publication& publication);

std::string navigation_document(const Publication& publication, const std::vector<NavPoint>& points);
std::string ncx_document(const Publication& publication, const std::vector<NavPoint>& points, const std::string& identifier);

} // namespace bifolio
