// write_pdf.h: Pages (or Sheets of them) → a tagged PDF.
//
// Shape      PDF 1.7, tagged, with outline, named destinations, page labels, XMP and an sRGB output intent. Imposed sheets are
// tagged too:
//            the structure tree keeps the book's order however the pages are folded.
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

#include <string>

namespace bifolio {

struct PdfOptions {
    std::string producer;           // “bifolio 0.1.0”
    Date date{1980, 1, 1};          // of creation and change
    std::string srgb_profile;       // ICC bytes for the output intent; empty: no output intent, no PDF/A claim
    const Sheets* sheets = nullptr; // imposed; borrowed for the call
};

void write_pdf(const Pages& pages, const FontLibrary& fonts, const PdfOptions& options, const TaskPool& pool, Sink& sink,
               Diagnostics& diagnostics);

} // namespace bifolio
