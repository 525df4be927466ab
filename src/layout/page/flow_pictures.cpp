// Pictures and other atoms: in a line, and as blocks of their own.
#include "layout/page/block_flow.h"
#include "layout/page/picture_layout.h"
#include "layout/page/ruby.h"

namespace bifolio {

std::vector<AtomItems> BlockFlow::resolve_atoms(InlineContent& content, Length width) {
    std::vector<AtomItems> made(content.atoms.size());
    for (std::size_t i = 0; i < content.atoms.size(); ++i) {
        Atom& atom = content.atoms[i];
        const ComputedStyle& style = context_.computed(atom.style);
        switch (atom.kind) {
        case Atom::Kind::picture: {
            const StyleMetrics& strut = context_.metrics[content.boxes[0].style];
            const PictureBox box = size_picture(context_, state_, atom.node, atom.resource, atom.style, width,
                                                strut.line_below + vertical_edges(style, width).top +
                                                    vertical_edges(style, width).bottom + height_around(context_, atom.node));
            const BoxWidths edges = box_widths(style, width, box.width, false);
            const VerticalEdges vertical = vertical_edges(style, width);
            const Length top = at(style.margin, Side::top).resolve(width), bottom = at(style.margin, Side::bottom).resolve(width);
            if (is_painted(style))
                made[i].items.push_back({{edges.x, top},
                                         Artifact::background,
                                         decoration_of(style, edges.border_width, box.height + vertical.top + vertical.bottom)});
            const std::size_t first = made[i].items.size();
            place_picture(context_, state_, atom.node, atom.generated, atom.resource, atom.style, box, made[i].items);
            for (std::size_t k = first; k < made[i].items.size(); ++k) {
                made[i].items[k].at.x += edges.x + edges.left;
                made[i].items[k].at.y += top + vertical.top;
            }
            atom.width = edges.x + edges.border_width + at(style.margin, Side::right).resolve(width);
            atom.above = box.height + vertical.top + vertical.bottom + top + bottom;
            atom.below = Length();
            break;
        }
        case Atom::Kind::block: {
            FinishedBox box = finish_box(context_, state_, atom.node, width);
            atom.width = box.width;
            atom.above = box.block.has_baseline ? box.block.baseline : box.block.height;
            atom.below = box.block.height - atom.above;
            made[i] = {std::move(box.block.items), std::move(box.block.links), std::move(box.block.marks)};
            for (NoteBody& note : box.block.notes) galley_.notes.push_back(std::move(note)); // taken up by the next line
            break;
        }
        case Atom::Kind::ruby: made[i] = set_ruby(context_, atom, content.boxes[0].style, state_.report); break;
        case Atom::Kind::leader: size_leader(context_, atom); break;
        case Atom::Kind::space: break;
        }
        if (atom.kind != Atom::Kind::picture) continue;
        // The bottom edge stands on the baseline unless it is aligned otherwise.
        const Length height = atom.above;
        const StyleMetrics& around = context_.metrics[content.boxes[atom.box].style];
        switch (style.vertical_align.keyword) {
        case VerticalAlignKeyword::middle: atom.above = (height + around.x_height) / 2; break;
        case VerticalAlignKeyword::top:
        case VerticalAlignKeyword::text_top: atom.above = around.ascent; break;
        case VerticalAlignKeyword::bottom:
        case VerticalAlignKeyword::text_bottom: atom.above = height - around.descent; break;
        case VerticalAlignKeyword::length: atom.above = height + style.vertical_align.length; break;
        case VerticalAlignKeyword::baseline:
        case VerticalAlignKeyword::sub:
        case VerticalAlignKeyword::super: break;
        }
        atom.below = height - atom.above;
    }
    return made;
}

void BlockFlow::add_picture_block(NodeId id, const PictureBox* sized) {
    const std::uint32_t style_index = context_.style_of(id);
    const ComputedStyle& style = context_.computed(style_index);
    const BoxWidths around = box_widths(style, width_, {}, false);
    const Length margins = at(style.margin, Side::left).resolve(width_) + at(style.margin, Side::right).resolve(width_);
    const PictureBox picture = sized ? *sized
                                     : size_picture(context_, state_, id, context_.book.node(id).resource, style_index,
                                                    max(width_ - margins - around.left - around.right, Length::pt(1)),
                                                    vertical_edges(style, width_).top + vertical_edges(style, width_).bottom +
                                                        height_around(context_, id));
    const BoxWidths box = box_widths(style, width_, picture.width, style.direction == Direction::rtl);
    const VerticalEdges edges = vertical_edges(style, width_);
    Flattened block;
    block.height = picture.height + edges.top + edges.bottom;
    if (is_painted(style))
        block.items.push_back(
            {{x_ + box.x, Length()}, Artifact::background, decoration_of(style, box.border_width, block.height)});
    std::vector<PlacedItem> items;
    place_picture(context_, state_, id, {}, context_.book.node(id).resource, style_index, picture, items);
    for (PlacedItem& item : items) {
        item.at.x += x_ + box.x + box.left;
        item.at.y += edges.top;
        block.items.push_back(std::move(item));
    }
    add_margin(at(style.margin, Side::top).resolve(width_));
    add_mark(id);
    add_flattened(std::move(block), 0);
    add_margin(at(style.margin, Side::bottom).resolve(width_));
}

} // namespace bifolio
