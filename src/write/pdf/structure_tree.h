// structure_tree.h: the logical structure of a tagged PDF, from the Book's tree and the pieces of content on the pages.
//
// Method     The Book's elements, mapped by the one table of element names, give the structure elements in reading order. Each
//            marked-content sequence on a page belongs to one of them; its place among the kids follows from the node and the
//            bytes that it shows, not from where it is printed. So columns, page breaks and notes do not disturb the reading
//            order, and a paragraph over two pages is one element.
// Spec       ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
#pragma once

#include "assemble/book.h"
#include "layout/page/pages.h"
#include "write/pdf/pdf_document.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

enum class StructureIndex : std::uint32_t {}; // an element of the tree, in reading order
inline constexpr StructureIndex no_structure{0xFFFF'FFFF};

// The place of a piece of content in reading order.
struct ReadingKey {
    std::uint32_t position = 0, phase = 0, order = 0, begin = 0;
    auto operator<=>(const ReadingKey&) const = default;
};

class StructureTree {
public:
    // `links`: whether the pages have link annotations; without them a Link would have nothing to lead with, and a reference
    // inside the book is a Reference only.
    StructureTree(const Book& book, bool links);

    StructureIndex element_of(const Content& content) const; // no_structure: a decorative picture, so an artifact
    ReadingKey key_of(const Content& content) const;
    std::string_view tag(StructureIndex element) const;      // “P”
    StructureIndex link_element(const LinkArea& link) const; // the Link that its annotation belongs to

    void add_content(StructureIndex element, ReadingKey key, std::uint32_t page, std::uint32_t mcid);
    void add_annotation(StructureIndex element, std::uint32_t page, PdfReference annotation);
    // The box of a figure on its page: “[x y x y]”, for its Layout attributes. The first one counts.
    void set_bounding_box(StructureIndex element, std::string box);

    // Writes the elements that have content. `pages`: the page objects; parent_arrays[p][mcid] is filled for each page's
    // StructParents entry p; annotations get the numbers after the pages, in the order of add_annotation().
    PdfReference write(PdfDocument& document, const std::vector<PdfReference>& pages,
                       const std::vector<std::uint32_t>& content_counts);

private:
    struct Kid {
        ReadingKey key;
        std::uint32_t page = 0, mcid = 0;
        PdfReference annotation; // number 0: marked content
    };
    struct TreeElement {
        StructureType type = StructureType::none;
        std::uint32_t parent = 0;
        NodeId node = no_node;
        ReadingKey key;          // its place among its parent's kids
        std::string attributes;  // further entries: /Lang, /Alt, /A, /ID, /E
        bool keep_empty = false; // a table cell
        std::vector<Kid> kids;
        std::vector<std::uint32_t> children;
        std::string bounding_box;
        bool has_content = false;
        PdfReference object;
    };
    struct Builder;
    std::uint32_t add(StructureType type, std::uint32_t parent, NodeId node, std::uint32_t order);
    void set_identifier(std::uint32_t element, const std::string& identifier);
    PdfReference write_identifiers(PdfDocument& document);
    std::string role_map() const;
    void write_element(PdfDocument& document, TreeElement& element, const std::vector<PdfReference>& pages) const;
    const Book& book_;
    bool links_;
    std::vector<TreeElement> elements_;
    std::vector<std::uint32_t> element_of_node_;                         // content of the node itself goes here
    std::map<NodeId, std::uint32_t> marker_elements_;                    // Lbl of list items, notes' numbers
    std::map<NodeId, std::uint32_t> call_elements_;                      // of note calls
    std::map<NodeId, std::uint32_t> link_elements_, back_link_elements_; // from the text; from a note's number to its call
    std::vector<std::pair<std::string, std::uint32_t>> identifiers_;     // and their elements
    struct Annotation {
        std::uint32_t element;
        PdfReference object;
    };
    std::vector<Annotation> annotations_;
};

} // namespace bifolio
