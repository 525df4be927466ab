#include "read/hide_from_cmark.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "read/stand_ins.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::uint64_t most_bracket_work = 500'000'000;    // brackets × (emphasis marks + pictures), of one paragraph
constexpr std::size_t most_call_work = 10'000'000;          // bytes looked through for the ends of calls, of one paragraph
constexpr std::uint64_t most_definition_bytes = 256u << 20; // a link's destination is copied for each reference to it

// CommonMark 0.31 allows hyphens in and at the end of comments, 0.29 does not.
void hide_hyphens_in_comments(std::string& text) {
    for (std::size_t begin = 0; (begin = text.find("<!--", begin)) != std::string::npos;) {
        const std::size_t end = text.find("-->", begin + 4);
        if (end == std::string::npos) return;
        for (std::size_t at = begin + 4; at < end; ++at) {
            const bool is_first_of_run = text[at] == '-' && (text[at + 1] == '-' || at + 1 == end);
            if (is_first_of_run || (text[at] == '-' && text[at - 1] == stand_in_for('-'))) text[at] = stand_in_for('-');
        }
        begin = end + 3;
    }
}

void hide_bars(std::string& text, std::size_t begin, std::size_t end) {
    std::size_t bars = 0;
    for (std::size_t at = begin; at < end; ++at)
        if (text[at] == '|' && ++bars > 2 * limits::table_columns) text[at] = stand_in_for('|');
}

// The mark of a list or a quotation at `at`: where its last letter stands, or npos.
std::size_t container_mark(std::string_view text, std::size_t at, std::size_t end) {
    const auto is_space = [&](std::size_t i) { return i >= end || text[i] == ' ' || text[i] == '\t'; };
    if (at >= end) return std::string_view::npos;
    if (text[at] == '>') return at;
    if ((text[at] == '-' || text[at] == '+' || text[at] == '*') && is_space(at + 1)) return at;
    std::size_t digits = at;
    while (digits < end && digits - at < 9 && text[digits] >= '0' && text[digits] <= '9') ++digits;
    const bool is_number = digits > at && digits < end && (text[digits] == '.' || text[digits] == ')') && is_space(digits + 1);
    return is_number ? digits : std::string_view::npos;
}

bool is_thematic_break(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first != std::string_view::npos &&
           line.find_first_not_of(std::string{' ', '\t', line[first]}) == std::string_view::npos;
}

// For each line cmark looks at every open block.
void hide_deep_marks(Reading& reading, std::string& text, std::size_t begin, std::size_t end) {
    std::size_t marks = 0, at = begin;
    for (;;) {
        while (at < end && (text[at] == ' ' || text[at] == '\t')) ++at;
        const std::size_t last = container_mark(text, at, end);
        if (last == std::string_view::npos) return;
        if (++marks > 2 * limits::nesting_depth) {
            if (marks == 2 * limits::nesting_depth + 1) {
                if (is_thematic_break(std::string_view(text).substr(begin, end - begin))) return;
                reading.report_depth(reading.source().span(at, end));
            }
            text[last] = stand_in_for(text[last]);
        }
        at = last + 1;
    }
}

struct Work {
    std::uint64_t brackets = 0, marks = 0;
};

// Links and pictures search back over emphasis and pictures that are still open: from a point on brackets are text.
void hide_brackets(Reading& reading, std::string& text, std::size_t begin, std::size_t end, Work& work) {
    for (std::size_t at = begin; at < end; ++at) {
        const char c = text[at];
        if (c == '*' || c == '_' || c == '~' || (c == '!' && at + 1 < end && text[at + 1] == '[')) ++work.marks;
        if (c != '[') continue;
        if (++work.brackets * work.marks <= most_bracket_work) continue;
        if (reading.is_first("brackets"))
            reading.diagnostics().error("read.too-long", reading.source().span(at, at + 1),
                                        "this paragraph has too many brackets and emphasis marks; brackets from here on are text",
                                        {"divide it into several paragraphs"});
        text[at] = stand_in_for('[');
    }
}

