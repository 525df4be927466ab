#include "assemble/assemble.h"

#include "assemble/sections.h"
#include "base/utf8.h"

#include <algorithm>
#include <set>

namespace bifolio {

namespace {

// A single article without a plan has contents of its own from this length on.
constexpr std::size_t long_article_bytes = 24'000;
constexpr std::size_t long_article_headings = 5;

// The articles of an edition, in the plan's order. Reading has reported an `include` that names none.
std::vector<std::size_t> included_articles(const Manuscript& manuscript, const Edition& edition) {
    std::set<std::string> wanted;
    for (const Located<std::string>& name : edition.include) {
        wanted.insert(name.value);
        wanted.insert(joined_path("", name.value));
    }
    std::vector<std::size_t> articles;
    for (std::size_t i = 0; i < manuscript.articles.size(); ++i)
        if (wanted.empty() || wanted.contains(manuscript.articles[i].id) || wanted.contains(manuscript.articles[i].path))
            articles.push_back(i);
    return articles;
}

// The plan's parts with the articles of the edition; articles that no part names follow in one of their own.
struct ArrangedArticle {
    std::size_t article = 0;
    Matter matter = Matter::body;
};
struct ArrangedPart {
    const PlannedPart* part = nullptr; // nullptr, or without a title: no title page
    std::vector<ArrangedArticle> articles;
};
std::vector<ArrangedPart> arranged(const Assembly& assembly) {
    std::map<std::string, std::size_t> waiting;
    for (const std::size_t article : assembly.articles) waiting.emplace(assembly.manuscript.articles[article].path, article);
    std::vector<ArrangedPart> parts;
    for (const PlannedPart& part : assembly.manuscript.plan.contents) {
        ArrangedPart next{part.title.value.empty() ? nullptr : &part, {}};
        for (const PlannedArticle& planned : part.articles) {
            const auto found = waiting.find(planned.path.value);
            if (found == waiting.end()) continue; // not in this edition, or named before
            next.articles.push_back({found->second, planned.matter == Matter::automatic ? Matter::body : planned.matter});
            waiting.erase(found);
        }
        if (!next.articles.empty()) parts.push_back(std::move(next));
    }
    ArrangedPart rest;
    for (const std::size_t article : assembly.articles)
        if (waiting.contains(assembly.manuscript.articles[article].path)) rest.articles.push_back({article, Matter::body});
    if (!rest.articles.empty()) parts.push_back(std::move(rest));
    return parts;
}

void add_articles(Assembly& assembly) {
    for (const ArrangedPart& part : arranged(assembly)) {
        const Matter first = part.articles.front().matter;
        const bool same = std::all_of(part.articles.begin(), part.articles.end(),
                                      [&](const ArrangedArticle& one) { return one.matter == first; });
        const bool titled = part.part && assembly.form == BookForm::book; // a leaflet is no part of anything
        if (titled)
            add_part(assembly, static_cast<std::size_t>(part.part - assembly.manuscript.plan.contents.data()),
                     same ? first : Matter::body);
        for (const ArrangedArticle& one : part.articles) add_article(assembly, one.article, {one.matter, titled ? 2 : 1});
    }
}

BookMetadata book_metadata(Assembly& assembly) {
    const BookPlan& plan = assembly.manuscript.plan;
    BookMetadata metadata;
    metadata.title = assembly.edition.title.empty() ? plan.title : assembly.edition.title;
    metadata.subtitle = plan.subtitle;
    metadata.language = assembly.language;
    metadata.isbn = assembly.edition.isbn.empty() ? plan.isbn : assembly.edition.isbn;
    metadata.publisher = plan.publisher;
    metadata.place = plan.place;
    metadata.rights = plan.rights;
    metadata.description = plan.description;
    metadata.edition = plan.edition;
    metadata.version = plan.version;
    metadata.print_code = plan.print_code;
    metadata.date = plan.date;
    metadata.keywords = plan.keywords;
    return metadata;
}

// One article is the whole publication: what its front matter says goes before what the plan says.
void take_front_matter(BookMetadata& metadata, const FrontMatter& front) {
    const auto take = [](std::string& to, const std::string& from) {
        if (!from.empty()) to = from;
    };
    metadata.subtitle = front.subtitle.value;
    take(metadata.description, front.summary.value);
    take(metadata.description, front.description.value);
    take(metadata.version, front.version.value);
    take(metadata.print_code, front.print_code.value);
    if (front.published) metadata.date = front.published->value;
    for (const std::string& keyword : front.keywords)
        if (std::find(metadata.keywords.begin(), metadata.keywords.end(), keyword) == metadata.keywords.end())
            metadata.keywords.push_back(keyword);
}

void add_contributors_to(BookMetadata& metadata, const ArticlePeople& people) {
    const auto add = [&](const People& of, std::string_view role) {
        for (const NamedPerson& one : of)
            metadata.contributors.push_back({one.name, one.person ? one.person->id : "", std::string(role)});
    };
    add(people.authors, "aut");
    add(people.editors, "edt");
    add(people.reviewers, "rev");
}

// The same publication keeps its identifier while its text is mended: it is made from what names it, not from every letter.
std::string made_identifier(const Assembly& assembly, const BookMetadata& metadata) {
    std::string named = assembly.manuscript.plan.identifier + '\n' + metadata.title + '\n' + metadata.language + '\n' +
                        metadata.publisher + '\n' + assembly.edition.name;
    for (const std::size_t article : assembly.articles)
        named +=
            '\n' + assembly.manuscript.articles[article].path + '\t' + plain_text(assembly.manuscript.articles[article].title);
    if (assembly.selection.clinic) named += "\nclinic\t" + assembly.selection.clinic->id;
    return uuid_urn(named);
}

// Unique among the files of one edition, and the same whichever of them is made first.
template <class Things>
std::string unique_slug(const Things& things, std::size_t wanted) {
    const std::string own = slug(things[wanted].id);
    if (own == things[wanted].id) return own; // ids that are file names already stay as they are
    UniqueNames names;
    for (const auto& other : things)
        if (slug(other.id) == other.id) names.take(other.id);
    std::string name;
    for (std::size_t i = 0; i <= wanted; ++i) {
        const std::string made = slug(things[i].id);
        if (made != things[i].id) name = names.take(made.empty() ? "item" : made);
    }
    return name;
}

std::string file_stem(const Assembly& assembly, const BookMetadata& metadata) {
    std::string stem = assembly.form == BookForm::book ? slug(metadata.title)
                                                       : unique_slug(assembly.manuscript.articles, assembly.articles.front());
    if (stem.empty()) stem = slug(assembly.edition.name);
    if (stem.empty()) stem = "book";
    const Clinic* clinic = assembly.selection.clinic;
    if (!clinic) return stem;
    if (const auto run = assembly.manuscript.clinics.find(assembly.edition.clinics.value);
        run != assembly.manuscript.clinics.end())
        for (std::size_t i = 0; i < run->second.size(); ++i)
            if (&run->second[i] == clinic) return stem + "-" + unique_slug(run->second, i);
    return stem + "-" + slug(clinic->id);
}

bool is_long(const Assembly& assembly) {
    std::size_t bytes = 0, headings = 0;
    for (const SectionFragment& fragment : assembly.fragments) {
        headings += fragment.headings.size();
        for (const Node& node : fragment.nodes) bytes += node.text.size();
    }
    return bytes >= long_article_bytes && headings >= long_article_headings;
}

int contents_depth(const Assembly& assembly) {
    const int planned = assembly.manuscript.plan.contents_depth;
    if (assembly.edition.contents_depth) return *assembly.edition.contents_depth;
    if (assembly.form == BookForm::book) return planned;
    return assembly.form == BookForm::single && is_long(assembly) ? planned : 0;
}

void prepare(Assembly& assembly) {
    const Manuscript& manuscript = assembly.manuscript;
    assembly.language = manuscript.plan.language.empty() ? "en" : manuscript.plan.language;
    if (assembly.selection.article)
        assembly.articles = {*assembly.selection.article};
    else
        assembly.articles = included_articles(manuscript, assembly.edition);
    if (assembly.selection.article)
        assembly.form = BookForm::leaflet;
    else if (manuscript.plan.source == SourceId{} && manuscript.articles.size() == 1 && assembly.articles.size() == 1)
        assembly.form = BookForm::single;
    if (assembly.form != BookForm::book) assembly.language = assembly.article_language(assembly.articles.front());
    assembly.bios = assembly.edition.bios.value_or(manuscript.plan.bios);
    if (assembly.bios == BioPlace::automatic)
        assembly.bios = assembly.form == BookForm::book ? BioPlace::book_end : BioPlace::article;
    if (assembly.form != BookForm::book && assembly.bios != BioPlace::article)
        assembly.bios = BioPlace::article; // its end is the book's end
    assembly.has_index = manuscript.plan.index && assembly.form == BookForm::book;
    assembly.number_parts();
    for (const std::size_t article : assembly.articles)
        assembly.article_ids.emplace(article, assembly.ids.take(xml_name(manuscript.articles[article].id)));
    const auto check_words = [&](const std::string& language) {
        if (!has_words(language))
            assembly.diagnostics.warning(
                "assemble.no-words", {},
                "there are no words for the language ‘" + language + "’; headings such as “Contents” are English",
                {"bifolio knows the words of en, cy, ar, ur, bn, gu, pa, pl, ro, so, tr, zh, de, fr, es, it, nl and pt"});
    };
    check_words(assembly.language);
    for (const std::size_t article : assembly.articles) check_words(assembly.article_language(article));
}

} // namespace

std::vector<BookSelection> selections(const Manuscript& manuscript, const Edition& edition, Diagnostics& diagnostics) {
    const std::vector<std::size_t> articles = included_articles(manuscript, edition);
    if (manuscript.articles.empty()) return {}; // reading has said so
    if (articles.empty()) {
        diagnostics.error("assemble.empty-edition", edition.where, "the edition ‘" + edition.name + "’ has no articles",
                          {"name some under ‘include’, or take the key away to have them all"});
        return {};
    }
    std::vector<std::optional<std::size_t>> books(1);
    if (edition.each == EditionScope::article) books.assign(articles.begin(), articles.end());

    std::vector<const Clinic*> clinics{nullptr};
    if (!edition.clinics.value.empty()) {
        clinics.clear();
        const auto run = manuscript.clinics.find(edition.clinics.value);
        if (run != manuscript.clinics.end())
            for (const Clinic& clinic : run->second) clinics.push_back(&clinic);
        if (clinics.empty())
            diagnostics.error("assemble.no-clinics", edition.clinics.where,
                              "the edition ‘" + edition.name + "’ is made for each clinic in ‘" + edition.clinics.value +
                                  "’, and there is none",
                              {"write a row for each clinic below the names of the columns"});
    }
    std::vector<BookSelection> all;
    for (const Clinic* clinic : clinics)
        for (const std::optional<std::size_t>& article : books) all.push_back({article, clinic});
    return all;
}

Book assemble(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection, Diagnostics& diagnostics) {
    Assembly assembly(manuscript, edition, selection, diagnostics);
    prepare(assembly);
    BookMetadata metadata = book_metadata(assembly);
    const bool whole_book = assembly.form == BookForm::book;
    if (!whole_book) {
        const Article& article = manuscript.articles[assembly.articles.front()];
        metadata.title = collapsed(plain_text(article.title));
        if (metadata.title.empty())
            metadata.title = article.front_matter.title.value.empty() ? article.id : article.front_matter.title.value;
        take_front_matter(metadata, article.front_matter);
    }
    if (metadata.title.empty() && !assembly.articles.empty())
        metadata.title = collapsed(plain_text(manuscript.articles[assembly.articles.front()].title));
    add_contributors_to(metadata, people_of_book(assembly));
    const std::string& planned = edition.identifier.empty() ? manuscript.plan.identifier : edition.identifier;
    const bool planned_for_it = assembly.form != BookForm::leaflet && !selection.clinic && !planned.empty();
    metadata.identifier = planned_for_it ? planned : made_identifier(assembly, metadata);
    if (assembly.form == BookForm::leaflet) metadata.isbn.clear(); // it is the whole book's

    if (whole_book && edition.glossary_links.value_or(manuscript.plan.glossary_links))
        assembly.terms = GlossaryTerms(manuscript.glossary);
    ResourceId cover = no_resource;
    if (whole_book) {
        cover = add_cover(assembly, metadata);
        add_title_page(assembly, metadata);
        add_imprint(assembly, metadata);
    }
    const std::size_t contents = assembly.begin_fragment(SectionKind::contents, Matter::front, "contents");
    const std::size_t tables = assembly.begin_fragment(SectionKind::list_of_tables, Matter::front, "list-of-tables");
    const std::size_t figures = assembly.begin_fragment(SectionKind::list_of_figures, Matter::front, "list-of-figures");
    if (whole_book) add_notices(assembly, NoticeRule::book_front);
    add_articles(assembly);
    if (whole_book) {
        add_contributors(assembly);
        add_glossary(assembly);
        add_notices(assembly, NoticeRule::book_end);
        if (assembly.has_index) add_index(assembly);
        add_back_cover(assembly);
        if (manuscript.plan.list_of_tables) fill_list(assembly, tables, CaptionKind::table);
        if (manuscript.plan.list_of_figures) fill_list(assembly, figures, CaptionKind::figure);
    }
    const std::vector<OutlineEntry> entries = contents_entries(assembly);
    if (const int depth = contents_depth(assembly); depth > 0) fill_contents(assembly, contents, entries, depth);

    std::string name = file_stem(assembly, metadata);
    Book book = join(assembly, std::move(metadata), entries);
    book.name = std::move(name);
    book.cover = cover;
    return book;
}

} // namespace bifolio
