#include "layout/page/reference_update.h"

#include <algorithm>

namespace bifolio {

namespace {

struct Reset {
    const ReferringParagraph* paragraph = nullptr;
    std::vector<LineBox> lines;
    std::vector<UsedReference> references;
};

bool is_true(const LayoutContext& context, const UsedReference& used) {
    return reference_text(context, used.kind, used.target, used.counter_style) == used.text;
}

Reset set_again(const LayoutContext& context, const ReferringParagraph& paragraph, Diagnostics& diagnostics) {
    InlineReport report;
    InlineContent content =
        build_inline_content(context, paragraph.block, paragraph.style, paragraph.parts, report, paragraph.run == 0);
    find_missing_glyphs(context, content);
    for (Atom& atom : content.atoms) size_leader(context, atom);
    std::vector<AtomItems> atoms(content.atoms.size());
    ParagraphSetting setting;
    setting.style = paragraph.style;
    setting.block = paragraph.block;
    setting.shape = paragraph.shape;
    setting.hang_left = paragraph.hang_room.left;
    setting.hang_right = paragraph.hang_room.right;
    LineScratch scratch;
    Reset out{&paragraph, build_lines(context, content, atoms, setting, scratch, report.diagnostics), {}};
    out.references = std::move(report.references);
    diagnostics.append(report.diagnostics);
    return out;
}

bool keeps_its_lines(const Galley& galley, const Reset& reset) {
    const Range range = reset.paragraph->fragments;
    if (reset.lines.size() != range.size() || reset.references.size() != reset.paragraph->references.size()) return false;
    for (std::uint32_t i = 0; i < range.size(); ++i) {
        const Fragment& fragment = galley.fragments[range.begin + i];
        if (reset.lines[i].height != fragment.height || reset.lines[i].baseline != fragment.baseline) return false;
        if (reset.lines[i].hyphenated != fragment.hyphenated) return false;
    }
    return true;
}

// The new lines' items follow all others; the marks, which only name nodes, stay.
void put_in_place(Galley& galley, Reset& reset) {
    for (std::uint32_t i = 0; i < reset.lines.size(); ++i) {
        Fragment& fragment = galley.fragments[reset.paragraph->fragments.begin + i];
        LineBox& line = reset.lines[i];
        const Range old = fragment.items;
        fragment.items.begin = static_cast<std::uint32_t>(galley.items.size());
        for (std::uint32_t k = 0; i == 0 && k < reset.paragraph->marker_items; ++k) {
            PlacedItem mark = std::move(galley.items[old.begin + k]);
            galley.items.push_back(std::move(mark));
        }
        std::move(line.items.begin(), line.items.end(), std::back_inserter(galley.items));
        fragment.items.end = static_cast<std::uint32_t>(galley.items.size());
        fragment.links.begin = static_cast<std::uint32_t>(galley.links.size());
        std::move(line.links.begin(), line.links.end(), std::back_inserter(galley.links));
        fragment.links.end = static_cast<std::uint32_t>(galley.links.size());
    }
}

} // namespace

bool update_references(const LayoutContext& context, SectionPages& section) {
    std::vector<const ReferringParagraph*> changed;
    std::size_t wrong = 0, found = 0;
    for (const UsedReference& used : section.references) wrong += is_true(context, used) ? 0 : 1;
    for (const ReferringParagraph& paragraph : section.referring) {
        const std::size_t before = found;
        for (std::uint32_t i = paragraph.references.begin; i < paragraph.references.end; ++i)
            found += is_true(context, section.references[i]) ? 0 : 1;
        if (found > before) changed.push_back(&paragraph);
    }
    if (found != wrong) return false;
    std::vector<Reset> resets;
    for (const ReferringParagraph* paragraph : changed) {
        Diagnostics diagnostics;
        resets.push_back(set_again(context, *paragraph, diagnostics));
        if (!diagnostics.all().empty() || !keeps_its_lines(section.galley, resets.back())) return false;
    }
    for (Reset& reset : resets) {
        put_in_place(section.galley, reset);
        std::move(reset.references.begin(), reset.references.end(),
                  section.references.begin() + reset.paragraph->references.begin);
    }
    return true;
}

} // namespace bifolio