// For each “<?” and “<![CDATA[” within a paragraph cmark looks for its end as far as the paragraph goes.
void hide_unclosed(std::string& text, std::size_t begin, std::size_t end, std::string_view open, std::string_view close) {
    const std::string_view chunk = std::string_view(text).substr(begin, end - begin);
    std::size_t last = chunk.rfind(close);
    if (last == std::string_view::npos) last = 0;
    for (std::size_t at = begin + last; (at = std::string_view(text).substr(0, end).find(open, at)) < end; at += open.size()) {
        std::size_t before = at;
        while (before > begin && (text[before - 1] == ' ' || text[before - 1] == '\t' || text[before - 1] == '>')) --before;
        const bool begins_line = before == begin || text[before - 1] == '\n' || text[before - 1] == '\r';
        if (!begins_line) text[at] = stand_in_for('<'); // at a line's beginning it is a block
    }
}

// The end of the code or the tag that begins at `at`; `at` itself where there is none.
std::size_t end_of_code_or_tag(std::string_view text, std::size_t at) {
    if (text[at] == '<') {
        const std::size_t end = text.find('>', at);
        return end == std::string_view::npos ? at : end + 1;
    }
    const std::size_t run = std::min(text.find_first_not_of('`', at), text.size()) - at;
    for (std::size_t next = at + run; (next = text.find('`', next)) != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_not_of('`', next), text.size());
        if (end - next == run) return end;
        next = end;
    }
    return at;
}

// The bracket that closes the one at the text's front; its size: none.
std::size_t closing_bracket(std::string_view text, std::size_t& work) {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at, ++work) {
        if (text[at] == '`' || text[at] == '<') {
            const std::size_t end = end_of_code_or_tag(text, at);
            work += end == at ? text.size() - at : end - at;
            if (end > at) at = end - 1;
        } else if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '[') {
            ++depth;
        } else if (text[at] == ']' && --depth == 0) {
            return at;
        }
    }
    return text.size();
}

// cmark takes every “[^…]” that is no link for a call, and where it runs over a line's end it loses the words in it. No note has
// such a label; a link whose words begin so stays text.
void hide_long_calls(std::string& text, std::size_t begin, std::size_t end) {
    std::size_t work = 0;
    for (std::size_t at = begin; (at = std::string_view(text).substr(0, end).find("[^", at)) < end; ++at) {
        const std::string_view rest = std::string_view(text).substr(at, end - at);
        const std::string_view call = rest.substr(0, work < most_call_work ? closing_bracket(rest, work) : rest.size());
        if (!is_blank(call.substr(2)) && call.find_first_of("\n\r") != std::string_view::npos) text[at] = stand_in_for('[');
    }
}

// A long definition with many references to it would fill the memory.
void hide_long_definitions(Reading& reading, std::string& text) {
    const auto brackets = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '['));
    const SourceText& source = reading.source();
    for (std::size_t first = 0; first < source.lines(); ++first) {
        if (source.line(first).find("]:") == std::string_view::npos) continue;
        std::size_t last = first; // a definition may go on until a blank line
        while (last + 1 < source.lines() && !is_blank(source.line(last + 1))) ++last;
        const std::size_t begin = source.line_begin(first), end = source.line_begin(last) + source.line(last).size();
        std::size_t longest = 0;
        for (std::size_t line = first; line <= last; ++line) longest = std::max(longest, source.line(line).size());
        if (longest * brackets > most_definition_bytes) {
            reading.diagnostics().error("read.too-long", source.span(begin, begin + 1),
                                        "a link definition here is too long for the number of its references; it is text",
                                        {"shorten its address"});
            for (std::size_t at = begin; at < end; ++at)
                if (text[at] == '[') text[at] = stand_in_for('[');
        }
        first = last;
    }
}

} // namespace

void hide_from_cmark(Reading& reading, std::string& text) {
    const SourceText& source = reading.source();
    hide_hyphens_in_comments(text);
    hide_long_definitions(reading, text);
    Work work;
    std::size_t chunk = 0; // where the lines without a blank one between begin
    const auto end_chunk = [&](std::size_t end) {
        hide_unclosed(text, chunk, end, "<?", "?>");
        hide_unclosed(text, chunk, end, "<![CDATA[", "]]>");
        hide_long_calls(text, chunk, end);
        work = {};
        chunk = end;
    };
    for (std::size_t i = 0; i < source.lines(); ++i) {
        const std::size_t begin = source.line_begin(i), end = begin + source.line(i).size();
        hide_bars(text, begin, end);
        hide_deep_marks(reading, text, begin, end);
        if (is_blank(source.line(i))) end_chunk(begin);
        hide_brackets(reading, text, begin, end, work);
    }
    end_chunk(text.size());
}

} // namespace bifolio
