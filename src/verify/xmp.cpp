#include "verify/xmp.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <pugixml.hpp>

#include <map>

namespace bifolio {

namespace {

struct QualifiedName {
    std::string space, prefix, name;
};

// pugixml does not resolve namespaces: the declarations in force are kept beside the walk.
class PacketReader {
public:
    explicit PacketReader(Xmp& out) : out_(out) { spaces_["xml"] = "http://www.w3.org/XML/1998/namespace"; }

    void read(pugi::xml_node node, int depth) {
        if (depth > limits::pdf_nesting) return;
        const auto around = declare(node);
        if (is(node, xmp_namespace::rdf, "RDF")) {
            found_ = true;
            for (const pugi::xml_node description : node.children())
                if (is_description(description)) read_description(description, out_.properties, depth + 1);
        } else
            for (const pugi::xml_node child : node.children())
                if (child.type() == pugi::node_element) read(child, depth + 1);
        spaces_ = around;
    }
    bool found() const { return found_; }

private:
    using Spaces = std::map<std::string, std::string>;

    Spaces declare(pugi::xml_node node) {
        Spaces around = spaces_;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
            const std::string prefix(name == "xmlns" ? "" : name.substr(6));
            spaces_[prefix] = attribute.value();
            out_.prefixes.emplace_back(prefix, attribute.value());
        }
        return around;
    }

    QualifiedName resolved(std::string_view name, bool attribute) const {
        const std::size_t colon = name.find(':');
        const std::string prefix(colon == std::string_view::npos ? "" : name.substr(0, colon));
        const auto space = prefix.empty() && attribute ? spaces_.end() : spaces_.find(prefix);
        return {space == spaces_.end() ? "" : space->second, prefix,
                std::string(name.substr(colon == std::string_view::npos ? 0 : colon + 1))};
    }

    // Also when the element itself declares the prefix.
    bool is(pugi::xml_node node, std::string_view space, std::string_view name) {
        const Spaces around = spaces_;
        for (const pugi::xml_attribute attribute : node.attributes())
            if (const std::string_view key = attribute.name(); key.starts_with("xmlns:"))
                spaces_[std::string(key.substr(6))] = attribute.value();
        const QualifiedName own = resolved(node.name(), false);
        spaces_ = around;
        return own.space == space && own.name == name;
    }
    bool is_description(pugi::xml_node node) {
        return node.type() == pugi::node_element && is(node, xmp_namespace::rdf, "Description");
    }

    // The properties of an rdf:Description: attributes and elements.
    void read_description(pugi::xml_node node, std::vector<XmpProperty>& into, int depth) {
        if (depth > limits::pdf_nesting) return;
        const auto around = declare(node);
        read_attributes(node, into);
        for (const pugi::xml_node child : node.children())
            if (child.type() == pugi::node_element) into.push_back(read_property(child, depth + 1));
        spaces_ = around;
    }

    void read_attributes(pugi::xml_node node, std::vector<XmpProperty>& into) {
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name.starts_with("xml") && (name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xml:"))) continue;
            QualifiedName own = resolved(name, true);
            if (own.space == xmp_namespace::rdf || own.space.empty()) continue;
            XmpProperty property;
            property.space = std::move(own.space);
            property.prefix = std::move(own.prefix);
            property.name = std::move(own.name);
            property.text = attribute.value();
            into.push_back(std::move(property));
        }
    }

    XmpProperty read_property(pugi::xml_node node, int depth) {
        const auto around = declare(node);
        XmpProperty out;
        QualifiedName own = resolved(node.name(), false);
        out.space = std::move(own.space);
        out.prefix = std::move(own.prefix);
        out.name = std::move(own.name);
        out.language = node.attribute("xml:lang").value();
        if (depth <= limits::pdf_nesting) read_value(node, out, depth);
        spaces_ = around;
        return out;
    }

