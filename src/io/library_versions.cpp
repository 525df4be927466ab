#include "io/library_versions.h"

#include <libdeflate.h>
#include <zip.h>

namespace bifolio {

LibraryVersions io_library_versions() {
    return {{"libzip", zip_libzip_version()}, {"libdeflate", LIBDEFLATE_VERSION_STRING}};
}

} // namespace bifolio
