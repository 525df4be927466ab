// rules_a2_interaction.cpp: annotations, forms, actions. ISO 19005-2, 6.3 to 6.5.
#include "verify/object_walk.h"
#include "verify/rules_a2.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio::a2 {

namespace {

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
    return std::ranges::find(words, word) != words.end();
}

// ISO 32000-1, table 169, without those that 6.3.1 forbids.
constexpr std::array<std::string_view, 22> annotation_types{
    "Text",           "Link",      "FreeText",    "Line",      "Square",    "Circle", "Polygon", "PolyLine",
    "Highlight",      "Underline", "Squiggly",    "StrikeOut", "Stamp",     "Caret",  "Ink",     "Popup",
    "FileAttachment", "Widget",    "PrinterMark", "TrapNet",   "Watermark", "Redact"};
constexpr std::array<std::string_view, 7> action_types{"GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"};
constexpr std::array<std::string_view, 4> named_actions{"NextPage", "PrevPage", "FirstPage", "LastPage"};

enum Flag : std::int64_t { invisible = 1, hidden = 2, print = 4, no_view = 32, toggle_no_view = 256 };

PdfObject field_type(const PdfObject& widget) {
    PdfObject node = widget;
    for (int level = 0; level < 32 && node; ++level) {
        if (const PdfObject type = node["FT"]) return type;
        node = node["Parent"];
    }
    return {};
}

void check_appearance(const PdfObject& annotation, std::string_view type, Findings& findings, std::size_t page) {
    const PdfObject appearance = annotation["AP"], rectangle = annotation["Rect"];
    const auto side = [&](std::size_t i) { return rectangle.at(i).number_or(0); };
    if (!appearance.is_dictionary()) {
        const bool empty = side(0) == side(2) && side(1) == side(3);
        if (!empty && type != "Popup" && type != "Link")
            findings.add("A2 6.3.3-1", "the annotation (" + with_replacements(type) + ") has no appearance", annotation, page);
        return;
    }
    if (appearance.size() != 1 || !appearance.has("N")) {
        findings.add("A2 6.3.3-2", "the annotation's appearance has other entries than N, or not that one", annotation, page);
        if (!appearance.has("N")) return;
    }
    const bool button = type == "Widget" && field_type(annotation).is_name("Btn");
    const PdfObject states = appearance["N"];
    bool has_state = false;
    for (std::size_t i = 0; i < states.size() && states.is_dictionary() && !states.is_stream(); ++i)
        has_state = has_state || states.entry(i).is_stream();
    if (button && !has_state)
        findings.add("A2 6.3.3-3", "a button's appearance N is not a dictionary of its states", annotation, page);
    if (!button && !appearance["N"].is_stream())
        findings.add("A2 6.3.3-4", "the annotation's appearance N is not a stream", annotation, page);
}

} // namespace

void check_annotations(const Examined& examined, Findings& findings) {
    const std::span<const PdfObject> pages = examined.file.pages();
    for (std::size_t i = 0; i < pages.size(); ++i)
        for (const PdfObject& annotation : examined.file.annotations(pages[i])) {
            if (!annotation.is_dictionary()) continue;
            const std::string_view type = annotation["Subtype"].name();
            if (!is_one_of(type, annotation_types))
                findings.add("A2 6.3.1-1", "an annotation of type ‘" + with_replacements(type) + "’ is not allowed", annotation,
                             i + 1);
            const PdfObject flags = annotation["F"];
            if (type != "Popup" && flags.is_null())
                findings.add("A2 6.3.2-1", "the annotation (" + with_replacements(type) + ") has no flags", annotation, i + 1);
            if (flags) {
                const std::int64_t bits = flags.integer_or(0);
                if (!(bits & print) || (bits & (invisible | hidden | no_view | toggle_no_view)))
                    findings.add("A2 6.3.2-2", "the annotation's flags are " + std::to_string(bits), annotation, i + 1);
            }
            check_appearance(annotation, type, findings, i + 1);
            if (type == "Widget" && (annotation.has("A") || annotation.has("AA")))
                findings.add("A2 6.4.1-1", "a widget has A or AA", annotation, i + 1);
        }
}

void check_actions(const Examined& examined, Findings& findings) {
    const PdfFile& file = examined.file;
    const FileActions found = find_actions(file);
    for (const ActionUse& use : found.actions) {
        const std::string_view type = use.action["S"].name();
        if (!is_one_of(type, action_types))
            findings.add("A2 6.5.1-1",
                         "the action ‘" + with_replacements(type) + "’ is not allowed (" + with_replacements(use.where) + ")",
                         use.holder, use.page);
        if (type == "Named" && !is_one_of(use.action["N"].name(), named_actions))
            findings.add("A2 6.5.1-2", "the named action ‘" + with_replacements(use.action["N"].name()) + "’ is not allowed",
                         use.holder, use.page);
    }
    for (const ActionUse& use : found.additional) {
        // Of other annotations than widgets ISO 32000-1 knows no AA, and ISO 19005-2 forbids none.
        const std::string_view rule = use.where == "the catalog"    ? "A2 6.5.2-1"
                                      : use.where == "the page"     ? "A2 6.5.2-2"
                                      : use.where == "a form field" ? "A2 6.4.1-2"
                                                                    : "";
        if (!rule.empty()) findings.add(rule, "additional actions (AA) of " + use.where, use.holder, use.page);
    }
    for (const PdfObject& field : form_fields(file))
        if (!field["Subtype"].is_name("Widget") && field.has("A"))
            findings.add("A2 6.4.1-2", "a form field has the key A", field);
    const PdfObject form = file.catalog()["AcroForm"];
    if (form["NeedAppearances"].is_true()) findings.add("A2 6.4.1-3", "the form leaves its appearances to the reader", form);
    if (form.has("XFA")) findings.add("A2 6.4.2-1", "the form has XFA", form);
    if (file.catalog()["NeedsRendering"].is_true()) findings.add("A2 6.4.2-2", "the catalog says NeedsRendering", file.catalog());
    if (file.catalog()["Names"].has("JavaScript"))
        findings.add("A2 6.5.1-1", "the name dictionary has scripts", file.catalog()["Names"]);
}

} // namespace bifolio::a2
