// folder_order.h: which articles a folder holds and in which order, where no plan says so.
//
// Rule   SUMMARY.md, where there is one. Else the articles of the folder by name (README and index first, “2” before “10”), then
//        those of each of its folders in the same way; not deeper. Plain text files count only when they are all there is.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "io/files.h"
#include "model/manuscript.h"

#include <filesystem>

namespace bifolio {

struct FolderOrder {
    std::string title; // from SUMMARY.md; empty: none
    std::vector<PlannedPart> parts;
};
FolderOrder order_of_folder(const std::filesystem::path& root, const Files& files, SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
