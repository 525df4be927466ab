// languages.h: which language tags can be those of a language.
#pragma once

#include <string_view>

namespace bifolio {

// Whether the first subtag of a BCP 47 tag can be a language's. Every code of two letters is known, most combinations of three
// are languages, and none of more than three has been registered; “x-…” and “i-…” are names of people's own.
bool may_be_language(std::string_view tag);

} // namespace bifolio
