// rules_accessibility.cpp: EPUB Accessibility 1.1: the metadata against the content, page navigation, and what a machine can tell
// of WCAG without a browser.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/html_model.h"
#include "verify/epub/media_types.h"
#include "verify/epub/nav_lists.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"A11Y META-1", error, "the metadata do not name the access modes",
             "Add schema:accessMode: textual, visual, auditory."},
    EpubRule{"A11Y META-2", error, "the metadata name no accessibility feature", "Add schema:accessibilityFeature, or none."},
    EpubRule{"A11Y META-3", error, "the metadata do not speak of hazards",
             "Add schema:accessibilityHazard, none if there are none."},
    EpubRule{"A11Y META-4", warning, "the metadata have no accessibility summary", "Add schema:accessibilitySummary."},
    EpubRule{"A11Y META-5", warning, "the metadata do not say which modes suffice", "Add schema:accessModeSufficient."},
    EpubRule{"A11Y META-6", error, "a value of the accessibility metadata is unknown",
             "Write a value of the schema.org vocabulary."},
    EpubRule{"A11Y META-7", error, "the hazards contradict each other", "Name a hazard, or its absence, or none."},
    EpubRule{"A11Y META-8", error, "a feature is claimed that the content lacks",
             "Add it to the content, or take the claim out."},
    EpubRule{"A11Y META-9", warning, "the content has a mode that the metadata do not name", "Add it to schema:accessMode."},
    EpubRule{"A11Y CONF-1", error, "conformance is claimed and nobody certifies it", "Add a11y:certifiedBy."},
    EpubRule{"A11Y CONF-2", error, "the claim of conformance is not of the right form",
             "Write EPUB Accessibility 1.1 - WCAG 2.2 Level AA, or the levels that hold."},
    EpubRule{"A11Y PAGE-1", error, "there are page breaks and no page list", "Add <nav epub:type=\"page-list\">."},
    EpubRule{"A11Y PAGE-2", error, "there are page breaks and the metadata do not name their source", "Add pageBreakSource."},
    EpubRule{"A11Y PAGE-3", error, "a page break has no name", "Give it aria-label or title with the page's number."},
    EpubRule{"A11Y PAGE-4", warning, "the page list is not in reading order", "Order it as the documents are."},
    EpubRule{"A11Y PAGE-5", warning, "a page break is not in the page list", "Add it."},
    EpubRule{"A11Y IMG-1", error, "a picture has no alternative text",
             "Add alt; empty where the picture only decorates. (WCAG 1.1.1)"},
    EpubRule{"A11Y IMG-2", error, "a drawing with the role img has no name", "Add title, or aria-label. (WCAG 1.1.1)"},
    EpubRule{"A11Y TABLE-1", error, "a table has no header cells",
             "Use th, or role=\"presentation\" where it only arranges. (WCAG 1.3.1)"},
    EpubRule{"A11Y HEAD-1", error, "a heading level is skipped", "Go down by one level at a time. (WCAG 1.3.1)"},
    EpubRule{"A11Y HEAD-2", warning, "a heading has no text", "Write it, or take it out."},
    EpubRule{"A11Y LANG-1", error, "a document does not say its language", "Add lang and xml:lang to html. (WCAG 3.1.1)"},
    EpubRule{"A11Y LANG-2", warning, "the package does not say its language", "Add xml:lang to package."},
    EpubRule{"A11Y LINK-1", error, "a link has no text", "Write where it leads, or add aria-label. (WCAG 2.4.4)"},
    EpubRule{"A11Y TITLE-1", error, "a document has no title", "Add title to its head. (WCAG 2.4.2)"},
    EpubRule{"A11Y ROLE-1", warning, "an epub:type has no role beside it", "Add the role of DPUB-ARIA that means the same."},
    EpubRule{"A11Y LAND-1", warning, "the navigation has no landmarks", "Add <nav epub:type=\"landmarks\">."},
    EpubRule{"A11Y FRAME-1", error, "an iframe has no name", "Add title. (WCAG 4.1.2)"},
    EpubRule{"A11Y ZOOM-1", error, "a viewport forbids zooming", "Leave user-scalable and maximum-scale out. (WCAG 1.4.4)"},
    EpubRule{"A11Y MATH-1", note, "a formula has no alternative text", "Add alttext for those whose reader cannot read MathML."},
    EpubRule{"A11Y VIDEO-1", warning, "a video has no captions", "Add a track. (WCAG 1.2.2)"},
    EpubRule{"A11Y WCAG-1.4.3", error, "the contrast of text", "See with a browser.",
             "colours come together only when a page is drawn"},
    EpubRule{"A11Y WCAG-1.1.1", error, "whether an alternative text says what the picture says", "Read it.",
             "only people can tell"},
    EpubRule{"A11Y WCAG-1.3.2", error, "whether the reading order makes sense", "Read it.", "only people can tell"},
};

