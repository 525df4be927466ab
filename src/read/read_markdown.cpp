#include "read/read_markdown.h"

#include "base/utf8.h"
#include "read/markdown_notes.h"

namespace bifolio {

Blocks read_markdown(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics) {
    Reading reading(source, options, diagnostics);
    PreparedMarkdown prepared = prepare_markdown(reading);
    MarkdownConverter converter(reading, std::move(prepared.parsed), std::move(prepared.added));
    Blocks blocks = converter.convert();
    report_link_definitions(reading, converter);
    return blocks;
}

Inlines read_markdown_inlines(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics) {
    Reading reading(source, options, diagnostics);
    const std::string_view text = reading.source().text();
    if (is_blank(text)) return {};
    for (std::size_t i = 0; i + 1 < reading.source().lines(); ++i)
        if (is_blank(reading.source().line(i)) && !is_blank(text.substr(0, reading.source().line_begin(i))) &&
            !is_blank(text.substr(reading.source().line_begin(i)))) {
            const std::size_t begin = reading.source().line_begin(i);
            diagnostics.warning("read.blocks-in-line", reading.source().span(begin, begin),
                                "only one paragraph may stand here; the others are joined to it");
            break;
        }
    // The text's own beginning, without space, is the paragraph's: cmark's positions count from there.
    MarkdownConverter converter(reading, parse_markdown_inlines(trimmed(text), options), {});
    return converter.convert_paragraph();
}

} // namespace bifolio
