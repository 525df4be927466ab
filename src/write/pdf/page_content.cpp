#include "write/pdf/page_content.h"

#include "write/pdf/initial_word.h"

#include "base/overloaded.h"
#include "io/deflate.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

std::string_view artifact_properties(Artifact artifact) {
    switch (artifact) {
    case Artifact::running_head: return "/Type/Pagination/Subtype/Header/Attached[/Top]";
    case Artifact::folio: return "/Type/Pagination/Subtype/Footer/Attached[/Bottom]";
    case Artifact::repeated_table_head: return "/Type/Pagination";
    case Artifact::background: return "/Type/Background";
    case Artifact::crop_mark: return "/Type/Page";
    case Artifact::footnote_rule:
    case Artifact::border:
    case Artifact::rule:
    case Artifact::decoration: return "/Type/Layout";
    }
    return "";
}

// Draws single items. All sizes go through the surface's scale.
class Painter {
public:
    Painter(ContentStream& content, const SurfacePage& page, const PdfPictures& pictures)
        : content_(content), page_(page), pictures_(pictures) {}

    void paint(const PlacedItem& item) {
        const bool clipped = page_.clip && !std::holds_alternative<GlyphRun>(item.item);
        if (clipped) {
            content_.save();
            for (const double value : *page_.clip) content_.number(value);
            content_.raw("re W n\n");
        }
        paint_unclipped(item);
        if (clipped) content_.restore();
    }

private:
    void paint_unclipped(const PlacedItem& item) {
        if (page_.upside_down) { // turn round the item's own point
            const PdfPoint at = page_.to_pdf(item.at);
            content_.save();
            content_.transform(-1, 0, 0, -1, at.x, at.y);
            paint_at(item, {0, 0});
            content_.restore();
        } else {
            paint_at(item, page_.to_pdf(item.at));
        }
    }

    double points(Length length) const { return length.in_pt() * page_.scale; }

    void paint_at(const PlacedItem& item, PdfPoint at) {
        std::visit(overloaded{
                       [&](const GlyphRun& run) { content_.text(run, at, page_.scale); },
                       [&](const BoxDecoration& box) { paint_box(box, at); },
                       [&](const LineRule& rule) { paint_rule(rule, at); },
                       [&](const PlacedPicture& picture) { paint_picture(picture, at); },
                   },
                   item.item);
    }

    void paint_picture(const PlacedPicture& picture, PdfPoint at) {
        const double width = points(picture.width), height = points(picture.height);
        const bool own_state = picture.opacity < 1 || picture.whole;
        if (own_state) content_.save();
        if (picture.opacity < 1) content_.opacity(picture.opacity);
        if (picture.whole) {
            const PageRect& whole = *picture.whole;
            for (const double value : {at.x, at.y - height, width, height}) content_.number(value);
            content_.raw("re W n\n");
            pictures_.paint(content_, picture.resource, at.x + points(whole.x), at.y - points(whole.y + whole.height),
                            points(whole.width), points(whole.height));
        } else {
            pictures_.paint(content_, picture.resource, at.x, at.y - height, width, height);
        }
        if (own_state) content_.restore();
    }

    void paint_rule(const LineRule& rule, PdfPoint at) {
        const double length = points(rule.length), thickness = points(rule.thickness);
        if (length <= 0 || thickness <= 0) return;
        content_.save();
        content_.opacity(rule.colour.opacity());
        if (rule.style == BorderStyle::dashed || rule.style == BorderStyle::dotted) {
            const PdfPoint end = rule.vertical ? PdfPoint{at.x, at.y - length} : PdfPoint{at.x + length, at.y};
            const double shift = thickness / 2;
            if (rule.vertical)
                stroke({at.x + shift, at.y}, {end.x + shift, end.y}, thickness, rule.style, rule.colour);
            else
                stroke({at.x, at.y - shift}, {end.x, end.y - shift}, thickness, rule.style, rule.colour);
        } else if (rule.style == BorderStyle::double_) {
            const double third = thickness / 3;
            fill_rectangle(at.x, at.y - third, rule.vertical ? third : length, rule.vertical ? -length + third : third,
                           rule.colour);
            if (rule.vertical)
                fill_rectangle(at.x + 2 * third, at.y - third, third, -length + third, rule.colour);
            else
                fill_rectangle(at.x, at.y - thickness, length, third, rule.colour);
        } else if (rule.vertical) {
            fill_rectangle(at.x, at.y - length, thickness, length, rule.colour);
        } else {
            fill_rectangle(at.x, at.y - thickness, length, thickness, rule.colour);
        }
        content_.restore();
    }

