// navigation.h: the navigation document (EPUB 3.3, 7) and the NCX (OPF 2.0.1, 2.4.1) for old readers. Internal to this folder.
#pragma once

#include "write/epub/section_document.h"
#include "write/xhtml/nav_points.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// A page of the print edition that begins within the contents begins in the link of an entry.
void mark_pages_in_contents(std::vector<NavPoint>& points, const EbookPublication& publication);

std::string page_address(const EbookPublication& publication, const PageMark& mark); // from OEBPS

std::string navigation_document(const EbookPublication& publication, const std::vector<NavPoint>& points);
std::string ncx_document(const EbookPublication& publication, const std::vector<NavPoint>& points, const std::string& identifier);

} // namespace bifolio
