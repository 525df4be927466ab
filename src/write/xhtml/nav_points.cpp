#include "write/xhtml/nav_points.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/content_model.h"
#include "write/xhtml/markup.h"

#include <utility>

namespace bifolio {

namespace {

constexpr int deepest_heading = 3; // h4 and below would make the list longer than the text is wide

// Phrases that mean something in a line of the contents too.
bool is_kept_in_label(Element element) {
    switch (element) {
    case Element::em:
    case Element::strong:
    case Element::i:
    case Element::b:
    case Element::sub:
    case Element::sup:
    case Element::cite:
    case Element::code:
    case Element::q:
    case Element::s:
    case Element::var:
    case Element::bdi:
    case Element::bdo:
    case Element::span:
    case Element::rt:
    case Element::rp: return true;
    default: return false;
    }
}

bool is_hidden_from_listeners(const Node& node) {
    const std::string* hidden = attribute(node, "aria-hidden");
    return hidden && *hidden == "true" && info(node.element).kind == ElementKind::phrase;
}

bool is_ruby_part(Element element) { return element == Element::rt || element == Element::rp; }

} // namespace

std::string tag_in_contents(const Book& book, NodeId phrase, NodeId ruby) {
    const Node& node = book.node(phrase);
    const bool stands_in_ruby = is_ruby_part(node.element) && node.parent == ruby;
    if (is_blank(text_content(book, phrase)) && !stands_in_ruby) return {}; // a phrase without words is none here
    const bool is_kept =
        is_kept_in_label(node.element) && has_what_it_needs(node) && (!is_ruby_part(node.element) || stands_in_ruby);
    if (is_kept || (node.element == Element::ruby && is_well_formed_ruby(book, phrase))) {
        std::string tag(name(node.element));
        append_node_attributes(tag, node);
        return tag;
    }
    return is_hidden_from_listeners(node) ? "span aria-hidden=\"true\"" : "";
}

namespace {

// The words of a heading with their phrases; no notes, links and ids. `ruby`: the innermost one that stands as such.
void append_label(std::string& out, const Book& book, NodeId parent, NodeId ruby = no_node) {
    for (const NodeId child : children(book, parent)) {
        const Node& node = book.node(child);
        if (node.element == Element::text) {
            append_text(out, node.text);
        } else if (node.element == Element::note || node.element == Element::note_reference) {
            continue;
        } else if (node.element == Element::br) {
            out += ' ';
        } else if (node.element == Element::img) {
            if (const std::string* alternative = attribute(node, "alt")) append_text(out, *alternative);
        } else if (const std::string tag = tag_in_contents(book, child, ruby); !tag.empty()) {
            out.append("<").append(tag).append(">");
            append_label(out, book, child, tag.starts_with("ruby") ? child : ruby);
            out.append("</").append(tag.substr(0, tag.find(' '))).append(">");
        } else {
            append_label(out, book, child, ruby);
        }
    }
}

NavPoint nav_point(const Publication& publication, NodeId target, const std::string& title) {
    const Book& book = publication.book;
    const BookSection& section = book.sections[section_of(book, target)];
    NavPoint point;
    point.text = collapsed(title);
    if (point.text.empty()) point.text = section.name;
    const NodeId heading = target == section.root ? section.heading : target;
    if (heading != no_node && heading_level(book.node(heading).element)) append_label(point.markup, book, heading);
    if (is_blank(point.markup)) {
        point.markup.clear();
        append_text(point.markup, point.text);
    }
    const std::string_view language = language_of(book, heading == no_node ? target : heading);
    if (!equals_ignoring_ascii_case(language, book.metadata.language)) point.language = language;
    point.href = publication.addresses.link(target);
    point.kind = target != section.root && target != section.heading                             ? "heading"
                 : section.kind == SectionKind::part                                             ? "part"
                 : section.kind == SectionKind::article || section.kind == SectionKind::foreword ? "article"
                                                                                                 : "section";
    return point;
}

} // namespace

std::vector<NavPoint> nav_points(const Publication& publication) {
    const Book& book = publication.book;
    std::vector<NavPoint> points;
    if (book.sections.empty()) return points;
    std::vector<std::pair<int, std::vector<NavPoint>*>> open{{0, &points}}; // depth of the point, its children
    for (const ContentsEntry& entry : book.contents) {
        if (heading_level(book.node(entry.target).element).value_or(1) > deepest_heading) continue;
        while (open.size() > 1 && open.back().first >= entry.depth) open.pop_back();
        std::vector<NavPoint>& siblings = *open.back().second;
        siblings.push_back(nav_point(publication, entry.target, entry.title));
        open.emplace_back(entry.depth, &siblings.back().points);
    }
    if (points.empty())
        for (const BookSection& section : book.sections) points.push_back(nav_point(publication, section.root, section.title));
    return points;
}

void append_contents_list(std::string& out, const std::vector<NavPoint>& points, int level, int visible_levels) {
    out += level > visible_levels ? "<ol class=\"contents-list\" hidden=\"hidden\">\n" : "<ol class=\"contents-list\">\n";
    for (const NavPoint& point : points) {
        out += "<li class=\"contents-entry depth-" + std::to_string(level) + " " + std::string(point.kind) +
               "\"><a class=\"contents-link\"";
        append_attribute(out, "href", point.href);
        if (!point.language.empty()) append_language(out, point.language);
        if (!point.language.empty()) append_attribute(out, "dir", is_right_to_left(point.language) ? "rtl" : "ltr");
        out.append(">").append(point.page_break).append(point.markup).append("</a>");
        if (!point.points.empty()) {
            out += '\n';
            append_contents_list(out, point.points, level + 1, visible_levels);
        }
        out += "</li>\n";
    }
    out += "</ol>\n";
}

} // namespace bifolio
