// rules_ua1.cpp: the table of PDF/UA-1. ISO 14289-1; the numbers are those of the Matterhorn Protocol 1.1.
#include "verify/rules.h"

#include <algorithm>

namespace bifolio {

RuleFamily rules_of_pdf_ua_1() {
    return {"PDF/UA-1", {}, nullptr, [](std::span<const Standard> standards) {
                return std::ranges::find(standards, Standard::pdf_ua_1) != standards.end();
            }};
}

} // namespace bifolio
