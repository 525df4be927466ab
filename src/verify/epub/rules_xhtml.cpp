// rules_xhtml.cpp: EPUB 3.3 §6.1, XHTML content documents, with the MathML in them.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/html_checks.h"
#include "verify/epub/html_model.h"
#include "verify/epub/media_types.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-005.xhtml", error, "an XHTML document is none",
             "Let its root be html of the namespace http://www.w3.org/1999/xhtml."},
    EpubRule{"EPUB RSC-005.html-element", error, "HTML has no such element, or no longer",
             "Use the element of today, and CSS for the looks."},
    EpubRule{"EPUB RSC-005.html-content", error, "an element, or text, stands where HTML does not allow it",
             "Put it into an element that may hold it."},
    EpubRule{"EPUB RSC-005.html-order", error, "an element's children are not in the order, or number, that HTML asks for",
             "Keep the order of the HTML Standard."},
    EpubRule{"EPUB RSC-005.html-nesting", error, "an element stands inside another that must not hold it",
             "Take one out of the other."},
    EpubRule{"EPUB RSC-005.html-attribute", error, "an attribute is not allowed, or missing",
             "Take it out, or add it; looks belong to CSS."},
    EpubRule{"EPUB RSC-005.html-value", error, "an attribute's value is not of the right form",
             "Write a value that the HTML Standard has."},
    EpubRule{"EPUB RSC-005.html-id", error, "an id occurs twice in the document", "Give each element an id of its own."},
    EpubRule{"EPUB RSC-005.id-reference", error, "an attribute names an id that there is not",
             "Mend the reference, or give the target this id."},
    EpubRule{"EPUB RSC-005.lang", error, "lang and xml:lang differ", "Write the same in both."},
    EpubRule{"EPUB RSC-005.title", error, "the title is empty", "Write the document's title."},
    EpubRule{"EPUB RSC-017.title", warning, "a document has no title", "Add title to head."},
    EpubRule{"EPUB RSC-005.encoding", error, "a meta element names another encoding than UTF-8, or two do",
             "Write <meta charset=\"utf-8\"/> once."},
    EpubRule{"EPUB RSC-005.epub-type", error, "epub:type stands on an element that must not have it",
             "Put it on an element of the body."},
    EpubRule{"EPUB RSC-005.role", error, "a role is unknown", "Write a role of WAI-ARIA or DPUB-ARIA."},
    EpubRule{"EPUB RSC-017.role", warning, "a role is deprecated", "Leave it out: the list item in a list of notes needs none."},
    EpubRule{"EPUB RSC-005.mathml", error, "a formula is not presentation MathML",
             "Write presentation MathML; the content goes into annotation-xml."},
    EpubRule{"EPUB RSC-005.switch", error, "epub:switch or epub:trigger is not as it must be",
             "Do without: both are deprecated."},
    EpubRule{"EPUB RSC-017.switch", warning, "epub:switch and epub:trigger are deprecated", "Do without."},
    EpubRule{"EPUB HTM-007", warning, "ssml:ph is empty", "Write the pronunciation, or leave it out."},
    EpubRule{"EPUB HTM-054", error, "an attribute has a namespace that belongs to W3C or IDPF", "Use a namespace of your own."},
    EpubRule{"EPUB HTM-055", note, "an element is discouraged", "Do without."},
    EpubRule{"EPUB HTM-061", error, "a data- attribute has a wrong name", "Write small letters behind data-."},
    EpubRule{"EPUB CSS-015", error, "an alternate style sheet has no title", "Add title to link."},
    EpubRule{"EPUB OPF-088", note, "an epub:type is unknown", "Write one of the vocabulary, or declare a prefix."},
    EpubRule{"EPUB OPF-086b", note, "an epub:type is deprecated", "Write what the vocabulary has instead."},
    EpubRule{"EPUB OPF-087", note, "an epub:type does not fit its element", "See the vocabulary.",
             "the vocabulary only suggests"},
    EpubRule{"EPUB RSC-025", note, "the attributes of formulas and of custom elements", "See MathML.",
             "browsers bear with them; only elements are checked"},
};

class XhtmlLook {
public:
    XhtmlLook(const EpubDocument& document, EpubFindings& findings) : document_(document), report_{findings, document.path} {}

