#include "write/xhtml/documents.h"

#include "assemble/names.h"

#include <algorithm>
#include <charconv>

namespace bifolio {

namespace {

bool is_block(const Book& book, NodeId id) {
    const ElementKind kind = info(book.node(id).element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame;
}

bool is_heading(Element element) { return element >= Element::h1 && element <= Element::h6; }

// Elements that may go on in a second document.
bool is_divisible(const Node& node) {
    switch (node.element) {
    case Element::section:
    case Element::article:
    case Element::div:
    case Element::main:
    case Element::blockquote:
    case Element::ul:
    case Element::dl: return true;
    case Element::ol: return attribute(node, "reversed") == nullptr;
    default: return false;
    }
}

// No less than the markup of the node itself takes, its children apart.
std::size_t markup_bytes(const Node& node) {
    if (node.element == Element::text) {
        const auto escaped =
            std::count_if(node.text.begin(), node.text.end(), [](char c) { return c == '&' || c == '<' || c == '>'; });
        return node.text.size() + 4 * static_cast<std::size_t>(escaped) + node.text.size() / 10; // a page's number now and then
    }
    std::size_t bytes = 2 * name(node.element).size() + 30 + node.info.id.size() + 2 * node.info.language.size();
    for (const std::string& one : node.info.classes) bytes += one.size() + 9;
    for (const Attribute& one : node.info.attributes) bytes += one.name.size() + one.value.size() + 16;
    if (node.target != no_node || node.resource != no_resource) bytes += 200;
    if (node.element == Element::note) bytes += 600; // the call, the box and the way back
    return bytes;
}

class SectionDivision {
public:
    SectionDivision(const Book& book, NodeId root, std::size_t most) : book_(book), root_(root), most_(most) {
        std::size_t sum = 0;
        for (std::uint32_t at = index(root); at < index(book.node(root).end); ++at) {
            before_.push_back(sum);
            sum += markup_bytes(book.nodes[at]);
        }
        before_.push_back(sum);
    }

    // Where the second and each further document begins.
    std::vector<NodeId> cuts() {
        std::vector<NodeId> made;
        if (before_.back() <= most_) return made;
        collect(root_, 0);
        std::size_t start = 0;
        for (auto from = places_.cbegin(); before_.back() - start > most_;) {
            const auto chosen = best(from, start);
            if (chosen == places_.cend()) break;
            made.push_back(chosen->node);
            start = before(chosen->node);
            from = chosen + 1;
        }
        return made;
    }

private:
    struct Place {
        NodeId node;
        int rank; // lower is better: the heading's level, else 7 and more
    };

    std::size_t before(NodeId node) const { return before_[index(node) - index(root_)]; }

    int rank_of(NodeId node, int depth) const {
        const Node& here = book_.node(node);
        if (const auto level = heading_level(here.element)) return *level;
        const NodeId first{index(node) + 1};
        if ((here.element == Element::section || here.element == Element::article) && first != here.end)
            if (const auto level = heading_level(book_.node(first).element)) return *level;
        return 7 + depth;
    }

    void collect(NodeId parent, int depth) {
        NodeId previous = no_node;
        const bool definitions = book_.node(parent).element == Element::dl;
        for (const NodeId child : children(book_, parent)) {
            const bool divided =
                previous != no_node && is_block(book_, previous) && is_block(book_, child) &&
                !is_heading(book_.node(previous).element) &&
                (!definitions || (book_.node(child).element == Element::dt && book_.node(previous).element == Element::dd));
            if (divided) places_.push_back({child, rank_of(child, depth)});
            const Node& node = book_.node(child);
            if (is_divisible(node) && before(node.end) - before(child) > most_ / 4) collect(child, depth + 1);
            previous = child;
        }
    }

    std::vector<Place>::const_iterator best(std::vector<Place>::const_iterator from, std::size_t start) const {
        auto chosen = places_.cend();
        for (auto at = from; at != places_.cend(); ++at) {
            const std::size_t size = before(at->node) - start;
            if (size > most_) return chosen == places_.cend() ? at : chosen;
            const bool small = chosen != places_.cend() && before(chosen->node) - start < most_ / 3;
            if (chosen == places_.cend() || small || at->rank <= chosen->rank) chosen = at;
        }
        return chosen;
    }

    const Book& book_; // a local of the caller
    NodeId root_;
    std::size_t most_;
    std::vector<std::size_t> before_; // bytes before each node of the section
    std::vector<Place> places_;       // in the order of the nodes
};

std::int64_t whole_number(const std::string* value, std::int64_t otherwise) {
    std::int64_t number = otherwise;
    if (value) std::from_chars(value->data(), value->data() + value->size(), number);
    return number;
}

} // namespace

std::vector<Document> documents_of(const Book& book, std::uint32_t contents, std::size_t most_bytes,
                                   std::string_view taken_name) {
    UniqueNames names;
    if (!taken_name.empty()) names.take(std::string(taken_name));
    std::vector<std::string> own_names;
    for (const BookSection& section : book.sections) own_names.push_back(names.take(section.name));
    std::vector<Document> documents;
    for (std::uint32_t i = 0; i < book.sections.size(); ++i) {
        if (i == contents) continue;
        const BookSection& section = book.sections[i];
        documents.push_back({i, section.root, book.node(section.root).end, own_names[i]});
        int number = 1;
        // What opens and closes a document and is opened anew takes its part.
        for (const NodeId cut : SectionDivision(book, section.root, most_bytes - most_bytes / 20).cuts()) {
            documents.back().to = cut;
            documents.push_back({i, cut, book.node(section.root).end, names.take(section.name + "-" + std::to_string(++number))});
        }
    }
    return documents;
}

std::int64_t number_of_item(const Book& book, NodeId list, NodeId from) {
    std::int64_t number = whole_number(attribute(book.node(list), "start"), 1);
    for (const NodeId item : children(book, list)) {
        if (book.node(item).element != Element::li) continue;
        number = whole_number(attribute(book.node(item), "value"), number);
        // An item that goes on there keeps its number, and counts again.
        if (book.node(item).end > from) return number;
        ++number;
    }
    return number;
}

} // namespace bifolio
