// glossary_terms.h: where words of the text are terms of the glossary. Internal to this folder.
//
// Words      Whole words only, the longest term first. “Dopamine” at the beginning of a sentence is “dopamine”; a term that is
//            written with capitals (“NICE”) has them in the text too. Between its words any white space. Scripts that part no
//            words by spaces have terms anywhere.
// Forms      Other forms of a term are those that its entry names. None is guessed: “news” is no plural of “new”, nor “means” of
//            “mean”, and other languages inflect in ways that no short rule tells.
#pragma once

#include "model/manuscript.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

std::string key_of_term(std::string_view term);    // of Assembly::generated: “term:dopamine”, another for each term
std::string anchor_of_term(std::string_view term); // by which authors link to the entry: “term-dopamine”; Latin letters only

class GlossaryTerms {
public:
    GlossaryTerms() = default;
    explicit GlossaryTerms(const std::vector<GlossaryEntry>& glossary);

    bool empty() const { return by_first_.empty(); }

    struct Match {
        std::size_t begin = 0, end = 0; // bytes of the text
        std::string_view key;           // of the entry that explains it: an abbreviation's is that of its long form
    };
    // The first one from `from` on of which neither key nor anchor is among `used`.
    std::optional<Match> find(std::string_view text, std::size_t from, const std::set<std::string, std::less<>>& used) const;

private:
    struct Term {
        std::string words, key, anchor;
    };
    std::map<char32_t, std::vector<Term>> by_first_; // by the first character without case; longer ones first
};

} // namespace bifolio
