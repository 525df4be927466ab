// text_measure.h: how wide any stretch of a shaped paragraph is, in constant time.
//
// Cost   One pass over the glyphs to make, eight bytes for each byte of the text; make it once a paragraph.
// Exact  For stretches whose ends are cluster boundaries it is the sum of the advances. Inside a cluster (a ligature) the
//        advance is shared out evenly among the cluster's graphemes.
#pragma once

#include "layout/text/shape.h"

#include <vector>

namespace bifolio {

class TextMeasure {
public:
    explicit TextMeasure(const ShapedText& shaped);
    // The bytes [begin, end) of the text, in logical order.
    Length advance(std::uint32_t begin, std::uint32_t end) const { return before_[end] - before_[begin]; }
    // From the begin of the text to `at`.
    Length before(std::uint32_t at) const { return before_[at]; }

private:
    std::vector<Length> before_; // by byte, and the end
};

} // namespace bifolio
