// transcript.h: what a screen reader reads of a tagged PDF, in order and with roles, from the structure tree alone.
#pragma once

#include "verify/pdf_file.h"

#include <string>
#include <vector>

namespace bifolio {

struct TranscriptLine {
    int level = 0;
    std::string role; // “heading 2”, “paragraph”, “cell (Day, Dose)”; empty: the line above goes on
    std::string text; // with the inline roles marked by controls, for the functions below; may be empty: a list, a table
};

struct Transcript {
    std::string language; // of the document; empty: unknown
    std::string title;
    std::vector<TranscriptLine> lines;
    bool is_tagged = true; // false: there is nothing to read
};

Transcript read_transcript(const PdfFile& file, const TaskPool& pool);
std::string transcript_text(const Transcript& transcript); // with roles, indented
std::string spoken_text(const Transcript& transcript);     // the words alone, a line a block

} // namespace bifolio
