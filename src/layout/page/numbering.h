// numbering.h: page plans of all sections → numbers, labels, named strings, and on which page each node begins.
#pragma once

#include "layout/page/layout_context.h"
#include "layout/page/page_builder.h"
#include "layout/page/section_state.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bifolio {

struct StringState { // one named string on one page (GCPM 3 §2.2)
    std::string start, first, last;
    bool set_here = false, set_at_top = false;
};
using NamedStrings = std::map<std::string, StringState>;

struct NumberedPage {
    std::uint32_t section = 0;
    const PagePlan* plan = nullptr; // in the sections' plans, which outlive this
    std::int64_t number = 1;
    std::string label, counter_style;
    std::shared_ptr<const NamedStrings> strings;
};

struct SectionPages { // one section's galley and what the page builder made of it
    Galley galley;
    std::vector<PagePlan> plans;
    std::vector<UsedReference> references;
    std::vector<ReferringParagraph> referring;
    Diagnostics diagnostics;
    SectionStart start;
    bool built = false;
};

struct Numbering {
    std::vector<NumberedPage> pages;
    std::map<NodeId, KnownPage> known; // every marked node
    std::map<NodeId, PageIndex> page_of;
    std::map<NodeId, std::int64_t> note_numbers; // of notes that pages count
};
Numbering number_pages(const LayoutContext& context, const std::vector<SectionPages>& sections, PageGeometries& geometries);

} // namespace bifolio
