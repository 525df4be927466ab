// claims.h: the accessibility claims of a finished e-book, for --report: made or left out, why, and what speaks against them.
#pragma once

#include "app/report.h"
#include "model/manuscript.h"
#include "write/epub/write_epub.h"

#include <string>

namespace bifolio {

void report_claims(const std::string& file, const Edition& edition, const WrittenEpub& written, Report& report);

// An edition that asks for EPUB Accessibility does not get an e-book that cannot claim it.
void require_conformity(const Edition& edition, const WrittenEpub& written, Diagnostics& diagnostics);

} // namespace bifolio
