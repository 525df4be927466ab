// line_breaks.h: where a line of the paragraph may end. For layout/text only.
//
// Spec  UAX 14 by ICU, tailored by language; on top of it own rules, each with its reason in line_breaks.cpp: web addresses,
//       slashes between units, dashes, one-letter compounds, hyphenation.
#pragma once

#include "layout/text/itemise.h"

#include <vector>

namespace bifolio {

std::vector<BreakOpportunity> find_breaks(const Shaper& shaper, const ShapedText& text, const WideText& wide,
                                          const std::vector<StyledSpan>& spans, const std::vector<TextStyle>& styles);

} // namespace bifolio
