// paginate_support.h: markup and CSS → Pages, for tests.
#pragma once

#include "layout/page/book_builder.h"
#include "layout/page/paginate.h"

#include <string>
#include <vector>

namespace bifolio::test {

struct Layout {
    std::shared_ptr<Book> book;
    std::shared_ptr<StyledBook> styled;
    Pages pages;
    Diagnostics diagnostics;
    const FontLibrary* fonts = nullptr;
};

struct LayoutInput {
    std::string markup, css;
    std::vector<Resource> resources{};
    std::string direction{};
    unsigned threads = 1;
    LayoutOptions options{};
};

// With a small sheet of the elements' usual displays before the CSS. The font is Noto Serif, 10 pt on 12 pt.
Layout lay_out(const LayoutInput& input);

// The text of a page's content in the order of its items; lines (baselines) are parted by “|”.
std::string page_text(const Pages& pages, std::size_t page);
std::string notes_text(const Pages& pages, std::size_t page); // only that of notes

// Where the first run with just this text stands, in millimetres; page 99: nowhere.
struct TextPlace {
    std::size_t page = 99;
    double x = 0, y = 0;
};
TextPlace place_of(const Layout& layout, const std::string& text);

// “<p>line1.</p><p>line2.</p>…”
std::string short_lines(int count, const std::string& word = "line");

// Everything that must hold of any pages: within the page, nothing lost, nothing twice, no overlapping lines.
std::vector<std::string> broken_promises(const Layout& layout);

} // namespace bifolio::test
