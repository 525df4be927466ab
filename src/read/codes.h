// codes.h: what reading can find wrong.
#pragma once

#include "base/diagnostics.h"
#if __has_include("read/markdown_codes.h")
#include "read/markdown_codes.h"
#endif

#include <array>

namespace bifolio {

inline constexpr std::array manuscript_codes{
    // YAML
    CodeInfo{"read.yaml-syntax", Severity::error, "The file is not YAML.",
             "Look at the place and the line above it; put text with ‘: ’ in it in quotes."},
    CodeInfo{"read.yaml-key", Severity::error, "A key is not text.", "Write the key as a word; put it in quotes when it is odd."},
    CodeInfo{"read.yaml-tag", Severity::error, "A value carries a YAML tag.",
             "Delete the tag. What a value is follows from its key."},
    CodeInfo{"read.yaml-alias", Severity::error, "The file uses a YAML anchor or alias.",
             "Write the value out where it is needed."},
    CodeInfo{"read.yaml-documents", Severity::error, "The file holds more than one YAML document.",
             "Delete the line ‘---’ between them."},
    CodeInfo{"read.yaml-too-deep", Severity::error, "The file is nested too deep.",
             "Plans need few levels; look for a bracket that is never closed."},
    CodeInfo{"read.yaml-too-large", Severity::error, "The file holds too many values.", "Cut it into several books."},
    CodeInfo{"read.duplicate-key", Severity::error, "A key is written twice.",
             "Keep one of the two. Ids of people and notices are keys too."},
    CodeInfo{"read.unknown-key", Severity::error, "A key is not known.",
             "Mend its spelling, or delete it. In an article's front matter this is a warning, with --strict an error."},
    CodeInfo{"read.missing-key", Severity::error, "A key that is needed is not there.", "Add it."},
    CodeInfo{"read.wrong-type", Severity::error, "A value is of another kind than its key asks for.",
             "Write a text, a list or a group of keys, as the message says."},
    CodeInfo{"read.unknown-word", Severity::error, "A value is none of the words that are known here.",
             "Write one of the words that the hint names."},
    CodeInfo{"read.bad-date", Severity::error, "A date is not written as year-month-day, or does not exist.",
             "Write it like 2026-09-01."},
    CodeInfo{"read.bad-colour", Severity::error, "A colour is not written as CSS writes one, or is not opaque.",
             "Write it as \"#17454d\" (in quotes, for # begins a comment) or by its name in CSS."},
    CodeInfo{"read.bad-length", Severity::error, "A length has no unit, an unknown one, or is out of range.",
             "Write a number with pt, mm, cm, in, pc, px or q."},
    CodeInfo{"read.bad-number", Severity::error, "A number is not whole or out of range.",
             "Write a number in the range that the message names."},
    CodeInfo{"read.bad-language", Severity::error, "A language is not a BCP 47 tag.", "Write a tag such as en, en-GB or ar."},
    CodeInfo{"read.double-form", Severity::error, "A word leads to two entries of the glossary.",
             "Name it under `forms` of one entry only; a term of its own needs no entry's forms."},
    CodeInfo{"read.bad-price", Severity::error, "A price is not one.",
             "Write an amount with a point and the currency's three letters, such as 9.99 GBP; or free."},
    CodeInfo{"read.bad-country", Severity::error, "A country is not named by its two letters.",
             "Write its code of ISO 3166-1: GB, IE, US; or world."},
    CodeInfo{"read.bad-isbn", Severity::error, "An ISBN is mistyped.",
             "Compare it with the one you were given: the last digit does not fit the others."},
    CodeInfo{"read.bad-word", Severity::error, "An entry of `hyphenation` is more than one word.",
             "Write each word as an entry of its own."},
    CodeInfo{"read.bad-name", Severity::error, "A name cannot be used for a folder.", "Write letters, digits and hyphens."},
    // Files
    CodeInfo{"read.missing-file", Severity::error, "A file that the plan names is not there.",
             "Mend the path, which is relative to the book's folder."},
    CodeInfo{"read.path-leaves-book", Severity::error, "A path leads out of the book's folder.",
             "Copy the file into the book's folder and name it there."},
    CodeInfo{"read.unknown-format", Severity::error, "An article is of a format that cannot be read.",
             "Save it as Markdown or HTML."},
    CodeInfo{"read.not-utf-8", Severity::error, "A text file is not UTF-8.", "Save it again with the encoding UTF-8."},
    CodeInfo{"read.windows-1252", Severity::warning, "A table is not UTF-8 and was read as Windows-1252.",
             "Save it as “CSV UTF-8”."},
    CodeInfo{"read.replacement-character", Severity::warning,
             "A text holds U+FFFD, which stands for a character that was lost before.",
             "Look in the original what stood there. Nothing is changed."},
    CodeInfo{"read.private-use", Severity::warning,
             "A text holds a character of private use, such as a bullet of Word's Symbol font.",
             "Write the character that it stands for. Nothing is changed, and most fonts show nothing for it."},
    CodeInfo{"read.wrong-encoding", Severity::warning, "Some letters look like UTF-8 that was read in a wrong encoding.",
             "Open the original again as UTF-8 and copy the text anew. Nothing is changed."},
    CodeInfo{"read.lookalike", Severity::warning, "A character only looks like the one that is meant.",
             "Type it anew as the message says. Nothing is changed."},
    // Contents and editions
    CodeInfo{"read.no-articles", Severity::error, "There is nothing to build.",
             "Name articles in book.yaml, or put Markdown files into the folder."},
    CodeInfo{"read.too-many-articles", Severity::error, "The book has too many articles.", "Cut it into several books."},
    CodeInfo{"read.duplicate-article", Severity::error, "An article stands in the contents twice.", "Delete one of the two."},
    CodeInfo{"read.same-name", Severity::warning, "Two articles have the same file name in different folders.",
             "Rename one: file names are used in links and for leaflets."},
    CodeInfo{"read.draft-article", Severity::warning, "An entry of SUMMARY.md names no file.",
             "Name the file, or delete the entry."},
    CodeInfo{"read.unknown-article", Severity::error, "An edition includes an article that is not in the contents.",
             "Mend the name, or add the article to the contents."},
    CodeInfo{"read.unknown-edition", Severity::error,
             "A notice or ‘pages-of’ names an edition that the plan does not have, or one that does not print the whole book.",
             "Mend the name."},
    CodeInfo{"read.unused-person", Severity::warning, "The register has a person whom neither an article nor the plan names.",
             "Name them under ‘authors’, ‘reviewers’ or ‘editors’, or take them out of the register."},
    CodeInfo{"read.unused-notice", Severity::warning, "A notice has no rule for where it prints, and no article names it.",
             "Write ‘where’ for it, name it under ‘notices’ in an article, or take it out."},
    CodeInfo{"read.duplicate-id", Severity::error, "An id is used twice.", "Give each its own."},
    // Articles
    CodeInfo{"read.front-matter-open", Severity::warning, "An article begins like front matter that never ends.",
             "Write ‘---’ after the last key."},
    CodeInfo{"read.dates-disagree", Severity::error, "An article's next review is not after its last one.",
             "Mend one of the two dates."},
    CodeInfo{"read.empty-reference", Severity::error, "An entry of the references says nothing.", "Give it a title or a text."},
    CodeInfo{"read.empty-article", Severity::warning, "An article has no text.", "Write it, or take it out of the contents."},
    CodeInfo{"read.no-language", Severity::warning, "No language is given.",
             "Write language: in book.yaml or the front matter, or say --lang."},
    CodeInfo{"read.no-author", Severity::warning, "No author is named.", "Write authors: in the front matter."},
    CodeInfo{"read.no-reviewer", Severity::warning, "No reviewer is named.", "Write reviewers: in the front matter."},
    CodeInfo{"read.no-date", Severity::warning, "No date is given.", "Write published: and reviewed: in the front matter."},
    CodeInfo{"read.no-notice", Severity::warning, "There is no notice.", "Write a book.yaml and a notices.yaml."},
    CodeInfo{"read.lost-text", Severity::warning, "Text of a file did not reach the article, and nothing says why.",
             "This is a fault of bifolio, not of the text: please report it, and write the place otherwise until it is mended."},
    CodeInfo{"read.invented-text", Severity::warning, "An article says something that its file does not say there.",
             "This is a fault of bifolio, not of the text: please report it, and write the place otherwise until it is mended."},
    // Pictures
    CodeInfo{"read.missing-picture", Severity::error, "A picture is not there.",
             "Mend its path; or say --allow missing-picture to print its alternative text in a box."},
    CodeInfo{"read.unsupported-picture", Severity::error, "A file is no picture that can be shown.",
             "Save it as JPEG, PNG, WebP or SVG."},
    // Clinics
    CodeInfo{"read.csv-empty", Severity::error, "A table of clinics has no rows.",
             "The first row names the columns, each further row is a clinic."},
    CodeInfo{"read.csv-header", Severity::error, "A column has no name, or the name of another one.",
             "Give each column its own name, and one the name ‘name’."},
    CodeInfo{"read.csv-unusual-column", Severity::warning, "A column's name looks misspelt.",
             "Mend it; a field is found only by its exact name."},
    CodeInfo{"read.csv-quotes", Severity::error, "The quotes of a cell are not right.",
             "Save the table again from the spreadsheet."},
    CodeInfo{"read.csv-ragged", Severity::error, "A row has more or fewer cells than the first one.",
             "Put cells with the separator in them in quotes."},
    CodeInfo{"read.csv-no-name", Severity::error, "A clinic has no name.", "Write it."},
    CodeInfo{"read.csv-phone", Severity::warning, "A telephone number looks damaged by a spreadsheet.",
             "Format the column as text and enter the number again."},
    CodeInfo{"read.too-many-clinics", Severity::error, "A table has too many clinics.", "Cut it into several tables."},
};

template <std::size_t... sizes>
constexpr auto joined_codes(const std::array<CodeInfo, sizes>&... arrays) {
    std::array<CodeInfo, (sizes + ...)> all{};
    std::size_t at = 0;
    const auto add = [&](const auto& codes) {
        for (const CodeInfo& code : codes) all[at++] = code;
    };
    (add(arrays), ...);
    return all;
}

#if __has_include("read/markdown_codes.h")
inline constexpr std::array read_codes = joined_codes(manuscript_codes, markdown_codes);
#else
inline constexpr std::array read_codes = manuscript_codes;
#endif

} // namespace bifolio
