// source_map.h: every source text of a run, so that a diagnostic can quote the author's line.
//
// Ownership  The map owns paths and texts. It only grows and lives to the end of the run, so views into it stay good.
// Threads    add() must not run beside any other call; reading is free for all.
#pragma once

#include "base/ids.h"

#include <deque>
#include <string>
#include <string_view>

namespace bifolio {

class SourceMap {
public:
    SourceMap(); // source 0 is “no file”: for diagnostics without a place

    SourceId add(std::string path, std::string text);
    std::string_view path(SourceId id) const; // as shown to people: relative to the book where possible
    std::string_view text(SourceId id) const;
    std::size_t size() const { return files_.size(); }

private:
    struct File {
        std::string path, text;
    };
    std::deque<File> files_; // a deque: growing never moves a text
};

} // namespace bifolio
