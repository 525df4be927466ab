#include "picture/svg_document.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <deque>
#include <map>

#include <pugixml.hpp>

namespace bifolio {

struct SvgDocument::Xml {
    std::string buffer; // parsed in place: pointers into it are places in the file
    pugi::xml_document document;
    std::deque<std::string> foreign_texts; // of foreignObject elements
};

namespace {

constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg", xlink_namespace = "http://www.w3.org/1999/xlink",
                           xml_namespace = "http://www.w3.org/XML/1998/namespace";

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
std::string_view prefix_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

// What a construct of XML is passed over as a whole when entity references are looked for.
std::size_t end_of_construct(std::string_view text, std::size_t at) {
    struct Construct {
        std::string_view begin, end;
    };
    static constexpr Construct constructs[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (const Construct& construct : constructs) {
        if (!text.substr(at).starts_with(construct.begin)) continue;
        const std::size_t end = text.find(construct.end, at + construct.begin.size());
        return end == std::string_view::npos ? text.size() : end + construct.end.size();
    }
    return at;
}

bool is_known_reference(std::string_view name) {
    if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") return true;
    if (!name.starts_with('#')) return false;
    name.remove_prefix(1);
    const bool hexadecimal = name.starts_with('x');
    if (hexadecimal) name.remove_prefix(1);
    return !name.empty() &&
           name.find_first_not_of(hexadecimal ? "0123456789abcdefABCDEF" : "0123456789") == std::string_view::npos;
}

// pugixml leaves unknown entities as they are; XML calls them an error, and what they stood for would be lost.
void find_unknown_entities(std::string_view text, std::vector<PictureProblem>& problems) {
    for (std::size_t at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at)) {
        if (text[at] == '<') {
            at = std::max(end_of_construct(text, at), at + 1);
            continue;
        }
        const std::size_t end = text.find(';', at);
        const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(at + 1, end - at - 1);
        if (!is_known_reference(name)) {
            const std::size_t size = std::min<std::size_t>(name.size() + 2, 40);
            problems.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min(at + size, text.size())),
                                name.empty() || name.size() > 30 ? std::string("‘&’ begins no character reference")
                                                                 : "‘&" + std::string(name) + ";’ is no entity that XML knows"});
            return; // one is enough
        }
        at = end;
    }
}

} // namespace

struct SvgDocument::Builder {
    SvgDocument& document;
    using Namespaces = std::map<std::string_view, std::string_view>; // prefix → name

    std::uint32_t place(const char* inside) const {
        const std::string& buffer = document.xml_->buffer;
        const char* begin = buffer.data();
        const bool known = std::less_equal<>()(begin, inside) && std::less<>()(inside, begin + buffer.size());
        return known ? static_cast<std::uint32_t>(inside - begin) : 0;
    }

    void problem(std::uint32_t begin, std::uint32_t end, std::string message) {
        document.problems_.push_back({begin, end, std::move(message)});
    }

    static std::string_view namespace_of(const Namespaces& namespaces, std::string_view prefix) {
        if (prefix == "xml") return xml_namespace;
        const auto found = namespaces.find(prefix);
        return found == namespaces.end() ? std::string_view() : found->second;
    }

