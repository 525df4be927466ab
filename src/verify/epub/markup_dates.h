// markup_dates.h: the values of datetime. HTML Standard, “Dates and times”.
#pragma once

#include <string_view>

namespace bifolio {

bool is_html_date_or_time(std::string_view text);       // of time: also months, weeks, years, zones, durations
bool is_html_date_optional_time(std::string_view text); // of ins, del

} // namespace bifolio
