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

// Before the phrases that begin with it, so that a page's number is no part of a link's name.
NodeId before_phrases(const Book& book, NodeId node, NodeId paragraph) {
    for (NodeId parent = book.node(node).parent; parent != paragraph && index(parent) + 1 == index(node);
         parent = book.node(parent).parent)
        node = parent;
    return node;
}

// A page that begins with an element's first word begins with the element: so its number is no part of a heading's name. In a
// paragraph it stands inside: between two paragraphs it would part what the style sheet sees as neighbours.
NodeId outermost_beginning(const Book& book, NodeId node) {
    for (NodeId at = node; at != no_node && !holds_flow(book.node(at).element); at = book.node(at).parent)
        if (book.node(at).element == Element::p) return before_phrases(book, node, at);
    NodeId outermost = node;
    for (NodeId at = node;;) {
        const NodeId parent = book.node(at).parent;
        if (parent == no_node || book.node(parent).element == Element::body) return outermost;
        if (holds_flow(book.node(parent).element)) outermost = at;
        if (index(parent) + 1 != index(at)) return outermost;
        at = parent;
    }
}

// Where the places of a print edition are in this one. Notes are left out: they do not stand where they are called.
class Places {
public:
    Places(const Book& book, const PageList& pages) : book_(book) {
        std::map<std::string_view, std::uint32_t> parts;
        for (std::uint32_t i = 0; i < book.parts.size(); ++i) parts.emplace(book.parts[i], i);
        for (const std::string& part : pages.parts) {
            const auto found = parts.find(part);
            parts_.push_back(found == parts.end() ? no_part : found->second);
        }
        for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
            const Node& node = book.nodes[at];
            if (node.element == Element::note || node.element == Element::rp) {
                at = index(node.end) - 1; // the loop steps past it
                continue;
            }
            if (node.element != Element::text && node.element != Element::img) continue;
            by_origin_.push_back({node.info.origin, NodeId{at}});
        }
        std::sort(by_origin_.begin(), by_origin_.end(), is_before);
        for (const BookSection& section : book.sections) {
            if (section.kind != SectionKind::contents) continue;
            for (std::uint32_t at = index(section.root); at < index(book.node(section.root).end); ++at)
                if (const NodeId target = book.nodes[at].target; book.nodes[at].element == Element::a && target != no_node)
                    entries_.push_back({book.node(target).info.origin, NodeId{at}});
        }
        std::sort(entries_.begin(), entries_.end(), is_before);
    }

    // no_node: this edition lacks it.
    NodeId find(const PagePlace& place) {
        if (place.part >= parts_.size() || parts_[place.part] == no_part) return no_node;
        const Origin origin{parts_[place.part], place.place};
        if (place.of_contents) return first(entries_, origin);
        // Several pieces of one text, parted by links to the glossary, share its origin.
        for (auto at = std::lower_bound(by_origin_.begin(), by_origin_.end(), origin,
                                        [](const Known&one, const Origin&wanted) { return one.origin < wanted; });
             at != by_origin_.end() && at->origin == origin; ++at)
            if (fingerprint(book_.node(at->node).text) == place.text) return at->node;
        return found_by_words(origin.part, place.text);
    }

private:
    struct Known {
        Origin origin;
        NodeId node;
    };
    static constexpr std::uint32_t no_part = 0xFFFF'FFFF;
    static bool is_before(const Known& a, const Known& b) { return std::tie(a.origin, a.node) < std::tie(b.origin, b.node); }
    static NodeId first(const std::vector<Known>& known, const Origin& origin) {
        const auto found = std::lower_bound(known.begin(), known.end(), origin,
                                            [](const Known& one, const Origin& wanted) { return one.origin < wanted; });
        return found == known.end() || found->origin != origin ? no_node : found->node;
    }

    // A part that the editions make differently, such as the imprint: the node with the same words, where there is but one.
    NodeId found_by_words(std::uint32_t part, std::uint64_t text) {
        auto [known, is_new] = by_words_.try_emplace(part);
        if (is_new)
            for (auto at = std::lower_bound(by_origin_.begin(), by_origin_.end(), Origin{part, 0},
                                            [](const Known&one, const Origin&wanted) { return one.origin < wanted; });
                 at != by_origin_.end() && at->origin.part == part; ++at) {
                const auto [same, is_first] = known->second.try_emplace(fingerprint(book_.node(at->node).text), at->node);
                if (!is_first) same->second = no_node;
            }
        const auto found = known->second.find(text);
        return found == known->second.end() ? no_node : found->second;
    }

    const Book& book_;
    std::vector<std::uint32_t> parts_; // of the print edition → of this one
    std::vector<Known> by_origin_, entries_;
    std::map<std::uint32_t, std::map<std::uint64_t, NodeId>> by_words_; // by part
};

} // namespace

PagesFound page_marks(const Book& book, const PageList& pages) {
    PagesFound found;
    if (book.sections.empty()) return found;
    Places places(book, pages);
    for (const PrintPage& page : pages.pages) {
        NodeId node = no_node;
        std::uint32_t offset = 0;
        for (const PagePlace& place : page.places) {
            node = places.find(place);
            if (node == no_node) continue;
            const std::string& text = book.node(node).text;
            offset = std::min(place.offset, static_cast<std::uint32_t>(text.size()));
            while (offset > 0 && offset < text.size() && is_continuation_byte(text[offset])) --offset;
            break;
        }
        if (node == no_node) {
            found.without_place.push_back({page.label, page.blank            ? "blank"
                                                       : page.places.empty() ? "nothing of the text stands on it"
                                                                             : "this edition has none of its text"});
            continue;
        }
        const bool of_contents = book.node(node).element == Element::a;
        found.marks.push_back({offset == 0 && !of_contents ? outermost_beginning(book, node) : node, offset, page.label, ""});
    }
    std::stable_sort(found.marks.begin(), found.marks.end(), [](const PageMark& a, const PageMark& b) {
        return std::tie(a.node, a.offset) < std::tie(b.node, b.offset);
    });
    return found;
}

void name_page_marks(std::vector<PageMark>& marks, Addresses& addresses) {
    for (PageMark& mark : marks) mark.id = addresses.take_id(xml_name("page-" + mark.label));
}

} // namespace bifolio
