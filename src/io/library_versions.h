// library_versions.h: the libraries that pack and compress.
#pragma once

#include "base/library_version.h"

namespace bifolio {

LibraryVersions io_library_versions();

} // namespace bifolio