std::set<std::string> schema(const PackageDocument& package, std::string_view name) {
    std::set<std::string> out;
    for (std::string& value : package.metas("schema:" + std::string(name))) out.insert(std::move(value));
    return out;
}

// What the content has, for the claims.
struct Content {
    std::size_t images_without_alt = 0, pictures = 0, headings = 0, formulas = 0, page_breaks = 0, media = 0, tracks = 0;
};

// A cover, and what our own e-books name a portrait or a logo: nobody needs to see them to understand the book.
bool belongs_to_the_frame(const XmlNode& picture) {
    const auto has = [](const XmlNode& node, std::string_view attribute, std::string_view space, std::string_view word) {
        const std::vector<std::string> words = words_of(node.get(attribute, space));
        return std::ranges::find(words, word) != words.end();
    };
    if (has(picture, "role", {}, "doc-cover") || has(picture, "class", {}, "clinic-logo")) return true;
    for (const XmlNode* above = picture.parent; above; above = above->parent)
        if (has(*above, "type", xml_space::epub, "cover") || (above->name == "figure" && has(*above, "class", {}, "portrait")))
            return true;
    return false;
}

Content content_of(const ExaminedEpub& epub) {
    Content out;
    for (const ManifestItem& item : epub.package().items) {
        const EpubDocument* document =
            item.is_inside() && item.media_type == media_type::xhtml ? epub.file.document(item.address.path) : nullptr;
        const ResourceUses* uses = document ? epub.uses.of(document->path) : nullptr;
        if (!uses) continue;
        out.images_without_alt += uses->images_without_alt.size();
        out.page_breaks += uses->page_breaks.size();
        for (const XmlNode& node : document->xml.nodes) {
            if (node.space == xml_space::mathml && node.name == "math") ++out.formulas;
            if (node.space != xml_space::xhtml || !node.is_element()) continue;
            if (node.name.size() == 2 && node.name[0] == 'h' && node.name[1] >= '1' && node.name[1] <= '6') ++out.headings;
            if (node.name == "img" && !is_blank(node.get("alt")) && !belongs_to_the_frame(node)) ++out.pictures;
            if (node.name == "audio" || node.name == "video") ++out.media;
            if (node.name == "track") ++out.tracks;
        }
    }
    return out;
}

// schema.org's values, as the Schema.org Accessibility Properties for Discoverability Vocabulary lists them.
constexpr std::string_view modes = "auditory chartOnVisual chemOnVisual colorDependent diagramOnVisual mathOnVisual "
                                   "musicOnVisual tactile textOnVisual textual visual";
constexpr std::string_view hazards =
    "none unknown flashing noFlashingHazard motionSimulation noMotionSimulationHazard sound noSoundHazard "
    "unknownFlashingHazard unknownMotionSimulationHazard unknownSoundHazard";
constexpr std::string_view features = "alternativeText annotations ARIA audioDescription bookmarks braille captions ChemML "
                                      "closedCaptions describedMath displayTransformability "
                                      "fullRubyAnnotations highContrastAudio highContrastDisplay highContrast horizontalWriting "
                                      "index largePrint latex latex-chemistry longDescription "
                                      "MathML MathML-chemistry none openCaptions pageBreakMarkers pageNavigation "
                                      "printPageNumbers readingOrder resizeText rubyAnnotations "
                                      "signLanguage structuralNavigation subRubyAnnotations synchronizedAudioText "
                                      "tableOfContents tactileGraphic tactileObject taggedPDF "
                                      "timingControl transcript ttsMarkup unknown unlocked verticalWriting "
                                      "withAdditionalWordSegmentation withoutAdditionalWordSegmentation transformContent";

