// expected_text.h: what a finished file must say, in reading order: the Book's own text by node, and what is declared to be
// added.
//
// Source     The Book and its styles, never what the layout placed; text-transform is applied as the style asks. Additions (list
//            marks, notes' numbers, ::before, ::after) are what the styles generate, page references what stands on the pages.
// Order      That of the Book's nodes, a note where it is called.
// Left out   What a style hides (display: none, visibility: hidden) is counted as an omission.
#pragma once

#include "impose/impose.h"
#include "layout/page/pages.h"
#include "proof/text_stream.h"
#include "style/styled_book.h"

#include <map>
#include <string>
#include <vector>

namespace bifolio {

struct ExpectedPicture {
    NodeId node = no_node;
    std::string alternative;
};

struct ExpectedText {
    TextStream text;
    std::vector<ExpectedPicture> pictures;
    std::size_t hidden_characters = 0;
    bool turns_text = false; // unicode-bidi turns some of it: glyphs may be drawn from either end
};

// What stands on each page beside the text: running heads, folios, repeated heads, leaders; and how much text there is.
struct ExpectedPage {
    std::vector<std::string> artifacts; // one an item, without white space, sorted
    std::uint64_t sum = 0;              // of the text's characters, whatever their order: sum_of()
};

struct PageFault { // of the layout itself
    std::uint32_t page = 0;
    std::string what; // “is counted as 7 after 5”
};

struct ExpectedPdf {
    ExpectedText text;
    std::vector<PageFault> faults;
    std::vector<ExpectedPage> pages; // of the file: sheets' sides where it is imposed
};

ExpectedPdf expected_pdf(const StyledBook& styled, const Pages& pages, const Sheets* sheets);

std::uint64_t sum_of(char32_t c);                 // a number for a character, to be added up
std::string compared_text(std::string_view text); // what is compared of it, without gaps; sorted where it runs to the left
} // namespace bifolio
