#include "base/utf8.h"
#include "verify/epub/html_checks.h"
#include "verify/epub/html_model.h"
#include "verify/epub/markup_dates.h"
#include "verify/epub/package_document.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

bool is_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }
bool is_integer(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return is_digits(text);
}

// xsd:language, which is laxer than BCP 47.
bool is_loose_language(std::string_view text) {
    for (bool first = true;; first = false) {
        const std::string_view part = text.substr(0, text.find('-'));
        const bool fits = !part.empty() && part.size() <= 8 && std::ranges::all_of(part, [&](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
        });
        if (!fits) return false;
        if (part.size() == text.size()) return true;
        text.remove_prefix(part.size() + 1);
    }
}

struct Keywords {
    std::string_view element, attribute; // element “*”: any
    std::string_view values;             // parted by “|”; an empty one: ""
};
constexpr std::array keywords{
    Keywords{"*", "dir", "ltr|rtl|auto"},
    Keywords{"*", "hidden", "|hidden|until-found"},
    Keywords{"*", "draggable", "true|false"},
    Keywords{"*", "contenteditable", "|true|false|plaintext-only"},
    Keywords{"*", "spellcheck", "|true|false"},
    Keywords{"*", "translate", "|yes|no"},
    Keywords{"ol", "type", "1|a|A|i|I"},
    Keywords{"th", "scope", "row|col|rowgroup|colgroup"},
    Keywords{"table", "border", "|1"},
    Keywords{"area", "shape", "circle|default|poly|rect"},
    Keywords{"audio", "preload", "|none|metadata|auto"},
    Keywords{"video", "preload", "|none|metadata|auto"},
    Keywords{"track", "kind", "subtitles|captions|descriptions|chapters|metadata"},
    Keywords{"button", "type", "submit|reset|button"},
    Keywords{"form", "method", "get|post|dialog"},
    Keywords{"input", "type",
             "button|checkbox|color|date|datetime-local|email|file|hidden|image|month|number|password|radio|range|reset|search|"
             "submit|tel|text|time|url|week"},
    Keywords{"*", "aria-hidden", "true|false"},
    Keywords{"*", "aria-atomic", "true|false"},
    Keywords{"*", "aria-busy", "true|false"},
    Keywords{"*", "aria-disabled", "true|false"},
    Keywords{"*", "aria-live", "off|polite|assertive"},
};
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> whole_numbers{{{"img", "width height"},
                                                                                       {"iframe", "width height"},
                                                                                       {"embed", "width height"},
                                                                                       {"object", "width height"},
                                                                                       {"video", "width height"},
                                                                                       {"canvas", "width height"},
                                                                                       {"source", "width height"},
                                                                                       {"td", "colspan rowspan"},
                                                                                       {"th", "colspan rowspan"},
                                                                                       {"col", "span"},
                                                                                       {"colgroup", "span"},
                                                                                       {"textarea", "rows cols maxlength"}}};

bool is_one_of(std::string_view values, std::string_view value) {
    for (;;) {
        const std::size_t bar = values.find('|');
        if (equals_ignoring_ascii_case(values.substr(0, bar), value)) return true;
        if (bar == std::string_view::npos) return false;
        values.remove_prefix(bar + 1);
    }
}

