#include "read/markdown_notes.h"

#include "base/utf8.h"
#include "read/hide_from_cmark.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <cmark-gfm.h>

namespace bifolio {

namespace {

struct Definition {
    std::size_t begin = 0, end = 0; // of the label in the text
    std::string label;
};

// What may stand before a definition on its line: space, marks of quotations and lists.
std::size_t skip_containers(std::string_view line) {
    std::size_t at = 0;
    const auto is_task = [&] {
        return line.substr(at, 4) == "[ ] " || line.substr(at, 4) == "[x] " || line.substr(at, 4) == "[X] ";
    };
    while (at < line.size() &&
           (is_task() || line[at] == ' ' || line[at] == '\t' || line[at] == '>' || line[at] == '-' || line[at] == '*' ||
            line[at] == '+' || line[at] == ':' || (line[at] >= '0' && line[at] <= '9') || line[at] == '.' || line[at] == ')'))
        at += is_task() ? 4 : 1;
    return at;
}

std::vector<Definition> note_definitions(const SourceText& source) {
    std::vector<Definition> found;
    for (std::size_t i = 0; i < source.lines(); ++i) {
        const std::string_view line = source.line(i);
        for (std::size_t at = skip_containers(line); line.substr(std::min(at, line.size()), 2) == "[^";) {
            const std::size_t end = line.find_first_of("] \t", at);
            if (end == std::string_view::npos || end == at + 2 || line.substr(end, 2) != "]:") break;
            const std::size_t begin = source.line_begin(i);
            found.push_back({begin + at + 2, begin + end, std::string(line.substr(at + 2, end - at - 2))});
            at = end + 2 + skip_containers(line.substr(end + 2)); // a note may begin with a note
        }
    }
    return found;
}

// The text with calls of all labels before it, each a paragraph of its own so that no mark in a label reaches the next one.
struct Attempt {
    ParsedMarkdown parsed;
    std::vector<std::size_t> lost; // definitions that are not in the tree
    int calls = 0;
};

Attempt attempt(const Reading& reading, const std::string& text, const std::vector<Definition>& definitions) {
    std::string with_calls;
    std::set<std::string> called;
    for (const Definition& definition : definitions)
        if (called.insert(folded_label(definition.label)).second) with_calls += "[^" + definition.label + "]\n\n";
    std::size_t copied = 0;
    for (const Definition& definition : definitions) {
        with_calls.append(text, copied, definition.begin - copied);
        with_calls += definition.label;
        copied = definition.end;
    }
    with_calls.append(text, copied);
    Attempt made{parse_markdown(with_calls, reading.options()), {}, static_cast<int>(called.size())};
    std::multiset<std::string> found;
    for (cmark_node* node = cmark_node_first_child(made.parsed.root.get()); node; node = cmark_node_next(node))
        if (kind_of(node) == SyntaxKind::footnote_definition) found.insert(label_of(node));
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        if (auto same = found.find(definitions[i].label); same != found.end())
            found.erase(same);
        else
            made.lost.push_back(i);
    }
    return made;
}

// Lines of code and the like define nothing: whatever its label, such a line makes no note.
void drop_those_that_are_text(const Reading& reading, const std::string& text, const std::vector<Definition>& definitions,
                              std::vector<std::size_t>& lost) {
    std::vector<Definition> numbered = definitions;
    for (std::size_t i = 0; i < numbered.size(); ++i) numbered[i].label = "n" + std::to_string(i);
    const std::vector<std::size_t> never = attempt(reading, text, numbered).lost;
    std::erase_if(lost, [&](std::size_t i) { return std::binary_search(never.begin(), never.end(), i); });
}

std::string plain_label(std::string_view label) {
    std::string plain;
    for (const char c : label)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_') plain += c;
    return plain.empty() ? "note" : plain;
}

// A second note of one label, and one that no call can name, get a label that nobody wrote.
void rename(Reading& reading, const std::vector<std::size_t>& lost, std::vector<Definition>& definitions) {
    std::set<std::string> labels;
    std::vector<bool> is_second;
    for (const Definition& definition : definitions) is_second.push_back(!labels.insert(folded_label(definition.label)).second);
    std::map<std::string, int> numbers; // how often a label has been made anew
    for (const std::size_t i : lost) {
        Definition& definition = definitions[i];
        if (is_second[i])
            reading.diagnostics().warning("read.duplicate-definition", reading.source().span(definition.begin, definition.end),
                                          "the note ‘" + definition.label + "’ is defined twice; calls get the first one",
                                          {"give this one a label of its own"});
        const std::string plain = plain_label(definition.label);
        for (int& number = numbers[folded_label(plain)];;) {
            std::string label = plain + "-" + std::to_string(++number + 1);
            if (!labels.insert(folded_label(label)).second) continue;
            definition.label = std::move(label);
            break;
        }
    }
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// cmark folds all of Unicode, we fold ASCII: labels with other letters are compared by length, so as not to warn wrongly.
bool is_used(const std::string& label, const std::set<std::string>& used) {
    if (used.contains(label)) return true;
    return !is_ascii(label) && std::any_of(used.begin(), used.end(), [&](const std::string& other) {
        return !is_ascii(other) && count_characters(other) == count_characters(label);
    });
}

// A destination, and perhaps a title or its beginning.
bool may_follow_label(std::string_view rest) {
    rest = trimmed(rest);
    if (rest.empty() || rest.front() == '<') return true;
    rest = trimmed(rest.substr(std::min(rest.find_first_of(" \t"), rest.size())));
    return rest.empty() || rest.front() == '"' || rest.front() == '\'' || rest.front() == '(';
}

std::multimap<std::string, Span> places_of_link_definitions(const SourceText& source) {
    constexpr std::size_t longest_label = 1000;
    std::multimap<std::string, Span> places;
    for (std::size_t i = 0; i < source.lines(); ++i) {
        const std::size_t begin = source.line_begin(i), line_end = begin + source.line(i).size();
        for (std::size_t at = begin + skip_containers(source.line(i)); at < line_end && source.text()[at] == '[';) {
            const std::size_t size = source.text().substr(at, longest_label).find("]:");
            if (size == std::string_view::npos) break;
            const std::size_t after = at + size + 2, end = std::min(source.text().find('\n', after), source.text().size());
            if (may_follow_label(source.text().substr(after, end - after)))
                places.emplace(folded_label(source.text().substr(at + 1, size - 1)), source.span(at, at + size + 1));
            if (source.text()[at + 1] != '^') break;
            at = after; // a note may begin with a definition
            if (at < line_end) at += skip_containers(source.text().substr(at, line_end - at));
        }
    }
    return places;
}

} // namespace

PreparedMarkdown prepare_markdown(Reading& reading) {
    PreparedMarkdown prepared;
    std::string text(reading.source().text());
    hide_from_cmark(reading, text);
    std::vector<Definition> definitions = note_definitions(reading.source());
    Attempt made = attempt(reading, text, definitions);
    if (!made.lost.empty()) drop_those_that_are_text(reading, text, definitions, made.lost);
    if (!made.lost.empty()) {
        rename(reading, made.lost, definitions);
        made = attempt(reading, text, definitions);
        for (const Definition& definition : definitions) {
            const auto grown = static_cast<std::ptrdiff_t>(definition.label.size()) -
                               static_cast<std::ptrdiff_t>(definition.end - definition.begin);
            const std::size_t line = reading.source().line_of(definition.begin);
            if (grown != 0) prepared.added.letters[line].push_back({definition.end - reading.source().line_begin(line), grown});
        }
    }
    prepared.parsed = std::move(made.parsed);
    prepared.added.lines = 2 * made.calls;
    prepared.added.blocks = made.calls;
    return prepared;
}

void report_link_definitions(Reading& reading, const MarkdownConverter& converter) {
    const auto& definitions = converter.parsed().link_definitions;
    if (definitions.empty()) return;
    auto places = places_of_link_definitions(reading.source());
    std::set<std::string> seen;
    for (const auto& definition : definitions) {
        const std::string name = with_allowed_characters(definition.label), label = folded_label(name);
        Span where = reading.source().span(0, 0);
        if (auto place = places.find(label); place != places.end()) {
            where = place->second;
            places.erase(place);
        }
        if (!seen.insert(label).second)
            reading.diagnostics().warning("read.duplicate-definition", where,
                                          "the link ‘" + name + "’ is defined twice; the first definition counts");
        else if (!is_used(label, converter.used_labels()))
            reading.diagnostics().warning("read.unused-link", where, "nothing refers to the link definition ‘" + name + "’",
                                          {"use it as [words][" + name + "], or remove it"});
    }
}

} // namespace bifolio
