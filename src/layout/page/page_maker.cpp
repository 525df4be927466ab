#include "layout/page/page_maker.h"

#include "layout/page/columns.h"

#include <algorithm>

namespace bifolio {

namespace {

class PageMaker {
public:
    PageMaker(const LayoutContext& context, Galley& galley, const NumberedPage& numbered, const PageGeometry& geometry)
        : context_(context), galley_(galley), plan_(*numbered.plan), geometry_(geometry) {
        Page& page = out_.page;
        page.side = plan_.context.side;
        page.label = numbered.label;
        page.number = numbered.number;
        page.counter_style = numbered.counter_style;
        page.section = numbered.section;
        page.blank = plan_.context.blank;
        page.width = geometry.style.width;
        page.height = geometry.style.height;
        page.bleed = geometry.style.bleed;
        page.crop_marks = geometry.style.crop_marks;
    }

    MadePage make(MarginBoxes& margin_boxes, const NumberedPage& numbered) {
        paint_page_box();
        const Length text_top = set_top_floats();
        if (!plan_.fragments.empty()) {
            place_fragments(text_top);
            paint_containers();
            std::size_t row = out_.page.items.size(); // where the items of the last fragment, or of its whole row, begin
            place_edge_items(galley_.fragments[plan_.fragments.begin].page_top_items, tops_.front());
            for (std::uint32_t i = plan_.fragments.begin; i < plan_.fragments.end; ++i) {
                if (is_gone(i)) continue;
                const std::size_t first = out_.page.items.size();
                move_fragment(galley_, i, {geometry_.x + shifts_[i - plan_.fragments.begin], tops_[i - plan_.fragments.begin]});
                if (galley_.fragments[i].continues_row)
                    join_items(row, first);
                else
                    row = first;
            }
            const std::size_t first = out_.page.items.size();
            place_edge_items(galley_.fragments[plan_.fragments.end - 1].page_end_items, outer_.back().second);
            join_items(row, first);
        }
        set_bottom_floats();
        set_notes();
        find_what_is_off_page();
        if (out_.page.bleed > Length()) draw_into_bleed();
        margin_boxes.add_to(out_.page, geometry_, numbered);
        return std::move(out_);
    }

private:
    void paint_page_box() {
        const PageStyle& style = geometry_.style;
        const bool border =
            std::any_of(style.border_width.begin(), style.border_width.end(), [](Length width) { return width > Length(); });
        if (style.background.is_invisible() && !border) return;
        if (!style.background.is_invisible()) { // the page's background reaches into the bleed
            BoxDecoration paper;
            paper.width = style.width + style.bleed * 2;
            paper.height = style.height + style.bleed * 2;
            paper.background = style.background;
            out_.page.items.push_back({{-style.bleed, -style.bleed}, Artifact::background, paper});
        }
        if (!border) return;
        BoxDecoration frame;
        frame.width = style.width - at(style.margin, Side::left) - at(style.margin, Side::right);
        frame.height = style.height - at(style.margin, Side::top) - at(style.margin, Side::bottom);
        frame.border_width = style.border_width;
        frame.border_style = style.border_style;
        frame.border_colour = style.border_colour;
        out_.page.items.push_back({{at(style.margin, Side::left), at(style.margin, Side::top)}, Artifact::border, frame});
    }

    void find_what_is_off_page() {
        for (const PlacedItem& item : out_.page.items) {
            const auto* content = std::get_if<Content>(&item.owner);
            if (!content) continue;
            const auto* run = std::get_if<GlyphRun>(&item.item);
            const auto* picture = std::get_if<PlacedPicture>(&item.item);
            if (!run && !picture) continue;
            const Length slack = Length::pt(1) + (picture ? out_.page.bleed : Length());
            const Length width = run ? run->width() : picture->width, height = run ? Length() : picture->height;
            const bool inside = item.at.x >= -slack && item.at.y >= -slack && item.at.x + width <= out_.page.width + slack &&
                                item.at.y + height <= out_.page.height + slack;
            if (!inside && (out_.off_page.empty() || out_.off_page.back() != content->node))
                out_.off_page.push_back(content->node);
        }
    }

