// section_state.h: what one section's layout gathers while it runs; each task has its own.
#pragma once

#include "layout/page/inline_content.h"
#include "layout/page/line_builder.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace bifolio {

struct PageEdges { // the least distance of the content area from the page's edges, on any page of a name
    Length left, right;
};

// A paragraph that names pages: all that is needed to set it anew when they have changed.
struct ReferringParagraph {
    NodeId block = no_node;
    std::uint32_t style = 0, run = 0;
    std::vector<InlinePart> parts;
    std::vector<LineShape> shape;
    PageEdges hang_room;
    Range fragments;                // its lines
    Range references;               // in InlineReport::references
    std::uint32_t marker_items = 0; // of the first line: a list's mark
};

struct SectionState {
    InlineReport report;
    LineScratch scratch;
    Length page_width, page_height;   // of the page's content area
    std::optional<Length> note_width; // of notes that stand elsewhere than at its foot
    // Paragraphs that were shaped to be measured (table cells, floats) wait here to be set: by block and number of the run in it.
    std::map<std::pair<NodeId, std::uint32_t>, InlineContent> measured;
    std::vector<ReferringParagraph> referring;                // those on pages, without notes
    std::string page_name;                                    // of the pages that are being filled
    std::map<std::string, PageEdges, std::less<>> page_edges; // by that name, as far as they were asked for
    bool columns_reported = false;
};

} // namespace bifolio
