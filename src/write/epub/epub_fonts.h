// epub_fonts.h: the fonts that an e-book carries, and its stylesheet with their names.
//
// Chosen     For each piece of text the face that CSS would choose on this machine: of the families that its style names, else
//            the default of a generic name, else a fallback for the script. Each is cut down to its text (embedded_font.h).
// Names      A family that the stylesheet names keeps that name. What a generic name stood for is put before it, fallback
//            families behind the named ones; text whose style names no family gets one on “html”. So a reading system that shows
//            no embedded fonts finds the stylesheet as it was.
// Errors     A character that no font here has is a warning; the reading system's own fonts are left to show it.
// Spec       CSS Fonts 4 §4 (@font-face); EPUB 3.3 §3.2 (font/ttf, font/otf and font/woff2 are core media types); WOFF 2.0.
#pragma once

#include "layout/text/fonts.h"
#include "style/styled_book.h"
#include "write/epub/write_epub.h"

#include <string>
#include <vector>

namespace bifolio {

// Which faces the book's text is set in: known before anything is written.
class EpubFonts {
public:
    // Both must outlive this. What is missing goes to Diagnostics.
    EpubFonts(const StyledBook& styled, const FontLibrary& fonts, Diagnostics& diagnostics,
              EmbeddedFonts packing = EmbeddedFonts::opentype);
    ~EpubFonts();
    EpubFonts(const EpubFonts&) = delete;
    EpubFonts& operator=(const EpubFonts&) = delete;

    std::vector<EpubFile> files(const TaskPool& pool) const;
    std::vector<FontId> used() const; // the faces that files() are made of, each once
    // `css` without @font-face rules, as stylesheet_for_screen() gives it.
    std::string stylesheet(const std::string& css) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace bifolio
