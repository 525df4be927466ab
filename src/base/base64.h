// base64.h: bytes as letters. RFC 4648, section 4.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

std::string base64(std::string_view bytes); // in one line, with padding

} // namespace bifolio
