// xml_document.h: one XML document as a tree with places, read by expat: well-formed or not read further.
//
// Ownership  The nodes and their texts belong to the XmlDocument, which can be moved; they are never changed after read_xml().
// Hostile    No external entity or DTD is ever read; expat bounds the growth by internal entities; limits::xml_nodes, xml_depth.
// Names      Namespaces are resolved: `space` is the namespace's URI, `name` the local name.
// Spec       XML 1.0 (5th edition), Namespaces in XML 1.0.
#pragma once

#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

namespace xml_space {
inline constexpr std::string_view xml = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view xhtml = "http://www.w3.org/1999/xhtml";
inline constexpr std::string_view svg = "http://www.w3.org/2000/svg";
inline constexpr std::string_view mathml = "http://www.w3.org/1998/Math/MathML";
inline constexpr std::string_view xlink = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view epub = "http://www.idpf.org/2007/ops";
inline constexpr std::string_view opf = "http://www.idpf.org/2007/opf";
inline constexpr std::string_view dc = "http://purl.org/dc/elements/1.1/";
inline constexpr std::string_view container = "urn:oasis:names:tc:opendocument:xmlns:container";
inline constexpr std::string_view encryption = "http://www.w3.org/2001/04/xmlenc#";
inline constexpr std::string_view ncx = "http://www.daisy.org/z3986/2005/ncx/";
inline constexpr std::string_view smil = "http://www.w3.org/ns/SMIL";
inline constexpr std::string_view ssml = "http://www.w3.org/2001/10/synthesis";
} // namespace xml_space

struct XmlPlace {
    std::uint32_t line = 0, column = 0; // from 1, columns in characters as expat counts; 0: unknown
};

struct XmlAttribute {
    std::string_view space, name, value; // no namespace: empty
};

struct XmlNode {
    enum class Kind : std::uint8_t { element, text, instruction };
    Kind kind = Kind::element;
    std::uint32_t order = 0; // in the document, from 0
    XmlPlace place;
    std::string_view space, name; // element; instruction: its target in `name`
    std::string_view text;        // text (entities and CDATA resolved); instruction: its data
    std::span<const XmlAttribute> attributes;
    const XmlNode *parent = nullptr, *first_child = nullptr, *next_sibling = nullptr;

    bool is_element() const { return kind == Kind::element; }
    bool is(std::string_view in_space, std::string_view named) const {
        return kind == Kind::element && name == named && space == in_space;
    }
    const std::string_view* find(std::string_view attribute, std::string_view in_space = {}) const; // nullptr: not there
    std::string_view get(std::string_view attribute, std::string_view in_space = {}) const;         // empty: not there

    // Of a range-for: the children, of every kind.
    class Iterator {
    public:
        using value_type = XmlNode;
        using difference_type = std::ptrdiff_t;
        explicit Iterator(const XmlNode* node = nullptr) : node_(node) {}
        const XmlNode& operator*() const { return *node_; }
        const XmlNode* operator->() const { return node_; }
        Iterator& operator++() {
            node_ = node_->next_sibling;
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        const XmlNode* node_;
    };
    Iterator begin() const { return Iterator(first_child); }
    Iterator end() const { return Iterator(); }

    const XmlNode* child(std::string_view in_space, std::string_view named) const; // the first; nullptr: none
};

// The node after `node` in document order that is still inside `root`; nullptr at the end. `root` itself comes first.
const XmlNode* next_in_tree(const XmlNode* node, const XmlNode* root);
const XmlNode* next_outside(const XmlNode* node, const XmlNode* root); // the same, but what `node` holds is passed over
std::string text_of(const XmlNode& node);                              // all text below, in order

struct XmlDoctype {
    std::string name, public_id, system_id;
    XmlPlace place;
    std::vector<XmlPlace> external_entities; // declarations of them in the internal subset
};

struct XmlDocument {
    XmlDocument() = default;
    XmlDocument(XmlDocument&&) = default;
    XmlDocument& operator=(XmlDocument&&) = default;
    XmlDocument(const XmlDocument&) = delete;

    const XmlNode* root = nullptr; // what was read until `error`; nullptr: nothing
    std::string error;             // why it is not well-formed, or over a limit; empty: it is
    XmlPlace error_place;          //
    std::string version, encoding; // of the XML declaration; empty: not said
    bool is_utf16 = false;         // by its first bytes
    std::size_t text_bytes = 0;    // of all text nodes
    bool has_doctype = false;
    XmlDoctype doctype;
    std::vector<const XmlNode*> instructions; // before and after the root element, too
    bool well_formed() const { return error.empty() && root; }

    std::deque<XmlNode> nodes; // in document order
    // What the nodes' names, texts and attributes are in: a book has so many that one allocation for each costs more than they
    // do.
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory;
};

XmlDocument read_xml(std::string_view bytes);

} // namespace bifolio
