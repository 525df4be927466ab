// cover_legibility.h: whether the title on a cover can be read where shops show it: as a picture 160 px wide.
//
// Height     Of capital letters (the face's cap height) in scripts that have them: Latin, Greek, Cyrillic and their like;
//            elsewhere the mean ink height of the taller half of the letters. The line's em box would be kinder, and would say
//            less.
// Contrast   WCAG 2.2's ratio of the letters' colour and what lies behind them; the least of all places.
#pragma once

#include "layout/page/pages.h"
#include "layout/text/fonts.h"

#include <optional>
#include <string_view>

namespace bifolio {

inline constexpr double thumbnail_width = 160, least_title_height = 12, least_title_contrast = 4.5; // px, px, ratio

struct TitleLegibility {
    double height = 0;        // px at thumbnail_width; 0: there are no letters
    double contrast = 1;      // 1 to 21
    Length top, bottom;       // of its lines on the page, from the first line's ascenders to the last baseline
    double shortest_line = 1; // as a share of the longest
    bool is_legible() const { return height >= least_title_height && contrast >= least_title_contrast; }
};

// Of the text in elements of this class on a page without pictures behind it.
TitleLegibility title_legibility(const Pages& pages, PageIndex page, const FontLibrary& fonts, std::string_view title_class);

// The largest text of a drawing that fills the page, as it stands on a thumbnail.
struct DrawnText {
    double height = 0; // px at thumbnail_width
    Colour colour;
    double left = 0, top = 0, right = 0, bottom = 0; // px at thumbnail_width
};
std::optional<DrawnText> largest_text(const Pages& pages, PageIndex page, const FontLibrary& fonts);
// Against the pixels behind it; the palest tenth of them is not looked at, for letters leave most of their box free.
double least_contrast(const DrawnText& text, const RasterPicture& thumbnail);

// Height of a run's letters, in fractions of its size.
double letter_height(const GlyphRun& run, const FontLibrary& fonts);

} // namespace bifolio
