#include "write/html/structured_data.h"

#include "write/xhtml/markup.h"

#include <nlohmann/json.hpp>

namespace bifolio {

namespace {

using Json = nlohmann::ordered_json;

void set(Json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

// Of a name alone nobody has said whether it is a person's.
Json person_or_name(const std::string& name, bool is_person) {
    return is_person ? Json{{"@type", "Person"}, {"name", name}} : Json{{"name", name}};
}

Json people(const std::vector<SectionFacts::Person>& all) {
    Json out = Json::array();
    for (const SectionFacts::Person& one : all) {
        Json person = person_or_name(one.name, one.registered);
        set(person, "honorificSuffix", one.credentials);
        out.push_back(std::move(person));
    }
    return out;
}

Json publisher(const BookMetadata& metadata) { return {{"@type", "Organization"}, {"name", metadata.publisher}}; }

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

std::string dumped(const Json& json) { return for_script(json.dump(-1, ' ', false, Json::error_handler_t::replace)); }

} // namespace

std::string for_script(std::string json) {
    for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at)) json.replace(at, 1, "\\u003c");
    return json;
}

std::string article_data(const Book& book, const BookSection& section) {
    const SectionFacts& facts = section.facts;
    Json page{{"@context", "https://schema.org"}, {"@type", "MedicalWebPage"}};
    set(page, "name", section.title);
    set(page, "description", facts.summary);
    set(page, "inLanguage", language_tag(language_of(book, section.root)));
    set(page, "keywords", joined(facts.keywords));
    set(page, "version", facts.version);
    set(page, "url", facts.web_address);
    set(page, "copyrightNotice", book.metadata.rights);
    if (facts.published) page["datePublished"] = iso_date(*facts.published);
    if (facts.reviewed) page["lastReviewed"] = iso_date(*facts.reviewed);
    if (!facts.authors.empty()) page["author"] = people(facts.authors);
    if (!facts.reviewers.empty()) page["reviewedBy"] = people(facts.reviewers);
    if (!book.metadata.publisher.empty()) page["publisher"] = publisher(book.metadata);
    if (!facts.references.empty()) page["citation"] = facts.references;
    if (!book.metadata.title.empty() && book.metadata.title != section.title)
        page["isPartOf"] = Json{{"@type", "Book"}, {"name", book.metadata.title}};
    return dumped(page);
}

std::string book_data(const Book& book) {
    const BookMetadata& metadata = book.metadata;
    Json data{{"@context", "https://schema.org"}, {"@type", "Book"}};
    set(data, "name", metadata.title);
    set(data, "alternativeHeadline", metadata.subtitle);
    set(data, "description", metadata.description);
    set(data, "inLanguage", language_tag(metadata.language));
    set(data, "bookEdition", metadata.edition);
    set(data, "version", metadata.version);
    set(data, "isbn", metadata.isbn);
    set(data, "identifier", metadata.identifier);
    set(data, "keywords", joined(metadata.keywords));
    if (metadata.date) data["datePublished"] = iso_date(*metadata.date);
    if (!metadata.publisher.empty()) data["publisher"] = publisher(metadata);
    Json authors = Json::array(), editors = Json::array();
    for (const Contributor& one : metadata.contributors) {
        Json person = person_or_name(one.name, !one.person.empty());
        if (one.role == "aut") authors.push_back(person);
        if (one.role == "edt") editors.push_back(person);
    }
    if (!authors.empty()) data["author"] = std::move(authors);
    if (!editors.empty()) data["editor"] = std::move(editors);
    return dumped(data);
}

} // namespace bifolio
