#include "assemble/people.h"

#include "assemble/lowering.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

std::string_view class_of(PersonRole role) {
    switch (role) {
    case PersonRole::author: return "author";
    case PersonRole::editor: return "editor";
    case PersonRole::reviewer: return "reviewer";
    }
    return "";
}

std::string_view word_of(PersonRole role, const Words& words) {
    switch (role) {
    case PersonRole::author: return words.author;
    case PersonRole::editor: return words.editor;
    case PersonRole::reviewer: return words.reviewer;
    }
    return "";
}

// The part of a text that is written once and shown in an article or at the book's end.
std::uint32_t part_at(Assembly& assembly, std::string name, std::size_t article) {
    if (article != no_article) name += "@" + assembly.manuscript.articles[article].path;
    return assembly.part(std::move(name));
}

// Bios and notices are written in the book's language; within an article of another one they say so.
void set_book_language(const Assembly& assembly, Tree& tree, NodeId node) {
    if (!equals_ignoring_ascii_case(tree.language(), assembly.language)) tree.set_language(node, assembly.language);
}

void lower_portrait(Assembly& assembly, Tree& tree, const Person& person) {
    const Portrait& portrait = *person.portrait;
    const ResourceId resource = assembly.resource(portrait.file.value);
    const Words& words = words_for(tree.language());
    const bool likeness = portrait.kind == PortraitKind::likeness;
    const std::string_view kind = likeness ? "likeness" : portrait.kind == PortraitKind::drawing ? "drawing" : "photo";
    // Whoever hears the picture's words instead of seeing its caption must learn that it does not show the person.
    std::string alternative = portrait.alternative.empty() ? person.name : portrait.alternative;
    if (likeness) alternative = std::string(words.likeness) + std::string(words.colon) + alternative;

    const auto figure = tree.element(Element::figure, "portrait " + std::string(kind));
    {
        const auto picture =
            resource == no_resource ? tree.element(Element::span, "missing-picture") : tree.element(Element::img);
        if (resource == no_resource) {
            tree.text(alternative);
        } else {
            tree[picture].resource = resource;
            tree[picture].info.attributes.push_back({"alt", alternative});
        }
    }
    if (likeness) {
        const auto caption = tree.element(Element::figcaption);
        tree.text(std::string(words.likeness));
    }
}

void lower_person_lines(Assembly& assembly, Tree& tree, const Person& person, const BioSetting& plan) {
    const Words& words = words_for(tree.language());
    if (!person.credentials.empty() || !person.role.empty()) {
        const auto line = tree.element(Element::p, "person-line");
        if (!person.credentials.empty()) {
            const auto span = tree.element(Element::span, "credentials");
            tree.text(person.credentials);
        }
        if (!person.credentials.empty() && !person.role.empty()) tree.text(std::string(words.comma));
        if (!person.role.empty()) {
            const auto span = tree.element(Element::span, "role");
            tree.text(person.role);
        }
    }
    if (plan.show_roles && !plan.roles.empty()) {
        std::string roles;
        for (const PersonRole role : plan.roles) {
            if (!roles.empty()) roles += words.comma;
            roles += word_of(role, words);
        }
        const auto line = tree.element(Element::p, "contributions");
        tree.text(roles);
    }
    if (!person.url.empty()) {
        const auto line = tree.element(Element::p, "person-url");
        const auto link = tree.element(Element::a);
        if (!external_link(tree[link], person.url, person.where, assembly.diagnostics)) {
            assembly.diagnostics.warning("assemble.site-link", person.where,
                                         "‘" + person.url + "’ is no web address; only its text is shown",
                                         {"write the whole address, with https://"});
            tree[link].element = Element::span;
        }
        tree.text(person.url);
    }
}

std::vector<const Notice*> notices_of_bio(const Assembly& assembly, const Person& person) {
    std::vector<const Notice*> notices = notices_by_rule(assembly, NoticeRule::every_bio);
    const auto add = [&](NoticeRule rule) {
        for (const Notice* notice : notices_by_rule(assembly, rule))
            if (std::find(notices.begin(), notices.end(), notice) == notices.end()) notices.push_back(notice);
    };
    if (person.pseudonym) add(NoticeRule::bio_with_pseudonym);
    if (person.portrait && person.portrait->kind == PortraitKind::likeness) add(NoticeRule::bio_with_likeness);
    return notices;
}

} // namespace

const People& ArticlePeople::of(PersonRole role) const {
    return role == PersonRole::author ? authors : role == PersonRole::editor ? editors : reviewers;
}

People named_people(Assembly& assembly, const std::vector<Located<std::string>>& written) {
    People people;
    for (const Located<std::string>& one : written) {
        const auto& known = assembly.manuscript.people;
        NamedPerson named{nullptr, one.value};
        auto found = known.find(one.value);
        if (found == known.end())
            found = std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.second.name == one.value; });
        if (found != known.end()) {
            named = {&found->second, found->second.name.empty() ? found->first : found->second.name};
        } else if (assembly.manuscript.has_people_file) {
            std::vector<std::string> candidates;
            for (const auto& [id, person] : known) candidates.push_back(id);
            for (const auto& [id, person] : known) candidates.push_back(person.name);
            assembly.diagnostics.warning("assemble.unknown-person", one.where,
                                         "no person ‘" + one.value + "’ in people.yaml; the name stands alone",
                                         did_you_mean(one.value, candidates));
        }
        if (std::find(people.begin(), people.end(), named) == people.end()) people.push_back(std::move(named));
    }
    return people;
}

ArticlePeople people_of(Assembly& assembly, std::size_t article) {
    const FrontMatter& front = assembly.manuscript.articles[article].front_matter;
    return {named_people(assembly, front.authors), named_people(assembly, front.editors),
            named_people(assembly, front.reviewers)};
}

