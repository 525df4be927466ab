// command_line.h: arguments → Settings.
#pragma once

#include "app/settings.h"

#include <variant>

namespace bifolio {

// Settings, or the exit code after help, the version or a usage error has been printed.
std::variant<Settings, ExitCode> read_command_line(int argc, const char* const* argv);

} // namespace bifolio
