// source_account.h: what became of every character of a file that was read.
//
// Classes   Each byte is text that reached the model, markup of a known kind, or left out: then it is listed with its words and
//           the reason. What is none of these is unexplained, and a fault of the reader: it is a warning (read.lost-text).
// Counts    Characters are code points that are no white space; a word is a run of letters, digits and marks of the text.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

enum class LeftOutReason : std::uint8_t {
    comment,
    script,         // and style, with what they hold
    head,           // of an HTML page: its title and meta elements
    instruction,    // <?…?>, <!…>
    attribute,      // words for people that no output takes: placeholder, summary, …
    link_title,     // the words that show when a mouse rests on a link
    unused_link,    // a link definition that nothing refers to, or a second one of the name
    fence_words,    // behind the language of a code block
    replaced_words, // a picture's words where an attribute gives others
    way_back,       // “↩”: the links from notes to their calls are made anew
    notes_heading,  // of a section of notes, which now stand where they are called
    ignored_key,    // of front matter
    cut_off,        // beyond a limit, which was reported
};

struct LeftOut {
    LeftOutReason reason = LeftOutReason::comment;
    Span where;
    std::string words; // the first of them, in one line
};

struct TextCount {
    std::size_t characters = 0, words = 0;
    TextCount& operator+=(TextCount other) {
        characters += other.characters;
        words += other.words;
        return *this;
    }
};

struct SourceAccount {
    SourceId source{};
    TextCount in_file; // markup and all
    TextCount reached, left_out, unexplained;
    std::vector<LeftOut> entries; // in the order of the file
};

} // namespace bifolio
