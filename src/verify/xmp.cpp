#include "verify/xmp.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <expat.h>
#include <pugixml.hpp>

#include <map>
#include <memory>

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
            for (const pugi::xml_node description : node.children()) {
                if (is_description(description)) {
                    look_at_subject(description);
                    read_description(description, out_.properties, depth + 1);
                } else if (description.type() == pugi::node_element)
                    misuse("rdf:RDF holds " + std::string(description.name()) + ", which is no rdf:Description");
            }
        } else
            for (const pugi::xml_node child : node.children())
                if (child.type() == pugi::node_element) read(child, depth + 1);
        spaces_ = around;
    }
    bool found() const { return found_; }

private:
    using Spaces = std::map<std::string, std::string>;

    void misuse(std::string what) {
        if (out_.misuse.empty()) out_.misuse = std::move(what);
    }

    // All descriptions of a packet are of one thing: XMP Specification, RDF in XMP.
    void look_at_subject(pugi::xml_node description) {
        const auto around = declare(description);
        for (const pugi::xml_attribute attribute : description.attributes()) {
            const QualifiedName own = resolved(attribute.name(), true);
            if (own.space != xmp_namespace::rdf || own.name != "about" || !*attribute.value()) continue;
            if (!subject_.empty() && subject_ != attribute.value())
                misuse("the descriptions are of different things (rdf:about)");
            subject_ = attribute.value();
        }
        spaces_ = around;
    }

    void keep(XmpProperty property, std::vector<XmpProperty>& into) {
        for (const XmpProperty& other : into)
            if (other.space == property.space && other.name == property.name) {
                misuse("the property " + property.prefix + ":" + property.name + " stands there twice");
                break;
            }
        if (property.space == xmp_namespace::rdf && property.name != "value" && property.name != "type")
            misuse("rdf:" + property.name + " stands where a property belongs");
        into.push_back(std::move(property));
    }

    Spaces declare(pugi::xml_node node) {
        Spaces around = spaces_;
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
            spaces_[std::string(name == "xmlns" ? "" : name.substr(6))] = attribute.value();
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
            if (child.type() == pugi::node_element) keep(read_property(child, depth + 1), into);
        spaces_ = around;
    }

    void read_attributes(pugi::xml_node node, std::vector<XmpProperty>& into) {
        for (const pugi::xml_attribute attribute : node.attributes()) {
            const std::string_view name = attribute.name();
            if (name.starts_with("xml") && (name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xml:"))) continue;
            QualifiedName own = resolved(name, true);
            if (own.space == xmp_namespace::rdf) {
                if (own.name == "bagID" || own.name.starts_with("aboutEach"))
                    misuse("rdf:" + own.name + " is no attribute of RDF anymore");
                continue;
            }
            if (own.space.empty()) continue;
            XmpProperty property;
            property.space = std::move(own.space);
            property.prefix = std::move(own.prefix);
            property.name = std::move(own.name);
            property.text = attribute.value();
            keep(std::move(property), into);
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
            if (own.space == xmp_namespace::rdf && own.name == "parseType") {
                if (std::string_view(attribute.value()) == "Resource") {
                    out.kind = XmpProperty::Kind::structure;
                    for (const pugi::xml_node child : node.children())
                        if (child.type() == pugi::node_element) keep(read_property(child, depth + 1), out.parts);
                    return;
                }
                misuse("XMP knows no rdf:parseType ‘" + std::string(attribute.value()) + "’");
            }
            if (own.space == xmp_namespace::rdf && own.name == "resource") out.text = attribute.value();
        }
        pugi::xml_node only;
        for (const pugi::xml_node child : node.children()) {
            if (child.type() != pugi::node_element) continue;
            if (only) misuse("the property " + out.prefix + ":" + out.name + " has several values and no container");
            if (!only) only = child;
        }
        if (only && !trimmed(node.text().get()).empty()) // pugixml's text of a node is its first, beside elements too
            misuse("the property " + out.prefix + ":" + out.name + " has text beside its value");
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
                if (!is(item, xmp_namespace::rdf, "li")) misuse("a container holds " + std::string(item.name()));
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
    std::string subject_; // of all descriptions
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

namespace {

// What pugixml passes over: prefixes that nothing declares, attributes given twice, characters that XML has not. Empty: nothing.
std::string breach_of_xml(std::string_view packet) {
    struct FreeParser {
        void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
    };
    const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreateNS(nullptr, ' '));
    if (!parser || XML_Parse(parser.get(), packet.data(), static_cast<int>(packet.size()), 1) == XML_STATUS_OK) return {};
    return XML_ErrorString(XML_GetErrorCode(parser.get()));
}

} // namespace

Xmp read_xmp_packet(std::string packet) {
    Xmp out;
    out.packet = std::move(packet);
    if (out.packet.size() > limits::pdf_metadata_bytes) {
        out.problem = "the metadata is larger than the limit";
        return out;
    }
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(out.packet.data(), out.packet.size());
    if (!result) {
        out.problem = std::string("the metadata is not well-formed XML: ") + result.description();
        return out;
    }
    // Bytes that are no UTF-8 are a fault of their own, told by who asks for the encoding.
    const bool is_utf8 = first_invalid_utf8(out.packet) == std::string::npos;
    if (const std::string breach = is_utf8 ? breach_of_xml(out.packet) : std::string(); !breach.empty()) {
        out.problem = "the metadata is not well-formed XML: " + breach;
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
