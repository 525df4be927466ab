#include "base/utf8.h"
#include "verify/epub/html_checks.h"
#include "verify/epub/html_model.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

bool is_custom(std::string_view name) { return name.find('-') != std::string_view::npos && name[0] >= 'a' && name[0] <= 'z'; }
bool is_switch(const XmlNode& node) { return node.space == xml_space::epub && (node.name == "case" || node.name == "default"); }
bool is_heading(std::string_view name) { return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'; }

enum class Where { flow, phrasing, list, nothing, free };

// What may stand in `parent`: its own content model, through transparent elements that of the element around them.
Where content_of(const XmlNode& parent) {
    for (const XmlNode* at = &parent; at; at = at->parent) {
        if (at->space == xml_space::svg) return at->name == "foreignObject" ? Where::flow : Where::free;
        if (at->space == xml_space::mathml) return Where::free;
        if (at->space == xml_space::epub) {
            if (is_switch(*at) || at->name == "switch") continue; // transparent in all but name
            return Where::nothing;
        }
        if (at->space != xml_space::xhtml) return Where::free;
        const HtmlElement* element = find_html_element(at->name);
        if (!element) return Where::free; // said of itself
        switch (element->content) {
        case HtmlContent::transparent: continue;
        case HtmlContent::flow: return Where::flow;
        case HtmlContent::phrasing: return Where::phrasing;
        case HtmlContent::list: return Where::list;
        case HtmlContent::anything: return Where::free;
        case HtmlContent::nothing:
        case HtmlContent::text: return Where::nothing;
        }
    }
    return Where::free;
}

bool may_stand(const XmlNode& node, const HtmlElement& element, const XmlNode& parent) {
    const HtmlElement* around = parent.space == xml_space::xhtml ? find_html_element(parent.name) : nullptr;
    if (around && holds_word(around->children, element.name)) return true;
    if (element.name == "area")
        for (const XmlNode* at = &parent; at; at = at->parent)
            if (at->is(xml_space::xhtml, "map") || at->is(xml_space::xhtml, "template")) return true;
    // A group of terms in a description list.
    if (around && (element.name == "dt" || element.name == "dd") && parent.name == "div" && parent.parent &&
        parent.parent->is(xml_space::xhtml, "dl"))
        return true;
    switch (content_of(parent)) {
    case Where::free: return true;
    case Where::flow:
        return element.is_flow && element.name != "area" &&
               !(element.name == "meta" && !node.find("itemprop") && !node.find("property"));
    case Where::phrasing:
        return element.is_phrasing && element.name != "area" &&
               !(element.name == "meta" && !node.find("itemprop") && !node.find("property"));
    case Where::list: return element.name == "script" || element.name == "template";
    case Where::nothing: return false;
    }
    return true;
}

void check_text(const XmlNode& node, const HtmlElement& element, const Reporter& report) {
    if (element.content != HtmlContent::list && element.content != HtmlContent::nothing) return;
    for (const XmlNode& child : node) {
        if (child.kind == XmlNode::Kind::text && !is_blank(child.text)) {
            report("EPUB RSC-005.html-content", "text stands right in ‘" + std::string(node.name) + "’", &child);
            return;
        }
    }
}

void check_foreign_children(const XmlNode& node, const Reporter& report) {
    for (const XmlNode& child : node) {
        if (!child.is_element() || child.space == xml_space::xhtml) continue;
        const bool known = child.space == xml_space::svg || child.space == xml_space::mathml ||
                           (child.space == xml_space::epub && (child.name == "switch" || child.name == "trigger"));
        const Where where = content_of(node);
        if (!known)
            report("EPUB RSC-005.html-element",
                   named(child.name) + " of the namespace " + named(child.space) + " is not allowed here", &child);
        else if (where == Where::nothing || (where == Where::list && child.name != "trigger"))
            report("EPUB RSC-005.html-content", named(child.name) + " must not stand in " + named(node.name), &child);
    }
}

using Names = std::initializer_list<std::string_view>;

bool has_ancestor(const XmlNode& node, Names names, const XmlNode** found = nullptr) {
    for (const XmlNode* at = node.parent; at; at = at->parent)
        if (at->space == xml_space::xhtml && std::ranges::find(names, at->name) != names.end()) {
            if (found) *found = at;
            return true;
        }
    return false;
}

bool is_interactive(const XmlNode& node) {
    static constexpr std::array always{std::string_view("a"),      std::string_view("button"),  std::string_view("details"),
                                       std::string_view("embed"),  std::string_view("iframe"),  std::string_view("label"),
                                       std::string_view("select"), std::string_view("textarea")};
    if (std::ranges::find(always, node.name) != always.end()) return true;
    if (node.name == "audio" || node.name == "video") return node.find("controls") != nullptr;
    if (node.name == "img" || node.name == "object") return node.find("usemap") != nullptr;
    return node.name == "input" && !equals_ignoring_ascii_case(node.get("type"), "hidden");
}

// Text with its reading behind it, once or more.
void check_ruby(const XmlNode& node, const Reporter& report) {
    bool first = true, ends_in_reading = false, has_reading = false;
    for (const XmlNode& child : node) {
        if (!child.is_element() && (child.kind != XmlNode::Kind::text || is_blank(child.text))) continue;
        const bool reading =
            child.is(xml_space::xhtml, "rt") || child.is(xml_space::xhtml, "rtc") || child.is(xml_space::xhtml, "rp");
        if (first && reading) report("EPUB RSC-005.html-order", "‘ruby’ begins with a reading", &node);
        first = false;
        ends_in_reading = reading;
        has_reading = has_reading || (reading && child.name != "rp");
    }
    if (!has_reading || !ends_in_reading) report("EPUB RSC-005.html-order", "‘ruby’ does not end with a reading", &node);
}

} // namespace

