// text_digest.h: SHA-256 of a text that comes character by character, in pieces: a book's text need not be in memory once more.
// Internal to this folder.
#pragma once

#include "io/digest.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bifolio {

class TextDigest {
public:
    // `gap`: one space before it, but not before the first.
    void add(char32_t c, bool gap) {
        if (used_ + most_of_one > bytes_.size()) flush();
        if (gap && has_begun_) bytes_[used_++] = ' ';
        has_begun_ = true;
        if (c < 0x80)
            bytes_[used_++] = static_cast<char>(c);
        else
            add_other(c);
    }
    void add_line(std::string_view text); // a line end and the text
    std::string hex();                    // of all; nothing is added then

private:
    static constexpr std::size_t most_of_one = 5; // a space and four bytes
    void flush();
    void add_other(char32_t c);
    Sha256 sha256_;
    std::array<char, 16 << 10> bytes_;
    std::size_t used_ = 0;
    bool has_begun_ = false;
};

} // namespace bifolio
