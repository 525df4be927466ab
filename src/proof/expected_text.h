// expected_text.h: what a finished file must say, in reading order: the Book's own text by node, and what is declared to be
// added.
//
// Source     The Book and its styles, never what the layout placed; text-transform is applied as the style asks. Additions (list
//            marks, notes' numbers, ::before, ::after) are what the styles generate, page references what stands on the pages.
// Order      That of the Book's nodes, a note where it is called.
// Left out   What a style hides (display: none, visibility: hidden) is listed as an omission.
#pragma once

#include "impose/impose.h"
#include "layout/page/pages.h"
#include "proof/text_stream.h"
#include "style/styled_book.h"

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

struct ExpectedPicture {
    NodeId node = no_node;
    std::string alternative;
};

// What is said of the text from a token on: “H2”, a heading; or what an abbreviation stands for.
struct TextLabel {
    std::uint32_t begin = 0;
    std::string name;
    NodeId node = no_node; // of the book
};

// Why text of the book is in no file of this kind.
enum class Omission : std::uint8_t {
    hidden,          // by a style
    for_paper,       // is_for_paper()
    in_contents_only // the navigation document says it, or the contents of the index page
};
std::string_view name_of(Omission why);

struct OmittedText {
    std::size_t characters = 0;
    std::vector<NodeId> nodes; // that have it; at most `most_omitted_nodes`
};
inline constexpr std::size_t most_omitted_nodes = 100;

struct ExpectedText {
    TextStream text;
    std::vector<TextLabel> labels; // on paper
    std::vector<ExpectedPicture> pictures;
    std::map<Omission, OmittedText> omitted;
    bool turns_text = false; // unicode-bidi turns some of it: glyphs may be drawn from either end

    void omit(Omission why, NodeId id, std::string_view words);
};

struct ExpectedArrival {
    std::size_t page = 0;  // from 1
    double x = 0, y = 0;   // points from the trim box's top left corner
    bool is_exact = false; // false: only the page is known, as on folded sheets
};

struct ExpectedLink {
    NodeId node = no_node;
    std::string address; // outside
    ExpectedArrival arrival;
    std::array<double, 4> rectangle{}; // left, top, right, bottom
};

struct ExpectedOutlineItem {
    NodeId node = no_node;
    int depth = 1;
    std::string title;
    ExpectedArrival arrival;
};

// How text looks, as far as that can hide it: its colour, its opacity, whether it is too small to be seen.
struct TextLook {
    std::uint32_t colour = 0;    // 0xRRGGBB
    std::uint32_t opacity = 100; // per cent; 0 where nothing is painted at all
    bool is_tiny = false;
};
std::uint64_t number_of(const TextLook& look); // differs where looks do
bool is_tiny(double points);
std::uint32_t percent(double opacity);

struct TextLooks { // of the text on a page
    std::set<std::uint64_t> all;
    std::uint64_t sum = 0;  // of sum_of() each character times its look's number
    std::size_t glyphs = 0; // how many are drawn
    bool is_mixed = false;  // a word that is said as one looks otherwise in its parts: the sum tells nothing
};

// What stands on each page beside the text: running heads, folios, repeated heads, leaders; and how much text there is.
struct ExpectedPage {
    std::vector<std::string> artifacts; // one an item, without white space, sorted
    std::uint64_t sum = 0;              // of the text's characters, whatever their order: sum_of()
    TextLooks looks;                    // of the text
    std::uint64_t drawn_words = 0;      // sum_of() the words in drawings, each drawing once
    bool has_outside = false;           // the layout set text beyond the page's edge
    std::vector<ExpectedLink> links;
    std::vector<ResourceId> pictures; // that are drawn on it
};

struct PageFault { // of the layout itself
    std::uint32_t page = 0;
    std::string what; // “is counted as 7 after 5”
};

struct ExpectedPdf {
    ExpectedText text;
    std::vector<PageFault> faults;
    std::vector<ExpectedOutlineItem> outline;
    std::vector<std::string> labels;
    bool is_for_press = false;       // colours are inks, and there are no links
    std::vector<ExpectedPage> pages; // of the file: sheets' sides where it is imposed
};

enum class PdfPurpose : std::uint8_t { screen, press };
ExpectedPdf expected_pdf(const StyledBook& styled, const Pages& pages, const Sheets* sheets,
                         PdfPurpose purpose = PdfPurpose::screen);

std::uint64_t sum_of(char32_t c);                 // a number for a character, to be added up
std::string compared_text(std::string_view text); // what is compared of it, without gaps; sorted where it may run to the left
} // namespace bifolio
