// picture_layout.h: how large a picture is printed, and what is placed for it.
#pragma once

#include "layout/page/galley.h"
#include "layout/page/section_state.h"

namespace bifolio {

struct PictureBox {
    Length width, height;          // content box
    std::optional<PageRect> whole; // PlacedPicture::whole
    bool missing = false;
};

// CSS 2.1 §10.3.2, §10.4: width and height (properties, else attributes) with the natural proportions; never wider than
// `available` where that is known, never taller than the page without `beside`: what must stand on the page with it.
PictureBox size_picture(const LayoutContext& context, SectionState& state, NodeId node, ResourceId resource, std::uint32_t style,
                        std::optional<Length> available, Length beside = {});

// The height of the boxes and the caption around a picture, which are to stand on one page with it.
Length height_around(const LayoutContext& context, NodeId node);

// The picture, or a frame with its alternative text, at (0, 0).
void place_picture(const LayoutContext& context, SectionState& state, NodeId node, std::optional<PseudoElement> generated,
                   ResourceId resource, std::uint32_t style, const PictureBox& box, std::vector<PlacedItem>& into);

} // namespace bifolio
