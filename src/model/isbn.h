// isbn.h: International Standard Book Numbers as people write them. ISO 2108.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

bool is_isbn(std::string_view text);            // 10 or 13 digits with a right check digit; hyphens and spaces
std::string isbn_digits(std::string_view text); // without hyphens and spaces: “9780306406157”, “080442957X”
std::string isbn_13(std::string_view text);     // 13 digits, of either form; empty: it is no ISBN
std::string isbn_urn(std::string_view text); // “urn:isbn:9780306406157”, in the form in which it is written; empty for empty

} // namespace bifolio
