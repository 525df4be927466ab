// rules_ua1_annotations.cpp: annotations, links and form fields. ISO 14289-1, 7.18.
#include "verify/rules_ua1.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio::ua1 {

namespace {

constexpr std::array<std::string_view, 26> known_subtypes{
    "3D",       "Caret",    "Circle",    "FileAttachment", "FreeText",    "Highlight", "Ink",       "Line",  "Link",
    "Movie",    "PolyLine", "Polygon",   "Popup",          "PrinterMark", "Redact",    "Screen",    "Sound", "Square",
    "Squiggly", "Stamp",    "StrikeOut", "Text",           "TrapNet",     "Underline", "Watermark", "Widget"};
static_assert(std::ranges::is_sorted(known_subtypes));

struct Rectangle {
    double left = 0, bottom = 0, right = 0, top = 0;
};
Rectangle rectangle(const PdfObject& from, Rectangle fallback) {
    if (!from.is_array() || from.size() < 4) return fallback;
    const double a = from.at(0).number_or(0), b = from.at(1).number_or(0), c = from.at(2).number_or(0),
                 d = from.at(3).number_or(0);
    return {std::min(a, c), std::min(b, d), std::max(a, c), std::max(b, d)};
}

class AnnotationRules {
public:
    AnnotationRules(const Examined& examined, Findings& findings)
        : examined_(examined), findings_(findings), document_language_(has_document_language(examined)) {}

    void check_page(std::size_t number) {
        const PdfObject page = examined_.file.pages()[number - 1];
        const PdfObject annotations = page["Annots"];
        if (!annotations.is_array() || annotations.size() == 0) return;
        page_ = number;
        if (const PdfObject tabs = page["Tabs"]; !tabs)
            findings_.add("UA1 28-008", "the page has annotations and no Tabs entry", page, number);
        else if (!tabs.is_name("S"))
            findings_.add("UA1 28-009", "the page's Tabs is ‘" + std::string(tabs.name()) + "’", page, number);
        const Rectangle media = rectangle(examined_.file.inherited(page, "MediaBox"), {0, 0, 612, 792});
        const Rectangle box = rectangle(examined_.file.inherited(page, "CropBox"), media);
        for (const PdfObject& annotation : examined_.file.annotations(page))
            if (annotation.is_dictionary()) check(annotation, box);
    }

private:
    void add(std::string_view rule, const PdfObject& annotation, const std::string& what) {
        findings_.add(rule, what, annotation, page_);
    }

    // The element that holds it: by the reference in the tree, else by its StructParent alone, which is a fault.
    std::size_t element_of(const PdfObject& annotation) {
        const Structure& structure = examined_.structure;
        std::size_t element = structure.element_of_object(annotation.id());
        const PdfObject key = annotation["StructParent"];
        if (element != StructureElement::none || !key.is_integer()) return element;
        const auto found = structure.parent_tree().find(key.integer_or(-1));
        if (found == structure.parent_tree().end() || !found->second.id()) return element;
        element = structure.element_of(found->second.id());
        if (element != StructureElement::none)
            add("UA1 S-PARENTTREE", annotation, "the annotation has a StructParent, and no element refers to it");
        return element;
    }

    void check(const PdfObject& annotation, const Rectangle& box) {
        const Structure& structure = examined_.structure;
        const std::string subtype(annotation["Subtype"].name());
        const std::size_t element = element_of(annotation);
        const bool placed = element != StructureElement::none;
        const std::string type = placed ? structure[element].standard : "";
        const std::string contents = annotation["Contents"].text();
        if (annotation["Contents"].is_string() && !document_language_ && !(placed && structure[element].object.has("Lang")))
            add("UA1 11-004", annotation, "the Contents of a " + subtype + " annotation is in no known language");
        const Rectangle at = rectangle(annotation["Rect"], {});
        const bool hidden = (annotation["F"].integer_or(0) & 2) != 0 || at.right <= box.left || at.left >= box.right ||
                            at.top <= box.bottom || at.bottom >= box.top;
        if (hidden) return;
        const std::string alternative = placed ? structure[element].object["Alt"].text() : "";
        const std::string inside = placed ? "stands in ‘" + structure[element].type + "’" : "is not in the structure tree";
        if (subtype == "TrapNet") add("UA1 28-007", annotation, "there is a TrapNet annotation");
        if (subtype == "PrinterMark") {
            if (placed) add("UA1 28-017", annotation, "a PrinterMark annotation is in the structure tree");
        } else if (subtype == "Widget") {
            if (type != "Form") add("UA1 28-010", annotation, "a form field's widget " + inside);
            if (field_name_for_people(annotation).empty() && alternative.empty())
                add("UA1 28-005", annotation, "a form field has neither TU nor Alt");
            return;
        } else if (subtype == "Link") {
            if (type != "Link") add("UA1 28-011", annotation, "a link " + inside);
            if (contents.empty()) add("UA1 28-012", annotation, "a link has no Contents");
            return;
        } else if (subtype == "Popup")
            return; // belongs to the annotation that opens it
        else if (!std::ranges::binary_search(known_subtypes, std::string_view(subtype))) {
            if (type != "Annot" || (contents.empty() && alternative.empty()))
                add("UA1 28-006", annotation,
                    "an annotation of the unknown kind ‘" + subtype + "’ has no Annot element or no description");
            return;
        } else if (type != "Annot" && subtype != "TrapNet")
            add("UA1 28-002", annotation, "a " + subtype + " annotation " + inside);
        if (contents.empty() && alternative.empty())
            add("UA1 28-004", annotation, "a " + subtype + " annotation has neither Contents nor Alt");
        if (subtype == "FileAttachment" && !annotation["FS"].is_dictionary())
            add("UA1 28-016", annotation, "a file attachment has no file specification dictionary");
    }

    // TU of the field: the nearest dictionary up the tree with a name of its own.
    static std::string field_name_for_people(const PdfObject& widget) {
        PdfObject field = widget;
        for (int step = 0; step < 20 && !field.has("T") && field["Parent"].is_dictionary(); ++step) field = field["Parent"];
        return field["TU"].text();
    }

    const Examined& examined_;
    Findings& findings_;
    bool document_language_;
    std::size_t page_ = 0;
};

void check_field_languages(const Examined& examined, Findings& findings) {
    if (has_document_language(examined)) return;
    const Structure& structure = examined.structure;
    std::vector<PdfObject> open = examined.file.catalog()["AcroForm"]["Fields"].items();
    std::set<const PdfValue*> seen;
    while (!open.empty()) {
        const PdfObject field = open.back();
        open.pop_back();
        if (!field.is_dictionary() || !seen.insert(field.value()).second) continue;
        const std::size_t element = structure.element_of_object(field.id());
        if (field.has("TU") && !(element != StructureElement::none && structure[element].object.has("Lang")))
            findings.add("UA1 11-005", "the TU of a form field is in no known language", field);
        for (const PdfObject& kid : field["Kids"].items()) open.push_back(kid);
    }
}

} // namespace

void check_annotations(const Examined& examined, Findings& findings) {
    AnnotationRules rules(examined, findings);
    for (std::size_t page = 1; page <= examined.file.pages().size(); ++page) rules.check_page(page);
    check_field_languages(examined, findings);
}

} // namespace bifolio::ua1
