// read_html.h: HTML or XHTML → the same blocks as Markdown gives.
//
// Method     gumbo (HTML5 tree construction, with positions), then the table of element names: what has a meaning becomes a node;
//            scripts, frames, objects, forms and event handlers are refused with their place; unknown elements give their
//            children.
#pragma once

#include "base/diagnostics.h"
#include "model/article.h"
#include "read/read_markdown.h"

namespace bifolio {

// A fragment inside Markdown, or a whole document's body.
Blocks read_html(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics);

} // namespace bifolio
