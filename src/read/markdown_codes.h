// markdown_codes.h: codes of the readers of Markdown and HTML.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array markdown_codes{
    CodeInfo{
        "read.html-refused", Severity::error,
        "HTML asks for something that a publication must not hold: a script, a frame, a form, a handler, a link that runs code.",
        "Remove it. Text that stood in it is kept, but for scripts and frames."},
    CodeInfo{"read.html-unknown", Severity::warning, "An HTML element has no meaning in a publication.",
             "What the element holds is kept. Use an element of the text (section, aside, span, …) with a class instead."},
    CodeInfo{"read.html-ignored", Severity::warning, "An HTML attribute or a style element has no effect.",
             "Give the element a class and put the rule into a stylesheet."},
    CodeInfo{"read.html-unpaired", Severity::warning, "An HTML element is never closed, or an end tag ends nothing.",
             "Write both tags, and both in the same paragraph, list item or block."},
    CodeInfo{"read.unknown-attribute", Severity::warning, "An attribute in braces has no meaning.",
             "Known are ids, classes, lang, width, height, title, dir, alt, role and a few more, and names that begin with data- "
             "or aria-."},
    CodeInfo{"read.loose-attributes", Severity::warning, "A line of attributes stands beside no block.",
             "Put it on the line right below or right above the block, without a blank line between."},
    CodeInfo{"read.loose-caption", Severity::warning, "A caption stands beside no table or picture.",
             "Put it right before or after the table, or right after the picture."},
    CodeInfo{"read.unknown-call-out", Severity::warning, "A call-out has an unknown kind.",
             "Known are NOTE, TIP, IMPORTANT, WARNING, CAUTION, CARE, DOSE and CONTACT."},
    CodeInfo{"read.unclosed-division", Severity::warning, "A block that begins with ‘:::’ is never closed.",
             "Add a line ‘:::’ where it ends."},
    CodeInfo{"read.unknown-note", Severity::warning, "A call names a note that is not defined.",
             "Add the note, “[^name]: text”, or write \\[^ for plain brackets."},
    CodeInfo{"read.unused-note", Severity::warning, "Nothing calls a note.",
             "Call it with [^name], or remove it. Its text is put at the article's end."},
    CodeInfo{"read.unused-link", Severity::warning, "Nothing refers to a link definition.",
             "Use it as [words][name], or remove it."},
    CodeInfo{"read.duplicate-definition", Severity::warning, "A note or a link is defined twice under one name.",
             "Give each a name of its own; until then the first one counts."},
    CodeInfo{"read.extra-cells", Severity::warning, "A table row has more cells than the table has columns.",
             "The rest stands in the last cell. Add a column to the table's head, or write \\| for a bar within a cell."},
    CodeInfo{"read.table-too-large", Severity::error, "A table has too many columns or cells.", "Divide it into several tables."},
    CodeInfo{"read.nested-too-deep", Severity::error, "Blocks, phrases or elements are nested too deep.",
             "Nest less; below the limit only the text is kept."},
    CodeInfo{"read.too-long", Severity::error, "An article has too many nodes.", "Divide it into several articles."},
    CodeInfo{"read.control-character", Severity::warning, "The text holds a control character.",
             "Remove it; U+FFFD is put in its place."},
    CodeInfo{"read.blocks-in-line", Severity::warning, "Where one paragraph may stand there are several.",
             "Make it one paragraph."},
};

} // namespace bifolio
