#include "read/markdown_content.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t window = 4096; // bytes looked ahead where text and tree do not agree

bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// The size of a character reference at the front of the text, 0 for none. “&;” and “& ” are none.
std::size_t reference_size(std::string_view text) {
    if (!text.starts_with('&')) return 0;
    const std::size_t end = text.substr(0, 40).find(';');
    if (end == std::string_view::npos || end < 2) return 0;
    for (const char c : text.substr(1, end - 1))
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#')) return 0;
    return end + 1;
}

} // namespace

ContentCursor::ContentCursor(std::string_view content, OffsetMap to_source, const SourceText& source)
    : content_(content), to_source_(std::move(to_source)), source_(source) {}

Span ContentCursor::span(std::size_t begin, std::size_t end) const {
    const std::size_t first = to_source_.original(begin);
    // The end is where the last byte ends: the next piece may stand a line further down.
    return source_.span(first, end > begin ? to_source_.original(end - 1) + 1 : first);
}

void ContentCursor::seek(std::string_view text) {
    const std::size_t found = std::string_view(content_).substr(at_, window).find(text);
    if (found != std::string_view::npos) at_ += found;
}

void ContentCursor::skip_space() {
    while (at_ < content_.size() && is_ascii_space(content_[at_])) ++at_;
}

ContentCursor::Range ContentCursor::take_text(std::string_view literal) {
    const auto matches = [&](std::size_t i) {
        if (at_ >= content_.size()) return false;
        if (content_[at_] == '\\' && at_ + 1 < content_.size() && content_[at_ + 1] == literal[i] && is_punctuation(literal[i]))
            return true;
        return content_[at_] == literal[i] || reference_size(std::string_view(content_).substr(at_)) > 0;
    };
    if (!literal.empty() && !matches(0)) seek(literal.substr(0, std::min<std::size_t>(literal.size(), 12)));
    std::size_t begin = at_;
    for (std::size_t i = 0; i < literal.size() && at_ < content_.size();) {
        if (content_[at_] == '\\' && at_ + 1 < content_.size() && content_[at_ + 1] == literal[i] && is_punctuation(literal[i])) {
            at_ += 2;
            ++i;
        } else if (const std::size_t size = reference_size(std::string_view(content_).substr(at_));
                   size > 0 && literal.substr(i, size) != std::string_view(content_).substr(at_, size)) {
            at_ += size;
            i += decode_utf8(literal, i).size;
        } else {
            if (content_[at_] == literal[i]) ++at_;
            ++i; // else: the second character of a reference that stands for two
        }
    }
    return {begin, at_};
}

ContentCursor::Range ContentCursor::take_break() {
    const std::size_t begin = at_;
    while (at_ < content_.size() && (content_[at_] == ' ' || content_[at_] == '\t' || content_[at_] == '\\')) ++at_;
    if (at_ < content_.size() && content_[at_] != '\n') seek("\n");
    const Range range{begin, std::min(at_ + 1, content_.size())};
    if (at_ < content_.size() && content_[at_] == '\n') ++at_;
    while (at_ < content_.size() && (content_[at_] == ' ' || content_[at_] == '\t')) ++at_;
    return range;
}

ContentCursor::Range ContentCursor::take_code() {
    if (!looking_at("`")) seek("`");
    const std::size_t begin = at_;
    std::size_t ticks = 0;
    while (at_ < content_.size() && content_[at_] == '`') ++at_, ++ticks;
    while (at_ < content_.size()) {
        std::size_t run = 0;
        while (at_ < content_.size() && content_[at_] == '`') ++at_, ++run;
        if (run == ticks) break;
        if (run == 0) ++at_;
    }
    return {begin, at_};
}

ContentCursor::Range ContentCursor::take_exactly(std::string_view text) {
    if (!looking_at(text)) seek(text);
    const std::size_t begin = at_;
    if (looking_at(text)) at_ += text.size();
    return {begin, at_};
}

void ContentCursor::take_delimiters(std::size_t count) {
    while (count-- > 0 && at_ < content_.size() && (content_[at_] == '*' || content_[at_] == '_' || content_[at_] == '~')) ++at_;
}

ContentCursor::Range ContentCursor::take_note_call() {
    if (!looking_at("[^")) seek("[^");
    const std::size_t begin = at_;
    const std::size_t end = std::string_view(content_).substr(at_, window).find(']');
    if (end != std::string_view::npos) at_ += end + 1;
    return {begin, at_};
}

ContentCursor::LinkForm ContentCursor::open_link(bool is_picture) {
    if (is_picture) {
        take_exactly("![");
        return LinkForm::brackets;
    }
    if (looking_at("[")) {
        ++at_;
        return LinkForm::brackets;
    }
    if (looking_at("<")) {
        ++at_;
        return LinkForm::pointed;
    }
    return LinkForm::bare;
}

void ContentCursor::close_link(LinkForm form, std::size_t begin, std::string& label) {
    if (form == LinkForm::bare) return;
    if (form == LinkForm::pointed) {
        if (looking_at(">")) ++at_;
        return;
    }
    if (!looking_at("]")) seek("]");
    if (!looking_at("]")) return;
    const std::size_t text_end = at_++;
    if (looking_at("(") && skip_inline_destination()) return;
    const std::size_t open = std::string_view(content_).substr(begin, text_end - begin).starts_with("![") ? 2 : 1;
    label = content_.substr(begin + open, text_end - begin - std::min(open, text_end - begin));
    if (!looking_at("[")) return;
    // CommonMark allows 999 characters in a label; brackets in it are escaped.
    for (std::size_t i = at_ + 1; i < content_.size() && i < at_ + 1000 && content_[i] != '['; ++i) {
        if (content_[i] == '\\') {
            ++i;
        } else if (content_[i] == ']') {
            if (i > at_ + 1) label = content_.substr(at_ + 1, i - at_ - 1);
            at_ = i + 1;
            return;
        }
    }
}

bool ContentCursor::skip_inline_destination() {
    const std::size_t start = at_;
    const auto fail = [&] { return at_ = start, false; };
    ++at_;
    skip_space();
    if (looking_at("<")) {
        while (++at_ < content_.size() && content_[at_] != '>')
            if (content_[at_] == '\\') ++at_;
        ++at_;
    } else {
        for (int depth = 0; at_ < content_.size(); ++at_) {
            const char c = content_[at_];
            if (c == '\\') {
                ++at_;
                continue;
            }
            if (is_ascii_space(c) || (c == ')' && depth == 0)) break;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
    }
    skip_space();
    if (at_ < content_.size() && (content_[at_] == '"' || content_[at_] == '\'' || content_[at_] == '(')) {
        const char close = content_[at_] == '(' ? ')' : content_[at_];
        while (++at_ < content_.size() && content_[at_] != close)
            if (content_[at_] == '\\') ++at_;
        ++at_;
        skip_space();
    }
    if (at_ >= content_.size() || content_[at_] != ')') return fail();
    ++at_;
    return true;
}

std::string folded_label(std::string_view label) { return to_ascii_lower(collapsed(label)); }

} // namespace bifolio
