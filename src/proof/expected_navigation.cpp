#include "proof/expected_navigation.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/content_model.h"
#include "write/xhtml/markup.h"
#include "write/xhtml/nav_points.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr int deepest_heading = 3; // lines of the contents, not all headings

int deepest_list(const Book& book, NodeId id) {
    int deepest = 0;
    for (const NodeId child : children(book, id)) deepest = std::max(deepest, deepest_list(book, child));
    return deepest + (book.node(id).element == Element::ol ? 1 : 0);
}

} // namespace

NavigationWalk::NavigationWalk(const DocumentPlan& plan, MarkedWriter& writer, SectionWalk& sections, ExpectedDocuments& out)
    : plan_(plan), book_(plan.book), writer_(writer), sections_(sections), out_(out) {
    read_lines();
}

std::string NavigationWalk::title() const {
    if (!plan_.is_web && plan_.contents != no_contents && !book_.sections[plan_.contents].title.empty())
        return book_.sections[plan_.contents].title;
    return std::string(words_for(book_.metadata.language).contents);
}

NavigationWalk::Line NavigationWalk::line(NodeId target, const std::string& title) const {
    const BookSection& section = book_.sections[section_of(book_, target)];
    Line out;
    out.target = target;
    out.title = is_blank(title) ? section.name : collapsed(title);
    out.kind = target != section.root && target != section.heading                             ? "heading"
               : section.kind == SectionKind::part                                             ? "part"
               : section.kind == SectionKind::article || section.kind == SectionKind::foreword ? "article"
                                                                                               : "section";
    return out;
}

void NavigationWalk::read_lines() {
    std::vector<std::pair<int, std::vector<Line>*>> open{{0, &lines_}};
    for (const ContentsEntry& entry : book_.contents) {
        if (heading_level(book_.node(entry.target).element).value_or(1) > deepest_heading) continue;
        while (open.size() > 1 && open.back().first >= entry.depth) open.pop_back();
        std::vector<Line>& siblings = *open.back().second;
        siblings.push_back(line(entry.target, entry.title));
        open.emplace_back(entry.depth, &siblings.back().lines);
    }
    if (lines_.empty())
        for (const BookSection& section : book_.sections) lines_.push_back(line(section.root, section.title));
    const auto& pages = plan_.parts.page_marks;
    for (std::size_t page = 0; page < pages.size(); ++page)
        if (const NodeId target = book_.node(pages[page].node).target; target != no_node && !plan_.document_of(pages[page].node))
            begin_page_at(lines_, target, page);
}

// A section's root and its heading are one place: where its document begins.
NodeId NavigationWalk::arrival_of(NodeId target) const {
    const BookSection& section = book_.sections[section_of(book_, target)];
    return target == section.heading ? section.root : target;
}

bool NavigationWalk::begin_page_at(std::vector<Line>& lines, NodeId target, std::size_t page) const {
    for (Line& line : lines) {
        if (line.page == no_page && arrival_of(line.target) == arrival_of(target)) {
            line.page = page;
            return true;
        }
        if (begin_page_at(line.lines, target, page)) return true;
    }
    return false;
}

void NavigationWalk::append_language_of(const Line& line, std::string& name) const {
    const BookSection& section = book_.sections[section_of(book_, line.target)];
    const NodeId heading = line.target == section.root && section.heading != no_node ? section.heading : line.target;
    const std::string_view language = language_of(book_, heading);
    if (language.empty() || equals_ignoring_ascii_case(language, book_.metadata.language)) return;
    append_language(name, language);
    append_attribute(name, "dir", is_right_to_left(language) ? "rtl" : "ltr");
}

void NavigationWalk::list(const std::vector<Line>& lines, int level, int visible_levels) {
    const std::size_t list = writer_.open(
        level > visible_levels ? "ol class=\"contents-list\" hidden=\"hidden\"" : "ol class=\"contents-list\"", no_node);
    for (const Line& line : lines) {
        writer_.boundary();
        const std::size_t item = writer_.open(
            "li class=\"contents-entry depth-" + std::to_string(level) + " " + std::string(line.kind) + "\"", line.target);
        std::string name = "a class=\"contents-link\"";
        append_language_of(line, name);
        const std::size_t link = writer_.open(name, line.target);
        writer_.leads(link, line.target, plan_.arrival(nullptr, line.target));
        if (line.page != no_page) sections_.page_break(line.page);
        words(line);
        writer_.close(link);
        writer_.boundary();
        if (!line.lines.empty()) this->list(line.lines, level + 1, visible_levels);
        writer_.close(item);
    }
    writer_.close(list);
}

