// predefined_counter_styles.h: the styles every stylesheet may name (CSS Counter Styles 3 §6 and §7).
#pragma once

#include "style/counter_style.h"

namespace bifolio {

std::optional<CounterDefinition> predefined_counter_style(std::string_view lower_name);

} // namespace bifolio
