// library_versions.h: the libraries that decode pictures and convert colours.
#pragma once

#include "base/library_version.h"

namespace bifolio {

LibraryVersions picture_library_versions();

} // namespace bifolio
