// styled_book.h: a Book with the computed style of every node, its generated content and its page styles.
//
// Ownership  The StyledBook shares the Book (which nobody changes) and owns the rest.
// Spec       CSS Cascade 4, Selectors 3/4, Generated Content 3, GCPM 3, Paged Media 3, Lists 3.
#pragma once

#include "assemble/book.h"
#include "style/computed_style.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bifolio {

// A piece of generated content. Counters other than page and pages are already numbers in GeneratedText.
// A ::marker's text has the suffix of its counter style: “1. ”, “• ”.
struct GeneratedText {
    std::string text;
    bool operator==(const GeneratedText&) const = default;
};
struct GeneratedPageNumber {   // counter(page) or counter(pages) where it stands
    bool of_all = false;       // pages
    std::string counter_style; // for format_counter(): “decimal”, “lower-roman”, or the whole text of a book's own style
    bool operator==(const GeneratedPageNumber&) const = default;
};
struct GeneratedTargetPage { // target-counter(…, page)
    NodeId target = no_node;
    std::string counter_style; // empty: as that page's own folio is printed (roman in the front matter)
    bool operator==(const GeneratedTargetPage&) const = default;
};
struct GeneratedTargetPages { // -bifolio-target-pages(): of all links inside the element, in order, each page once: “12–14, 17”
    NodeId links = no_node;
    bool operator==(const GeneratedTargetPages&) const = default;
};
struct GeneratedLeader { // leader(dotted): fills what is left of the line
    std::string pattern;
    bool operator==(const GeneratedLeader&) const = default;
};
enum class StringPosition : std::uint8_t { first, start, last, first_except };
struct GeneratedString { // string(name); in page margin boxes
    std::string name;
    StringPosition position = StringPosition::first;
    bool operator==(const GeneratedString&) const = default;
};
struct GeneratedPicture { // url(…): a resource of the book
    ResourceId resource = no_resource;
    bool operator==(const GeneratedPicture&) const = default;
};
struct GeneratedNoteNumber { // counter(footnote) where @page starts it anew: the note's number on its page
    NodeId note = no_node;
    std::string counter_style;
    bool operator==(const GeneratedNoteNumber&) const = default;
};
using GeneratedItem = std::variant<GeneratedText, GeneratedPageNumber, GeneratedTargetPage, GeneratedTargetPages, GeneratedLeader,
                                   GeneratedString, GeneratedPicture, GeneratedNoteNumber>;
using GeneratedContent = std::vector<GeneratedItem>;

enum class PseudoElement : std::uint8_t { before, after, marker, first_letter, first_line, footnote_call, footnote_marker };

struct PseudoBox {
    PseudoElement pseudo = PseudoElement::before;
    std::uint32_t style = 0;  // index into styles
    GeneratedContent content; // first_letter, first_line: empty
};

struct StringSet { // string-set: name value
    std::string name, value;
};

enum class MarginBox : std::uint8_t {
    top_left_corner,
    top_left,
    top_center,
    top_right,
    top_right_corner,
    left_top,
    left_middle,
    left_bottom,
    right_top,
    right_middle,
    right_bottom,
    bottom_left_corner,
    bottom_left,
    bottom_center,
    bottom_right,
    bottom_right_corner,
};

struct MarginBoxStyle {
    MarginBox box = MarginBox::top_center;
    std::uint32_t style = 0;
    GeneratedContent content; // never empty: a box without content is not made
    bool operator==(const MarginBoxStyle&) const = default;
};

enum class PageDepth : std::uint8_t {
    ragged, // a page is as deep as its lines make it
    facing  // spaces are stretched a little so that the pages of a spread end on the same line
};

struct PageStyle {
    Length width = Length::mm(148), height = Length::mm(210); // the trim size
    Sides<Length> margin{};                                   // left and right as they are on this side
    Sides<Length> padding{};
    Sides<Length> border_width{};
    Sides<BorderStyle> border_style{};
    Sides<Colour> border_colour{};
    Colour background{0, 0, 0, 0};
    Length bleed;
    bool crop_marks = false;
    bool restarts_notes = false; // counter-reset: footnote
    PageDepth depth = PageDepth::ragged;
    std::string page_counter_style = "decimal"; // of counter(page) where a folio names none: from the margin boxes' content
    std::vector<MarginBoxStyle> margin_boxes;
    std::uint32_t footnote_area_style = 0; // @footnote: margins, border-top, padding, max-height
    bool operator==(const PageStyle&) const;
};

enum class PageSide : std::uint8_t { left, right };
struct PageContext {
    std::string name; // of the named page; empty: auto
    PageSide side = PageSide::right;
    bool first = false; // of the book (:first)
    bool blank = false; // a page that only a forced break made
};

// @font-face, with the file's path as the stylesheet names it, relative to the stylesheet's folder resolved against the book's.
struct FontFaceDescriptor {
    std::string family, file;
    // What the rule does not say is left to the file (CSS Fonts 4 §4.4, “auto”).
    std::optional<std::pair<int, int>> weight;
    std::optional<FontStyle> style;
    std::optional<std::pair<double, double>> stretch; // 1 is normal
    std::vector<std::pair<char32_t, char32_t>> unicode_range;
    Span where;
};

struct PageRules; // the @page rules of a stylesheet, cascaded on demand

struct StyledBook {
    std::shared_ptr<const Book> book;
    std::vector<ComputedStyle> styles;   // each distinct one once
    std::vector<std::uint32_t> style_of; // by NodeId; a text node has its parent's
    std::map<NodeId, std::vector<PseudoBox>> pseudo_boxes;
    std::map<NodeId, std::vector<StringSet>> string_sets; // in order of the property
    std::set<NodeId> page_counter_reset;                  // counter-reset: page 1 at this node (only to 1)
    std::map<NodeId, std::int64_t> counter_page_set;      // counter-reset / counter-set of page to a value
    std::vector<FontFaceDescriptor> font_faces;
    std::map<std::string, std::string> hyphenation_exceptions;
    std::shared_ptr<const PageRules> page_rules;

    const ComputedStyle& style(NodeId id) const { return styles[style_of[index(id)]]; }
    const PseudoBox* pseudo(NodeId id, PseudoElement which) const; // nullptr: none
    PageStyle page_style(const PageContext& context) const;        // safe from any thread
};

// “12”, “xii”, “l”: CSS Counter Styles 3 with the predefined styles and the book's @counter-style rules (known by name).
// Unknown names give decimal.
std::string format_counter(std::int64_t value, std::string_view counter_style);

std::string dump(const StyledBook& book);

} // namespace bifolio
