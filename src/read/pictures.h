// pictures.h: every picture that a manuscript names: found, read once, and named in its nodes by its path in the book.
//
// Paths      Relative to the file that names them, else to the book's folder. `%20` and the like are decoded, “?…” and “#…” cut
//            off where no file is called so. Nothing is fetched from a network.
// After it   Image::source, Portrait::file, BookPlan::cover and a clinic's logo are keys of Manuscript::resources.
#pragma once

#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "io/files.h"
#include "model/manuscript.h"

#include <filesystem>
#include <string_view>

namespace bifolio {

class SourceMap;

// `root`: the book's folder. `allow_missing`: a missing picture is a warning.
void read_pictures(Manuscript& manuscript, const std::filesystem::path& root, const Files& files, bool allow_missing,
                   const TaskPool& pool, const SourceMap& sources, Diagnostics& diagnostics);

// By the first bytes: image/png, image/jpeg, image/webp, image/svg+xml, image/gif, …; empty: unknown.
std::string_view sniff_media_type(std::string_view bytes);

} // namespace bifolio
