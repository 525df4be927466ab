#include "support/support.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace bifolio::test {

std::filesystem::path source_dir() { return BIFOLIO_SOURCE_DIR; }

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::filesystem::path corpus(std::string_view folder) { return std::filesystem::path(BIFOLIO_CORPUS_DIR) / folder; }

bool has_corpus(std::string_view folder) {
    if (std::filesystem::exists(corpus(folder))) return true;
    std::cout << "SKIPPED: the corpus folder " << folder << " is not here\n";
    return false;
}

void check_golden(const std::filesystem::path& expected_file, std::string_view actual) {
    if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string_view(update) == "1") {
        std::filesystem::create_directories(expected_file.parent_path());
        std::ofstream(expected_file, std::ios::binary) << actual;
    }
    INFO("golden file " << expected_file.string() << " (UPDATE_GOLDEN=1 rewrites it)");
    REQUIRE(std::filesystem::exists(expected_file));
    std::istringstream want(read_file(expected_file)), have{std::string(actual)};
    std::string want_line, have_line;
    for (int line = 1;; ++line) {
        const bool more_want = static_cast<bool>(std::getline(want, want_line));
        const bool more_have = static_cast<bool>(std::getline(have, have_line));
        INFO("line " << line);
        if (!more_want && !more_have) return;
        REQUIRE((more_have ? have_line : std::string("(end)")) == (more_want ? want_line : std::string("(end)")));
    }
}

} // namespace bifolio::test