    void fill_rectangle(double x, double y, double width, double height, Colour colour) {
        content_.fill_colour(colour);
        for (const double value : {x, y, width, height}) content_.number(value);
        content_.raw("re f\n");
    }

    void stroke(PdfPoint from, PdfPoint to, double thickness, BorderStyle style, Colour colour) {
        content_.stroke_colour(colour);
        content_.number(thickness);
        content_.raw("w ");
        if (style == BorderStyle::dotted) {
            content_.raw("1 J [0 ");
            content_.number(2 * thickness);
            content_.raw("] 0 d ");
        } else if (style == BorderStyle::dashed) {
            content_.raw("0 J [");
            content_.number(3 * thickness);
            content_.number(2 * thickness);
            content_.raw("] 0 d ");
        } else {
            content_.raw("0 J [] 0 d ");
        }
        content_.number(from.x);
        content_.number(from.y);
        content_.raw("m ");
        content_.number(to.x);
        content_.number(to.y);
        content_.raw("l S\n");
    }

    void paint_box(const BoxDecoration& box, PdfPoint at) {
        const double width = points(box.width), height = points(box.height);
        std::array<double, 4> radius{};
        for (std::size_t i = 0; i < 4; ++i) radius[i] = std::min({points(box.radius[i]), width / 2, height / 2});
        content_.save();
        if (!box.background.is_invisible() && width > 0 && height > 0) {
            content_.save();
            content_.opacity(box.opacity * box.background.opacity());
            content_.fill_colour(box.background);
            std::string path;
            append_rounded_rectangle(path, at.x, at.y - height, width, height, radius);
            content_.raw(path + "f\n");
            content_.restore();
        }
        content_.opacity(box.opacity);
        paint_borders(box, at, width, height, radius);
        content_.restore();
    }

    static bool visible(const BoxDecoration& box, std::size_t side) {
        return box.border_width[side] > Length{} && box.border_style[side] != BorderStyle::none &&
               box.border_style[side] != BorderStyle::hidden && !box.border_colour[side].is_invisible();
    }

    void paint_borders(const BoxDecoration& box, PdfPoint at, double width, double height, const std::array<double, 4>& radius) {
        const bool all_alike = [&] {
            for (std::size_t side = 0; side < 4; ++side)
                if (!visible(box, side) || box.border_width[side] != box.border_width[0] ||
                    box.border_style[side] != box.border_style[0] || !(box.border_colour[side] == box.border_colour[0]))
                    return false;
            return true;
        }();
        if (all_alike && radius != std::array<double, 4>{}) { // one stroke round the corners
            const double thickness = points(box.border_width[0]), inset = thickness / 2;
            std::array<double, 4> middle = radius;
            for (double& r : middle) r = std::max(0.0, r - inset);
            std::string path;
            append_rounded_rectangle(path, at.x + inset, at.y - height + inset, width - thickness, height - thickness, middle);
            content_.stroke_colour(box.border_colour[0]);
            content_.number(thickness);
            content_.raw("w " + path + "S\n");
            return;
        }
        const double left = at.x, right = at.x + width, top = at.y, bottom = at.y - height;
        for (std::size_t side = 0; side < 4; ++side) {
            if (!visible(box, side)) continue;
            const double thickness = points(box.border_width[side]), half = thickness / 2;
            const BorderStyle style = box.border_style[side];
            const Colour colour = box.border_colour[side];
            if (style == BorderStyle::dashed || style == BorderStyle::dotted) {
                switch (static_cast<Side>(side)) {
                case Side::top: stroke({left, top - half}, {right, top - half}, thickness, style, colour); break;
                case Side::right: stroke({right - half, top}, {right - half, bottom}, thickness, style, colour); break;
                case Side::bottom: stroke({left, bottom + half}, {right, bottom + half}, thickness, style, colour); break;
                case Side::left: stroke({left + half, top}, {left + half, bottom}, thickness, style, colour); break;
                }
                continue;
            }
            const double part = style == BorderStyle::double_ ? thickness / 3 : thickness;
            const auto bar = [&](double inset) {
                switch (static_cast<Side>(side)) {
                case Side::top: fill_rectangle(left, top - inset - part, width, part, colour); break;
                case Side::right: fill_rectangle(right - inset - part, bottom, part, height, colour); break;
                case Side::bottom: fill_rectangle(left, bottom + inset, width, part, colour); break;
                case Side::left: fill_rectangle(left + inset, bottom, part, height, colour); break;
                }
            };
            bar(0);
            if (style == BorderStyle::double_) bar(2 * part);
        }
    }

