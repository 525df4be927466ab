// clinic_table.h: clinics.csv as spreadsheets write it → one Clinic a row.
//
// Spec    RFC 4180, and what is found in the wild: “;” or tab between the cells, a line “sep=;”, a byte-order mark, lines that
//         end in any way, empty rows at the end.
// Fields  The column names in lower case, with “-” for spaces and “_”: “Opening hours” is {{clinic.opening-hours}}.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/manuscript.h"

#include <string_view>
#include <vector>

namespace bifolio {

struct CsvRow {
    std::vector<Located<std::string>> cells; // as written, without quotes; the place is with quotes
    Span where;
};
std::vector<CsvRow> read_csv(SourceId source, std::string_view text, Diagnostics& diagnostics);

std::vector<Clinic> read_clinics(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
