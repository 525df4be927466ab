// claims.h: the accessibility claims of a finished e-book, for --report: made or left out, why, and what speaks against them.
#pragma once

#include "app/report.h"
#include "model/manuscript.h"
#include "write/epub/write_epub.h"

#include <string>

namespace bifolio {

void report_claims(const std::string& file, const Edition& edition, const WrittenEpub& written, Report& report);

} // namespace bifolio
