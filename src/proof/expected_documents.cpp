#include "proof/expected_documents.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "io/digest.h"
#include "proof/expected_navigation.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/markup.h"
#include "write/xhtml/section_markup.h"

#include <algorithm>
#include <utility>

namespace bifolio {

namespace {

std::uint32_t contents_section(const Book& book) {
    for (std::uint32_t i = 0; i < book.sections.size(); ++i)
        if (book.sections[i].kind == SectionKind::contents) return i;
    return no_contents;
}

std::string name_of(const Book& book) { return book.metadata.title.empty() ? book.name : book.metadata.title; }

class EpubWalk {
public:
    EpubWalk(const DocumentPlan& plan, ExpectedDocuments& out)
        : plan_(plan), book_(plan.book), out_(out), writer_(book_, out), sections_(plan, writer_, out),
          navigation_(plan, writer_, sections_, out) {}

    void walk() {
        bool is_navigation_named = plan_.contents == no_contents;
        for (const Document& one : plan_.documents) {
            if (!is_navigation_named && one.section > plan_.contents) {
                out_.documents.emplace_back("nav.xhtml");
                is_navigation_named = true;
            }
            out_.documents.push_back(one.name + ".xhtml");
            const BookSection& section = book_.sections[one.section];
            const std::string& title = section.title.empty() ? book_.metadata.title : section.title;
            document(std::string(language_of(book_, section.root)), is_right_to_left(book_, section.root),
                     title.empty() ? book_.name : title, section.root, [&] { sections_.document(one); });
        }
        if (!is_navigation_named || book_.sections.empty()) out_.documents.emplace_back("nav.xhtml");
        if (plan_.contents != no_contents) sections_.left_out(book_.sections[plan_.contents].root, Omission::in_contents_only);
        sections_.find_homeless();
        document(book_.metadata.language, !book_.nodes.empty() && is_right_to_left(book_, NodeId{0}), navigation_.title(),
                 no_node, [&] { navigation_.navigation_document(); });
        writer_.resolve();
        navigation_.ncx();
        if (!plan_.parts.css.empty()) out_.files["styles/book.css"] = sha256_hex(plan_.parts.css);
        out_.files.insert(plan_.parts.files.begin(), plan_.parts.files.end());
    }

private:
    template <class Fill>
    void document(const std::string& language, bool right_to_left, const std::string& title, NodeId owner, const Fill& fill) {
        writer_.begin_document();
        std::string html = "html";
        append_language(html, language.empty() ? "und" : language);
        if (right_to_left) append_attribute(html, "dir", "rtl");
        const std::size_t whole = writer_.open(html, owner);
        writer_.leaf("title " + collapsed(title), owner);
        if (!plan_.parts.css.empty()) writer_.leaf("link rel=\"stylesheet\" type=\"text/css\" styles/book.css", owner);
        Node body;
        if (book_.nodes.size() > 1) body.info.classes = book_.nodes[1].info.classes;
        std::string name = "body", classes;
        for (const std::string& one : body.info.classes) classes += (classes.empty() ? "" : " ") + one;
        if (!classes.empty()) append_attribute(name, "class", classes);
        const std::size_t mark = writer_.open(name, owner);
        fill();
        writer_.close(mark);
        writer_.close(whole);
        writer_.boundary();
    }

    const DocumentPlan& plan_;
    const Book& book_;
    ExpectedDocuments& out_;
    MarkedWriter writer_;
    SectionWalk sections_;
    NavigationWalk navigation_;
};

class WebWalk {
public:
    WebWalk(const DocumentPlan& plan, ExpectedDocuments& out)
        : plan_(plan), book_(plan.book), out_(out), writer_(book_, out), sections_(plan, writer_, out),
          navigation_(plan, writer_, sections_, out) {}

    void walk() {
        if (plan_.alone)
            alone();
        else
            site();
        for (const BookSection& section : book_.sections)
            if (!plan_.alone && section.kind == SectionKind::part) {
                if (section.heading != no_node) sections_.left_out(section.heading, Omission::in_contents_only);
            }
        if (plan_.contents != no_contents) sections_.left_out(book_.sections[plan_.contents].root, Omission::in_contents_only);
        sections_.find_homeless();
        writer_.resolve();
    }

private:
    const BookSection& section_of_page(const Document& document) const { return book_.sections[document.section]; }
    std::string title_of(const BookSection& section) const { return section.title.empty() ? name_of(book_) : section.title; }

