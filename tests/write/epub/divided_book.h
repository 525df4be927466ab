// divided_book.h: an e-book as it was written, with what tells whether its documents belong together.
#pragma once

#include "book_builder.h"

#include "write/epub/write_epub.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio::test {

struct Divided {
    Unpacked files;
    std::string archive, said;
    std::string text;                   // of all documents in the order of the spine, what the writer added or said again apart
    std::vector<std::string> documents; // names in the order of the spine
    std::string broken;                 // links that lead nowhere
    std::string faults;                 // documents that are too large, ids that occur twice
};

Divided divided(const Book& book, const PageList* pages = nullptr);
std::string sentence(int number); // of half a kilobyte, the same for the same number
std::string without_space(std::string_view text);
std::string words_of(const Book& book); // of its nodes, notes apart

} // namespace bifolio::test
