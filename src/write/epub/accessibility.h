// accessibility.h: what can truly be said of a publication's accessibility, each statement with the reason why it is made or left
// out. Internal to this folder, but for the claims themselves (check/accessibility.h).
//
// Spec  EPUB Accessibility 1.1; the vocabulary of schema.org as the W3C's Schema.org Accessibility Properties list it; the EPUB
//       Accessibility exemption property.
#pragma once

#include "check/accessibility.h"
#include "write/epub/section_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct AccessibilityMetadata {
    std::vector<AccessibilityClaim> claims; // made ones and others, in the order in which the package names them
    std::string summary;                    // schema:accessibilitySummary
    std::string summary_language;
    std::vector<AccessibilityFault> to_judge; // what people have to look at
    AccessibilityPlan plan;                   // what they have declared

    bool makes(std::string_view property, std::string_view value) const;
};

// `contrast`: nullptr when nobody has looked; then nothing that hangs on it is claimed.
AccessibilityMetadata accessibility_metadata(const EbookPublication& publication, std::string_view css,
                                             const ContrastFindings* contrast, const AccessibilityPlan& plan);

} // namespace bifolio
