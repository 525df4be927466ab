// nav_points.h: the contents of a publication as its navigation shows them.
#pragma once

#include "write/xhtml/section_markup.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// One line of the contents.
struct NavPoint {
    std::string text;         // plain
    std::string markup;       // the same with its phrases, for XHTML
    std::string language;     // where it is not the book's
    std::string href;         // from the publication's root
    std::string_view kind;    // as the contents of the book class it: part, article, section, heading
    std::string page_break{}; // markup: a page of the print edition begins here; empty: none does
    std::vector<NavPoint> points{};
};

// Sections and headings to h3, nested; every section where the book has no contents. Empty for a book without sections.
std::vector<NavPoint> nav_points(const Publication& publication);

// A phrase of a heading as a line of the contents has it: what stands in its start tag; empty: only its words stand there. What is
// kept from listeners in the heading is kept from them here. `ruby`: the innermost one that stands as such.
std::string tag_in_contents(const Book& book, NodeId phrase, NodeId ruby);

// An ordered list of them; lists below `visible_levels` are hidden.
void append_contents_list(std::string& out, const std::vector<NavPoint>& points, int level, int visible_levels);

} // namespace bifolio
