#include "write/epub/accessibility.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/epub/accessibility_words.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bifolio {

namespace {

constexpr std::string_view feature = "schema:accessibilityFeature";
constexpr std::array exemption_names{"eaa-microenterprise", "eaa-disproportionate-burden", "eaa-fundamental-alteration"};

// What the stylesheet that is shipped does to those who need another size, or no movement.
struct StyleFaults {
    std::vector<AccessibilityFault> fixed, moving;
};

bool has_absolute_length(std::string_view value) {
    constexpr std::array units{"pt", "px", "mm", "cm", "in", "pc", "q"};
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] < '0' || value[at] > '9') continue;
        std::size_t end = at;
        bool zero = true;
        for (; end < value.size() && ((value[end] >= '0' && value[end] <= '9') || value[end] == '.'); ++end)
            zero = zero && (value[end] == '0' || value[end] == '.');
        std::size_t unit_end = end;
        while (unit_end < value.size() && ((value[unit_end] | 0x20) >= 'a' && (value[unit_end] | 0x20) <= 'z')) ++unit_end;
        const std::string unit = to_ascii_lower(value.substr(end, unit_end - end));
        if (!zero && std::ranges::find(units, unit) != units.end()) return true;
        at = unit_end;
    }
    return false;
}

// One declaration a line, as stylesheet_for_screen() writes them.
StyleFaults style_faults(std::string_view css) {
    StyleFaults faults;
    std::string selector;
    for (std::size_t at = 0; at < css.size();) {
        const std::size_t end = std::min(css.find('\n', at), css.size());
        const std::string_view line = trimmed(css.substr(at, end - at));
        at = end + 1;
        if (line.starts_with("@keyframes"))
            faults.moving.push_back({AccessibilityRule::movement, {}, "the styles have an animation"});
        if (line.ends_with("{")) {
            selector = trimmed(line.substr(0, line.size() - 1));
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view name = trimmed(line.substr(0, colon)),
                               value = trimmed(line.substr(colon + 1, line.find(';') - colon - 1));
        const auto told = [&] { return "the rule ‘" + selector + "’ sets " + std::string(name) + ": " + std::string(value); };
        if ((name == "font-size" || name == "font" || name == "line-height") && has_absolute_length(value))
            faults.fixed.push_back({AccessibilityRule::text_size, {}, told()});
        if ((name.find("animation") != std::string_view::npos || name.starts_with("transition")) && !value.starts_with("none"))
            faults.moving.push_back({AccessibilityRule::movement, {}, told()});
        if (name.find("animation") == std::string_view::npos && line.find("animation:") != std::string_view::npos)
            faults.moving.push_back(
                {AccessibilityRule::movement, {}, "the styles have an animation"}); // several declarations on one line
    }
    return faults;
}

std::string counted(std::size_t count, std::string_view one, std::string_view several) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : several);
}

class ClaimMaker {
public:
    ClaimMaker(const EbookPublication& publication, std::string_view css, const ContrastFindings* contrast,
               const AccessibilityPlan& plan)
        : publication_(publication), book_(publication.book), found_(check_accessibility(publication.book)),
          styles_(style_faults(css)), contrast_(contrast) {
        made_.plan = plan;
        for (const Node& node : book_.nodes) {
            if (node.element != Element::img || node.resource == no_resource) continue;
            const PublishedPicture& picture = publication.pictures[index(node.resource)];
            if (picture.animated)
                styles_.moving.push_back({AccessibilityRule::movement, node.info.where,
                                          "the picture ‘" + book_.resources[index(node.resource)].path + "’ moves"});
            raster_ = raster_ || (!picture.path.empty() && !picture.is_drawing);
            drawn_ = drawn_ || picture.is_drawing;
        }
    }

    AccessibilityMetadata make() {
        claim_modes();
        claim_features();
        claim_hazards();
        summarise();
        claim_conformity();
        made_.to_judge = found_.to_judge;
        for (const char* what :
             {"whether colour alone says something", "whether the words in pictures can be read",
              "whether every heading says what its section is about", "whether the order in which things are read makes sense",
              "whether changes of language within a sentence are marked"})
            made_.to_judge.push_back({AccessibilityRule::judgement, {}, what});
        return std::move(made_);
    }

private:
    std::vector<AccessibilityFault> faults_of(std::initializer_list<AccessibilityRule> rules) const {
        std::vector<AccessibilityFault> out;
        for (const AccessibilityFault& fault : found_.faults)
            if (std::ranges::find(rules, fault.rule) != rules.end()) out.push_back(fault);
        return out;
    }

