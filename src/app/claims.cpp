#include "app/claims.h"

namespace bifolio {

void report_claims(const std::string& file, const Edition& edition, const WrittenEpub& written, Report& report) {
    const std::string in = " in " + edition.name + "/" + file;
    const std::string of = " of " + edition.name + "/" + file;
    for (const AccessibilityClaim& claim : written.claims) {
        const std::string title = "Accessibility claims" + of;
        report.add(title, {(claim.made ? "made: " : "left out: ") + claim.property + " ‘" + claim.value + "’" +
                               (claim.spoilt.empty() ? ": " + claim.why : ""),
                           {}});
        for (const AccessibilityFault& fault : claim.spoilt) report.add(title, {"  " + fault.message, fault.where});
    }
    for (const PageWithoutPlace& page : written.pages_without_place)
        report.add("Printed pages without a place" + in, {"page " + page.label + ": " + page.why, {}});
    for (const AccessibilityFault& matter : written.to_judge)
        report.add("For people to judge before conformity is claimed," + of, {matter.message, matter.where});
}

void report_screen_styles(const Edition& edition, const std::vector<ScreenChange>& changes, Report& report) {
    for (const ScreenChange& change : changes)
        report.add("Styles that the e-book ‘" + edition.name + "’ has not as written", {change.text, change.where});
}

void require_conformity(const Edition& edition, const WrittenEpub& written, Diagnostics& diagnostics) {
    for (const AccessibilityClaim& claim : written.claims) {
        if (claim.property != "dcterms:conformsTo" || claim.made) continue;
        diagnostics.error("app.unmet-conformance", edition.where,
                          "the edition ‘" + edition.name + "’ asks for EPUB-A11Y-1.1, and its e-book cannot claim ‘" +
                              claim.value + "’",
                          {"what speaks against it follows, each with its place"});
        for (const AccessibilityFault& fault : claim.spoilt)
            diagnostics.error("app.unmet-conformance", fault.where.source == SourceId{0} ? edition.where : fault.where,
                              fault.message);
    }
}

} // namespace bifolio
