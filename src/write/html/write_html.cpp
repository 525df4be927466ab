#include "write/html/write_html.h"

#include "assemble/words.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "write/html/search_index.h"
#include "write/html/structured_data.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/markup.h"
#include "write/xhtml/nav_points.h"
#include "write/xhtml/published_pictures.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::string_view index_name = "index.html";
constexpr std::size_t pages_at_a_time = 64;

bool stands_on_index(SectionKind kind) {
    return kind != SectionKind::article && kind != SectionKind::foreword && kind != SectionKind::contributors &&
           kind != SectionKind::glossary && kind != SectionKind::index;
}
bool stands_anywhere(SectionKind) { return true; }

bool is_one_article(const Book& book) {
    return std::count_if(book.sections.begin(), book.sections.end(),
                         [](const BookSection& section) { return section.kind == SectionKind::article; }) <= 1;
}

// Pictures as part of the page itself.
std::vector<std::string> picture_sources(const std::vector<PublishedPicture>& pictures, const TaskPool& pool) {
    return pool.map(pictures.size(), [&](std::size_t i) {
        const PublishedPicture& picture = pictures[i];
        return picture.path.empty() ? std::string() : "data:" + picture.media_type + ";base64," + base64(picture.bytes);
    });
}

class Site {
public:
    Site(const Book& book, const HtmlOptions& options, const Publication& publication)
        : book_(book), options_(options), publication_(publication), points_(nav_points(publication)), css_(options.css) {
        // Nothing in a style sheet may end the style element.
        for (std::size_t at = css_.find("</"); at != std::string::npos; at = css_.find("</", at)) css_.replace(at, 2, "<\\/");
        for (std::size_t i = 0; i < publication.addresses.documents().size(); ++i)
            if (!stands_on_index(section_at(i).kind)) pages_.push_back(i);
    }

    // An article's page, or that of another section that has one of its own.
    std::string page(std::size_t document, Diagnostics& diagnostics) const {
        const BookSection& section = section_at(document);
        const std::string title = title_of(section);
        std::string out =
            start(std::string(language_of(book_, section.root)), is_right_to_left(book_, section.root),
                  title == book_.metadata.title || book_.metadata.title.empty() ? title : title + " – " + book_.metadata.title,
                  section.facts.summary, section.kind == SectionKind::article ? article_data(book_, section) : "",
                  head_links(document));
        if (!publication_.alone) out += site_header();
        out += "<main id=\"main\">\n";
        out += section_markup(publication_, document, diagnostics);
        out += "</main>\n";
        if (!publication_.alone) out += neighbours(document);
        return out + "</body>\n</html>\n";
    }

    std::string index(Diagnostics& diagnostics) const {
        const Words& words = words_for(book_.metadata.language);
        const std::string title = book_.metadata.title.empty() ? book_.name : book_.metadata.title;
        std::string out = start(book_.metadata.language, !book_.nodes.empty() && is_right_to_left(book_, NodeId{0}), title,
                                book_.metadata.description, book_data(book_), "");
        out += "<main id=\"main\">\n";
        std::string before, after, imprint; // which stands last
        bool has_heading = false;
        for (std::size_t i = 0; i < publication_.addresses.documents().size(); ++i) {
            const SectionKind kind = section_at(i).kind;
            if (!stands_on_index(kind) || kind == SectionKind::part) continue;
            const bool leads = kind == SectionKind::cover || kind == SectionKind::title_page || kind == SectionKind::back_cover;
            has_heading = has_heading || kind == SectionKind::title_page;
            (leads ? before : kind == SectionKind::imprint ? imprint : after) += section_markup(publication_, i, diagnostics);
        }
        out += before;
        if (!has_heading) append_element(out, "h1", title);
        out += search_field(words.search);
        out += "<nav class=\"contents\" id=\"contents\" aria-labelledby=\"contents-title\">\n";
        append_element(out, "h2 id=\"contents-title\"", words.contents);
        out += '\n';
        append_parts(out);
        out += "</nav>\n";
        out += after + imprint;
        out += "</main>\n";
        return out + search_script(book_, publication_.addresses) + "</body>\n</html>\n";
    }

private:
    const BookSection& section_at(std::size_t document) const {
        return book_.sections[publication_.addresses.documents()[document].section];
    }
    std::string title_of(const BookSection& section) const {
        if (!section.title.empty()) return section.title;
        return book_.metadata.title.empty() ? book_.name : book_.metadata.title;
    }

