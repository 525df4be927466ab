#include "layout/page/picture_layout.h"

#include "base/number.h"
#include "base/overloaded.h"
#include "base/utf8.h"
#include "layout/page/block_flow.h"
#include "layout/page/drawing_text.h"
#include "picture/picture.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr double least_resolution = 200; // dots per inch

// HTML's width attribute and Markdown's {width=60%}: pixels, a percentage, or a CSS length.
Dimension dimension_of(const std::string* text) {
    if (!text) return {};
    std::string_view rest = *text;
    const std::optional<double> number = take_number(rest);
    if (!number || *number <= 0 || *number > 100'000) return {};
    if (rest == "%") return {false, Length(), *number};
    if (rest.empty() || rest == "px") return Dimension::of(Length::px(*number));
    if (rest == "pt") return Dimension::of(Length::pt(*number));
    if (rest == "mm") return Dimension::of(Length::mm(*number));
    if (rest == "cm") return Dimension::of(Length::mm(*number * 10));
    if (rest == "in") return Dimension::of(Length::pt(*number * 72));
    return {};
}

void warn_of_resolution(const LayoutContext& context, SectionState& state, NodeId node, ResourceId resource, Length width) {
    const PictureFact& fact = context.pictures[index(resource)];
    if (fact.is_drawing || fact.pixels_across == 0 || width <= Length()) return;
    const double dots = fact.pixels_across / (width.in_pt() / 72.0);
    if (dots >= least_resolution) return;
    state.report.diagnostics.warning("layout.low-resolution", context.book.node(node).info.where,
                                     "the picture ‘" + context.book.resources[index(resource)].path + "’ is printed " +
                                         std::to_string(std::lround(width.in_mm())) + " mm wide with " +
                                         std::to_string(std::lround(dots)) + " dots per inch; print asks for " +
                                         std::to_string(std::lround(least_resolution)));
}

// CSS Images 3 §5.5: the picture within a box of other proportions, in its middle.
std::optional<PageRect> fitted(ObjectFit fit, Length width, Length height, const PictureFact& fact) {
    const double across = width / fact.width, down = height / fact.height;
    if (fit == ObjectFit::fill || std::abs(across - down) < 0.005 * down) return std::nullopt;
    double scale = fit == ObjectFit::cover ? std::max(across, down) : std::min(across, down);
    if (fit == ObjectFit::none) scale = 1;
    if (fit == ObjectFit::scale_down) scale = std::min(scale, 1.0);
    const Length drawn_width = fact.width.scaled(scale), drawn_height = fact.height.scaled(scale);
    return PageRect{(width - drawn_width) / 2, (height - drawn_height) / 2, drawn_width, drawn_height};
}

} // namespace

Length height_around(const LayoutContext& context, NodeId node) {
    Length height;
    for (NodeId id = context.book.node(node).parent; id != no_node; id = context.book.node(id).parent) {
        const ComputedStyle& style = context.style(id);
        for (const Side side : {Side::top, Side::bottom}) {
            height += at(style.border_width, side);
            if (at(style.padding, side).is_definite()) height += at(style.padding, side).length;
        }
        if (context.book.node(id).element != Element::figure) continue;
        for (const NodeId child : children(context.book, id))
            if (context.book.node(child).element == Element::figcaption) { // room for a caption of its length
                const ComputedStyle& caption = context.style(child);
                const StyleMetrics& metrics = context.metrics[context.style_of(child)];
                const auto lines = static_cast<int>(std::min<std::size_t>(2 + text_content(context.book, child).size() / 60, 12));
                height += (metrics.line_above + metrics.line_below) * lines + caption.font_size;
            }
        break;
    }
    return height;
}