    static Namespaces with_declarations(Namespaces namespaces, pugi::xml_node node) {
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name == "xmlns")
                namespaces[""] = attribute.value();
            else if (name.starts_with("xmlns:"))
                namespaces[name.substr(6)] = attribute.value();
        }
        return namespaces;
    }

    static bool declares_namespaces(pugi::xml_node node) {
        return std::ranges::any_of(node.attributes(),
                                   [](pugi::xml_attribute a) { return std::string_view(a.name()).starts_with("xmlns"); });
    }

    std::vector<SvgAttribute> attributes_of(pugi::xml_node node, const Namespaces& namespaces) {
        std::vector<SvgAttribute> attributes;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name(), value = attribute.value();
            if (name.starts_with("xmlns")) continue;
            const std::uint32_t begin = place(attribute.name());
            const auto value_end = static_cast<std::uint32_t>(place(attribute.value()) + value.size());
            const auto end = std::max(static_cast<std::uint32_t>(begin + name.size()), value_end);
            const std::string_view prefix = prefix_of(name), local = local_name(name);
            const std::string_view space = prefix.empty() ? std::string_view() : namespace_of(namespaces, prefix);
            if (prefix.empty() || (space.empty() && prefix == "xlink" && local == "href")) { // xlink is often left undeclared
                attributes.push_back({local, value, begin, end});
            } else if (space == xml_namespace && (local == "lang" || local == "space" || local == "base")) {
                attributes.push_back({name, value, begin, end});
            } else if (space == xlink_namespace && local == "href" && node.attribute("href").empty()) {
                attributes.push_back({local, value, begin, end});
            }
        }
        return attributes;
    }

    void add_children(pugi::xml_node node, SvgNodeId id, const Namespaces& namespaces, std::size_t depth) {
        for (const pugi::xml_node child : node.children()) {
            if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                SvgNode text;
                text.text = child.value();
                text.parent = id;
                text.begin = place(child.value());
                text.end = text.begin + static_cast<std::uint32_t>(text.text.size());
                append(std::move(text));
            } else if (child.type() == pugi::node_element) {
                add_element(child, id, namespaces, depth + 1);
            }
        }
    }

    // Other namespaces are no part of the tree, but the words of a foreignObject must not be lost from sight.
    void add_foreign_text(pugi::xml_node node, SvgNodeId id) {
        struct Collector final : pugi::xml_tree_walker {
            std::string text;
            bool for_each(pugi::xml_node& each) override {
                if (each.type() == pugi::node_element)
                    text += ' ';
                else
                    text += each.value();
                return true;
            }
        } collector;
        node.traverse(collector);
        SvgNode text;
        text.text = document.xml_->foreign_texts.emplace_back(std::move(collector.text));
        text.parent = id;
        append(std::move(text));
    }

    SvgNodeId append(SvgNode node) {
        const auto id = static_cast<SvgNodeId>(document.nodes_.size());
        if (node.parent != no_svg_node) document.nodes_[node.parent].children.push_back(id);
        document.nodes_.push_back(std::move(node));
        return id;
    }

    void add_element(pugi::xml_node node, SvgNodeId parent, const Namespaces& outer, std::size_t depth) {
        const std::string_view name = node.name();
        const std::uint32_t at = place(node.name());
        const std::uint32_t begin = at > 0 ? at - 1 : 0, end = at > 0 ? static_cast<std::uint32_t>(at + name.size()) : 0;
        if (depth > limits::nesting_depth) {
            if (document.problems_.empty()) {
                problem(begin, end, "elements are nested more than " + std::to_string(limits::nesting_depth) + " deep");
            }
            return;
        }
        const Namespaces own = declares_namespaces(node) ? with_declarations(outer, node) : Namespaces();
        const Namespaces& namespaces = own.empty() ? outer : own;
        const std::string_view space = namespace_of(namespaces, prefix_of(name));
        if (space != svg_namespace && !(space.empty() && prefix_of(name).empty() && !document.has_namespace_)) return;
        SvgNode element;
        element.name = local_name(name);
        element.parent = parent;
        element.begin = begin;
        element.end = end;
        element.attributes = attributes_of(node, namespaces);
        for (const SvgAttribute& attribute : element.attributes) {
            if (attribute.name == "id")
                document.ids_.emplace_back(attribute.value, static_cast<SvgNodeId>(document.nodes_.size()));
        }
        const bool is_foreign = element.name == "foreignObject";
        const SvgNodeId id = append(std::move(element));
        if (is_foreign)
            add_foreign_text(node, id);
        else
            add_children(node, id, namespaces, depth);
    }

    // False when nothing can be read.
    bool parse(std::string_view bytes) {
        if (bytes.size() > limits::text_file_bytes) return problem(0, 0, "the file is too large"), false;
        Xml& xml = *document.xml_;
        xml.buffer = bytes;
        const bool wide =
            bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || bytes.find('\0') != std::string_view::npos;
        document.is_utf8_ = !wide;
        if (!wide) find_unknown_entities(bytes, document.problems_);
        if (const std::size_t sheet = bytes.find("<?xml-stylesheet"); sheet != std::string_view::npos) {
            const auto at = static_cast<std::uint32_t>(sheet);
            problem(at, at + 16, "a style sheet from elsewhere (xml-stylesheet) is not read");
        }
        constexpr unsigned options =
            (pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_declaration);
        const pugi::xml_parse_result result = xml.document.load_buffer_inplace(xml.buffer.data(), xml.buffer.size(), options);
        if (!result) {
            const auto at = static_cast<std::uint32_t>(
                std::clamp<std::ptrdiff_t>(result.offset, 0, static_cast<std::ptrdiff_t>(bytes.size())));
            problem(at, at, "the XML is damaged (" + to_ascii_lower(result.description()) + ")");
            return false;
        }
        if (result.encoding != pugi::encoding_utf8) document.is_utf8_ = false;
        if (document.is_utf8_) {
            if (const std::size_t wrong = first_invalid_utf8(bytes); wrong != std::string_view::npos) {
                const auto at = static_cast<std::uint32_t>(wrong);
                problem(at, at + 1, "the text is not UTF-8");
                return false;
            }
        }
        for (const pugi::xml_node node : xml.document.children()) {
            if (node.type() != pugi::node_doctype) continue;
            if (std::string_view(node.value()).find("<!ENTITY") != std::string_view::npos) {
                problem(place(node.value()), place(node.value()), "entity declarations (<!ENTITY …>) are not taken");
                return false;
            }
        }
        return true;
    }

    void build() {
        const pugi::xml_node element = document.xml_->document.document_element();
        const Namespaces namespaces = with_declarations({}, element);
        const std::string_view space = namespace_of(namespaces, prefix_of(element.name()));
        if (local_name(element.name()) != "svg" || (!space.empty() && space != svg_namespace)) {
            problem(0, 0, "the root element is not ‘svg’");
            return;
        }
        document.has_namespace_ = space == svg_namespace;
        add_element(element, no_svg_node, namespaces, 1);
        std::ranges::stable_sort(document.ids_, {}, &std::pair<std::string_view, SvgNodeId>::first);
    }
};

