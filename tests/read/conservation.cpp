#include "conservation.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <map>

namespace bifolio::test {

namespace {

using Words = std::vector<std::string>; // in order

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void add_words(std::string_view text, Words& words) {
    for (std::size_t at = 0; at < text.size();) {
        if (is_letter_or_digit(text[at])) {
            std::size_t end = at;
            while (end < text.size() && is_letter_or_digit(text[end])) ++end;
            words.push_back(to_ascii_lower(text.substr(at, end - at)));
            at = end;
            continue;
        }
        const Decoded next = decode_utf8(text, at);
        const char32_t c = next.code_point;
        if (next.valid && c >= 0xC0 && (c < 0x2000 || c > 0x206F) && c != 0x3000 && c != 0xFEFF && c < 0xFFF0)
            words.emplace_back(text.substr(at, next.size));
        at += next.size;
    }
}

// The dump without its places and escapes.
std::string plain_dump(const Blocks& blocks) {
    Article article;
    article.body = blocks;
    const std::string dumped = dump(article);
    std::string out;
    for (std::size_t begin = 0; begin < dumped.size();) {
        const std::size_t end = std::min(dumped.find('\n', begin), dumped.size());
        std::string_view line = std::string_view(dumped).substr(begin, end - begin);
        line = line.substr(0, line.rfind(" @"));
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\\' && i + 1 < line.size()) {
                const char escaped = line[++i];
                out += escaped == 'n' || escaped == 't' || escaped == 'r' ? ' ' : escaped;
            } else {
                out += line[i];
            }
        }
        out += '\n';
        begin = end + 1;
    }
    return out;
}

// ---- what is markup ----

class Mask {
public:
    explicit Mask(std::string_view source) : text_(source) {
        for (std::size_t i = 0; i < text_.size(); ++i)
            if (text_[i] == '\r') text_[i] = i + 1 < text_.size() && text_[i + 1] == '\n' ? ' ' : '\n';
    }

    std::string take() {
        for (std::size_t begin = 0; begin < text_.size();) {
            const std::size_t end = std::min(text_.find('\n', begin), text_.size());
            hide_line(begin, end);
            begin = end + 1;
        }
        hide_elements();
        hide_references();
        hide_brackets();
        return std::move(text_);
    }

    void hide(std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < std::min(end, text_.size()); ++i)
            if (text_[i] != '\n') text_[i] = ' ';
    }

private:
    bool hide_between(std::size_t at, std::string_view open, std::string_view close) {
        if (!equals_ignoring_ascii_case(std::string_view(text_).substr(at, open.size()), open)) return false;
        std::size_t end = at + open.size();
        while (end < text_.size() && !equals_ignoring_ascii_case(std::string_view(text_).substr(end, close.size()), close)) ++end;
        if (end >= text_.size()) return false;
        hide(at, end + close.size());
        return true;
    }

    void hide_elements() {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 9> pairs{{{"<!--", "-->"},
                                                                                      {"<?", "?>"},
                                                                                      {"<script", "</script"},
                                                                                      {"<style", "</style"},
                                                                                      {"<iframe", "</iframe"},
                                                                                      {"<noembed", "</noembed"},
                                                                                      {"<noframes", "</noframes"},
                                                                                      {"<title", "</title"},
                                                                                      {"<!", ">"}}};
        for (std::size_t at = 0; (at = text_.find('<', at)) != std::string::npos; ++at) {
            if (text_.substr(at, 9) == "<![CDATA[") hide(at, at + 9);
            if (text_.substr(at, 2) == "<!" && text_.substr(at, 4) != "<!--" &&
                (at + 2 >= text_.size() || !is_letter_or_digit(text_[at + 2])))
                continue;
            const bool hidden = std::any_of(pairs.begin(), pairs.end(),
                                            [&](const auto& pair) { return hide_between(at, pair.first, pair.second); });
            if (hidden) continue;
            const char next = at + 1 < text_.size() ? text_[at + 1] : ' ';
            if (!is_letter_or_digit(next) && next != '/') continue;
            const std::size_t end = text_.find('>', at); // no tag runs over a blank line
            if (end == std::string::npos || end > text_.find("\n\n", at)) continue;
            std::size_t after = end + 1; // two tags in one: whose the letters between are is hard to tell
            if (text_.find('<', at + 1) < end)
                while (after < text_.size() && is_letter_or_digit(text_[after])) ++after;
            hide(at, after);
        }
    }

    void hide_references() {
        for (std::size_t at = 0; (at = text_.find('&', at)) != std::string::npos; ++at) {
            std::size_t end = at + 1;
            while (end < text_.size() && end < at + 34 && (is_letter_or_digit(text_[end]) || text_[end] == '#')) ++end;
            std::size_t begin = at; // the word around it has a letter that is not written as such
            while (begin > 0 && is_letter_or_digit(text_[begin - 1])) --begin;
            while (end < text_.size() && (is_letter_or_digit(text_[end]) || text_[end] == ';')) ++end;
            hide(begin, end);
        }
    }

    // Marks of lists and quotations, then what begins a line.
    void hide_line(std::size_t begin, std::size_t end) {
        std::size_t at = begin;
        for (;;) {
            while (at < end && std::string_view(" \t>-+*:").find(text_[at]) != std::string_view::npos) ++at;
            std::size_t digits = at;
            while (digits < end && is_digit(text_[digits])) ++digits;
            if (digits == at || digits == end || (text_[digits] != '.' && text_[digits] != ')')) break;
            hide(at, digits);
            at = digits + 1;
        }
        const std::string_view rest = std::string_view(text_).substr(at, end - at);
        if (rest.starts_with("```") || rest.starts_with("~~~")) hide(at, end);
        for (const std::string_view mark : {"Table:", "Figure:"}) // of a caption: its words are those behind
            if (rest.starts_with(mark)) hide(at, at + mark.size());
        if (rest.starts_with('[')) { // a definition; its label may run on to the next lines
            const std::string_view chunk = std::string_view(text_).substr(at, 1000);
            const std::size_t label = chunk.substr(0, chunk.find("\n\n")).find("]:");
            if (label != std::string_view::npos) hide(at, at + label);
        }
        if (at >= begin + 3 && text_.substr(at - 3, 4).find(":::") != std::string::npos) hide(at, end);
    }

    void hide_brackets() {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            const std::string_view rest = std::string_view(text_).substr(at, 2000);
            const std::string_view chunk = rest.substr(0, rest.find("\n\n"));
            const auto hide_to = [&](char close, std::size_t from) {
                const std::size_t end = chunk.find(close, from);
                if (end != std::string_view::npos) hide(at + 1, at + end);
            };
            if (chunk.starts_with('{'))
                hide_to('}', 1);
            else if (chunk.starts_with("]("))
                hide_destination(at, chunk);
            else if (chunk.starts_with("]["))
                hide_to(']', 2);
            else if (chunk.starts_with("[^") || chunk.starts_with("[!") || chunk.starts_with("[x]") || chunk.starts_with("[X]"))
                hide_to(']', 1);
        }
    }

    void hide_destination(std::size_t at, std::string_view chunk) {
        int depth = 0;
        for (std::size_t i = 1; i < chunk.size(); ++i) {
            if (chunk[i] == '\\') {
                ++i;
                continue;
            }
            depth += chunk[i] == '(' ? 1 : chunk[i] == ')' ? -1 : 0;
            if (depth == 0) return hide(at, at + i);
        }
    }

    std::string text_;
};

