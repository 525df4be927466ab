#include "assemble/generated_section.h"
#include "assemble/lowering.h"
#include "assemble/sections.h"
#include "base/utf8.h"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace bifolio {

namespace {

void lower_names(Tree& tree, std::string_view classes, std::string_view pattern, const std::vector<std::string>& names) {
    if (names.empty()) return;
    People people;
    for (const std::string& name : names) people.push_back({nullptr, name});
    const auto paragraph = tree.element(Element::p, classes);
    lower_people(tree, pattern, people);
}

std::vector<std::string> names_of(const BookMetadata& metadata, std::string_view role) {
    std::vector<std::string> names;
    for (const Contributor& one : metadata.contributors)
        if (one.role == role) names.push_back(one.name);
    return names;
}

std::string with_place(const BookMetadata& metadata, const Words& words) {
    return metadata.place.empty() ? metadata.publisher : metadata.publisher + std::string(words.comma) + metadata.place;
}

// The words below a node once more, for the contents: without notes, ids and links of their own.
void copy_words(Tree& tree, const std::vector<Node>& from, NodeId parent) {
    const std::uint32_t end = index(from[index(parent)].end);
    for (std::uint32_t at = index(parent) + 1; at < end; at = index(from[at].end)) {
        const Node& node = from[at];
        const NodeId id{at};
        if (node.element == Element::text) {
            tree.text(node.text);
        } else if (node.element == Element::note || node.element == Element::note_reference) {
            continue;
        } else if (node.element == Element::br) {
            tree.text(" ");
        } else if (node.element == Element::a || has_class(node, "index") || has_class(node, "index-end")) {
            copy_words(tree, from, id);
        } else if (node.element == Element::img) {
            if (const std::string* alternative = attribute(node, "alt")) tree.text(*alternative);
        } else {
            NodeInfo info;
            info.classes = node.info.classes;
            info.language = node.info.language;
            info.attributes = node.info.attributes;
            const auto open = tree.element(node.element, info);
            copy_words(tree, from, id);
        }
    }
}

std::string_view entry_class(const OutlineEntry& entry) {
    if (entry.is_heading) return "heading";
    switch (entry.section) {
    case SectionKind::part: return "part";
    case SectionKind::article:
    case SectionKind::foreword: return "article";
    default: return "section";
    }
}

class ContentsList {
public:
    ContentsList(Assembly& assembly, GeneratedSection& section, const std::vector<OutlineEntry>& entries)
        : assembly_(assembly), section_(section), entries_(entries) {}

    // The entries from `at` on, as long as they are not above `depth`.
    void make(std::size_t& at, int depth) {
        Tree& tree = section_.tree();
        const auto list = tree.element(Element::ol, "contents-list");
        while (at < entries_.size() && entries_[at].depth >= depth) {
            const OutlineEntry& entry = entries_[at++];
            const auto item = tree.element(Element::li, "contents-entry depth-" + std::to_string(entry.depth) + " " +
                                                            std::string(entry_class(entry)));
            link(entry);
            if (at < entries_.size() && entries_[at].depth > depth) make(at, depth + 1);
        }
    }

private:
    void link(const OutlineEntry& entry) {
        Tree& tree = section_.tree();
        const auto link = tree.element(Element::a, "contents-link");
        section_.fragment().targets.emplace_back(link, entry.target);
        const std::vector<Node>& nodes = assembly_.fragments[entry.words.fragment].nodes;
        const std::string& language = nodes.front().info.language;
        if (!language.empty()) tree.set_language(link, language);
        if (entry.words.node == no_node)
            tree.text(entry.title);
        else
            copy_words(tree, nodes, entry.words.node);
    }

    Assembly& assembly_; // a local of its caller only, as what follows
    GeneratedSection& section_;
    const std::vector<OutlineEntry>& entries_;
};

// Terms as the language's dictionaries order them; equal ones stay in the order of the file.
std::vector<const GlossaryEntry*> sorted_glossary(const Assembly& assembly) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(assembly.language, status);
    status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(locale, status));
    std::vector<std::pair<std::string, const GlossaryEntry*>> keyed;
    for (const GlossaryEntry& entry : assembly.manuscript.glossary) {
        std::string key = entry.term;
        if (U_SUCCESS(status) && collator) {
            const icu::UnicodeString term = icu::UnicodeString::fromUTF8(entry.term);
            const std::int32_t size = collator->getSortKey(term, nullptr, 0);
            std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
            collator->getSortKey(term, bytes.data(), size);
            key.assign(bytes.begin(), bytes.end());
        }
        keyed.emplace_back(std::move(key), &entry);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const GlossaryEntry*> sorted;
    for (const auto& [key, entry] : keyed) sorted.push_back(entry);
    return sorted;
}

} // namespace

