// embedded_font.h: fonts for an e-book: which faces its texts are set in, and those faces cut down to the texts.
//
// Differs    from FontSubset (fonts.h), which print embeds: a reading system shapes for itself, so the character map and the
//            layout rules (GSUB, GPOS, GDEF) stay; hinting goes.
// Threads    A FontUse belongs to one task; embedded_font() is safe from any thread.
// Spec       OpenType 1.9; CSS Fonts 4 §5.3 (the first face of the list that has the grapheme cluster).
#pragma once

#include "layout/text/fonts.h"

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class LetterCase : std::uint8_t { as_written, upper, lower, both }; // what else the style makes of the letters

class FontUse {
public:
    explicit FontUse(const FontLibrary& fonts) : fonts_(&fonts) {} // must outlive this

    struct Face {
        std::set<FontRequest> requests;
        std::set<char32_t> characters; // with what HarfBuzz may compose, decompose or mirror them to
    };

    // Takes the text apart into grapheme clusters. The result: those that no face on this machine has, met for the first time
    // in this style.
    std::vector<std::u32string> add(const FontRequest& request, std::string_view language, std::string_view text,
                                    LetterCase letter_case = LetterCase::as_written);
    const std::map<FontId, Face>& faces() const { return faces_; }

private:
    struct Style {
        std::array<bool, 128> ascii{};
        std::set<std::u32string> clusters;
    };
    void add_text(const FontRequest& request, std::string_view language, std::string_view text, Style& style,
                  std::vector<std::u32string>& missing);

    const FontLibrary* fonts_;
    std::map<std::pair<FontRequest, std::string>, Style> styles_;
    std::map<FontId, Face> faces_;
};

struct EmbeddedFont {
    FontFormat format = FontFormat::truetype;
    std::string bytes; // an sfnt file
};

enum class Axes : std::uint8_t { pinned, kept }; // of a variable font: one instance, or the whole design space

// The same face and the same set give the same bytes. `features` stay beside those that are on by default. A face whose licence
// forbids subsetting (OS/2 fsType bit 8) is whole. IoError when the face is damaged.
EmbeddedFont embedded_font(const FontLibrary& fonts, FontId font, const std::set<char32_t>& characters,
                           std::span<const std::array<char, 4>> features, Axes axes = Axes::pinned);

FontFormat format_of(const FontLibrary& fonts, FontId font);

} // namespace bifolio
