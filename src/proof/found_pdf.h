// found_pdf.h: what a PDF file says, read from its bytes: the text in the order of its structure tree, by its fonts' ToUnicode
// maps and its ActualText; the pictures with their alternative texts; and everything that is drawn beside the tree.
//
// Spec       ISO 32000-1, 9.10 (ToUnicode), 14.7, 14.8, 14.9.3 (Alt), 14.9.4 (ActualText).
#pragma once

#include "proof/expected_text.h"
#include "verify/structure.h"

#include <string>
#include <vector>

namespace bifolio {

struct FoundPicture {
    std::string alternative;
    std::uint32_t page = 0;
    std::size_t drawn = 0;           // how many pictures and forms are drawn for it
    std::vector<ObjectId> objects{}; // these, but for inline ones
};

struct FoundPage {
    std::vector<std::string> artifacts; // the text of each, as compared_text() has it, sorted; no printer's marks
    std::string unread;                 // text that is neither in the structure tree nor an artifact
    std::uint64_t sum = 0;              // sum_of() its text that is no artifact
    bool is_repeated = false;           // the same page object stands at a second place
    TextLooks looks;                    // of its text that is no artifact
    std::uint64_t drawn_words = 0;      // sum_of() the words in forms, each once
    std::string outside;                // text that begins beyond the page's edge
    std::string covered, clipped;       // text over which something is painted, or that is cut off; the first of it
    bool is_cover_known = true;         // false: more is painted over its text than can be looked at
    std::string misspoken;              // ActualText under which other letters are drawn
    std::string annotation;             // the kind of one that is no link or has a look of its own; empty: none
    std::vector<ObjectId> pictures;     // pictures and forms, as often as they are drawn; inline ones: 0
};

struct FoundPdf {
    TextStream text;
    std::vector<FoundPicture> pictures;
    std::vector<std::string> labels; // headings and what abbreviations stand for, as TextLabel has them; at TextStream::places
    std::vector<FoundPage> pages;
};

struct ReadingHints {
    bool turns_text = false;      // letters may be drawn against their own direction (unicode-bidi)
    bool ignores_colours = false; // they are inks
};
FoundPdf found_pdf(const PdfFile& file, const Structure& structure, const ReadingHints& hints, const TaskPool& pool);

} // namespace bifolio
