// telephone_numbers.h: finds the telephone numbers in a text.
//
// Why    A number of several groups keeps its order from left to right, also among words that run the other way; there bidi (UAX
//        #9) would set “020 7946 0018” as “0018 7946 020”. Ranges and dates do follow the line, so only what can be nothing else
//        is found.
// What   7 to 15 digits, western or Arabic, in groups parted by single spaces, hyphens, stops or brackets, that begin with “+”,
//        “0” or a bracket, or are written as in North America (3-3-4). One of the groups has three digits at least, or there are
//        five groups.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace bifolio {

struct TelephoneNumber {
    std::size_t begin = 0, end = 0; // bytes of the text
};

std::optional<TelephoneNumber> find_telephone_number(std::string_view text, std::size_t from);

} // namespace bifolio
