// commands.h: what each command does. IoError and other failures of the surroundings are caught in main().
#pragma once

#include "app/settings.h"

#include <string>

namespace bifolio {

ExitCode run(const Settings& settings);
std::string error_table(); // docs/errors.md

} // namespace bifolio
