#include "picture/svg.h"

#include "base/overloaded.h"

#include <array>
#include <charconv>
#include <cmath>

namespace bifolio {
namespace {

std::string number(double value) { // three decimals at most, none that say nothing
    std::array<char, 400> buffer{};
    const double rounded = std::round(value * 1000) / 1000;
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded == 0 ? 0.0 : rounded, std::chars_format::fixed, 3);
    std::string text(buffer.data(), end);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string point(DrawingPoint p) { return number(p.x) + "," + number(p.y); }

std::string matrix(const AffineTransform& t) {
    if (t == AffineTransform()) return {};
    return " [" + number(t.a) + " " + number(t.b) + " " + number(t.c) + " " + number(t.d) + " " + number(t.e) + " " +
           number(t.f) + "]";
}

std::string path_text(const DrawingPath& path) {
    std::string text;
    std::size_t at = 0;
    for (const PathVerb verb : path.verbs) {
        switch (verb) {
        case PathVerb::move: text += " M" + point(path.points[at++]); break;
        case PathVerb::line: text += " L" + point(path.points[at++]); break;
        case PathVerb::cubic:
            text += " C" + point(path.points[at]) + " " + point(path.points[at + 1]) + " " + point(path.points[at + 2]);
            at += 3;
            break;
        case PathVerb::close: text += " Z"; break;
        }
    }
    return text;
}

std::string gradient_text(const Gradient& gradient) {
    std::string text = gradient.kind == Gradient::Kind::linear ? "linear(" : "radial(";
    text += point(gradient.p1);
    if (gradient.kind == Gradient::Kind::radial) text += "," + number(gradient.r1);
    text += " " + point(gradient.p2);
    if (gradient.kind == Gradient::Kind::radial) text += "," + number(gradient.r2);
    text += gradient.spread == SpreadMethod::pad ? "" : gradient.spread == SpreadMethod::reflect ? " reflect" : " repeat";
    for (const GradientStop& stop : gradient.stops) {
        text += " " + number(stop.offset) + ":" + to_css(stop.colour);
        if (stop.opacity < 1) text += "/" + number(stop.opacity);
    }
    return text + matrix(gradient.transform) + ")";
}

std::string paint_text(const Paint& paint) {
    std::string text = std::visit(overloaded{[](const Colour& colour) { return to_css(colour); },
                                             [](const Gradient& gradient) { return gradient_text(gradient); }},
                                  paint.source);
    return paint.opacity < 1 ? text + "/" + number(paint.opacity) : text;
}

std::string stroke_text(const Stroke& stroke) {
    static constexpr std::array caps = {"", " round-cap", " square-cap"};
    static constexpr std::array joins = {"", " round-join", " bevel-join"};
    std::string text = paint_text(stroke.paint) + " " + number(stroke.width);
    text += caps[static_cast<std::size_t>(stroke.cap)];
    text += joins[static_cast<std::size_t>(stroke.join)];
    if (stroke.miter_limit != 4) text += " miter-limit " + number(stroke.miter_limit);
    for (std::size_t i = 0; i < stroke.dashes.size(); ++i) text += (i == 0 ? " dashes " : ",") + number(stroke.dashes[i]);
    if (stroke.dash_offset != 0) text += " from " + number(stroke.dash_offset);
    return text;
}

std::string painting_text(const std::optional<Paint>& fill, const std::optional<Stroke>& stroke) {
    std::string text;
    if (fill) text += " fill " + paint_text(*fill);
    if (stroke) text += " stroke " + stroke_text(*stroke);
    return text;
}

std::string span_text(const TextSpan& span) {
    static constexpr std::array anchors = {"", " middle", " end"};
    static constexpr std::array slants = {"", " italic", " oblique"};
    static constexpr std::array baselines = {"",        " at-middle", " at-central",    " at-hanging",
                                             " at-top", " at-bottom", " at-ideographic"};
    std::string text = "  ‘" + span.text + "’";
    if (span.begins_line) text += " begins-line";
    if (span.x) text += " x " + number(*span.x);
    if (span.y) text += " y " + number(*span.y);
    if (span.dx != 0 || span.dy != 0) text += " move " + number(span.dx) + "," + number(span.dy);
    if (span.rotate != 0) text += " rotate " + number(span.rotate);
    if (span.baseline_shift != 0) text += " raise " + number(span.baseline_shift);
    text += baselines[static_cast<std::size_t>(span.baseline)];
    text += anchors[static_cast<std::size_t>(span.anchor)];
    if (span.right_to_left) text += " rtl";
    for (std::size_t i = 0; i < span.font.families.size(); ++i) text += (i == 0 ? " " : ", ") + span.font.families[i];
    text += " " + number(span.font.size);
    if (span.font.weight != 400) text += " weight " + std::to_string(span.font.weight);
    text += slants[static_cast<std::size_t>(span.font.slant)];
    if (span.font.stretch != 1) text += " stretch " + number(span.font.stretch);
    if (span.font.small_caps) text += " small-caps";
    if (span.letter_spacing != 0) text += " letter-spacing " + number(span.letter_spacing);
    if (span.word_spacing != 0) text += " word-spacing " + number(span.word_spacing);
    if (span.underline) text += " underline";
    if (span.overline) text += " overline";
    if (span.line_through) text += " line-through";
    if (!span.language.empty()) text += " " + span.language;
    if (span.fit != 0) text += " fit " + std::to_string(span.fit);
    return text + painting_text(span.fill, span.stroke) + "\n";
}

} // namespace

std::string dump(const Drawing& drawing) {
    std::string text =
        "drawing " + number(drawing.width) + " × " + number(drawing.height) + (drawing.has_size ? "" : " without a size") + "\n";
    if (!drawing.title.empty()) text += "title " + drawing.title + "\n";
    if (!drawing.description.empty()) text += "description " + drawing.description + "\n";
    if (!drawing.language.empty()) text += "language " + drawing.language + "\n";
    const auto rule_text = [](FillRule rule) { return rule == FillRule::evenodd ? " evenodd" : ""; };
    for (const DrawingCommand& command : drawing.commands) {
        std::visit(
            overloaded{
                [&](const PathCommand& path) {
                    text += "path" + matrix(path.transform) + rule_text(path.rule) + painting_text(path.fill, path.stroke) +
                            path_text(path.path) + "\n";
                },
                [&](const TextCommand& words) {
                    text += "text" + matrix(words.transform);
                    for (const TextFit& fit : words.fits)
                        text += " fit " + number(fit.length) + (fit.stretches_glyphs ? " glyphs" : "");
                    text += "\n";
                    for (const TextSpan& span : words.spans) text += span_text(span);
                },
                [&](const ImageCommand& image) {
                    text += "image " + std::to_string(image.image) + matrix(image.transform);
                    if (image.opacity < 1) text += " /" + number(image.opacity);
                    text += "\n";
                },
                [&](const PushClip& clip) { text += std::string("clip") + rule_text(clip.rule) + path_text(clip.path) + "\n"; },
                [&](const PopClip&) { text += "end clip\n"; },
                [&](const PushGroup& group) { text += "group /" + number(group.opacity) + "\n"; },
                [&](const PopGroup&) { text += "end group\n"; },
            },
            command);
    }
    return text;
}

} // namespace bifolio