    void alone() {
        out_.documents.push_back(book_.name + ".html");
        if (plan_.documents.empty()) return;
        const Document* article = &plan_.documents.front();
        for (const Document& one : plan_.documents)
            if (section_of_page(one).kind == SectionKind::article) article = &one;
        const BookSection& section = section_of_page(*article);
        page(section, {}, [&] {
            writer_.begins_contents();
            const std::size_t main = open_main(section.root);
            for (const Document& one : plan_.documents) sections_.document(one);
            writer_.close(main);
        });
    }

    void site() {
        out_.documents.emplace_back("index.html");
        index_page();
        std::vector<const Document*> pages;
        for (const Document& one : plan_.documents)
            if (!stands_on_index(section_of_page(one).kind)) pages.push_back(&one);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            out_.documents.push_back(pages[i]->name + ".html");
            const BookSection& section = section_of_page(*pages[i]);
            std::vector<std::string> links;
            if (i > 0) links.push_back(head_link("prev", pages[i - 1]->name + ".html"));
            if (i + 1 < pages.size()) links.push_back(head_link("next", pages[i + 1]->name + ".html"));
            page(section, std::move(links), [&] {
                header();
                const std::size_t main = open_main(section.root);
                sections_.document(*pages[i]);
                writer_.close(main);
                footer(is_right_to_left(book_, section.root), i > 0 ? pages[i - 1] : nullptr,
                       i + 1 < pages.size() ? pages[i + 1] : nullptr);
            });
        }
    }

    // `links`: of the head, tags as they are written.
    template <class Fill>
    void page(const BookSection& section, std::vector<std::string> links, const Fill& fill) {
        const std::string title = title_of(section);
        if (const std::string address = hyperlink(section.facts.web_address); !address.empty())
            links.insert(links.begin(), head_link("canonical", address));
        frame(std::string(language_of(book_, section.root)), is_right_to_left(book_, section.root),
              title == book_.metadata.title || book_.metadata.title.empty() ? title : title + " – " + book_.metadata.title, links,
              section.root, fill);
    }
    static std::string head_link(std::string_view rel, std::string_view address) {
        std::string tag = "link";
        append_attribute(tag, "rel", rel);
        append_attribute(tag, "href", address);
        return tag;
    }

    void index_page() {
        const std::string title = name_of(book_);
        frame(book_.metadata.language, !book_.nodes.empty() && is_right_to_left(book_, NodeId{0}), title, {}, no_node, [&] {
            const std::size_t main = open_main(no_node);
            enum class Rank : std::uint8_t { before, after, last };
            const auto rank_of = [](SectionKind kind) {
                if (kind == SectionKind::imprint) return Rank::last;
                return kind == SectionKind::cover || kind == SectionKind::title_page || kind == SectionKind::back_cover
                           ? Rank::before
                           : Rank::after;
            };
            const auto sections = [&](Rank rank) {
                bool has_heading = false;
                for (const Document& one : plan_.documents) {
                    const SectionKind kind = section_of_page(one).kind;
                    if (!stands_on_index(kind) || kind == SectionKind::part) continue;
                    if (rank_of(kind) == rank) sections_.document(one);
                    has_heading = has_heading || kind == SectionKind::title_page;
                }
                return has_heading;
            };
            if (!sections(Rank::before)) block("h1", title);
            search_field();
            writer_.boundary();
            writer_.begins_contents();
            const std::size_t nav = writer_.open("nav class=\"contents\"", no_node);
            block("h2", words_for(book_.metadata.language).contents);
            navigation_.contents_of_web();
            writer_.close(nav);
            writer_.boundary();
            sections(Rank::after);
            sections(Rank::last);
            writer_.close(main);
        });
    }

    void search_field() {
        const std::size_t form = writer_.open("form role=\"search\" hidden=\"hidden\"", no_node);
        const std::size_t label = writer_.open("label for=\"search-words\"", no_node);
        added(words_for(book_.metadata.language).search);
        writer_.close(label);
        writer_.leaf("input type=\"search\" autocomplete=\"off\"", no_node);
        writer_.leaf("span role=\"status\"", no_node);
        writer_.leaf("ul hidden=\"hidden\"", no_node);
        writer_.close(form);
    }

