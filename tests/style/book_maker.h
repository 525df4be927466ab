// book_maker.h: a Book from a few lines of mark-up, and what styles make of it.
#pragma once

#include "style/apply_styles.h"

#include <string>
#include <string_view>

namespace bifolio::test {

// Elements by name, attributes in double quotes; id, class and lang go where a Book has them, href="#x" becomes a target,
// number="3" a note's number. html and body are made. Unknown names are a test's mistake.
std::shared_ptr<const Book> make_book(std::string_view markup, std::string_view language = "en");

struct Styled {
    StyledBook book;
    SourceMap sources;
    Diagnostics diagnostics;

    NodeId find(std::string_view id) const; // of the node with that id
    const ComputedStyle& style(std::string_view id) const { return book.style(find(id)); }
    std::string pseudo_text(std::string_view id, PseudoElement which) const; // its texts; “∅” where there is none
    std::string messages() const;                                            // rendered diagnostics
};

// Styles a book with author rules only; no file of the program.
Styled style_book(std::string_view markup, std::string_view css, Medium medium = Medium::print, std::string_view language = "en",
                  const FontMeasures* fonts = nullptr);

std::shared_ptr<const Stylesheet> read_css(std::string_view css, Medium medium, SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio::test
