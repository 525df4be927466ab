// markdown_notes.h: what cmark drops: notes and link definitions that nothing refers to, and second definitions of one label.
//
// The method  cmark forgets a note that is not called. So paragraphs that call every label found at the beginning of some line
//             are laid before the text; they are taken away again afterwards. A note that is still missing (the second one of a
//             label; a label with marks in it that no call can name) gets a label of its own, and the text is parsed again.
#pragma once

#include "read/markdown_converter.h"
#include "read/reading.h"

#include <string>

namespace bifolio {

struct PreparedMarkdown {
    ParsedMarkdown parsed;
    Additions added;
};

PreparedMarkdown prepare_markdown(Reading& reading);

// After the conversion: link definitions that are unused or written twice.
void report_link_definitions(Reading& reading, const MarkdownConverter& converter);

} // namespace bifolio