    template <class Fill>
    void frame(const std::string& language, bool right_to_left, const std::string& title, const std::vector<std::string>& links,
               NodeId owner, const Fill& fill) {
        writer_.begin_document();
        std::string html = "html";
        if (const std::string tag = language_tag(language); !tag.empty()) append_attribute(html, "lang", tag);
        if (right_to_left) append_attribute(html, "dir", "rtl");
        writer_.leaf(html, owner);
        writer_.leaf("title " + collapsed(title), owner);
        for (const std::string& link : links) writer_.leaf(link, owner);
        std::string css = plan_.parts.css;
        for (std::size_t at = css.find("</"); at != std::string::npos; at = css.find("</", at)) css.replace(at, 2, "<\\/");
        writer_.leaf("style \n" + css, owner);
        std::string classes = "web";
        if (book_.nodes.size() > 1)
            for (const std::string& one : book_.nodes[1].info.classes) classes += " " + one;
        std::string name = "body";
        append_attribute(name, "class", classes);
        const std::size_t body = writer_.open(name, owner);
        skip_link_ = writer_.open("a class=\"skip-link\"", owner);
        added(words_for(language).skip);
        writer_.close(skip_link_);
        writer_.boundary();
        fill();
        writer_.close(body);
        writer_.boundary();
    }

    std::size_t open_main(NodeId owner) {
        writer_.leads_to(skip_link_, writer_.here());
        return writer_.open("main", owner);
    }

    void header() {
        const std::size_t header = writer_.open("header class=\"site\"", no_node),
                          link = writer_.open("a rel=\"home\" → 0:0", no_node);
        added(name_of(book_));
        writer_.close(link);
        writer_.close(header);
        writer_.boundary();
    }

    void footer(bool right_to_left, const Document* before, const Document* behind) {
        const Words& words = words_for(book_.metadata.language);
        std::string name = "nav";
        append_attribute(name, "aria-label", words.contents);
        writer_.boundary();
        const std::size_t footer = writer_.open("footer class=\"site\"", no_node), nav = writer_.open(name, no_node),
                          list = writer_.open("ul", no_node);
        const auto entry = [&](const std::string& rel, const Document* document, const auto& fill) {
            writer_.boundary();
            const std::size_t item = writer_.open("li class=\"" + rel + "\"", no_node);
            const std::size_t link = writer_.open(rel == "contents" ? "a" : "a rel=\"" + rel + "\"", no_node);
            if (document)
                writer_.leads(link, section_of_page(*document).root, MarkedWriter::Arrival::document);
            else
                writer_.leads(link, no_node, MarkedWriter::Arrival::contents);
            fill();
            writer_.close(link);
            writer_.close(item);
            writer_.boundary();
        };
        const auto arrow = [&](std::string_view words_of_arrow) {
            const std::size_t mark = writer_.open("span aria-hidden=\"true\"", no_node);
            added(words_of_arrow);
            writer_.close(mark);
        };
        if (before)
            entry("prev", before, [&] {
                arrow(right_to_left ? "→ " : "← ");
                added(title_of(section_of_page(*before)));
            });
        entry("contents", nullptr, [&] { added(words.contents); });
        if (behind)
            entry("next", behind, [&] {
                added(title_of(section_of_page(*behind)));
                arrow(right_to_left ? " ←" : " →");
            });
        for (const std::size_t mark : {list, nav, footer}) writer_.close(mark);
    }

    void block(std::string_view tag, std::string_view words) {
        writer_.boundary();
        const std::size_t mark = writer_.open(tag, no_node);
        added(words);
        writer_.close(mark);
        writer_.boundary();
    }
    void added(std::string_view words) { writer_.text(no_node, TextKind::navigation, words); }

    const DocumentPlan& plan_;
    const Book& book_;
    ExpectedDocuments& out_;
    MarkedWriter writer_;
    SectionWalk sections_;
    NavigationWalk navigation_;
    std::size_t skip_link_ = 0; // of the page
};

} // namespace

ExpectedDocuments expected_epub(const Book& book, std::size_t most_document_bytes, ScreenParts parts) {
    ExpectedDocuments out;
    DocumentPlan plan{book, parts, {}, contents_section(book)};
    plan.documents = documents_of(book, plan.contents, most_document_bytes, parts.page_marks);
    plan.table_widths = widths_of_divided_tables(book, plan.documents);
    plan.alone = std::ranges::count(book.sections, SectionKind::article, &BookSection::kind) <= 1;
    EpubWalk(plan, out).walk();
    out.pictures = std::move(parts.pictures);
    return out;
}

ExpectedDocuments expected_web(const Book& book, ScreenParts parts) {
    ExpectedDocuments out;
    DocumentPlan plan{book, parts, {}, contents_section(book)};
    plan.alone = std::ranges::count(book.sections, SectionKind::article, &BookSection::kind) <= 1;
    plan.is_web = true;
    constexpr auto undivided = static_cast<std::size_t>(-1);
    plan.documents = documents_of(book, plan.contents, undivided, {}, plan.alone ? book.name : "index");
    WebWalk(plan, out).walk();
    out.pictures = std::move(parts.pictures);
    return out;
}

} // namespace bifolio