SvgDocument::SvgDocument(std::string_view bytes) : xml_(std::make_unique<Xml>()) {
    Builder builder{*this};
    if (builder.parse(bytes)) builder.build();
}

SvgDocument::~SvgDocument() = default;

SvgNodeId SvgDocument::by_id(std::string_view id) const {
    const auto found = std::ranges::lower_bound(ids_, id, {}, &std::pair<std::string_view, SvgNodeId>::first);
    return found != ids_.end() && found->first == id ? found->second : no_svg_node;
}

const SvgAttribute* SvgDocument::attribute(SvgNodeId node, std::string_view name) const {
    for (const SvgAttribute& attribute : nodes_[node].attributes) {
        if (attribute.name == name) return &attribute;
    }
    return nullptr;
}

std::string_view SvgDocument::value(SvgNodeId node, std::string_view name) const {
    const SvgAttribute* found = attribute(node, name);
    return found == nullptr ? std::string_view() : found->value;
}

std::string SvgDocument::text_of(SvgNodeId node) const {
    std::string text;
    std::vector<SvgNodeId> waiting{node};
    while (!waiting.empty()) {
        const SvgNode& next = nodes_[waiting.back()];
        waiting.pop_back();
        text += next.text;
        waiting.insert(waiting.end(), next.children.rbegin(), next.children.rend());
    }
    return collapsed(text);
}

} // namespace bifolio