// “Cover: Living with ADHD. By Jane Doe and John Roe”
std::string cover_alternative(const BookMetadata& metadata, const Words& words) {
    std::string says = std::string(words.cover) + std::string(words.colon) + metadata.title;
    const std::vector<std::string> authors = names_of(metadata, "aut");
    if (authors.empty()) return says;
    const std::vector<std::string> joints = list_joints(authors.size(), metadata.language);
    std::string names;
    for (std::size_t i = 0; i < authors.size(); ++i) names += (i > 0 ? joints[i] : "") + authors[i];
    return says + std::string(words.label_end) + fill(words.by, names);
}

ResourceId add_cover(Assembly& assembly, const BookMetadata& metadata) {
    const BookPlan& plan = assembly.manuscript.plan;
    const std::string& file = plan.cover.value;
    ResourceId resource = no_resource;
    if (!file.empty()) {
        resource = assembly.resource(file);
    } else if (plan.makes_cover()) { // the picture is made when the book is there
        assembly.resources.push_back({std::string(made_cover_path), "image/jpeg", nullptr});
        resource = ResourceId{static_cast<std::uint32_t>(assembly.resources.size() - 1)};
    }
    if (resource == no_resource) return no_resource; // there is to be none, or reading has reported it
    GeneratedSection section(assembly, {SectionKind::cover, Matter::front, "cover"});
    section.unseen_title(section.words().cover);
    const auto picture = section.tree().element(Element::img);
    section.tree()[picture].resource = resource;
    section.tree()[picture].info.where = file.empty() ? plan.made_cover.where : plan.cover.where;
    section.tree()[picture].info.attributes.push_back({"alt", cover_alternative(metadata, section.words())});
    return resource;
}

void add_title_page(Assembly& assembly, const BookMetadata& metadata) {
    GeneratedSection section(assembly, {SectionKind::title_page, Matter::front, "title-page"});
    section.heading(metadata.title, "book-title");
    section.fragment().section.in_contents = false;
    section.line("book-subtitle", metadata.subtitle);
    lower_names(section.tree(), "book-authors", "{}", names_of(metadata, "aut"));
    lower_names(section.tree(), "book-editors", section.words().edited_by, names_of(metadata, "edt"));
    section.line("book-edition", metadata.edition);
    section.line("book-publisher", with_place(metadata, section.words()));
}

void add_imprint(Assembly& assembly, const BookMetadata& metadata) {
    const Words& words = words_for(assembly.language);
    const std::string& identifier =
        assembly.edition.identifier.empty() ? assembly.manuscript.plan.identifier : assembly.edition.identifier;
    if (metadata.publisher.empty() && metadata.edition.empty() && metadata.version.empty() && metadata.print_code.empty() &&
        metadata.isbn.empty() && identifier.empty() && metadata.rights.empty() && !metadata.date)
        return; // nothing is known; a page with the title alone would say nothing
    GeneratedSection section(assembly, {SectionKind::imprint, Matter::front, "imprint"});
    section.unseen_title(words.imprint);
    const auto line = [&](std::string_view name, std::string_view pattern, std::string_view value) {
        if (!value.empty()) section.line("imprint-line imprint-" + std::string(name), fill(pattern, value));
    };
    line("title", "{}",
         metadata.subtitle.empty() ? metadata.title : metadata.title + std::string(words.colon) + metadata.subtitle);
    lower_names(section.tree(), "imprint-line imprint-authors", words.by, names_of(metadata, "aut"));
    lower_names(section.tree(), "imprint-line imprint-editors", words.edited_by, names_of(metadata, "edt"));
    lower_names(section.tree(), "imprint-line imprint-reviewers", words.reviewed_by, names_of(metadata, "rev"));
    if (!metadata.publisher.empty()) line("publisher", words.published_by, with_place(metadata, words));
    if (metadata.date) line("published", words.published, long_date(*metadata.date, assembly.language));
    line("edition", "{}", metadata.edition);
    line("version", words.version, metadata.version);
    line("print-code", words.print_code, metadata.print_code);
    line("isbn", "ISBN {}", metadata.isbn);
    if (metadata.isbn.empty() || identifier.find("isbn") == std::string::npos) line("identifier", words.identifier, identifier);
    line("rights", "{}", metadata.rights);
}

