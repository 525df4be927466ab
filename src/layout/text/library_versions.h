// library_versions.h: the libraries that decide how text is shaped and where it may break.
#pragma once

#include "base/library_version.h"

namespace bifolio {

LibraryVersions text_library_versions();

} // namespace bifolio
