#include "write/epub/accessibility.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

// Words that only repeat the file's name describe nothing.
bool describes(const std::string& alternative, const std::string& path) {
    if (is_blank(alternative)) return false;
    const std::string file = path.substr(path.rfind('/') + 1);
    return !equals_ignoring_ascii_case(trimmed(alternative), file) &&
           !equals_ignoring_ascii_case(trimmed(alternative), std::string_view(file).substr(0, file.rfind('.')));
}

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : several);
}

std::string picture_sentence(const AccessibilityFacts& facts) {
    std::string out;
    const std::size_t undescribed = facts.pictures - facts.described;
    if (facts.pictures == 0)
        out = facts.decorative == 0 ? "There are no pictures." : "No picture carries meaning.";
    else if (undescribed == 0)
        out = facts.pictures == 1
                  ? "The one picture that carries meaning has a text alternative."
                  : "All " + std::to_string(facts.pictures) + " pictures that carry meaning have text alternatives.";
    else
        out = counted(undescribed, "picture", "pictures") + " of " + std::to_string(facts.pictures) +
              (undescribed == 1 ? " has" : " have") + " no text alternative.";
    if (facts.decorative > 0)
        out += " " + counted(facts.decorative, "picture only decorates and is", "pictures only decorate and are") + " marked so.";
    return out;
}

} // namespace

AccessibilityFacts accessibility_facts(const EpubPublication& publication, std::string_view css) {
    const Book& book = publication.book;
    AccessibilityFacts facts;
    for (const Node& node : book.nodes) {
        if (heading_level(node.element)) ++facts.headings;
        if (node.element == Element::text && !facts.has_text) facts.has_text = !is_blank(node.text);
        if (node.element == Element::table) ++facts.tables;
        if (node.element == Element::note && !is_web_address(node)) ++facts.notes;
        if (node.element == Element::ruby) facts.has_ruby = true;
        if (node.element != Element::img || node.resource == no_resource) continue;
        const PublishedPicture& picture = publication.pictures[index(node.resource)];
        if (picture.path.empty()) continue; // its words stand in the text
        if (picture.animated) ++facts.animated;
        const std::string* alternative = attribute(node, "alt");
        if (alternative && alternative->empty()) {
            ++facts.decorative;
            continue;
        }
        ++facts.pictures;
        if (alternative && describes(*alternative, book.resources[index(node.resource)].path)) ++facts.described;
    }
    facts.has_index = std::any_of(book.sections.begin(), book.sections.end(),
                                  [](const BookSection& section) { return section.kind == SectionKind::index; });
    facts.has_page_list = !publication.page_marks.empty();
    facts.style_may_move = css.find("animation") != std::string_view::npos || css.find("@keyframes") != std::string_view::npos;
    return facts;
}

AccessibilityMetadata accessibility_metadata(const AccessibilityFacts& facts) {
    AccessibilityMetadata out;
    const bool shows = facts.pictures + facts.decorative > 0;
    if (facts.has_text || !shows) out.modes.push_back("textual");
    if (shows) out.modes.push_back("visual");
    // Words alone suffice where every picture that says something says it in words as well.
    if (facts.described == facts.pictures) out.sufficient.push_back("textual");
    if (shows) out.sufficient.push_back(facts.has_text ? "textual,visual" : "visual");

    out.features = {"tableOfContents", "readingOrder", "ARIA"};
    if (facts.headings > 0) out.features.push_back("structuralNavigation");
    if (facts.has_text) out.features.push_back("displayTransformability");
    if (facts.pictures > 0 && facts.described == facts.pictures) out.features.push_back("alternativeText");
    if (facts.has_index) out.features.push_back("index");
    if (facts.has_ruby) out.features.push_back("rubyAnnotations");
    if (facts.has_page_list) out.features.insert(out.features.end(), {"pageNavigation", "pageBreakMarkers"});
    std::sort(out.features.begin(), out.features.end());

    // There are no scripts, no sound and no film in what is written here; pictures and styles may move.
    if (facts.animated == 0 && !facts.style_may_move)
        out.hazards = {"none"};
    else
        out.hazards = {"unknownFlashingHazard", "unknownMotionSimulationHazard", "noSoundHazard"};

    out.summary = "The text flows anew at any size and can be read by screen readers and shown in braille.";
    if (facts.headings > 0)
        out.summary += " Headings and a table of contents lead through it.";
    else
        out.summary += " A table of contents leads through it.";
    out.summary += " " + picture_sentence(facts);
    if (facts.tables > 0) out.summary += " " + counted(facts.tables, "table is", "tables are") + " marked up as such.";
    if (facts.notes > 0)
        out.summary += " " + counted(facts.notes, "note is", "notes are") + " linked with the text in both directions.";
    if (facts.has_page_list) out.summary += " The page numbers of the print edition are given.";
    if (facts.animated > 0) out.summary += " " + counted(facts.animated, "picture moves.", "pictures move.");
    out.summary += " Conformance with an accessibility standard has not been assessed.";
    return out;
}

} // namespace bifolio
