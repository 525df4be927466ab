// support.h: what tests of several folders need: golden files and the corpus of real input.
//
// Golden files: tests/golden/<stage>/<case>/expected.txt; with UPDATE_GOLDEN=1 in the environment they are rewritten.
// Corpus: third-party files beside the project. Where the folder is absent, a test that needs it prints SKIPPED and ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bifolio::test {

std::filesystem::path source_dir();                       // root of the project
std::string read_file(const std::filesystem::path& path); // throws std::runtime_error

// True when the corpus folder exists; otherwise prints the line that ctest counts as a skip.
bool has_corpus(std::string_view folder);
std::filesystem::path corpus(std::string_view folder); // e.g. corpus("markdown/commonmark/spec.txt")

// Compares with the golden file; the message names the first differing line.
void check_golden(const std::filesystem::path& expected_file, std::string_view actual);

} // namespace bifolio::test
