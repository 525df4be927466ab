#include "assemble/lowering.h"
#include "assemble/sections.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

// Makes one article's section from the top to the bottom.
class ArticleSection {
public:
    ArticleSection(Assembly& assembly, std::size_t article, std::size_t fragment)
        : assembly_(assembly), article_(assembly.manuscript.articles[article]), front_(article_.front_matter), index_(article),
          fragment_(fragment), tree_(assembly.fragments[fragment].nodes, assembly.language),
          people_(people_of(assembly, article)) {}

    void make(Matter matter) {
        const NumberedPart frame(tree_, frame_part());
        const auto root = tree_.element(Element::article, matter == Matter::front  ? "article front"
                                                          : matter == Matter::back ? "article back"
                                                                                   : "article");
        tree_[root].info.where = front_.title.where.source != SourceId{} ? front_.title.where : article_.front_matter_where;
        const std::string language = assembly_.article_language(index_);
        if (!equals_ignoring_ascii_case(language, assembly_.language)) tree_.set_language(root, language);
        tree_[root].info.id = assembly_.article_ids.at(index_);

        LinkScope scope;
        scope.article = index_;
        scope.folder = folder_of(article_.path);
        scope.id_prefix = assembly_.article_ids.at(index_) + "-";
        scope_ = assembly_.add_scope(std::move(scope));
        assembly_.scope_of_article.emplace(index_, scope_);

        Lowering lowering(assembly_, fragment_, tree_, scope_, 2);
        header(lowering);
        facts();
        lowering.link_terms(true);
        written([&] { lowering.body(article_.body, true); });
        lowering.link_terms(false);
        contact_panel(lowering);
        dates();
        references(lowering);
        notices();
        people();
        if (assembly_.form != BookForm::book) details();
    }

private:
    // What is made round the text. Not every edition has all of it, so each group counts its places from its own number on.
    std::uint32_t frame_part() { return assembly_.part("frame:" + article_.path); }
    static constexpr std::uint32_t group(std::uint32_t number) { return number << 20; }

    // Nodes that stand in the article's source keep their places in it.
    template <class Make>
    void written(const Make& make) {
        const Tree::Numbering frame = tree_.numbering({assembly_.part_of_article(index_), 0, false});
        make();
        tree_.numbering(frame);
    }

    const Words& words() const { return words_for(tree_.language()); }

    void line(std::string_view classes, const Located<std::string>& text) {
        if (is_blank(text.value)) return;
        const auto paragraph = tree_.element(Element::p, classes);
        if (text.where.source != SourceId{}) tree_[paragraph].info.where = text.where;
        tree_.text(text.value);
    }

    void header(Lowering& lowering) {
        const auto header = tree_.element(Element::header, "article-header");
        NodeId heading = no_node;
        {
            const auto h1 = tree_.element(Element::h1, article_.title_info, "article-title");
            heading = h1;
            lowering.register_node(h1, article_.title_info);
            written([&] { lowering.inlines(article_.title); });
            if (article_.title.empty()) tree_.text(front_.title.value.empty() ? article_.id : front_.title.value);
        }
        if (tree_[heading].info.id.empty()) assembly_.name_node(tree_[heading], assembly_.scopes[scope_].id_prefix + "title");
        SectionFragment& fragment = assembly_.fragments[fragment_];
        fragment.section.heading = heading;
        fragment.section.title = line_of_text(fragment.nodes, heading);
        // Authors link to a title as to any other heading.
        assembly_.scopes[scope_].anchors.try_emplace(heading_anchor(fragment.section.title), FragmentPlace{fragment_, heading});
        line("subtitle", front_.subtitle);
        line("summary", front_.summary);
        byline();
    }

