#include "layout/page/paginate.h"

#include "layout/page/block_flow.h"
#include "layout/page/codes.h"
#include "layout/page/layout_context.h"
#include "layout/page/numbering.h"
#include "layout/page/page_builder.h"
#include "layout/page/page_list.h"
#include "layout/page/page_maker.h"
#include "layout/page/reference_update.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>

namespace bifolio {

namespace {

std::string page_name_of(const LayoutContext& context, NodeId root) {
    for (NodeId id = root; id != no_node; id = context.book.node(id).parent)
        if (!context.style(id).page.empty()) return context.style(id).page;
    return {};
}

// The grid of the section's pages: the lines of the nearest element that creates one, else of the root (Line Grid 1 §2).
void set_grid(const LayoutContext& context, NodeId root, Galley& galley) {
    if (std::none_of(galley.fragments.begin(), galley.fragments.end(), [](const Fragment& one) { return one.snaps; })) return;
    NodeId creator = root;
    while (!context.style(creator).creates_line_grid && context.book.node(creator).parent != no_node)
        creator = context.book.node(creator).parent;
    const StyleMetrics& strut = context.metrics[context.style_of(creator)];
    galley.grid_step = strut.line_above + strut.line_below;
    galley.grid_baseline = strut.line_above;
}

// Where a section lies in boxes of its own (html, body), their margins and padding narrow it as in any flow.
SectionPages set_section(const LayoutContext& context, const BookSection& section) {
    SectionPages out;
    SectionState state;
    const PageRect area = content_area(context.styled, page_name_of(context, section.root));
    state.page_name = page_name_of(context, section.root);
    state.page_width = area.width;
    state.page_height = area.height;
    BlockFlow flow(context, state, area.width);
    flow.galley().is_page_flow = true;
    flow.add_block(section.root);
    out.galley = flow.finish();
    set_grid(context, section.root, out.galley);
    out.references = std::move(state.report.references);
    out.referring = std::move(state.referring);
    out.diagnostics = std::move(state.report.diagnostics);
    return out;
}

// Breaks the sections into pages, one after the other: on which side a section begins depends on those before it.
void break_sections(const StyledBook& book, std::vector<SectionPages>& sections, PageGeometries& geometries) {
    SectionStart start;
    start.first_of_book = true;
    const Book& tree = *book.book;
    start.right_to_left = !tree.nodes.empty() && book.style(NodeId{0}).direction == Direction::rtl;
    start.side = start.right_to_left ? PageSide::left : PageSide::right;
    for (SectionPages& section : sections) {
        if (!section.built || section.start != start) {
            section.plans = build_pages(book, section.galley, geometries, start);
            section.start = start;
            section.built = true;
        }
        if (section.plans.empty()) continue;
        const PageContext& last = section.plans.back().context;
        start.side = last.side == PageSide::left ? PageSide::right : PageSide::left;
        start.first_of_book = false;
        start.name_before = last.name;
    }
}

Span where_of(const LayoutContext& context, const Galley& galley, std::uint32_t fragment) {
    const Range items = galley.fragments[fragment].items;
    for (std::uint32_t k = items.begin; k < items.end; ++k)
        if (const auto* content = std::get_if<Content>(&galley.items[k].owner))
            return context.book.node(content->node).info.where;
    return {};
}

std::string in_mm(Length length) { return std::to_string(std::lround(length.in_mm())) + " mm"; }

// A dose box over two pages may be read as half of a dose.
void report_cut_boxes(const LayoutContext& context, const SectionPages& section, Diagnostics& diagnostics) {
    for (const KeptBox& box : section.galley.kept_boxes) {
        const auto cut = std::find_if(section.plans.begin(), section.plans.end(), [&](const PagePlan& plan) {
            return plan.fragments.end > box.fragments.begin && plan.fragments.end < box.fragments.end;
        });
        if (cut == section.plans.end()) continue;
        Length height;
        for (std::uint32_t i = box.fragments.begin; i < box.fragments.end; ++i)
            height += section.galley.fragments[i].height +
                      (i > box.fragments.begin ? section.galley.fragments[i].space_before : Length());
        const Length room = PageGeometries(context.styled).of(cut->context).height;
        diagnostics.error("layout.cut-box", context.book.node(box.node).info.where,
                          height > room ? "this box must stand on one page, but it is " + in_mm(height) + " tall, " +
                                              in_mm(height - room) + " more than the page has"
                                        : "this box must stand on one page, but its notes leave it no room");
    }
}

void report_pages(const LayoutContext& context, const std::vector<SectionPages>& sections, Diagnostics& diagnostics) {
    for (const SectionPages& section : sections) {
        diagnostics.append(section.diagnostics);
        report_cut_boxes(context, section, diagnostics);
        for (const PagePlan& plan : section.plans) {
            const auto where = [&] {
                for (const std::uint32_t i : shown_fragments(plan))
                    if (const Span span = where_of(context, section.galley, i); span != Span()) return span;
                return Span();
            };
            if (plan.too_tall)
                diagnostics.error("layout.too-tall", where(), "this is taller than the page and cannot be divided");
            if (plan.far_float)
                diagnostics.warning("layout.far-float", where_of(context, section.galley, *plan.far_float),
                                    "this stands more than one page behind its place in the text");
            if (plan.late_notes && !plan.notes.empty())
                diagnostics.warning("layout.late-note", where(), "not all notes that are called on this page could begin on it");
        }
    }
}

void report_unsettled(const LayoutContext& context, const UsedReference& used, const std::string& now, Diagnostics& diagnostics) {
    const Span where = used.user == no_node ? Span() : context.book.node(used.user).info.where;
    diagnostics.error("layout.unsettled-reference", where,
                      used.kind == UsedReference::Kind::note_number
                          ? "the number of this note does not settle: it wavers between ‘" + used.text + "’ and ‘" + now + "’"
                          : "this page reference does not settle: it wavers between page ‘" + used.text + "’ and page ‘" + now +
                                "’");
}

class Settling {
public:
    Settling(LayoutContext& context, const TaskPool& pool, Diagnostics& diagnostics)
        : context_(context), pool_(pool), diagnostics_(diagnostics), geometries_(context.styled) {}

