// edition_inputs.h: everything that shapes an edition, with the SHA-256 of each: the plan and its registers, the edition's articles,
// styles, pictures, colour profiles.
//
// Paths      As people know them: relative to the book's folder; the program's own as “bifolio:styles/print.css”. So they are the
//            same wherever the book lies.
// Digest     Of a text as it was read: UTF-8 without a byte order mark, “\n” at line ends. Of anything else, of its bytes.
#pragma once

#include "app/edition_builder.h"
#include "base/source_map.h"
#include "model/manuscript.h"

#include <string>
#include <vector>

namespace bifolio {

struct EditionInput {
    std::string path, sha256;
    auto operator<=>(const EditionInput&) const = default;
};

// `read_sources`: how many the SourceMap had when the manuscript was read. By path.
std::vector<EditionInput> edition_inputs(const BuildContext& context, const Edition& edition, const EditionBuilder& builder,
                                         const std::vector<BuiltFile>& files, std::size_t read_sources);

} // namespace bifolio
