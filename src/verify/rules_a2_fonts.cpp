// rules_a2_fonts.cpp: fonts. ISO 19005-2, 6.2.11. Most of it says word for word what ISO 14289-1, 7.21, says: those checks are
// made once, in rules_ua1_fonts.cpp, and come here under their numbers of PDF/A.
#include "verify/rules_a2.h"
#include "verify/rules_ua1.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio::a2 {

namespace {

struct SharedRule {
    std::string_view ua, a;
};
constexpr SharedRule shared_rules[]{
    {"UA1 31-001", "A2 6.2.11.3.1-1"}, {"UA1 31-002", "A2 6.2.11.3.1-1"}, {"UA1 31-003", "A2 6.2.11.3.1-1"},
    {"UA1 31-004", "A2 6.2.11.3.2-1"}, {"UA1 31-005", "A2 6.2.11.3.2-1"}, {"UA1 31-006", "A2 6.2.11.3.3-1"},
    {"UA1 31-007", "A2 6.2.11.3.3-2"}, {"UA1 31-008", "A2 6.2.11.3.3-3"}, {"UA1 31-009", "A2 6.2.11.4.1-1"},
    {"UA1 31-011", "A2 6.2.11.4.1-2"}, {"UA1 31-012", "A2 6.2.11.4.2-1"}, {"UA1 31-013", "A2 6.2.11.4.2-1"},
    {"UA1 31-014", "A2 6.2.11.4.2-2"}, {"UA1 31-015", "A2 6.2.11.4.2-2"}, {"UA1 31-016", "A2 6.2.11.5-1"},
    {"UA1 31-017", "A2 6.2.11.6-1"},   {"UA1 31-018", "A2 6.2.11.6-1"},   {"UA1 31-019", "A2 6.2.11.6-2"},
    {"UA1 31-020", "A2 6.2.11.6-2"},   {"UA1 31-021", "A2 6.2.11.6-2"},   {"UA1 31-022", "A2 6.2.11.6-2"},
    {"UA1 31-023", "A2 6.2.11.6-2"},   {"UA1 31-024", "A2 6.2.11.6-3"},   {"UA1 31-025", "A2 6.2.11.6-4"},
    {"UA1 31-026", "A2 6.2.11.6-4"},   {"UA1 10-001", "A2 6.2.11.7.2-1"}, {"UA1 31-027", "A2 6.2.11.7.2-1"},
    {"UA1 31-028", "A2 6.2.11.7.2-2"}, {"UA1 31-029", "A2 6.2.11.7.2-2"}, {"UA1 31-030", "A2 6.2.11.8-1"},
};

// ISO 32000-1, 9.6.2.2.
constexpr std::array<std::string_view, 14> standard_fonts{
    "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
    "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
    "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
    "Symbol",      "ZapfDingbats"};
template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
    return std::ranges::find(words, word) != words.end();
}

// One dictionary: a font, or the CIDFont of a composite one. 6.2.11.2; ISO 32000-1, tables 111, 112, 117, 121.
void check_dictionary(const PdfObject& font, bool descendant, std::size_t page, Findings& findings) {
    constexpr std::array<std::string_view, 5> fonts{"Type0", "Type1", "MMType1", "TrueType", "Type3"};
    constexpr std::array<std::string_view, 2> cid_fonts{"CIDFontType0", "CIDFontType2"};
    constexpr std::array<std::string_view, 3> formats{"Type1C", "CIDFontType0C", "OpenType"};
    const std::string_view subtype = font["Subtype"].name(), base = font["BaseFont"].name();
    const std::string name = "font " + with_replacements(base) + ": ";
    if (!font["Type"].is_name("Font")) findings.add("A2 6.2.11.2-1", name + "its Type is not Font", font, page);
    if (descendant ? !is_one_of(subtype, cid_fonts) : !is_one_of(subtype, fonts))
        findings.add("A2 6.2.11.2-2", name + "its Subtype is ‘" + with_replacements(subtype) + "’", font, page);
    if (subtype != "Type3" && !font["BaseFont"].is_name()) findings.add("A2 6.2.11.2-3", name + "it has no BaseFont", font, page);
    const PdfObject descriptor = font["FontDescriptor"];
    PdfObject program;
    for (const char* key : {"FontFile", "FontFile2", "FontFile3"})
        if (descriptor[key].is_stream()) program = descriptor[key];
    const bool is_standard = subtype == "Type1" && is_one_of(base, standard_fonts) && !program;
    if (!descendant && subtype != "Type0" && !is_standard) {
        const PdfObject first = font["FirstChar"], last = font["LastChar"], widths = font["Widths"];
        if (!first.is_integer()) findings.add("A2 6.2.11.2-4", name + "it has no FirstChar", font, page);
        if (!last.is_integer()) findings.add("A2 6.2.11.2-5", name + "it has no LastChar", font, page);
        if (!widths.is_array() || static_cast<std::int64_t>(widths.size()) != last.integer_or(0) - first.integer_or(0) + 1)
            findings.add("A2 6.2.11.2-6", name + "it has no Widths, or not as many as characters", font, page);
    }
    if (const PdfObject format = program["Subtype"]; program && format && !is_one_of(format.name(), formats))
        findings.add("A2 6.2.11.2-7", name + "its program is of the format ‘" + with_replacements(format.name()) + "’", font,
                     page);
}

} // namespace

void check_fonts(const Examined& examined, Findings& findings) {
    Findings shared;
    ua1::check_fonts(examined, shared);
    for (const Finding& finding : shared.all())
        for (const SharedRule& rule : shared_rules)
            if (rule.ua == finding.rule) findings.add(rule.a, finding.message, finding.object, finding.page);
    for (const UsedFont& used : examined.fonts) {
        const PdfObject descendant = used.font["DescendantFonts"].at(0);
        check_dictionary(used.font, false, used.first_page, findings);
        if (descendant.is_dictionary()) check_dictionary(descendant, true, used.first_page, findings);
        if (used.encoding && used.encoding->cmap && used.encoding->cmap->largest_cid() > 65'535)
            findings.add("A2 6.1.13-10", "a font's CMap leads to a CID above 65,535", used.font, used.first_page);
    }
}

} // namespace bifolio::a2
