// codes.h: what layout reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array layout_codes{
    CodeInfo{"layout.missing-glyph", Severity::error, "No font on this machine has a character of the text.",
             "Add a font that has it (the folder fonts/ or the edition's key `font`), or write the character in another way; "
             "`--allow missing-glyph` prints a box with its number."},
    CodeInfo{"layout.missing-picture", Severity::error, "A picture cannot be read, so nothing can be shown in its place.",
             "Mend the file; `--allow missing-picture` prints a box with the alternative text."},
    CodeInfo{"layout.drawing", Severity::error, "A drawing holds something that cannot be printed as it was meant.",
             "Take it out of the drawing, or save the drawing as plain SVG; filters, masks and scripts are not printed."},
    CodeInfo{"layout.picture-profile", Severity::warning,
             "A picture's colour profile is damaged or not for its colours and was left out.",
             "Open the picture in a picture editor, convert it to sRGB (or to the press's inks), and save it with its profile."},
    CodeInfo{"layout.picture-too-tall", Severity::warning, "A picture is taller than the page and was made smaller.",
             "Give it a width, or allow it a page of its own."},
    CodeInfo{"layout.low-resolution", Severity::warning, "A picture has fewer than 200 dots per inch at its printed size.",
             "Use a larger picture or print it smaller."},
    CodeInfo{"layout.overfull-line", Severity::warning, "A line holds something wider than the line.",
             "Write a soft hyphen (&shy;) or a space where the word may be divided, or make the column wider."},
    CodeInfo{"layout.made-small-caps", Severity::warning, "A font has no small capitals: smaller capitals stand for them.",
             "Choose a font that has them (EB Garamond, Vollkorn, Charis SIL), or set the text in another way."},
    CodeInfo{"layout.too-tall", Severity::error, "Something that cannot be divided is taller than the page.",
             "Make it shorter, or allow it to be divided."},
    CodeInfo{"layout.cut-box", Severity::error, "A dose, care, warning or contact box is taller than a page and would be cut.",
             "Divide it into several boxes that can be understood alone, or make it shorter."},
    CodeInfo{"layout.row-divided", Severity::warning, "A table row is taller than a page and was divided.",
             "Write the row as several rows."},
    CodeInfo{"layout.collapsed-cells", Severity::warning, "Rows or columns of a table are not shown: `visibility: collapse`.",
             "Take the declaration out of the style, or the rows out of the table."},
    CodeInfo{"layout.late-note", Severity::warning, "A footnote could not begin on the page of its call.",
             "Shorten the notes of this line, or make them notes at the article's end."},
    CodeInfo{"layout.far-float", Severity::warning, "A figure stands more than one page behind its place in the text.",
             "Put more text between the figures, make them smaller, or give this one `float: none`."},
    CodeInfo{"layout.unsettled-reference", Severity::error, "A page reference changes the pages so that it never becomes true.",
             "Write the reference in another place or in another form."},
    CodeInfo{"layout.unknown-page", Severity::error, "A page reference leads to something that is not printed.",
             "Link to something that this edition shows."},
    CodeInfo{"layout.columns", Severity::warning,
             "Columns are asked for within a table, a note, a float or other columns; the text is set in one.",
             "Ask for columns on a block of the page itself."},
    CodeInfo{"layout.off-page", Severity::error, "Text or a picture stands wholly or partly outside of the page.",
             "Take back the margins, indents or widths that push it there."},
    CodeInfo{"layout.no-room", Severity::error, "The margins leave no room for text on the page.",
             "Make the page larger or its margins smaller."},
};

} // namespace bifolio
