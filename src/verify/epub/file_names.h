// file_names.h: which names a file in a container may have. EPUB 3.3 §4.2.2.
#pragma once

#include "verify/epub/epub_findings.h"

#include <string>
#include <string_view>

namespace bifolio {

// Reports EPUB PKG-009, -010, -011, -012. `path` is valid UTF-8.
void judge_file_name(std::string_view path, const Reporter& report);

// Equal for names that EPUB takes for the same: canonical composition and full case folding of Unicode.
std::string folded_name(std::string_view path);

std::string composed(std::string_view path); // Unicode's canonical composition (NFC): how names are compared

} // namespace bifolio
