#include "write/pdf/slug_line.h"

namespace bifolio {

namespace {

SlugLine set_line(const std::string& text, const Shaper& shaper) {
    TextStyle style;
    style.font.families = {"sans-serif"};
    style.size = Length::pt(6);
    style.no_wrap = true;
    const std::vector<TextStyle> styles{style};
    const auto size = static_cast<std::uint32_t>(text.size());
    const ShapedText shaped = shape_text(shaper, text, {{0, size, 0}}, styles, TextDirection::ltr);
    LineRuns line = line_runs(shaper, shaped, styles, 0, size, false);
    SlugLine slug;
    slug.width = line.width;
    for (ShapedRun& run : line.runs) {
        if (run.missing_glyph) continue; // of a file name in a script that no font has: the rest still says which page it is
        GlyphRun glyphs;
        glyphs.font = run.font;
        glyphs.size = run.size;
        glyphs.bidi_level = run.bidi_level;
        glyphs.text = text.substr(run.begin, run.end - run.begin);
        glyphs.glyphs = std::move(run.glyphs);
        for (Glyph& glyph : glyphs.glyphs) glyph.cluster = glyph.cluster < run.begin ? 0 : glyph.cluster - run.begin;
        slug.runs.push_back(std::move(glyphs));
    }
    return slug;
}

} // namespace

std::vector<SlugLine> slug_lines(const PressOptions& press, const std::vector<Surface>& surfaces, const Pages& pages, Date date) {
    std::vector<SlugLine> lines;
    if (!press.shaper) return lines;
    const std::string all = std::to_string(surfaces.size());
    for (std::size_t at = 0; at < surfaces.size(); ++at) {
        if (surfaces[at].marks.slug.empty()) {
            lines.emplace_back();
            continue;
        }
        std::string shown;
        for (const SurfacePage& page : surfaces[at].pages)
            shown += (shown.empty() ? "" : ", ") + pages.pages[page.page_index].label;
        std::string text = press.file_name + "  ·  " + press.edition_name + "  ·  " + iso_date(date) + "  ·  " +
                           std::to_string(at + 1) + " of " + all;
        if (!shown.empty()) text += "  ·  page " + shown;
        lines.push_back(set_line(text, *press.shaper));
    }
    return lines;
}

} // namespace bifolio