void add_part(Assembly& assembly, std::size_t index, Matter matter) {
    const PlannedPart& part = assembly.manuscript.plan.contents[index];
    const std::string name = slug(part.title.value);
    GeneratedSection section(assembly, {SectionKind::part, matter, "part-" + (name.empty() ? std::to_string(index + 1) : name),
                                        Element::section, "part", "part:" + std::to_string(index + 1)});
    section.tree()[section.root()].info.where = part.title.where;
    section.heading(part.title.value, "part-title");
}

void add_notices(Assembly& assembly, NoticeRule rule) {
    const std::vector<const Notice*> notices = notices_by_rule(assembly, rule);
    if (notices.empty()) return;
    const bool front = rule == NoticeRule::book_front;
    GeneratedSection section(assembly, {SectionKind::notices, front ? Matter::front : Matter::back,
                                        front ? "notices-front" : "notices-back", Element::section,
                                        front ? "notices front" : "notices back"});
    section.heading(section.words().notices);
    for (const Notice* notice : notices) {
        const NumberedPart part(section.tree(), assembly.part("notice:" + notice->id));
        lower_notice(assembly, section.index(), section.tree(), *notice, no_article, Element::h2);
    }
}

ArticlePeople people_of_book(Assembly& assembly) {
    ArticlePeople all;
    const auto add = [](People& to, const People& more) {
        for (const NamedPerson& one : more)
            if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
    };
    const bool whole_book = assembly.form == BookForm::book;
    if (whole_book) {
        all.authors = named_people(assembly, assembly.manuscript.plan.authors);
        all.editors = named_people(assembly, assembly.manuscript.plan.editors);
    }
    for (const std::size_t article : assembly.articles) {
        const ArticlePeople people = people_of(assembly, article);
        add(all.authors, people.authors);
        add(all.editors, people.editors);
        add(all.reviewers, people.reviewers);
    }
    return all;
}

void add_contributors(Assembly& assembly) {
    if (assembly.bios != BioPlace::book_end && assembly.bios != BioPlace::both) return;
    const ArticlePeople all = people_of_book(assembly);
    std::vector<std::pair<NamedPerson, std::vector<PersonRole>>> shown; // each once, with all that he or she did
    for (const PersonRole role : {PersonRole::author, PersonRole::editor, PersonRole::reviewer})
        for (const NamedPerson& one : all.of(role)) {
            if (!has_bio(one)) continue;
            const auto known = std::find_if(shown.begin(), shown.end(), [&](const auto& entry) { return entry.first == one; });
            if (known != shown.end())
                known->second.push_back(role);
            else
                shown.push_back({one, {role}});
        }
    if (shown.empty()) return;
    GeneratedSection section(assembly, {SectionKind::contributors, Matter::back, "contributors"});
    section.heading(section.words().contributors);
    for (const auto& [named, roles] : shown)
        lower_bio(assembly, section.index(), section.tree(), *named.person, {roles, true, 2, no_article});
}

// Back to where the book uses the term first. On paper people turn pages.
static void link_to_use(Assembly& assembly, GeneratedSection& section, FragmentPlace use) {
    const auto link = section.tree().element(Element::a, "backlink");
    section.tree()[link].info.attributes.push_back({"title", assembly.fragments[use.fragment].section.title});
    section.fragment().targets.emplace_back(link, use);
    section.tree().text(" ↩\uFE0E");
}

void add_glossary(Assembly& assembly) {
    if (assembly.manuscript.glossary.empty()) return;
    GeneratedSection section(assembly, {SectionKind::glossary, Matter::back, "glossary"});
    section.heading(section.words().glossary);
    Tree& tree = section.tree();
    const std::size_t scope = section.scope("glossary-");
    Lowering lowering(assembly, section.index(), tree, scope, 2);
    const auto list = tree.element(Element::dl, "glossary-list");
    for (const GlossaryEntry* entry : sorted_glossary(assembly)) {
        {
            const auto term = tree.element(Element::dt, "glossary-term");
            tree[term].info.where = entry->where;
            const std::string name = anchor_of_term(entry->term), key = key_of_term(entry->term);
            assembly.name_node(tree[term], name);
            assembly.generated.try_emplace(name, FragmentPlace{section.index(), term});
            assembly.generated.try_emplace(key, FragmentPlace{section.index(), term});
            {
                const auto defined = tree.element(Element::dfn);
                tree.text(entry->term);
            }
            if (!entry->abbreviation.empty()) {
                tree.text(" (");
                {
                    const auto abbreviation = tree.element(Element::abbr);
                    tree[abbreviation].info.attributes.push_back({"title", entry->term});
                    tree.text(entry->abbreviation);
                }
                tree.text(")");
            }
            auto use = assembly.first_uses.find(key);
            if (use == assembly.first_uses.end()) use = assembly.first_uses.find(name); // the author's own link
            if (use != assembly.first_uses.end()) link_to_use(assembly, section, use->second);
        }
        const auto definition = tree.element(Element::dd);
        tree[definition].info.where = entry->where;
        if (!entry->abbreviation_of.empty()) section.line("abbreviation-of", entry->abbreviation_of);
        lowering.body(entry->definition, false);
    }
}