bool has_bio(const NamedPerson& named) {
    if (!named.person) return false;
    const Person& person = *named.person;
    return !person.bio.empty() || person.portrait || !person.role.empty() || !person.url.empty() || person.pseudonym ||
           !person.interests.empty() || !person.disclosures.empty();
}

void lower_people(Tree& tree, std::string_view pattern, const People& people) {
    const std::size_t blank = std::min(pattern.find("{}"), pattern.size());
    if (blank > 0) tree.text(std::string(pattern.substr(0, blank)));
    // Where a name brings its credentials behind a comma, semicolons keep the names apart.
    const bool with_commas = people.size() > 1 && std::any_of(people.begin(), people.end(), [](const NamedPerson& one) {
                                 return one.person && !one.person->credentials.empty();
                             });
    const Words& words = words_for(tree.language());
    const std::vector<std::string> joints = list_joints(people.size(), tree.language());
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (i > 0) tree.text(with_commas ? std::string(words.semicolon) : joints[i]);
        const auto person = tree.element(Element::span, "person");
        tree.set_direction_of(person, people[i].name);
        {
            const auto name = tree.element(Element::span, "person-name");
            tree.text(people[i].name);
        }
        if (!people[i].person || people[i].person->credentials.empty()) continue;
        tree.text(std::string(words.comma));
        const auto credentials = tree.element(Element::span, "credentials");
        tree.text(people[i].person->credentials);
    }
    if (blank < pattern.size() && blank + 2 < pattern.size()) tree.text(std::string(pattern.substr(blank + 2)));
}

void lower_bio(Assembly& assembly, std::size_t fragment, Tree& tree, const Person& person, const BioSetting& plan) {
    const NumberedPart part(tree, part_at(assembly, "bio:" + person.id, plan.article));
    const std::string id = "bio-" + person.id;
    const std::size_t scope = assembly.add_scope(id + "-");

    std::string classes = "bio";
    for (const PersonRole role : plan.roles) classes.append(" ").append(class_of(role));
    if (person.pseudonym) classes += " pseudonym";
    if (person.portrait) classes += " has-portrait";
    const auto bio = tree.element(Element::aside, classes);
    tree[bio].info.where = person.where;
    set_book_language(assembly, tree, bio);
    assembly.name_node(tree[bio], plan.article == no_article ? id : assembly.manuscript.articles[plan.article].id + "-" + id);
    assembly.generated.try_emplace(id, FragmentPlace{fragment, bio});

    if (person.portrait) lower_portrait(assembly, tree, person);
    {
        const auto heading = tree.element(heading_element(plan.heading_level), "person-name");
        tree.text(person.name.empty() ? person.id : person.name);
    }
    lower_person_lines(assembly, tree, person, plan);
    Lowering lowering(assembly, fragment, tree, scope, plan.heading_level + 1);
    lowering.body(person.bio, false);
    const Words& words = words_for(tree.language());
    if (!person.interests.empty()) {
        const auto paragraph = tree.element(Element::p, "interests");
        {
            const auto label = tree.element(Element::span, "label");
            tree.text(std::string(words.interests) + std::string(words.colon));
        }
        lowering.inlines(person.interests);
    }
    for (const Inlines& disclosure : person.disclosures) {
        const auto paragraph = tree.element(Element::p, "disclosure");
        lowering.inlines(disclosure);
    }
    if (person.pseudonym && notices_by_rule(assembly, NoticeRule::bio_with_pseudonym).empty() && person.disclosures.empty()) {
        const auto paragraph = tree.element(Element::p, "disclosure pseudonym");
        tree.text(std::string(words.pseudonym));
    }
    for (const Notice* notice : notices_of_bio(assembly, person)) {
        const NumberedPart notice_part(tree, part_at(assembly, "notice:" + notice->id + "@bio:" + person.id, plan.article));
        lower_notice(assembly, fragment, tree, *notice, plan.article, Element::p);
    }
}

std::vector<const Notice*> notices_by_rule(const Assembly& assembly, NoticeRule rule) {
    std::vector<const Notice*> notices;
    for (const auto& [id, notice] : assembly.manuscript.notices) {
        const bool here = notice.editions.empty() || std::find(notice.editions.begin(), notice.editions.end(),
                                                               assembly.edition.name) != notice.editions.end();
        if (here && std::find(notice.rules.begin(), notice.rules.end(), rule) != notice.rules.end()) notices.push_back(&notice);
    }
    std::stable_partition(notices.begin(), notices.end(), [](const Notice* one) { return one->kind == NoticeKind::emergency; });
    return notices;
}

void lower_notice(Assembly& assembly, std::size_t fragment, Tree& tree, const Notice& notice, std::size_t article,
                  Element title) {
    const std::string_view kind = notice.kind == NoticeKind::disclaimer   ? "disclaimer"
                                  : notice.kind == NoticeKind::disclosure ? "disclosure"
                                                                          : "emergency";
    const std::size_t scope = assembly.add_scope("notice-" + notice.id + "-");
    const auto aside = tree.element(Element::aside, "notice " + std::string(kind));
    tree[aside].info.where = notice.where;
    set_book_language(assembly, tree, aside);
    const std::string prefix = article == no_article ? "" : assembly.manuscript.articles[article].id + "-";
    assembly.name_node(tree[aside], prefix + "notice-" + notice.id);
    assembly.generated.try_emplace("notice-" + notice.id, FragmentPlace{fragment, aside});
    Lowering lowering(assembly, fragment, tree, scope, 3);
    if (!notice.title.empty()) {
        const auto heading = tree.element(title, "notice-title");
        lowering.inlines(notice.title);
    }
    lowering.body(notice.text, false);
}

} // namespace bifolio
