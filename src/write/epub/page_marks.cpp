#include "write/epub/page_marks.h"

#include "assemble/names.h"
#include "base/utf8.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace bifolio {

namespace {

// Elements that may hold a span beside their blocks.
bool holds_flow(Element element) {
    switch (element) {
    case Element::section:
    case Element::article:
    case Element::header:
    case Element::footer:
    case Element::nav:
    case Element::aside:
    case Element::div:
    case Element::address:
    case Element::main:
    case Element::blockquote:
    case Element::li:
    case Element::dd:
    case Element::figure:
    case Element::td:
    case Element::th: return true;
    default: return false;
    }
}

// A page that begins with an element's first word begins with the element: so its number is no part of a heading's name. In a
// paragraph it stands inside: between two paragraphs it would part what the style sheet sees as neighbours.
NodeId outermost_beginning(const Book& book, NodeId node) {
    for (NodeId at = node; at != no_node && !holds_flow(book.node(at).element); at = book.node(at).parent)
        if (book.node(at).element == Element::p) return node;
    NodeId outermost = node;
    for (NodeId at = node;;) {
        const NodeId parent = book.node(at).parent;
        if (parent == no_node || book.node(parent).element == Element::body) return outermost;
        if (holds_flow(book.node(parent).element)) outermost = at;
        if (index(parent) + 1 != index(at)) return outermost;
        at = parent;
    }
}

struct Candidate {
    Origin origin;
    NodeId node;
};

// Texts and pictures by origin, the first of each. Notes are left out: they do not stand where they are called.
std::vector<Candidate> candidates_of(const Book& book) {
    std::vector<Candidate> candidates;
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        const Node& node = book.nodes[at];
        if (node.element == Element::note || node.element == Element::rp) {
            at = index(node.end) - 1; // the loop steps past it
            continue;
        }
        if (node.element == Element::text || node.element == Element::img) candidates.push_back({node.info.origin, NodeId{at}});
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return std::tie(a.origin, a.node) < std::tie(b.origin, b.node); });
    return candidates;
}

} // namespace

std::vector<PageMark> page_marks(const Book& book, const PageList& pages, Addresses& addresses) {
    std::vector<PageMark> marks;
    if (book.sections.empty()) return marks;
    std::map<std::string_view, std::uint32_t> parts;
    for (std::uint32_t i = 0; i < book.parts.size(); ++i) parts.emplace(book.parts[i], i);
    const std::vector<Candidate> candidates = candidates_of(book);
    for (const PageStart& page : pages.pages) {
        const auto part = parts.find(page.part);
        if (part == parts.end()) continue;
        const Origin origin{part->second, page.place};
        const auto found = std::lower_bound(candidates.begin(), candidates.end(), origin,
                                            [](const Candidate& one, const Origin& wanted) { return one.origin < wanted; });
        if (found == candidates.end() || found->origin != origin) continue;
        const std::string& text = book.node(found->node).text;
        std::uint32_t offset = std::min(page.offset, static_cast<std::uint32_t>(text.size()));
        while (offset > 0 && offset < text.size() && is_continuation_byte(text[offset])) --offset;
        marks.push_back({offset == 0 ? outermost_beginning(book, found->node) : found->node, offset, page.label, ""});
    }
    std::stable_sort(marks.begin(), marks.end(), [](const PageMark& a, const PageMark& b) {
        return std::tie(a.node, a.offset) < std::tie(b.node, b.offset);
    });
    // The contents are printed anew as links, so only the page on which they begin has a place there.
    bool contents_begun = false;
    std::erase_if(marks, [&](const PageMark& mark) {
        return section_of(book, mark.node) == addresses.contents() && std::exchange(contents_begun, true);
    });
    for (PageMark& mark : marks) mark.id = addresses.take_id(xml_name("page-" + mark.label));
    return marks;
}

} // namespace bifolio
