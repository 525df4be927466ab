#include "read/yaml_document.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

namespace bifolio {

namespace {

// Thrown through the parser to end it early; what was wrong has been reported.
struct Stopped {};

// yaml-cpp counts the bytes of UTF-8 from 0 (without a byte-order mark, which is gone here), and -1 for “nowhere”.
std::size_t byte_of(const YAML::Mark& mark) { return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos); }

bool is_yaml_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

// Where a scalar that begins at `begin` ends. yaml-cpp says only where it begins.
std::size_t end_of_quoted(std::string_view text, std::size_t begin) { // npos: the quotes are not closed
    const char quote = text[begin];
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            if (quote == '"' || text.substr(at + 1, 1) != "'") return at + 1;
            ++at;
        }
    }
    return text.npos;
}

std::size_t end_of_plain(std::string_view text, std::size_t begin, std::string_view value) {
    std::size_t at = begin;
    for (const char c : value) {
        if (is_yaml_space(c)) {
            while (at < text.size() && is_yaml_space(text[at])) ++at;
        } else if (at < text.size() && text[at] == c) {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

std::size_t leading_spaces(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

std::string_view first_written_line(std::string_view value) {
    while (!value.empty()) {
        const std::size_t end = std::min(value.find('\n'), value.size());
        if (!is_blank(value.substr(0, end))) return value.substr(0, end);
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return {};
}

struct BlockLines {
    std::vector<std::pair<std::size_t, std::size_t>> lines; // [begin, end) of each, without the indentation
    std::size_t end = 0;
};

// The lines of a block scalar (YAML 1.2, chapter 8.1). The indentation is what the source has more than the value.
BlockLines lines_of_block(std::string_view text, std::size_t begin, std::string_view value) {
    BlockLines block;
    std::size_t at = std::min(text.find('\n', begin), text.size());
    block.end = at;
    const std::string_view first = first_written_line(value);
    if (first.empty()) return block;
    std::size_t indentation = 0;
    for (bool found = false; at < text.size();) {
        const std::size_t line = at + 1, line_end = std::min(text.find('\n', line), text.size());
        const std::string_view content = text.substr(line, line_end - line);
        const bool blank = content.find_first_not_of(" \t") == content.npos;
        if (!blank && !found) {
            found = true;
            const std::size_t own = leading_spaces(first), written = leading_spaces(content);
            indentation = written > own ? written - own : 0;
        }
        if (!blank && leading_spaces(content) < indentation) break;
        block.lines.emplace_back(line + std::min(indentation, content.size()), line_end);
        if (!blank) block.end = line_end;
        at = line_end;
    }
    if (indentation == 0) // blank lines before the first written one have been taken whole
        for (auto& [line, line_end] : block.lines) line = std::min(line, line_end);
    while (!block.lines.empty() && block.lines.back().first >= block.end) block.lines.pop_back();
    return block;
}

class TreeBuilder final : public YAML::EventHandler {
public:
    // `text` begins at byte `offset` of the source, whose whole text is `file`.
    TreeBuilder(std::string_view text, std::string_view file, SourceId source, std::size_t offset, Diagnostics& diagnostics)
        : text_(text), file_(file), source_(source), offset_(offset), diagnostics_(diagnostics) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::size_t begin = start_of(mark, "", anchor);
        YamlValue value;
        value.where = span(begin, begin);
        for (const std::string_view word : {"~", "null", "Null", "NULL"})
            if (text_.substr(begin).starts_with(word)) value.where = span(begin, begin + word.size());
        add(std::move(value));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        const std::size_t begin = byte_of(mark);
        refuse_alias(begin);
        YamlValue value;
        value.where = span(begin, end_of_name(begin));
        add(std::move(value));
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
        const std::size_t begin = start_of(mark, tag, anchor);
        YamlValue value;
        value.kind = YamlKind::scalar;
        value.text = text;
        const char first = begin < text_.size() ? text_[begin] : ' ';
        value.plain = first != '"' && first != '\'' && first != '|' && first != '>';
        std::size_t end = begin;
        if (value.plain) {
            end = end_of_plain(text_, begin, text);
        } else if (first == '|' || first == '>') {
            end = lines_of_block(text_, begin, text).end;
        } else if (end = end_of_quoted(text_, begin); end == text_.npos) { // yaml-cpp lets this pass at the end of the file
            diagnostics_.error("read.yaml-syntax", span(begin, begin + 1), "the quotes that open here are never closed");
            throw Stopped{};
        }
        value.where = span(begin, end);
        add(std::move(value));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(YamlKind::sequence, start_of(mark, tag, anchor), style == YAML::EmitterStyle::Flow);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(YamlKind::mapping, start_of(mark, tag, anchor), style == YAML::EmitterStyle::Flow);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

    Span span(std::size_t begin, std::size_t end) const {
        return {source_, static_cast<std::uint32_t>(offset_ + std::min(begin, text_.size())),
                static_cast<std::uint32_t>(offset_ + std::min(end, text_.size()))};
    }
    void refuse_alias(std::size_t begin) {
        constexpr std::size_t most_told = 20;
        if (++aliases_ > most_told) return;
        diagnostics_.error("read.yaml-alias", span(begin, end_of_name(begin)), "anchors and aliases are not allowed here",
                           {"write the value out where it is needed"});
    }

    YamlValue root;

private:
    struct Level {
        YamlValue value;
        std::map<std::string, Span> keys; // of a mapping, and where each stands first
        bool has_key = false;             // entry waits for its value
        bool flow = false;                // in braces
        bool nameless = false;            // entry's key was refused, so its value goes nowhere
        YamlEntry entry;
    };

    std::size_t end_of_name(std::size_t at) const {
        const std::size_t end = text_.find_first_of(" \t\n,[]{}", at);
        return std::max(at, std::min(end, text_.size()));
    }

    // Refuses tags and anchors; gives the place where the value itself begins.
    std::size_t start_of(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        std::size_t at = byte_of(mark);
        const bool tagged = !tag.empty() && tag != "?" && tag != "!";
        const bool scalar_or_null = tag.empty() || tag != "?" || tagged;
        if (!tagged && anchor == 0 && !(scalar_or_null && at < text_.size() && text_[at] == '!')) return at;
        while (at < text_.size() && (text_[at] == '!' || text_[at] == '&')) {
            if (text_[at] == '&') {
                refuse_alias(at);
            } else {
                diagnostics_.error("read.yaml-tag", span(at, end_of_name(at)), "tags are not allowed here",
                                   {"delete the tag: a value's type follows from its key"});
            }
            at = end_of_name(at);
            while (at < text_.size() && is_yaml_space(text_[at])) ++at;
        }
        return at;
    }

    void count(std::size_t begin) {
        if (++nodes_ <= limits::yaml_nodes) return;
        diagnostics_.error("read.yaml-too-large", span(begin, begin),
                           "more than " + std::to_string(limits::yaml_nodes) + " values in one file");
        throw Stopped{};
    }

    void open(YamlKind kind, std::size_t begin, bool flow) {
        count(begin);
        if (levels_.size() == limits::nesting_depth) {
            diagnostics_.error("read.yaml-too-deep", span(begin, begin + 1),
                               "nested deeper than " + std::to_string(limits::nesting_depth) + " levels");
            throw Stopped{};
        }
        levels_.emplace_back();
        levels_.back().value.kind = kind;
        levels_.back().flow = flow;
        levels_.back().value.where = span(begin, begin);
    }

    void close() {
        YamlValue value = std::move(levels_.back().value);
        levels_.pop_back();
        add(std::move(value));
    }

    void add(YamlValue value) {
        if (value.kind == YamlKind::null || value.kind == YamlKind::scalar) count(value.where.begin - offset_);
        if (levels_.empty()) {
            root = std::move(value);
            return;
        }
        Level& level = levels_.back();
        level.value.where.end = std::max(level.value.where.end, value.where.end);
        if (level.value.kind == YamlKind::sequence) {
            level.value.items.push_back(std::move(value));
        } else if (!level.has_key) {
            begin_entry(level, std::move(value));
        } else {
            level.has_key = false;
            // Nothing after the colon: the place is the key's end, not that of the next thing in the file.
            if (value.kind == YamlKind::null && value.where.begin == value.where.end) {
                value.where.begin = value.where.end = level.entry.key_where.end;
                if (!level.flow && !level.nameless) expect_colon(level.entry);
            }
            level.entry.value = std::move(value);
            if (!level.nameless) level.value.entries.push_back(std::move(level.entry));
        }
    }

    // yaml-cpp takes a line without a colon at the end of a group for a key without a value.
    void expect_colon(const YamlEntry& entry) {
        const std::size_t begin = entry.key_where.begin - offset_, end = entry.key_where.end - offset_;
        const std::size_t next = text_.find_first_not_of(" \t", end), before = text_.substr(0, begin).find_last_not_of(" \t");
        if ((next != text_.npos && text_[next] == ':') || (before != text_.npos && text_[before] == '?')) return;
        diagnostics_.error("read.yaml-syntax", entry.key_where, "a colon is missing in this line",
                           {"write a key, a colon and a space before the value"});
    }

    void begin_entry(Level& level, YamlValue key) {
        level.has_key = true;
        level.nameless = true;
        level.entry = {key.text, key.where, {}};
        if (key.kind != YamlKind::scalar || (key.text.empty() && key.plain)) {
            const std::size_t begin = key.where.begin - offset_;
            diagnostics_.error("read.yaml-key", span(begin, std::max<std::size_t>(key.where.end - offset_, begin + 1)),
                               "a key must be text");
        } else if (const auto [first, fresh] = level.keys.try_emplace(key.text, key.where); !fresh) {
            constexpr std::size_t most_hints = 100; // each counts lines from the beginning
            std::vector<std::string> hints;
            if (++duplicates_ <= most_hints)
                hints.push_back("it stands first in line " + std::to_string(line_column(file_, first->second.begin).line));
            diagnostics_.error("read.duplicate-key", key.where, "key ‘" + key.text + "’ is written twice", std::move(hints));
        } else {
            level.nameless = false;
        }
    }

    std::string_view text_, file_;
    SourceId source_;
    std::size_t offset_;
    Diagnostics& diagnostics_;
    std::vector<Level> levels_;
    std::size_t nodes_ = 0, duplicates_ = 0, aliases_ = 0;
};

// yaml-cpp speaks of its own work; an author wants to know what to mend.
void report_syntax(std::string_view complaint, std::string_view text, std::size_t at, const TreeBuilder& builder,
                   Diagnostics& diagnostics) {
    Span where = builder.span(at, at);
    const std::size_t line = text.substr(0, at).rfind('\n') + 1; // npos + 1 == 0
    const std::size_t indentation_end = std::min(text.find_first_not_of(" \t", line), text.size());
    if (const std::size_t tab = text.find('\t', line); tab < indentation_end) {
        complaint = "illegal tab";
        where = builder.span(tab, tab + 1);
    }
    struct Translation {
        std::string_view theirs, ours, hint;
    };
    static constexpr std::array translations{
        Translation{"illegal map value", "a second ‘: ’ stands in this line", "put a text with ‘: ’ in it in quotes"},
        Translation{"no colon above", "the line above this one has no colon",
                    "write a key, a colon and a space before the value"},
        Translation{"text after the value", "no text can follow the value that ends here", "put the whole text in quotes"},
        Translation{"illegal map key", "no key can begin here", "put a text that begins with ‘?’ in quotes"},
        Translation{"illegal tab", "a tab stands here; YAML indents by spaces", "replace the tab by spaces"},
        Translation{"end of map not found", "this line does not fit the lines above it",
                    "keys of one group have the same indentation, and each has a colon with a space after it"},
        Translation{"end of sequence not found", "this line does not fit the list above it",
                    "all items of a list have the same indentation"},
        Translation{"end of map flow", "a bracket ‘{’ is not closed before this", ""},
        Translation{"end of sequence flow", "a bracket ‘[’ is not closed before this", ""},
        Translation{"illegal flow end", "this bracket closes nothing", ""},
        Translation{"illegal block entry", "no item of a list can begin here",
                    "begin the list on a line of its own, or put the text in quotes"},
        Translation{"illegal EOF in scalar", "the quotes that open before this are never closed", ""},
        Translation{"illegal document indicator", "the quotes that open before this are not closed", ""},
        Translation{"unknown escape", "no such escape is known in double quotes",
                    "write ‘\\\\’ for a backslash, or use single quotes"},
        Translation{"unknown token", "no value can begin with this character", "put the text in quotes"},
        Translation{"bad file", "the file ends in the middle of something", "look for a bracket or quotes that are never closed"},
    };
    const bool first_in_line = at <= indentation_end;
    if (complaint == "illegal map value" && text.substr(line, at - line).find(':') == text.npos) complaint = "no colon above";
    if (complaint == "end of map not found" && !first_in_line) complaint = "text after the value";
    const auto known = std::ranges::find_if(translations, [&](const Translation& t) { return complaint.starts_with(t.theirs); });
    if (known == translations.end()) {
        diagnostics.error("read.yaml-syntax", where, "this is not YAML: " + std::string(complaint), {"put the text in quotes"});
        return;
    }
    std::vector<std::string> hints;
    if (!known->hint.empty()) hints.emplace_back(known->hint);
    diagnostics.error("read.yaml-syntax", where, std::string(known->ours), std::move(hints));
}

} // namespace

const YamlValue* YamlValue::find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &YamlEntry::key);
    return found == entries.end() ? nullptr : &found->value;
}

YamlValue parse_yaml(const SourceMap& sources, SourceId source, std::size_t begin, std::size_t end, Diagnostics& diagnostics) {
    const std::string_view file = sources.text(source), text = file.substr(begin, end - begin);
    TreeBuilder builder(text, file, source, begin, diagnostics);
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) return {};
        YamlValue root = std::move(builder.root);
        builder.root = {};
        if (parser) {
            Diagnostics of_second; // only that it is there matters
            TreeBuilder second(text, file, source, begin, of_second);
            if (parser.HandleNextDocument(second)) {
                const std::size_t at = second.root.where.begin - begin;
                if (text.substr(0, at).find("---", root.where.end - begin) == text.npos)
                    report_syntax("end of map not found", text, at, builder, diagnostics);
                else
                    diagnostics.error("read.yaml-documents", builder.span(at, at), "a second document begins here",
                                      {"delete the line ‘---’ above it"});
            }
        }
        return root;
    } catch (const Stopped&) {
    } catch (const YAML::Exception& error) {
        const std::size_t at = std::min(byte_of(error.mark), text.size());
        if (at < text.size() && text[at] == '*')
            builder.refuse_alias(at);
        else
            report_syntax(error.msg, text, at, builder, diagnostics);
    }
    return {};
}

