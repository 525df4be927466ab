// manifest.h: out/manifest.json: every input and output with its SHA-256, the allowances used, the diagnostics.
//
// A manifest names only files that are in place: outputs of editions that were not built this time are kept from the last
// manifest as long as their files are still the ones it names.
#pragma once

#include "app/settings.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "io/files.h"
#include "model/manuscript.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bifolio {

struct WrittenOutput {
    std::string edition;
    std::string path; // relative to the output folder, with “/”
    std::string sha256;
    std::uint64_t bytes = 0;
    std::size_t pages = 0; // of a PDF; 0: not a paged file
};

// `removed`: paths of the last build's files, relative to the output folder, that go when these come.
std::string manifest_text(const Manuscript& manuscript, const SourceMap& sources, const Diagnostics& diagnostics,
                          const std::vector<WrittenOutput>& outputs, const std::vector<std::string>& removed,
                          const Settings& settings, const Files& files);

} // namespace bifolio