bool is_data_name(std::string_view rest) { // behind “data-”
    return !rest.empty() && std::ranges::none_of(rest, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           rest.find(':') == std::string_view::npos;
}

class AttributeLook {
public:
    AttributeLook(const XmlNode& node, const HtmlElement& element, const Reporter& report)
        : node_(node), element_(element), report_(report) {}

    void look() {
        for (const XmlAttribute& attribute : node_.attributes)
            if (attribute.space.empty()) {
                if (is_known(attribute.name))
                    look_at_value(attribute);
                else if (!attribute.name.starts_with("data-"))
                    report_("EPUB RSC-005.html-attribute", named(attribute.name) + " is not allowed on " + named(node_.name),
                            &node_);
            } else
                look_at_namespace(attribute);
        const bool asks_for_some = element_.attributes.find('!') != std::string_view::npos;
        for (const std::string& one : asks_for_some ? words_of(element_.attributes) : std::vector<std::string>())
            if (one.ends_with('!') && !node_.find(std::string_view(one).substr(0, one.size() - 1)))
                report_("EPUB RSC-005.html-attribute", named(node_.name) + " needs " + named(one.substr(0, one.size() - 1)),
                        &node_);
        look_at_required();
    }

private:
    bool is_known(std::string_view name) const {
        if (name.starts_with("data-")) {
            if (!is_data_name(name.substr(5))) report_("EPUB HTM-061", named(name) + " is no name for data", &node_);
            return true;
        }
        if (element_.attributes == "*") return true;
        return is_global_attribute(name) || name == "role" || is_aria_attribute(name) || holds_word(element_.attributes, name);
    }

    void wrong(const XmlAttribute& attribute) {
        report_("EPUB RSC-005.html-value", named(attribute.value) + " is no value of " + named(attribute.name), &node_);
    }

    void look_at_value(const XmlAttribute& attribute) {
        const std::string_view name = attribute.name, value = attribute.value;
        for (const Keywords& one : keywords)
            if ((one.element == "*" || one.element == node_.name) && one.attribute == name && !is_one_of(one.values, value))
                return wrong(attribute);
        for (const auto& [element, names] : whole_numbers)
            if (element == node_.name && holds_word(names, name) && !is_digits(trimmed(value))) return wrong(attribute);
        if (is_boolean_attribute(name) && holds_word(element_.attributes, name) && !value.empty() &&
            !equals_ignoring_ascii_case(value, name))
            return wrong(attribute);
        if (name == "id" && (value.empty() || std::ranges::any_of(value, is_ascii_space))) return wrong(attribute);
        if (name == "lang" && !value.empty() && !is_loose_language(value)) return wrong(attribute);
        if (name == "tabindex" && !is_integer(trimmed(value))) return wrong(attribute);
        if (name == "start" || (name == "value" && node_.name == "li")) {
            if (!is_integer(trimmed(value))) return wrong(attribute);
        }
        if (name == "usemap" && (!value.starts_with('#') || value.size() < 2)) return wrong(attribute);
        if (name == "datetime" && node_.name == "time" && !is_html_date_or_time(value)) return wrong(attribute);
        if (name == "datetime" && node_.name != "time" && !is_html_date_optional_time(value)) return wrong(attribute);
        if (name == "src" && node_.name == "img" && is_blank(value)) return wrong(attribute);
        if (name == "colspan" && trimmed(value).find_first_not_of('0') == std::string_view::npos) return wrong(attribute);
        if (name == "role" && is_blank(value)) return wrong(attribute);
        if (name == "role")
            for (const std::string& role : words_of(value))
                if (!is_aria_role(role)) {
                    report_("EPUB RSC-005.role", named(role) + " is no role", &node_);
                    break;
                }
    }

    void look_at_namespace(const XmlAttribute& attribute) {
        static constexpr std::array known{
            xml_space::xml,   xml_space::epub, xml_space::ssml,   xml_space::xlink,
            xml_space::xhtml, xml_space::svg,  xml_space::mathml, std::string_view("http://www.w3.org/2001/xml-events")};
        if (attribute.space == xml_space::epub) {
            if (attribute.name != "type" && !(attribute.name == "prefix" && node_.name == "html"))
                report_("EPUB RSC-005.html-attribute",
                        "‘epub:" + std::string(attribute.name) + "’ is not allowed on " + named(node_.name), &node_);
        } else if (std::ranges::find(known, attribute.space) == known.end()) {
            const std::string_view space = attribute.space;
            const std::size_t begin = space.find("://");
            const std::string_view host =
                begin == std::string_view::npos ? space : space.substr(begin + 3, space.find('/', begin + 3) - begin - 3);
            for (const std::string_view reserved : {"w3.org", "idpf.org"})
                if (host.find(reserved) != std::string_view::npos)
                    report_("EPUB HTM-054", "the namespace " + named(space) + " is not for attributes of your own", &node_);
        }
        if (attribute.space == xml_space::xml && attribute.name == "lang" && !attribute.value.empty() &&
            !is_loose_language(attribute.value))
            wrong(attribute);
    }

    void look_at_required() {
        const auto needs = [&](bool has, const char* what) {
            if (!has) report_("EPUB RSC-005.html-attribute", named(node_.name) + " needs " + what, &node_);
        };
        const auto has = [&](std::string_view name) { return node_.find(name) != nullptr; };
        const std::string_view name = node_.name;
        if (name == "bdo") needs(has("dir"), "‘dir’");
        if (name == "object") needs(has("data") || has("type"), "‘data’ or ‘type’");
        if (name == "base") needs(has("href") || has("target"), "‘href’ or ‘target’");
        if (name == "link") { needs(has("rel") || has("itemprop") || has("property"), "‘rel’"); }
        if (name == "source" && node_.parent)
            needs(node_.parent->name == "picture" ? has("srcset") : has("src"),
                  node_.parent->name == "picture" ? "‘srcset’" : "‘src’");
        if (name == "meta") {
            const bool described = has("name") || has("http-equiv") || has("property") || has("itemprop");
            needs(described || has("charset"), "‘name’, ‘property’ or ‘charset’");
            if (described) needs(has("content"), "‘content’");
        }
        if (name == "optgroup") needs(has("label"), "‘label’");
    }

    const XmlNode& node_;
    const HtmlElement& element_;
    const Reporter& report_;
};

} // namespace

void check_html_attributes(const XmlNode& node, const Reporter& report) {
    if (const HtmlElement* element = find_html_element(node.name)) AttributeLook(node, *element, report).look();
}

} // namespace bifolio