    // Lays out until what the text says of pages is true. Gives the number of passes.
    int run() {
        const std::size_t count = context_.book.sections.size();
        sections.resize(count);
        std::vector<std::size_t> dirty(count);
        for (std::size_t i = 0; i < count; ++i) dirty[i] = i;
        for (int pass = 1;; ++pass) {
            std::vector<std::optional<SectionPages>> made = pool_.map(dirty.size(), [&](std::size_t i) {
                const bool updated = pass > 1 && update_references(context_, sections[dirty[i]]);
                return updated ? std::nullopt : std::optional(set_section(context_, context_.book.sections[dirty[i]]));
            });
            for (std::size_t i = 0; i < dirty.size(); ++i)
                if (made[i]) sections[dirty[i]] = std::move(*made[i]);
            break_sections(context_.styled, sections, geometries_);
            numbering = number_pages(context_, sections, geometries_);
            context_.known_pages = numbering.known;
            context_.known_note_numbers = numbering.note_numbers;
            context_.known_page_count = static_cast<std::int64_t>(numbering.pages.size());
            dirty.clear();
            for (std::size_t i = 0; i < count; ++i)
                if (!is_true(sections[i])) dirty.push_back(i);
            if (dirty.empty()) return pass;
            if (pass == max_layout_passes) {
                for (const std::size_t i : dirty) report(sections[i]);
                return pass;
            }
        }
    }

    void report_unknown() {
        for (const SectionPages& section : sections)
            for (const UsedReference& used : section.references)
                if ((used.kind == UsedReference::Kind::page && !numbering.known.contains(used.target)) ||
                    (used.kind == UsedReference::Kind::page_list && has_unknown_page(context_, used.target)))
                    diagnostics_.error("layout.unknown-page",
                                       used.user == no_node ? Span() : context_.book.node(used.user).info.where,
                                       "the target of this page reference is not printed");
    }

    std::vector<SectionPages> sections;
    Numbering numbering;

private:
    bool is_true(const SectionPages& section) const {
        return std::all_of(section.references.begin(), section.references.end(), [&](const UsedReference& used) {
            return reference_text(context_, used.kind, used.target, used.counter_style) == used.text;
        });
    }
    void report(const SectionPages& section) {
        for (const UsedReference& used : section.references) {
            const std::string now = reference_text(context_, used.kind, used.target, used.counter_style);
            if (now != used.text) report_unsettled(context_, used, now, diagnostics_);
        }
    }

    LayoutContext& context_;
    const TaskPool& pool_;
    Diagnostics& diagnostics_;
    PageGeometries geometries_;
};

struct MadeSection {
    std::vector<MadePage> pages;
    Diagnostics diagnostics;
};

} // namespace

Pages paginate(const StyledBook& book, const Shaper& shaper, const TaskPool& pool, const LayoutOptions& options,
               Diagnostics& diagnostics) {
    Pages out;
    out.book = book.book;
    LayoutContext context = make_context(book, shaper, pool, options, diagnostics);
    Settling settling(context, pool, diagnostics);
    out.passes = settling.run();
    settling.report_unknown();
    report_pages(context, settling.sections, diagnostics);

    // Pages of one section, made side by side with those of the others.
    const std::vector<NumberedPage>& numbered = settling.numbering.pages;
    std::vector<std::pair<std::size_t, std::size_t>> of_section(settling.sections.size());
    for (std::size_t i = 0; i < numbered.size();) {
        std::size_t end = i;
        while (end < numbered.size() && numbered[end].section == numbered[i].section) ++end;
        of_section[numbered[i].section] = {i, end};
        i = end;
    }
    std::vector<MadeSection> made = pool.map(settling.sections.size(), [&](std::size_t s) {
        MadeSection section;
        PageGeometries geometries(book);
        MarginBoxes margin_boxes(context, static_cast<std::int64_t>(numbered.size()));
        for (std::size_t i = of_section[s].first; i < of_section[s].second; ++i)
            section.pages.push_back(make_page(context, settling.sections[s].galley, numbered[i],
                                              geometries.of(numbered[i].plan->context), margin_boxes));
        section.diagnostics = std::move(margin_boxes.diagnostics);
        return section;
    });
    out.pages.reserve(numbered.size());
    for (MadeSection& section : made) {
        diagnostics.append(section.diagnostics);
        for (MadePage& page : section.pages) {
            const PageIndex page_index{static_cast<std::uint32_t>(out.pages.size())};
            for (const NodeId node : page.off_page)
                diagnostics.error("layout.off-page", context.book.node(node).info.where,
                                  "this stands outside of page " +
                                      (page.page.label.empty() ? "without a number" : page.page.label) + ", at least in part");
            for (const auto& [node, at] : page.destinations) out.destinations.emplace(node, Destination{page_index, at});
            out.pages.push_back(std::move(page.page));
        }
    }
    context.missing_glyphs->report(*book.book, shaper.fonts, options.allow_missing_glyph, options.sources, diagnostics);
    out.drawings = std::move(context.drawings);
    return out;
}

} // namespace bifolio
