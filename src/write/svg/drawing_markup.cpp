#include "write/svg/drawing_markup.h"

#include "base/overloaded.h"
#include "write/svg/glyph_markup.h"
#include "write/svg/svg_markup.h"

#include <array>
#include <cstddef>

namespace bifolio {

namespace {

class DrawingWriter {
public:
    DrawingWriter(const PlacedPicture& placed, const std::string& key, SvgDefinitions& definitions)
        : placed_(placed), key_(key), definitions_(definitions) {}

    std::string write(const Drawing& drawing) {
        std::size_t text = 0;
        for (const DrawingCommand& command : drawing.commands)
            std::visit(overloaded{
                           [&](const PathCommand& path) { draw(path); },
                           [&](const TextCommand& words) { draw(words, text++); },
                           [&](const ImageCommand& image) { draw(image, drawing); },
                           [&](const PushClip& clip) {
                               out_ += "<g clip-path=\"url(#" + definitions_.clip(clip.path, clip.rule) + ")\">\n";
                           },
                           [&](const PopClip&) { out_ += "</g>\n"; },
                           [&](const PushGroup& group) { out_ += "<g opacity=\"" + svg_number(group.opacity) + "\">\n"; },
                           [&](const PopGroup&) { out_ += "</g>\n"; },
                       },
                       command);
        return std::move(out_);
    }
    const std::string& problem() const { return problem_; }

private:
    std::string paint(std::string_view property, const Paint& paint) {
        if (const Colour* colour = std::get_if<Colour>(&paint.source)) return svg_paint(property, *colour, paint.opacity);
        return " " + std::string(property) + "=\"url(#" + definitions_.gradient(std::get<Gradient>(paint.source), paint.opacity) +
               ")\"";
    }

    static std::string transform(const AffineTransform& by) {
        return by == AffineTransform{} ? std::string() : " transform=\"" + svg_matrix(by) + "\"";
    }

    void draw(const PathCommand& command) {
        if (!command.fill && !command.stroke) return;
        out_ += "<path d=\"" + svg_path(command.path) + "\"" + transform(command.transform);
        out_ += command.fill ? paint("fill", *command.fill) : " fill=\"none\"";
        if (command.fill && command.rule == FillRule::evenodd) out_ += " fill-rule=\"evenodd\"";
        if (command.stroke) out_ += stroke(*command.stroke);
        out_ += "/>\n";
    }

    std::string stroke(const Stroke& stroke) {
        constexpr std::array caps{"butt", "round", "square"}, joins{"miter", "round", "bevel"};
        std::string out = paint("stroke", stroke.paint) + " stroke-width=\"" + svg_number(stroke.width, 5) + "\"";
        if (stroke.cap != LineCap::butt)
            out += " stroke-linecap=\"" + std::string(caps[static_cast<std::size_t>(stroke.cap)]) + "\"";
        if (stroke.join != LineJoin::miter)
            out += " stroke-linejoin=\"" + std::string(joins[static_cast<std::size_t>(stroke.join)]) + "\"";
        else if (stroke.miter_limit != 4)
            out += " stroke-miterlimit=\"" + svg_number(stroke.miter_limit) + "\"";
        if (!stroke.dashes.empty()) {
            out += " stroke-dasharray=\"";
            for (const double dash : stroke.dashes) out += svg_number(dash) + " ";
            out.back() = '"';
            if (stroke.dash_offset != 0) out += " stroke-dashoffset=\"" + svg_number(stroke.dash_offset) + "\"";
        }
        return out;
    }

    void draw(const TextCommand& command, std::size_t at) {
        if (at >= placed_.drawing_text.size()) return;
        out_ += "<g" + transform(command.transform) + ">\n";
        for (const auto& [point, run] : placed_.drawing_text[at])
            out_ += glyph_markup(run, {in_px(point.x), in_px(point.y)}, definitions_);
        out_ += "</g>\n";
    }

    void draw(const ImageCommand& command, const Drawing& drawing) {
        const auto id = definitions_.image(key_ + "/" + std::to_string(command.image), drawing.images[command.image]);
        if (!id) {
            problem_ = id.error();
            return;
        }
        out_ += "<use xlink:href=\"#" + id.value() + "\"" + transform(command.transform);
        if (command.opacity < 1) out_ += " opacity=\"" + svg_number(command.opacity) + "\"";
        out_ += "/>\n";
    }

    const PlacedPicture& placed_;
    const std::string& key_;
    SvgDefinitions& definitions_;
    std::string out_, problem_;
};

} // namespace

std::string drawing_markup(const Drawing& drawing, const PlacedPicture& placed, const std::string& key,
                           SvgDefinitions& definitions, std::string& problem) {
    DrawingWriter writer(placed, key, definitions);
    std::string out = writer.write(drawing);
    problem = writer.problem();
    return out;
}

} // namespace bifolio