void NavigationWalk::words(const Line& line) {
    const BookSection& section = book_.sections[section_of(book_, line.target)];
    const NodeId heading = line.target == section.root ? section.heading : line.target;
    std::string words;
    if (heading != no_node && heading_level(book_.node(heading).element)) label(heading, words);
    if (is_blank(words))
        writer_.text(line.target, TextKind::navigation, line.title);
    else
        write_label(heading, line.target);
}

// The words of a heading; of its phrases only those are marked that keep words from listeners.
void NavigationWalk::write_label(NodeId parent, NodeId owner, NodeId ruby) {
    for (const NodeId child : children(book_, parent)) {
        const Node& node = book_.node(child);
        if (node.element == Element::note || node.element == Element::note_reference) continue;
        const auto write = [&](std::string_view words) { writer_.text(owner, TextKind::navigation, words); };
        if (node.element == Element::text) write(node.text);
        if (node.element == Element::br) write(" ");
        if (node.element == Element::img)
            if (const std::string* alternative = attribute(node, "alt")) write(*alternative);
        const std::string* hidden = attribute(node, "aria-hidden");
        const bool may_hide =
            hidden && (*hidden == "true" || *hidden == "false") && info(node.element).kind == ElementKind::phrase;
        const bool is_ruby = node.element == Element::ruby && is_well_formed_ruby(book_, child);
        const std::string tag = may_hide ? tag_in_contents(book_, child, ruby) : std::string();
        const std::size_t mark = tag.empty() ? 0 : writer_.open(tag, child);
        write_label(child, owner, is_ruby ? child : ruby);
        if (!tag.empty()) writer_.close(mark);
    }
}

void NavigationWalk::label(NodeId parent, std::string& out) const {
    for (const NodeId child : children(book_, parent)) {
        const Node& node = book_.node(child);
        if (node.element == Element::text) out += node.text;
        if (node.element == Element::br) out += ' ';
        if (node.element == Element::img)
            if (const std::string* alternative = attribute(node, "alt")) out += *alternative;
        if (node.element != Element::note && node.element != Element::note_reference) label(child, out);
    }
}

void NavigationWalk::navigation_document() {
    const auto& pages = plan_.parts.page_marks;
    const auto is_shown = [](const auto& self, const std::vector<Line>& lines, std::size_t page) -> bool {
        return std::ranges::any_of(lines, [&](const Line& one) { return one.page == page || self(self, one.lines, page); });
    };
    for (std::size_t page = 0; page < pages.size(); ++page)
        if (!plan_.document_of(pages[page].node) && !is_shown(is_shown, lines_, page)) sections_.page_break(page);
    writer_.begins_contents();
    const std::size_t nav = writer_.open("nav epub:type=\"toc\" role=\"doc-toc\" class=\"contents\"", no_node);
    const auto heading = [&](const std::string& words) {
        writer_.boundary();
        const std::size_t mark = writer_.open("h1", no_node);
        writer_.text(no_node, TextKind::navigation, words);
        writer_.close(mark);
        writer_.boundary();
    };
    heading(title());
    if (lines_.empty()) {
        const std::size_t list = writer_.open("ol", no_node), item = writer_.open("li", no_node),
                          link = writer_.open("a", no_node);
        writer_.leads_to(link, {writer_.here().document, 0});
        writer_.text(no_node, TextKind::navigation, title());
        for (const std::size_t mark : {link, item, list}) writer_.close(mark);
        writer_.boundary();
    } else {
        const NodeId root = plan_.contents == no_contents ? no_node : book_.sections[plan_.contents].root;
        list(lines_, 1, root == no_node ? 99 : std::max(1, deepest_list(book_, root)));
    }
    writer_.close(nav);
    landmarks();
    page_list();
}

