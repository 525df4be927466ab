// page_text.h: what each page shows, item by item of its marked content, before the structure tree orders it. Internal to this
// folder.
#pragma once

#include "base/task_pool.h"
#include "proof/found_pdf.h"
#include "verify/pdf_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

// Glyphs that are shown from one place to the right, as they stand there.
struct ShownRun {
    std::u32string characters;
    std::vector<std::uint32_t> glyph_begins; // only of text that may have to be turned
    bool begins_line = false;
    bool has_letter = false, runs_left = false; // has_letter: or a digit
    bool runs_right = false;
    bool is_spoken = false; // ActualText: in reading order
};

struct ContentItem {
    std::vector<ShownRun> runs;
    std::size_t drawn = 0;
    std::vector<ObjectId> objects;
    bool is_read = false;
};

struct PageText {
    ObjectId owner;
    std::vector<ContentItem> items; // by MCID
    FoundPage found;                // its artifacts not yet sorted
    std::u32string stray;
};

std::vector<PageText> read_page_texts(const PdfFile& file, const ReadingHints& hints, const TaskPool& pool);

} // namespace bifolio
