#include "write/epub/navigation.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/markup.h"
#include "write/xhtml/semantics.h"

#include <algorithm>
#include <optional>

namespace bifolio {

namespace {

// ---- nav.xhtml

int deepest_list(const Book& book, NodeId id) {
    int deepest = 0;
    for (const NodeId child : children(book, id)) deepest = std::max(deepest, deepest_list(book, child));
    return deepest + (book.node(id).element == Element::ol ? 1 : 0);
}

struct Landmark {
    std::string_view type;
    std::string href, words;
};

std::vector<Landmark> landmarks(const EbookPublication& publication, std::string_view contents_title) {
    const Book& book = publication.book;
    const Words& words = words_for(book.metadata.language);
    std::vector<Landmark> all;
    const auto title_of = [&](const BookSection& section) {
        switch (section.kind) {
        case SectionKind::cover: return std::string(words.cover);
        case SectionKind::title_page: return std::string(words.title_page);
        case SectionKind::imprint: return std::string(words.imprint);
        default: return section.title.empty() ? section.name : collapsed(section.title);
        }
    };
    const auto add = [&](std::string_view type, std::uint32_t section, std::string title) {
        const bool known = std::any_of(all.begin(), all.end(), [&](const Landmark& one) { return one.type == type; });
        if (!type.empty() && !known)
            all.push_back({type, publication.addresses.link(book.sections[section].root), std::move(title)});
    };
    for (std::uint32_t i = 0; i < book.sections.size(); ++i) {
        const BookSection& section = book.sections[i];
        const bool is_contents = i == publication.addresses.contents();
        add(landmark(section.kind), i, is_contents ? std::string(contents_title) : title_of(section));
        if (section.matter == Matter::body) add("bodymatter", i, title_of(section));
    }
    return all;
}

void append_pages(std::string& out, const EbookPublication& publication) {
    if (publication.page_marks.empty()) return;
    out += "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" hidden=\"hidden\">\n<ol>\n";
    for (const PageMark& mark : publication.page_marks) {
        out += "<li><a";
        append_attribute(out, "href", page_address(publication, mark));
        out += ">";
        append_text(out, mark.label);
        out += "</a></li>\n";
    }
    out += "</ol>\n</nav>\n";
}

// ---- NCX

class Ncx {
public:
    std::string body;

    void points(const std::vector<NavPoint>& all) {
        for (const NavPoint& point : all) {
            const std::string order = std::to_string(play_order(point.href));
            body += "<navPoint";
            append_attribute(body, "id", "point-" + std::to_string(++count_));
            append_attribute(body, "playOrder", order);
            body += ">\n";
            label(point.text, point.href);
            points(point.points);
            body += "</navPoint>\n";
        }
    }

