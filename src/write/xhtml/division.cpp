#include "write/xhtml/division.h"

#include "base/number.h"
#include "write/xhtml/addresses.h"
#include "write/xhtml/continuation.h"
#include "write/xhtml/markup_size.h"
#include "write/xhtml/word_cuts.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace bifolio {

namespace {

bool is_block(const Node& node) {
    const ElementKind kind = info(node.element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame;
}

enum class Divisible : std::uint8_t { never, in_need, freely }; // in need: where it alone is too large

Divisible divisible(Element element) {
    switch (element) {
    case Element::section:
    case Element::article:
    case Element::div:
    case Element::main:
    case Element::blockquote:
    case Element::ul:
    case Element::ol:
    case Element::dl: return Divisible::freely;
    case Element::header:
    case Element::footer:
    case Element::nav:
    case Element::aside:
    case Element::address:
    case Element::p:
    case Element::pre:
    case Element::li:
    case Element::dd:
    case Element::figure:
    case Element::figcaption:
    case Element::table:
    case Element::tbody:
    case Element::tfoot:
    case Element::tr:
    case Element::td: return Divisible::in_need;
    default: return Divisible::never;
    }
}

bool heads_something(const Node& node) {
    switch (node.element) {
    case Element::dt:
    case Element::caption:
    case Element::figcaption: return true;
    default: return heading_level(node.element).has_value() || names_its_box(node);
    }
}

// HTML: 0 reaches down to the end of the group.
std::size_t rows_of(const Node& cell) {
    const std::string* text = attribute(cell, "rowspan");
    const auto number = text ? parse_number(*text) : std::nullopt;
    if (!number || *number < 0) return 1;
    return *number == 0 ? std::numeric_limits<std::uint16_t>::max() : static_cast<std::size_t>(std::min(*number, 65534.0));
}

class SectionDivision {
public:
    SectionDivision(const Book& book, NodeId root, std::size_t most, std::span<const PageMark> page_marks)
        : book_(book), root_(root), most_(most), size_(book, root, page_marks), words_(book, size_, most / 32, cuts_) {}

    std::vector<BookPlace> cuts() {
        std::vector<BookPlace> made;
        if (size_.whole() <= most_) return made;
        blocks(root_, 0);
        std::ranges::stable_sort(cuts_, {}, &Cut::place);
        std::size_t start = 0; // of the section, what is opened and said again taken off
        for (auto from = cuts_.cbegin(); start + most_ < size_.whole();) {
            const auto chosen = best(from, start);
            if (chosen == cuts_.cend()) break;
            made.push_back(chosen->place);
            const std::size_t again = bytes_again(chosen->place);
            start = chosen->bytes - std::min({again, chosen->bytes, most_ / 2});
            from = chosen + 1;
        }
        return made;
    }

private:
    int rank_of(NodeId node, int depth) const {
        const Node& here = book_.node(node);
        if (const auto level = heading_level(here.element)) return *level;
        const NodeId first{index(node) + 1};
        if ((here.element == Element::section || here.element == Element::article) && first != here.end)
            if (const auto level = heading_level(book_.node(first).element)) return *level;
        return 7 + depth;
    }

    void cut_before(NodeId node, int depth) { cuts_.push_back({{node}, size_.before(node), rank_of(node, depth)}); }

    // ---- what stands in a box, an item, a paragraph

    void blocks(NodeId parent, int depth) {
        const bool in_need = size_.of(parent) > most_;
        words_.begin(is_preformatted(parent));
        NodeId previous = no_node;
        for (const NodeId child : children(book_, parent)) {
            if (!is_block(book_.node(child))) {
                if (in_need) words_.node(child);
            } else {
                if (previous != no_node && may_part(previous, child, in_need)) cut_before(child, depth);
                if (is_to_be_divided(child)) divide(child, depth + 1);
                words_.begin(is_preformatted(parent));
            }
            previous = child;
        }
    }

    bool is_preformatted(NodeId id) const {
        for (; id != no_node; id = book_.node(id).parent)
            if (book_.node(id).element == Element::pre) return true;
        return false;
    }

    bool may_part(NodeId previous, NodeId child, bool in_need) const {
        const Node &before = book_.node(previous), &behind = book_.node(child);
        if (heads_something(before)) return false;
        const bool is_of_one_term = before.element == Element::dd && behind.element == Element::dd;
        return in_need || (is_block(before) && !is_of_one_term);
    }

    bool is_to_be_divided(NodeId id) const {
        switch (divisible(book_.node(id).element)) {
        case Divisible::never: return false;
        case Divisible::in_need: return size_.of(id) > most_;
        case Divisible::freely: return size_.of(id) > most_ / 4;
        }
        return false;
    }

    void divide(NodeId id, int depth) {
        if (book_.node(id).element == Element::table)
            table(id, depth);
        else
            blocks(id, depth);
    }

    // ---- tables

    void table(NodeId id, int depth) {
        std::vector<NodeId> loose; // rows without a group
        bool has_rows = false;
        for (const NodeId child : children(book_, id)) {
            const Element element = book_.node(child).element;
            if (element == Element::tr) loose.push_back(child);
            if (element != Element::tbody && element != Element::tfoot) continue;
            if (has_rows) cut_before(child, depth);
            std::vector<NodeId> group;
            for (const NodeId row : children(book_, child)) group.push_back(row);
            has_rows = has_rows || !group.empty();
            rows(group, depth + 1);
        }
        rows(loose, depth + 1);
    }

    void rows(const std::vector<NodeId>& group, int depth) {
        std::size_t spanned = 0; // up to this row cells reach down from above
        for (std::size_t i = 0; i < group.size(); ++i) {
            const bool is_free = spanned <= i;
            bool spans = false;
            for (const NodeId cell : children(book_, group[i])) {
                const std::size_t rows = rows_of(book_.node(cell));
                spans = spans || rows > 1;
                spanned = std::max(spanned, i + rows);
            }
            if (!is_free) continue;
            const bool is_headed = i > 0 && is_row_of_headers(book_, group[i - 1]) && !is_row_of_headers(book_, group[i]);
            if (i > 0 && !is_headed) cut_before(group[i], depth);
            if (size_.of(group[i]) > most_ && !spans) cells(group[i], depth + 1);
        }
    }

    void cells(NodeId row, int depth) {
        NodeId previous = no_node;
        for (const NodeId cell : children(book_, row)) {
            if (previous != no_node && book_.node(previous).element == Element::td) cut_before(cell, depth);
            if (book_.node(cell).element == Element::td) blocks(cell, depth + 1);
            previous = cell;
        }
    }

    // ---- the choice

    std::vector<Cut>::const_iterator best(std::vector<Cut>::const_iterator from, std::size_t start) const {
        auto chosen = cuts_.cend();
        for (auto at = from; at != cuts_.cend(); ++at) {
            const std::size_t size = at->bytes - start;
            if (size > most_) return chosen == cuts_.cend() ? at : chosen;
            const bool small = chosen != cuts_.cend() && chosen->bytes - start < most_ / 3;
            if (chosen == cuts_.cend() || small || at->rank <= chosen->rank) chosen = at;
        }
        return chosen;
    }

    // What is open at the place, and what is said again there.
    std::size_t bytes_again(BookPlace place) const {
        std::size_t bytes = 0;
        for (NodeId at = book_.node(place.node).parent; at != no_node; at = book_.node(at).parent) {
            bytes += markup_bytes(book_.node(at));
            for (const NodeId again : said_again(book_, at, place)) bytes += markup_bytes(book_, again);
            if (book_.node(at).element != Element::tr) continue;
            for (const NodeId cell : children(book_, at))
                if (is_said_again_in_row(book_, cell, place)) bytes += markup_bytes(book_, cell);
        }
        return bytes;
    }

    const Book& book_; // a local of the caller
    NodeId root_;
    std::size_t most_;
    SectionSize size_;
    std::vector<Cut> cuts_; // in the order of the nodes
    WordCuts words_;
};

} // namespace

std::vector<BookPlace> cuts_of(const Book& book, NodeId root, std::size_t most_bytes, std::span<const PageMark> page_marks) {
    return SectionDivision(book, root, most_bytes, page_marks).cuts();
}

NodeId too_large_part(const Book& book, const Document& document, std::size_t most_bytes) {
    const SectionSize size(book, book.sections[document.section].root, {});
    NodeId found = no_node;
    for (NodeId at = document.from.node; at < document.to.node;) {
        const bool is_element = book.node(at).element != Element::text;
        const bool is_large = is_element && document.has_start(at) && size.of(at) > most_bytes;
        if (is_large) found = at;
        at = is_large ? NodeId{index(at) + 1} : book.node(at).end;
    }
    return found;
}

} // namespace bifolio
