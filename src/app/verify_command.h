// verify_command.h: `bifolio verify`: finished files against the standards.
#pragma once

#include "app/settings.h"
#include "verify/verify_pdf.h"

#include <string>

namespace bifolio {

ExitCode verify_files(const Settings& settings);
std::string rule_list(); // verify --rules

// The verdict on one file as people read it.
std::string verdict_text(const std::string& file, const PdfVerdict& verdict);

} // namespace bifolio
