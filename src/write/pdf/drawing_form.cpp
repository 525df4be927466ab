#include "write/pdf/drawing_form.h"

#include "base/overloaded.h"
#include "write/pdf/gradient_colours.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr int most_clips = 20;       // of one stream; shapes and what they stand in take some more of the 28
constexpr int gradient_repeats = 12; // how often a repeated gradient goes on at either end

std::string numbers(std::initializer_list<double> values) {
    std::string out;
    for (const double value : values) {
        append_pdf_number(out, value);
        out += ' ';
    }
    return out;
}

std::string path_operators(const DrawingPath& path) {
    std::string out;
    std::size_t at = 0;
    for (const PathVerb verb : path.verbs) switch (verb) {
        case PathVerb::move: out += numbers({path.points[at].x, path.points[at].y}) + "m\n", ++at; break;
        case PathVerb::line: out += numbers({path.points[at].x, path.points[at].y}) + "l\n", ++at; break;
        case PathVerb::cubic:
            for (std::size_t i = 0; i < 3; ++i, ++at) out += numbers({path.points[at].x, path.points[at].y});
            out += "c\n";
            break;
        case PathVerb::close: out += "h\n"; break;
        }
    return out;
}

// The colours of a gradient as a function from 0 to 1. ISO 32000-1, 7.10.3 and 7.10.4.
// `colours`: nullptr for their opacities.
std::string stops_function(const std::vector<GradientStop>& stops, const GradientColours* colours) {
    const auto value = [&](const GradientStop& stop) {
        return "[" + (colours ? colours->shares(stop.colour) : pdf_number(stop.opacity)) + "]";
    };
    std::string functions, bounds, encode;
    for (std::size_t at = 0; at + 1 < stops.size(); ++at) {
        functions += "<</FunctionType 2/Domain[0 1]/N 1/C0" + value(stops[at]) + "/C1" + value(stops[at + 1]) + ">>";
        if (at > 0) bounds += pdf_number(stops[at].offset) + " ";
        encode += "0 1 ";
    }
    return "<</FunctionType 3/Domain[0 1]/Functions[" + functions + "]/Bounds[" + bounds + "]/Encode[" + encode + "]>>";
}

// PDF knows only padding. A gradient that repeats or reflects is written out over more of its axis.
Gradient padded(Gradient gradient) {
    std::vector<GradientStop>& stops = gradient.stops;
    if (stops.front().offset > 0) {
        stops.insert(stops.begin(), stops.front());
        stops.front().offset = 0;
    }
    if (stops.back().offset < 1) {
        stops.push_back(stops.back());
        stops.back().offset = 1;
    }
    if (gradient.spread == SpreadMethod::pad) return gradient;
    const bool linear = gradient.kind == Gradient::Kind::linear;
    const int before = linear ? gradient_repeats : 0;
    const int total = before + 1 + gradient_repeats;
    std::vector<GradientStop> repeated;
    for (int i = 0; i < total; ++i) {
        std::vector<GradientStop> one = stops;
        if (gradient.spread == SpreadMethod::reflect && (i - before) % 2 != 0) {
            std::ranges::reverse(one);
            for (GradientStop& stop : one) stop.offset = 1 - stop.offset;
        }
        for (GradientStop stop : one) {
            stop.offset = (i + stop.offset) / total;
            repeated.push_back(stop);
        }
    }
    stops = std::move(repeated);
    const DrawingPoint step{gradient.p2.x - gradient.p1.x, gradient.p2.y - gradient.p1.y};
    const double growth = gradient.r2 - gradient.r1;
    gradient.p1 = {gradient.p1.x - step.x * before, gradient.p1.y - step.y * before};
    gradient.p2 = {gradient.p1.x + step.x * total, gradient.p1.y + step.y * total};
    gradient.r2 = gradient.r1 + growth * total;
    gradient.spread = SpreadMethod::pad;
    return gradient;
}

// `space`: what the stops' colours, or their opacities, are written in.
std::string shading(const Gradient& gradient, const std::string& space, const GradientColours* colours) {
    const bool linear = gradient.kind == Gradient::Kind::linear;
    const std::string coordinates =
        linear ? numbers({gradient.p1.x, gradient.p1.y, gradient.p2.x, gradient.p2.y})
               : numbers({gradient.p1.x, gradient.p1.y, gradient.r1, gradient.p2.x, gradient.p2.y, gradient.r2});
    return std::string("<</ShadingType ") + (linear ? "2" : "3") + "/ColorSpace" + space + "/Coords[" + coordinates +
           "]/Extend[true true]/Function" + stops_function(gradient.stops, colours) + ">>";
}

