// paragraph_items.h: shaped text → the boxes, glue and penalties that break_lines() takes.
//
// Justified text has TeX's interword glue (a half more, a third less); ragged text is set by the same optimiser with glue of
// limited stretch at each line's end (Knuth and Plass 1981, “Ragged-right margins”). In justified text boxes and breaks carry
// what hangs out of the margins there, and boxes the room that their letters give.
#pragma once

#include "layout/page/inline_content.h"
#include "layout/paragraph/break_lines.h"

#include <cstdint>
#include <vector>

namespace bifolio {

inline constexpr int emergency_break = 5'000; // inside a word that is wider than the line
inline constexpr int leader_penalty = 4'000;  // before a leader: only where the line has no room for it and what follows it

struct ParagraphItems {
    std::vector<ParagraphItem> items;
    std::vector<std::uint32_t> bytes; // of each item: where it begins in the text
    std::vector<Length> letters;      // scratch, by byte: the sizes of all letters before it that may be spaced
};

// Which margins the lines are flush with: both, that where they begin or that where they end, none.
enum class Margins : std::uint8_t { justified, ragged_end, ragged_start, centred };

// How far letters may stand out of the column where a line begins and where it ends.
struct HangRoom {
    Length begin, end;
};

// Widths of the text by byte: measure[i] is the width of all clusters that begin before byte i, edges of inline boxes
// and atoms included.
void measure_text(const InlineContent& content, std::vector<Length>& measure);

// Words wider than `narrowest` may be broken between any two characters.
void make_paragraph_items(const LayoutContext& context, const InlineContent& content, const std::vector<Length>& measure,
                          Margins margins, Length narrowest, ParagraphItems& out, HangRoom room = {});

struct ContentWidths {
    Length least, most; // the widest unbreakable part, the widest line if only forced breaks were taken
};
ContentWidths content_widths(const ParagraphItems& items);

} // namespace bifolio
