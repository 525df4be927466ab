// break_lines.h: boxes, glue and penalties → lines. Knows no fonts.
//
// Knuth and Plass, “Breaking Paragraphs into Lines”, Software—Practice and Experience 11 (1981), with the refinements of
// TeX: The Program, part 38 (§813 ff.): badness in whole numbers, four fitness classes, tolerance passes, emergency stretch.
//
// Letters    Where the boxes say that their letters may be spaced, word spaces change by a tenth of their stretch at most as long
//            as letters can take the rest; beyond that bound the spaces take it.
// Units      Length. Badness, penalties and demerits are TeX's whole numbers, so every machine breaks alike.
// Time       Linear in the items for ordinary text (the active list stays short).
#pragma once

#include "base/length.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bifolio {

inline constexpr int infinite_penalty = 10'000; // never break here
inline constexpr int forced_break = -10'000;    // always break here

struct ParagraphItem {
    enum class Kind : std::uint8_t { box, glue, penalty };
    Kind kind = Kind::box;
    Length width;                   // of a penalty: what is added when the line ends here (a hyphen)
    Length stretch, shrink;         // of glue; of a box: what its letters may be spaced out or drawn together
    std::uint8_t stretch_order = 0; // 0 finite, 1 fil, 2 fill, 3 filll (TeX)
    int penalty = 0;
    // A hyphen: two in a row cost double_hyphen_demerits. With a width it is a hyphenation point (TeX's discretionary), which
    // the first pass does not use; without one it stands after a hyphen of the text, which the first pass uses.
    bool flagged = false;
    // Optical margins: of a box, how far it stands out of the margin when a line begins with it; of glue or a penalty, how far
    // what stands before the break (or its hyphen) stands out when the line ends there.
    Length hang{};
};

struct LineBreakSettings {
    int pretolerance = 100;
    int tolerance = 200;
    Length emergency_stretch;
    int line_penalty = 10;
    int adjacent_demerits = 10'000;
    int double_hyphen_demerits = 10'000;
    int final_hyphen_demerits = 5'000;
    bool no_final_hyphen = false; // the last full line ends in a hyphen only where no other way fits
    int hyphen_ladder_limit = 0;  // most flagged lines in a row; 0: no limit
    int looseness = 0;
    // A last line narrower than this costs runt_demerits (a word or two alone under a paragraph).
    Length runt_width;
    int runt_demerits = 0;
};

// Line `i` (from 0) begins at `indent` and is `width` long; the last entry holds for all later lines.
struct LineShape {
    Length indent, width;
};

struct BrokenLine {
    std::uint32_t begin = 0; // first item of the line (discardable items after the break before are skipped)
    std::uint32_t end = 0;   // the item at which it breaks (glue or penalty), or the number of items
    // Adjustment ratio r: glue is width + r × stretch (r > 0) or + r × shrink (r ≥ −1). 0 where infinite glue fills the line:
    // then finite glue keeps its width, and stretch_order says which glue takes the rest.
    double ratio = 0;
    std::uint8_t stretch_order = 0;
    bool hyphenated = false;
    bool overfull = false;
    Length natural_width;
    Length letter_space;         // what the line's letters take of the adjustment: below 0 they are drawn together
    Length hang_begin, hang_end; // how far the line stands out of its margins; part of neither width nor measure
};

struct BrokenParagraph {
    std::vector<BrokenLine> lines;
    std::int64_t demerits = 0;
    int pass = 0; // 1: pretolerance, 2: tolerance, 3: emergency stretch
};

// The items must end with glue of infinite stretch and a forced break, as in TeX; break_lines() adds nothing.
// Always gives lines: where nothing fits, the least bad overfull lines.
BrokenParagraph break_lines(std::span<const ParagraphItem> items, std::span<const LineShape> shape,
                            const LineBreakSettings& settings);

} // namespace bifolio
