// library_versions.h: the libraries that write PDF files.
#pragma once

#include "base/library_version.h"

namespace bifolio {

LibraryVersions pdf_library_versions();

} // namespace bifolio
