// schema.h: JSON Schemas (draft 2020-12) for the YAML files, made from the same table of keys that the reader checks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

std::vector<std::string_view> schema_kinds(); // “book”, “people”, “notices”, “glossary”, “profile”, “front-matter”
std::string json_schema(std::string_view file_kind); // one of schema_kinds(); ends with a newline

} // namespace bifolio
