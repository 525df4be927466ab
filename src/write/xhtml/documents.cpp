#include "write/xhtml/documents.h"

#include "assemble/names.h"
#include "write/xhtml/division.h"

#include <algorithm>

namespace bifolio {

std::vector<Document> documents_of(const Book& book, std::uint32_t contents, std::size_t most_bytes,
                                   std::span<const PageMark> page_marks, std::string_view taken_name) {
    UniqueNames names;
    if (!taken_name.empty()) names.take(std::string(taken_name));
    std::vector<std::string> own_names;
    for (const BookSection& section : book.sections) own_names.push_back(names.take(section.name));
    std::vector<Document> documents;
    for (std::uint32_t i = 0; i < book.sections.size(); ++i) {
        if (i == contents) continue;
        const BookSection& section = book.sections[i];
        const BookPlace end{book.node(section.root).end};
        documents.push_back({i, {section.root}, end, own_names[i]});
        int number = 1;
        // What opens and closes a document takes its part.
        for (const BookPlace cut : cuts_of(book, section.root, most_bytes - most_bytes / 20, page_marks)) {
            documents.back().to = cut;
            documents.push_back({i, cut, end, names.take(section.name + "-" + std::to_string(++number))});
        }
    }
    return documents;
}

NodeId child_around(const Book& book, NodeId parent, NodeId node) {
    while (book.node(node).parent != parent) node = book.node(node).parent;
    return node;
}

NodeId Document::first_child(const Book& book, NodeId parent) const {
    if (!is_continued(parent)) return NodeId{index(parent) + 1};
    return child_around(book, parent, from.node);
}

std::size_t document_at(const std::vector<Document>& documents, BookPlace place) {
    const auto after = std::ranges::upper_bound(documents, place, {}, &Document::from);
    return after == documents.begin() ? 0 : static_cast<std::size_t>(after - documents.begin()) - 1;
}

} // namespace bifolio
