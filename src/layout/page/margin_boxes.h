// margin_boxes.h: running heads and folios in the margins of a page.
//
// Spec       CSS Paged Media 3 §5 (places and widths of margin boxes), GCPM 3 §2 (string()).
#pragma once

#include "layout/page/line_builder.h"
#include "layout/page/numbering.h"

#include <map>
#include <tuple>

namespace bifolio {

class MarginBoxes {
public:
    MarginBoxes(const LayoutContext& context, std::int64_t page_count) : context_(context), page_count_(page_count) {}
    void add_to(Page& page, const PageGeometry& geometry, const NumberedPage& numbered);
    Diagnostics diagnostics;

private:
    struct Slot { // one box with its text, on this page
        const MarginBoxStyle* box = nullptr;
        std::string text;
        Artifact artifact = Artifact::running_head;
        Length natural;
        PageRect place;
    };
    struct Set { // a text set at a width; heads repeat from page to page
        std::vector<LineBox> lines;
        Length height;
    };

    std::string text_of(const GeneratedContent& content, const NumberedPage& numbered) const;
    const Set& set(std::uint32_t style, const std::string& text, Length width, TextAlign align);
    Length width_of(std::uint32_t style, const std::string& text) const;
    std::string shortened(std::uint32_t style, const std::string& text, Length width) const;
    void share_row(std::vector<Slot>& slots, std::array<MarginBox, 3> row, PageRect whole);
    void paint(Page& page, const Slot& slot);

    const LayoutContext& context_;
    std::int64_t page_count_;
    LineScratch scratch_;
    std::map<std::tuple<std::uint32_t, std::string, std::int64_t, TextAlign>, Set> known_;
    std::map<std::pair<std::uint32_t, std::string>, Length> widths_;
};

} // namespace bifolio
