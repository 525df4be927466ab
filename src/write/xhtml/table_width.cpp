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

// The style sheet knows even numbers of characters from 6 to 20.
std::string word_class(std::size_t characters) {
    if (characters < 5) return {};
    return "word-" + std::to_string(std::clamp<std::size_t>((characters + 1) / 2 * 2, 6, 20));
}

struct Column {
    std::size_t longest_word = 0;
    NodeId cell = no_node; // the first that is of this column alone
};

} // namespace

TableWidth width_classes(const Book& book, NodeId table) {
    std::vector<Column> columns; // a cell over several says nothing of any one of them
    std::size_t column = 0;
    for (std::uint32_t at = index(table) + 1; at < index(book.node(table).end); ++at) {
        const Node& node = book.nodes[at];
        if (node.element == Element::tr) column = 0;
        if (node.element != Element::td && node.element != Element::th) continue;
        const std::size_t spanned = columns_of(node);
        if (spanned == 1) {
            if (columns.size() <= column) columns.resize(column + 1);
            Column& here = columns[column];
            here.longest_word = std::max(here.longest_word, longest_word(text_content(book, NodeId{at})));
            if (here.cell == no_node) here.cell = NodeId{at};
        }
        column = std::min<std::size_t>(column + spanned, 1000);
        at = index(node.end) - 1; // a table within a cell speaks for itself
    }
    std::size_t characters = columns.size();
    for (const Column& one : columns) characters += one.longest_word;
    if (characters > fits_on_a_desk) return {"very-wide widest", {}};
    if (characters > fits_when_small) return {"very-wide", {}};
    TableWidth width{characters > fits ? "wide" : "", {}};
    for (const Column& one : columns)
        if (std::string name = word_class(one.longest_word); !name.empty())
            width.of_cells.emplace_back(one.cell, std::move(name));
    std::ranges::sort(width.of_cells);
    return width;
}

std::string_view TableWidths::of(const Book& book, NodeId id) {
    const Element element = book.node(id).element;
    if (element == Element::table) {
        TableWidth width = width_classes(book, id);
        cells_.insert(width.of_cells.begin(), width.of_cells.end());
        return width.of_table;
    }
    if (element != Element::td && element != Element::th) return {};
    const auto found = cells_.find(id);
    return found == cells_.end() ? std::string_view() : found->second;
}

} // namespace bifolio
