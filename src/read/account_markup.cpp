#include "read/account_markup.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <memory>

#include <gumbo.h>

namespace bifolio {

namespace {

constexpr std::size_t most_work_for_each_byte = 16, longest_title = 8192;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

std::size_t skip_space(std::string_view text, std::size_t at) {
    while (at < text.size() && is_ascii_space(text[at])) ++at;
    return at;
}

// Space with at most one line end, as between the parts of a link.
std::size_t skip_one_line_end(std::string_view text, std::size_t at) {
    for (std::size_t lines = 0; at < text.size() && is_ascii_space(text[at]); ++at)
        if (text[at] == '\n' && ++lines > 1) return at;
    return at;
}

// Behind a line end marks of quotations may stand.
std::size_t skip_marks(std::string_view text, std::size_t at) {
    if (at == 0 || at > text.size()) return at;
    const std::size_t line = text.substr(0, at).rfind('\n');
    if (line == std::string_view::npos || !is_blank(text.substr(line, at - line))) return at;
    while (at < text.size() && (text[at] == '>' || text[at] == ' ' || text[at] == '\t')) ++at;
    return at;
}

// A destination from `at`; npos: none.
std::size_t end_of_destination(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::string_view::npos;
    if (text[at] == '<') {
        for (++at; at < text.size() && text[at] != '\n'; ++at) {
            if (text[at] == '>') return at + 1;
            if (text[at] == '\\') ++at;
        }
        return std::string_view::npos;
    }
    int depth = 0;
    const std::size_t begin = at;
    for (; at < text.size() && !is_ascii_space(text[at]); ++at) {
        if (text[at] == '\\' && at + 1 < text.size() && is_markdown_punctuation(text[at + 1])) {
            ++at;
            continue;
        }
        if (text[at] == '(') ++depth;
        if (text[at] == ')' && --depth < 0) break;
    }
    at = std::min(at, text.size());
    return at == begin ? std::string_view::npos : at;
}

// A title in quotes or brackets from `at`, its end; npos: none.
std::size_t end_of_title(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != '"' && text[at] != '\'' && text[at] != '(')) return std::string_view::npos;
    const char close = text[at] == '(' ? ')' : text[at];
    for (const std::size_t begin = at++; at < text.size() && at - begin < longest_title; ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == close)
            return at + 1;
    }
    return std::string_view::npos;
}

} // namespace