    void look() {
        const XmlNode* root = document_.xml.root;
        if (!root->is(xml_space::xhtml, "html")) {
            report_("EPUB RSC-005.xhtml", "the root element is not ‘html’ of its namespace", root);
            return;
        }
        prefixes_ = read_prefixes(root->get("prefix", xml_space::epub), PrefixPlace::content, *root, report_);
        check_ids();
        for (const XmlNode& node : document_.xml.nodes) {
            if (!node.is_element()) continue;
            check_any(node);
            if (node.space == xml_space::xhtml)
                check_html(node);
            else if (node.space == xml_space::mathml)
                check_mathml(node);
            else if (node.space == xml_space::epub)
                check_switch(node);
        }
        check_html_nesting(*root, report_);
    }

private:
    void check_ids() {
        for (const XmlNode& node : document_.xml.nodes) {
            if (!node.is_element()) continue;
            const std::string_view* id = node.find("id");
            if (id && !id->empty() && document_.ids.at(std::string(trimmed(*id))) != &node)
                report_("EPUB RSC-005.html-id", "the id " + named(*id) + " occurs twice", &node);
        }
    }

    const XmlNode* target(std::string_view id) const {
        const auto found = document_.ids.find(id);
        return found == document_.ids.end() ? nullptr : found->second;
    }

    void check_any(const XmlNode& node) {
        for (const char* name : {"aria-describedby", "aria-labelledby", "aria-flowto", "aria-owns", "aria-controls"})
            for (const std::string& id : words_of(node.get(name)))
                if (!target(id)) {
                    report_("EPUB RSC-005.id-reference", named(name) + " names " + named(id) + ", which there is not", &node);
                    break;
                }
        if (const std::string_view* types = node.find("type", xml_space::epub)) check_type(node, *types);
        if (const std::string_view* speech = node.find("ph", xml_space::ssml)) {
            if (is_blank(*speech)) report_("EPUB HTM-007", "‘ssml:ph’ is empty", &node);
            for (const XmlNode* at = node.parent; at; at = at->parent)
                if (at->find("ph", xml_space::ssml)) {
                    report_("EPUB RSC-005.html-value", "‘ssml:ph’ stands inside an element that has it too", &node);
                    break;
                }
        }
    }

    void check_type(const XmlNode& node, std::string_view types) {
        static constexpr std::string_view metadata = "head title base link meta style script noscript template";
        if (node.space == xml_space::xhtml && holds_word(metadata, node.name))
            report_("EPUB RSC-005.epub-type", "‘epub:type’ stands on " + named(node.name), &node);
        for (const std::string& type : words_of(types)) {
            const std::size_t colon = type.find(':');
            if (colon != std::string::npos) {
                if (!prefixes_.contains(std::string_view(type).substr(0, colon)))
                    report_("EPUB OPF-028", "the prefix of " + named(type) + " is not declared", &node);
            } else if (semantic_type(type) == SemanticType::unknown)
                report_("EPUB OPF-088", named(type) + " is not in the vocabulary", &node);
            else if (semantic_type(type) == SemanticType::deprecated)
                report_("EPUB OPF-086b", named(type) + " is deprecated", &node);
        }
    }

    void check_html(const XmlNode& node) {
        check_html_place(node, report_);
        check_html_order(node, report_);
        check_html_attributes(node, report_);
        const std::string_view name = node.name;
        if (name == "head" && !node.child(xml_space::xhtml, "title"))
            report_("EPUB RSC-017.title", "‘head’ has no ‘title’", &node);
        if (name == "title" && is_blank(text_of(node))) report_("EPUB RSC-005.title", "‘title’ is empty", &node);
        if (name == "base" || name == "embed" || name == "rp") report_("EPUB HTM-055", named(name) + " is discouraged", &node);
        if (name == "meta") check_encoding(node);
        const std::string_view *lang = node.find("lang"), *xml_lang = node.find("lang", xml_space::xml);
        if (lang && xml_lang && !equals_ignoring_ascii_case(*lang, *xml_lang))
            report_("EPUB RSC-005.lang", "‘lang’ is " + named(*lang) + ", ‘xml:lang’ " + named(*xml_lang), &node);
        for (const std::string& role : words_of(node.get("role")))
            if (role == "doc-endnote" || role == "doc-biblioentry")
                report_("EPUB RSC-017.role", named(role) + " is deprecated", &node);
        check_references(node);
        if (name == "link") check_link(node);
        check_microdata(node);
        if (name == "select" && !node.find("multiple")) {
            std::size_t chosen = 0;
            for (const XmlNode* at = &node; at; at = next_in_tree(at, &node))
                if (at->is(xml_space::xhtml, "option") && at->find("selected") && ++chosen == 2)
                    report_("EPUB RSC-005.html-value", "more than one option is selected", &node);
        }
        if (name == "track") {
            if (const std::string_view* label = node.find("label"); label && is_blank(*label))
                report_("EPUB RSC-005.html-value", "‘label’ is empty", &node);
            if (node.find("default") && node.parent)
                for (const XmlNode* before = node.parent->first_child; before != &node; before = before->next_sibling)
                    if (before->is(xml_space::xhtml, "track") && before->find("default"))
                        report_("EPUB RSC-005.html-value", "a second track is the default", &node);
        }
    }

