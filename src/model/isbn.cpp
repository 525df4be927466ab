#include "model/isbn.h"

namespace bifolio {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

bool is_isbn(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (is_digit(c) || c == 'X' || c == 'x')
            digits += c;
        else if (c != '-' && c != ' ')
            return false;
    const std::size_t size = digits.size();
    if (size != 10 && size != 13) return false;
    int sum = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const bool is_ten = !is_digit(digits[i]);
        if (is_ten && (size == 13 || i != 9)) return false;
        const int digit = is_ten ? 10 : digits[i] - '0';
        sum += digit * (size == 10 ? 10 - static_cast<int>(i) : i % 2 == 0 ? 1 : 3);
    }
    return sum % (size == 10 ? 11 : 10) == 0;
}

std::string isbn_digits(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (is_digit(c) || c == 'X' || c == 'x') digits += c == 'x' ? 'X' : c;
    return digits;
}

std::string isbn_13(std::string_view text) {
    if (!is_isbn(text)) return {};
    std::string digits = isbn_digits(text);
    if (digits.size() == 13) return digits;
    digits = "978" + digits.substr(0, 9);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string isbn_urn(std::string_view text) {
    const std::string digits = isbn_digits(text);
    return digits.empty() ? digits : "urn:isbn:" + digits;
}

} // namespace bifolio