void check_html_place(const XmlNode& node, const Reporter& report) {
    const HtmlElement* element = find_html_element(node.name);
    if (!element) {
        if (!is_custom(node.name))
            report("EPUB RSC-005.html-element", "HTML has no element " + named(node.name), &node);
        else if (node.parent && (content_of(*node.parent) == Where::list || content_of(*node.parent) == Where::nothing))
            report("EPUB RSC-005.html-content", named(node.name) + " must not stand in " + named(node.parent->name), &node);
        check_foreign_children(node, report);
        return;
    }
    if (node.parent && !may_stand(node, *element, *node.parent))
        report("EPUB RSC-005.html-content", named(node.name) + " must not stand in " + named(node.parent->name), &node);
    check_text(node, *element, report);
    if (element->content != HtmlContent::anything) check_foreign_children(node, report);
}

namespace {

// What an element's children must be in number and order, where its content model alone does not say it.
class HtmlOrder {
public:
    HtmlOrder(const XmlNode& node, const Reporter& report) : node_(node), report_(report) {
        for (const XmlNode& child : node)
            if (child.space == xml_space::xhtml && child.is_element() && child.name != "script" && child.name != "template")
                children_.push_back(&child);
    }

    void check() const {
        const std::string_view name = node_.name;
        if (name == "html") {
            in_order({"head", "body"});
            exactly_one("head");
            exactly_one("body");
        } else if (name == "head") {
            at_most_one("title");
            at_most_one("base");
        } else if (name == "table") {
            check_table();
        } else if (name == "ruby") {
            check_ruby(node_, report_);
        } else if (name == "figure") {
            at_most_one("figcaption");
            if (count("figcaption") == 1 && !is_first("figcaption") && children_.back()->name != "figcaption")
                say("‘figcaption’ stands neither first nor last in its figure", node_);
        } else if (name == "details") {
            exactly_one("summary");
            first_if_there("summary", "‘summary’ is not first");
        } else if (name == "fieldset") {
            at_most_one("legend");
            first_if_there("legend", "‘legend’ is not first");
        } else if (name == "picture") {
            exactly_one("img");
            in_order({"source", "img"});
        } else if (name == "hgroup") {
            if (std::ranges::count_if(children_, [](const XmlNode* child) { return is_heading(child->name); }) != 1)
                say("‘hgroup’ does not have one heading", node_);
        } else if (name == "dl" || (name == "div" && node_.parent && node_.parent->is(xml_space::xhtml, "dl"))) {
            check_descriptions();
        }
    }

private:
    void say(std::string message, const XmlNode& where) const { report_("EPUB RSC-005.html-order", std::move(message), &where); }

