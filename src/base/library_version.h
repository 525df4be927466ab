// library_version.h: a library that the program uses, as it is at run time.
#pragma once

#include <string>
#include <vector>

namespace bifolio {

struct LibraryVersion {
    std::string name, version; // “HarfBuzz” “10.2.0”
};
using LibraryVersions = std::vector<LibraryVersion>; // of one folder, in a fixed order

} // namespace bifolio
