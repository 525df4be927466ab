// rules_svg.cpp: EPUB 3.3 §6.2, SVG content documents and the SVG in XHTML.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/html_checks.h"
#include "verify/epub/html_model.h"
#include "verify/epub/media_types.h"
#include "verify/epub/vocabularies.h"

#include <array>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-005.svg", error, "an SVG document is none",
             "Let its root be svg of the namespace http://www.w3.org/2000/svg."},
    EpubRule{"EPUB RSC-005.svg-attribute", error, "an attribute of EPUB stands where SVG must not have it",
             "epub:type belongs on shapes, texts and groups."},
    EpubRule{"EPUB RSC-005.svg-id", error, "an id occurs twice, or is none",
             "Give each element an id of its own, without spaces."},
    EpubRule{"EPUB RSC-005.svg-html", error, "foreignObject or title holds what it must not",
             "foreignObject holds the content of an HTML body, title HTML."},
    EpubRule{"EPUB RSC-025.svg", note, "SVG elements and attributes one by one", "See SVG.",
             "EPUBCheck calls them usage; drawings of other programs are full of their own"},
};

// Structural elements, shapes and texts.
constexpr std::string_view with_type = "a audio canvas circle ellipse g iframe image line path polygon polyline rect svg switch "
                                       "symbol text textPath tspan unknown use video";

void check_node(const XmlNode& node, bool is_document, const Reporter& report) {
    for (const XmlAttribute& attribute : node.attributes) {
        if (attribute.space != xml_space::epub) continue;
        const bool root = !node.parent;
        const bool fits =
            attribute.name == "type" ? holds_word(with_type, node.name) : attribute.name == "prefix" && root && is_document;
        if (!fits)
            report("EPUB RSC-005.svg-attribute", "‘epub:" + std::string(attribute.name) + "’ stands on " + named(node.name),
                   &node);
    }
    const std::string_view* id = node.find("id");
    if (id && (id->empty() || id->find_first_of(" \t\n\r") != std::string::npos))
        report("EPUB RSC-005.svg-id", named(*id) + " is no id", &node);
    if (node.name != "foreignObject" && node.name != "title") return;
    for (const XmlNode& child : node) {
        if (!child.is_element()) continue;
        if (child.space == xml_space::xhtml) {
            const HtmlElement* element = find_html_element(child.name);
            if (node.name == "foreignObject" && element && !element->is_flow)
                report("EPUB RSC-005.svg-html", named(child.name) + " must not stand in ‘foreignObject’", &child);
        } else if (node.name == "title" ||
                   (child.space != xml_space::svg && child.space != xml_space::mathml && child.space != xml_space::epub))
            report("EPUB RSC-005.svg-html",
                   named(child.name) + " of the namespace " + named(child.space) + " must not stand in " + named(node.name),
                   &child);
    }
}

void check_document(const ExaminedEpub&, const EpubDocument& document, const ManifestItem& item, EpubFindings& findings) {
    const bool is_svg = item.media_type == media_type::svg;
    if ((!is_svg && item.media_type != media_type::xhtml) || !document.xml.well_formed()) return;
    const Reporter report{findings, document.path};
    const XmlNode& root = *document.xml.root;
    if (is_svg && !root.is(xml_space::svg, "svg")) {
        report("EPUB RSC-005.svg", "the root element is not ‘svg’ of its namespace", &root);
        return;
    }
    Prefixes prefixes;
    if (is_svg) prefixes = read_prefixes(root.get("prefix", xml_space::epub), PrefixPlace::content, root, report);
    for (const XmlNode& node : document.xml.nodes) {
        if (!node.is_element()) continue;
        if (node.space == xml_space::svg) check_node(node, is_svg, report);
        if (!is_svg) continue;
        if (const std::string_view* id = node.find("id"); id && !id->empty())
            if (const auto first = document.ids.find(trimmed(*id)); first != document.ids.end() && first->second != &node)
                report("EPUB RSC-005.svg-id", "the id " + named(*id) + " occurs twice", &node);
        for (const std::string& type : words_of(node.get("type", xml_space::epub)))
            if (const std::size_t colon = type.find(':'); colon != std::string::npos && !prefixes.contains(type.substr(0, colon)))
                report("EPUB OPF-028", "the prefix of " + named(type) + " is not declared", &node);
        if (node.space == xml_space::xhtml) { // inside foreignObject or title
            check_html_place(node, report);
            check_html_order(node, report);
            check_html_attributes(node, report);
        }
    }
    if (is_svg) check_html_nesting(root, report);
}

} // namespace

EpubChapter chapter_of_svg() { return {"EPUB 3.3 §6.2, SVG", EpubStandard::epub_3_3, rules, nullptr, check_document}; }

} // namespace bifolio
