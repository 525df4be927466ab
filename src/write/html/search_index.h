// search_index.h: a search without a server: a small index in the page, and the script that looks into it. Internal to this
// folder.
#pragma once

#include "write/xhtml/addresses.h"

#include <string>
#include <string_view>

namespace bifolio {

// The field, hidden until the script shows it.
std::string search_field(std::string_view label);

// Titles, summaries, headings to h3 and keywords of all pages, and the script.
std::string search_script(const Book& book, const Addresses& addresses);

} // namespace bifolio
