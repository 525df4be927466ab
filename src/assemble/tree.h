// tree.h: grows one section of a Book, node by node in reading order.
//
// Origins    A node that someone wrote keeps its place in its article; a node made for it shares that place. In generated parts
//            the nodes are counted as they come, so the places depend on nothing but the part itself.
#pragma once

#include "assemble/book.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class Tree {
public:
    Tree(std::vector<Node>& nodes, std::string language);

    // Closes the element it stands for at the end of its scope.
    class Open {
    public:
        Open(Tree& tree, NodeId id) : tree_(&tree), id_(id) {}
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;
        ~Open() { tree_->close(); }
        operator NodeId() const { return id_; }

    private:
        Tree* tree_; // a local of its caller only
        NodeId id_;
    };

    // An element that someone wrote, or one of our own with classes parted by spaces.
    Open element(Element element, const NodeInfo& written, std::string_view more_classes = "");
    Open element(Element element, std::string_view classes = "");
    NodeId text(std::string text, const NodeInfo& written);
    NodeId text(std::string text); // nothing for an empty text, but a node all the same: it may be filled later
    // The same, with an element round each telephone number that has to keep its order among words that run leftwards.
    void text_with_numbers(std::string text, const NodeInfo& written);

    Node& operator[](NodeId id) { return (*nodes_)[index(id)]; }
    void set_language(NodeId id, std::string_view language); // of the element just opened, with its direction
    // The element just opened keeps its words together, when by their first letter they run the other way than what is round it.
    void set_direction_of(NodeId id, std::string_view words);
    const std::string& language() const { return open_.back().language; }

    // From here on nodes belong to this part. `counted`: places from 1 on, whatever the nodes say.
    struct Numbering {
        std::uint32_t part = 0, last = 0;
        bool counted = true;
    };
    Numbering numbering(Numbering next);

private:
    struct OpenElement {
        NodeId id;
        std::string language;
        bool runs_left = false;
    };
    NodeId add(Element element, NodeInfo info);
    bool runs_left() const;
    void close();

    std::vector<Node>* nodes_; // a local of its caller only
    std::vector<OpenElement> open_;
    Numbering numbering_;
};

// Nodes made in its scope belong to a generated part.
class NumberedPart {
public:
    // `last`: the place before the first one; for groups of nodes that share a part without disturbing each other's places.
    NumberedPart(Tree& tree, std::uint32_t part, std::uint32_t last = 0)
        : tree_(&tree), before_(tree.numbering({part, last, true})) {}
    NumberedPart(const NumberedPart&) = delete;
    NumberedPart& operator=(const NumberedPart&) = delete;
    ~NumberedPart() { tree_->numbering(before_); }

private:
    Tree* tree_; // a local of its caller only
    Tree::Numbering before_;
};

// The words below a node as one line: notes left out, pictures by their alternative text.
std::string line_of_text(const std::vector<Node>& nodes, NodeId id);

} // namespace bifolio
