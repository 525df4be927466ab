#include "proof/text_stream.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bifolio {

namespace {

// A letter or a sign that a joiner may join: of no script that is written in single letters.
bool may_join(char32_t c) { return c >= 0x300 && !vanishes_at_line_ends(c) && !(c >= 0x2010 && c <= 0x206F); }
bool may_join(const std::vector<TextToken>& tokens) { return !tokens.empty() && may_join(code_point(tokens.back())); }

bool is_white_space(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Between these a line end of the source is no space (CSS Text 3 §4.1.3).
bool is_wide(char32_t c) {
    return (c >= 0x2E80 && c <= 0xA4CF && !(c >= 0x3130 && c <= 0x318F)) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFD);
}

} // namespace

std::size_t plain_size(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_plain(static_cast<unsigned char>(text[end]))) ++end;
    return end - at;
}

bool is_compared_beyond_ascii(char32_t c) {
    if (c < 0xA0) return false;
    if (c < 0x200B) return c != 0xAD && c != 0x61C && c != 0x180E; // the last was once a space of no width
    if (c > 0x2069) return c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
    return !(c >= 0x200B && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) && c < 0x2060;
}
bool is_selector(char32_t c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0020 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180F);
}
namespace {

bool selects(char32_t selector, const std::vector<TextToken>& before) {
    if (before.empty()) return false;
    const char32_t last = code_point(before.back());
    constexpr char32_t black_flag = 0x1F3F4, first_tag = 0xE0020, last_tag = 0xE007F, first_ideographic = 0xE0100;
    if (selector >= first_ideographic) return is_wide(last);
    if (selector >= first_tag) return last == black_flag || (last >= first_tag && last <= last_tag);
    return !is_combining(last);
}

} // namespace

bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }
bool vanishes_at_line_ends(char32_t c) {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_arabic_separator(char32_t c) { return c == 0x60C || (c >= 0x66A && c <= 0x66C); }

bool is_combining(char32_t c) {
    using Range = std::pair<char32_t, char32_t>;
    constexpr std::array<Range, 43> ranges{
        {{0x300, 0x36F},     {0x483, 0x489},     {0x591, 0x5BD},     {0x5BF, 0x5BF},     {0x5C1, 0x5C2},     {0x5C4, 0x5C5},
         {0x5C7, 0x5C7},     {0x610, 0x61A},     {0x64B, 0x65F},     {0x670, 0x670},     {0x6D6, 0x6DC},     {0x6DF, 0x6E4},
         {0x6E7, 0x6E8},     {0x6EA, 0x6ED},     {0x711, 0x711},     {0x730, 0x74A},     {0x7A6, 0x7B0},     {0x7EB, 0x7F3},
         {0x7FD, 0x7FD},     {0x816, 0x819},     {0x81B, 0x823},     {0x825, 0x827},     {0x829, 0x82D},     {0x859, 0x85B},
         {0x898, 0x89F},     {0x8CA, 0x8E1},     {0x8E3, 0x8FF},     {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},   {0x20D0, 0x20FF},
         {0xFB1E, 0xFB1E},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},   {0x10A01, 0x10A0F}, {0x10A38, 0x10A3F}, {0x10AE5, 0x10AE6},
         {0x10D24, 0x10D27}, {0x10EAB, 0x10EAC}, {0x10F46, 0x10F50}, {0x1E8D0, 0x1E8D6}, {0x1E944, 0x1E94A}, {0x1F3FB, 0x1F3FF},
         {0xE0001, 0xE01EF}}};
    const auto after = std::ranges::upper_bound(ranges, c, {}, &Range::first);
    return after != ranges.begin() && c <= (after - 1)->second;
}

bool is_right_to_left_letter(char32_t c) {
    if (is_arabic_separator(c) || is_combining(c) || c == 0x61C) return false; // goes as what stands beside it goes
    return (c >= 0x590 && c < 0x900 && !(c >= 0x660 && c <= 0x669) && !(c >= 0x6F0 && c <= 0x6F9)) ||
           (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF) || (c >= 0x10800 && c < 0x11000) ||
           (c >= 0x1E800 && c < 0x1F000);
}

bool fits_gap(TextToken expected, TextToken found) {
    const bool line = (found & found_gap::line) != 0, boundary = (found & found_gap::boundary) != 0;
    const std::uint32_t spaces = space_count(found), wanted = space_count(expected);
    switch (gap_of(expected)) {
    case Gap::none: return !boundary && spaces == 0 && (found & found_gap::space_before_line) == 0;
    case Gap::optional:
    case Gap::any: return true;
    case Gap::space: return spaces > 0 || line || boundary;
    case Gap::exact: return boundary || (line ? spaces <= wanted : spaces == wanted);
    case Gap::newline: // a line that was divided within its indent keeps what has room of it
        return (line || boundary) && (spaces == wanted || (spaces < wanted && (found & found_gap::space_before_line) != 0));
    case Gap::boundary: return spaces > 0 || line || boundary;
    }
    return false;
}

std::string text_of(const TextToken* begin, const TextToken* end, bool is_expected) {
    std::string out;
    for (const TextToken* at = begin; at != end; ++at) {
        const bool gap = is_expected ? gap_of(*at) != Gap::none && gap_of(*at) != Gap::optional
                                     : space_count(*at) > 0 || (*at & (found_gap::boundary | found_gap::space_before_line)) != 0;
        if (gap && !out.empty()) out += ' ';
        append_utf8(out, code_point(*at));
    }
    return out;
}

