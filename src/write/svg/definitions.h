// definitions.h: what an SVG draws more than once stands once in its <defs>: glyphs, pictures, gradients, clips.
#pragma once

#include "base/result.h"
#include "layout/text/fonts.h"
#include "layout/text/glyph_outline.h"
#include "picture/svg.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace bifolio {

class SvgDefinitions {
public:
    explicit SvgDefinitions(const FontLibrary& fonts) : fonts_(fonts) {}

    int units_per_em(FontId font) const { return bifolio::units_per_em(fonts_, font); }
    // The id of the glyph's path in font units, y up; empty: it has no ink.
    std::string glyph(FontId font, std::uint32_t glyph);
    // The id of an image one unit wide and high. `key` names it within the page; `bytes` are a whole JPEG or PNG file, or what
    // can be made one. failure: why it cannot be shown.
    Result<std::string> image(const std::string& key, std::string_view bytes);
    std::string gradient(const Gradient& gradient, double opacity);
    std::string clip(const DrawingPath& path, FillRule rule);

    const std::string& markup() const { return markup_; }

private:
    std::string next_id(char kind) { return kind + std::to_string(number_++); }

    const FontLibrary& fonts_; // of the page
    std::map<std::pair<FontId, std::uint32_t>, std::string> glyphs_;
    std::map<std::string, Result<std::string>> images_;
    std::string markup_;
    std::size_t number_ = 0;
};

std::string svg_path(const DrawingPath& path); // the d attribute

} // namespace bifolio