void check_metadata(const ExaminedEpub& epub, const Content& content, const Reporter& report) {
    const PackageDocument& package = epub.package();
    const auto mode = schema(package, "accessMode"), feature = schema(package, "accessibilityFeature"),
               hazard = schema(package, "accessibilityHazard"), sufficient = schema(package, "accessModeSufficient");
    if (mode.empty()) report("A11Y META-1", "there is no schema:accessMode", package.metadata);
    if (feature.empty()) report("A11Y META-2", "there is no schema:accessibilityFeature", package.metadata);
    if (hazard.empty()) report("A11Y META-3", "there is no schema:accessibilityHazard", package.metadata);
    if (schema(package, "accessibilitySummary").empty())
        report("A11Y META-4", "there is no schema:accessibilitySummary", package.metadata);
    if (sufficient.empty()) report("A11Y META-5", "there is no schema:accessModeSufficient", package.metadata);
    const auto known = [&](const std::set<std::string>& values, std::string_view vocabulary, const char* of) {
        for (const std::string& value : values) // “highContrastDisplay/CSSEnabled” is how refinements were written
            if (!holds_word(vocabulary, std::string_view(value).substr(0, value.find('/'))))
                report("A11Y META-6", named(value) + " is no value of " + of, package.metadata);
    };
    known(mode, modes, "accessMode");
    known(feature, features, "accessibilityFeature");
    known(hazard, hazards, "accessibilityHazard");
    for (const std::string& combination : sufficient) {
        std::set<std::string> words;
        std::string plain = combination;
        std::ranges::replace(plain, ',', ' ');
        for (std::string& word : words_of(plain)) words.insert(std::move(word));
        for (const std::string& word : words)
            if (!holds_word("auditory tactile textual visual", word))
                report("A11Y META-6", named(word) + " is no value of accessModeSufficient", package.metadata);
    }
    for (const auto& [yes, no] : {std::pair{"flashing", "noFlashingHazard"},
                                  {"motionSimulation", "noMotionSimulationHazard"},
                                  {"sound", "noSoundHazard"}})
        if (hazard.contains(yes) && (hazard.contains(no) || hazard.contains("none")))
            report("A11Y META-7", named(yes) + " is named and denied", package.metadata);
    if ((hazard.contains("none") || hazard.contains("unknown")) && hazard.size() > 1 && !hazard.contains("flashing") &&
        !hazard.contains("sound") && !hazard.contains("motionSimulation"))
        report("A11Y META-7", "‘none’ or ‘unknown’ stands beside others", package.metadata);

    const auto claims = [&](std::string_view name, bool has, const std::string& lack) {
        if (feature.contains(std::string(name)) && !has)
            report("A11Y META-8", named(name) + " is claimed, and " + lack, package.metadata);
    };
    const EpubDocument* navigation = epub.file.navigation();
    const bool page_list = navigation && find_nav(*navigation, "page-list");
    claims("alternativeText", content.images_without_alt == 0,
           std::to_string(content.images_without_alt) + " pictures have none");
    claims("tableOfContents", navigation && find_nav(*navigation, "toc"), "there is none");
    claims("MathML", content.formulas > 0, "there is none");
    claims("structuralNavigation", content.headings > 0, "there are no headings");
    claims("pageBreakMarkers", content.page_breaks > 0, "there are none");
    claims("printPageNumbers", content.page_breaks > 0 || page_list, "there are none");
    claims("pageNavigation", page_list, "there is no page list");
    claims("synchronizedAudioText",
           std::ranges::any_of(package.items, [](const ManifestItem& item) { return !item.media_overlay.empty(); }),
           "there is no media overlay");
    claims("captions", content.tracks > 0, "there is no track");
    if (content.pictures > 0 && !mode.empty() && !mode.contains("visual"))
        report("A11Y META-9", "there are pictures, and ‘visual’ is not named", package.metadata);
}

