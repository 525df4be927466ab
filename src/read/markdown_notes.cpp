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
    std::size_t line = 0, begin = 0, end = 0; // of the label in the text
    std::string label;
};

// What may stand before a definition on its line: space, marks of quotations and lists.
std::size_t skip_containers(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() &&
           (line[at] == ' ' || line[at] == '\t' || line[at] == '>' || line[at] == '-' || line[at] == '*' || line[at] == '+' ||
            line[at] == ':' || (line[at] >= '0' && line[at] <= '9') || line[at] == '.' || line[at] == ')'))
        ++at;
    return at;
}

std::vector<Definition> note_definitions(const SourceText& source) {
    std::vector<Definition> found;
    for (std::size_t i = 0; i < source.lines(); ++i) {
        const std::string_view line = source.line(i);
        const std::size_t at = skip_containers(line);
        if (line.substr(at, 2) != "[^") continue;
        const std::size_t end = line.find_first_of("] \t", at);
        if (end == std::string_view::npos || end == at + 2 || line.substr(end, 2) != "]:") continue;
        found.push_back(
            {i, source.line_begin(i) + at + 2, source.line_begin(i) + end, std::string(line.substr(at + 2, end - at - 2))});
    }
    return found;
}

bool has_duplicates(const std::vector<Definition>& definitions) {
    std::set<std::string> seen;
    return std::any_of(definitions.begin(), definitions.end(),
                       [&](const Definition& d) { return !seen.insert(folded_label(d.label)).second; });
}

// Lines of code and HTML define nothing.
void drop_those_in_code(const std::string& text, const MarkdownOptions& options, std::vector<Definition>& definitions) {
    const ParsedMarkdown parsed = parse_markdown(text, options);
    std::vector<std::pair<std::size_t, std::size_t>> verbatim; // lines, from 0, last one included
    cmark_iter* walk = cmark_iter_new(parsed.root.get());
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node* node = cmark_iter_get_node(walk);
        const SyntaxKind kind = kind_of(node);
        if (event == CMARK_EVENT_ENTER && (kind == SyntaxKind::code_block || kind == SyntaxKind::html_block)) {
            const Place place = place_of(node);
            verbatim.emplace_back(std::max(place.line - 1, 0), std::max(place.end_line - 1, 0));
        }
    }
    cmark_iter_free(walk);
    std::sort(verbatim.begin(), verbatim.end());
    std::erase_if(definitions, [&](const Definition& definition) {
        auto after = std::upper_bound(verbatim.begin(), verbatim.end(), std::pair(definition.line, ~std::size_t{0}));
        return after != verbatim.begin() && std::prev(after)->second >= definition.line;
    });
}

// A second note of one label gets a label that nobody wrote. From the end, so that offsets stay good.
void rename_duplicates(Reading& reading, std::string& text, std::vector<Definition>& definitions) {
    std::set<std::string> labels;
    for (const Definition& definition : definitions) labels.insert(folded_label(definition.label));
    std::set<std::string> seen;
    std::map<std::string, int> numbers; // how often a label has been made anew
    std::vector<std::size_t> renamed;
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        Definition& definition = definitions[i];
        if (seen.insert(folded_label(definition.label)).second) continue;
        reading.diagnostics().warning("read.duplicate-definition", reading.source().span(definition.begin, definition.end),
                                      "the note ‘" + definition.label + "’ is defined twice; calls get the first one",
                                      {"give this one a label of its own"});
        for (int& number = numbers[folded_label(definition.label)];;) {
            std::string label = definition.label + "-" + std::to_string(++number + 1);
            if (!labels.insert(folded_label(label)).second) continue;
            definition.label = std::move(label);
            break;
        }
        renamed.push_back(i);
    }
    std::string out;
    std::size_t copied = 0;
    for (const std::size_t i : renamed) {
        out.append(text, copied, definitions[i].begin - copied);
        out += definitions[i].label;
        copied = definitions[i].end;
    }
    out.append(text, copied);
    text = std::move(out);
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

std::multimap<std::string, Span> places_of_link_definitions(const SourceText& source) {
    std::multimap<std::string, Span> places;
    for (std::size_t i = 0; i < source.lines(); ++i) {
        const std::string_view line = source.line(i);
        const std::size_t at = skip_containers(line);
        if (at >= line.size() || line[at] != '[') continue;
        const std::size_t end = line.find("]:", at);
        if (end == std::string_view::npos) continue;
        const std::size_t begin = source.line_begin(i);
        places.emplace(folded_label(line.substr(at + 1, end - at - 1)), source.span(begin + at, begin + end + 1));
    }
    return places;
}

} // namespace

PreparedMarkdown prepare_markdown(Reading& reading) {
    PreparedMarkdown prepared;
    prepared.text = reading.source().text();
    hide_from_cmark(reading, prepared.text);
    std::vector<Definition> definitions = note_definitions(reading.source());
    if (definitions.empty()) return prepared;
    if (has_duplicates(definitions)) {
        drop_those_in_code(prepared.text, reading.options(), definitions);
        rename_duplicates(reading, prepared.text, definitions);
    }
    std::string calls;
    std::set<std::string> called;
    for (const Definition& definition : definitions)
        if (called.insert(folded_label(definition.label)).second) calls += "[^" + definition.label + "] ";
    if (calls.empty()) return prepared;
    prepared.text.insert(0, calls + "\n\n");
    prepared.added_lines = 2;
    prepared.added_blocks = 1;
    return prepared;
}

void report_link_definitions(Reading& reading, const MarkdownConverter& converter) {
    const auto& definitions = converter.parsed().link_definitions;
    if (definitions.empty()) return;
    auto places = places_of_link_definitions(reading.source());
    std::set<std::string> seen;
    for (const auto& definition : definitions) {
        const std::string label = folded_label(definition.label);
        Span where = reading.source().span(0, 0);
        if (auto place = places.find(label); place != places.end()) {
            where = place->second;
            places.erase(place);
        }
        if (!seen.insert(label).second)
            reading.diagnostics().warning("read.duplicate-definition", where,
                                          "the link ‘" + definition.label + "’ is defined twice; the first definition counts");
        else if (!is_used(label, converter.used_labels()))
            reading.diagnostics().warning("read.unused-link", where,
                                          "nothing refers to the link definition ‘" + definition.label + "’",
                                          {"use it as [words][" + definition.label + "], or remove it"});
    }
}

} // namespace bifolio