void add_back_cover(Assembly& assembly) {
    if (assembly.manuscript.plan.back_cover.empty()) return;
    GeneratedSection section(assembly, {SectionKind::back_cover, Matter::back, "back-cover"});
    section.unseen_title(section.words().back_cover);
    const std::size_t scope = section.scope("back-cover-");
    Lowering lowering(assembly, section.index(), section.tree(), scope, 1);
    lowering.body(assembly.manuscript.plan.back_cover, false);
}

std::vector<OutlineEntry> contents_entries(const Assembly& assembly) {
    std::vector<OutlineEntry> entries;
    int before = 0;
    const auto add = [&](OutlineEntry entry) {
        entry.depth = std::min(entry.depth, before + 1); // a heading whose upper one stands in a box must not leave a gap
        before = entry.depth;
        entries.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < assembly.fragments.size(); ++i) {
        const SectionFragment& fragment = assembly.fragments[i];
        const BookSection& section = fragment.section;
        if (fragment.nodes.empty() || !section.in_contents) continue;
        const NodeId title = section.heading == no_node ? section.root : section.heading;
        add({{i, title}, {i, section.heading}, section.depth, section.title, section.kind, false});
        for (const HeadingMark& heading : fragment.headings)
            add({{i, heading.node},
                 {i, heading.node},
                 section.depth + heading.level - 1,
                 line_of_text(fragment.nodes, heading.node),
                 section.kind,
                 true});
    }
    return entries;
}

void fill_contents(Assembly& assembly, std::size_t fragment, const std::vector<OutlineEntry>& entries, int depth) {
    // In a book of parts a foreword stands beside them, and yet its headings rank with those of the articles inside.
    const bool has_parts = std::any_of(assembly.fragments.begin(), assembly.fragments.end(),
                                       [](const SectionFragment& one) { return one.section.kind == SectionKind::part; });
    const auto rank = [&](const OutlineEntry& entry) {
        const bool beside_parts = has_parts && assembly.fragments[entry.target.fragment].section.depth == 1;
        return entry.depth + (entry.is_heading && beside_parts ? 1 : 0);
    };
    std::vector<OutlineEntry> shown;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(shown),
                 [&](const OutlineEntry& entry) { return rank(entry) <= depth; });
    if (shown.empty()) return;
    GeneratedSection section(assembly, {SectionKind::contents, Matter::front, "contents", Element::nav}, fragment);
    section.heading(section.words().contents);
    section.fragment().section.in_contents = false;
    std::size_t at = 0;
    ContentsList(assembly, section, shown).make(at, 1);
}

void fill_list(Assembly& assembly, std::size_t fragment, CaptionKind kind) {
    const auto has_any = [&](const SectionFragment& one) {
        return std::any_of(one.captions.begin(), one.captions.end(),
                           [&](const Captioned& caption) { return caption.kind == kind; });
    };
    if (std::none_of(assembly.fragments.begin(), assembly.fragments.end(), has_any)) return;
    const bool tables = kind == CaptionKind::table;
    GeneratedSection section(assembly,
                             {tables ? SectionKind::list_of_tables : SectionKind::list_of_figures, Matter::front,
                              tables ? "list-of-tables" : "list-of-figures", Element::nav},
                             fragment);
    section.heading(tables ? section.words().list_of_tables : section.words().list_of_figures);
    Tree& tree = section.tree();
    const auto list = tree.element(Element::ol, "contents-list");
    for (std::size_t i = 0; i < assembly.fragments.size(); ++i) {
        const SectionFragment& from = assembly.fragments[i];
        for (const Captioned& caption : from.captions) {
            if (caption.kind != kind) continue;
            const auto item = tree.element(Element::li, "contents-entry depth-1");
            const auto link = tree.element(Element::a, "contents-link");
            section.fragment().targets.emplace_back(link, FragmentPlace{i, caption.node});
            if (!from.nodes.front().info.language.empty()) tree.set_language(link, from.nodes.front().info.language);
            copy_words(tree, from.nodes, caption.caption);
        }
    }
}

} // namespace bifolio
