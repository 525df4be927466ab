// pdf_fonts.h: the fonts of a document: which glyphs it shows, what they say, and their subsets as PDF objects.
//
// Method     First every run is counted in (add), then the faces are subset side by side (finish), then glyph ids of the subset
//            and what each says are known and content streams can be written. ISO 32000-1, 9.7 (composite fonts), 9.10
//            (ToUnicode).
// Threads    add() is for one thread; after finish() all const calls are safe.
#pragma once

#include "base/task_pool.h"
#include "layout/page/pages.h"
#include "layout/text/fonts.h"
#include "write/pdf/pdf_document.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

// The glyphs of a run that together say one piece of its text.
struct GlyphCluster {
    std::size_t begin = 0, end = 0;           // glyphs, in visual order
    std::size_t text_begin = 0, text_end = 0; // bytes of GlyphRun::text; empty: a hyphen that only the line end made
};
std::vector<GlyphCluster> clusters_of(const GlyphRun& run);

class PdfFonts {
public:
    explicit PdfFonts(const FontLibrary& library) : library_(library) {}
    void add(const GlyphRun& run);
    void finish(PdfDocument& document, const TaskPool& pool);

    bool runs_left() const { return runs_left_; }                     // some run of the document, or its letters do
    std::vector<FontId> used() const;                                 // by id
    std::string resources() const;                                    // “/F0 5 0 R/F1 9 0 R”
    std::string_view resource_name(FontId font) const;                // “F0”
    std::uint32_t glyph(FontId font, std::uint32_t original) const;   // in the subset
    double advance(FontId font, std::uint32_t original) const;        // 1/1000 em, as the file says it
    std::string_view says(FontId font, std::uint32_t original) const; // by ToUnicode, UTF-8

private:
    struct Font {
        std::vector<std::string> says; // by original glyph; empty: not used or not known
        std::vector<bool> used;        // by original glyph
        FontSubset subset;
        std::vector<std::uint32_t> new_glyph; // by original glyph
        std::string name;
        PdfReference object;
    };
    Font& font_of(FontId font);
    const Font& known(FontId font) const;
    void write(PdfDocument& document, FontId id, Font& font) const;
    const FontLibrary& library_;
    std::map<FontId, Font> fonts_;
    bool runs_left_ = false;
};

} // namespace bifolio
