// svg_document.h: an SVG file as a tree of its SVG elements, each with its place. Other namespaces are left out.
#pragma once

#include "picture/svg.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct SvgAttribute {
    std::string_view name; // without a namespace; besides these “href” (xlink:href too), “xml:lang”, “xml:space”
    std::string_view value;
    std::uint32_t begin = 0, end = 0;
};

using SvgNodeId = std::uint32_t;
inline constexpr SvgNodeId no_svg_node = 0xFFFF'FFFF;

struct SvgNode {
    std::string_view name; // local name of an element; empty for text
    std::string_view text;
    SvgNodeId parent = no_svg_node;
    std::vector<SvgAttribute> attributes;
    std::vector<SvgNodeId> children;
    std::uint32_t begin = 0, end = 0; // of the start tag's “<name”
    bool is_text() const { return name.empty(); }
};

class SvgDocument {
public:
    // problems() says why the tree is empty, or what is wrong with its elements as such.
    explicit SvgDocument(std::string_view bytes);
    ~SvgDocument();
    SvgDocument(const SvgDocument&) = delete;
    SvgDocument& operator=(const SvgDocument&) = delete;

    bool is_svg() const { return !nodes_.empty(); }
    static constexpr SvgNodeId root = 0;
    const SvgNode& operator[](SvgNodeId id) const { return nodes_[id]; }
    std::size_t size() const { return nodes_.size(); }
    const std::vector<PictureProblem>& problems() const { return problems_; }

    SvgNodeId by_id(std::string_view id) const; // the first with this id; no_svg_node
    const SvgAttribute* attribute(SvgNodeId node, std::string_view name) const;
    std::string_view value(SvgNodeId node, std::string_view name) const; // empty when it is not there
    std::string text_of(SvgNodeId node) const;                           // of all descendants, white space collapsed
    bool has_namespace() const { return has_namespace_; }                // the root says that it is SVG
    bool is_utf8() const { return is_utf8_; }

private:
    struct Builder;
    struct Xml;
    std::unique_ptr<Xml> xml_; // owns the text that the views look at
    std::vector<SvgNode> nodes_;
    std::vector<std::pair<std::string_view, SvgNodeId>> ids_; // sorted
    std::vector<PictureProblem> problems_;
    bool has_namespace_ = false, is_utf8_ = true;
};

} // namespace bifolio