    ContentStream& content_;
    const SurfacePage& page_;
    const PdfPictures& pictures_;
};

struct OrderedContent {
    ReadingKey key;
    const PlacedItem* item;
    const SurfacePage* page;
    StructureIndex element;
};

bool lies_behind(const PlacedItem& item) { return std::holds_alternative<BoxDecoration>(item.item); }

// What the printing house needs round the page. All of it is a printer's mark: no content.
class MarkPainter {
public:
    MarkPainter(ContentStream& content, const PdfColours& colours, const Surface& surface)
        : content_(content), colours_(colours), surface_(surface) {}

    void paint(const SlugLine& slug) {
        const SheetMarks& marks = surface_.marks;
        if (marks.room <= 0) return;
        content_.begin_artifact(artifact_properties(Artifact::crop_mark));
        content_.save();
        content_.knock_out();
        std::string out;
        colours_.append_registration(out, true);
        out += "0.25 w\n";
        for (const MarkLine& line : marks.lines) {
            out += line.dashed ? "[3 2] 0 d " : "[] 0 d ";
            append(out, line.from), out += "m ";
            append(out, line.to), out += "l S\n";
        }
        out += "[] 0 d\n";
        for (const MarkRing& ring : marks.rings) {
            const SheetPoint corner{ring.centre.x - ring.radius, ring.centre.y + ring.radius};
            const PdfPoint at = to_pdf(corner);
            append_rounded_rectangle(out, at.x, at.y, 2 * ring.radius, 2 * ring.radius,
                                     {ring.radius, ring.radius, ring.radius, ring.radius});
            out += "S\n";
        }
        for (const MarkPatch& patch : marks.patches) {
            for (const double share : patch.inks) append_pdf_number(out, share), out += ' ';
            out += "k ";
            append(out, patch);
        }
        const std::vector<std::string> spots = colours_.spot_fills();
        for (std::size_t i = 0; i < std::min(spots.size(), marks.spot_patches.size()); ++i)
            append(out += spots[i], marks.spot_patches[i]);
        content_.raw(out);
        content_.restore();
        for (const SheetPoint& corner : marks.slug) {
            const double scale = slug.width > Length() ? std::min(1.0, marks.slug_width / slug.width.in_pt()) : 1;
            PdfPoint at = to_pdf(corner);
            for (const GlyphRun& run : slug.runs) {
                content_.text(run, at, scale);
                at.x += run.width().in_pt() * scale;
            }
        }
        content_.end_marked();
    }

private:
    PdfPoint to_pdf(SheetPoint point) const {
        return {surface_.trim_left + point.x, surface_.trim_bottom + surface_.trim_height - point.y};
    }
    void append(std::string& out, SheetPoint point) const {
        const PdfPoint at = to_pdf(point);
        for (const double value : {at.x, at.y}) append_pdf_number(out, value), out += ' ';
    }
    void append(std::string& out, const MarkPatch& patch) const {
        const PdfPoint at = to_pdf({patch.corner.x, patch.corner.y + patch.size});
        for (const double value : {at.x, at.y, patch.size, patch.size}) append_pdf_number(out, value), out += ' ';
        out += "re f\n";
    }
    ContentStream& content_;
    const PdfColours& colours_;
    const Surface& surface_;
};

std::string box_of(const SurfacePage& page, const PlacedItem& item, Length width, Length height) {
    const PdfPoint one = page.to_pdf(item.at);
    const PdfPoint other = page.to_pdf({item.at.x + width, item.at.y + height});
    std::string box = "[";
    for (const double value :
         {std::min(one.x, other.x), std::min(one.y, other.y), std::max(one.x, other.x), std::max(one.y, other.y)})
        box += pdf_number(value) + " ";
    return box + "]";
}

