// rules.h: what a set of rules is, and what it reads. A standard is one family: a table of rules and the functions that look.
//
// To add     A file rules_<family>_*.cpp with functions DocumentCheck (the whole file at once) and, where the pages' content
//            matters, a class ContentRules (one for some pages, on any thread); a table of ConformanceRule; a function that
//            returns the RuleFamily, named in rules.cpp. No family knows another.
// Reporting  Findings::add("A2 6.2.3-1", "…", where, page): the number must stand in the family's table (a test sees to it).
#pragma once

#include "verify/content_reader.h"
#include "verify/drawn.h"
#include "verify/findings.h"
#include "verify/font_uses.h"
#include "verify/structure.h"
#include "verify/xmp.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class Standard { pdf_ua_1, pdf_a_2a, pdf_a_2u, pdf_a_2b, pdf_x_4 };
inline constexpr Standard all_standards[]{Standard::pdf_ua_1, Standard::pdf_a_2a, Standard::pdf_a_2u, Standard::pdf_a_2b,
                                          Standard::pdf_x_4};
bool is_checked(Standard standard);                           // whether there are rules for it
std::string_view name_of(Standard standard);                  // “PDF/UA-1”
std::optional<Standard> standard_of(std::string_view option); // “pdf/ua-1”, any case

// A file with everything that is read from it once. Borrowed by the rules for one call.
struct Examined {
    const PdfFile& file;
    const Structure& structure;
    const Xmp& xmp;
    std::span<const UsedFont> fonts; // empty while the content is read
    std::span<const Standard> standards;
    const Drawn& drawn; // empty while the content is read, and where no standard asks for it
    bool is_held_to(Standard standard) const;
};

using DocumentCheck = void (*)(const Examined&, Findings&);

struct ConformanceRule {
    std::string_view number;         // “UA1 14-003”
    std::string_view title;          // what is wrong, in a phrase
    std::string_view cure;           // what to do, in a sentence
    DocumentCheck check = nullptr;   // several rules may share one; nullptr: the family's ContentRules looks
    std::string_view unchecked = {}; // why no machine can tell, or why it is not done; empty: it is checked
    std::string_view levels = {};    // of PDF/A, of “abu”, to which it belongs; empty: to all of the family
};

// Watches the content of some pages. The runner makes one for each stretch of pages and appends them in their order.
class ContentRules : public ContentObserver {
public:
    virtual void append(ContentRules& later) = 0; // of the same type
    virtual Findings finish(const Examined&) = 0; // after all pages
};

struct RuleFamily {
    std::string_view name; // “PDF/UA-1”, as `verify --rules` heads the table
    std::span<const ConformanceRule> rules;
    std::unique_ptr<ContentRules> (*content)(const Examined&) = nullptr;
    bool (*applies)(std::span<const Standard>) = nullptr; // nullptr: to every file
    bool asks_what_is_drawn = false;                      // Examined::drawn
};

const std::vector<RuleFamily>& rule_families();
const ConformanceRule* find_rule(std::string_view number);

// The families.
RuleFamily rules_of_pdf(); // what holds for any file: rules_pdf.cpp
RuleFamily rules_of_pdf_ua_1();
RuleFamily rules_of_pdf_a_2(); // levels a, u and b
RuleFamily rules_of_pdf_x_4();

} // namespace bifolio