    // Pictures and backgrounds that reach the page's edge are drawn on beyond it, so that no white line shows where the paper is
    // cut a little off.
    void draw_into_bleed() {
        const Page& page = out_.page;
        const Length near = Length::pt(0.1);
        for (PlacedItem& item : out_.page.items) {
            auto* picture = std::get_if<PlacedPicture>(&item.item);
            auto* box = std::get_if<BoxDecoration>(&item.item);
            if (!picture && !(box && item.at.x >= Length() && !box->background.is_invisible())) continue;
            Length& width = picture ? picture->width : box->width;
            Length& height = picture ? picture->height : box->height;
            const auto beyond = [&](Length gap) { return gap <= near && -gap <= near ? page.bleed : Length(); };
            const Length left = beyond(item.at.x), top = beyond(item.at.y);
            const Length right = beyond(page.width - item.at.x - width), bottom = beyond(page.height - item.at.y - height);
            if (left + top + right + bottom == Length()) continue;
            if (picture) cover(*picture, left, top, width + left + right, height + top + bottom);
            item.at.x -= left;
            item.at.y -= top;
            width += left + right;
            height += top + bottom;
        }
    }

    // The whole picture, grown around its middle until it covers a box that begins so far to its left and above it.
    static void cover(PlacedPicture& picture, Length left, Length top, Length width, Length height) {
        PageRect whole = picture.whole.value_or(PageRect{{}, {}, picture.width, picture.height});
        whole.x += left;
        whole.y += top;
        const Length middle_x = whole.x + whole.width / 2, middle_y = whole.y + whole.height / 2;
        const double across = max(middle_x, width - middle_x) * 2 / whole.width,
                     down = max(middle_y, height - middle_y) * 2 / whole.height;
        const double factor = std::max({1.0, across, down});
        whole.width = whole.width.scaled(factor);
        whole.height = whole.height.scaled(factor);
        picture.whole = PageRect{middle_x - whole.width / 2, middle_y - whole.height / 2, whole.width, whole.height};
    }