// Paints the items of a surface: those that structure elements own in reading order, artifacts behind and in front of them.
class SurfacePainter {
public:
    SurfacePainter(const Surface& surface, const StructureTree& structure, ContentStream& content, const PdfPictures& pictures)
        : surface_(surface), structure_(structure), content_(content), pictures_(pictures) {}

    void paint(PageContent& result) {
        sort_and_paint_background();
        for (std::size_t at = 0; at < ordered_.size();) at = paint_element(at, result);
        for (const auto& [item, page] : in_front_) {
            const Artifact* artifact = std::get_if<Artifact>(&item->owner);
            paint_artifact(*item, *page, artifact ? *artifact : Artifact::decoration);
        }
    }

private:
    void sort_and_paint_background() {
        for (const SurfacePage& page : surface_.pages)
            for (const PlacedItem& item : page.page->items) {
                if (const Content* piece = std::get_if<Content>(&item.owner)) {
                    const StructureIndex element = structure_.element_of(*piece);
                    if (element != no_structure)
                        ordered_.push_back({structure_.key_of(*piece), &item, &page, element});
                    else
                        in_front_.push_back({&item, &page});
                } else if (lies_behind(item)) {
                    paint_artifact(item, page, std::get<Artifact>(item.owner));
                } else {
                    in_front_.push_back({&item, &page});
                }
            }
        std::ranges::stable_sort(ordered_, {}, &OrderedContent::key);
    }

    void paint_artifact(const PlacedItem& item, const SurfacePage& page, Artifact artifact) {
        std::string properties(artifact_properties(artifact));
        if (artifact == Artifact::background) // which must say how far it reaches. ISO 32000-1, table 330
            if (const auto* box = std::get_if<BoxDecoration>(&item.item))
                properties += "/BBox" + box_of(page, item, box->width, box->height);
        content_.begin_artifact(properties);
        Painter(content_, page, pictures_).paint(item);
        content_.end_marked();
    }

    // One stretch of marked content: what follows in reading order and belongs to one element. Returns where the next begins.
    std::size_t paint_element(std::size_t at, PageContent& result) {
        const StructureIndex element = ordered_[at].element;
        ReadingKey key = ordered_[at].key;
        content_.begin_marked(structure_.tag(element), [&result, &key, element] {
            result.marked.push_back({element, key});
            return static_cast<std::uint32_t>(result.marked.size() - 1);
        });
        for (; at < ordered_.size() && ordered_[at].element == element; ++at) {
            const OrderedContent& piece = ordered_[at];
            key = piece.key;
            Painter painter(content_, *piece.page, pictures_);
            const bool pair =
                at + 1 < ordered_.size() && ordered_[at + 1].element == element && ordered_[at + 1].page == piece.page;
            if (const auto word = pair ? initial_word(*piece.item, *ordered_[at + 1].item) : std::nullopt) {
                content_.begin_word(word->says);
                painter.paint(*piece.item);
                painter.paint(word->head);
                content_.end_word();
                key = ordered_[++at].key;
                painter.paint(word->rest);
                continue;
            }
            painter.paint(*piece.item);
            if (const auto* picture = std::get_if<PlacedPicture>(&piece.item->item))
                result.figures.push_back({element, box_of(*piece.page, *piece.item, picture->width, picture->height)});
        }
        content_.end_marked();
        return at;
    }

    const Surface& surface_;
    const StructureTree& structure_;
    ContentStream& content_;
    const PdfPictures& pictures_;
    std::vector<OrderedContent> ordered_;
    std::vector<std::pair<const PlacedItem*, const SurfacePage*>> in_front_;
};

} // namespace

PageContent page_content(const Surface& surface, const SlugLine& slug, const StructureTree& structure, const PdfFonts& fonts,
                         const PdfColours& colours, const PdfPictures& pictures) {
    ContentStream content(fonts, colours);
    PageContent result;
    SurfacePainter(surface, structure, content, pictures).paint(result);
    MarkPainter(content, colours, surface).paint(slug);
    result.compressed = deflate_zlib(content.operators());
    result.opacities = content.opacities();
    return result;
}

} // namespace bifolio