    // `links`: of the head: where the page stands on the web, and its neighbours.
    std::string start(const std::string& language, bool right_to_left, const std::string& title, const std::string& description,
                      const std::string& data, const std::string& links) const {
        std::string out = "<!DOCTYPE html>\n<html";
        if (const std::string tag = language_tag(language); !tag.empty()) append_attribute(out, "lang", tag);
        if (right_to_left) append_attribute(out, "dir", "rtl");
        out +=
            ">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
        append_element(out, "title", title);
        const auto meta = [&](std::string_view name, std::string_view content) {
            if (content.empty()) return;
            out += "\n<meta";
            append_attribute(out, "name", name);
            append_attribute(out, "content", content);
            out += "/>";
        };
        meta("description", description);
        meta("generator", options_.producer);
        out += links;
        out += "\n<style>\n" + css_ + "</style>\n";
        if (!data.empty()) out += "<script type=\"application/ld+json\">" + data + "</script>\n";
        out += "</head>\n<body";
        std::string classes = "web";
        if (book_.nodes.size() > 1)
            for (const std::string& one : book_.nodes[1].info.classes) classes += " " + one;
        append_attribute(out, "class", classes);
        out += ">\n<a class=\"skip-link\" href=\"#main\">";
        append_text(out, words_for(language).skip);
        return out + "</a>\n";
    }

    std::string site_header() const {
        std::string out = "<header class=\"site\"><a";
        append_attribute(out, "href", index_name);
        append_attribute(out, "rel", "home");
        out += '>';
        append_text(out, book_.metadata.title.empty() ? book_.name : book_.metadata.title);
        return out + "</a></header>\n";
    }

    std::string head_links(std::size_t document) const {
        std::string out;
        const auto link = [&](std::string_view rel, const std::string& href) {
            if (href.empty()) return;
            out += "\n<link";
            append_attribute(out, "rel", rel);
            append_attribute(out, "href", href);
            out += "/>";
        };
        link("canonical", hyperlink(section_at(document).facts.web_address));
        if (publication_.alone) return out;
        const auto here = std::ranges::lower_bound(pages_, document);
        if (here != pages_.begin()) link("prev", publication_.addresses.path(*(here - 1)));
        if (here + 1 != pages_.end()) link("next", publication_.addresses.path(*(here + 1)));
        return out;
    }

    // The pages before and behind, and the way back to the contents.
    std::string neighbours(std::size_t document) const {
        const auto here = std::ranges::lower_bound(pages_, document);
        const bool right_to_left = is_right_to_left(book_, section_at(document).root); // pages follow each other leftwards
        const Words& words = words_for(book_.metadata.language);
        std::string out = "<footer class=\"site\"><nav";
        append_attribute(out, "aria-label", words.contents);
        out += "><ul>\n";
        const auto link = [&](std::string_view rel, const std::string& href, std::string_view before, std::string_view text,
                              std::string_view after) {
            out += "<li class=\"" + std::string(rel) + "\"><a";
            append_attribute(out, "href", href);
            if (rel != "contents") append_attribute(out, "rel", rel);
            out += '>';
            if (!before.empty()) out.append("<span aria-hidden=\"true\">").append(before).append("</span>");
            append_text(out, text);
            if (!after.empty()) out.append("<span aria-hidden=\"true\">").append(after).append("</span>");
            out += "</a></li>\n";
        };
        if (here != pages_.begin())
            link("prev", publication_.addresses.path(*(here - 1)), right_to_left ? "→ " : "← ", title_of(section_at(*(here - 1))),
                 "");
        link("contents", std::string(index_name) + "#contents", "", words.contents, "");
        if (here + 1 != pages_.end())
            link("next", publication_.addresses.path(*(here + 1)), "", title_of(section_at(*(here + 1))),
                 right_to_left ? " ←" : " →");
        return out + "</ul></nav></footer>\n";
    }

