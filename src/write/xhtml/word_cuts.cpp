#include "write/xhtml/word_cuts.h"

#include "base/utf8.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

namespace bifolio {

namespace {

bool ends_sentence(char32_t c) {
    constexpr std::u32string_view ends = U".!?…؟۔।॥。！？";
    return ends.find(c) != std::u32string_view::npos;
}
bool closes(char32_t c) { // what may stand behind the end of a sentence, before the space
    constexpr std::u32string_view closing = U"\"')]»’”」』）";
    return closing.find(c) != std::u32string_view::npos;
}
bool ends_wide_sentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？'; } // without a space behind it
bool opens_embedding(char32_t c) {
    return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E || (c >= 0x2066 && c <= 0x2068);
}
bool closes_embedding(char32_t c) { return c == 0x202C || c == 0x2069; }

bool has_embedding(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        if (opens_embedding(one.code_point) || closes_embedding(one.code_point)) return true;
        at += one.size;
    }
    return false;
}

// UAX 29: it belongs to the character before it, be that a space.
bool extends_cluster(char32_t c) {
    const auto cluster = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_GRAPHEME_CLUSTER_BREAK);
    return cluster == U_GCB_EXTEND || cluster == U_GCB_ZWJ || cluster == U_GCB_SPACING_MARK;
}

} // namespace

bool is_divisible_phrase(const Node& node) {
    if (has_class(node, "missing-picture")) return false; // stands for one
    switch (node.element) {
    case Element::a:
    case Element::abbr:
    case Element::b:
    case Element::cite:
    case Element::code:
    case Element::del:
    case Element::dfn:
    case Element::em:
    case Element::i:
    case Element::ins:
    case Element::kbd:
    case Element::mark:
    case Element::s:
    case Element::samp:
    case Element::small:
    case Element::span:
    case Element::strong:
    case Element::sub:
    case Element::sup:
    case Element::u:
    case Element::var: return true;
    default: return false;
    }
}

void WordCuts::begin(bool is_preformatted) {
    is_preformatted_ = is_preformatted;
    has_words_ = is_sentence_end_ = false;
    embedded_ = 0;
    next_ = none;
}

void WordCuts::node(NodeId id) {
    const Node& node = book_.node(id);
    if (is_for_paper(book_, id)) return;
    switch (node.element) {
    case Element::text: return text(id, node.text);
    case Element::br: next_ = has_words_ ? behind_sentence : none; return;
    case Element::wbr: return;
    case Element::note:
    case Element::note_reference: next_ = none; return; // a call stays with its word
    default: break;
    }
    if (next_ != none) cut(id, 0, size_.before(id));
    has_words_ = true;
    if (!is_divisible_phrase(node)) {
        next_ = none;
        return;
    }
    for (const NodeId child : children(book_, id)) this->node(child);
}

void WordCuts::cut(NodeId node, std::uint32_t offset, std::size_t bytes) {
    if (!is_embedded()) out_.push_back({{node, offset}, bytes, next_});
    next_ = none;
}

void WordCuts::space(char c) {
    is_wide_end_ = false;
    if (is_preformatted_ && c == '\n')
        next_ = has_words_ ? behind_sentence : none;
    else if (next_ == none && has_words_)
        next_ = is_sentence_end_ && !is_preformatted_ ? behind_sentence : behind_word;
}

void WordCuts::character(char32_t c) {
    has_words_ = true;
    if (opens_embedding(c)) ++embedded_;
    if (closes_embedding(c) && is_embedded()) --embedded_;
    is_sentence_end_ = ends_sentence(c) || (is_sentence_end_ && closes(c));
    is_wide_end_ = ends_wide_sentence(c) || (is_wide_end_ && closes(c));
    if (is_wide_end_ && !is_preformatted_) next_ = behind_sentence;
}

void WordCuts::text(NodeId id, std::string_view text) {
    const std::size_t before = size_.before(id);
    const std::span<const PageMark> marks = size_.marks_of(id);
    auto mark = marks.begin();
    std::size_t more = 0;   // what escapes and the marks of pages add
    std::uint32_t last = 0; // where the last cut stands, or the text begins
    for (std::uint32_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        const char c = text[at];
        const bool is_space = is_ascii_space(c);
        const bool is_indent = is_preformatted_ && next_ == behind_sentence && c != '\n'; // goes with its line
        const bool is_closing = is_wide_end_ && closes(one.code_point);
        if (next_ != none && (is_space ? is_indent : !is_closing && !extends_cluster(one.code_point))) {
            for (; mark != marks.end() && mark->offset < at; ++mark) more += mark->bytes();
            cut(id, at, before + at + more);
            if (at - last > farthest_) fill(id, text, last, at, at_line_end);
            last = at;
        }
        if (is_space)
            space(c);
        else
            character(one.code_point);
        more += c == '&' || c == '<' || c == '>' ? 4 : 0;
        at += one.size;
    }
    const auto end = static_cast<std::uint32_t>(text.size());
    if (end - last > farthest_) fill(id, text, last, end, at_line_end);
}

// Between the bytes `begin` and `end`, where there is no space.
void WordCuts::fill(NodeId id, std::string_view text, std::uint32_t begin, std::uint32_t end, int rank) {
    const std::string_view words = text.substr(begin, end - begin);
    if (is_embedded() || has_embedding(words)) return;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        rank == at_line_end ? icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status)
                            : icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    UText* units = utext_openUTF8(nullptr, words.data(), static_cast<std::int64_t>(words.size()), &status);
    if (U_SUCCESS(status)) breaks->setText(units, status);
    const std::size_t least = farthest_ / 16;
    const std::span<const PageMark> marks = size_.marks_of(id);
    auto mark = marks.begin();
    std::size_t bytes = size_.before(id) + text_bytes(text.substr(0, begin));
    std::uint32_t last = begin;
    while (U_SUCCESS(status)) {
        const std::int32_t at = breaks->next();
        const std::uint32_t here = at == icu::BreakIterator::DONE ? end : begin + static_cast<std::uint32_t>(at);
        if (here < end && here - last <= least) continue;
        if (here - last > farthest_ && rank == at_line_end) fill(id, text, last, here, anywhere);
        if (here >= end) break;
        bytes += text_bytes(text.substr(last, here - last));
        for (; mark != marks.end() && mark->offset < here; ++mark) bytes += mark->bytes();
        out_.push_back({{id, here}, bytes, rank});
        last = here;
    }
    utext_close(units);
}

} // namespace bifolio
