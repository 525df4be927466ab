// What leaves the one column of a flow: floats at a side, figures that may leave their page, columns side by side.
#include "layout/page/block_flow.h"

#include <algorithm>

namespace bifolio {

namespace {

void move_right(Flattened& block, Length by) {
    for (PlacedItem& item : block.items) item.at.x += by;
    for (LinkArea& link : block.links) link.rect.x += by;
}

} // namespace

Length BlockFlow::float_bottom() const {
    Length bottom;
    for (const FloatZone& zone : floats_) bottom = max(bottom, zone.bottom);
    return bottom;
}

std::vector<LineShape> BlockFlow::line_shape(Length line_height) const {
    std::vector<LineShape> shape;
    Length top = y_ + pending_.space();
    const Length bottom = float_bottom();
    while (top < bottom && line_height > Length() && shape.size() < 500) {
        Length left = x_, right = x_ + width_;
        for (const FloatZone& zone : floats_) {
            if (zone.bottom <= top) continue;
            if (zone.left)
                left = max(left, zone.edge);
            else
                right = min(right, zone.edge);
        }
        shape.push_back({left, max(right - left, Length::pt(20))});
        top += line_height;
    }
    shape.push_back({x_, width_});
    return shape;
}

// Multi-column Layout 1 §3.4: how many columns, and how wide.
void BlockFlow::open_columns(const ComputedStyle& style, std::uint32_t style_index) {
    ColumnSet set;
    set.gap = style.column_gap.value_or(style.font_size);
    const Length wanted = style.column_width.automatic ? Length() : max(style.column_width.resolve(width_), Length::pt(1));
    set.count = std::max(style.column_count, 1);
    if (wanted > Length()) {
        const int most = std::max(1, static_cast<int>((width_ + set.gap) / (wanted + set.gap)));
        set.count = style.column_count > 0 ? std::min(style.column_count, most) : most;
    }
    set.count = std::min(set.count, 20);
    set.x = x_;
    set.width = max((width_ - set.gap * (set.count - 1)) / set.count, Length::pt(1));
    set.right_to_left = style.direction == Direction::rtl;
    set.balanced = style.column_fill == ColumnFill::balance;
    set.style = style_index;
    set.fragments.begin = set.fragments.end = static_cast<std::uint32_t>(galley_.fragments.size());
    around_columns_ = {x_, width_};
    width_ = set.width;
    if (set.count == 1) return;
    clear_floats(true, true);
    column_set_ = static_cast<std::uint32_t>(galley_.column_sets.size());
    set.fragments.begin = static_cast<std::uint32_t>(galley_.fragments.size());
    galley_.column_sets.push_back(set);
}

void BlockFlow::close_columns() {
    x_ = around_columns_.x;
    width_ = around_columns_.width;
    if (column_set_ == no_columns) return;
    clear_floats(true, true);
    galley_.column_sets[column_set_].fragments.end = static_cast<std::uint32_t>(galley_.fragments.size());
    column_set_ = no_columns;
}

// column-span: all. The columns before it end, others begin behind it.
void BlockFlow::add_spanning(NodeId id) {
    const ColumnSet before = galley_.column_sets[column_set_];
    const Region around = around_columns_;
    close_columns();
    add_block(id);
    around_columns_ = around;
    const ComputedStyle& style = context_.computed(before.style);
    open_columns(style, before.style);
}

// A float stands beside the lines that follow; they keep to its page (see emit()).
void BlockFlow::add_float(NodeId id) {
    const ComputedStyle& style = context_.style(id);
    const bool rtl = style.direction == Direction::rtl;
    const bool left = style.float_ == Float::left || (style.float_ == Float::inside) != rtl;
    if (style.clear != Clear::none) clear_floats(style.clear != Clear::right, style.clear != Clear::left);
    FinishedBox box = finish_box(context_, state_, id, width_);
    const Length beside = width_ - box.width;
    const std::size_t most_beside = floats_.size(); // one float at a time on a line
    if (most_beside > 0 && y_ + pending_.space() < float_bottom()) clear_floats(true, true);
    const bool as_block =
        beside < context_.style(id).font_size * least_beside_float || box.block.height > state_.page_height.scaled(0.7);
    // Taller than a page it can stand beside nothing and must be divided: an ordinary block.
    if (as_block && box.block.height > state_.page_height.scaled(0.9) && context_.book.node(id).element != Element::img)
        return add_box(id, {});
    const Length x = left ? x_ : x_ + beside;
    add_mark(id);
    if (!as_block) return add_beside(std::move(box.block), x, left, left ? x_ + box.width : x_ + beside);
    move_right(box.block, x);
    add_flattened(std::move(box.block), 0);
}

void BlockFlow::add_beside(Flattened&& block, Length x, bool left, Length edge) {
    move_right(block, x);
    const Length height = block.height;
    block.height = Length();
    block.has_baseline = false;
    // The paragraph's margin belongs to the float's line: it begins where the words beside it begin.
    add_flattened(std::move(block), 0);
    floats_.push_back({left, edge, y_ + height});
    galley_.fragments.back().overhang = max(float_bottom() - y_, Length()); // a page may end right behind it
}

bool is_page_float(const ComputedStyle& style) {
    return style.float_ == Float::top || style.float_ == Float::bottom || style.float_ == Float::snap_block;
}

namespace {

// Nothing but figures stands between its heading and the next one: without them the heading would stand over nothing.
bool is_all_of_its_heading(const LayoutContext& context, NodeId id) {
    const Book& book = context.book;
    const NodeId parent = book.node(id).parent;
    if (parent == no_node) return false;
    bool below_heading = false, reached = false;
    for (const NodeId child : children(book, parent)) {
        const Node& node = book.node(child);
        reached = reached || child == id;
        const bool blank = node.element == Element::text && node.text.find_first_not_of(" \t\r\n\f") == std::string::npos;
        if (blank || (node.element != Element::text && is_page_float(context.style(child)))) continue;
        const bool heading = heading_level(node.element).has_value();
        if (reached) return below_heading && (heading || node.element == Element::section);
        below_heading = heading;
    }
    return below_heading;
}

} // namespace

// A figure that may stand at the top or the foot of a page. False: it cannot leave its place (it is in a box, beside a float,
// all that its heading has, or calls a note, which must stay on the page of its call).
bool BlockFlow::add_page_float(NodeId id) {
    if (container_ != no_container || column_set_ != no_columns || !avoid_inside_.empty() || !floats_.empty() ||
        !galley_.is_page_flow || (pending_.penalty >= cost_of_parting && is_all_of_its_heading(context_, id)))
        return false;
    for (NodeId node = id; index(node) < index(context_.book.node(id).end); node = NodeId{index(node) + 1})
        if (context_.book.node(node).element == Element::note) return false;
    const ComputedStyle& style = context_.style(id);
    if (style.clear != Clear::none) clear_floats(true, true);
    BlockFlow inner(context_, state_, width_);
    inner.add_box(id, {});
    Galley galley = inner.finish();
    Flattened block;
    flatten_into(galley, {0, static_cast<std::uint32_t>(galley.fragments.size())}, x_, {}, context_.styled.styles, block, false);
    const Length above = at(style.margin, Side::top).resolve(width_), below = at(style.margin, Side::bottom).resolve(width_);
    const Pending before = pending_;
    add_margin(above);
    begin_breaks(style);
    add_mark(id);
    const bool tall = block.height > state_.page_height.scaled(0.95);
    add_flattened(std::move(block), 0);
    end_breaks(style);
    Fragment& fragment = galley_.fragments.back();
    if (!tall)
        fragment.page_float = style.float_ == Float::top      ? PageFloat::top
                              : style.float_ == Float::bottom ? PageFloat::bottom
                                                              : PageFloat::snap;
    fragment.float_gap = max(max(above, below), Length());
    add_margin(below);
    around_float_ = before;
    around_float_->marks.clear();
    return true;
}

void BlockFlow::clear_floats(bool left, bool right) {
    Length bottom;
    for (const FloatZone& zone : floats_)
        if (zone.left ? left : right) bottom = max(bottom, zone.bottom);
    if (bottom > y_ + pending_.space()) {
        const Length gap = bottom - y_ - pending_.space();
        emit(gap, cost_of_never);
    }
    std::erase_if(floats_, [&](const FloatZone& zone) { return zone.bottom <= y_; });
}

} // namespace bifolio
