// page_builder.h: a galley → which fragments and which parts of which notes stand on each page.
//
// Method     Shortest path over all legal breaks between two forced ones (Plass 1981, as Knuth and Plass do for lines): a page
//            costs the square of what it leaves empty (up to a third), a break what it costs in the galley, a divided note a
//            little. So a heading, an orphan or a note three pages on is seen in time. For each break only the best way to it is
//            kept.
// Floats     A figure that finds no room waits for the next page while the text goes on; their order is kept.
// Notes      Stand at the page's foot in the order of their calls. The last of a page may be divided; its rest comes first on the
//            next page. Every note begins on the page of its call.
// Time       Linear in the fragments for pages of bounded length.
#pragma once

#include "base/diagnostics.h"
#include "layout/page/galley.h"

#include <map>
#include <memory>
#include <optional>
#include <tuple>

namespace bifolio {

struct PageGeometry {
    PageStyle style;
    Length x, y, width, height; // content area
};

// Page styles are asked for again and again; one of each is kept. Not for several threads.
class PageGeometries {
public:
    explicit PageGeometries(const StyledBook& book) : book_(book) {}
    const PageGeometry& of(const PageContext& context);

private:
    const StyledBook& book_;
    std::map<std::tuple<std::string, PageSide, bool, bool>, std::unique_ptr<PageGeometry>> known_;
};

// The content area that lines are set for: the narrowest and lowest of those that pages of this name may have.
PageRect content_area(const StyledBook& book, const std::string& page_name);

struct NoteArea {        // what stands around the notes of a page
    Length above, below; // margins, borders, padding
    std::uint32_t style = 0;
};
NoteArea note_area(const StyledBook& book, const PageGeometry& page);

struct NoteSlice {
    std::uint32_t note = 0; // index into Galley::notes
    Range fragments;
};

struct PagePlan {
    PageContext context;
    Range fragments;
    bool keeps_first_space = false; // after a forced break
    std::vector<NoteSlice> notes;
    // Page floats, as fragments of the galley: those at the top may stand before `fragments`, where the page before had no room
    // for them. `gone` are those within `fragments` that do not stand in their place. All ascending.
    std::vector<std::uint32_t> top_floats, bottom_floats, gone;
    std::optional<std::uint32_t> far_float; // stands more than a page behind its place
    Length stretch;                         // of `flexible`: added to the page's spaces in proportion, so that it is as deep
    Length flexible;                        // as the page that it faces; the sum of these spaces
    bool late_notes = false;                // a note could not begin on its call's page
    bool too_tall = false;
};

// The space before a fragment, below others on the plan's page, as it is stretched there.
Length stretched(const PagePlan& plan, const Fragment& fragment, Length space);

// The fragments that a page shows, in their order on it; notes apart.
std::vector<std::uint32_t> shown_fragments(const PagePlan& plan);

struct SectionStart {
    PageSide side = PageSide::right; // of the section's first page, unless it asks for another
    bool first_of_book = false;
    bool right_to_left = false;
    std::string name_before; // of the page before: a blank page is its
    auto operator<=>(const SectionStart&) const = default;
};

std::vector<PagePlan> build_pages(const StyledBook& book, const Galley& galley, PageGeometries& geometries,
                                  const SectionStart& start);

// Heights of a page's containers, and of the cells of a cut table row, that go on from the page before and to the next one.
Length continued_height(const Galley& galley, std::uint32_t first_fragment);
Length broken_height(const Galley& galley, std::uint32_t end_fragment);

} // namespace bifolio
