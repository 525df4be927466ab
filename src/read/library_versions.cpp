#include "read/library_versions.h"

#include <cmark-gfm.h>

namespace bifolio {

LibraryVersions reading_library_versions() {
    return {{"cmark-gfm", cmark_version_string()}, {"gumbo", BIFOLIO_GUMBO_VERSION}, {"yaml-cpp", BIFOLIO_YAML_VERSION}};
}

} // namespace bifolio
