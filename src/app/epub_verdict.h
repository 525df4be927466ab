// epub_verdict.h: the verdict on an EPUB file as people and programs read it.
#pragma once

#include "verify/epub/verify_epub.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace bifolio {

std::string verdict_text(const std::string& file, const EpubVerdict& verdict);
nlohmann::ordered_json verdict_as_json(const std::string& file, const EpubVerdict& verdict);
std::string epub_rule_list(); // what `verify --rules` says of EPUB

} // namespace bifolio
