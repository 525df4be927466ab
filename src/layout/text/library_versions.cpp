#include "layout/text/library_versions.h"

#include <hb.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

namespace bifolio {

LibraryVersions text_library_versions() {
    UVersionInfo numbers{};
    char icu[U_MAX_VERSION_STRING_LENGTH]{}, unicode[U_MAX_VERSION_STRING_LENGTH]{};
    u_getVersion(numbers);
    u_versionToString(numbers, icu);
    u_getUnicodeVersion(numbers);
    u_versionToString(numbers, unicode);
    return {{"HarfBuzz", hb_version_string()}, {"ICU", icu}, {"Unicode", unicode}};
}

} // namespace bifolio
