// e_book_facts.h: what a shop looks at in a finished EPUB, read from its bytes.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct EBookFacts {
    struct Document {
        std::string path; // in the archive
        std::uint64_t bytes = 0;
    };
    struct Picture {
        std::string path;
        std::uint32_t width = 0, height = 0; // pixels; of a drawing 0
        bool is_drawing = false, is_cmyk = false;
        std::uint64_t bytes = 0;
    };
    std::uint64_t bytes = 0;         // of the archive
    std::vector<Document> documents; // XHTML
    std::vector<Picture> pictures;   // without the cover
    std::vector<Picture> cover;      // one, or none
    std::vector<std::string> isbns;  // among the identifiers
    std::set<std::string> metadata;  // names of what the package says: “dc:title”, “schema:accessMode”
    bool has_page_list = false;
};

// IoError: the archive or its package cannot be read.
EBookFacts e_book_facts(std::string bytes);

} // namespace bifolio
