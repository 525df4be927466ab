// xmp_dates.h: dates of the information dictionary (ISO 32000-1, 7.9.4) beside those of the metadata (ISO 8601).
#pragma once

#include <string_view>

namespace bifolio {

// “D:20260102030405+01'00'” and “2026-01-02T02:04:05Z” are the same moment. Where one of them says less, only that is compared.
bool same_moment(std::string_view of_information, std::string_view of_metadata);

} // namespace bifolio