void check_claim(const PackageDocument& package, const Reporter& report) {
    bool claimed = false;
    for (const std::string& claim : package.metas("dcterms:conformsTo")) {
        if (claim.find("EPUB Accessibility") == std::string::npos && claim.find("EPUB accessibility") == std::string::npos)
            continue;
        claimed = true;
        constexpr std::string_view start = "EPUB Accessibility 1.1 - WCAG 2.";
        const std::string_view rest = std::string_view(claim).substr(std::min(start.size(), claim.size()));
        const bool fits = claim.starts_with(start) && rest.size() >= 9 && rest[0] >= '0' && rest[0] <= '2' &&
                          (rest.substr(1) == " Level A" || rest.substr(1) == " Level AA" || rest.substr(1) == " Level AAA");
        if (!fits) report("A11Y CONF-2", named(claim) + " is not of the right form", package.metadata);
    }
    if (!claimed) return;
    bool certified = false;
    if (package.metadata)
        for (const XmlNode& node : *package.metadata)
            certified = certified || (node.is(xml_space::opf, "meta") && trimmed(node.get("property")) == "a11y:certifiedBy");
    if (!certified) report("A11Y CONF-1", "there is no a11y:certifiedBy", package.metadata);
}

void check_pages(const ExaminedEpub& epub, const Content& content, const Reporter& report) {
    const PackageDocument& package = epub.package();
    const EpubDocument* navigation = epub.file.navigation();
    const XmlNode* list = navigation ? find_nav(*navigation, "page-list") : nullptr;
    bool sourced = !package.metas("pageBreakSource").empty() || !package.metas("a11y:pageBreakSource").empty();
    if (package.metadata)
        for (const XmlNode& node : *package.metadata)
            sourced = sourced || (node.is(xml_space::opf, "meta") && trimmed(node.get("property")) == "source-of");
    if ((content.page_breaks > 0 || list) && !sourced) report("A11Y PAGE-2", "there is no pageBreakSource", package.metadata);
    if (content.page_breaks > 0 && !list)
        report("A11Y PAGE-1", std::to_string(content.page_breaks) + " page breaks are in no list");
    if (!list) return;
    const Reporter in_navigation{report.findings, navigation->path};
    std::optional<ReadingPlace> before;
    std::set<std::pair<std::string, std::string>> listed;
    for (const NavLink& link : links_of(*list, navigation->path)) {
        listed.emplace(link.address.path, link.address.fragment);
        const auto here = reading_place(epub.file, link.address);
        if (!here) continue;
        if (before && *here < *before)
            in_navigation("A11Y PAGE-4", named(link.node->get("href")) + " comes before the entry above it", link.node);
        before = here;
    }
    for (const auto& [path, uses] : epub.uses.all())
        for (const XmlNode* node : uses.page_breaks)
            if (!listed.contains({path, std::string(node->get("id"))}))
                report.findings.add("A11Y PAGE-5", "the page break " + named(node->get("id")) + " is not in the page list", path,
                                    node->place);
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    const PackageDocument& package = epub.package();
    if (!package.package) return;
    const Reporter report{findings, package.path};
    const Content content = content_of(epub);
    check_metadata(epub, content, report);
    check_claim(package, report);
    check_pages(epub, content, report);
    if (is_blank(package.package->get("lang", xml_space::xml)))
        report("A11Y LANG-2", "‘package’ has no ‘xml:lang’", package.package);
    if (const EpubDocument* navigation = epub.file.navigation(); navigation && !find_nav(*navigation, "landmarks"))
        findings.add("A11Y LAND-1", "there is no nav of the type landmarks", navigation->path);
}

