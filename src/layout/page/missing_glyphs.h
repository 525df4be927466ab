// missing_glyphs.h: the characters that no font has: gathered while sections are laid out side by side, told once for each
// character and file.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "layout/text/fonts.h"

#include <compare>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace bifolio {

struct MissingGlyph {
    std::u32string cluster; // a character with all that belongs to it, or a sequence of emoji
    std::string word;       // in which it stands
    Span where;             // the node's place in its file; source 0: put in by the layout
    NodeId node = no_node;
    std::uint32_t at = 0;    // byte of the node's text
    bool in_drawing = false; // where no box can stand for it
};

class MissingGlyphs {
public:
    void add(MissingGlyph missing); // from any task; the same place again is no new one

    // An error for each; a warning where `allowed`. `sources`: to find the character in its line; nullptr: its node's place.
    void report(const Book& book, const FontLibrary& fonts, bool allowed, const SourceMap* sources,
                Diagnostics& diagnostics) const;

private:
    struct InOrder {
        bool operator()(const MissingGlyph& a, const MissingGlyph& b) const;
    };
    std::mutex mutex_;
    std::set<MissingGlyph, InOrder> all_; // by file, cluster and place, so the order is the same for any number of threads
};

} // namespace bifolio
