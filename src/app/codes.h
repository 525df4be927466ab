// codes.h: what app reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array app_codes{
    CodeInfo{"app.web-run", Severity::error, "A web edition has one index page, so a book's cannot be made for each clinic.",
             "Leave `clinics` away, or make a page for each article (`each: article`)."},
    CodeInfo{"app.unmet-conformance", Severity::error, "An edition asks for a standard that its files do not claim.",
             "Ask for PDF/UA-1, PDF/A-2a or PDF/X-4, of an e-book for EPUB-A11Y-1.1, or take the standard away. PDF/A-2a needs "
             "the package icc-profiles-free."},
    CodeInfo{"app.press-profile", Severity::error, "The ICC profile of a press edition is missing or cannot be used.",
             "Put the printing house's profile into styles/profiles/ of the book; for the default run scripts/setup-profiles."},
    CodeInfo{"app.encrypted-standard", Severity::error, "An encrypted edition asks for a standard.",
             "PDF/A and PDF/X forbid encryption, and this program refuses it for PDF/UA: leave one of the two away."},
    CodeInfo{"app.cover-no-room", Severity::error, "The title has no room on the cover at any size.",
             "Give the cover a shorter one: `cover: {title: …}`; or say `cover: {design: none}`."},
    CodeInfo{"app.cover-illegible", Severity::warning, "The cover's title cannot be read 160 px wide, as shops show it.",
             "Give the cover a shorter title, or its letters a colour that stands out; docs/covers.md says how it is measured."},
    CodeInfo{"app.cover-size", Severity::warning, "The cover's picture is not of a size or shape that all bookshops take.",
             "Save it 1600 px wide and 2560 px high (inside a book for Apple 1400 × 2240)."},
    CodeInfo{"app.cover-colour", Severity::warning, "The cover's picture is in inks (CMYK); bookshops take RGB.",
             "Save it as RGB with a graphics program."},
    CodeInfo{"app.no-cover", Severity::error, "An edition asks for pictures of the cover, and the book has none.",
             "Write `cover: {design: plain}`, or name a picture."},
    CodeInfo{"app.no-rasteriser", Severity::error, "A cover cannot be made a JPEG or PNG: librsvg is missing.",
             "Install librsvg (Debian: librsvg2-2); or name a picture of your own."},
    CodeInfo{"app.missing-style", Severity::error, "A stylesheet that an edition names is not there.",
             "Correct the path in `styles:` of book.yaml; it is relative to the book's folder."},
    CodeInfo{"app.style-outside", Severity::error, "A stylesheet's path leads out of the book's folder.",
             "Copy the file into the book, for example to styles/."},
    CodeInfo{"app.unusable-font", Severity::error, "A font file cannot be read or may not be embedded.",
             "Use another font, or ask its maker for a licence that allows embedding."},
    CodeInfo{"app.unknown-edition", Severity::error, "There is no edition of that name in the plan.",
             "Use one of the names under `editions:` in book.yaml."},
    CodeInfo{"app.unproven", Severity::error, "A finished file does not keep the standard that it claims.",
             "The last good file stays. Correct what the message names; when it is not in the book, it is a fault of the "
             "program: please "
             "report it. `--no-proof` builds without looking."},
    CodeInfo{"app.unknown-profile", Severity::error, "A shop's profile is not there, or takes no format that the edition makes.",
             "Correct the name under `profiles:`, or put NAME.yaml into the book's folder profiles/."},
    CodeInfo{"app.retail-limit", Severity::error, "A finished file is beyond the limits of a shop or a printer.",
             "Do what the message says, or take the profile away. `bifolio schema profile` shows what a profile may hold."},
    CodeInfo{"app.price-without-supply", Severity::warning,
             "An edition has a price, and the plan does not say who supplies the book.",
             "Add `supply: {supplier: …, territory: …}` to book.yaml, or take the price away."},
    CodeInfo{"app.same-output", Severity::error, "Two books of one edition would be written to the same file.",
             "Give the articles different file names."},
};

} // namespace bifolio
