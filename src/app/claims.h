// claims.h: what --report says of a finished e-book: its accessibility claims, made or left out, why, and what speaks against
// them; and what of the book's styles it does not have.
#pragma once

#include "app/report.h"
#include "model/manuscript.h"
#include "style/apply_styles.h"
#include "write/epub/write_epub.h"

#include <string>

namespace bifolio {

void report_claims(const std::string& file, const Edition& edition, const WrittenEpub& written, Report& report);

void report_screen_styles(const Edition& edition, const std::vector<ScreenChange>& changes, Report& report);

// An edition that asks for EPUB Accessibility does not get an e-book that cannot claim it.
void require_conformity(const Edition& edition, const WrittenEpub& written, Diagnostics& diagnostics);

} // namespace bifolio
