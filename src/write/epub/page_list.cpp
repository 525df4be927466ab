#include "write/epub/page_list.h"

#include <tuple>

namespace bifolio {

namespace {

bool is_in_note(const Book& book, NodeId node) {
    for (; node != no_node; node = book.node(node).parent)
        if (book.node(node).element == Element::note) return true;
    return false;
}

// What stands first on the page, in reading order: words or a picture, no note and nothing that a style sheet made.
const Content* first_content(const Book& book, const Page& page) {
    const Content* first = nullptr;
    for (const PlacedItem& item : page.items) {
        const Content* content = std::get_if<Content>(&item.owner);
        if (!content || content->generated || content->node == no_node) continue;
        const Element element = book.node(content->node).element;
        if (element != Element::text && element != Element::img) continue;
        if (first && std::tie(first->node, first->begin) <= std::tie(content->node, content->begin)) continue;
        if (!is_in_note(book, content->node)) first = content;
    }
    return first;
}

} // namespace

PageList page_list_of(const Pages& pages, std::string source) {
    const Book& book = *pages.book;
    PageList list{std::move(source), {}};
    for (const Page& page : pages.pages) {
        if (page.blank || page.label.empty()) continue;
        const Content* first = first_content(book, page);
        if (!first) continue;
        const Origin& origin = book.node(first->node).info.origin;
        if (origin.part >= book.parts.size()) continue; // a book made by hand, without origins
        list.pages.push_back({page.label, book.parts[origin.part], origin.place, first->begin});
    }
    return list;
}

} // namespace bifolio