    // A part heads the list of its articles; points outside of parts stand in lists between.
    void append_parts(std::string& out) const {
        std::vector<NavPoint> loose;
        const auto flush = [&] {
            if (!loose.empty()) append_contents_list(out, loose, 1, contents_levels);
            loose.clear();
        };
        for (const NavPoint& point : points_) {
            if (point.kind != "part") {
                loose.push_back(point);
                continue;
            }
            flush();
            out += "<h3 class=\"part\"";
            if (const std::size_t hash = point.href.find('#'); hash != std::string::npos)
                append_attribute(out, "id", std::string_view(point.href).substr(hash + 1));
            if (!point.language.empty()) append_language(out, point.language);
            out.append(">").append(point.markup).append("</h3>\n");
            if (!point.points.empty()) append_contents_list(out, point.points, 1, contents_levels);
        }
        flush();
    }

    static constexpr int contents_levels = 1; // headings within an article are found on its page

    const Book& book_; // locals of the caller
    const HtmlOptions& options_;
    const Publication& publication_;
    std::vector<NavPoint> points_;
    std::string css_;
    std::vector<std::size_t> pages_; // documents with a page of their own, in the order of the book
};

struct MadePage {
    WebPage page;
    Diagnostics diagnostics;
};

// One page with all sections, in the order of the book.
WebPage page_alone(const Book& book, const Site& site, const Publication& publication, Diagnostics& diagnostics) {
    std::size_t article = 0;
    for (std::size_t i = 0; i < publication.addresses.documents().size(); ++i)
        if (book.sections[publication.addresses.documents()[i].section].kind == SectionKind::article) article = i;
    std::string page = site.page(article, diagnostics);
    std::string before, after;
    for (std::size_t i = 0; i < publication.addresses.documents().size(); ++i)
        if (i != article) (i < article ? before : after) += section_markup(publication, i, diagnostics);
    constexpr std::string_view main_begin = "<main id=\"main\">\n", main_end = "</main>\n";
    page.insert(page.rfind(main_end), after);
    page.insert(page.find(main_begin) + main_begin.size(), before);
    return {book.name + ".html", std::move(page)};
}

} // namespace

void write_html(const Book& book, const HtmlOptions& options, const TaskPool& pool, Diagnostics& diagnostics,
                const std::function<void(WebPage)>& put, std::vector<std::string>* picture_digests) {
    if (book.sections.empty()) return;
    const bool alone = is_one_article(book);
    const std::string only = book.name + ".html#main";
    const Addresses addresses(book, {"", ".html", alone ? std::string_view(only) : "index.html#contents",
                                     static_cast<std::size_t>(-1), alone ? stands_anywhere : stands_on_index});
    const std::vector<PublishedPicture> pictures = published_pictures(book, pool, diagnostics);
    if (picture_digests) *picture_digests = digests_of(pictures, pool);
    const std::vector<std::string> sources = picture_sources(pictures, pool);
    const std::vector<PageMark> no_marks;
    const Publication publication{book, addresses, sources, no_marks, alone, false};
    const Site site(book, options, publication);
    if (alone) return put(page_alone(book, site, publication, diagnostics));

    std::vector<std::size_t> documents;
    for (std::size_t i = 0; i < addresses.documents().size(); ++i)
        if (!addresses.is_on_contents_page(i)) documents.push_back(i);
    for (std::size_t from = 0; from < documents.size() + 1; from += pages_at_a_time) {
        std::vector<MadePage> made = pool.map(std::min(pages_at_a_time, documents.size() + 1 - from), [&](std::size_t next) {
            MadePage one;
            const std::size_t i = from + next;
            one.page = i == 0 ? WebPage{std::string(index_name), site.index(one.diagnostics)}
                              : WebPage{addresses.path(documents[i - 1]), site.page(documents[i - 1], one.diagnostics)};
            return one;
        });
        for (MadePage& one : made) {
            diagnostics.append(one.diagnostics);
            put(std::move(one.page));
        }
    }
}

} // namespace bifolio
