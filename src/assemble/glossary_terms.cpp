#include "assemble/glossary_terms.h"

#include "assemble/names.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace bifolio {

namespace {

struct Character {
    char32_t value = 0;
    std::size_t end = 0; // the byte behind it
};
Character character_at(std::string_view text, std::size_t at) {
    const Decoded decoded = decode_utf8(text, at);
    return {decoded.code_point, at + decoded.size};
}
char32_t character_before(std::string_view text, std::size_t at) {
    do --at;
    while (at > 0 && is_continuation_byte(text[at]));
    return decode_utf8(text, at).code_point;
}

UChar32 icu(char32_t c) { return static_cast<UChar32>(c); }
char32_t without_case(char32_t c) { return static_cast<char32_t>(u_foldCase(icu(c), U_FOLD_CASE_DEFAULT)); }
bool is_white_space(char32_t c) { return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x202F; }

// What continues a word. A hyphen does: “non-stimulant” is no stimulant.
bool is_of_word(char32_t c) {
    return u_isalnum(icu(c)) || u_getCombiningClass(icu(c)) != 0 || u_charType(icu(c)) == U_NON_SPACING_MARK ||
           u_charType(icu(c)) == U_COMBINING_SPACING_MARK || c == '-' || c == 0x2010 || c == 0x2011 || c == 0xAD || c == '_';
}
// Of a script that is written without spaces.
bool stands_alone(char32_t c) {
    const std::int32_t line_break = u_getIntPropertyValue(icu(c), UCHAR_LINE_BREAK);
    return line_break == U_LB_IDEOGRAPHIC || line_break == U_LB_COMPLEX_CONTEXT;
}
bool is_word_boundary(char32_t before, char32_t behind) {
    return !is_of_word(before) || !is_of_word(behind) || stands_alone(before) || stands_alone(behind);
}

// The byte behind the term where it stands at `at`; npos: it does not.
std::size_t end_of_term(std::string_view text, std::size_t at, std::string_view term) {
    for (std::size_t t = 0; t < term.size();) {
        if (at >= text.size()) return std::string_view::npos;
        const Character wanted = character_at(term, t), here = character_at(text, at);
        if (is_white_space(wanted.value)) {
            if (!is_white_space(here.value)) return std::string_view::npos;
            for (t = wanted.end; t < term.size() && is_white_space(character_at(term, t).value);) t = character_at(term, t).end;
            for (at = here.end; at < text.size() && is_white_space(character_at(text, at).value);)
                at = character_at(text, at).end;
            continue;
        }
        const bool begins_sentence = t == 0 && static_cast<char32_t>(u_totitle(icu(wanted.value))) == here.value;
        if (wanted.value != here.value && !begins_sentence) return std::string_view::npos;
        t = wanted.end;
        at = here.end;
    }
    return at < text.size() && !is_word_boundary(character_before(text, at), character_at(text, at).value)
               ? std::string_view::npos
               : at;
}

} // namespace

std::string key_of_term(std::string_view term) { return "term:" + std::string(term); }
std::string anchor_of_term(std::string_view term) { return "term-" + id_slug(term); }

GlossaryTerms::GlossaryTerms(const std::vector<GlossaryEntry>& glossary) {
    std::set<std::string_view> terms;
    for (const GlossaryEntry& entry : glossary) terms.insert(entry.term);
    for (const GlossaryEntry& entry : glossary) {
        const bool has_long_form = terms.contains(entry.abbreviation_of);
        const std::string& explained = has_long_form ? entry.abbreviation_of : entry.term;
        const auto add = [&](std::string_view form) {
            const std::string words(trimmed(form));
            if (words.empty()) return;
            by_first_[without_case(character_at(words, 0).value)].push_back(
                {words, key_of_term(explained), anchor_of_term(explained)});
        };
        add(entry.term);
        for (const std::string& form : entry.forms) add(form);
    }
    for (auto& [first, all] : by_first_)
        std::ranges::stable_sort(all, [](const Term& a, const Term& b) { return a.words.size() > b.words.size(); });
}

std::optional<GlossaryTerms::Match> GlossaryTerms::find(std::string_view text, std::size_t from,
                                                        const std::set<std::string, std::less<>>& used) const {
    char32_t before = from == 0 ? U' ' : character_before(text, from);
    for (std::size_t at = from; at < text.size();) {
        const Character here = character_at(text, at);
        const auto terms = is_word_boundary(before, here.value) ? by_first_.find(without_case(here.value)) : by_first_.end();
        if (terms != by_first_.end())
            for (const Term& term : terms->second) {
                const std::size_t end = end_of_term(text, at, term.words);
                if (end == std::string_view::npos) continue;
                if (!used.contains(term.key) && !used.contains(term.anchor)) return Match{at, end, term.key};
                // A longer term that is linked already hides the shorter ones within it.
                at = end;
                break;
            }
        if (at >= text.size()) break;
        const Character now = character_at(text, at);
        before = now.value;
        at = now.end;
    }
    return std::nullopt;
}

} // namespace bifolio
