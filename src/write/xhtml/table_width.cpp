#include "write/xhtml/table_width.h"

#include "base/utf8.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace bifolio {

namespace {

// What stands beside each other in 360 pixels, in characters, the room between two columns being one: at the text's size and at
// three quarters of it; and in 1000 pixels.
constexpr std::size_t fits = 30, fits_when_small = 46, fits_on_a_desk = 95;

std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0, length = 0;
    for (const char c : text) {
        const bool ends = c == ' ' || c == '\n' || c == '\t' || c == '-';
        if (!is_continuation_byte(c)) ++length;
        longest = std::max(longest, c == '-' ? length : length - (ends ? 1 : 0));
        if (ends) length = 0;
    }
    return longest;
}

std::size_t columns_of(const Node& cell) {
    std::size_t columns = 1;
    if (const std::string* spanned = attribute(cell, "colspan"))
        std::from_chars(spanned->data(), spanned->data() + spanned->size(), columns);
    return std::max<std::size_t>(columns, 1);
}

} // namespace

std::string_view width_class(const Book& book, NodeId table) {
    std::vector<std::size_t> columns; // the longest word of each; a cell over several says nothing of any one of them
    std::size_t column = 0;
    for (std::uint32_t at = index(table) + 1; at < index(book.node(table).end); ++at) {
        const Node& node = book.nodes[at];
        if (node.element == Element::tr) column = 0;
        if (node.element != Element::td && node.element != Element::th) continue;
        const std::size_t spanned = columns_of(node);
        if (spanned == 1) {
            if (columns.size() <= column) columns.resize(column + 1);
            columns[column] = std::max(columns[column], longest_word(text_content(book, NodeId{at})));
        }
        column = std::min<std::size_t>(column + spanned, 1000);
        at = index(node.end) - 1; // a table within a cell speaks for itself
    }
    std::size_t characters = columns.size();
    for (const std::size_t word : columns) characters += word;
    return characters <= fits              ? ""
           : characters <= fits_when_small ? "wide"
           : characters <= fits_on_a_desk  ? "very-wide"
                                           : "very-wide widest";
}

} // namespace bifolio
