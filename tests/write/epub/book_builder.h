// book_builder.h: Books by hand, node by node, and a look into finished archives.
#pragma once

#include "assemble/book.h"
#include "write/epub/write_epub.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio::test {

class BookBuilder {
public:
    explicit BookBuilder(std::string language = "en") {
        book.metadata.title = "A small book";
        book.metadata.language = language;
        book.metadata.identifier = "urn:uuid:00000000-0000-8000-8000-000000000001";
        book.name = "small-book";
        book.edition_name = "ebook";
        book.parts = {"articles/one.md"};
        node(open(Element::html)).info.language = std::move(language);
        open(Element::body, "book");
    }

    // Opens an element; close() it, or let done() do it.
    NodeId open(Element element, std::string_view class_name = "", std::string id = "") {
        const NodeId made = add(element);
        if (!class_name.empty()) node(made).info.classes.emplace_back(class_name);
        node(made).info.id = std::move(id);
        open_.push_back(made);
        return made;
    }
    void close() {
        node(open_.back()).end = next();
        open_.pop_back();
    }
    NodeId text(std::string words) {
        const NodeId made = add(Element::text);
        node(made).text = std::move(words);
        return made;
    }
    NodeId leaf(Element element, std::vector<Attribute> attributes = {}) {
        const NodeId made = add(element);
        node(made).info.attributes = std::move(attributes);
        return made;
    }
    NodeId element(Element element, std::string words, std::string id = "") {
        const NodeId made = open(element, "", std::move(id));
        if (!words.empty()) text(std::move(words));
        close();
        return made;
    }
    NodeId link(std::string words, NodeId target) {
        const NodeId made = element(Element::a, std::move(words));
        node(made).target = target;
        return made;
    }
    NodeId note(std::uint32_t number, std::string words, std::string id = "") {
        const NodeId made = open(Element::note, "", std::move(id));
        element(Element::p, std::move(words));
        close();
        node(made).number = number;
        return made;
    }
    NodeId call_again(NodeId note) {
        const NodeId made = leaf(Element::note_reference);
        node(made).target = note;
        node(made).number = node(note).number;
        return made;
    }
    NodeId picture(ResourceId resource, std::vector<Attribute> attributes) {
        const NodeId made = leaf(Element::img, std::move(attributes));
        node(made).resource = resource;
        return made;
    }
    ResourceId resource(std::string path, std::string bytes) {
        book.resources.push_back({std::move(path), "", std::make_shared<const std::string>(std::move(bytes))});
        return ResourceId{static_cast<std::uint32_t>(book.resources.size() - 1)};
    }

    // Ends the section before and begins one with its title.
    NodeId section(std::string name, std::string title, SectionKind kind = SectionKind::article, Matter matter = Matter::body,
                   Element root = Element::article) {
        while (open_.size() > 2) close();
        BookSection section;
        section.kind = kind;
        section.matter = matter;
        section.name = std::move(name);
        section.title = title;
        section.root = open(root, "article");
        section.heading = element(Element::h1, title);
        book.contents.push_back({section.heading, 1, std::move(title), static_cast<std::uint32_t>(book.sections.size())});
        book.sections.push_back(section);
        return section.root;
    }
    NodeId heading(int level, std::string title, int depth) {
        const NodeId made = element(heading_element(level), title);
        book.contents.push_back({made, depth, std::move(title), static_cast<std::uint32_t>(book.sections.size() - 1)});
        return made;
    }

    Node& node(NodeId id) { return book.nodes[index(id)]; }
    const Book& done() {
        while (!open_.empty()) close();
        for (std::uint32_t i = 0; i < book.nodes.size(); ++i) book.nodes[i].info.origin = {0, i + 1};
        return book;
    }

    Book book;

private:
    NodeId next() const { return NodeId{static_cast<std::uint32_t>(book.nodes.size())}; }
    NodeId add(Element element) {
        Node made;
        made.element = element;
        made.parent = open_.empty() ? no_node : open_.back();
        made.end = NodeId{static_cast<std::uint32_t>(book.nodes.size() + 1)};
        book.nodes.push_back(std::move(made));
        return NodeId{static_cast<std::uint32_t>(book.nodes.size() - 1)};
    }
    std::vector<NodeId> open_;
};

// A page of a print edition of this book that begins there.
PrintPage page_at(const Book& book, std::string label, NodeId node, std::uint32_t offset = 0);

// The entries of an archive in their order.
struct Unpacked {
    std::vector<std::pair<std::string, std::string>> entries;
    const std::string& operator[](std::string_view name) const; // throws when it is not there
    bool has(std::string_view name) const;
    std::string dump() const; // names and, of those that are text, contents
};
Unpacked unpack(const std::string& archive);

std::string png_of_one_pixel();

// EPUBCheck's complaints, of the severities ERROR, FATAL and WARNING. Prints the SKIPPED line and returns nothing when there
// is no EPUBCheck here.
std::string epubcheck(const std::string& archive);

} // namespace bifolio::test