    void check_encoding(const XmlNode& node) {
        const bool declares = equals_ignoring_ascii_case(node.get("http-equiv"), "content-type");
        if (declares) {
            std::string content = to_ascii_lower(collapsed(node.get("content")));
            std::erase(content, ' ');
            if (content != "text/html;charset=utf-8")
                report_("EPUB RSC-005.encoding", "the meta element does not say text/html; charset=utf-8", &node);
        }
        const std::string_view* charset = node.find("charset");
        if (charset && !equals_ignoring_ascii_case(*charset, "utf-8"))
            report_("EPUB RSC-005.encoding", "‘charset’ is " + named(*charset), &node);
        if ((declares || charset) && encoding_declared_)
            report_("EPUB RSC-005.encoding", "the encoding is declared twice", &node);
        encoding_declared_ = encoding_declared_ || declares || charset;
    }

    void check_references(const XmlNode& node) {
        const auto missing = [&](std::string_view attribute, std::string_view id) {
            report_("EPUB RSC-005.id-reference",
                    named(attribute) + " names " + named(id) + ", which is not there or of the wrong kind", &node);
        };
        const auto names = [&](std::string_view attribute, std::string_view elements) {
            const std::string_view* id = node.find(attribute);
            if (!id) return;
            const XmlNode* found = target(*id);
            if (!found || found->space != xml_space::xhtml || !holds_word(elements, found->name)) missing(attribute, *id);
        };
        if (node.name == "label") names("for", "button input meter output progress select textarea");
        if (node.name == "input") names("list", "datalist");
        names("form", "form");
        if (node.name == "output")
            for (const std::string& id : words_of(node.get("for")))
                if (!target(id)) missing("for", id);
        if (const std::string_view* headers = node.find("headers")) {
            const XmlNode* table = nullptr;
            for (const XmlNode* at = node.parent; at && !table; at = at->parent)
                if (at->is(xml_space::xhtml, "table")) table = at;
            for (const std::string& id : words_of(*headers)) {
                const XmlNode* found = target(id);
                bool inside = false;
                for (const XmlNode* at = found; at && !inside; at = at->parent) inside = at == table;
                if (!found || !found->is(xml_space::xhtml, "th") || !inside) {
                    missing("headers", id);
                    break;
                }
            }
        }
        if (const std::string_view* active = node.find("aria-activedescendant")) {
            bool inside = false;
            for (const XmlNode* at = target(*active); at && !inside; at = at->parent) inside = at == &node;
            if (!inside) missing("aria-activedescendant", *active);
        }
        if (node.name == "map") {
            const std::string_view* name = node.find("name");
            if (name && !maps_.emplace(*name).second)
                report_("EPUB RSC-005.html-id", "the map " + named(*name) + " occurs twice", &node);
            if (const std::string_view* id = node.find("id"); name && id && *id != *name)
                report_("EPUB RSC-005.html-value", "‘id’ and ‘name’ of the map differ", &node);
        }
        if (node.name == "img" && node.find("ismap")) {
            bool linked = false;
            for (const XmlNode* at = node.parent; at && !linked; at = at->parent)
                linked = at->is(xml_space::xhtml, "a") && at->find("href");
            if (!linked) report_("EPUB RSC-005.html-value", "‘ismap’ stands on a picture that is no link", &node);
        }
    }

    void check_link(const XmlNode& node) {
        const std::vector<std::string> relations = words_of(to_ascii_lower(node.get("rel")));
        const auto is = [&](std::string_view one) { return std::ranges::find(relations, one) != relations.end(); };
        if (is("stylesheet") && is("alternate") && is_blank(node.get("title")))
            report_("EPUB CSS-015", "the alternate style sheet " + named(node.get("href")) + " has no title", &node);
        if (node.find("sizes") && !is("icon"))
            report_("EPUB RSC-005.html-attribute", "‘sizes’ stands on a link that is no icon", &node);
    }

