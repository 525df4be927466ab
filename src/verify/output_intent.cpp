#include "verify/output_intent.h"

namespace bifolio {

std::vector<OutputIntent> output_intents(const PdfFile& file) {
    std::vector<OutputIntent> out;
    for (const PdfObject& one : file.catalog()["OutputIntents"].items()) {
        if (!one.is_dictionary()) continue;
        const PdfObject profile = one["DestOutputProfile"];
        out.push_back({one, std::string(one["S"].name()), profile, icc_header_of(profile)});
    }
    return out;
}

const OutputIntent* intent_of(const std::vector<OutputIntent>& intents, std::string_view subtype) {
    for (const OutputIntent& one : intents)
        if (one.subtype == subtype) return &one;
    return nullptr;
}

bool serves(const OutputIntent* intent, DeviceSpace space) {
    const int components = intent ? intent->header.components() : 0;
    return space == DeviceSpace::grey ? components != 0 : components == (space == DeviceSpace::rgb ? 3 : 4);
}

bool is_rendering_intent(std::string_view name) {
    return name == "RelativeColorimetric" || name == "AbsoluteColorimetric" || name == "Perceptual" || name == "Saturation";
}

} // namespace bifolio
