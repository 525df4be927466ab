#include "write/xhtml/table_width.h"

#include "base/utf8.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace bifolio {

namespace {

// In pixels: what epub.css gives to a column at the text's size on a small screen (17/20 of 16) and at three quarters of it, by half
// ems; the room of a telephone of 320 and of one of 360 pixels without margins; and in half ems that of a desk's screen.
constexpr std::size_t least_column = 34, per_half_em = 7, padding = 11, per_half_em_when_small = 6, padding_when_small = 10;
constexpr std::size_t fits = 288, fits_when_small = 322, fits_on_a_desk = 95;

// Hundredths of an em, as broad faces have them (Charis SIL); bold letters are a twelfth broader.
std::size_t letter_width(char32_t c) {
    if (c >= 0x2E80) return 100; // Chinese, Japanese and Korean, and whatever is as broad
    if (c == 0x00A0 || c == 0x202F) return 28;
    if (c >= 0x80) return 56;
    const auto is_one_of = [c](std::string_view letters) { return letters.find(static_cast<char>(c)) != std::string_view::npos; };
    if (is_one_of("fijlrtI'.,:;!|()[]-/\\")) return 35;
    if (is_one_of("mwMW%@")) return 90;
    if (is_one_of("cesxyzaJ")) return 51;
    return c >= U'A' && c <= U'Z' ? 69 : 57;
}

// Hundredths of an em of the widest stretch that no line may end in.
std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0, length = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        at += one.size;
        const char32_t c = one.code_point;
        const bool space = c == U' ' || c == U'\n' || c == U'\t' || c == 0x00AD || c == 0x200B;
        const bool alone = c >= 0x2E80 && c < 0xD7B0; // a line may end on either side of it
        if (alone) length = 0;
        length += space ? 0 : letter_width(c);
        longest = std::max(longest, length);
        if (space || alone || c == U'-' || c == 0x2010) length = 0;
    }
    return longest;
}

// In half ems.
std::size_t longest_word(const Book& book, NodeId cell) {
    bool bold = book.node(cell).element == Element::th;
    for (std::uint32_t at = index(cell) + 1; at < index(book.node(cell).end); ++at)
        bold = bold || book.nodes[at].element == Element::strong || book.nodes[at].element == Element::b;
    const std::size_t width = longest_word(text_content(book, cell));
    return ((bold ? width * 13 / 12 : width) + 49) / 50;
}

std::size_t columns_of(const Node& cell) {
    std::size_t columns = 1;
    if (const std::string* spanned = attribute(cell, "colspan"))
        std::from_chars(spanned->data(), spanned->data() + spanned->size(), columns);
    return std::max<std::size_t>(columns, 1);
}

// The style sheet knows words of 5 to 20 half ems.
std::string word_class(std::size_t half_ems) {
    if (half_ems < 4) return {};
    return "word-" + std::to_string(std::clamp<std::size_t>(half_ems, 5, 20));
}

struct Column {
    std::size_t longest_word = 0; // in half ems
    NodeId cell = no_node;        // the first that is of this column alone
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
            here.longest_word = std::max(here.longest_word, longest_word(book, NodeId{at}));
            if (here.cell == no_node) here.cell = NodeId{at};
        }
        column = std::min<std::size_t>(column + spanned, 1000);
        at = index(node.end) - 1; // a table within a cell speaks for itself
    }
    std::size_t half_ems = columns.size(), pixels = 0, pixels_when_small = 0;
    for (const Column& one : columns) {
        half_ems += one.longest_word;
        pixels += std::max(least_column, one.longest_word * per_half_em + padding);
        pixels_when_small += std::max(least_column, one.longest_word * per_half_em_when_small + padding_when_small);
    }
    if (half_ems > fits_on_a_desk) return {"very-wide widest", {}};
    if (pixels_when_small > fits_when_small + padding_when_small) return {"very-wide", {}}; // none at the table's own edges
    TableWidth width{pixels > fits + padding ? "wide" : "", {}};
    for (const Column& one : columns)
        if (std::string name = word_class(one.longest_word); !name.empty())
            width.of_cells.emplace_back(one.cell, std::move(name));
    std::ranges::sort(width.of_cells);
    return width;
}

TableWidthsByNode widths_of_divided_tables(const Book& book, const std::vector<Document>& documents) {
    TableWidthsByNode out;
    for (const Document& document : documents)
        for (NodeId at = document.from.node; at != no_node; at = book.node(at).parent)
            if (book.node(at).element == Element::table && document.is_continued(at) && !out.contains(at))
                out.emplace(at, width_classes(book, at));
    return out;
}

std::string_view TableWidths::of(const Book& book, NodeId id) {
    const Element element = book.node(id).element;
    if (element == Element::table) {
        const auto known = known_.find(id);
        const TableWidth width = known == known_.end() ? width_classes(book, id) : known->second;
        cells_.insert(width.of_cells.begin(), width.of_cells.end());
        return width.of_table;
    }
    if (element != Element::td && element != Element::th) return {};
    const auto found = cells_.find(id);
    return found == cells_.end() ? std::string_view() : found->second;
}

} // namespace bifolio
