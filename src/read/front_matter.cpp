#include "read/front_matter.h"

#include "base/utf8.h"
#include "read/embedded_markdown.h"
#include "read/yaml_shape.h"

#include <initializer_list>
#include <set>

namespace bifolio {

namespace {

using Names = std::initializer_list<std::string_view>; // a key and its other names, the best first

std::string_view line_at(std::string_view text, std::size_t begin) {
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

std::string_view without_trailing_space(std::string_view line) {
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    return line;
}

// A line such as “title: Sleep”.
bool looks_like_key(std::string_view line) {
    const std::size_t colon = line.find(':');
    return colon != line.npos && colon > 0 && line.substr(0, colon).find_first_of(" \t#>*[") == line.npos &&
           (colon + 1 == line.size() || line[colon + 1] == ' ');
}

const YamlValue* given_one(const YamlValue& mapping, Names names) {
    for (const std::string_view name : names)
        if (const YamlValue* value = given(mapping, name)) return value;
    return nullptr;
}

Located<std::string> located(const YamlValue& mapping, Names names) {
    const YamlValue* value = given_one(mapping, names);
    if (!value || value->kind != YamlKind::scalar) return {};
    return {std::string(trimmed(value->text)), value->where};
}

std::vector<Located<std::string>> located_list(const YamlValue& mapping, Names names) {
    std::vector<Located<std::string>> list;
    const auto add = [&](const YamlValue& item) {
        const YamlValue* name = item.kind == YamlKind::mapping ? given(item, "name") : &item;
        if (!name || name->kind != YamlKind::scalar) return;
        if (std::string text(trimmed(name->text)); !text.empty()) list.push_back({std::move(text), name->where});
    };
    for (const std::string_view key : names)
        if (const YamlValue* value = given(mapping, key)) {
            if (value->kind == YamlKind::sequence)
                for (const YamlValue& item : value->items) add(item);
            else
                add(*value);
        }
    return list;
}

std::optional<Located<Date>> located_date(const YamlValue& mapping, Names names) {
    for (const std::string_view name : names)
        if (const auto date = date_of(mapping, name)) return Located<Date>{*date, given(mapping, name)->where};
    return std::nullopt;
}

// An entry of the list of sources as it prints: Authors. Title. Container. Publisher, year. Address (accessed).
class ReferenceText {
public:
    explicit ReferenceText(const YamlValue& entry) : entry_(entry) {}

    Inlines make() {
        part({"authors", "author"});
        if (const YamlValue* title = given(entry_, "title"); title && title->kind == YamlKind::scalar) {
            begin_sentence();
            Inline citation{info(title->where),
                            Phrase{PhraseKind::citation, {text(title->where, std::string(trimmed(title->text)))}}};
            add_words(title->text);
            out_.push_back(std::move(citation));
        }
        part({"container", "journal"});
        part({"publisher"});
        const Located<std::string> year = located(entry_, {"year", "date"});
        if (!year.value.empty()) {
            if (given(entry_, "publisher"))
                append(year.where, ", " + year.value);
            else
                part({"year", "date"});
        }
        address();
        if (!out_.empty() && !ends_with_stop_ && !ends_with_address_) append(out_.back().info.where, ".");
        return std::move(out_);
    }

private:
    static NodeInfo info(Span where) {
        NodeInfo made;
        made.where = where;
        return made;
    }
    static Inline text(Span where, std::string words) { return {info(where), Text{std::move(words)}}; }

    void append(Span where, std::string words) {
        add_words(words);
        out_.push_back(text(where, std::move(words)));
    }
    void add_words(std::string_view words) {
        words = trimmed(words);
        ends_with_stop_ = words.ends_with('.') || words.ends_with('?') || words.ends_with('!') || words.ends_with("…");
    }
    void begin_sentence() {
        if (!out_.empty()) append(out_.back().info.where, ends_with_stop_ ? " " : ". ");
    }
    void part(Names names) {
        const Located<std::string> value = located(entry_, names);
        if (value.value.empty()) return;
        begin_sentence();
        append(value.where, value.value);
    }
    void link(const Located<std::string>& address, std::string destination) {
        begin_sentence();
        out_.push_back({info(address.where), Link{std::move(destination), "", {text(address.where, address.value)}}});
        ends_with_address_ = true; // a full stop would look like a part of it
    }
    void address() {
        if (Located<std::string> doi = located(entry_, {"doi"}); !doi.value.empty()) {
            if (!doi.value.starts_with("http")) doi.value = "https://doi.org/" + doi.value;
            link(doi, doi.value);
        }
        if (const Located<std::string> url = located(entry_, {"url"}); !url.value.empty()) link(url, url.value);
        if (const auto accessed = located_date(entry_, {"accessed"}))
            append(accessed->where, " (" + iso_date(accessed->value) + ")");
    }

    const YamlValue& entry_;
    Inlines out_;
    bool ends_with_stop_ = false, ends_with_address_ = false;
};

std::vector<Reference> read_references(const YamlValue& root, const SourceMap& sources, Diagnostics& diagnostics) {
    std::vector<Reference> references;
    const YamlValue* list = given(root, "references");
    if (!list) return references;
    std::set<std::string> ids;
    const auto add = [&](const YamlValue& entry) {
        Reference reference;
        reference.info.where = entry.where;
        if (entry.kind == YamlKind::scalar) {
            reference.text = line_of(entry, sources, diagnostics);
        } else if (entry.kind == YamlKind::mapping) {
            const Located<std::string> id = located(entry, {"id"});
            reference.info.id = id.value;
            if (!id.value.empty() && !ids.insert(id.value).second)
                diagnostics.error("read.duplicate-id", id.where, "a reference above has the id ‘" + id.value + "’ too");
            reference.text = given(entry, "text") ? line_of(entry, "text", sources, diagnostics) : ReferenceText(entry).make();
            if (reference.text.empty())
                diagnostics.error("read.empty-reference", entry.where, "this reference says nothing",
                                  {"give it a title, or a text"});
        }
        if (!reference.text.empty()) references.push_back(std::move(reference));
    };
    if (list->kind == YamlKind::sequence)
        for (const YamlValue& entry : list->items) add(entry);
    else
        add(*list);
    return references;
}

void check_dates(const FrontMatter& front_matter, Diagnostics& diagnostics) {
    const auto& reviewed = front_matter.reviewed;
    const auto& next = front_matter.next_review;
    if (reviewed && next && reviewed->value >= next->value)
        diagnostics.error("read.dates-disagree", next->where,
                          "the next review (" + iso_date(next->value) + ") is not after the last one (" +
                              iso_date(reviewed->value) + ")");
}

} // namespace

FrontMatterPlace find_front_matter(std::string_view text) {
    FrontMatterPlace place;
    const std::string_view first = line_at(text, 0);
    if (without_trailing_space(first) != "---") return place;
    const std::size_t begin = std::min(first.size() + 1, text.size());
    for (std::size_t at = begin; at < text.size();) {
        const std::string_view line = line_at(text, at);
        const std::string_view mark = without_trailing_space(line);
        const std::size_t next = std::min(at + line.size() + 1, text.size());
        if (mark == "---" || mark == "...") return {begin, at, next, false};
        at = next;
    }
    place.unclosed = looks_like_key(line_at(text, begin));
    return place;
}

FrontMatterReading read_front_matter(const SourceMap& sources, SourceId source, const FrontMatterPlace& place, bool strict,
                                     Diagnostics& diagnostics) {
    FrontMatterReading reading;
    reading.root = parse_yaml(sources, source, place.begin, place.end, diagnostics);
    const YamlValue& root = reading.root;
    if (root.kind == YamlKind::null) return reading;
    if (root.kind != YamlKind::mapping) {
        diagnostics.error("read.wrong-type", root.where, "front matter must be a group of keys such as ‘title: Sleep’",
                          {"a line ‘---’ at the very beginning opens front matter; for a rule across the page write ‘***’"});
        return reading;
    }
    check_shape(root, *file_shape("front-matter").root, "", root.where, {.strict = strict}, diagnostics);
    FrontMatter& made = reading.front_matter;
    made.title = located(root, {"title"});
    reading.title = line_of(root, "title", sources, diagnostics);
    made.subtitle = located(root, {"subtitle"});
    made.summary = located(root, {"summary", "abstract"});
    made.description = located(root, {"description", "excerpt"});
    made.language = located(root, {"language", "lang", "locale"});
    if (!is_language_tag(made.language.value)) made.language = {};
    made.version = located(root, {"version"});
    made.print_code = located(root, {"print-code"});
    made.authors = located_list(root, {"authors", "author", "by"});
    made.reviewers = located_list(root, {"reviewers", "reviewer"});
    made.editors = located_list(root, {"editors", "editor"});
    made.published = located_date(root, {"published", "date"});
    made.reviewed = located_date(root, {"reviewed"});
    made.next_review = located_date(root, {"next-review"});
    for (const auto& keyword : located_list(root, {"keywords", "tags"})) made.keywords.push_back(keyword.value);
    made.references = read_references(root, sources, diagnostics);
    made.notices = located_list(root, {"notices", "notice"});
    made.web_address = located(root, {"web-address", "canonical", "canonical_url"});
    check_dates(made, diagnostics);
    return reading;
}

} // namespace bifolio
