// package.h: the package document and what leads to it (EPUB 3.3, 5 and 4.2.6). Internal to this folder.
#pragma once

#include "write/epub/accessibility.h"
#include "write/epub/section_document.h"
#include "write/epub/write_epub.h"

#include <string>

namespace bifolio {

std::string container_document();

std::string package_document(const EbookPublication& publication, const EpubOptions& options,
                             const AccessibilityMetadata& accessibility);

} // namespace bifolio
