// codes.h: what assembly reports.
#pragma once

#include "base/diagnostics.h"

#include <array>

namespace bifolio {

inline constexpr std::array assemble_codes{
    CodeInfo{"assemble.dangling-reference", Severity::error,
             "A link inside the book leads to an article or an id that is not there.",
             "Correct the path or the id; the hint names the nearest one."},
    CodeInfo{"assemble.duplicate-id", Severity::error, "An id is used twice in one article.",
             "Give one of the two places another id."},
    CodeInfo{"assemble.empty-edition", Severity::error, "An edition has no articles.",
             "Name some under ‘include’, or take the key away to have them all."},
    CodeInfo{"assemble.empty-field", Severity::error, "A clinic's row has no value for a field that the article shows.",
             "Fill in the column in the clinic's row, or take the field out of the article."},
    CodeInfo{"assemble.empty-link", Severity::warning, "A link has no destination.",
             "Write where it leads, or take the link away."},
    CodeInfo{"assemble.field-without-clinic", Severity::error,
             "A field of a clinic stands in an edition that is made for no clinic.",
             "Put it into a box with the class ‘clinic-only’, or give the edition its ‘clinics’."},
    CodeInfo{"assemble.index-see", Severity::warning, "An entry of the index refers to one that is not there.",
             "Correct its words; the hint names the nearest entry. Levels are parted by ‘!’: ‘medicines!stimulant’."},
    CodeInfo{"assemble.index-without-words", Severity::warning, "A mark for the index has neither words nor an entry.",
             "Write the entry: ‘[]{.index entry=\"methylphenidate\"}’."},
    CodeInfo{"assemble.link-without-scheme", Severity::warning, "A web address lacks its ‘https://’.",
             "Write the whole address."},
    CodeInfo{"assemble.no-clinics", Severity::error, "An edition is made for each clinic of a table that has no rows.",
             "Write a row for each clinic below the names of the columns."},
    CodeInfo{"assemble.no-index-marks", Severity::warning, "The plan asks for an index, and no article marks a place for it.",
             "Mark some: ‘[methylphenidate]{.index}’. Or take the key ‘index’ away."},
    CodeInfo{"assemble.no-words", Severity::warning,
             "The program has no words such as “Contents” in this language; it takes the English ones.",
             "Check the language's tag. If it is right, ask for the language to be added."},
    CodeInfo{"assemble.not-in-edition", Severity::error,
             "A link leads to an article that the edition does not have, and its web address is not known.",
             "Give that article a ‘web-address’ in its front matter, or include it in the edition."},
    CodeInfo{"assemble.refused-link", Severity::error, "A link would run a script or open a file of the reader's machine.",
             "Link to a web address, or take the link away."},
    CodeInfo{"assemble.site-link", Severity::warning,
             "A link gives an address within a web site that is not named; only its text is shown.",
             "Write the whole address, with ‘https://’."},
    CodeInfo{"assemble.skipped-heading", Severity::warning,
             "A heading is more than one level below the heading before it; the book closes it up.",
             "Write it one level below the heading that it belongs to."},
    CodeInfo{"assemble.unknown-field", Severity::error, "A field in an article is no column of the clinics' file.",
             "Correct its name; the hint names the nearest column."},
    CodeInfo{"assemble.unknown-note", Severity::error, "A note is called again that does not stand before this place.",
             "Correct the label, or write the note."},
    CodeInfo{"assemble.unknown-notice", Severity::error, "An article asks for a notice that notices.yaml does not have.",
             "Correct its id; the hint names the nearest one."},
    CodeInfo{"assemble.unknown-person", Severity::warning,
             "An article names a person whom people.yaml does not have; the name is shown alone.",
             "Correct the id; the hint names the nearest one. Or add the person to people.yaml."},
    CodeInfo{"assemble.unknown-scheme", Severity::warning, "A link is of a kind that is not known; only its text is shown.",
             "Use http, https, mailto, tel, sms or ftp."},
};

} // namespace bifolio