std::string matrix(const AffineTransform& t) { return "[" + numbers({t.a, t.b, t.c, t.d, t.e, t.f}) + "]"; }

class FormWriter {
public:
    FormWriter(const Drawing& drawing, const PlacedPicture& placed, const PdfFonts& fonts, const PdfColours& colours,
               PdfDocument& document, PdfReference resources, std::string prefix,
               const std::function<std::string(std::uint32_t)>& image_name)
        : drawing_(drawing), placed_(placed), document_(document), resources_(resources), prefix_(std::move(prefix)),
          image_name_(image_name), fonts_(fonts), colours_(colours) {
        contents_.emplace_back(fonts, colours);
    }

    DrawingForm write() {
        std::size_t text_index = 0;
        for (const DrawingCommand& command : drawing_.commands)
            std::visit(overloaded{
                           [&](const PathCommand& path) { draw(path); },
                           [&](const TextCommand& text) { draw(text, text_index++); },
                           [&](const ImageCommand& image) { draw(image); },
                           [&](const PushClip& clip) { begin_clip(clip); },
                           [&](const PopClip&) { end_clip(); },
                           [&](const PushGroup& group) {
                               group_opacities_.push_back(group.opacity);
                               begin_form(false);
                           },
                           [&](const PopGroup&) { end_group(); },
                       },
                       command);
        take_opacities(content());
        form_.operators = content().operators();
        return std::move(form_);
    }

private:
    ContentStream& content() { return contents_.back(); }

    void take_opacities(const ContentStream& stream) {
        form_.opacities.insert(stream.opacities().begin(), stream.opacities().end());
    }

    void begin_form(bool for_clips) {
        contents_.emplace_back(fonts_, colours_);
        clips_.push_back({0, for_clips});
    }

    // What was painted since begin_form(), as a form of its own: its name.
    std::string end_form(const std::string& group) {
        ContentStream inner = std::move(contents_.back());
        contents_.pop_back();
        clips_.pop_back();
        take_opacities(inner);
        const std::string name = "G" + prefix_ + "_" + std::to_string(number_++);
        form_.forms += "/" + name + " " +
                       pdf_reference(document_.add_compressed_stream("/Type/XObject/Subtype/Form" + group + "/BBox[" +
                                                                         numbers({0, 0, drawing_.width, drawing_.height}) +
                                                                         "]/Resources " + pdf_reference(resources_),
                                                                     inner.operators()));
        return name;
    }

    // Each clip within another saves the state once more, and PDF/A allows 28 of that in one stream (ISO 19005-2, 6.1.13): deep
    // ones go on in a form.
    void begin_clip(const PushClip& clip) {
        if (clips_.back().open == most_clips) begin_form(true);
        ++clips_.back().open;
        content().save();
        content().raw(path_operators(clip.path) + (clip.rule == FillRule::evenodd ? "W* n\n" : "W n\n"));
    }

    void end_clip() {
        content().restore();
        if (--clips_.back().open > 0 || !clips_.back().in_form) return;
        const std::string name = end_form("");
        content().knock_out();
        content().raw("/" + name + " Do\n");
    }

    // A group is painted as one, then laid on: a transparency group. ISO 32000-1, 11.6.6.
    void end_group() {
        const double group_opacity = group_opacities_.back();
        group_opacities_.pop_back();
        const std::string name = end_form("/Group<</S/Transparency/CS" + std::string(colours_.group_space()) + "/I true>>");
        content().save();
        content().knock_out();
        content().opacity(group_opacity);
        content().raw("/" + name + " Do\n");
        content().restore();
    }

    // Makes the paint the current one for filling or stroking; its opacity is set too.
    void use(const Paint& paint, const AffineTransform& transform, bool stroking) {
        content().opacity(paint.opacity);
        if (const Colour* colour = std::get_if<Colour>(&paint.source)) {
            if (stroking)
                content().stroke_colour(*colour);
            else
                content().fill_colour(*colour);
            return;
        }
        content().knock_out();
        const Gradient gradient = padded(std::get<Gradient>(paint.source));
        const AffineTransform to_drawing = transform * gradient.transform;
        if (std::ranges::any_of(gradient.stops, [](const GradientStop& stop) { return stop.opacity < 1; }))
            soft_mask(gradient, to_drawing);
        const GradientColours colours(gradient, colours_);
        const std::string name = "P" + prefix_ + "_" + std::to_string(number_++);
        // The pattern's matrix leads to the form's space, not to what cm has made of it.
        form_.patterns +=
            "/" + name + " " +
            pdf_reference(document_.add_dictionary("/Type/Pattern/PatternType 2/Matrix" + matrix(to_drawing) + "/Shading" +
                                                   shading(gradient, colours.space(document_), &colours)));
        content().raw(stroking ? "/Pattern CS /" + name + " SCN\n" : "/Pattern cs /" + name + " scn\n");
    }

