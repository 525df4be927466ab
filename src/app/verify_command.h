// verify_command.h: `bifolio verify`: finished files against the standards; `bifolio transcript`: what is read aloud of them.
#pragma once

#include "app/settings.h"
#include "verify/verify_pdf.h"

#include <string>

namespace bifolio {

ExitCode verify_files(const Settings& settings);
ExitCode show_transcripts(const Settings& settings); // `bifolio transcript`
std::string rule_list();                             // verify --rules

// The verdict on one file as people read it.
std::string verdict_text(const std::string& file, const PdfVerdict& verdict);

} // namespace bifolio
