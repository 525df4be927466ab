#include "read/read_register.h"

#include "base/utf8.h"
#include "read/embedded_markdown.h"
#include "read/keys.h"
#include "read/yaml_shape.h"

#include <map>

namespace bifolio {

namespace {

YamlValue checked_file(std::string_view kind, SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    YamlValue root = parse_yaml(sources, source, diagnostics);
    if (root.kind != YamlKind::null)
        check_shape(root, *file_shape(kind).root, sources.path(source), {source, 0, 0}, {}, diagnostics);
    if (root.kind != YamlKind::mapping) root.entries.clear();
    return root;
}

template <class Enum, std::size_t size>
Enum word_of(const YamlValue& mapping, std::string_view key, const std::array<std::string_view, size>& words, Enum otherwise) {
    const auto found = index_of_word(words, text_of(mapping, key));
    return found ? static_cast<Enum>(*found) : otherwise;
}

Portrait read_portrait(const YamlValue& value) {
    Portrait portrait;
    portrait.file.value = text_of(value, "file");
    if (const YamlValue* file = given(value, "file")) portrait.file.where = file->where;
    portrait.alternative = text_of(value, "alt");
    portrait.kind = word_of(value, "kind", portrait_words, PortraitKind::photo);
    return portrait;
}

} // namespace

std::map<std::string, Person> read_people(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    std::map<std::string, Person> people;
    const YamlValue root = checked_file("people", source, sources, diagnostics);
    for (const auto& [id, id_where, value] : root.entries) {
        Person person;
        person.id = id;
        person.where = id_where;
        person.name = text_of(value, "name");
        if (person.name.empty()) person.name = id; // reported; the book still shows who is meant
        person.credentials = text_of(value, "credentials");
        person.role = text_of(value, "role");
        person.url = text_of(value, "url");
        person.bio = blocks_of(value, "bio", sources, diagnostics);
        if (const YamlValue* portrait = given(value, "portrait"); portrait && portrait->kind == YamlKind::mapping)
            person.portrait = read_portrait(*portrait);
        person.pseudonym = flag_of(value, "pseudonym").value_or(false);
        person.interests = line_of(value, "interests", sources, diagnostics);
        for (const YamlValue* disclosure : scalars_of(value, "disclosures"))
            person.disclosures.push_back(line_of(*disclosure, sources, diagnostics));
        people.emplace(id, std::move(person));
    }
    return people;
}

std::map<std::string, Notice> read_notices(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    std::map<std::string, Notice> notices;
    const YamlValue root = checked_file("notices", source, sources, diagnostics);
    for (const auto& [id, id_where, value] : root.entries) {
        Notice notice;
        notice.id = id;
        notice.where = id_where;
        notice.kind = word_of(value, "kind", notice_words, NoticeKind::disclaimer);
        notice.title = line_of(value, "title", sources, diagnostics);
        notice.text = blocks_of(value, "text", sources, diagnostics);
        for (const YamlValue* rule : scalars_of(value, "where"))
            if (const auto word = index_of_word(rule_words, rule->text)) notice.rules.push_back(static_cast<NoticeRule>(*word));
        for (const YamlValue* edition : scalars_of(value, "editions")) notice.editions.push_back(edition->text);
        notices.emplace(id, std::move(notice));
    }
    return notices;
}

std::vector<GlossaryEntry> read_glossary(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    std::vector<GlossaryEntry> glossary;
    const YamlValue root = checked_file("glossary", source, sources, diagnostics);
    std::map<std::string, std::string> taken; // words → the entry to which they lead
    for (const YamlEntry& one : root.entries) {
        taken.emplace(one.key, one.key);
        if (const std::string other = text_of(one.value, "abbreviation"); !other.empty() && !root.find(other))
            taken.emplace(other, one.key);
    }
    for (const auto& [term, term_where, value] : root.entries) {
        GlossaryEntry entry;
        entry.term = term;
        entry.where = term_where;
        entry.definition = value.kind == YamlKind::scalar ? blocks_of(value, sources, diagnostics)
                                                          : blocks_of(value, "definition", sources, diagnostics);
        for (const YamlValue* form :
             value.kind == YamlKind::mapping ? scalars_of(value, "forms") : std::vector<const YamlValue*>())
            if (std::string words = collapsed(form->text); !words.empty()) {
                if (!taken.emplace(words, term).second && taken.at(words) != term)
                    diagnostics.error("read.double-form", form->where,
                                      "‘" + words + "’ is of the entry ‘" + taken.at(words) + "’ already",
                                      {"keep it where it is explained"});
                else if (words != term)
                    entry.forms.push_back(std::move(words));
            }
        const std::string other_form = text_of(value, "abbreviation");
        if (count_characters(other_form) > count_characters(term)) {
            entry.abbreviation_of = other_form; // the term is the short form
            glossary.push_back(std::move(entry));
            continue;
        }
        entry.abbreviation = other_form;
        glossary.push_back(std::move(entry));
        if (!other_form.empty() && !root.find(other_form)) {
            GlossaryEntry short_form;
            short_form.term = other_form;
            short_form.abbreviation_of = term;
            short_form.where = given(value, "abbreviation")->where;
            glossary.push_back(std::move(short_form));
        }
    }
    return glossary;
}

} // namespace bifolio
