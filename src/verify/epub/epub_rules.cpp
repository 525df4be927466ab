#include "verify/epub/epub_rules.h"

#include "base/utf8.h"

#include <algorithm>
#include <map>

namespace bifolio {

std::string_view name_of(EpubStandard standard) {
    return standard == EpubStandard::epub_3_3 ? "EPUB 3.3" : "EPUB Accessibility 1.1";
}

std::string_view option_of(EpubStandard standard) {
    return standard == EpubStandard::epub_3_3 ? "epub-3.3" : "epub-accessibility-1.1";
}

std::optional<EpubStandard> epub_standard_of(std::string_view option) {
    for (const EpubStandard standard : all_epub_standards)
        if (equals_ignoring_ascii_case(option, option_of(standard)) || equals_ignoring_ascii_case(option, name_of(standard)))
            return standard;
    return std::nullopt;
}

const std::vector<EpubChapter>& epub_chapters() {
    static const std::vector<EpubChapter> chapters{
        chapter_of_container(),  chapter_of_xml(),    chapter_of_package(),  chapter_of_package_metadata(),
        chapter_of_resources(),  chapter_of_xhtml(),  chapter_of_svg(),      chapter_of_css(),
        chapter_of_navigation(), chapter_of_layout(), chapter_of_overlays(), chapter_of_accessibility()};
    return chapters;
}

const EpubRule* find_epub_rule(std::string_view number) {
    static const std::map<std::string_view, const EpubRule*> all = [] {
        std::map<std::string_view, const EpubRule*> out;
        for (const EpubChapter& chapter : epub_chapters())
            for (const EpubRule& rule : chapter.rules) out.emplace(rule.number, &rule);
        return out;
    }();
    const auto found = all.find(number);
    return found == all.end() ? nullptr : found->second;
}

} // namespace bifolio
