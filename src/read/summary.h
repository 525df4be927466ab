// summary.h: mdBook's SUMMARY.md: the order of a folder's articles, in parts.
// Spec  https://rust-lang.github.io/mdBook/format/summary.html. Nested chapters are taken in reading order.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/manuscript.h"

namespace bifolio {

struct Summary {
    std::string title; // its first heading; empty: none, or only “Summary” or “Contents”
    std::vector<PlannedPart> parts;
};
// Paths are as written, decoded; they have not been looked for.
Summary read_summary(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
