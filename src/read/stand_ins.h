// stand_ins.h: letters that hide from cmark while it reads, and are themselves again in every literal that comes back.
//
// Why     cmark-gfm 0.29 takes more than linear time for some inputs (rows of very many cells, deep lists, brackets among very
//         much emphasis), and reads comments by an older rule. What must not act as markup is replaced, byte for byte, by a
//         control character; the source itself holds none (SourceText sees to it).
#pragma once

#include <array>
#include <string_view>

namespace bifolio {

inline constexpr std::string_view hidden_letters = "|-[>*+.)<";

constexpr char stand_in_for(char letter) { return static_cast<char>(0x10 + hidden_letters.find(letter)); }
constexpr char without_stand_in(char c) {
    const auto code = static_cast<unsigned char>(c);
    return code >= 0x10 && code < 0x10 + hidden_letters.size() ? hidden_letters[code - 0x10u] : c;
}

} // namespace bifolio
