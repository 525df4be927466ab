#include "layout/text/line_breaks.h"

#include "base/utf8.h"
#include "layout/text/cluster.h"
#include "layout/text/shape_cache.h"

#include <algorithm>
#include <array>
#include <map>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

namespace bifolio {
namespace {

constexpr char32_t soft_hyphen = 0xAD;

struct CloseIterator {
    void operator()(UBreakIterator* p) const noexcept { ubrk_close(p); }
};

// Chinese and Japanese books are set with the strict rules (no line begins with a small kana or a prolonged sound mark).
UBreakIterator* line_iterator(std::string_view language) {
    std::string locale(language.substr(0, 32));
    std::ranges::replace(locale, '-', '_');
    const std::string lower = to_ascii_lower(locale);
    if (lower.starts_with("zh") || lower.starts_with("ja")) locale += "@lb=strict";
    thread_local std::map<std::string, std::unique_ptr<UBreakIterator, CloseIterator>> iterators;
    auto& iterator = iterators[locale];
    if (!iterator) {
        UErrorCode error = U_ZERO_ERROR;
        iterator.reset(ubrk_open(UBRK_LINE, locale.c_str(), nullptr, 0, &error));
        if (U_FAILURE(error)) {
            error = U_ZERO_ERROR;
            iterator.reset(ubrk_open(UBRK_LINE, "root", nullptr, 0, &error));
        }
    }
    return iterator.get();
}

char32_t before(std::string_view text, std::size_t at) {
    if (at == 0) return 0;
    std::size_t begin = at - 1;
    while (begin > 0 && is_continuation_byte(text[begin])) --begin;
    return decoded(text, begin).code_point;
}
char32_t at_or_none(std::string_view text, std::size_t at) { return at < text.size() ? decoded(text, at).code_point : 0; }

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return u_isalpha(static_cast<UChar32>(c));
}
bool is_digit(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : u_isdigit(static_cast<UChar32>(c)); }
bool is_upper(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return u_isupper(static_cast<UChar32>(c)) || u_istitle(static_cast<UChar32>(c));
}
bool is_white(char32_t c) { return c == 0 || c <= 0x20 || (c >= 0x80 && u_isUWhiteSpace(static_cast<UChar32>(c))); }
bool is_mark(char32_t c) {
    return c >= 0x300 && ((U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0 || c == 0x200C || c == 0x200D);
}
bool is_ideograph(char32_t c) {
    return c >= 0x2E80 && u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK) == U_LB_IDEOGRAPHIC;
}

// How many letters or digits stand directly before and after `at`, at most `most`.
int run_before(std::string_view text, std::size_t at, int most) {
    int count = 0;
    while (at > 0 && count < most) {
        std::size_t begin = at - 1;
        while (begin > 0 && is_continuation_byte(text[begin])) --begin;
        const char32_t c = decoded(text, begin).code_point;
        if (!is_letter(c) && !is_digit(c) && !is_mark(c)) break;
        ++count;
        at = begin;
    }
    return count;
}
int run_after(std::string_view text, std::size_t at, int most) {
    int count = 0;
    while (at < text.size() && count < most) {
        const Decoded d = decoded(text, at);
        if (!is_letter(d.code_point) && !is_digit(d.code_point) && !is_mark(d.code_point)) break;
        ++count;
        at += d.size;
    }
    return count;
}

// ICU's break that good setting would not take.
bool is_ugly(std::string_view text, std::uint32_t at) {
    const char32_t last = before(text, at), next = at_or_none(text, at);
    // “word—word”: the dash ends a line and begins none.
    if ((next == 0x2014 || next == 0x2E3A) && !is_white(last)) return true;
    // “mg/kg”, “24/7”, “w/o”: short parts about a slash are one sign.
    if (last == '/') return run_before(text, at - 1, 4) <= 3 && run_after(text, at, 4) <= 3;
    if (last == '-' || last == 0x2010) {
        const std::size_t hyphen = at - (last == '-' ? 1U : 3U);
        // “-x”, “--help”: a hyphen that begins a word belongs to it (UAX 14 LB20a of Unicode 16).
        const char32_t left = before(text, hyphen);
        if (!is_letter(left) && !is_digit(left) && !is_mark(left)) return true;
        // “x-ray”, “vitamin B-6”: one letter is too little to leave behind.
        return run_before(text, hyphen, 2) <= 1 || run_after(text, at, 2) <= 1;
    }
    return false;
}

// --- Web addresses --------------------------------------------------------------------------------------------------

struct Range {
    std::uint32_t begin, end;
};

bool is_address(std::string_view token) {
    if (token.size() < 8) return false;
    if (token.find("://") != std::string_view::npos || token.starts_with("www.")) return true;
    const std::size_t mail = token.find('@');
    if (mail != std::string_view::npos && mail > 0 && token.find('.', mail) != std::string_view::npos) return true;
    // “nhs.uk/conditions”: a dot, two letters or more, a slash.
    const std::size_t slash = token.find('/');
    if (slash == std::string_view::npos) return false;
    const std::size_t dot = token.substr(0, slash).rfind('.');
    if (dot == std::string_view::npos || dot == 0 || slash - dot < 3 || slash - dot > 7) return false;
    return std::ranges::all_of(token.substr(dot + 1, slash - dot - 1),
                               [](char c) { return is_letter(static_cast<unsigned char>(c)); });
}

// Tokens without white space that are addresses; only texts with a slash or an at sign can have any.
std::vector<Range> find_addresses(std::string_view text) {
    std::vector<Range> found;
    if (text.find_first_of("/@") == std::string_view::npos && text.find("www.") == std::string_view::npos) return found;
    for (std::size_t at = 0; at < text.size();) {
        if (is_ascii_space(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && !is_ascii_space(text[end])) ++end;
        if (is_address(text.substr(at, end - at)))
            found.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
        at = end;
    }
    return found;
}

// Behind slashes and what joins two parts; before dots and other marks that would look like the sentence's own at a line's end;
// before hyphens, never behind one: a reader could not tell whether to type it (Chicago Manual of Style 7.46). Not near its ends.
void add_address_breaks(std::string_view text, Range address, std::vector<BreakOpportunity>& out) {
    constexpr std::string_view before_it = ".,?#_~%", behind_it = "/:;&=+@";
    const auto is_one = [](std::string_view marks, char c) { return marks.find(c) != std::string_view::npos; };
    for (std::uint32_t at = address.begin + 4; at + 3 <= address.end; ++at) {
        const char last = text[at - 1], next = text[at];
        const bool parts = is_one(before_it, last) || is_one(behind_it, last);
        if (next == '-') {
            if (last != '-' && !parts) out.push_back({at, BreakKind::unwelcome});
        } else if (is_one(before_it, next)) {
            const auto following = static_cast<unsigned char>(text[at + 1]);
            if (!is_one(before_it, last) && (is_letter(following) || is_digit(following)))
                out.push_back({at, BreakKind::allowed});
        } else if (is_one(behind_it, last) && !is_one(behind_it, next) && !is_continuation_byte(next) && next != ')') {
            out.push_back({at, BreakKind::allowed});
        }
    }
}

// --- Hyphenation ----------------------------------------------------------------------------------------------------

class WordDivider {
public:
    WordDivider(const Shaper& shaper, std::string_view text, const std::vector<StyledSpan>& spans,
                const std::vector<TextStyle>& styles, const std::vector<Range>& addresses)
        : shaper_(shaper), text_(text), spans_(spans), styles_(styles), addresses_(addresses) {}

    std::vector<BreakOpportunity> divide() {
        for (std::size_t at = 0; at < text_.size();) at = next_word(at);
        return std::move(out_);
    }

private:
    // Reads one word or one other character from `at`; returns where it ends.
    std::size_t next_word(std::size_t at) {
        const Decoded first = decoded(text_, at);
        if (!is_letter(first.code_point)) return at + first.size;
        std::size_t end = at + first.size;
        bool plain = true, own_hyphen = false; // no capital inside; a soft hyphen of the author's
        while (end < text_.size()) {
            const auto c = static_cast<unsigned char>(text_[end]);
            if (c >= 'a' && c <= 'z') {
                ++end;
                continue;
            }
            const Decoded d = decoded(text_, end);
            if (d.code_point == soft_hyphen)
                own_hyphen = true;
            else if (d.code_point == '\'' || d.code_point == 0x2019) {
                if (!is_letter(at_or_none(text_, end + d.size))) break;
            } else if (is_letter(d.code_point)) {
                if (is_upper(d.code_point)) plain = false; // NHS, mRNA, McDonald
            } else if (!is_mark(d.code_point)) {
                break;
            }
            end += d.size;
        }
        const char32_t left = before(text_, at), right = at_or_none(text_, end);
        const bool coded = is_digit(left) || left == '_' || left == '@' || is_digit(right) || right == '_' || right == '@';
        if (!own_hyphen && !coded && end - at >= 2) add(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), plain);
        return end;
    }

    void add(std::uint32_t begin, std::uint32_t end, bool plain) {
        while (address_ < addresses_.size() && addresses_[address_].end <= begin) ++address_;
        if (address_ < addresses_.size() && addresses_[address_].begin <= begin) return;
        while (spans_[span_].end <= begin) ++span_;
        const TextStyle& style = styles_[spans_[span_].style];
        if (style.hyphens != Hyphens::automatic || style.no_wrap || style.language.empty()) return;
        // A word may change its style inside; where it changes its language or may not be divided it stays whole.
        for (std::size_t i = span_ + 1; i < spans_.size() && spans_[i].begin < end; ++i) {
            const TextStyle& other = styles_[spans_[i].style];
            if (other.hyphens != Hyphens::automatic || other.no_wrap || other.language != style.language) return;
        }
        const std::string_view word = text_.substr(begin, end - begin);
        if ((!plain || word.size() < 4) && !shaper_.hyphenator.has_exception(word, style.language)) return;
        for (std::uint32_t point :
             shaper_.cache.state().divisions(shaper_.hyphenator, word, style.language, style.hyphenate_limit_chars, scratch_)) {
            const char32_t last = before(word, point), next = at_or_none(word, point);
            if (last != '\'' && last != 0x2019 && next != '\'' && next != 0x2019)
                out_.push_back({begin + point, BreakKind::hyphen});
        }
    }

    const Shaper& shaper_;
    std::string_view text_;
    const std::vector<StyledSpan>& spans_;
    const std::vector<TextStyle>& styles_;
    const std::vector<Range>& addresses_;
    std::vector<BreakOpportunity> out_;
    std::vector<std::uint32_t> scratch_;
    std::size_t span_ = 0, address_ = 0;
};

class BreakFinder {
public:
    BreakFinder(const Shaper& shaper, const ShapedText& text, const WideText& wide, const std::vector<StyledSpan>& spans,
                const std::vector<TextStyle>& styles)
        : shaper_(shaper), text_(text), wide_(wide), spans_(spans), styles_(styles), addresses_(find_addresses(text.text)) {}

