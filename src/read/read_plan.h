// read_plan.h: book.yaml → BookPlan. Only the file itself is looked at, not what it names.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/manuscript.h"

namespace bifolio {

struct PlanReading {
    BookPlan plan;
    Located<std::string> people, notices, glossary; // the files it names; empty: the usual ones
    bool has_contents = false;
    bool has_language = false; // it names one, be it a wrong one, or cannot be read at all
};
PlanReading read_plan(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

// What is made when no plan says otherwise: an EPUB and a PDF.
Edition default_edition(std::string name, PageSize page);
PageSize paper_size(std::string_view name); // of paper_words

} // namespace bifolio
