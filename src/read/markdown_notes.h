// markdown_notes.h: what cmark drops: notes and link definitions that nothing refers to, and second definitions of one label.
//
// The method  cmark forgets a note that is not called. So a paragraph that calls every label found at the beginning of some line
// is
//             laid before the text; it is taken away again afterwards. A second note of one label gets a label of its own.
#pragma once

#include "read/markdown_converter.h"
#include "read/reading.h"

#include <string>

namespace bifolio {

struct PreparedMarkdown {
    std::string text; // what cmark reads
    int added_lines = 0, added_blocks = 0;
};

PreparedMarkdown prepare_markdown(Reading& reading);

// After the conversion: link definitions that are unused or written twice.
void report_link_definitions(Reading& reading, const MarkdownConverter& converter);

} // namespace bifolio
