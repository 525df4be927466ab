// font_names.h: font families in the text of a stylesheet. Internal to this folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// “serif”, “monospace”, …: names that stand for whatever the machine has.
bool is_generic_family(std::string_view lower_case_name);

// Puts into every list of families (font-family, font): before a generic name the family that it stood for, behind the named
// families the fallbacks. `generic`: by lower-case name.
std::string with_font_names(const std::string& css, const std::map<std::string, std::string, std::less<>>& generic,
                            const std::vector<std::string>& fallbacks);

} // namespace bifolio
