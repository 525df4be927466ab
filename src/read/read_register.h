// read_register.h: people.yaml, notices.yaml, glossary.yaml → what they register.
// Errors  To Diagnostics, all of a file; what is not wrong is kept.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/manuscript.h"

namespace bifolio {

std::map<std::string, Person> read_people(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);
std::map<std::string, Notice> read_notices(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

// An entry with an abbreviation gives two: the term with its definition, and the short form with what it stands for.
std::vector<GlossaryEntry> read_glossary(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