    // Made where nothing spoils it.
    bool claim(std::string_view property, std::string value, std::string why, std::vector<AccessibilityFault> spoilt = {}) {
        const bool made = spoilt.empty();
        made_.claims.push_back({std::string(property), std::move(value), made, std::move(why), std::move(spoilt)});
        return made;
    }
    void leave_out(std::string_view property, std::string value, std::string why) {
        made_.claims.push_back({std::string(property), std::move(value), false, std::move(why), {}});
    }
    void claim_if(bool holds, std::string value, std::string why, std::string why_not) {
        if (holds)
            claim(feature, std::move(value), std::move(why));
        else
            leave_out(feature, std::move(value), std::move(why_not));
    }

    void claim_modes() {
        const bool shows = found_.shown > 0;
        if (found_.has_text || !shows) claim("schema:accessMode", "textual", "there is text");
        if (shows)
            claim("schema:accessMode", "visual", counted(found_.shown, "picture says", "pictures say") + " something");
        else
            leave_out("schema:accessMode", "visual", "nothing is said by pictures but a cover, portraits, logos and decoration");
        // Words alone suffice where every picture that says something says it in words as well.
        claim("schema:accessModeSufficient", "textual",
              found_.pictures == 0 ? "no picture carries meaning" : "every picture that carries meaning has words",
              faults_of({AccessibilityRule::picture_words}));
        if (shows)
            claim("schema:accessModeSufficient", found_.has_text ? "textual,visual" : "visual",
                  "text and pictures are all there is");
    }

    void claim_features() {
        claim(feature, "ARIA", "sections, notes and navigation have roles");
        if (found_.pictures > 0)
            claim(feature, "alternativeText", counted(found_.pictures, "picture", "pictures") + " that carry meaning",
                  faults_of({AccessibilityRule::picture_words}));
        else
            leave_out(feature, "alternativeText", "no picture carries meaning");
        if (found_.has_text)
            claim(feature, "displayTransformability", "text flows anew, and no rule fixes its size", styles_.fixed);
        else
            leave_out(feature, "displayTransformability", "there is no text");
        claim_contrast();
        claim_if(found_.has_linked_index, "index", "the index leads to the text", "there is no index with links");
        claim_if(found_.long_descriptions > 0, "longDescription",
                 counted(found_.long_descriptions, "picture is", "pictures are") + " described at length",
                 "no picture is described at length");
        const bool pages = !publication_.page_marks.empty();
        const std::string many = counted(publication_.page_marks.size(), "page", "pages") + " of the print edition";
        claim_if(pages, "pageBreakMarkers", many, "no print edition's pages are known");
        claim_if(pages, "pageNavigation", many, "no print edition's pages are known");
        claim(feature, "readingOrder", "text, notes and pictures stand in the documents in the order of the book",
              faults_of({AccessibilityRule::note_links}));
        claim_if(found_.has_ruby, "rubyAnnotations", "there are ruby annotations", "there are no ruby annotations");
        if (found_.headings > 0)
            claim(feature, "structuralNavigation", counted(found_.headings, "heading", "headings") + " and none skips a level",
                  faults_of({AccessibilityRule::heading_order}));
        else
            leave_out(feature, "structuralNavigation", "there are no headings");
        claim_if(!book_.sections.empty(), "tableOfContents", "the contents lead to every section", "the book has no sections");
        claim(feature, "unlocked", "nothing in the package is encrypted");
    }

    void claim_contrast() {
        if (!contrast_)
            leave_out(feature, "highContrastDisplay", "the contrast has not been looked at");
        else if (contrast_->below_enhanced.empty() && (raster_ || drawn_))
            leave_out(feature, "highContrastDisplay", "all text has 7:1, but the words in pictures cannot be looked at");
        else
            claim(feature, "highContrastDisplay", "all text has a contrast of 7:1, large text of 4.5:1",
                  contrast_->below_enhanced);
    }

    // There are no scripts, no sound and no film in what is written here; pictures and styles may move.
    void claim_hazards() {
        constexpr std::string_view hazard = "schema:accessibilityHazard";
        if (claim(hazard, "none", "there are no scripts, no sound, no film and nothing that moves", styles_.moving)) return;
        for (const char* value : {"unknownFlashingHazard", "unknownMotionSimulationHazard"})
            claim(hazard, value, "something moves, and a machine cannot judge how");
        claim(hazard, "noSoundHazard", "there is no sound");
    }

