// default_fonts.h: the families that the distribution's font packages bring, and which of them serves which script.
#pragma once

#include "layout/text/fonts.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class FontKind { serif, sans, mono, symbol };

struct DefaultFace {
    std::string file;
    unsigned face_index = 0;
    int weight = 400;
    FontSlant slant = FontSlant::normal;
};

struct DefaultFamily {
    std::string name;
    FontKind kind = FontKind::serif;
    std::vector<DefaultFace> faces; // whether or not the files exist
};

// All default families, in a fixed order. Made once.
const std::vector<DefaultFamily>& default_families();

// The families of a generic name (“serif”, “sans-serif”, “monospace”, “system-ui”, “math”, …) in order of preference;
// empty for any other name.
std::vector<std::string> generic_families(std::string_view name);

// The families to try for a script (ISO 15924, “Arab”; “Zyyy” for symbols) in this language, best first.
std::vector<std::string> fallback_families(std::string_view script, std::string_view language, FontKind kind);

} // namespace bifolio
