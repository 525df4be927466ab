#include "base/source_map.h"

#include <cassert>
#include <utility>

namespace bifolio {

SourceMap::SourceMap() { files_.push_back({}); }

SourceId SourceMap::add(std::string path, std::string text) {
    files_.push_back({std::move(path), std::move(text)});
    return SourceId{static_cast<std::uint32_t>(files_.size() - 1)};
}

std::string_view SourceMap::path(SourceId id) const {
    assert(index(id) < files_.size());
    return files_[index(id)].path;
}

std::string_view SourceMap::text(SourceId id) const {
    assert(index(id) < files_.size());
    return files_[index(id)].text;
}

} // namespace bifolio