void NavigationWalk::landmarks() {
    struct Landmark {
        std::string_view type;
        NodeId target;
        std::string words;
    };
    std::vector<Landmark> all;
    const Words& words = words_for(book_.metadata.language);
    for (std::uint32_t i = 0; i < book_.sections.size(); ++i) {
        const BookSection& section = book_.sections[i];
        const auto add = [&](std::string_view type, std::string name) {
            if (!type.empty() && std::ranges::find(all, type, &Landmark::type) == all.end())
                all.push_back({type, section.root, std::move(name)});
        };
        const std::string plain = section.kind == SectionKind::cover        ? std::string(words.cover)
                                  : section.kind == SectionKind::title_page ? std::string(words.title_page)
                                  : section.kind == SectionKind::imprint    ? std::string(words.imprint)
                                  : section.title.empty()                   ? section.name
                                                                            : collapsed(section.title);
        add(landmark(section.kind), i == plan_.contents ? title() : plain);
        if (section.matter == Matter::body) add("bodymatter", plain);
    }
    if (all.empty()) return;
    const std::size_t nav = writer_.open("nav epub:type=\"landmarks\" hidden=\"hidden\"", no_node),
                      list = writer_.open("ol", no_node);
    for (const Landmark& one : all) {
        writer_.boundary();
        std::string name = "a";
        append_attribute(name, "epub:type", one.type);
        const std::size_t item = writer_.open("li", one.target), link = writer_.open(name, one.target);
        writer_.leads(link, one.target, plan_.arrival(nullptr, one.target));
        writer_.text(one.target, TextKind::navigation, one.words);
        writer_.close(link);
        writer_.close(item);
        writer_.boundary();
    }
    writer_.close(list);
    writer_.close(nav);
}

void NavigationWalk::page_list() {
    const auto& pages = plan_.parts.page_marks;
    if (pages.empty()) return;
    const std::size_t nav = writer_.open("nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\"", no_node),
                      list = writer_.open("ol", no_node);
    for (std::size_t page = 0; page < pages.size(); ++page) {
        writer_.boundary();
        const std::size_t item = writer_.open("li", pages[page].node), link = writer_.open("a", pages[page].node);
        writer_.leads_to_page(link, page);
        writer_.text(pages[page].node, TextKind::navigation, pages[page].label);
        writer_.close(link);
        writer_.close(item);
        writer_.boundary();
    }
    writer_.close(list);
    writer_.close(nav);
}

// ---- NCX: marks without text; its places are those of the navigation document

void NavigationWalk::ncx() {
    if (lines_.empty()) {
        const std::string title = book_.metadata.title.empty() ? book_.name : book_.metadata.title;
        out_.ncx.open(0, "1 " + title + landing_name(writer_.here().document, 0), index(no_node));
    } else {
        ncx_lines(lines_, 1);
    }
    for (std::size_t page = 0; page < plan_.parts.page_marks.size(); ++page) {
        const PageMark& mark = plan_.parts.page_marks[page];
        out_.ncx.open(0, "page " + mark.label + writer_.page_landing(page), index(mark.node));
    }
}

void NavigationWalk::ncx_lines(const std::vector<Line>& lines, int depth) {
    for (const Line& line : lines) {
        out_.ncx.open(
            0, std::to_string(depth) + " " + line.title + writer_.landing(line.target, plan_.arrival(nullptr, line.target)),
            index(line.target));
        ncx_lines(line.lines, depth + 1);
    }
}

// ---- the web: a part heads the list of its articles

void NavigationWalk::contents_of_web() {
    constexpr int visible_levels = 1;
    std::vector<Line> loose;
    const auto flush = [&] {
        if (!loose.empty()) list(loose, 1, visible_levels);
        loose.clear();
    };
    for (const Line& line : lines_) {
        if (line.kind != "part") {
            loose.push_back(line);
            continue;
        }
        flush();
        std::string name = "h3 class=\"part\"";
        const BookSection& section = book_.sections[section_of(book_, line.target)];
        const NodeId heading = line.target == section.root && section.heading != no_node ? section.heading : line.target;
        if (const std::string_view language = language_of(book_, heading);
            !equals_ignoring_ascii_case(language, book_.metadata.language))
            append_language(name, language);
        writer_.boundary();
        writer_.begins(line.target);
        const std::size_t mark = writer_.open(name, line.target);
        words(line);
        writer_.close(mark);
        writer_.boundary();
        if (!line.lines.empty()) list(line.lines, 1, visible_levels);
    }
    flush();
}

} // namespace bifolio