    void pages(const EbookPublication& publication) {
        if (publication.page_marks.empty()) return;
        body += "<pageList>\n";
        for (std::size_t i = 0; i < publication.page_marks.size(); ++i) {
            const PageMark& mark = publication.page_marks[i];
            const std::string href = page_address(publication, mark);
            const bool decimal = !mark.label.empty() && mark.label.size() <= 9 &&
                                 std::all_of(mark.label.begin(), mark.label.end(), [](char c) { return c >= '0' && c <= '9'; });
            body += "<pageTarget";
            append_attribute(body, "id", "target-" + std::to_string(i + 1));
            append_attribute(body, "type", decimal ? "normal" : "special");
            if (decimal) append_attribute(body, "value", mark.label);
            append_attribute(body, "playOrder", std::to_string(play_order(href)));
            body += ">\n";
            label(mark.label, href);
            body += "</pageTarget>\n";
        }
        body += "</pageList>\n";
    }

private:
    // The same place has the same number.
    int play_order(const std::string& href) {
        return orders_.try_emplace(href, static_cast<int>(orders_.size()) + 1).first->second;
    }
    void label(std::string_view text, std::string_view href) {
        body += "<navLabel>";
        append_element(body, "text", text);
        body += "</navLabel>\n<content";
        append_attribute(body, "src", href);
        body += "/>\n";
    }
    std::map<std::string, int> orders_;
    int count_ = 0;
};

std::string page_break(const EbookPublication& publication, const PageMark& mark) {
    std::string markup;
    append_page_break(markup, publication, mark);
    return markup;
}

bool is_shown_by_entry(const std::vector<NavPoint>& points, const std::string& page_break) {
    return std::any_of(points.begin(), points.end(), [&](const NavPoint& point) {
        return point.page_break == page_break || is_shown_by_entry(point.points, page_break);
    });
}

bool break_page_at(std::vector<NavPoint>& points, const std::string& href, const std::string& page_break) {
    for (NavPoint& point : points) {
        if (point.href == href && point.page_break.empty()) {
            point.page_break = page_break;
            return true;
        }
        if (break_page_at(point.points, href, page_break)) return true;
    }
    return false;
}

int depth_of(const std::vector<NavPoint>& points) {
    int deepest = 0;
    for (const NavPoint& point : points) deepest = std::max(deepest, depth_of(point.points));
    return points.empty() ? 0 : deepest + 1;
}

std::size_t greatest_page(const std::vector<PageMark>& marks) {
    std::size_t greatest = 0;
    for (const PageMark& mark : marks) {
        if (mark.label.empty() || mark.label.size() > 9) continue;
        std::size_t number = 0;
        for (const char c : mark.label) number = c >= '0' && c <= '9' ? number * 10 + static_cast<std::size_t>(c - '0') : 0;
        greatest = std::max(greatest, number);
    }
    return greatest;
}

} // namespace

std::string page_address(const EbookPublication& publication, const PageMark& mark) {
    return publication.addresses.path(publication.addresses.document_of({mark.node, mark.offset})) + "#" + mark.id;
}

void mark_pages_in_contents(std::vector<NavPoint>& points, const EbookPublication& publication) {
    for (const PageMark& mark : publication.page_marks)
        if (const Node& node = publication.book.node(mark.node);
            node.target != no_node && section_of(publication.book, mark.node) == publication.addresses.contents())
            break_page_at(points, publication.addresses.link(node.target), page_break(publication, mark));
}

std::string navigation_document(const EbookPublication& publication, const std::vector<NavPoint>& points) {
    const Book& book = publication.book;
    const std::uint32_t contents = publication.addresses.contents();
    const Words& words = words_for(book.metadata.language);
    std::string title(words.contents);
    int visible_levels = 99;
    if (contents != no_section) {
        if (!book.sections[contents].title.empty()) title = book.sections[contents].title;
        visible_levels = std::max(1, deepest_list(book, book.sections[contents].root));
    }
    std::string out = document_start(
        publication, {book.metadata.language, !book.nodes.empty() && is_right_to_left(book, NodeId{0}), title, ""});
    for (const PageMark& mark : publication.page_marks)
        if (section_of(book, mark.node) == contents && !is_shown_by_entry(points, page_break(publication, mark)))
            append_page_break(out, publication, mark);
    out += "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" class=\"contents\" aria-labelledby=\"toc-title\">\n";
    append_element(out, "h1 id=\"toc-title\"", title);
    out += '\n';
    if (points.empty()) { // a list may not be empty
        out += "<ol>\n<li><a href=\"nav.xhtml\">";
        append_text(out, title);
        out += "</a></li>\n</ol>\n";
    } else {
        append_contents_list(out, points, 1, visible_levels);
    }
    out += "</nav>\n";
    if (const std::vector<Landmark> all = landmarks(publication, title); !all.empty()) {
        out += "<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\">\n<ol>\n";
        for (const Landmark& one : all) {
            out += "<li><a";
            append_attribute(out, "epub:type", one.type);
            append_attribute(out, "href", one.href);
            out += ">";
            append_text(out, one.words);
            out += "</a></li>\n";
        }
        out += "</ol>\n</nav>\n";
    }
    append_pages(out, publication);
    return out + document_end();
}

std::string ncx_document(const EbookPublication& publication, const std::vector<NavPoint>& points,
                         const std::string& identifier) {
    const Book& book = publication.book;
    Ncx ncx;
    ncx.body += "<navMap>\n";
    if (points.empty())
        ncx.points({{book.metadata.title.empty() ? book.name : book.metadata.title, "", "", "nav.xhtml", "", "", {}}});
    else
        ncx.points(points);
    ncx.body += "</navMap>\n";
    ncx.pages(publication);

    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\"";
    if (const std::string language = language_tag(book.metadata.language); !language.empty())
        append_attribute(out, "xml:lang", language);
    out += ">\n<head>\n";
    const auto meta = [&](std::string_view name, std::string_view content) {
        out += "<meta";
        append_attribute(out, "name", name);
        append_attribute(out, "content", content);
        out += "/>\n";
    };
    meta("dtb:uid", identifier);
    meta("dtb:depth", std::to_string(std::max(1, depth_of(points))));
    meta("dtb:totalPageCount", std::to_string(publication.page_marks.size()));
    meta("dtb:maxPageNumber", std::to_string(greatest_page(publication.page_marks)));
    out += "</head>\n<docTitle>";
    append_element(out, "text", book.metadata.title.empty() ? book.name : book.metadata.title);
    out += "</docTitle>\n" + ncx.body + "</ncx>\n";
    return out;
}

} // namespace bifolio
