// Where the spans of a text command come to lie (SVG 2 § 11.5, the steps after shaping), and its words.
#include "picture/svg.h"

#include <algorithm>

namespace bifolio {
namespace {

double baseline_offset(TextBaseline baseline, const SpanMeasure& measure) { // downwards
    switch (baseline) {
    case TextBaseline::alphabetic: return 0;
    case TextBaseline::middle: return measure.x_height / 2;
    case TextBaseline::central: return (measure.ascent - measure.descent) / 2;
    case TextBaseline::hanging: return measure.ascent * 0.8; // where fonts without a BASE table have it
    case TextBaseline::text_top: return measure.ascent;
    case TextBaseline::text_bottom:
    case TextBaseline::ideographic: return -measure.descent;
    }
    return 0;
}

void fit_lengths(const TextCommand& command, const std::vector<SpanMeasure>& measures, std::vector<PlacedSpan>& placed) {
    for (std::size_t fit = 0; fit < command.fits.size(); ++fit) {
        double natural = 0;
        std::size_t characters = 0, last = placed.size();
        for (std::size_t i = 0; i < placed.size(); ++i) {
            if (command.spans[i].fit != fit + 1) continue;
            natural += measures[i].advance;
            characters += measures[i].characters;
            last = i;
        }
        const TextFit& wanted = command.fits[fit];
        const double scale = wanted.stretches_glyphs && natural > 0 ? wanted.length / natural : 1;
        const double extra =
            !wanted.stretches_glyphs && characters > 1 ? (wanted.length - natural) / static_cast<double>(characters - 1) : 0;
        for (std::size_t i = 0; i < placed.size(); ++i) {
            if (command.spans[i].fit != fit + 1) continue;
            const double parted = static_cast<double>(measures[i].characters) - (i == last ? 1 : 0);
            placed[i].x_scale = scale;
            placed[i].extra_spacing = extra;
            placed[i].advance = measures[i].advance * scale + extra * std::max(parted, 0.0);
        }
    }
}

} // namespace

std::vector<PlacedSpan> place_spans(const TextCommand& command, const std::function<SpanMeasure(const TextSpan&)>& measure) {
    const std::vector<TextSpan>& spans = command.spans;
    std::vector<SpanMeasure> measures;
    std::vector<PlacedSpan> placed(spans.size());
    for (std::size_t i = 0; i < spans.size(); ++i) {
        measures.push_back(measure(spans[i]));
        placed[i].advance = measures[i].advance;
    }
    fit_lengths(command, measures, placed);
    double pen_x = 0, pen_y = 0;
    for (std::size_t begin = 0; begin < spans.size();) {
        std::size_t end = begin + 1;
        while (end < spans.size() && !spans[end].x && !spans[end].y) ++end;
        pen_x = spans[begin].x.value_or(pen_x) + spans[begin].dx;
        pen_y = spans[begin].y.value_or(pen_y);
        const bool right_to_left = spans[begin].right_to_left;
        const double sign = right_to_left ? -1 : 1;
        const double anchor_x = pen_x;
        double least = pen_x, most = pen_x;
        for (std::size_t i = begin; i < end; ++i) {
            if (i > begin) pen_x += spans[i].dx;
            pen_y += spans[i].dy;
            const double next = pen_x + sign * placed[i].advance;
            placed[i].x = std::min(pen_x, next);
            placed[i].y = pen_y - spans[i].baseline_shift + baseline_offset(spans[i].baseline, measures[i]);
            least = std::min({least, pen_x, next});
            most = std::max({most, pen_x, next});
            pen_x = next;
        }
        const TextAnchor anchor = spans[begin].anchor;
        const bool at_left = anchor == (right_to_left ? TextAnchor::end : TextAnchor::start);
        const double shift = anchor == TextAnchor::middle ? anchor_x - (least + most) / 2 : anchor_x - (at_left ? least : most);
        for (std::size_t i = begin; i < end; ++i) placed[i].x += shift;
        pen_x += shift;
        begin = end;
    }
    return placed;
}

std::string drawing_text(const Drawing& drawing) {
    std::string text;
    for (const DrawingCommand& command : drawing.commands) {
        const auto* words = std::get_if<TextCommand>(&command);
        if (words == nullptr) continue;
        for (const TextSpan& span : words->spans) {
            if (!span.fill && !span.stroke) continue; // takes room, shows nothing
            if (span.begins_line && !text.empty() && text.back() != '\n') text += '\n';
            text += span.text;
        }
        if (!text.empty() && text.back() != '\n') text += '\n';
    }
    return text;
}

} // namespace bifolio
