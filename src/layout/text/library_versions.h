// library_versions.h: the libraries that decide how text is read and set, as they are at run time.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bifolio {

// By name, in a fixed order: “HarfBuzz” “10.2.0”.
std::vector<std::pair<std::string, std::string>> text_library_versions();

} // namespace bifolio