    std::ptrdiff_t count(std::string_view name) const {
        return std::ranges::count_if(children_, [&](const XmlNode* child) { return child->name == name; });
    }

    bool is_first(std::string_view name) const { return !children_.empty() && children_.front()->name == name; }

    void at_most_one(std::string_view name) const {
        if (count(name) > 1) say("more than one " + named(name) + " stands in " + named(node_.name), node_);
    }

    void exactly_one(std::string_view name) const {
        if (count(name) == 0) say(named(node_.name) + " has no " + named(name), node_);
        at_most_one(name);
    }

    void first_if_there(std::string_view name, const char* message) const {
        if (count(name) > 0 && !is_first(name)) say(message, node_);
    }

    // Each name no earlier than the ones before it; names that are not listed are told elsewhere.
    void in_order(Names names) const {
        std::size_t reached = 0;
        for (const XmlNode* child : children_) {
            const std::string_view as = node_.name == "table" && child->name == "tr" ? "tbody" : child->name;
            const auto at = static_cast<std::size_t>(std::ranges::find(names, as) - names.begin());
            if (at == names.size()) continue;
            if (at < reached) return say(named(child->name) + " stands too late in " + named(node_.name), *child);
            reached = at;
        }
    }

    void check_table() const {
        for (const std::string_view name : {"caption", "thead", "tfoot"}) at_most_one(name);
        first_if_there("caption", "the caption is not first in its table");
        if (count("tr") > 0 && count("tbody") > 0) say("rows stand beside ‘tbody’", node_);
        in_order({"caption", "colgroup", "thead", "tbody", "tfoot"});
    }

    void check_descriptions() const {
        bool term = false, described = false;
        for (const XmlNode* child : children_) {
            if (child->name == "dd" && !term) return say("‘dd’ stands before any ‘dt’", *child);
            term = term || child->name == "dt";
            described = child->name == "dd" || (described && child->name != "dt");
        }
        if (term && !described) say("the last ‘dt’ has no ‘dd’", node_);
    }

    const XmlNode& node_;
    const Reporter& report_;
    std::vector<const XmlNode*> children_;
};

} // namespace

void check_html_order(const XmlNode& node, const Reporter& report) {
    static constexpr std::string_view ordered = "html head table figure details fieldset picture hgroup dl div ruby";
    static constexpr std::string_view never_empty = "html picture details hgroup ruby";
    if (node.first_child && holds_word(ordered, node.name))
        HtmlOrder(node, report).check();
    else if (holds_word(never_empty, node.name))
        report("EPUB RSC-005.html-order", named(node.name) + " is empty", &node);
}

void check_html_nesting(const XmlNode& root, const Reporter& report) {
    for (const XmlNode* node = &root; node; node = next_in_tree(node, &root)) {
        if (!node->is_element() || node->space != xml_space::xhtml) continue;
        const auto never_in = [&](Names names) {
            const XmlNode* around = nullptr;
            if (has_ancestor(*node, names, &around))
                report("EPUB RSC-005.html-nesting", named(node->name) + " stands inside " + named(around->name), node);
        };
        const std::string_view name = node->name;
        if (is_interactive(*node)) never_in({"a", "button"});
        if (name == "audio" || name == "video") never_in({"audio", "video"});
        if (name == "header" || name == "footer") never_in({"address", "header", "footer"});
        for (const std::string_view self : {"address", "form", "progress", "meter", "dfn", "label", "time"})
            if (name == self) never_in({self});
        if (name == "table") never_in({"caption"});
    }
}

} // namespace bifolio
