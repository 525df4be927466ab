#include "write/xhtml/continuation.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/markup_size.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace bifolio {

namespace {

constexpr std::size_t most_said_again = 30'000; // bytes, so that the rest of the document is there for what is new

std::int64_t whole_number(const std::string* value, std::int64_t otherwise) {
    std::int64_t number = otherwise;
    if (value) std::from_chars(value->data(), value->data() + value->size(), number);
    return number;
}

bool is_small(const Book& book, const std::vector<NodeId>& nodes) {
    std::size_t bytes = 0;
    for (const NodeId node : nodes) bytes += markup_bytes(book, node);
    return bytes <= most_said_again;
}

bool is_behind(const Book& book, NodeId node, BookPlace place) { return place < BookPlace{book.node(node).end}; }

std::vector<NodeId> head_of(const Book& book, NodeId table, BookPlace from) {
    std::vector<NodeId> out;
    for (const NodeId child : children(book, table)) {
        if (is_behind(book, child, from)) break;
        const Element element = book.node(child).element;
        if (element != Element::caption && element != Element::colgroup && element != Element::thead) continue;
        if (is_small(book, {child})) out.push_back(child);
    }
    return out;
}

// The nearest rows of headers before the row at `from`, which is none.
std::vector<NodeId> headers_above(const Book& book, NodeId group, BookPlace from) {
    constexpr int farthest = 20'000; // rows
    std::vector<NodeId> out;
    NodeId row = child_around(book, group, from.node);
    if (is_row_of_headers(book, row)) return out;
    for (int i = 0; i < farthest && index(row) > index(group) + 1; ++i) {
        row = child_around(book, group, NodeId{index(row) - 1});
        const bool heads = is_row_of_headers(book, row);
        if (!heads && !out.empty()) break;
        if (heads) out.insert(out.begin(), row);
    }
    return is_small(book, out) ? out : std::vector<NodeId>();
}

std::vector<NodeId> terms_above(const Book& book, NodeId list, BookPlace from) {
    std::vector<NodeId> out;
    bool is_defined = false;
    for (const NodeId child : children(book, list)) {
        const Element element = book.node(child).element;
        if (is_behind(book, child, from)) return element == Element::dd && is_small(book, out) ? out : std::vector<NodeId>();
        if (element == Element::dt && is_defined) out.clear();
        if (element == Element::dt) out.push_back(child);
        is_defined = element != Element::dt;
    }
    return {};
}

// HTML, 3.2.6.4: of an element with dir="auto", by the first letter that has one.
std::string_view direction_of_words(std::string_view words) {
    for (std::size_t at = 0; at < words.size();) {
        const Decoded one = decode_utf8(words, at);
        at += one.size;
        const UCharDirection direction = u_charDirection(static_cast<UChar32>(one.code_point));
        if (direction == U_LEFT_TO_RIGHT) return "ltr";
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return "rtl";
    }
    return "ltr";
}

void set(Node& node, std::string_view name, std::string value) {
    auto& all = node.info.attributes;
    const auto known = std::ranges::find(all, name, &Attribute::name);
    if (known == all.end())
        all.push_back({std::string(name), std::move(value)});
    else
        known->value = std::move(value);
}

} // namespace

std::optional<Node> part_of(const Book& book, NodeId id, const Document& document) {
    const bool is_continued = document.is_continued(id);
    if (!is_continued && !document.goes_on(book, id)) return std::nullopt;
    const Node& whole = book.node(id);
    Node part = whole;
    const ElementKind kind = info(whole.element).kind;
    if (is_continued && (kind == ElementKind::block || kind == ElementKind::frame)) part.info.classes.emplace_back("continued");
    // A list that counts down would count the items of its own document only.
    if (whole.element == Element::ol && (is_continued || attribute(whole, "reversed"))) {
        std::erase_if(part.info.attributes, [](const Attribute& one) { return one.name == "start"; });
        set(part, "start", std::to_string(number_of_item(book, id, document.from)));
    }
    if (const std::string* label = attribute(whole, "aria-label"); label && is_continued && whole.element == Element::table)
        set(part, "aria-label", *label + std::string(word_of_continued(book, id)));
    if (const std::string* direction = attribute(whole, "dir"); direction && *direction == "auto")
        set(part, "dir", std::string(direction_of_words(text_content(book, id))));
    return part;
}

std::vector<NodeId> said_again(const Book& book, NodeId parent, BookPlace from) {
    const NodeId first{index(parent) + 1};
    switch (book.node(parent).element) {
    case Element::table: return head_of(book, parent, from);
    case Element::tbody:
    case Element::tfoot: return headers_above(book, parent, from);
    case Element::dl: return terms_above(book, parent, from);
    case Element::div:
        if (first < book.node(parent).end && book.node(first).element == Element::dt) return terms_above(book, parent, from);
        return {};
    default: return {};
    }
}

bool is_said_again_in_row(const Book& book, NodeId cell, BookPlace from) {
    return book.node(cell).element == Element::th && BookPlace{cell} < from && is_small(book, {cell});
}

std::string_view word_of_continued(const Book& book, NodeId table) { return words_for(language_of(book, table)).continued; }

bool has_caption(const Book& book, NodeId table) {
    for (const NodeId child : children(book, table))
        if (book.node(child).element == Element::caption) return true;
    return false;
}

std::int64_t number_of_item(const Book& book, NodeId list, BookPlace from) {
    const bool is_reversed = attribute(book.node(list), "reversed") != nullptr;
    std::int64_t items = 0;
    if (is_reversed)
        for (const NodeId item : children(book, list)) items += book.node(item).element == Element::li ? 1 : 0;
    std::int64_t number = whole_number(attribute(book.node(list), "start"), is_reversed ? items : 1);
    for (const NodeId item : children(book, list)) {
        if (book.node(item).element != Element::li) continue;
        number = whole_number(attribute(book.node(item), "value"), number);
        // An item that goes on there keeps its number, and counts again.
        if (is_behind(book, item, from)) return number;
        number += is_reversed ? -1 : 1;
    }
    return number;
}

bool is_row_of_headers(const Book& book, NodeId row) {
    if (book.node(row).element != Element::tr || children(book, row).empty()) return false;
    bool has_words = false;
    for (const NodeId cell : children(book, row)) {
        if (book.node(cell).element != Element::th) return false;
        has_words = has_words || index(book.node(cell).end) > index(cell) + 1;
    }
    return has_words;
}

} // namespace bifolio