    std::vector<BreakOpportunity> find() {
        take_from_icu();
        for (const Range& address : addresses_)
            if (!styles_[style_at(address.begin)].no_wrap) add_address_breaks(text_.text, address, addresses_breaks_);
        merge(addresses_breaks_);
        merge(before_paths());
        if (std::ranges::any_of(styles_, [](const TextStyle& s) { return s.hyphens == Hyphens::automatic; }))
            merge(WordDivider(shaper_, text_.text, spans_, styles_, addresses_).divide());
        if (std::ranges::any_of(styles_, &TextStyle::break_anywhere)) merge(anywhere());
        return std::move(breaks_);
    }

private:
    std::uint32_t style_at(std::uint32_t byte) const {
        const auto found = std::ranges::upper_bound(spans_, byte, {}, &StyledSpan::begin);
        return (found - 1)->style;
    }

    void take_from_icu() {
        UBreakIterator* iterator = line_iterator(styles_[spans_.front().style].language);
        UErrorCode error = U_ZERO_ERROR;
        const auto size = static_cast<std::int32_t>(wide_.units.size());
        ubrk_setText(iterator, wide_.units.data(), size, &error);
        std::size_t span = 0, address = 0;
        for (std::int32_t unit = ubrk_next(iterator); unit != UBRK_DONE && unit < size; unit = ubrk_next(iterator)) {
            const std::uint32_t at = wide_.byte(static_cast<std::size_t>(unit));
            if (ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD) {
                breaks_.push_back({at, BreakKind::mandatory});
                continue;
            }
            while (spans_[span].end < at) ++span; // the span of the character before the break
            while (address < addresses_.size() && addresses_[address].end <= at) ++address;
            if (address < addresses_.size() && addresses_[address].begin < at) continue;
            take_soft(at, styles_[spans_[span].style], styles_[spans_[spans_[span].end == at ? span + 1 : span].style]);
        }
    }