PictureBox size_picture(const LayoutContext& context, SectionState& state, NodeId node, ResourceId resource,
                        std::uint32_t style_index, std::optional<Length> available, Length beside) {
    const ComputedStyle& style = context.computed(style_index);
    const Node& source = context.book.node(node);
    PictureBox box;
    PictureFact fact;
    if (resource != no_resource) fact = context.pictures[index(resource)];
    box.missing = !fact.known || fact.width <= Length() || fact.height <= Length();
    if (box.missing) {
        fact.width = available ? min(*available, Length::mm(60)) : Length::mm(60);
        fact.height = style.font_size * 4;
    }
    const double proportion = fact.height / fact.width;
    const Length room = available.value_or(Length());

    Dimension width = style.width, height = style.height;
    if (source.element == Element::img && width.automatic && height.automatic) {
        width = dimension_of(attribute(source, "width"));
        height = dimension_of(attribute(source, "height"));
    }
    if (height.percent != 0) { // of a height that depends on its content it is none
        const std::optional<Length> share = definite_height(context, node, height);
        height = share ? Dimension::of(*share) : Dimension();
    }
    const bool unknown_share = width.percent != 0 && !available;
    if (!width.automatic && !unknown_share) {
        box.width = width.resolve(room);
        box.height = height.automatic ? box.width.scaled(proportion) : height.length;
    } else if (!height.automatic) {
        box.height = height.length;
        box.width = box.height.scaled(1 / proportion);
    } else {
        box.width = fact.fits_any_width && available ? room : fact.width;
        box.height = box.width.scaled(proportion);
    }
    const auto scale_to = [&](Length limit, Length side) {
        if (side <= limit || side <= Length() || limit <= Length()) return;
        const double factor = limit / side;
        box.width = box.width.scaled(factor);
        box.height = box.height.scaled(factor);
    };
    if (!style.max_width.automatic && (style.max_width.percent == 0 || available))
        scale_to(style.max_width.resolve(room), box.width);
    if (style.max_height.is_definite()) scale_to(style.max_height.length, box.height);
    if (available) {
        scale_to(room, box.width);
        const Length most = max(state.page_height - beside, state.page_height / 4);
        if (state.page_height > Length() && box.height > most) {
            // object-fit: contain asks for just this: as large as the page allows.
            if (style.object_fit != ObjectFit::contain)
                state.report.diagnostics.warning("layout.picture-too-tall", source.info.where,
                                                 "the picture is " + std::to_string(std::lround(box.height.in_mm())) +
                                                     " mm tall; it was made smaller to fit the page");
            scale_to(most, box.height);
        }
    }
    if (!box.missing) box.whole = fitted(style.object_fit, box.width, box.height, fact);
    return box;
}

namespace {

// A drawing's text is placed as it is: there is no room for a box in the place of a character.
void find_missing_glyphs_of_drawing(const LayoutContext& context, NodeId node, const PlacedPicture& picture) {
    constexpr char32_t first_letter = 0x21;
    for (const auto& command : picture.drawing_text)
        for (const auto& [at, run] : command)
            for (const Glyph& glyph : run.glyphs) {
                if (glyph.id != 0 || glyph.cluster >= run.text.size()) continue;
                const char32_t c = decode_utf8(run.text, glyph.cluster).code_point;
                if (c < first_letter) continue;
                MissingGlyph missing;
                missing.cluster.assign(1, c);
                missing.word = run.text;
                missing.where = context.book.node(node).info.where;
                missing.in_drawing = true;
                context.missing_glyphs->add(std::move(missing));
            }
}

} // namespace

void place_picture(const LayoutContext& context, SectionState& state, NodeId node, std::optional<PseudoElement> generated,
                   ResourceId resource, std::uint32_t style_index, const PictureBox& box, std::vector<PlacedItem>& into) {
    const ComputedStyle& style = context.computed(style_index);
    const Content owner{node, 0, 0, generated};
    if (!box.missing) {
        PlacedPicture picture;
        picture.resource = resource;
        picture.width = box.width;
        picture.height = box.height;
        picture.whole = box.whole;
        picture.opacity = style.opacity;
        if (const auto& drawing = context.drawings[index(resource)])
            picture.drawing_text = shape_drawing(*drawing, context.shaper);
        find_missing_glyphs_of_drawing(context, node, picture);
        warn_of_resolution(context, state, node, resource, box.whole ? box.whole->width : box.width);
        into.push_back({{}, owner, std::move(picture)});
        return;
    }
    BoxDecoration frame;
    frame.width = box.width;
    frame.height = box.height;
    frame.border_width.fill(Length::pt(0.5));
    frame.border_style.fill(BorderStyle::solid);
    frame.border_colour.fill(style.colour);
    into.push_back({{}, Artifact::decoration, frame});
    const std::string* alternative = attribute(context.book.node(node), "alt");
    if (!alternative || alternative->empty()) return;
    ParagraphSetting setting;
    setting.style = style_index;
    const Length inset = Length::pt(4);
    setting.shape = {{inset, max(box.width - inset * 2, Length::pt(10))}};
    setting.align = TextAlign::start;
    const InlineContent words = plain_inline_content(context, style_index, *alternative);
    std::vector<AtomItems> none;
    Length y = inset;
    for (LineBox& line : build_lines(context, words, none, setting, state.scratch, state.report.diagnostics)) {
        if (y + line.height > box.height) break;
        for (PlacedItem& item : line.items) {
            item.at.y += y;
            item.owner = owner;
            into.push_back(std::move(item));
        }
        y += line.height;
    }
}

} // namespace bifolio
