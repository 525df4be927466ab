// codes.h: codes that more than one folder reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array base_codes{
    CodeInfo{"base.too-many", Severity::warning, "There were more messages than are shown.",
             "Mend the first ones and build again; many of the rest often have the same cause."},
};

} // namespace bifolio
