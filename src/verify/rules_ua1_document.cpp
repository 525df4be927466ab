// rules_ua1_document.cpp: what the catalog, the metadata and the security of the file say.
#include "verify/rules_ua1.h"

#include <algorithm>

namespace bifolio::ua1 {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// “%PDF-1.n” and an end of line, at the first byte.
bool is_header(std::string_view bytes) {
    return bytes.size() > 8 && bytes.starts_with("%PDF-1.") && bytes[7] >= '0' && bytes[7] <= '7' &&
           (bytes[8] == '\n' || bytes[8] == '\r');
}

void check_metadata(const Examined& examined, Findings& findings) {
    const Xmp& xmp = examined.xmp;
    namespace ns = xmp_namespace;
    if (!xmp.problem.empty()) return findings.add("UA1 06-001", xmp.problem, xmp.stream);
    if (!xmp.stream["Type"].is_name("Metadata") || !xmp.stream["Subtype"].is_name("XML"))
        findings.add("UA1 06-001", "the metadata stream is not of Type Metadata and Subtype XML", xmp.stream);
    if (const std::string part = xmp.text(ns::pdfuaid, "part"); part != "1")
        findings.add("UA1 06-002", part.empty() ? "the metadata has no pdfuaid:part" : "pdfuaid:part is ‘" + part + "’ and not 1",
                     xmp.stream);
    const XmpProperty* title = xmp.property(ns::dc, "title");
    const auto says = [](const XmpProperty& one) { return !one.text.empty(); };
    if (!title || (!says(*title) && std::ranges::none_of(title->parts, says)))
        findings.add("UA1 06-003", title ? "dc:title is empty" : "the metadata has no dc:title", xmp.stream);
    for (const XmpProperty& one : xmp.properties)
        if (one.space == ns::pdfuaid && one.prefix != "pdfuaid")
            findings.add("UA1 S-XMPPREFIX", "the PDF/UA identifier has the prefix ‘" + one.prefix + "’", xmp.stream);
    if (has_document_language(examined)) return;
    for (const XmpProperty& one : xmp.properties)
        if (one.kind == XmpProperty::Kind::alt && !one.parts.empty() &&
            std::ranges::all_of(one.parts, [](const XmpProperty& item) { return item.language == "x-default"; }))
            findings.add("UA1 11-006", one.prefix + ":" + one.name + " is in no named language, and the catalog has no Lang",
                         xmp.stream);
}

void check_optional_content(const Examined& examined, Findings& findings) {
    const PdfObject content = examined.file.catalog()["OCProperties"];
    const auto check = [&](const PdfObject& configuration, std::string_view rule) {
        if (!configuration.is_dictionary()) return;
        if (configuration["Name"].text().empty())
            findings.add(rule, "an optional content configuration has no Name", configuration);
        if (configuration.has("AS"))
            findings.add("UA1 20-003", "an optional content configuration has an AS entry", configuration);
    };
    check(content["D"], "UA1 20-002");
    if (content["Configs"].is_array())
        for (const PdfObject& one : content["Configs"].items()) check(one, "UA1 20-001");
}

void check_security(const Examined& examined, Findings& findings) {
    if (!examined.file.is_encrypted()) return;
    const PdfObject permissions = examined.file.trailer()["Encrypt"]["P"];
    if (!permissions.is_integer())
        findings.add("UA1 26-001", "the encryption dictionary has no P entry");
    else if ((permissions.integer_or(0) & 512) == 0)
        findings.add("UA1 26-002", "P is " + std::to_string(permissions.integer_or(0)) + ", whose bit 10 is off");
}

void check_forms(const Examined& examined, Findings& findings) {
    const PdfObject form = examined.file.catalog()["AcroForm"];
    std::string xfa; // one stream, or names and streams in turn
    for (const PdfObject& part : form["XFA"].items())
        if (part.is_stream()) xfa += examined.file.decoded(part).bytes;
    if (const std::size_t at = xfa.find("<dynamicRender"); at != std::string::npos) {
        const std::size_t begin = xfa.find('>', at);
        const std::size_t text = begin == std::string::npos ? begin : xfa.find_first_not_of(" \t\r\n", begin + 1);
        if (text != std::string::npos && xfa.compare(text, 8, "required") == 0)
            findings.add("UA1 25-001", "the form is a dynamic XFA form", form);
    }
}

} // namespace

