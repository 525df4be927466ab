#include "assemble/assemble.h"
#include "assemble/people.h"
#include "assemble/tree.h"
#include "assemble/words.h"

#include <functional>

namespace bifolio {

namespace {

constexpr std::size_t most_name_lines = 4; // more authors stand in one paragraph

std::string_view design_name(CoverDesign design) {
    switch (design) {
    case CoverDesign::plain: return "plain";
    case CoverDesign::band: return "band";
    case CoverDesign::frame: return "frame";
    case CoverDesign::strip: return "strip";
    case CoverDesign::label: return "label";
    case CoverDesign::none: break;
    }
    return "none";
}

class CoverTree {
public:
    CoverTree(const BookMetadata& metadata, Tree& tree) : metadata_(metadata), tree_(tree) {}

    void head(const std::string& title) {
        const auto box = tree_.element(Element::div, "cover-head");
        line("cover-title", title);
        line("cover-subtitle", metadata_.subtitle);
    }
    void people() {
        if (names("aut").empty() && names("edt").empty()) return;
        const auto box = tree_.element(Element::div, "cover-people");
        authors(names("aut"));
        const People editors = names("edt");
        if (editors.empty()) return;
        const auto paragraph = tree_.element(Element::p, "cover-editors");
        lower_people(tree_, words_for(metadata_.language).edited_by, editors);
    }
    void foot() {
        if (metadata_.edition.empty() && metadata_.publisher.empty()) return;
        const auto box = tree_.element(Element::div, "cover-foot");
        line("cover-edition", metadata_.edition);
        line("cover-publisher", metadata_.publisher);
    }

private:
    void line(std::string_view classes, const std::string& text) {
        if (text.empty()) return;
        const auto paragraph = tree_.element(Element::p, classes);
        tree_.text(text);
    }
    People names(std::string_view role) const {
        People people;
        for (const Contributor& one : metadata_.contributors)
            if (one.role == role) people.push_back({nullptr, one.name});
        return people;
    }
    void authors(const People& authors) {
        if (authors.size() <= most_name_lines) {
            for (const NamedPerson& author : authors) line("cover-authors", author.name);
            return;
        }
        const auto paragraph = tree_.element(Element::p, "cover-authors many");
        lower_people(tree_, "{}", authors);
    }

    const BookMetadata& metadata_; // locals of their caller only
    Tree& tree_;
};

} // namespace

namespace {

Book book_of_cover(const Book& book, const std::function<void(Tree&)>& fill, const std::string& classes, Span where) {
    const BookMetadata& metadata = book.metadata;
    Book cover;
    cover.metadata = metadata;
    cover.edition_name = book.edition_name;
    cover.name = "cover";
    cover.parts = {"cover"};
    Tree tree(cover.nodes, metadata.language);
    BookSection section;
    {
        const auto html = tree.element(Element::html);
        tree[html].info.language = metadata.language;
        if (is_right_to_left(metadata.language)) tree[html].info.attributes.push_back({"dir", "rtl"});
        tree[html].info.where = where;
        const auto body = tree.element(Element::body, "book");
        const auto root = tree.element(Element::section, "cover " + classes);
        section.root = root;
        fill(tree);
    }
    section.kind = SectionKind::cover;
    section.matter = Matter::front;
    section.name = "cover";
    section.title = words_for(metadata.language).cover;
    section.in_contents = false;
    cover.sections = {section};
    return cover;
}

} // namespace

Book cover_book(const Book& book, const CoverPlan& plan, int fit) {
    const auto fill = [&](Tree& tree) {
        const auto sheet = tree.element(Element::div, "cover-sheet");
        CoverTree made(book.metadata, tree);
        {
            const auto main = tree.element(Element::div, "cover-main");
            const auto text = tree.element(Element::div, "cover-text");
            made.head(plan.title.empty() ? book.metadata.title : plan.title);
            made.people();
        }
        made.foot();
    };
    return book_of_cover(book, fill, "made design-" + std::string(design_name(plan.design)) + " fit-" + std::to_string(fit),
                         plan.where);
}

Book cover_picture_book(const Book& book) {
    const auto fill = [](Tree& tree) {
        const auto picture = tree.element(Element::img);
        tree[picture].resource = ResourceId{0};
        tree[picture].info.attributes.push_back({"alt", ""});
    };
    Book cover = book_of_cover(book, fill, "picture", {});
    cover.resources = {book.resources[index(book.cover)]};
    return cover;
}

} // namespace bifolio
