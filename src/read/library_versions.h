// library_versions.h: the libraries that read what people wrote.
#pragma once

#include "base/library_version.h"

namespace bifolio {

LibraryVersions reading_library_versions();

} // namespace bifolio
