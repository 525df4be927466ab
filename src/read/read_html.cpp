#include "read/read_html.h"

#include "read/html_fragment.h"

namespace bifolio {

Blocks read_html(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics) {
    Reading reading(source, options, diagnostics);
    HtmlFragment fragment(reading, true);
    OffsetMap same;
    same.add(0, 0);
    fragment.add_html(reading.source().text(), same);
    return fragment.take_blocks(0);
}

} // namespace bifolio