    void take_soft(std::uint32_t at, const TextStyle& left, const TextStyle& right) {
        if (left.no_wrap && right.no_wrap) return;
        const auto last = static_cast<unsigned char>(text_.text[at - 1]);
        if (last == ' ') {
            breaks_.push_back({at, BreakKind::allowed});
        } else if ((left.no_wrap && !is_ideograph(at_or_none(text_.text, at))) ||
                   (right.no_wrap && !is_ideograph(before(text_.text, at)))) {
            return; // neither a space nor an ideograph at the edge of what may not be wrapped
        } else if (before(text_.text, at) == soft_hyphen) {
            if (left.hyphens != Hyphens::none) breaks_.push_back({at, BreakKind::hyphen});
        } else if (!is_ugly(text_.text, at)) {
            breaks_.push_back({at, BreakKind::allowed});
        }
    }

    // “in /etc/hosts”, “a :name”, “see .profile”: a sign that begins a word ends no sentence, which UAX 14 LB13 takes it for.
    std::vector<BreakOpportunity> before_paths() const {
        std::vector<BreakOpportunity> found;
        const std::string_view text = text_.text;
        for (std::size_t at = text.find_first_of("/:."); at != std::string_view::npos; at = text.find_first_of("/:.", at + 1)) {
            const char32_t next = at_or_none(text, at + 1);
            if (at == 0 || text[at - 1] != ' ' || !(is_letter(next) || (text[at] == '/' && next == ':'))) continue;
            const auto place = static_cast<std::uint32_t>(at);
            if (!styles_[style_at(place)].no_wrap) found.push_back({place, BreakKind::allowed});
        }
        return found;
    }