    // Stops that let the ground through: a luminosity mask with the stops' opacities. ISO 32000-1, 11.6.5.3.
    void soft_mask(const Gradient& gradient, const AffineTransform& to_drawing) {
        const std::string name = "M" + prefix_ + "_" + std::to_string(number_++);
        const std::string box = numbers({0, 0, drawing_.width, drawing_.height});
        const PdfReference mask = document_.add_compressed_stream(
            "/Type/XObject/Subtype/Form/Group<</S/Transparency/CS/DeviceGray>>/BBox[" + box + "]/Resources<</Shading<</S0" +
                shading(gradient, "/DeviceGray", nullptr) + ">>>>",
            numbers({to_drawing.a, to_drawing.b, to_drawing.c, to_drawing.d, to_drawing.e, to_drawing.f}) + "cm /S0 sh\n");
        form_.soft_masks += "/" + name + "<</SMask<</S/Luminosity/G " + pdf_reference(mask) + ">>>>";
        // The mask's matrix is that of the moment it is set; undo this command's transform by setting it first.
        content().raw("/" + name + " gs\n");
    }

    void paint_path(const PathCommand& command, const Paint& paint, bool stroking) {
        content().save();
        use(paint, command.transform, stroking);
        const AffineTransform& t = command.transform;
        if (!(t == AffineTransform{})) content().transform(t.a, t.b, t.c, t.d, t.e, t.f);
        std::string operators;
        if (stroking) {
            const Stroke& stroke = *command.stroke;
            operators += numbers({stroke.width}) + "w " + std::to_string(static_cast<int>(stroke.cap)) + " J " +
                         std::to_string(static_cast<int>(stroke.join)) + " j " + numbers({std::max(1.0, stroke.miter_limit)}) +
                         "M [";
            for (const double dash : stroke.dashes) operators += numbers({dash});
            operators += "] " + numbers({stroke.dash_offset}) + "d\n";
        }
        operators += path_operators(command.path);
        operators += stroking ? "S\n" : command.rule == FillRule::evenodd ? "f*\n" : "f\n";
        content().raw(operators);
        content().restore();
    }

    void draw(const PathCommand& command) {
        if (command.fill) paint_path(command, *command.fill, false);
        if (command.stroke) paint_path(command, command.stroke->paint, true);
    }

    void draw(const TextCommand& command, std::size_t text_index) {
        if (text_index >= placed_.drawing_text.size()) return;
        const AffineTransform& t = command.transform;
        content().save();
        if (!(t == AffineTransform{})) content().transform(t.a, t.b, t.c, t.d, t.e, t.f);
        constexpr double px = 1 / 0.75; // layout's Lengths are points
        for (const auto& [at, run] : placed_.drawing_text[text_index])
            content().text(run, {at.x.in_pt() * px, at.y.in_pt() * px}, px, true);
        content().restore();
    }

    void draw(const ImageCommand& command) {
        const std::string name = image_name_(command.image);
        if (name.empty()) return;
        content().save();
        content().knock_out();
        content().opacity(command.opacity);
        const AffineTransform& t = command.transform;
        content().transform(t.a, t.b, t.c, t.d, t.e, t.f);
        content().transform(1, 0, 0, -1, 0, 1); // the unit square of an image has its origin below
        content().raw("/" + name + " Do\n");
        content().restore();
    }

    const Drawing& drawing_;
    const PlacedPicture& placed_;
    PdfDocument& document_;
    PdfReference resources_;
    std::string prefix_;
    const std::function<std::string(std::uint32_t)>& image_name_;
    const PdfFonts& fonts_;
    const PdfColours& colours_;
    std::vector<ContentStream> contents_; // the innermost form last
    struct Clips {
        int open = 0;
        bool in_form = false; // the form was begun for them alone
    };
    std::vector<Clips> clips_{1}; // of each of them
    std::vector<double> group_opacities_;
    DrawingForm form_;
    int number_ = 0;
};

} // namespace

DrawingForm drawing_form(const Drawing& drawing, const PlacedPicture& placed, const PdfFonts& fonts, const PdfColours& colours,
                         PdfDocument& document, PdfReference resources, const std::string& prefix,
                         const std::function<std::string(std::uint32_t)>& image_name) {
    return FormWriter(drawing, placed, fonts, colours, document, resources, prefix, image_name).write();
}

} // namespace bifolio
