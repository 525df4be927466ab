// paths.h: paths as people write them in plans, links and summaries.
#pragma once

#include "io/files.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

std::string percent_decoded(std::string_view text); // “my%20file.md” → “my file.md”

// “articles/./a.md” → “articles/a.md”; with “/”.
std::string normal_path(std::string_view path);

// What the author may have meant by a path that leads nowhere: the hints of a diagnostic. `path` is relative to `root`.
std::vector<std::string> hints_for_missing(const std::filesystem::path& root, std::string_view path, const Files& files);

// “chapter 2” before “chapter 10”; upper and lower case together; equal names by bytes.
bool comes_before_by_name(std::string_view a, std::string_view b);

} // namespace bifolio
