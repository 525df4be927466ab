// write_pdf.h: Pages (or Sheets of them) → a tagged PDF.
//
// Shape      PDF 1.7 (for a press 1.6), tagged, with outline, named destinations, page labels, XMP and an sRGB output intent.
//            Imposed sheets are tagged too: the structure tree keeps the book's order however the pages are folded.
// Errors     IoError from the sink, PdfError from libharu; what is wrong with the content (a damaged picture) to Diagnostics.
// Threads    Content streams are made and compressed in the pool; the bytes are the same for any number of threads.
// Spec       ISO 32000-1; ISO 14289-1 (PDF/UA-1); ISO 19005-2 (PDF/A-2).
#pragma once

#include "base/date.h"
#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "impose/impose.h"
#include "io/sink.h"
#include "layout/page/pages.h"
#include "layout/text/fonts.h"
#include "layout/text/shape.h"
#include "picture/colour_conversion.h"

#include <functional>
#include <string>

namespace bifolio {

struct PdfMemory;

// For a printing house: PDF/X-4 besides PDF/UA-1 and PDF/A-2a, in one file. It has no links: PDF/X-4 allows neither annotations
// within the bleed nor actions.
struct PressOptions {
    const PressColours* colours = nullptr; // of `profile`; borrowed for the call
    std::string profile;                   // ICC bytes of the output intent
    std::string condition, description;    // “FOGRA39”, “ISO Coated v2 300% (basICColor)”
    PressPlan plan;
    std::string file_name, edition_name;                // for the slug line
    const Shaper* shaper = nullptr;                     // sets the slug line; borrowed for the call
    std::function<Span(Colour, bool of_text)> place_of; // where the styles name a colour
};

struct PdfOptions {
    std::string producer;                // “bifolio 0.1.0”
    Date date{1980, 1, 1};               // of creation and change
    std::string srgb_profile;            // ICC bytes for the output intent; empty: no output intent, no PDF/A claim
    const Sheets* sheets = nullptr;      // imposed; borrowed for the call
    const PressOptions* press = nullptr; // borrowed for the call
    bool object_streams = true;          // false: the cross-reference table of PDF 1.4
    const PdfMemory* memory = nullptr;   // libharu's, for tests; borrowed for the call
    bool claims_standards = true;        // false: the file will be encrypted, which PDF/A and PDF/X forbid
};

// The faces that the file has, each once.
std::vector<FontId> write_pdf(const Pages& pages, const FontLibrary& fonts, const PdfOptions& options, const TaskPool& pool,
                              Sink& sink, Diagnostics& diagnostics);

} // namespace bifolio
