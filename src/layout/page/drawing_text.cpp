#include "layout/page/drawing_text.h"

namespace bifolio {

namespace {

TextStyle style_of(const TextSpan& span) {
    TextStyle style;
    style.font.families = span.font.families;
    style.font.families.push_back("sans-serif");
    style.font.weight = span.font.weight;
    style.font.slant = span.font.slant == TextSlant::normal   ? FontSlant::normal
                       : span.font.slant == TextSlant::italic ? FontSlant::italic
                                                              : FontSlant::oblique;
    style.font.stretch = span.font.stretch;
    style.size = Length::px(span.font.size);
    style.language = span.language;
    style.letter_spacing = Length::px(span.letter_spacing);
    style.word_spacing = Length::px(span.word_spacing);
    style.ligatures = span.letter_spacing == 0;
    style.no_wrap = true;
    if (span.font.small_caps) {
        style.features.push_back({{'s', 'm', 'c', 'p'}, 1});
        style.synthesize_small_caps = true;
    }
    return style;
}

struct ShapedSpan {
    std::vector<TextStyle> styles;
    ShapedText text;
    LineRuns runs;
};

ShapedSpan shape_span(const TextSpan& span, const Shaper& shaper) {
    ShapedSpan out;
    out.styles.push_back(style_of(span));
    const auto size = static_cast<std::uint32_t>(span.text.size());
    out.text =
        shape_text(shaper, span.text, {{0, size, 0}}, out.styles, span.right_to_left ? TextDirection::rtl : TextDirection::ltr);
    out.runs = line_runs(shaper, out.text, out.styles, 0, size, false);
    // White space at the end has no glyphs there, but the next span goes on behind it.
    std::size_t end = span.text.size();
    while (end > 0 && span.text[end - 1] == ' ') --end;
    for (const ShapedRun& run : out.text.runs)
        for (const Glyph& glyph : run.glyphs)
            if (glyph.cluster >= end) out.runs.width += glyph.advance;
    return out;
}

} // namespace

std::vector<std::vector<std::pair<PagePoint, GlyphRun>>> shape_drawing(const Drawing& drawing, const Shaper& shaper) {
    std::vector<std::vector<std::pair<PagePoint, GlyphRun>>> out;
    for (const DrawingCommand& command : drawing.commands) {
        const auto* text = std::get_if<TextCommand>(&command);
        if (!text) continue;
        auto& placed = out.emplace_back();
        std::vector<ShapedSpan> spans;
        for (const TextSpan& span : text->spans) spans.push_back(shape_span(span, shaper));
        const std::vector<PlacedSpan> places = place_spans(*text, [&](const TextSpan& span) {
            const ShapedSpan& shaped = spans[static_cast<std::size_t>(&span - text->spans.data())];
            const FontMetrics& metrics = shaper.fonts.metrics(shaper.fonts.match(shaped.styles[0].font));
            SpanMeasure measure;
            measure.advance = shaped.runs.width.in_pt() / 0.75;
            measure.ascent = metrics.ascent * span.font.size;
            measure.descent = metrics.descent * span.font.size;
            measure.x_height = metrics.x_height * span.font.size;
            measure.characters = shaped.text.grapheme_starts.size();
            return measure;
        });
        for (std::size_t i = 0; i < places.size() && i < spans.size(); ++i) {
            const TextSpan& span = text->spans[i];
            Length x = Length::px(places[i].x);
            for (ShapedRun& run : spans[i].runs.runs) {
                GlyphRun glyphs;
                glyphs.font = run.font;
                glyphs.size = run.size;
                glyphs.bidi_level = run.bidi_level;
                glyphs.text = span.text.substr(run.begin, run.end - run.begin);
                glyphs.glyphs = std::move(run.glyphs);
                Length width;
                for (Glyph& glyph : glyphs.glyphs) {
                    glyph.cluster = glyph.cluster < run.begin ? 0 : glyph.cluster - run.begin;
                    glyph.advance = glyph.advance.scaled(places[i].x_scale) + Length::px(places[i].extra_spacing);
                    width += glyph.advance;
                }
                if (const auto* paint = span.fill ? &*span.fill : nullptr) {
                    if (const auto* colour = std::get_if<Colour>(&paint->source)) glyphs.colour = *colour;
                    glyphs.opacity = paint->opacity;
                }
                const FontRequest& request = spans[i].styles[0].font;
                glyphs.synthetic_bold = shaper.fonts.synthesizes_bold(run.font, request);
                glyphs.synthetic_italic = request.slant != FontSlant::normal && shaper.fonts.slant(run.font) == FontSlant::normal;
                placed.emplace_back(PagePoint{x, Length::px(places[i].y)}, std::move(glyphs));
                x += width;
            }
        }
    }
    return out;
}

} // namespace bifolio
