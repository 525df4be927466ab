// read_markdown.h: Markdown text → blocks.
//
// Language   CommonMark (cmark-gfm), with tables, footnotes, strikethrough `~~x~~`, task lists from GFM, and ours over its tree:
//            attributes `{#id .class key=value}`, `[span]{.class}`, definition lists, `~sub~`, `^sup^`, call-outs `> [!WARNING]
//            Title`, captions `Table: …`, fields `{{clinic.name}}`. HTML is mapped to the same nodes where it has a meaning.
// Errors     To Diagnostics, each with its place. No text is dropped silently; what has no meaning is named.
// Spans      Bytes of the source file, whatever part of it the text was cut from.
#pragma once

#include "base/diagnostics.h"
#include "model/article.h"

#include <set>
#include <string>
#include <string_view>

namespace bifolio {

// A text and where it stands in its file. Line i of `text` begins at byte line_offsets[i] of the file; empty: text is the file.
struct MarkdownSource {
    SourceId source{};
    std::string_view text;
    std::vector<std::uint32_t> line_offsets;
};

struct MarkdownOptions {
    std::set<std::string> fields; // declared field names: “clinic.name”; or prefixes “clinic.”. Other braces are text
    std::string path;             // of the file, for messages
};

Blocks read_markdown(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics);
// A single paragraph's inlines (a title, a line of a table of YAML). Blocks in it are reported and their text kept.
Inlines read_markdown_inlines(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics);

} // namespace bifolio
