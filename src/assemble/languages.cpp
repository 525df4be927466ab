#include "assemble/languages.h"

#include "base/utf8.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <string>

namespace bifolio {

namespace {

constexpr std::array withdrawn{"bh", "in", "iw", "ji", "jw", "mo", "sh"}; // and still in the registry of BCP 47
// What programs write where code stands, and no language is called by.
constexpr std::array of_code{"asm", "ini", "jsx", "php", "sql", "svg", "vim", "vue", "zsh"};

template <std::size_t Count>
bool is_among(const std::array<const char*, Count>& codes, const std::string& code) {
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

bool may_be_language(std::string_view tag) {
    const std::string first = to_ascii_lower(tag.substr(0, tag.find_first_of("-_")));
    if (first.size() == 1) return true;
    if (first.size() == 3) return !is_among(of_code, first);
    if (first.size() != 2) return false;
    if (is_among(withdrawn, first)) return true;
    const char* const* known = uloc_getISOLanguages();
    while (*known && first != *known) ++known;
    return *known != nullptr;
}

} // namespace bifolio
