// page_selector.h: @page selectors and the names of margin boxes (Paged Media 3 §4.3, §6.4).
#pragma once

#include "style/stylesheet.h"

namespace bifolio {

std::optional<std::vector<PageSelector>> parse_page_selectors(const ComponentValues& prelude); // nullopt: not selectors
std::optional<MarginBox> margin_box_named(std::string_view lower_name);                        // “top-left”
std::vector<std::string> margin_box_names();

} // namespace bifolio