    void check_microdata(const XmlNode& node) {
        if (!node.find("itemprop")) return;
        const std::string_view name = node.name;
        const auto needs = [&](std::string_view attribute) {
            if (!node.find(attribute))
                report_("EPUB RSC-005.html-attribute", named(name) + " with ‘itemprop’ needs " + named(attribute), &node);
        };
        if (name == "a" || name == "area") needs("href");
        if (name == "audio" || name == "video" || name == "iframe" || name == "embed") needs("src");
        if (name == "object") needs("data");
    }

    static bool is_content_mathml(std::string_view name) {
        static constexpr std::string_view presentation =
            "math mi mn mo mtext mspace ms mglyph mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub "
            "msup msubsup "
            "munder mover munderover mmultiscripts mprescripts none mtable mlabeledtr mtr mtd maligngroup malignmark mstack "
            "mlongdiv "
            "msgroup msrow mscarries mscarry msline maction semantics annotation annotation-xml";
        return !holds_word(presentation, name);
    }

    void check_mathml(const XmlNode& node) {
        if (node.name == "annotation-xml") {
            check_annotation(node);
            return;
        }
        if (!is_content_mathml(node.name)) return;
        for (const XmlNode* at = node.parent; at && at->space == xml_space::mathml; at = at->parent)
            if (at->name == "annotation-xml") return; // judged there
        report_("EPUB RSC-005.mathml", named(node.name) + " is not presentation MathML", &node);
    }

    void check_annotation(const XmlNode& node) {
        const std::string_view encoding = node.get("encoding"), name = node.get("name");
        const bool content = encoding == "MathML-Content" || encoding == "application/mathml-content+xml";
        bool holds_html = false, holds_content = false;
        for (const XmlNode& child : node) {
            holds_html = holds_html || child.space == xml_space::xhtml;
            holds_content = holds_content || (child.space == xml_space::mathml && is_content_mathml(child.name));
        }
        if (content && name != "contentequiv")
            report_("EPUB RSC-005.mathml", "‘annotation-xml’ with content MathML needs the name ‘contentequiv’", &node);
        if (holds_content && !content)
            report_("EPUB RSC-005.mathml", "content MathML stands in an annotation whose encoding is " + named(encoding), &node);
        if (holds_html && encoding != "application/xhtml+xml" && encoding != "text/html")
            report_("EPUB RSC-005.mathml", "HTML stands in an annotation whose encoding is " + named(encoding), &node);
    }

    void check_switch(const XmlNode& node) {
        if (node.name == "switch") {
            report_("EPUB RSC-017.switch", "‘epub:switch’ is deprecated", &node);
            std::size_t cases = 0, defaults = 0;
            for (const XmlNode& child : node) {
                if (!child.is_element()) continue;
                const bool is_case = child.is(xml_space::epub, "case");
                if (is_case && defaults > 0) report_("EPUB RSC-005.switch", "‘epub:case’ stands behind the default", &child);
                cases += is_case ? 1 : 0;
                if (child.is(xml_space::epub, "default") && ++defaults == 2)
                    report_("EPUB RSC-005.switch", "a second default", &child);
                if (is_case && !child.find("required-namespace"))
                    report_("EPUB RSC-005.switch", "‘epub:case’ needs ‘required-namespace’", &child);
            }
            if (cases == 0 || defaults == 0)
                report_("EPUB RSC-005.switch", "‘epub:switch’ has not both a case and a default", &node);
        }
        if (node.name == "trigger") {
            report_("EPUB RSC-017.switch", "‘epub:trigger’ is deprecated", &node);
            const auto names = [&](const std::string_view* id) {
                if (id && !target(*id))
                    report_("EPUB RSC-005.id-reference", "‘epub:trigger’ names " + named(*id) + ", which there is not", &node);
            };
            names(node.find("ref"));
            names(node.find("observer", "http://www.w3.org/2001/xml-events"));
        }
    }

    const EpubDocument& document_;
    const Reporter report_;
    Prefixes prefixes_;
    std::set<std::string> maps_;
    bool encoding_declared_ = false;
};

void check_document(const ExaminedEpub&, const EpubDocument& document, const ManifestItem& item, EpubFindings& findings) {
    if (item.media_type == media_type::xhtml && document.xml.well_formed()) XhtmlLook(document, findings).look();
}

} // namespace

EpubChapter chapter_of_xhtml() { return {"EPUB 3.3 §6.1, XHTML", EpubStandard::epub_3_3, rules, nullptr, check_document}; }

} // namespace bifolio