std::string_view name_of(TextKind kind) {
    switch (kind) {
    case TextKind::own: return "own";
    case TextKind::list_mark: return "list marks";
    case TextKind::note_number: return "note numbers";
    case TextKind::generated: return "generated content";
    case TextKind::back_link: return "back links";
    case TextKind::said_again: return "said again";
    case TextKind::navigation: return "navigation";
    case TextKind::page_furniture: return "page furniture";
    case TextKind::picture: return "pictures";
    }
    return "";
}

const Stretch* TextStream::stretch_at(std::size_t token) const {
    const auto after = std::ranges::upper_bound(stretches, token, {}, &Stretch::begin);
    return after == stretches.begin() ? nullptr : &*(after - 1);
}

// ---- the book

void ExpectedWriter::apart() { is_apart_ = true; }
void ExpectedWriter::begin(NodeId node, TextKind kind) { next_ = {0, node, kind, 0}; }

void ExpectedWriter::boundary() {
    if (gap_ == Gap::any) return;
    gap_ = Gap::boundary;
    count_ = 0;
}
void ExpectedWriter::goes_on() { gap_ = Gap::optional; }
void ExpectedWriter::any() { gap_ = Gap::any; }

void ExpectedWriter::white_space(char32_t c, WhiteSpaceMode mode) {
    line_end_ = line_end_ || c == '\n';
    if (gap_ == Gap::any) return;
    if (c == '\r' && mode == WhiteSpaceMode::kept) return;
    if (c == '\n' && mode != WhiteSpaceMode::collapsed) {
        gap_ = mode == WhiteSpaceMode::kept ? Gap::newline : Gap::boundary;
        count_ = 0;
    } else if (mode == WhiteSpaceMode::kept) {
        if (c != ' ')
            gap_ = Gap::any; // a tab: as many spaces as lead to the next stop
        else if (gap_ == Gap::none || gap_ == Gap::exact)
            gap_ = Gap::exact, ++count_;
        else if (gap_ == Gap::newline || gap_ == Gap::boundary)
            gap_ = Gap::newline, ++count_;
    } else if (gap_ == Gap::none || gap_ == Gap::exact) {
        gap_ = Gap::space;
        count_ = 0;
    } else if (gap_ == Gap::newline && count_ > 0) {
        gap_ = Gap::any;
    }
}

void ExpectedWriter::text(std::string_view utf8, WhiteSpaceMode mode) {
    for (std::size_t at = 0; at < utf8.size();) {
        if (const std::size_t plain = plain_size(utf8, at); plain > 0) {
            put(static_cast<unsigned char>(utf8[at]));
            const std::string_view others = utf8.substr(at + 1, plain - 1);
            out_.tokens.insert(out_.tokens.end(), others.begin(), others.end());
            at += plain;
            continue;
        }
        const Decoded one = decode_utf8(utf8, at);
        const char32_t c = one.code_point;
        at += one.size;
        if (is_white_space(c)) {
            white_space(c, mode);
            continue;
        }
        if (is_joiner(c)) joiner_ = gap_ == Gap::none ? c : 0;
        if (is_selector(c) && (gap_ != Gap::none || !selects(c, out_.tokens))) continue;
        if (is_compared(c)) put(c);
    }
}

void ExpectedWriter::put(char32_t c) {
    if (joiner_ != 0 && gap_ == Gap::none && may_join(c) && may_join(out_.tokens))
        out_.tokens.push_back(expected_token(joiner_, Gap::none, 0));
    joiner_ = 0;
    if (gap_ == Gap::space && line_end_ && !out_.tokens.empty() && is_wide(c) && is_wide(code_point(out_.tokens.back())))
        gap_ = Gap::optional;
    const Stretch* last = out_.stretches.empty() ? nullptr : &out_.stretches.back();
    const bool parted = is_apart_ && next_.kind != TextKind::own;
    if (!last || last->node != next_.node || last->kind != next_.kind || parted) {
        next_.begin = static_cast<std::uint32_t>(out_.tokens.size());
        out_.stretches.push_back(next_);
    }
    out_.tokens.push_back(expected_token(c, gap_, count_));
    gap_ = Gap::none;
    count_ = 0;
    line_end_ = is_apart_ = false;
}

// ---- the file

void FoundWriter::open() {
    out_.stretches.push_back({static_cast<std::uint32_t>(out_.tokens.size()), no_node, TextKind::own, place_});
    last_place_ = place_;
}
void FoundWriter::place(std::uint32_t place) { place_ = place; }

void FoundWriter::line() {
    if (count_ > 0) gap_ |= found_gap::space_before_line;
    gap_ |= found_gap::line;
    count_ = 0;
}
void FoundWriter::boundary() {
    gap_ |= found_gap::boundary;
    count_ = 0;
}

void FoundWriter::other(char32_t c) {
    if (c == ' ' || c == '\t' || c == '\f')
        ++count_;
    else if (c == '\n')
        line();
    else if (is_joiner(c))
        joiner_ = is_parted() ? 0 : c;
    else if (is_selector(c) && (is_parted() || !selects(c, out_.tokens)))
        return;
    else if (is_compared(c))
        put(c);
}
void FoundWriter::join(char32_t c) {
    if (!is_parted() && may_join(c) && may_join(out_.tokens)) out_.tokens.push_back(joiner_);
    joiner_ = 0;
}

void FoundWriter::text(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const auto byte = static_cast<unsigned char>(utf8[at]);
        if (byte < 0x80) {
            character(byte);
            ++at;
            continue;
        }
        const Decoded one = decode_utf8(utf8, at);
        character(one.code_point);
        at += one.size;
    }
}

} // namespace bifolio
