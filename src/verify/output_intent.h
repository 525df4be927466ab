// output_intent.h: what the colours of a file are meant for. ISO 32000-1, 14.11.5.
#pragma once

#include "verify/drawn.h"
#include "verify/icc_profile.h"

#include <optional>
#include <string>
#include <vector>

namespace bifolio {

struct OutputIntent {
    PdfObject object;
    std::string subtype; // “GTS_PDFA1”, “GTS_PDFX”
    PdfObject profile;   // null: none
    IccHeader header;    // of the profile
};
std::vector<OutputIntent> output_intents(const PdfFile& file);
// The first of a subtype; nullptr: none.
const OutputIntent* intent_of(const std::vector<OutputIntent>& intents, std::string_view subtype);
// Whether a device colour means something for devices of this intent: greys for any, other colours for their own kind.
bool serves(const OutputIntent* intent, DeviceSpace space);

bool is_rendering_intent(std::string_view name); // ISO 32000-1, table 70

} // namespace bifolio
