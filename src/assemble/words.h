// words.h: the words that the program itself writes into a book, by language.
//
// Languages  The table is chosen by the first subtag (“en-GB” → en). A language that it lacks gets the English words.
// Patterns   “{}” is where the number, the name or the date goes; see fill().
// Dates      The long form of the language's own calendar text, always Gregorian and in the digits 0–9, as page numbers are.
#pragma once

#include "base/date.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct Words {
    std::string_view language;
    // headings of generated sections
    std::string_view contents, list_of_tables, list_of_figures, notices, imprint, contributors, glossary, index, references,
        notes;
    std::string_view see, see_also;                               // of the index: “see {}”
    std::string_view cover, title_page, back_cover, search, skip; // skip: past what stands on every web page, to the text
    // labels: “Table {}”
    std::string_view table, figure, description, label_end, page; // description: of a figure, at length; page: “ (page {})”
    std::string_view continued; // behind the caption of a table that goes on: “ (continued)”; styles/base.css has it for paper
    // people: “By {}”
    std::string_view by, edited_by, reviewed_by, author, editor, reviewer;
    std::string_view about_author, about_authors, about_editor, about_editors, about_reviewer, about_reviewers;
    std::string_view interests, likeness, pseudonym;
    // dates and publication: “Last reviewed: {}”
    std::string_view published, last_reviewed, next_review, published_by, version, print_code, identifier;
    // call-outs
    std::string_view note, tip, important, warning, caution, care, dose, contact;
    // a clinic's contact panel
    std::string_view phone, email, website, opening_hours;
    // between a word and what it introduces; between a name and what belongs to it; between names that contain commas
    std::string_view colon, comma, semicolon;
};

bool has_words(std::string_view language);
const Words& words_for(std::string_view language);
std::span<const Words> all_words();

std::string fill(std::string_view pattern, std::string_view value);

bool is_right_to_left(std::string_view language);
std::string long_date(Date date, std::string_view language); // “6 August 2018”
std::string in_quotes(std::string_view text, std::string_view language);

// What stands before, between and after some names in a list: for two names in English {"", " and ", ""}. Count + 1 texts.
std::vector<std::string> list_joints(std::size_t count, std::string_view language);

} // namespace bifolio
