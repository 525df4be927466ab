// library_measures.h: lengths in ex, cap, ch and ic by the fonts of a FontLibrary.
#pragma once

#include "layout/text/fonts.h"
#include "style/font_measures.h"

namespace bifolio {

// What a style asks of the fonts.
FontRequest font_request(const ComputedStyle& style);

class LibraryMeasures final : public FontMeasures {
public:
    explicit LibraryMeasures(const FontLibrary& fonts) : fonts_(fonts) {} // `fonts` must outlive this
    FontMeasure of(const ComputedStyle& style) const override;

private:
    const FontLibrary& fonts_;
};

} // namespace bifolio
