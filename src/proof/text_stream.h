// text_stream.h: the text of a book or of a finished file as one sequence of characters, in the form in which the two are
// compared.
//
// Character  A code point that is seen or spoken, exactly as it is: nothing is composed, folded or mapped. Left out on both sides
//            are: soft hyphens and the hyphens that line ends make, zero width spaces, word joiners, byte order marks, the
//            controls of bidi and of ASCII, U+2028 and U+2029. They carry no text of their own. A joiner (U+200C, U+200D) counts
//            between two letters that could join, where it changes them; elsewhere it is left out. A selector of forms counts
//            behind a character; behind white space it selects nothing.
// Gap        White space is no character: each character knows what stands before it. Runs of ASCII space, tabs and line ends
//            collapse as CSS Text 3 §4.1 collapses them, except where white space is kept: there it is counted.
// Stretch    Characters that have one owner: of the book a node, of a file a place.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// What the book asks for before a character.
enum class Gap : std::uint8_t {
    none,
    optional, // a line end between ideographs, which is no space
    space,    // one or more
    exact,    // so many, kept
    newline,  // a kept line end and so many spaces behind it
    boundary, // the edge of a block: something parts the words
    any
};

// A code point in the lower 21 bits and, above, the gap before it: as the book asks for it or as a file has it.
using TextToken = std::uint32_t;
constexpr char32_t code_point(TextToken token) { return token & 0x1F'FFFF; }
constexpr TextToken expected_token(char32_t c, Gap gap, std::uint32_t count) {
    return c | static_cast<std::uint32_t>(gap) << 21 | (count < 255 ? count : 255U) << 24;
}
constexpr Gap gap_of(TextToken expected) { return static_cast<Gap>(expected >> 21 & 7); }

namespace found_gap { // in a file: bits 21…23 and the number of spaces (behind the last line end) above
inline constexpr TextToken line = 1U << 21, boundary = 1U << 22, space_before_line = 1U << 23;
} // namespace found_gap
constexpr std::uint32_t space_count(TextToken token) { return token >> 24; }

constexpr bool is_plain(char32_t c) { return c > 0x20 && c < 0x7F; } // of ASCII, and compared
std::size_t plain_size(std::string_view text, std::size_t at);       // how many such characters stand there
bool is_compared_beyond_ascii(char32_t c);
// false: left out on both sides, or white space; a joiner is looked at apart
inline bool is_compared(char32_t c) { return c < 0x7F ? c > 0x20 : is_compared_beyond_ascii(c); }
bool is_joiner(char32_t c);
bool is_selector(char32_t c); // of the form of the character before it: compared where selects()
inline bool is_counted(char32_t c) { return is_compared(c) && !is_selector(c); } // in the sum of a page
bool vanishes_at_line_ends(char32_t c);                 // a space that is no white space: U+00A0, U+2003, U+3000
bool fits_gap(TextToken expected, TextToken found);     // the gap is as it is asked for
inline bool fits(TextToken expected, TextToken found) { // and the same character
    constexpr TextToken least_with_gap = 1U << 21;
    if (expected == found && expected < least_with_gap) return true;
    return code_point(expected) == code_point(found) && fits_gap(expected, found);
}
bool is_arabic_separator(char32_t c);     // comma, per cent sign, marks within numbers
bool is_combining(char32_t c);            // a sign on the letter before it, which runs as that runs
bool is_right_to_left_letter(char32_t c); // of a script that is written from right to left
std::string text_of(const TextToken* begin, const TextToken* end, bool is_expected); // UTF-8, one space for a gap

// Whose the text is. `own`: the book's, as people wrote it or assemble() made it.
enum class TextKind : std::uint8_t {
    own,
    list_mark,
    note_number,
    generated, // ::before and ::after: quotation marks, labels, “(page 12)”
    back_link,
    said_again, // of what is divided between documents: heads of tables, terms, “(continued)”
    navigation, // the contents as a navigation document has them, and what leads from page to page
    page_furniture,
    picture // object_replacement, where one stands
};
inline constexpr std::string_view object_replacement = "\uFFFC"; // stands in an e-book's text for a picture
std::string_view name_of(TextKind kind);

struct Stretch {
    std::uint32_t begin = 0; // the first token
    NodeId node = no_node;   // of the book
    TextKind kind = TextKind::own;
    std::uint32_t place = 0; // of a file: the page (from 1) or the document (index)
};

// Of a file: a run that may have been drawn from either end (no letter in it tells), with the spaces at its ends.
struct UndirectedRun {
    std::uint32_t begin = 0, end = 0; // tokens
    std::uint32_t leading = 0, trailing = 0;
};

struct TextStream {
    std::vector<TextToken> tokens;
    std::vector<Stretch> stretches; // by begin
    std::vector<UndirectedRun> undirected;
    std::vector<std::uint32_t> places; // tokens at which something else stands; they move with the text

    const Stretch* stretch_at(std::size_t token) const; // nullptr: none
};

// Writes the stream that the book asks for.
class ExpectedWriter {
public:
    enum class WhiteSpaceMode : std::uint8_t { collapsed, lines_kept, kept };
    explicit ExpectedWriter(TextStream& out) : out_(out) {}
    void begin(NodeId node, TextKind kind);
    void text(std::string_view utf8, WhiteSpaceMode mode);
    void boundary(); // the edge of a block, a forced line end
    void apart();    // what is added next is another addition, though it has the same owner and kind as the last one
    void goes_on();  // behind an edge: what comes next goes on a word all the same
    void any();      // where nothing is asked of the gap

private:
    void white_space(char32_t c, WhiteSpaceMode mode);
    void put(char32_t c);
    TextStream& out_;
    Stretch next_;
    Gap gap_ = Gap::boundary;
    std::uint32_t count_ = 0;
    bool line_end_ = false; // in a collapsed gap
    bool is_apart_ = false;
    char32_t joiner_ = 0; // waits for what follows
};

// Writes the stream that a file has.
class FoundWriter {
public:
    explicit FoundWriter(TextStream& out) : out_(out) {}
    void place(std::uint32_t place);
    void character(char32_t c) {
        if (c > 0x20 && c < 0x7F)
            put(c);
        else
            other(c);
    }
    void text(std::string_view utf8);
    void plain(std::string_view text) { // not empty, is_plain()
        put(static_cast<unsigned char>(text.front()));
        out_.tokens.insert(out_.tokens.end(), text.begin() + 1, text.end());
    }
    void line();
    void boundary();

private:
    void put(char32_t c) {
        if (joiner_ != 0) join(c);
        if (place_ != last_place_ || out_.stretches.empty()) open();
        out_.tokens.push_back(c | gap_ | (count_ < 255 ? count_ : 255U) << 24);
        gap_ = 0;
        count_ = 0;
    }
    void other(char32_t c);
    void join(char32_t c);
    bool is_parted() const { return (gap_ & ~found_gap::line) != 0 || count_ > 0; } // a line may end within a word
    void open();
    char32_t joiner_ = 0; // waits for what follows
    TextStream& out_;
    std::uint32_t place_ = 0, last_place_ = 0, count_ = 0;
    TextToken gap_ = found_gap::boundary;
};

} // namespace bifolio
