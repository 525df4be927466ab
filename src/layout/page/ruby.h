// ruby.h: words with their reading set above them.
//
// Method     A stretch of base text and its annotation are one piece of the line (an Atom) that is as wide as the wider of the two;
//            the other is centred, ideographs and kana spread over it (`ruby-align: space-around`). The annotation takes the room
//            that the lines' leading gives, so most lines stay as high as they are. A stretch that is too long for one piece, or
//            holds notes, pictures or line ends, is set in the line, its annotation behind it.
// Spec       CSS Ruby Annotation Layout 1 §2.2 (pairing), §3.3 (line spacing), §4.3 (alignment).
#pragma once

#include "layout/page/inline_content.h"
#include "layout/page/line_builder.h"

#include <vector>

namespace bifolio {

struct RubySegment {
    std::vector<NodeId> base, annotation;
    bool stands_above = false; // else: in the line
};

// What is displayed of a ruby, in order.
std::vector<RubySegment> ruby_segments(const LayoutContext& context, NodeId ruby);

// Sets what a ruby's atom shows and its measures. `strut`: the style of the paragraph.
AtomItems set_ruby(const LayoutContext& context, Atom& atom, std::uint32_t strut, InlineReport& report);

} // namespace bifolio