    void claim_conformity() {
        constexpr std::string_view property = "dcterms:conformsTo";
        const AccessibilityPlan& plan = made_.plan;
        const std::string& declared = plan.conforms_to.value;
        const std::string standard = declared.empty() ? "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" : declared;
        std::vector<AccessibilityFault> spoilt = found_.faults;
        if (standard.ends_with("AA")) {
            if (contrast_)
                spoilt.insert(spoilt.end(), contrast_->faults.begin(), contrast_->faults.end());
            else
                spoilt.push_back({AccessibilityRule::contrast, {}, "the contrast has not been looked at"});
            spoilt.insert(spoilt.end(), styles_.fixed.begin(), styles_.fixed.end());
        }
        spoilt.insert(spoilt.end(), styles_.moving.begin(), styles_.moving.end());
        if (publication_.page_marks_without_source)
            spoilt.push_back(
                {AccessibilityRule::page_source, {}, "pages are marked, and the edition that they are of is not named"});
        if (declared.empty())
            spoilt.push_back(
                {AccessibilityRule::declaration, plan.where, "nobody says that it conforms (accessibility: conforms-to)"});
        if (plan.certified_by.empty())
            spoilt.push_back({AccessibilityRule::declaration, plan.where,
                              "nobody answers for what a machine cannot judge (accessibility: certified-by)"});
        const bool conforms = claim(
            property, standard, "a person answers for it, and nothing that a machine finds speaks against it", std::move(spoilt));
        const auto of_certifier = [&](std::string_view name, const std::string& value) {
            if (value.empty()) return;
            if (conforms)
                claim(name, value, "declared in book.yaml");
            else
                leave_out(name, value, "conformity is not claimed, so there is nothing that it certifies");
        };
        of_certifier("a11y:certifiedBy", plan.certified_by);
        for (const std::string& credential : plan.certifier_credentials) of_certifier("a11y:certifierCredential", credential);
        if (!plan.certifier_report.empty() && hyperlink(plan.certifier_report).empty())
            leave_out("a11y:certifierReport", plan.certifier_report, "it is no web address");
        else
            of_certifier("a11y:certifierReport", plan.certifier_report);
        if (!plan.exemption) return;
        const std::string exemption = exemption_names[static_cast<std::size_t>(*plan.exemption)];
        if (conforms)
            leave_out("a11y:exemption", exemption, "the book conforms, so it needs none");
        else
            claim("a11y:exemption", exemption, "declared in book.yaml");
    }

    void summarise() {
        const AccessibilityPlan& plan = made_.plan;
        if (!plan.summary.empty()) {
            made_.summary = plan.summary;
            made_.summary_language = book_.metadata.language;
            return;
        }
        const AccessibilityWords& words = accessibility_words(book_.metadata.language);
        made_.summary_language = words.language;
        const auto say = [&](std::string_view sentence) {
            if (!made_.summary.empty() && words.language != "zh") made_.summary += ' ';
            made_.summary += sentence;
        };
        const auto say_counts = [&](std::string_view pattern, std::size_t count, std::size_t all) {
            say(fill(fill(pattern, std::to_string(count)), std::to_string(all)));
        };
        if (made_.makes(feature, "displayTransformability")) say(words.reflow);
        if (made_.makes(feature, "tableOfContents"))
            say(made_.makes(feature, "structuralNavigation") ? words.headings : words.contents);
        if (found_.pictures > 0)
            say_counts(words.pictures, found_.described, found_.pictures);
        else
            say(words.no_pictures);
        if (found_.tables > 0) say_counts(words.tables, found_.tables_with_headers, found_.tables);
        if (found_.notes > 0 && faults_of({AccessibilityRule::note_links}).empty()) say(words.notes);
        if (made_.makes(feature, "pageNavigation")) say(words.pages);
        if (!styles_.moving.empty()) say(words.moving);
        if (plan.certified_by.empty()) say(words.not_assessed);
    }

    const EbookPublication& publication_;
    const Book& book_;
    const AccessibilityFindings found_;
    StyleFaults styles_;
    const ContrastFindings* contrast_;
    bool raster_ = false, drawn_ = false;
    AccessibilityMetadata made_;
};

} // namespace

bool AccessibilityMetadata::makes(std::string_view property, std::string_view value) const {
    return std::ranges::any_of(claims, [&](const AccessibilityClaim& claim) {
        return claim.made && claim.property == property && claim.value == value;
    });
}

AccessibilityMetadata accessibility_metadata(const EbookPublication& publication, std::string_view css,
                                             const ContrastFindings* contrast, const AccessibilityPlan& plan) {
    return ClaimMaker(publication, css, contrast, plan).make();
}

} // namespace bifolio
