// read_profile.h: a shop's or a printer's limits: a file of share/profiles or of a book's folder profiles/.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/retail_profile.h"

namespace bifolio {

RetailProfile read_profile(SourceId source, const SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