// epub:type → role, where both mean the same (EPUB Type to ARIA Role Authoring Guide 1.1).
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> role_of_type{{{"abstract", "doc-abstract"},
                                                                                      {"acknowledgments", "doc-acknowledgments"},
                                                                                      {"afterword", "doc-afterword"},
                                                                                      {"appendix", "doc-appendix"},
                                                                                      {"backlink", "doc-backlink"},
                                                                                      {"bibliography", "doc-bibliography"},
                                                                                      {"biblioref", "doc-biblioref"},
                                                                                      {"chapter", "doc-chapter"},
                                                                                      {"colophon", "doc-colophon"},
                                                                                      {"conclusion", "doc-conclusion"},
                                                                                      {"cover", "doc-cover"},
                                                                                      {"credit", "doc-credit"},
                                                                                      {"credits", "doc-credits"},
                                                                                      {"dedication", "doc-dedication"},
                                                                                      {"endnotes", "doc-endnotes"},
                                                                                      {"epigraph", "doc-epigraph"},
                                                                                      {"epilogue", "doc-epilogue"},
                                                                                      {"errata", "doc-errata"},
                                                                                      {"figure", "figure"},
                                                                                      {"footnote", "doc-footnote"},
                                                                                      {"foreword", "doc-foreword"},
                                                                                      {"glossary", "doc-glossary"},
                                                                                      {"glossref", "doc-glossref"},
                                                                                      {"index", "doc-index"},
                                                                                      {"introduction", "doc-introduction"},
                                                                                      {"noteref", "doc-noteref"},
                                                                                      {"notice", "doc-notice"},
                                                                                      {"page-list", "doc-pagelist"},
                                                                                      {"pagebreak", "doc-pagebreak"},
                                                                                      {"part", "doc-part"},
                                                                                      {"preface", "doc-preface"},
                                                                                      {"prologue", "doc-prologue"},
                                                                                      {"pullquote", "doc-pullquote"},
                                                                                      {"qna", "doc-qna"},
                                                                                      {"subtitle", "doc-subtitle"},
                                                                                      {"tip", "doc-tip"},
                                                                                      {"toc", "doc-toc"},
                                                                                      {"example", "doc-example"}}};

class DocumentLook {
public:
    DocumentLook(const EpubDocument& document, EpubFindings& findings) : document_(document), report_{findings, document.path} {}

    void look() {
        const XmlNode& root = *document_.xml.root;
        if (is_blank(root.get("lang")) && is_blank(root.get("lang", xml_space::xml)))
            report_("A11Y LANG-1", "‘html’ has no ‘lang’", &root);
        const XmlNode* head = root.child(xml_space::xhtml, "head");
        const XmlNode* title = head ? head->child(xml_space::xhtml, "title") : nullptr;
        if (!title || is_blank(text_of(*title))) report_("A11Y TITLE-1", "the document has no title", head);
        int level = 0;
        for (const XmlNode& node : document_.xml.nodes) {
            if (!node.is_element()) continue;
            if (node.space == xml_space::xhtml) look_at_html(node, level);
            if (node.is(xml_space::svg, "svg")) look_at_drawing(node);
            if (node.is(xml_space::mathml, "math") && is_blank(node.get("alttext")))
                report_("A11Y MATH-1", "the formula has no ‘alttext’", &node);
        }
    }

private:
    static bool has_role(const XmlNode& node, std::string_view role) {
        const std::vector<std::string> roles = words_of(node.get("role"));
        return std::ranges::find(roles, role) != roles.end();
    }
    static bool is_hidden(const XmlNode& node) {
        for (const XmlNode* at = &node; at; at = at->parent)
            if (at->get("aria-hidden") == "true" || at->find("hidden")) return true;
        return false;
    }
    static bool has_name(const XmlNode& node) {
        return !is_blank(node.get("aria-label")) || !is_blank(node.get("aria-labelledby")) || !is_blank(node.get("title"));
    }

