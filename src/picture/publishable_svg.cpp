#include "picture/publishable_svg.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "picture/embedded_picture.h"
#include "picture/picture.h"

#include <map>
#include <set>

#include <pugixml.hpp>

namespace bifolio {

namespace {

constexpr std::string_view svg_namespace = "http://www.w3.org/2000/svg", xlink_namespace = "http://www.w3.org/1999/xlink";

using Namespaces = std::map<std::string, std::string>; // prefix → name

std::string prefix_of(std::string_view name) { return std::string(name.substr(0, name.find(':') + 1 == 0 ? 0 : name.find(':'))); }
std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

class Cleaning {
public:
    std::string problem;

    // The element stays; what is in it and on it is looked through.
    void clean(pugi::xml_node element, Namespaces namespaces) {
        for (const pugi::xml_attribute attribute : element.attributes()) {
            const std::string_view name = attribute.name();
            if (name == "xmlns") namespaces[""] = attribute.value();
            if (name.starts_with("xmlns:")) namespaces[std::string(name.substr(6))] = attribute.value();
        }
        used_.insert(prefix_of(element.name()));
        for (pugi::xml_attribute attribute = element.first_attribute(); attribute;) {
            const pugi::xml_attribute next = attribute.next_attribute();
            if (stays(attribute.name(), namespaces))
                clean_value(attribute);
            else
                element.remove_attribute(attribute);
            attribute = next;
        }
        for (pugi::xml_node child = element.first_child(); child;) {
            const pugi::xml_node next = child.next_sibling();
            if (child.type() == pugi::node_element) {
                if (is_drawn(child, namespaces))
                    clean(child, namespaces);
                else
                    element.remove_child(child);
            }
            child = next;
        }
    }

    void drop_unused_declarations(pugi::xml_node element) {
        for (pugi::xml_attribute attribute = element.first_attribute(); attribute;) {
            const pugi::xml_attribute next = attribute.next_attribute();
            const std::string_view name = attribute.name();
            if (name.starts_with("xmlns:") && !used_.contains(std::string(name.substr(6)))) element.remove_attribute(attribute);
            attribute = next;
        }
        for (const pugi::xml_node child : element.children())
            if (child.type() == pugi::node_element) drop_unused_declarations(child);
    }

private:
    static bool is_drawn(pugi::xml_node element, Namespaces namespaces) {
        const std::string prefix = prefix_of(element.name());
        const pugi::xml_attribute own = element.attribute(prefix.empty() ? "xmlns" : ("xmlns:" + prefix).c_str());
        if (own) namespaces[prefix] = own.value();
        return namespaces[prefix] == svg_namespace && local_name(element.name()) != "metadata";
    }

    bool stays(std::string_view name, const Namespaces& namespaces) {
        if (name == "xmlns" || name.starts_with("xmlns:")) return true; // what is not used is dropped at the end
        const std::string prefix = prefix_of(name);
        if (prefix.empty()) return !name.starts_with("data-");
        if (prefix == "xml") return true;
        const auto found = namespaces.find(prefix);
        const bool known = found != namespaces.end() && found->second == xlink_namespace;
        if (known) used_.insert(prefix);
        return known;
    }

    void clean_value(pugi::xml_attribute attribute) {
        const std::string value(trimmed(attribute.value()));
        if (local_name(attribute.name()) != "href" || !value.starts_with("data:")) return;
        const std::optional<std::string> bytes = embedded_picture(value);
        const Result<std::string> published = bytes ? publishable_picture(*bytes) : Result<std::string>::failure("no picture");
        const Result<PictureInfo> info = published ? probe_picture(published.value()) : Result<PictureInfo>::failure("");
        if (!info) {
            problem = "a picture in the drawing cannot be shown: " + (published ? info.error() : published.error());
            return;
        }
        attribute.set_value(
            ("data:" + std::string(media_type(info.value().kind)) + ";base64," + base64(published.value())).c_str());
    }

    std::set<std::string> used_; // prefixes
};

struct StringWriter final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

} // namespace

Result<std::string> publishable_svg(std::string_view bytes) {
    using Failure = Result<std::string>;
    pugi::xml_document document;
    // Without comments, instructions and the document type.
    const auto parsed = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return Failure::failure(to_ascii_lower(parsed.description()));
    Cleaning cleaning;
    cleaning.clean(document.document_element(), {});
    if (!cleaning.problem.empty()) return Failure::failure(cleaning.problem);
    cleaning.drop_unused_declarations(document.document_element());
    StringWriter writer;
    document.document_element().print(writer, "", pugi::format_raw, pugi::encoding_utf8);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + writer.text + "\n";
}

} // namespace bifolio