bool names_a_definition(const Diagnostic& diagnostic) {
    return diagnostic.code == "read.unused-link" || diagnostic.code == "read.duplicate-definition";
}

} // namespace

std::vector<std::string> lost_words(std::string_view source, const Blocks& blocks, const Diagnostics& diagnostics) {
    Mask mask(source);
    for (const Diagnostic& diagnostic : diagnostics.all()) {
        if (diagnostic.code == "read.unknown-attribute") // behind a fence: its first line
            mask.hide(diagnostic.where.begin,
                      std::min<std::size_t>(source.find('\n', diagnostic.where.begin), diagnostic.where.end));
        // A definition: its address and title may stand on the next two lines.
        if (names_a_definition(diagnostic)) {
            std::size_t end = diagnostic.where.begin;
            for (int line = 0; line < 3 && end < source.size(); ++line)
                end = std::min(source.find('\n', end), source.size() - 1) + 1;
            mask.hide(diagnostic.where.begin, end);
        }
    }
    Words written, in_dump;
    add_words(mask.take(), written);
    add_words(plain_dump(blocks), in_dump);
    std::map<std::string, int> kept, missing;
    for (const std::string& word : in_dump) ++kept[word];
    for (const std::string& word : written) ++missing[word];
    for (auto& [word, count] : missing) count -= kept.contains(word) ? kept[word] : 0;
    // Markup that is taken out of a word's middle leaves one word.
    for (std::size_t i = 0; i < written.size(); ++i) {
        const std::string before = i > 0 ? written[i - 1] : "", after = i + 1 < written.size() ? written[i + 1] : "";
        if ((!before.empty() && kept.contains(before + written[i])) || (!after.empty() && kept.contains(written[i] + after)) ||
            (!before.empty() && !after.empty() && kept.contains(before + written[i] + after)))
            --missing[written[i]];
    }
    std::vector<std::string> lost;
    for (const auto& [word, count] : missing)
        if (count > 0) lost.push_back(word);
    return lost;
}

Extent extent_of(const Blocks& blocks) {
    Article article;
    article.body = blocks;
    const std::string dumped = dump(article);
    Extent extent;
    for (std::size_t begin = 0; begin < dumped.size();) {
        const std::size_t first = dumped.find_first_not_of(' ', begin);
        extent.depth = std::max(extent.depth, (first - begin) / 2);
        ++extent.nodes;
        begin = std::min(dumped.find('\n', begin), dumped.size()) + 1;
    }
    return extent;
}

} // namespace bifolio::test