    void look_at_html(const XmlNode& node, int& level) {
        const std::string_view name = node.name;
        if (name == "img" && !node.find("alt") && !has_name(node) && !is_hidden(node) && !has_role(node, "presentation") &&
            !has_role(node, "none"))
            report_("A11Y IMG-1", named(node.get("src")) + " has no ‘alt’", &node);
        if ((name == "area" && node.find("href")) || (name == "input" && equals_ignoring_ascii_case(node.get("type"), "image")))
            if (is_blank(node.get("alt")) && !has_name(node)) report_("A11Y IMG-1", named(name) + " has no ‘alt’", &node);
        if (name == "table") look_at_table(node);
        if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !is_hidden(node)) {
            const int here = name[1] - '0';
            if (level > 0 && here > level + 1)
                report_("A11Y HEAD-1", named(name) + " comes after ‘h" + std::to_string(level) + "’", &node);
            level = here;
            if (label_of(node).empty() && !has_name(node)) report_("A11Y HEAD-2", named(name) + " has no text", &node);
        }
        if (name == "a" && node.find("href") && label_of(node).empty() && !has_name(node) && !names_itself_below(node) &&
            !is_hidden(node))
            report_("A11Y LINK-1", "the link to " + named(node.get("href")) + " has no text", &node);
        if (name == "iframe" && !has_name(node) && !is_hidden(node)) report_("A11Y FRAME-1", "the iframe has no ‘title’", &node);
        if (name == "video" && !node.child(xml_space::xhtml, "track") && !node.find("muted"))
            report_("A11Y VIDEO-1", "the video has no ‘track’", &node);
        if (name == "meta" && equals_ignoring_ascii_case(node.get("name"), "viewport")) {
            const std::string content = to_ascii_lower(node.get("content"));
            if (content.find("user-scalable=no") != std::string::npos || content.find("user-scalable=0") != std::string::npos)
                report_("A11Y ZOOM-1", "the viewport says user-scalable=no", &node);
        }
        look_at_type(node);
    }

    // A drawing or a picture inside that has a name.
    static bool names_itself_below(const XmlNode& node) {
        for (const XmlNode* at = &node; at; at = next_in_tree(at, &node))
            if (at->is_element() && at != &node && (has_name(*at) || at->is(xml_space::svg, "title"))) return true;
        return false;
    }

    void look_at_table(const XmlNode& table) {
        if (has_role(table, "presentation") || has_role(table, "none")) return;
        std::size_t cells = 0;
        for (const XmlNode* at = &table; at; at = next_in_tree(at, &table)) {
            if (at->is(xml_space::xhtml, "th") || has_role(*at, "columnheader") || has_role(*at, "rowheader")) return;
            cells += at->is(xml_space::xhtml, "td") ? 1 : 0;
        }
        if (cells > 0) report_("A11Y TABLE-1", "the table has no ‘th’", &table);
    }

    void look_at_drawing(const XmlNode& node) {
        if (!has_role(node, "img") && !has_role(node, "graphics-document")) return;
        const bool titled = std::ranges::any_of(
            node, [](const XmlNode& child) { return child.is(xml_space::svg, "title") && !is_blank(text_of(child)); });
        if (!titled && !has_name(node)) report_("A11Y IMG-2", "the drawing has neither ‘title’ nor ‘aria-label’", &node);
    }

    void look_at_type(const XmlNode& node) {
        const std::vector<std::string> types = words_of(node.get("type", xml_space::epub));
        for (const std::string& type : types) {
            const auto row = std::ranges::find(role_of_type, type, [](const auto& one) { return one.first; });
            if (row == role_of_type.end()) continue;
            const bool in_landmarks =
                node.name == "a" && type != "noteref" && type != "biblioref" && type != "glossref" && type != "backlink";
            if (in_landmarks || node.name == "body" || (type == "figure" && node.name == "figure") ||
                (type == "cover" && node.name != "img"))
                continue;
            if (is_blank(node.get("role")))
                report_("A11Y ROLE-1", named(type) + " stands without the role " + named(row->second), &node);
        }
        const bool page_break = std::ranges::find(types, "pagebreak") != types.end() || has_role(node, "doc-pagebreak");
        if (page_break && label_of(node).empty() && !has_name(node))
            report_("A11Y PAGE-3", "the page break has no ‘aria-label’", &node);
    }

    const EpubDocument& document_;
    const Reporter report_;
};

void check_document(const ExaminedEpub&, const EpubDocument& document, const ManifestItem& item, EpubFindings& findings) {
    if (item.media_type == media_type::xhtml && document.xml.well_formed() && document.xml.root->is(xml_space::xhtml, "html"))
        DocumentLook(document, findings).look();
}

} // namespace

EpubChapter chapter_of_accessibility() {
    return {"EPUB Accessibility 1.1", EpubStandard::epub_accessibility_1_1, rules, check, check_document};
}

} // namespace bifolio
