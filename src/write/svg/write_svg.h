// write_svg.h: one Page → SVG, for previews, covers and reports.
//
// Shape      One svg element in CSS px (1/96 inch), as large as the page, or with its bleed. Letters are paths: each distinct
//            glyph and picture stands once in <defs>, so the file needs no font and looks the same everywhere.
// Words      role="img" with <title> and <desc>: what the caller says the page is. The letters themselves say nothing.
// Pictures   JPEG and PNG upright and without metadata; those in inks or WebP as PNG; drawings as their commands.
// Errors     A picture that cannot be decoded: to Diagnostics; nothing is drawn for it.
// Threads    May be called from several threads; the bytes follow from the page alone.
// Spec       SVG 1.1 (xlink:href, for old reading systems too), SVG 2 where they agree; SVG Accessibility API Mappings 1.0.
#pragma once

#include "base/diagnostics.h"
#include "base/ids.h"
#include "layout/page/pages.h"
#include "layout/text/fonts.h"

#include <cstdint>
#include <string>

namespace bifolio {

enum class SvgExtent : std::uint8_t { trim, bleed };

struct SvgOptions {
    std::string title, description; // for those who do not see it; an empty description is left out
    std::string language;           // BCP 47, of the two
    SvgExtent extent = SvgExtent::trim;
};

// `fonts` is the library that the pages were made with.
std::string write_svg(const Pages& pages, PageIndex page, const FontLibrary& fonts, const SvgOptions& options,
                      Diagnostics& diagnostics);

} // namespace bifolio