bool is_markdown_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool is_raw_element(std::string_view name) {
    constexpr std::array<std::string_view, 8> names{"script",   "style",    "iframe", "noembed",
                                                    "noframes", "textarea", "title",  "xmp"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t MarkupScanner::find(std::string_view what, std::size_t from) {
    const auto known = vain_.find(what);
    if (known != vain_.end() && from >= known->second) return std::string_view::npos;
    const std::size_t found = text_.find(what, from);
    if (found == std::string_view::npos) vain_[std::string(what)] = from;
    return found;
}

MarkupToken MarkupScanner::token(std::size_t at) {
    MarkupToken token;
    token.begin = token.end = at;
    const std::string_view rest = text_.substr(at);
    const auto closed = [&](MarkupKind kind, std::string_view end, std::size_t from) {
        const std::size_t found = find(end, at + from);
        if (found == std::string_view::npos) return token;
        token.kind = kind;
        token.end = found + end.size();
        return token;
    };
    const auto fixed = [&](MarkupKind kind, std::size_t size) {
        token.kind = kind;
        token.end = at + size;
        return token;
    };
    if (rest.starts_with("]]>")) return fixed(MarkupKind::cdata_mark, 3);
    if (rest.starts_with("<!-->")) return fixed(MarkupKind::comment, 5);
    if (rest.starts_with("<!--->")) return fixed(MarkupKind::comment, 6);
    if (rest.starts_with("<!--")) {
        const std::size_t plain = find("-->", at + 4), odd = find("--!>", at + 4);
        if (plain == std::string_view::npos && odd == std::string_view::npos) return token;
        token.kind = MarkupKind::comment;
        token.end = plain < odd ? plain + 3 : odd + 4;
        return token;
    }
    if (rest.starts_with("<![CDATA[")) return fixed(MarkupKind::cdata_mark, 9);
    if (rest.starts_with("<?")) return closed(MarkupKind::instruction, rest.substr(2, 3) == "xml" ? ">" : "?>", 2);
    if (rest.size() > 2 && rest[1] == '!' && is_letter(rest[2])) return closed(MarkupKind::instruction, ">", 2);

    if (!rest.starts_with('<')) return token;
    const bool is_end = rest.size() > 1 && rest[1] == '/';
    const std::size_t name = at + (is_end ? 2 : 1);
    if (name >= text_.size() || !is_letter(text_[name]) || work_ > most_work_for_each_byte * text_.size()) return token;
    if (find(">", name) == std::string_view::npos) return token;
    std::size_t here = name;
    while (here < text_.size() && !is_ascii_space(text_[here]) && text_[here] != '>' && text_[here] != '/') ++here;
    const std::size_t name_end = here;
    while (here < text_.size() && text_[here] != '>') {
        if (text_[here] != '=') {
            ++here;
            continue;
        }
        here = skip_space(text_, here + 1);
        if (here >= text_.size() || (text_[here] != '"' && text_[here] != '\'')) continue;
        const std::size_t close = find(std::string_view(&text_[here], 1), here + 1);
        here = close == std::string_view::npos ? text_.size() : close + 1;
    }
    work_ += std::min(here, text_.size()) - at;
    if (here >= text_.size()) return token;
    token.kind = is_end ? MarkupKind::end_tag : MarkupKind::start_tag;
    token.end = here + 1;
    token.name = to_ascii_lower(text_.substr(name, name_end - name));
    return token;
}

std::vector<TagAttribute> MarkupScanner::attributes(const MarkupToken& tag) const {
    std::vector<TagAttribute> made;
    const std::size_t end = tag.end - 1;
    std::size_t at = tag.begin + 1 + tag.name.size();
    while (at < end) {
        while (at < end && (is_ascii_space(text_[at]) || text_[at] == '/')) ++at;
        const std::size_t name = at;
        while (at < end && !is_ascii_space(text_[at]) && text_[at] != '=' && text_[at] != '/') ++at;
        if (at == name) {
            ++at;
            continue;
        }
        TagAttribute attribute{to_ascii_lower(text_.substr(name, at - name)), at, at};
        std::size_t value = skip_space(text_, at);
        if (value < end && text_[value] == '=') {
            value = skip_space(text_, value + 1);
            const char quote = value < end ? text_[value] : ' ';
            if (quote == '"' || quote == '\'') {
                attribute.begin = value + 1;
                attribute.end = std::min(text_.find(quote, value + 1), end);
                at = attribute.end + 1;
            } else {
                attribute.begin = at = value;
                while (at < end && !is_ascii_space(text_[at])) ++at;
                attribute.end = at;
            }
        }
        made.push_back(std::move(attribute));
    }
    return made;
}

std::size_t MarkupScanner::end_of_raw(std::string_view name, std::size_t from) {
    for (std::size_t at = from; (at = find("</", at)) != std::string_view::npos; at += 2)
        if (equals_ignoring_ascii_case(text_.substr(at + 2, name.size()), name) && at + 2 + name.size() < text_.size()) return at;
    return std::string_view::npos;
}

std::size_t MarkupScanner::literal_until(std::size_t at) {
    if (!knows_literals_) {
        knows_literals_ = true;
        for (std::size_t begin = 0; (begin = find("<", begin)) != std::string_view::npos; ++begin)
            for (const std::string_view name : {"textarea", "xmp"}) {
                if (!equals_ignoring_ascii_case(text_.substr(begin + 1, name.size()), name)) continue;
                const MarkupToken tag = token(begin);
                if (tag.kind != MarkupKind::start_tag || tag.name != name) continue;
                const std::size_t end = end_of_raw(name, tag.end);
                if (end == std::string_view::npos) break;
                literals_.push_back({tag.end, end});
                begin = end - 1;
                break;
            }
    }
    const auto behind = std::ranges::upper_bound(literals_, at, {}, &std::pair<std::size_t, std::size_t>::first);
    return behind == literals_.begin() ? 0 : std::prev(behind)->second;
}

const std::string& MarkupScanner::reference(std::size_t at, std::size_t& size) {
    static const std::string none;
    constexpr std::size_t longest = 40;
    std::size_t end = at + 1;
    const bool is_number =
        text_.substr(at).starts_with("&#") && end + 1 < text_.size() && text_[end + 1] >= '0' && text_[end + 1] <= '9';
    while (end < text_.size() && end < at + longest && (is_letter_or_digit(text_[end]) || text_[end] == '#')) {
        if (is_number && text_[end] != '#' && is_letter(text_[end])) break;
        ++end;
    }
    size = end - at;
    if (size < 2) return none;
    if (end < text_.size() && text_[end] == ';') ++size;
    const std::string_view written = text_.substr(at, size);
    auto known = references_.find(written);
    if (known == references_.end()) {
        // HTML 5's own table of names, without white space around that would be lost.
        const std::string html = "<p>x" + std::string(written) + "x";
        GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
        std::string words;
        for (const GumboNode* node = output->root; node;) {
            if (node->type == GUMBO_NODE_TEXT) words = node->v.text.text;
            const bool has_child = node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length > 0;
            node = has_child ? static_cast<const GumboNode*>(node->v.element.children.data[node->v.element.children.length - 1])
                             : nullptr;
        }
        gumbo_destroy_output(&kGumboDefaultOptions, output);
        std::string meaning = words.size() >= 2 ? words.substr(1, words.size() - 2) : std::string();
        if (meaning == written) meaning.clear();
        known = references_.emplace(std::string(written), std::move(meaning)).first;
    }
    return known->second;
}

LinkDefinitionMarks link_definition(std::string_view text) {
    constexpr std::size_t longest_label = 1000;
    LinkDefinitionMarks marks;
    if (!text.starts_with('[')) return marks;
    std::size_t at = 1;
    for (; at < text.size() && at <= longest_label && text[at] != ']' && text[at] != '['; ++at)
        if (text[at] == '\\') ++at;
    if (at + 1 >= text.size() || text[at] != ']' || text[at + 1] != ':') return marks;
    marks.label_end = at + 1;
    at = skip_marks(text, skip_one_line_end(text, at + 2));
    const std::size_t destination = end_of_destination(text, at);
    if (destination == std::string_view::npos) return marks;
    const auto line_end = [&](std::size_t from) -> std::size_t { // npos: more stands on the line
        while (from < text.size() && (text[from] == ' ' || text[from] == '\t')) ++from;
        return from >= text.size() || text[from] == '\n' ? from : std::string_view::npos;
    };
    const std::size_t without_title = line_end(destination);
    const std::size_t title = skip_marks(text, skip_one_line_end(text, destination));
    const std::size_t title_end = title > destination ? end_of_title(text, title) : std::string_view::npos;
    const std::size_t with_title = title_end == std::string_view::npos ? title_end : line_end(title_end);
    if (with_title != std::string_view::npos) {
        marks.size = with_title;
        marks.title_begin = title + 1;
        marks.title_end = title_end - 1;
    } else if (without_title != std::string_view::npos) {
        marks.size = without_title;
    }
    return marks;
}

LinkEndMarks link_end(std::string_view text) {
    LinkEndMarks marks;
    if (!text.starts_with(']')) return marks;
    marks.size = 1;
    if (text.substr(1, 1) == "(") {
        std::size_t at = skip_space(text, 2);
        if (at < text.size() && text[at] != ')') {
            const std::size_t destination = end_of_destination(text, at);
            if (destination != std::string_view::npos) at = destination;
            at = skip_space(text, at);
            at = skip_space(text, skip_marks(text, at));
            if (const std::size_t title_end = end_of_title(text, at); title_end != std::string_view::npos) {
                marks.title_begin = at + 1;
                marks.title_end = title_end - 1;
                at = skip_space(text, title_end);
            }
        }
        if (at < text.size() && text[at] == ')') {
            marks.size = at + 1;
            return marks;
        }
        marks.title_begin = marks.title_end = 0;
    }
    if (text.substr(1, 1) == "[") {
        for (std::size_t at = 2; at < text.size() && at < 1002 && text[at] != '['; ++at) {
            if (text[at] == '\\') {
                ++at;
            } else if (text[at] == ']') {
                marks.size = at + 1;
                break;
            }
        }
    }
    return marks;
}

} // namespace bifolio
