// apply_styles.h: CSS text → Stylesheet; Book + Stylesheet → StyledBook.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "io/files.h"
#include "style/font_measures.h"
#include "style/styled_book.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

enum class Medium : std::uint8_t { print, screen }; // paper; EPUB and web

struct Stylesheet; // parsed rules in cascade order; defined in stylesheet.h

// One style file with all it imports. Paths in url() are resolved against the file.
struct StyleSource {
    std::filesystem::path path;                                                // read through Files
    enum class Level : std::uint8_t { program, author } level = Level::author; // origin in the cascade: user agent, author
    // What @import and addresses may not leave. Empty: for a relative path the folder it is relative to, else the file's own
    // folder.
    std::filesystem::path root = {};
    std::string shown = {}; // the path as people know it, which names the file in the SourceMap; empty: the path itself
};

// Plain keys of book.yaml that need no CSS; they act as author rules before the author's files.
struct PlainStyles {
    std::optional<Length> page_width, page_height;
    std::optional<std::string> font; // a family list
    std::optional<Length> font_size;
    std::optional<Length> bleed;
    std::vector<std::pair<std::string, std::string>> variables; // custom properties of the root: “--cover-colour”, “#17454d”
};

// Where the style files name a colour, for reports about it.
struct ColourPlace {
    Colour colour;
    bool of_text = false; // `color`, or a variable
    Span where;
};

std::shared_ptr<const Stylesheet> read_stylesheets(const std::vector<StyleSource>& sources, const PlainStyles& plain,
                                                   Medium medium, const Files& files, SourceMap& source_map,
                                                   Diagnostics& diagnostics);

std::vector<ColourPlace> colour_places(const Stylesheet& stylesheet); // in cascade order

// Without `fonts`, lengths in ex, cap, ch and ic take the specification's substitutes.
StyledBook apply_styles(std::shared_ptr<const Book> book, const Stylesheet& stylesheet, Diagnostics& diagnostics,
                        const FontMeasures* fonts = nullptr);

// Whose engine reads the rules: a reading system's (reading_systems.h) or a browser's.
enum class ScreenTarget : std::uint8_t { e_book, web };

// What of the author's rules a screen gets otherwise than they are written, or not at all.
struct ScreenChange {
    std::string text; // “‘string-set’ of ‘h1’ left out: for paper only”
    Span where;
};

struct ScreenStylesheet {
    std::string css;
    std::vector<ScreenChange> changes; // in the order of the files
};

// The rules as CSS for an EPUB or the web edition: what its readers' programs know, in cascade order, url() mapped through
// `rename` (font files, by resolved path; empty result: the rule is left out). Level `program` included. In an e-book size, face
// and colours of the text stay the reader's, and every background has a colour of text with it (reader_settings.h).
ScreenStylesheet stylesheet_for_screen(const Stylesheet& stylesheet, const std::map<std::string, std::string>& rename,
                                       ScreenTarget target);

} // namespace bifolio
