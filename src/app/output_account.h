// output_account.h: what a build knows of one output besides the file itself, for the certificate.
#pragma once

#include "base/ids.h"
#include "base/library_version.h"
#include "layout/text/fonts.h"
#include "model/manuscript.h"
#include "proof/stage_counts.h"
#include "style/styled_book.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

struct OutputAccount {
    StageCount assembled;
    std::optional<StageCount> laid_out; // of a PDF
    LayoutMoves moves;
    std::set<std::string> articles;   // paths, as in Manuscript::articles
    std::set<std::string> resources;  // paths of pictures, as in Manuscript::resources
    std::set<std::string> hyphenated; // languages whose words may be divided
    std::vector<FontId> fonts;        // that the file carries, of the edition's FontLibrary
};

// Everything but fonts. `styled` and `pages`: of a PDF.
void count_output(const Book& book, const StyledBook* styled, const Pages* pages, OutputAccount& account);

// A font that outputs carry, with the SHA-256 of its file.
struct EditionFont {
    FontIdentity facts;
    std::string sha256;
};

LibraryVersions all_library_versions(); // of what shapes the result

} // namespace bifolio