    void read_value(pugi::xml_node node, XmpProperty& out, int depth) {
        const auto item_kind = [&](pugi::xml_node child) {
            using Kind = XmpProperty::Kind;
            return is(child, xmp_namespace::rdf, "Bag")   ? Kind::bag
                   : is(child, xmp_namespace::rdf, "Seq") ? Kind::seq
                   : is(child, xmp_namespace::rdf, "Alt") ? Kind::alt
                                                          : Kind::simple;
        };
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const QualifiedName own = resolved(attribute.name(), true);
            if (own.space == xmp_namespace::rdf && own.name == "parseType" && std::string_view(attribute.value()) == "Resource") {
                out.kind = XmpProperty::Kind::structure;
                for (const pugi::xml_node child : node.children())
                    if (child.type() == pugi::node_element) out.parts.push_back(read_property(child, depth + 1));
                return;
            }
            if (own.space == xmp_namespace::rdf && own.name == "resource") out.text = attribute.value();
        }
        pugi::xml_node only;
        for (const pugi::xml_node child : node.children())
            if (child.type() == pugi::node_element && !only) only = child;
        if (!only) {
            std::vector<XmpProperty> fields;
            read_attributes(node, fields);
            if (!fields.empty()) {
                out.kind = XmpProperty::Kind::structure;
                out.parts = std::move(fields);
            } else if (out.text.empty())
                out.text = trimmed(node.text().get());
            return;
        }
        if (is_description(only)) {
            out.kind = XmpProperty::Kind::structure;
            return read_description(only, out.parts, depth + 1);
        }
        out.kind = item_kind(only);
        if (out.kind == XmpProperty::Kind::simple) { // an element where text belongs; kept as a structure
            out.kind = XmpProperty::Kind::structure;
            out.parts.push_back(read_property(only, depth + 1));
            return;
        }
        const auto around = declare(only);
        for (const pugi::xml_node item : only.children())
            if (item.type() == pugi::node_element) {
                XmpProperty one = read_property(item, depth + 1);
                one.space.clear();
                one.prefix.clear();
                one.name.clear();
                out.parts.push_back(std::move(one));
            }
        spaces_ = around;
    }

    Xmp& out_;
    Spaces spaces_;
    bool found_ = false;
};

} // namespace

const XmpProperty* XmpProperty::part(std::string_view wanted_space, std::string_view wanted) const {
    for (const XmpProperty& one : parts)
        if (one.space == wanted_space && one.name == wanted) return &one;
    return nullptr;
}

const XmpProperty* Xmp::property(std::string_view space, std::string_view name) const {
    for (const XmpProperty& one : properties)
        if (one.space == space && one.name == name) return &one;
    return nullptr;
}

std::string Xmp::text(std::string_view space, std::string_view name) const {
    const XmpProperty* one = property(space, name);
    if (!one) return {};
    if (one->kind == XmpProperty::Kind::simple) return one->text;
    return one->parts.empty() ? std::string() : one->parts.front().text;
}

Xmp read_xmp_packet(std::string packet) {
    Xmp out;
    out.packet = std::move(packet);
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(out.packet.data(), out.packet.size());
    if (!result) {
        out.problem = std::string("the metadata is not well-formed XML: ") + result.description();
        return out;
    }
    PacketReader reader(out);
    reader.read(document, 0);
    if (!reader.found()) out.problem = "the metadata has no rdf:RDF element";
    return out;
}

Xmp read_xmp(const PdfFile& file) {
    const PdfObject stream = file.catalog()["Metadata"];
    if (!stream.is_stream()) {
        Xmp out;
        out.problem = "the catalog has no metadata stream";
        return out;
    }
    DecodedStream decoded = file.decoded(stream);
    Xmp out = read_xmp_packet(std::move(decoded.bytes));
    out.stream = stream;
    if (!decoded.problem.empty()) out.problem = "the metadata stream cannot be decoded: " + decoded.problem;
    return out;
}

} // namespace bifolio
