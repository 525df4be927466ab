// epub_rules.h: what the rules for EPUB files are, and what they read. A chapter of the specification is a table of rules and the
// functions that look.
//
// Numbers    “EPUB ” and EPUBCheck's message id, with a word behind a dot where one id covers many conditions (RSC-005.title), so
//            that people can look them up; “A11Y ” by subject for EPUB Accessibility 1.1, which has no numbered conditions.
// To add     A row in the table of its chapter's file rules_*.cpp, and the look. A new chapter: one line in epub_rules.cpp.
// Reporting  A number that stands in no table is our own mistake: verify_epub() asserts.
#pragma once

#include "verify/epub/epub_findings.h"
#include "verify/epub/epub_publication.h"
#include "verify/epub/resource_uses.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bifolio {

enum class EpubStandard { epub_3_3, epub_accessibility_1_1 };
inline constexpr EpubStandard all_epub_standards[]{EpubStandard::epub_3_3, EpubStandard::epub_accessibility_1_1};
std::string_view name_of(EpubStandard standard);                       // “EPUB 3.3”
std::string_view option_of(EpubStandard standard);                     // “epub-3.3”
std::optional<EpubStandard> epub_standard_of(std::string_view option); // either, any case

enum class EpubSeverity { error, warning, note }; // must, should, worth knowing

struct EpubRule {
    std::string_view number; // “EPUB RSC-012”
    EpubSeverity severity = EpubSeverity::error;
    std::string_view title;          // what is wrong, in a phrase
    std::string_view cure;           // what to do, in a sentence
    std::string_view unchecked = {}; // why it is not checked; empty: it is
};

// A publication with everything that is read from it once. Borrowed by the rules for one call.
struct ExaminedEpub {
    const EpubPublication& file;
    const UsesOfAll& uses;
    const PackageDocument& package() const { return file.package(); }
};

struct EpubChapter {
    std::string_view name; // as `verify --rules` heads the table
    EpubStandard standard = EpubStandard::epub_3_3;
    std::span<const EpubRule> rules;
    void (*check)(const ExaminedEpub&, EpubFindings&) = nullptr;
    // Of each XHTML, SVG and SMIL document in the manifest and the container; on any thread.
    void (*check_document)(const ExaminedEpub&, const EpubDocument&, const ManifestItem&, EpubFindings&) = nullptr;
};

const std::vector<EpubChapter>& epub_chapters();
const EpubRule* find_epub_rule(std::string_view number);

EpubChapter chapter_of_container();        // §4
EpubChapter chapter_of_xml();              // §3.9
EpubChapter chapter_of_package();          // §5
EpubChapter chapter_of_package_metadata(); // §5.5, appendix D
EpubChapter chapter_of_resources();        // §3: where resources are, fallbacks, references between them
EpubChapter chapter_of_xhtml();            // §6.1
EpubChapter chapter_of_svg();              // §6.2
EpubChapter chapter_of_css();              // §6.3
EpubChapter chapter_of_navigation();       // §7, NCX
EpubChapter chapter_of_layout();           // §8
EpubChapter chapter_of_overlays();         // §9
EpubChapter chapter_of_accessibility();    // EPUB Accessibility 1.1

} // namespace bifolio
