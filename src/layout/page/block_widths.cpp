// The measures of a block in its containing block (CSS 2.1 ch. 10).
#include "layout/page/block_flow.h"

namespace bifolio {

VerticalEdges vertical_edges(const ComputedStyle& style, Length containing) {
    return {at(style.padding, Side::top).resolve(containing) + at(style.border_width, Side::top),
            at(style.padding, Side::bottom).resolve(containing) + at(style.border_width, Side::bottom)};
}

// CSS 2.1 §10.3.3; where all is given, the margin at the line's end gives way.
BoxWidths box_widths(const ComputedStyle& style, Length containing, std::optional<Length> content_width, bool keeps_to_right) {
    BoxWidths out;
    out.left = at(style.padding, Side::left).resolve(containing) + at(style.border_width, Side::left);
    out.right = at(style.padding, Side::right).resolve(containing) + at(style.border_width, Side::right);
    const Length edges = out.left + out.right;
    const Dimension &left = at(style.margin, Side::left), &right = at(style.margin, Side::right);
    const Length left_margin = left.resolve(containing), right_margin = right.resolve(containing);
    const auto content_of = [&](const Dimension& width) {
        const Length given = width.resolve(containing);
        return max(style.box_sizing == BoxSizing::border_box ? given - edges : given, Length());
    };
    const bool automatic = !content_width && style.width.automatic;
    out.content = content_width ? *content_width
                  : automatic   ? containing - left_margin - right_margin - edges
                                : content_of(style.width);
    bool limited = !automatic;
    if (!content_width && !style.max_width.automatic && out.content > content_of(style.max_width)) {
        out.content = content_of(style.max_width);
        limited = true;
    }
    if (!content_width && !style.min_width.automatic && out.content < content_of(style.min_width)) {
        out.content = content_of(style.min_width);
        limited = true;
    }
    out.content = max(out.content, Length::pt(1));
    out.border_width = out.content + edges;
    out.x = left_margin;
    const Length rest = containing - out.border_width - left_margin - right_margin;
    if (limited && rest > Length() && left.automatic && right.automatic)
        out.x = rest / 2;
    else if (limited && left.automatic)
        out.x = rest;
    else if (limited && keeps_to_right && !right.automatic)
        out.x = containing - out.border_width - right_margin;
    return out;
}

std::optional<Length> definite_height(const LayoutContext& context, NodeId id, const Dimension& height) {
    if (height.automatic) return std::nullopt;
    if (height.percent == 0) return height.length;
    const NodeId parent = context.book.node(id).parent;
    if (parent == no_node) return std::nullopt;
    const ComputedStyle& around = context.style(parent);
    const std::optional<Length> whole = definite_height(context, parent, around.height);
    if (!whole) return std::nullopt;
    const VerticalEdges edges = vertical_edges(around, Length());
    return height.resolve(around.box_sizing == BoxSizing::border_box ? *whole - edges.top - edges.bottom : *whole);
}

} // namespace bifolio
