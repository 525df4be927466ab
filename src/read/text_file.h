// text_file.h: the bytes of a text file → UTF-8 that every later stage can trust.
//
// Result     No byte-order mark, “\n” as the only line end, valid UTF-8, no control characters but tab and “\n”. Places in
//            diagnostics are bytes of this text, which the SourceMap keeps.
// Accepted   UTF-8; UTF-16 with its mark; Windows-1252 where the caller allows it (what spreadsheets write).
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"

#include <string>

namespace bifolio {

enum class OtherEncoding { refused, windows_1252 };

struct DecodedText {
    std::string text;
    bool from_windows_1252 = false;
    std::size_t malformed = 0, first_malformed = 0; // sequences that are no UTF-8; each stands as U+FFFD in the text
    std::size_t controls = 0, first_control = 0;    // control characters; each stands as U+FFFD
    char32_t control = 0;                           // the first of them
};

DecodedText decode_text(std::string_view bytes, OtherEncoding other = OtherEncoding::refused);

// Puts the text into the map and reports what was wrong with it.
SourceId add_text(std::string path, DecodedText decoded, SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
