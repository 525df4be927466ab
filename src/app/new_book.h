// new_book.h: `bifolio new`: copies the template of a small book into a folder that is new or empty.
#pragma once

#include "app/settings.h"

namespace bifolio {

ExitCode make_new_book(const Settings& settings);

} // namespace bifolio