    std::vector<BreakOpportunity> anywhere() const {
        std::vector<BreakOpportunity> found;
        std::size_t span = 0;
        for (std::uint32_t at : text_.grapheme_starts) {
            if (at == 0) continue;
            while (spans_[span].end <= at) ++span;
            const TextStyle& style = styles_[spans_[span].style];
            if (style.break_anywhere && !style.no_wrap && text_.text[at] != ' ' && text_.text[at - 1] != ' ')
                found.push_back({at, BreakKind::anywhere});
        }
        return found;
    }

    // Both are ascending; where they meet, what was there stays.
    void merge(const std::vector<BreakOpportunity>& more) {
        if (more.empty()) return;
        std::vector<BreakOpportunity> both;
        both.reserve(breaks_.size() + more.size());
        auto old = breaks_.begin();
        for (const BreakOpportunity& b : more) {
            while (old != breaks_.end() && old->at < b.at) both.push_back(*old++);
            if (old == breaks_.end() || old->at != b.at) both.push_back(b);
        }
        both.insert(both.end(), old, breaks_.end());
        breaks_ = std::move(both);
    }

    const Shaper& shaper_;
    const ShapedText& text_;
    const WideText& wide_;
    const std::vector<StyledSpan>& spans_;
    const std::vector<TextStyle>& styles_;
    std::vector<Range> addresses_;
    std::vector<BreakOpportunity> breaks_, addresses_breaks_;
};

} // namespace

std::vector<BreakOpportunity> find_breaks(const Shaper& shaper, const ShapedText& text, const WideText& wide,
                                          const std::vector<StyledSpan>& spans, const std::vector<TextStyle>& styles) {
    return BreakFinder(shaper, text, wide, spans, styles).find();
}

} // namespace bifolio
