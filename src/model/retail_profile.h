// retail_profile.h: what a shop or a printer takes: limits, each with its source. Data of share/profiles/*.yaml.
#pragma once

#include "base/date.h"
#include "base/diagnostics.h"
#include "base/length.h"

#include <optional>
#include <string>
#include <vector>

namespace bifolio {

enum class LimitedThing : std::uint8_t {
    // e-books
    file_kilobytes,
    document_kilobytes, // of each XHTML document
    picture_pixels,     // width × height of each picture but the cover
    picture_kilobytes,  // of each picture but the cover
    picture_colours,    // RGB or gray, never CMYK
    cover,              // there is one, and it is no drawing
    cover_width,        // pixels
    cover_height,
    cover_pixels, // width × height
    cover_kilobytes,
    cover_proportion, // height in per cent of the width
    isbn,             // as dc:identifier
    metadata,         // what `needs` names
    page_list,        // pages of a print edition
    // print
    pages,
    bleed,        // at least so far, where colour reaches the edge of a page
    gutter,       // between the binding and the text
    outer_margin, // between the other edges and the text
    marks,        // none beyond the page
    single_pages, // no spreads
    encryption,   // none
};

constexpr bool is_of_cover_size(LimitedThing what) {
    return what >= LimitedThing::cover_width && what <= LimitedThing::cover_proportion;
}

struct RetailLimit {
    LimitedThing what{};
    Severity severity = Severity::error;
    std::optional<int> least, ideal, most;
    std::optional<Length> length;   // of bleed, gutter, outer margin
    std::optional<int> up_to_pages; // the limit is for books of at most so many
    bool with_bleed = false;        // … and for those with colour up to the edge of a page
    std::vector<std::string> needs; // of metadata: “dc:title”
    std::string source, cure;
    std::optional<Date> checked; // when somebody last read the source
    Span where;
};

enum class RetailKind : std::uint8_t { e_book, print };

struct RetailProfile {
    std::string name; // “Apple Books”
    RetailKind kind = RetailKind::e_book;
    std::vector<RetailLimit> limits;
};

} // namespace bifolio