bool is_language_tag(std::string_view text) {
    bool first = true;
    while (true) {
        const std::string_view part = text.substr(0, text.find('-'));
        if (part.empty() || part.size() > 8) return false;
        if (!std::ranges::all_of(part, [&](char c) { return is_letter(c) || (!first && is_digit(c)); })) return false;
        if (part.size() == text.size()) return true;
        text.remove_prefix(part.size() + 1);
        first = false;
    }
}

bool has_document_language(const Examined& examined) { return examined.file.catalog()["Lang"].is_string(); }

void check_document(const Examined& examined, Findings& findings) {
    const PdfObject catalog = examined.file.catalog();
    if (!is_header(examined.file.bytes()))
        findings.add("UA1 S-HEADER", "the file does not begin with %PDF-1.n and an end of line");
    if (!catalog["MarkInfo"]["Marked"].is_true())
        findings.add("UA1 S-MARKED", "MarkInfo does not say that the file is tagged", catalog);
    if (catalog["MarkInfo"]["Suspects"].is_true()) findings.add("UA1 01-007", "MarkInfo says that the tags are suspect", catalog);
    if (const PdfObject language = catalog["Lang"]; language && !is_language_tag(language.text()))
        findings.add("UA1 11-007", "the document's Lang is ‘" + language.text() + "’", catalog);
    const PdfObject title_shown = catalog["ViewerPreferences"]["DisplayDocTitle"];
    if (!title_shown)
        findings.add("UA1 07-001", "ViewerPreferences has no DisplayDocTitle", catalog);
    else if (!title_shown.is_true())
        findings.add("UA1 07-002", "DisplayDocTitle is not true", catalog);
    check_metadata(examined, findings);
    check_optional_content(examined, findings);
    check_security(examined, findings);
    check_forms(examined, findings);
    if (!has_document_language(examined) && catalog["Outlines"]["First"].is_dictionary())
        findings.add("UA1 11-003", "there are bookmarks, and the catalog has no Lang", catalog);
}

void check_files(const Examined& examined, Findings& findings) {
    const auto check = [&](const PdfObject& one) {
        if (one.has("EF") && (one["F"].bytes().empty() || one["UF"].bytes().empty()))
            findings.add("UA1 21-001", "a file specification has an embedded file and not both F and UF", one);
        const bool clip = one["Type"].is_name("MediaClip") || (one["S"].is_name("MCD") && one.has("D"));
        if (!clip || (one.has("S") && !one["S"].is_name("MCD"))) return;
        if (!one.has("CT")) findings.add("UA1 28-014", "a media clip has no CT entry", one);
        const PdfObject alternatives = one["Alt"]; // languages and texts in turn
        bool said = false;
        for (std::size_t i = 1; i < alternatives.size() && alternatives.is_array(); i += 2)
            said = said || !alternatives.at(i).bytes().empty();
        if (!said || alternatives.size() % 2 != 0) findings.add("UA1 28-015", "a media clip has no Alt entry", one);
    };
    // Every dictionary that stands inside an indirect object, without following references.
    std::vector<std::pair<const PdfValue*, int>> open;
    for (const ObjectId id : examined.file.ids()) {
        const PdfValue* stored = examined.file.stored(id);
        if (!stored) continue;
        open.assign(1, {stored, 0});
        while (!open.empty()) {
            const auto [value, depth] = open.back();
            open.pop_back();
            if (depth > 100) continue;
            if (const PdfDictionary* dictionary = value->dictionary()) {
                if (find(*dictionary, "EF") || find(*dictionary, "S") || find(*dictionary, "Type"))
                    check(PdfObject(examined.file, *value, id));
                for (const auto& entry : *dictionary)
                    if (entry.second.dictionary() || entry.second.array()) open.emplace_back(&entry.second, depth + 1);
            } else if (const PdfArray* array = value->array())
                for (const PdfValue& item : *array)
                    if (item.dictionary() || item.array()) open.emplace_back(&item, depth + 1);
        }
    }
}

} // namespace bifolio::ua1