YamlValue parse_yaml(const SourceMap& sources, SourceId source, Diagnostics& diagnostics) {
    return parse_yaml(sources, source, 0, sources.text(source).size(), diagnostics);
}

YamlLines lines_of(const YamlValue& scalar, const SourceMap& sources) {
    const std::string_view file = sources.text(scalar.where.source);
    const std::size_t begin = scalar.where.begin, end = std::max<std::size_t>(scalar.where.end, begin);
    YamlLines lines;
    const auto add = [&](std::size_t from, std::size_t to) {
        if (!lines.line_offsets.empty()) lines.text += '\n';
        lines.line_offsets.push_back(static_cast<std::uint32_t>(from));
        lines.text.append(file.substr(from, to - from));
    };
    const char first = begin < file.size() ? file[begin] : ' ';
    if (!scalar.plain && (first == '|' || first == '>')) {
        for (const auto& [from, to] : lines_of_block(file, begin, scalar.text).lines)
            if (from < end) add(from, to);
        return lines;
    }
    const std::size_t inset = scalar.plain || end < begin + 2 ? 0 : 1;
    const std::string_view written = file.substr(begin + inset, end - begin - 2 * inset);
    const bool as_written = scalar.plain || written.find(first == '"' ? "\\" : "''") == written.npos;
    if (as_written) {
        for (std::size_t from = 0; from <= written.size();) {
            const std::size_t to = std::min(written.find('\n', from), written.size());
            std::size_t left = from, right = to;
            if (from > 0)
                while (left < right && is_yaml_space(written[left])) ++left;
            if (to < written.size())
                while (right > left && is_yaml_space(written[right - 1])) --right;
            add(begin + inset + left, begin + inset + right);
            from = to + 1;
        }
        return lines;
    }
    // With escapes the text differs from the source; every escape is at least as long as what it stands for, so places
    // are near and stay inside the scalar.
    lines.text = scalar.text;
    std::size_t at = 0;
    do {
        lines.line_offsets.push_back(static_cast<std::uint32_t>(std::min(begin + inset + at, end)));
        at = scalar.text.find('\n', at);
    } while (at++ != scalar.text.npos);
    return lines;
}

} // namespace bifolio
