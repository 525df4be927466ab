#include "layout/page/numbering.h"

namespace bifolio {

namespace {

class Numberer {
public:
    Numberer(const LayoutContext& context, PageGeometries& geometries) : context_(context), geometries_(geometries) {}

    void add(std::uint32_t section, const SectionPages& pages) {
        for (const PagePlan& plan : pages.plans) add_page(section, pages.galley, plan);
    }
    Numbering finish() { return std::move(out_); }

private:
    void add_page(std::uint32_t section, const Galley& galley, const PagePlan& plan) {
        ++number_;
        strings_changed_ = was_set_;
        was_set_ = false;
        for (auto& [name, state] : strings_) {
            state.start = state.first = state.last;
            state.set_here = state.set_at_top = false;
        }
        here_.clear();
        const std::vector<std::uint32_t> shown = shown_fragments(plan);
        for (const std::uint32_t i : shown)
            for (std::uint32_t k = galley.fragments[i].marks.begin; k < galley.fragments[i].marks.end; ++k)
                take_mark(galley.marks[k].node, i == shown.front());
        if (geometries_.of(plan.context).style.restarts_notes) notes_ = 0;
        for (const NoteSlice& slice : plan.notes) {
            if (slice.fragments.begin == 0) out_.note_numbers[galley.notes[slice.note].note] = ++notes_;
            const Galley& note = *galley.notes[slice.note].galley;
            for (std::uint32_t i = slice.fragments.begin; i < slice.fragments.end; ++i)
                for (std::uint32_t k = note.fragments[i].marks.begin; k < note.fragments[i].marks.end; ++k)
                    take_mark(note.marks[k].node, false);
        }
        NumberedPage page;
        page.section = section;
        page.plan = &plan;
        page.number = number_;
        page.counter_style = geometries_.of(plan.context).style.page_counter_style;
        page.label = format_counter(number_, page.counter_style);
        if (!last_strings_ || strings_changed_ || was_set_) last_strings_ = std::make_shared<const NamedStrings>(strings_);
        page.strings = last_strings_;
        const PageIndex page_index{static_cast<std::uint32_t>(out_.pages.size())};
        for (const NodeId node : here_) {
            if (!out_.page_of.emplace(node, page_index).second) continue;
            out_.known[node] = {true, page.number, page.label, static_cast<std::uint32_t>(page_index)};
        }
        out_.pages.push_back(std::move(page));
    }

    void take_mark(NodeId node, bool at_top) {
        here_.push_back(node);
        if (context_.styled.page_counter_reset.contains(node)) number_ = 1;
        if (const auto set = context_.styled.counter_page_set.find(node); set != context_.styled.counter_page_set.end())
            number_ = set->second;
        const auto sets = context_.styled.string_sets.find(node);
        if (sets == context_.styled.string_sets.end()) return;
        for (const StringSet& set : sets->second) {
            StringState& state = strings_[set.name];
            if (!state.set_here) state.first = set.value;
            state.last = set.value;
            if (at_top && !state.set_here) {
                state.start = set.value;
                state.set_at_top = true;
            }
            state.set_here = was_set_ = true;
        }
    }

    const LayoutContext& context_;
    PageGeometries& geometries_;
    Numbering out_;
    std::int64_t number_ = 0, notes_ = 0;
    NamedStrings strings_;
    std::shared_ptr<const NamedStrings> last_strings_;
    std::vector<NodeId> here_;
    bool was_set_ = false, strings_changed_ = false;
};

} // namespace

Numbering number_pages(const LayoutContext& context, const std::vector<SectionPages>& sections, PageGeometries& geometries) {
    Numberer numberer(context, geometries);
    for (std::size_t i = 0; i < sections.size(); ++i) numberer.add(static_cast<std::uint32_t>(i), sections[i]);
    return numberer.finish();
}

} // namespace bifolio