    // Containers that go on from the page before, outermost first.
    std::vector<std::uint32_t> continued() const {
        std::vector<std::uint32_t> chain;
        std::uint32_t container = galley_.fragments[plan_.fragments.begin].container;
        for (; container != no_container; container = galley_.containers[container].parent)
            if (galley_.containers[container].fragments.begin < plan_.fragments.begin) chain.push_back(container);
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    void place_edge_items(Range range, Length y) {
        for (std::uint32_t k = range.begin; k < range.end; ++k) {
            PlacedItem item = galley_.items[k];
            item.at.x += geometry_.x;
            item.at.y += y;
            out_.page.items.push_back(std::move(item));
        }
    }

    // Boxes and upright lines from `first` on become one with those above that they continue: between parts of a row that are
    // painted one by one screens show a hairline.
    void join_items(std::size_t begin, std::size_t first) {
        std::vector<PlacedItem>& items = out_.page.items;
        const auto joined = [&](const PlacedItem& item) {
            for (std::size_t k = begin; k < first; ++k)
                if (join(items[k], item)) return true;
            return false;
        };
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(first);
        items.erase(std::remove_if(from, items.end(), joined), items.end());
    }

    static bool join(PlacedItem& above, const PlacedItem& below) {
        const auto *kind = std::get_if<Artifact>(&above.owner), *other = std::get_if<Artifact>(&below.owner);
        if (above.at.x != below.at.x || !kind || !other || *kind != *other) return false;
        if (auto* box = std::get_if<BoxDecoration>(&above.item)) {
            const auto* next = std::get_if<BoxDecoration>(&below.item);
            if (!next || above.at.y + box->height != below.at.y) return false;
            BoxDecoration whole = *next;
            if (at(box->border_width, Side::bottom) != Length() || at(whole.border_width, Side::top) != Length()) return false;
            whole.height = box->height;
            at(whole.border_width, Side::top) = at(box->border_width, Side::top);
            at(whole.border_width, Side::bottom) = Length();
            if (whole != *box) return false;
            box->height += next->height;
            at(box->border_width, Side::bottom) = at(next->border_width, Side::bottom);
            return true;
        }
        auto* rule = std::get_if<LineRule>(&above.item);
        const auto* next = std::get_if<LineRule>(&below.item);
        if (!rule || !next || !rule->vertical || above.at.y + rule->length != below.at.y) return false;
        LineRule whole = *next;
        whole.length = rule->length;
        if (whole != *rule) return false;
        rule->length += next->length;
        return true;
    }

    bool is_gone(std::uint32_t i) const { return std::binary_search(plan_.gone.begin(), plan_.gone.end(), i); }

    Length set_top_floats() {
        Length y = geometry_.y;
        for (const std::uint32_t i : plan_.top_floats) {
            move_fragment(galley_, i, {geometry_.x, y});
            y += galley_.in_grid_steps(galley_.fragments[i].height + galley_.fragments[i].float_gap);
        }
        return y;
    }

    void set_bottom_floats() {
        Length y = geometry_.y + geometry_.height - notes_height();
        y -= bottom_floats_height();
        for (const std::uint32_t i : plan_.bottom_floats) {
            y += galley_.fragments[i].float_gap;
            move_fragment(galley_, i, {geometry_.x, y});
            y += galley_.fragments[i].height;
        }
    }

    void place_fragments(Length y) {
        for (const std::uint32_t number : continued()) {
            const Container& container = galley_.containers[number];
            continued_tops_.emplace_back(number, y + container.caption_height);
            if (container.clones) y += container.clone_top;
            if (container.repeated_head) {
                heads_.emplace_back(number, y);
                y += container.head_height;
            }
        }
        y += galley_.fragments[plan_.fragments.begin].clone_top;
        bool began = false;
        shifts_.assign(plan_.fragments.size(), Length());
        for (std::uint32_t i = plan_.fragments.begin; i < plan_.fragments.end; ++i) {
            const Fragment& fragment = galley_.fragments[i];
            if (is_gone(i)) {
                tops_.push_back(y);
                outer_.push_back({y, y});
                continue;
            }
            if (began || plan_.keeps_first_space) {
                const Length space =
                    i > plan_.fragments.begin && is_gone(i - 1) ? fragment.space_without_float : fragment.space_before;
                y += began ? stretched(plan_, fragment, space) : space;
            }
            began = true;
            if (fragment.column_set == no_columns) y = geometry_.y + galley_.snapped(fragment, y - geometry_.y);
            if (fragment.column_set != no_columns) {
                const Length height = place_columns(i, y);
                i += static_cast<std::uint32_t>(tops_.size()) - (i - plan_.fragments.begin) - 1;
                y += height;
                continue;
            }
            tops_.push_back(y);
            outer_.push_back({y, y + fragment.height});
            y += fragment.height;
        }
        y += galley_.fragments[plan_.fragments.end - 1].clone_bottom;
        // Feet of the tables that go on, innermost first.
        std::uint32_t number = galley_.fragments[plan_.fragments.end - 1].container;
        for (; number != no_container; number = galley_.containers[number].parent) {
            const Container& container = galley_.containers[number];
            if (container.fragments.end <= plan_.fragments.end) continue;
            if (container.repeated_foot) feet_.emplace_back(number, y);
            y += container.foot_height;
            if (container.clones) y += container.clone_bottom;
        }
    }

    // The fragments from `first` on that stand in its columns; gives the columns' height.
    Length place_columns(std::uint32_t first, Length y) {
        const ColumnSet& set = galley_.column_sets[galley_.fragments[first].column_set];
        const Range range{first, std::min(set.fragments.end, plan_.fragments.end)};
        const Length most = geometry_.y + geometry_.height - y - notes_height() - bottom_floats_height() -
                            (range.end < galley_.fragments.size() ? broken_height(galley_, range.end) : Length());
        const Length origin = y - geometry_.y;
        const bool balanced = set.balanced && range.end == set.fragments.end;
        const ColumnPlaces places =
            balanced ? balance_columns(galley_, set, range, most, origin) : fill_columns(galley_, set, range, most, origin);
        int columns = 1;
        for (std::uint32_t k = 0; k < range.size(); ++k) {
            shifts_[tops_.size()] = column_offset(set, places.columns[k]);
            tops_.push_back(y + places.tops[k]);
            outer_.push_back({y, y + places.height});
            columns = std::max(columns, places.columns[k] + 1);
        }
        const ComputedStyle& style = context_.computed(set.style);
        if (style.column_rule_style != BorderStyle::none && style.column_rule_width > Length())
            for (int k = 0; k + 1 < columns; ++k) {
                const Length left = min(column_offset(set, k), column_offset(set, k + 1));
                const Length x = geometry_.x + set.x + left + set.width + (set.gap - style.column_rule_width) / 2;
                out_.page.items.push_back(
                    {{x, y},
                     Artifact::rule,
                     LineRule{places.height, style.column_rule_width, true, style.column_rule_style, style.column_rule_colour}});
            }
        return places.height;
    }

    Length bottom_floats_height() const {
        Length height;
        for (const std::uint32_t i : plan_.bottom_floats) height += galley_.fragments[i].height + galley_.fragments[i].float_gap;
        return height;
    }

    void paint_containers() {
        std::vector<std::uint32_t> shown;
        std::uint32_t last = no_container;
        for (std::uint32_t i = plan_.fragments.begin; i < plan_.fragments.end; ++i) {
            std::uint32_t container = galley_.fragments[i].container;
            if (container == last) continue;
            last = container;
            for (; container != no_container; container = galley_.containers[container].parent) shown.push_back(container);
        }
        std::sort(shown.begin(), shown.end());
        shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
        for (const std::uint32_t number : shown)
            if (galley_.containers[number].painted) paint_container(number);
        for (const auto& [number, y] : heads_) repeat(*galley_.containers[number].repeated_head, y);
        for (const auto& [number, y] : feet_) repeat(*galley_.containers[number].repeated_foot, y);
    }

    void paint_container(std::uint32_t number) {
        const Container& container = galley_.containers[number];
        const std::uint32_t begin = std::max(container.fragments.begin, plan_.fragments.begin);
        const std::uint32_t end = std::min(container.fragments.end, plan_.fragments.end);
        if (begin >= end) return;
        const auto local = [&](std::uint32_t i) { return i - plan_.fragments.begin; };
        if (container.column_set != no_columns) { // a piece in each column
            for (std::uint32_t i = begin; i < end;) {
                std::uint32_t next = i + 1;
                while (next < end && shifts_[local(next)] == shifts_[local(i)]) ++next;
                paint_piece(container, {i, next}, tops_[local(i)], tops_[local(next - 1)] + galley_.fragments[next - 1].height,
                            shifts_[local(i)]);
                i = next;
            }
            return;
        }
        Length top = outer_[local(begin)].first;
        Length bottom = outer_[local(end - 1)].second;
        for (const auto& [continued_number, y] : continued_tops_)
            if (continued_number == number) top = y;
        if (container.fragments.end > plan_.fragments.end)
            bottom += container.break_height - parent_break_height(container) + inner_break_height(number);
        paint_piece(container, {begin, end}, top, bottom, Length());
    }

    // The part of a container that holds these of its fragments, open where it goes on elsewhere.
    void paint_piece(const Container& container, Range fragments, Length top, Length bottom, Length shift) {
        BoxDecoration box = decoration_of(context_.computed(container.style), container.width, bottom - top);
        if (container.fragments.begin < fragments.begin && !container.clones) {
            at(box.border_width, Side::top) = Length();
            box.radius[0] = box.radius[1] = Length();
        }
        if (container.fragments.end > fragments.end && !container.clones) {
            at(box.border_width, Side::bottom) = Length();
            box.radius[2] = box.radius[3] = Length();
        }
        out_.page.items.push_back({{geometry_.x + container.x + shift, top}, Artifact::background, box});
    }

    Length parent_break_height(const Container& container) const {
        return container.parent == no_container ? Length() : galley_.containers[container.parent].break_height;
    }
    // What containers inside this one add below the last line, being cut here too.
    Length inner_break_height(std::uint32_t number) const {
        return broken_height(galley_, plan_.fragments.end) - galley_.containers[number].break_height;
    }

    void repeat(const Galley& galley, Length top) {
        Length y = top;
        for (const Fragment& fragment : galley.fragments) {
            y += fragment.space_before;
            for (std::uint32_t k = fragment.items.begin; k < fragment.items.end; ++k) {
                PlacedItem item = galley.items[k];
                item.at.x += geometry_.x;
                item.at.y += y;
                if (std::holds_alternative<Content>(item.owner)) item.owner = Artifact::repeated_table_head;
                out_.page.items.push_back(std::move(item));
            }
            y += fragment.height;
        }
    }

    void move_fragment(Galley& galley, std::uint32_t number, PagePoint corner) {
        const Fragment& fragment = galley.fragments[number];
        for (std::uint32_t k = fragment.items.begin; k < fragment.items.end; ++k) {
            PlacedItem& item = galley.items[k];
            item.at.x += corner.x;
            item.at.y += corner.y;
            out_.page.items.push_back(std::move(item));
        }
        for (std::uint32_t k = fragment.links.begin; k < fragment.links.end; ++k) {
            LinkArea& link = galley.links[k];
            link.rect.x += corner.x;
            link.rect.y += corner.y;
            out_.page.links.push_back(std::move(link));
        }
        for (std::uint32_t k = fragment.marks.begin; k < fragment.marks.end; ++k) {
            const Mark& mark = galley.marks[k];
            out_.destinations.emplace_back(mark.node, PagePoint{corner.x + mark.at.x, corner.y + mark.at.y});
        }
    }

    Length height_of(const NoteSlice& slice) const {
        const Galley& note = *galley_.notes[slice.note].galley;
        Length height;
        for (std::uint32_t i = slice.fragments.begin; i < slice.fragments.end; ++i) {
            if (i == 0 || i > slice.fragments.begin) height += note.fragments[i].space_before;
            height += note.fragments[i].height;
        }
        return height;
    }

    Length notes_height() const { // with what stands around them
        if (plan_.notes.empty()) return {};
        const NoteArea area = note_area(context_.styled, geometry_);
        Length height = area.above + area.below;
        for (const NoteSlice& slice : plan_.notes) height += height_of(slice);
        return height;
    }

    void set_notes() {
        if (plan_.notes.empty()) return;
        const NoteArea area = note_area(context_.styled, geometry_);
        const ComputedStyle& style = context_.computed(area.style);
        Length y = geometry_.y + geometry_.height - notes_height() + area.above;
        const Length rule = at(style.border_width, Side::top);
        if (rule > Length() && at(style.border_style, Side::top) != BorderStyle::none) {
            const Length top = y - area.above + at(style.margin, Side::top).resolve(geometry_.width);
            const Length length = style.width.resolve(geometry_.width, geometry_.width);
            const bool rtl = style.direction == Direction::rtl;
            out_.page.items.push_back(
                {{geometry_.x + (rtl ? geometry_.width - length : Length()), top},
                 Artifact::footnote_rule,
                 LineRule{length, rule, false, at(style.border_style, Side::top), at(style.border_colour, Side::top)}});
        }
        for (const NoteSlice& slice : plan_.notes) {
            Galley& note = *galley_.notes[slice.note].galley;
            paint_note_boxes(note, slice, y);
            for (std::uint32_t i = slice.fragments.begin; i < slice.fragments.end; ++i) {
                if (i == 0 || i > slice.fragments.begin) y += note.fragments[i].space_before;
                move_fragment(note, i, {geometry_.x, y});
                y += note.fragments[i].height;
            }
        }
    }

    void paint_note_boxes(const Galley& note, const NoteSlice& slice, Length y) {
        std::vector<Length> tops;
        for (std::uint32_t i = slice.fragments.begin; i < slice.fragments.end; ++i) {
            if (i == 0 || i > slice.fragments.begin) y += note.fragments[i].space_before;
            tops.push_back(y);
            y += note.fragments[i].height;
        }
        for (const Container& container : note.containers) {
            const std::uint32_t begin = std::max(container.fragments.begin, slice.fragments.begin);
            const std::uint32_t end = std::min(container.fragments.end, slice.fragments.end);
            if (!container.painted || begin >= end) continue;
            const Length top = tops[begin - slice.fragments.begin];
            const Length bottom = tops[end - 1 - slice.fragments.begin] + note.fragments[end - 1].height;
            out_.page.items.push_back({{geometry_.x + container.x, top},
                                       Artifact::background,
                                       decoration_of(context_.computed(container.style), container.width, bottom - top)});
        }
    }

    const LayoutContext& context_;
    Galley& galley_;
    const PagePlan& plan_;
    const PageGeometry& geometry_;
    MadePage out_;
    // Of the plan's fragments: the top; how far its column stands from the first; top and bottom of the columns around it.
    std::vector<Length> tops_, shifts_;
    std::vector<std::pair<Length, Length>> outer_;
    std::vector<std::pair<std::uint32_t, Length>> continued_tops_, heads_, feet_;
};

} // namespace

MadePage make_page(const LayoutContext& context, Galley& galley, const NumberedPage& numbered, const PageGeometry& geometry,
                   MarginBoxes& margin_boxes) {
    return PageMaker(context, galley, numbered, geometry).make(margin_boxes, numbered);
}

} // namespace bifolio
