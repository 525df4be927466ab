// embedded_picture.h: the picture in a “data:” address. RFC 2397; base64 only, white space in it passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bifolio {

std::optional<std::string> embedded_picture(std::string_view href); // nullopt: no such address, or damaged

} // namespace bifolio
