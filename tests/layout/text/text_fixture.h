// text_fixture.h: one font library and one cache for all tests of this folder, and short ways to shape.
#pragma once

#include "layout/text/font_families.h"
#include "layout/text/shape.h"
#include "support/support.h"

#include <string>

namespace bifolio::test {

inline const FontFamilies& families() { // the list of the source tree
    static const FontFamilies listed = read_font_families(DiskFiles(), source_dir() / "share/fonts/families.txt");
    return listed;
}

inline const FontLibrary& fonts() {
    static const DiskFiles files;
    static const FontLibrary library(files, families(), {});
    return library;
}

inline const Shaper& shaper() {
    static ShapeCache cache;
    static const Hyphenator hyphenator;
    static const Shaper made{fonts(), cache, hyphenator};
    return made;
}

inline TextStyle style_of(std::string family, std::string language) {
    TextStyle style;
    style.font.families = {std::move(family)};
    style.language = std::move(language);
    return style;
}

inline ShapedText shape(const std::string& text, const TextStyle& style,
                        std::optional<TextDirection> direction = TextDirection::ltr) {
    return shape_text(shaper(), text, {{0, static_cast<std::uint32_t>(text.size()), 0}}, {style}, direction);
}

inline LineRuns whole_line(const ShapedText& shaped, const TextStyle& style) {
    return line_runs(shaper(), shaped, {style}, 0, static_cast<std::uint32_t>(shaped.text.size()), false);
}

// The text with a mark at each place where a line may end: | allowed, - hyphen, ! mandatory, . anywhere.
inline std::string with_breaks(const ShapedText& shaped) {
    std::string out;
    std::size_t next = 0;
    for (std::uint32_t at = 0; at < shaped.text.size(); ++at) {
        if (next < shaped.breaks.size() && shaped.breaks[next].at == at)
            out += "|!?-."[static_cast<int>(shaped.breaks[next++].kind)];
        out += shaped.text[at];
    }
    return out;
}

} // namespace bifolio::test