    void facts() {
        SectionFacts& facts = assembly_.fragments[fragment_].section.facts;
        facts.summary = front_.summary.value;
        facts.version = front_.version.value;
        facts.web_address = front_.web_address.value;
        const auto named = [](const People& people) {
            std::vector<SectionFacts::Person> out;
            for (const NamedPerson& one : people)
                out.push_back({one.name, one.person ? one.person->credentials : std::string(), one.person != nullptr});
            return out;
        };
        facts.authors = named(people_.authors);
        facts.reviewers = named(people_.reviewers);
        const auto date = [](const std::optional<Located<Date>>& written) {
            return written ? std::optional(written->value) : std::nullopt;
        };
        facts.published = date(front_.published);
        facts.reviewed = date(front_.reviewed);
        facts.next_review = date(front_.next_review);
        facts.keywords = front_.keywords;
        for (const Reference& reference : front_.references) facts.references.push_back(plain_text(reference.text));
    }

    void byline() {
        struct Group {
            const People& people;
            std::string_view classes, pattern;
        };
        const std::array groups{Group{people_.authors, "authors", words().by},
                                Group{people_.editors, "editors", words().edited_by},
                                Group{people_.reviewers, "reviewers", words().reviewed_by}};
        if (std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.people.empty(); })) return;
        const auto paragraph = tree_.element(Element::p, "byline");
        bool first = true;
        for (const Group& group : groups) {
            if (group.people.empty()) continue;
            if (!std::exchange(first, false)) tree_.text(" ");
            const auto span = tree_.element(Element::span, group.classes);
            lower_people(tree_, group.pattern, group.people);
        }
    }

    // The clinic's row as a panel, for articles that do not place its fields themselves.
    void contact_panel(const Lowering& lowering) {
        const Clinic* clinic = assembly_.selection.clinic;
        if (!clinic || lowering.shows_clinic()) return;
        struct Column {
            std::string_view name, label;
        };
        const std::array columns{
            Column{"name", ""},
            Column{"department", ""},
            Column{"address", ""},
            Column{"town", ""},
            Column{"county", ""},
            Column{"postcode", ""},
            Column{"country", ""},
            Column{"phone", words().phone},
            Column{"telephone", words().phone},
            Column{"mobile", words().phone},
            Column{"fax", "Fax"}, // in every language
            Column{"email", words().email},
            Column{"web", words().website},
            Column{"website", words().website},
            Column{"url", words().website},
            Column{"hours", words().opening_hours},
            Column{"opening-hours", words().opening_hours},
        };
        const NumberedPart part(tree_, frame_part(), group(1));
        const auto panel = tree_.element(Element::aside, "call-out contact clinic");
        {
            const auto title = tree_.element(Element::p, "call-out-title");
            tree_.text(std::string(words().contact));
        }
        for (const auto& [name, value] : clinic->fields) {
            const auto column = std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; });
            if (column == columns.end() || is_blank(value.value)) continue;
            const auto paragraph = tree_.element(Element::p, "clinic-" + std::string(column->name));
            if (!column->label.empty()) {
                {
                    const auto label = tree_.element(Element::span, "label");
                    tree_.text(std::string(column->label) + std::string(words().colon));
                }
            }
            lines(value.value);
        }
    }

    void lines(std::string_view text) {
        text = trimmed(text);
        for (;;) {
            const std::size_t end = text.find('\n');
            tree_.text_with_numbers(std::string(trimmed(text.substr(0, end))), {});
            if (end == std::string_view::npos) return;
            { const auto line_break = tree_.element(Element::br); }
            text.remove_prefix(end + 1);
        }
    }

    void dates() {
        struct Dated {
            const std::optional<Located<Date>>& date;
            std::string_view classes, pattern;
        };
        const std::array all{Dated{front_.reviewed, "reviewed", words().last_reviewed},
                             Dated{front_.next_review, "next-review", words().next_review},
                             Dated{front_.published, "published", words().published}};
        if (std::none_of(all.begin(), all.end(), [](const Dated& one) { return one.date.has_value(); })) return;
        const NumberedPart part(tree_, frame_part(), group(2));
        const auto paragraph = tree_.element(Element::p, "review-dates");
        bool first = true;
        for (const Dated& one : all) {
            if (!one.date) continue;
            if (!std::exchange(first, false)) tree_.text(" ");
            const auto span = tree_.element(Element::span, one.classes);
            tree_[span].info.where = one.date->where;
            const std::size_t blank = std::min(one.pattern.find("{}"), one.pattern.size() - 2);
            tree_.text(std::string(one.pattern.substr(0, blank)));
            {
                const auto time = tree_.element(Element::time);
                tree_[time].info.attributes.push_back({"datetime", iso_date(one.date->value)});
                tree_.text(long_date(one.date->value, tree_.language()));
            }
            if (blank + 2 < one.pattern.size()) tree_.text(std::string(one.pattern.substr(blank + 2)));
        }
    }

    void references(Lowering& lowering) {
        if (front_.references.empty()) return;
        const NumberedPart part(tree_, frame_part(), group(3));
        const auto section = tree_.element(Element::section, "references");
        own_heading(words().references, "references");
        const auto list = tree_.element(Element::ol, "reference-list");
        written([&] {
            for (const Reference& reference : front_.references) {
                const auto item = tree_.element(Element::li, reference.info, "reference");
                lowering.register_node(item, reference.info);
                lowering.inlines(reference.text);
            }
        });
    }

    void own_heading(std::string_view title, std::string_view name) {
        const auto heading = tree_.element(Element::h2, "generated-heading");
        tree_.text(std::string(title));
        assembly_.name_node(tree_[heading], assembly_.scopes[scope_].id_prefix + std::string(name));
        // In a book's contents “References” below every article would only be in the way.
        if (assembly_.form != BookForm::book) assembly_.fragments[fragment_].headings.push_back({heading, 2});
    }

    void notices() {
        std::vector<const Notice*> shown;
        const auto add = [&](const std::vector<const Notice*>& more) {
            for (const Notice* notice : more)
                if (std::find(shown.begin(), shown.end(), notice) == shown.end()) shown.push_back(notice);
        };
        add(notices_by_rule(assembly_, NoticeRule::every_article));
        for (const Located<std::string>& id : front_.notices) {
            const auto found = assembly_.manuscript.notices.find(id.value);
            if (found == assembly_.manuscript.notices.end()) {
                std::vector<std::string> known;
                for (const auto& [name, notice] : assembly_.manuscript.notices) known.push_back(name);
                assembly_.diagnostics.error("assemble.unknown-notice", id.where,
                                            "there is no notice ‘" + id.value + "’ in notices.yaml",
                                            did_you_mean(id.value, known));
                continue;
            }
            const std::vector<std::string>& editions = found->second.editions;
            if (editions.empty() || std::find(editions.begin(), editions.end(), assembly_.edition.name) != editions.end())
                add({&found->second});
        }
        if (assembly_.form == BookForm::leaflet) { // a leaflet is a book of its own, its end the book's end
            add(notices_by_rule(assembly_, NoticeRule::book_front));
            add(notices_by_rule(assembly_, NoticeRule::book_end));
        }
        for (const Notice* notice : shown) {
            const NumberedPart part(tree_, assembly_.part("notice:" + notice->id + "@" + article_.path));
            lower_notice(assembly_, fragment_, tree_, *notice, index_, Element::p);
        }
    }

    struct AboutWords {
        PersonRole role;
        std::string_view classes, line_class, one, several;
    };
    std::array<AboutWords, 3> about() const {
        return {AboutWords{PersonRole::author, "about authors", "about-author", words().about_author, words().about_authors},
                AboutWords{PersonRole::editor, "about editors", "about-editor", words().about_editor, words().about_editors},
                AboutWords{PersonRole::reviewer, "about reviewers", "about-reviewer", words().about_reviewer,
                           words().about_reviewers}};
    }

    void people() {
        if (assembly_.bios == BioPlace::article || assembly_.bios == BioPlace::both)
            bios();
        else
            people_line();
    }

    void bios() {
        std::vector<const Person*> shown; // who both wrote and reviewed is shown once
        for (const AboutWords& words : about()) {
            People with_bio;
            for (const NamedPerson& one : people_.of(words.role))
                if (has_bio(one) && std::find(shown.begin(), shown.end(), one.person) == shown.end()) with_bio.push_back(one);
            if (with_bio.empty()) continue;
            const NumberedPart part(tree_, frame_part(), group(6 + static_cast<std::uint32_t>(words.role)));
            const auto section = tree_.element(Element::section, words.classes);
            own_heading(with_bio.size() == 1 ? words.one : words.several, words.line_class);
            for (const NamedPerson& one : with_bio) {
                lower_bio(assembly_, fragment_, tree_, *one.person, {{words.role}, false, 3, index_});
                shown.push_back(one.person);
            }
        }
    }

    // “About the author: Jane Doe”, with links to the bios at the book's end.
    void people_line() {
        const std::array groups = about();
        const auto with_bio = [&](PersonRole role) {
            People people;
            std::copy_if(people_.of(role).begin(), people_.of(role).end(), std::back_inserter(people), has_bio);
            return people;
        };
        if (std::all_of(groups.begin(), groups.end(), [&](const AboutWords& one) { return with_bio(one.role).empty(); })) return;
        const NumberedPart part(tree_, frame_part(), group(4));
        const auto paragraph = tree_.element(Element::p, "about-people");
        bool first = true;
        for (const AboutWords& group : groups) {
            const People people = with_bio(group.role);
            if (people.empty()) continue;
            if (!std::exchange(first, false)) tree_.text(" ");
            const auto span = tree_.element(Element::span, group.line_class);
            tree_.text(std::string(people.size() == 1 ? group.one : group.several) + std::string(words().colon));
            const std::vector<std::string> joints = list_joints(people.size(), tree_.language());
            for (std::size_t i = 0; i < people.size(); ++i) {
                if (i > 0) tree_.text(joints[i]);
                const auto link = tree_.element(Element::a, "person-reference");
                tree_.set_direction_of(link, people[i].name);
                tree_.text(people[i].name);
                assembly_.fragments[fragment_].generated_links.emplace_back(link, "bio-" + people[i].person->id);
            }
        }
    }

    void details() {
        const BookPlan& plan = assembly_.manuscript.plan;
        const std::string& version = front_.version.value.empty() ? plan.version : front_.version.value;
        const std::string& print_code = front_.print_code.value.empty() ? plan.print_code : front_.print_code.value;
        struct Detail {
            std::string_view classes, value, pattern;
        };
        const std::array all{Detail{"publisher", plan.publisher, words().published_by},
                             Detail{"version", version, words().version}, Detail{"print-code", print_code, words().print_code},
                             Detail{"rights", plan.rights, "{}"}};
        if (std::all_of(all.begin(), all.end(), [](const Detail& one) { return one.value.empty(); })) return;
        const NumberedPart part(tree_, frame_part(), group(5));
        const auto paragraph = tree_.element(Element::p, "document-details");
        bool first = true;
        for (const Detail& one : all) {
            if (one.value.empty()) continue;
            if (!std::exchange(first, false)) tree_.text(" ");
            const auto span = tree_.element(Element::span, one.classes);
            tree_.text(fill(one.pattern, one.value));
        }
    }

    Assembly& assembly_; // a local of its caller only, as what follows
    const Article& article_;
    const FrontMatter& front_;
    std::size_t index_, fragment_, scope_ = 0;
    Tree tree_;
    ArticlePeople people_;
};

} // namespace

void add_article(Assembly& assembly, std::size_t article, ArticlePosition position) {
    const std::string name = slug(assembly.manuscript.articles[article].id);
    const std::size_t fragment =
        assembly.begin_fragment(position.matter == Matter::front ? SectionKind::foreword : SectionKind::article, position.matter,
                                name.empty() ? "article" : name);
    assembly.fragments[fragment].section.depth = position.depth;
    assembly.fragment_of_article.emplace(article, fragment);
    ArticleSection(assembly, article, fragment).make(position.matter);
    assembly.fragments[fragment].nodes.shrink_to_fit(); // it waits for thousands of others
}

} // namespace bifolio
