// book.h: one edition of a book as one tree of elements, numbered in reading order.
//
// Shape      nodes[0] is html, nodes[1] its body; the body's children are the roots of the sections, in reading order. A NodeId
//            is an index into nodes. The subtree of a node is [id, end): its first child is id + 1, the next sibling of a
//            child is the child's end. So every stage keeps what it knows of a node in an array.
// Made       All of it is ordinary blocks: after assemble no stage knows whether a person typed them.
// Spec       HTML for the elements, EPUB 3.3 structural semantics for section kinds.
#pragma once

#include "base/date.h"
#include "base/ids.h"
#include "model/article.h"
#include "model/element.h"
#include "model/manuscript.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct Node {
    Element element = Element::text;
    NodeId parent = no_node;
    NodeId end{0}; // one past the subtree
    NodeInfo info; // attributes are what the element prints: href, title, colspan, rowspan, scope, start, alt, datetime, dir, …
    std::string text;                  // of a text node
    NodeId target = no_node;           // a link inside the book, a note_reference's note
    ResourceId resource = no_resource; // img
    std::uint32_t number = 0;          // note, note_reference: the note's number in its section, from 1
};

// What an article says of itself, for metadata: Schema.org.
struct SectionFacts {
    struct Person {
        std::string name, credentials;
        bool registered = false; // in people.yaml: a name alone may be that of an organisation
    };
    std::string summary, version, web_address;
    std::vector<std::string> references; // plain
    std::vector<Person> authors, reviewers;
    std::optional<Date> published, reviewed, next_review;
    std::vector<std::string> keywords;
};

enum class SectionKind : std::uint8_t {
    cover,
    title_page,
    imprint,
    contents,
    list_of_tables,
    list_of_figures,
    foreword,
    part,
    article,
    notices,
    contributors,
    glossary,
    index,
    back_cover
};

struct BookSection {
    NodeId root = no_node;
    SectionKind kind = SectionKind::article;
    Matter matter = Matter::body; // front: roman page numbers; never automatic
    std::string name;             // unique, for files: “sleep”, “contents”; ASCII letters, digits, “-”
    std::string title;            // plain, for outlines and navigation
    NodeId heading = no_node;     // the element that shows the title
    int depth = 1;                // in the outline: articles in a part are at 2
    bool in_contents = true;
    SectionFacts facts{}; // of an article
};

// A heading as the contents and the outline show it.
struct ContentsEntry {
    NodeId target = no_node; // a heading, or a section's root where it has none
    int depth = 1;
    std::string title;
    std::uint32_t section = 0;
};

struct Contributor {
    std::string name, person; // person id, may be empty
    std::string role;         // MARC relator: aut, rev, edt
};

struct BookMetadata {
    std::string title, subtitle, language, identifier, isbn, publisher, place, rights, description, edition, version, print_code;
    std::optional<Date> date; // published
    std::vector<std::string> keywords;
    std::vector<Contributor> contributors;
};

struct Book {
    BookMetadata metadata;
    std::string edition_name; // “print”
    std::string name;         // the output file's stem: “understanding-adhd”
    std::vector<Node> nodes;
    std::vector<BookSection> sections;
    std::vector<ContentsEntry> contents; // depth-first, everything to h6; a stage takes the depth it wants
    std::vector<std::string> parts;      // names for Origin::part: “articles/sleep.md”, “contents”, “bio:jane-doe”
    std::vector<Resource> resources;
    ResourceId cover = no_resource;

    const Node& node(NodeId id) const { return nodes[index(id)]; }
};

// Children of a node, for range-based for.
class Children {
public:
    struct Iterator {
        const Book* book;
        NodeId at;
        NodeId operator*() const { return at; }
        Iterator& operator++() { return at = book->node(at).end, *this; }
        bool operator!=(const Iterator& other) const { return at != other.at; }
    };
    Children(const Book& book, NodeId parent) : book_(&book), parent_(parent) {}
    Iterator begin() const { return {book_, NodeId{index(parent_) + 1}}; }
    Iterator end() const { return {book_, book_->node(parent_).end}; }
    bool empty() const { return index(parent_) + 1 == index(book_->node(parent_).end); }

private:
    const Book* book_; // a local of its caller only
    NodeId parent_;
};
inline Children children(const Book& book, NodeId parent) { return {book, parent}; }

const std::string* attribute(const Node& node, std::string_view name); // nullptr: not there
bool has_class(const Node& node, std::string_view name);
bool is_web_address(const Node& node); // a note with a link's address, for paper: on a screen the link leads there
// What paper alone shows: such a note, a further place of an index entry in the same section, where its range ends.
bool is_for_paper(const Book& book, NodeId id);
std::string_view language_of(const Book& book, NodeId id); // its own or the nearest ancestor's, else the book's
std::string text_content(const Book& book, NodeId id);     // all text below, without notes; a picture's alternative text
std::uint32_t section_of(const Book& book, NodeId id);     // index into sections
Span place_of(const Book& book, NodeId id); // in the author's files: the node's own, or that of the nearest ancestor with one

std::string dump(const Book& book);

} // namespace bifolio
