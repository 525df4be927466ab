// rules_x4.cpp: PDF/X-4. ISO 15930-7:2010. Nobody numbers its conditions as the Matterhorn Protocol does those of PDF/UA: the
// numbers are ours, by subject.
#include "verify/colour_spaces.h"
#include "verify/file_syntax.h"
#include "verify/object_walk.h"
#include "verify/output_intent.h"
#include "verify/rules.h"
#include "verify/xmp_dates.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace bifolio {

namespace {

namespace ns = xmp_namespace;

void check_file(const Examined& examined, Findings& findings) {
    const PdfFile& file = examined.file;
    for (SyntaxFault& fault : read_file_syntax(file))
        if (fault.kind == SyntaxFault::Kind::header) findings.add("X4 FILE-1", std::move(fault.what));
    const std::string_view version = file.catalog()["Version"].name();
    if (file.bytes().starts_with("%PDF-1.7") || version > "1.6")
        findings.add("X4 FILE-2", "the file is of PDF " + (version.empty() ? std::string("1.7") : with_replacements(version)));
    if (!file.trailer()["ID"].is_array()) findings.add("X4 FILE-3", "the trailer has no file identifier");
    if (file.is_encrypted() || file.trailer().has("Encrypt")) findings.add("X4 FILE-4", "the file is encrypted");
    for (const ObjectFact& fact : walk_objects(file)) {
        if (fact.kind == ObjectFact::Kind::lzw) findings.add("X4 FILE-5", fact.what, fact.object);
        if (fact.kind == ObjectFact::Kind::external_stream) findings.add("X4 FILE-6", fact.what, fact.object);
    }
    const PdfObject catalog = file.catalog();
    if (catalog["AcroForm"].has("XFA")) findings.add("X4 FORM-1", "the form has XFA", catalog["AcroForm"]);
    if (catalog["Names"].has("AlternatePresentations"))
        findings.add("X4 FORM-2", "the name dictionary has AlternatePresentations", catalog["Names"]);
    std::vector<PdfObject> configurations{catalog["OCProperties"]["D"]};
    for (const PdfObject& one : catalog["OCProperties"]["Configs"].items()) configurations.push_back(one);
    for (const PdfObject& one : configurations) {
        if (one.has("AS")) findings.add("X4 LAYER-1", "an optional content configuration has the key AS", one);
        if (one.is_dictionary() && one["Name"].bytes().empty())
            findings.add("X4 LAYER-2", "an optional content configuration has no name", one);
    }
}

// ---- metadata

void compare_information(const Examined& examined, Findings& findings) {
    const PdfObject info = examined.file.trailer()["Info"];
    const auto compare = [&](std::string_view key, std::string_view space, std::string_view name) {
        if (!info[key].is_string() || !examined.xmp.property(space, name)) return;
        const std::string here = info[key].text(), there = examined.xmp.text(space, name);
        const bool date = key == "CreationDate" || key == "ModDate";
        if (date ? same_moment(info[key].bytes(), there) : trimmed(here) == trimmed(there)) return;
        findings.add("X4 META-4",
                     std::string(key) + " is ‘" + here + "’ in the information dictionary, ‘" + with_replacements(there) +
                         "’ in the metadata",
                     info);
    };
    compare("Title", ns::dc, "title");
    compare("Subject", ns::dc, "description");
    compare("Keywords", ns::pdf, "Keywords");
    compare("Creator", ns::xmp, "CreatorTool");
    compare("Producer", ns::pdf, "Producer");
    compare("CreationDate", ns::xmp, "CreateDate");
    compare("ModDate", ns::xmp, "ModifyDate");
}

void check_metadata(const Examined& examined, Findings& findings) {
    const Xmp& xmp = examined.xmp;
    if (!xmp.problem.empty()) return findings.add("X4 META-1", xmp.problem);
    if (const std::string version = xmp.text(ns::pdfxid, "GTS_PDFXVersion"); version != "PDF/X-4")
        findings.add("X4 META-2", "pdfxid:GTS_PDFXVersion is ‘" + with_replacements(version) + "’", xmp.stream);
    struct Wanted {
        std::string_view space, name, shown;
    };
    constexpr Wanted wanted[]{{ns::dc, "title", "dc:title"},
                              {ns::xmp, "CreateDate", "xmp:CreateDate"},
                              {ns::xmp, "ModifyDate", "xmp:ModifyDate"},
                              {ns::xmp, "MetadataDate", "xmp:MetadataDate"},
                              {ns::xmp_mm, "DocumentID", "xmpMM:DocumentID"},
                              {ns::xmp_mm, "VersionID", "xmpMM:VersionID"},
                              {ns::xmp_mm, "RenditionClass", "xmpMM:RenditionClass"}};
    for (const Wanted& one : wanted)
        if (xmp.text(one.space, one.name).empty()) findings.add("X4 META-3", std::string(one.shown) + " is missing", xmp.stream);
    compare_information(examined, findings);
    const std::string there = xmp.text(ns::pdf, "Trapped");
    const PdfObject value = examined.file.trailer()["Info"]["Trapped"];
    const std::string here(value.name()), said = there.empty() ? here : there;
    if ((said != "True" && said != "False") || (!there.empty() && !here.empty() && here != there))
        findings.add("X4 META-5", "Trapped is ‘" + with_replacements(here) + "’ in the information dictionary, ‘" +
                                      with_replacements(there) + "’ in the metadata");
}

// ---- output intent and colours

void check_colours(const Examined& examined, Findings& findings) {
    const std::vector<OutputIntent> intents = output_intents(examined.file);
    const OutputIntent* intent = intent_of(intents, "GTS_PDFX");
    if (std::ranges::count(intents, std::string("GTS_PDFX"), &OutputIntent::subtype) > 1)
        findings.add("X4 INTENT-2", "there are several output intents GTS_PDFX");
    if (!intent)
        findings.add("X4 INTENT-1", "there is no output intent GTS_PDFX", examined.file.catalog());
    else {
        const IccHeader& header = intent->header;
        if (!intent->profile.is_stream())
            findings.add("X4 INTENT-3", "the output intent has no profile", intent->object);
        else if (!header.may_be_output() || header.profile_class != "prtr")
            findings.add("X4 INTENT-4",
                         "the profile is of class ‘" + with_replacements(header.profile_class) + "’, colour space ‘" +
                             with_replacements(header.colour_space) + "’, version " + std::to_string(header.version) +
                             (header.whole ? "" : ", or damaged"),
                         intent->profile);
        else if (intent->profile["N"].integer_or(0) != header.components())
            findings.add("X4 INTENT-5", "N is " + std::to_string(intent->profile["N"].integer_or(0)), intent->profile);
        if (intent->object["OutputConditionIdentifier"].text().empty())
            findings.add("X4 INTENT-6", "the output intent has no OutputConditionIdentifier", intent->object);
        if (intent->object["Info"].text().empty()) findings.add("X4 INTENT-7", "the output intent has no Info", intent->object);
    }
    ColourExaminer examiner(examined.file);
    examiner.look_at_drawn(examined.drawn);
    for (ColourFact& fact : examiner.take()) {
        using Kind = ColourFact::Kind;
        if (fact.kind == Kind::device && !serves(intent, fact.device))
            findings.add("X4 COLOUR-1", fact.what + " without a default space, and the output intent is for other colours",
                         fact.object, fact.page);
        if (fact.kind == Kind::bad_profile) findings.add("X4 COLOUR-2", std::move(fact.what), fact.object, fact.page);
        if (fact.kind == Kind::wrong_components) findings.add("X4 COLOUR-3", std::move(fact.what), fact.object, fact.page);
    }
}

// ---- pages

struct Box {
    double left = 0, bottom = 0, right = 0, top = 0;
};

std::optional<Box> box_of(const PdfObject& array) {
    if (!array.is_array() || array.size() != 4) return std::nullopt;
    const auto side = [&](std::size_t i) { return array.at(i).number_or(0); };
    return Box{std::min(side(0), side(2)), std::min(side(1), side(3)), std::max(side(0), side(2)), std::max(side(1), side(3))};
}

bool holds(const Box& outer, const Box& inner) {
    constexpr double slack = 0.01;
    return inner.left >= outer.left - slack && inner.bottom >= outer.bottom - slack && inner.right <= outer.right + slack &&
           inner.top <= outer.top + slack;
}

void check_pages(const Examined& examined, Findings& findings) {
    const std::span<const PdfObject> pages = examined.file.pages();
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const PdfObject& page = pages[i];
        const std::optional<Box> media = box_of(examined.file.inherited(page, "MediaBox")), bleed = box_of(page["BleedBox"]),
                                 trim = box_of(page["TrimBox"]), art = box_of(page["ArtBox"]);
        if (!media) {
            findings.add("X4 BOX-1", "the page has no MediaBox", page, i + 1);
            continue;
        }
        if (trim.has_value() == art.has_value())
            findings.add("X4 BOX-2", trim ? "the page has both TrimBox and ArtBox" : "the page has neither TrimBox nor ArtBox",
                         page, i + 1);
        const Box finished = trim ? *trim : art ? *art : *media, largest = bleed.value_or(*media);
        if (!holds(largest, finished) || !holds(*media, largest))
            findings.add("X4 BOX-3", "TrimBox (or ArtBox), BleedBox and MediaBox do not lie in one another", page, i + 1);
        const Box printed = bleed ? *bleed : finished;
        for (const PdfObject& annotation : examined.file.annotations(page)) {
            const std::string_view type = annotation["Subtype"].name();
            const std::optional<Box> place = box_of(annotation["Rect"]);
            if (type == "PrinterMark" || type == "TrapNet" || !annotation.is_dictionary()) continue;
            const Box at = place.value_or(printed);
            if (at.right > printed.left && at.left < printed.right && at.top > printed.bottom && at.bottom < printed.top)
                findings.add("X4 ANNOT-1", "the annotation (" + with_replacements(type) + ") lies inside the bleed", annotation,
                             i + 1);
        }
    }
}

void check_actions(const Examined& examined, Findings& findings) {
    const FileActions found = find_actions(examined.file);
    for (const ActionUse& use : found.actions)
        findings.add("X4 ACTION-1",
                     "the action ‘" + with_replacements(use.action["S"].name()) + "’ (" + with_replacements(use.where) + ")",
                     use.holder, use.page);
    for (const ActionUse& use : found.additional)
        findings.add("X4 ACTION-2", "additional actions (AA) of " + with_replacements(use.where), use.holder, use.page);
    if (const PdfObject names = examined.file.catalog()["Names"]; names.has("JavaScript"))
        findings.add("X4 ACTION-3", "the name dictionary has scripts", names);
}

// ---- what is drawn

void check_state(const DrawnThing& one, Findings& findings) {
    const PdfObject& state = one.object;
    if (const PdfObject transfer = state["TR"]; transfer && !transfer.is_name("Identity"))
        findings.add("X4 STATE-1", "the graphics state has a transfer function (TR)", state, one.page);
    if (const PdfObject transfer = state["TR2"]; transfer && !transfer.is_name("Default"))
        findings.add("X4 STATE-2", "the graphics state has a transfer function (TR2)", state, one.page);
    if (state.has("HTP")) findings.add("X4 STATE-3", "the graphics state has HTP", state, one.page);
    if (const PdfObject halftone = state["HT"]; halftone.is_dictionary()) {
        const std::int64_t type = halftone["HalftoneType"].integer_or(1);
        if (type != 1 && type != 5)
            findings.add("X4 STATE-4", "the halftone is of type " + std::to_string(type), halftone, one.page);
        if (halftone.has("HalftoneName")) findings.add("X4 STATE-5", "the halftone has a HalftoneName", halftone, one.page);
    }
}

void check_drawn(const Examined& examined, Findings& findings) {
    std::set<const PdfValue*> seen;
    for (const DrawnThing& one : examined.drawn.states)
        if (seen.insert(one.object.value()).second) check_state(one, findings);
    for (const DrawnThing& one : examined.drawn.objects) {
        const PdfObject& object = one.object;
        if (!seen.insert(object.value()).second) continue;
        if (object.has("Alternates")) findings.add("X4 PICTURE-1", "the picture has alternates", object, one.page);
        if (object.has("OPI")) findings.add("X4 PICTURE-2", "the object has OPI information", object, one.page);
        if (object["Subtype"].is_name("PS") || object["Subtype2"].is_name("PS") || object.has("PS"))
            findings.add("X4 PICTURE-3", "the object is PostScript", object, one.page);
        if (object.has("Ref")) findings.add("X4 PICTURE-4", "the form stands for another file's page", object, one.page);
    }
    for (const DrawnInline& one : examined.drawn.inline_images)
        for (const PdfObject& filter : PdfObject(examined.file, *one.dictionary, one.owner)["Filter"].items())
            if (filter.is_name("LZWDecode"))
                findings.add("X4 FILE-5", "an inline picture is compressed by LZW", one.owner, one.page);
    for (const UsedFont& used : examined.fonts) {
        if (used.font["Subtype"].is_name("Type3")) continue;
        const PdfObject descendant = used.font["DescendantFonts"].at(0),
                        descriptor = (descendant ? descendant : used.font)["FontDescriptor"];
        if (!descriptor["FontFile"].is_stream() && !descriptor["FontFile2"].is_stream() && !descriptor["FontFile3"].is_stream())
            findings.add("X4 FONT-1", "the font " + with_replacements(used.font["BaseFont"].name()) + " is not embedded",
                         used.font, used.first_page);
    }
}

constexpr std::string_view by_people = "only people know what was ordered";

constexpr ConformanceRule rules[]{
    {"X4 FILE-1", "the header is not %PDF-1.n at the file's beginning", "Write the file as PDF 1.6.", check_file},
    {"X4 FILE-2", "the file is of a later PDF than 1.6", "Write the file as PDF 1.6.", check_file},
    {"X4 FILE-3", "the trailer has no file identifier", "Write an ID into the trailer.", check_file},
    {"X4 FILE-4", "the file is encrypted", "Take the encryption away.", check_file},
    {"X4 FILE-5", "a stream is compressed by LZW", "Compress it with Flate.", check_file},
    {"X4 FILE-6", "a stream's data is outside of the file", "Put the data into the file.", check_file},
    {"X4 META-1", "there is no metadata that can be read", "Give the catalog a metadata stream (XMP).", check_metadata},
    {"X4 META-2", "the metadata does not identify the file as PDF/X-4", "Set pdfxid:GTS_PDFXVersion to PDF/X-4.", check_metadata},
    {"X4 META-3", "a property is missing in the metadata", "Write title, dates, document id, version and rendition class.",
     check_metadata},
    {"X4 META-4", "the information dictionary contradicts the metadata", "Write both from one source.", check_metadata},
    {"X4 META-5", "it is not said whether the file is trapped", "Set Trapped to True or False.", check_metadata},
    {"X4 INTENT-1", "there is no output intent for printing", "Give the file an output intent GTS_PDFX.", check_colours},
    {"X4 INTENT-2", "there are several output intents for printing", "Keep one.", check_colours},
    {"X4 INTENT-3", "the output intent has no profile", "Embed the profile; a mere reference is PDF/X-4p.", check_colours},
    {"X4 INTENT-4", "the output intent's profile is not that of a printing press",
     "Embed an ICC profile of class prtr, version 2 or 4.", check_colours},
    {"X4 INTENT-5", "N is not the number of the profile's components", "Set N as the profile asks.", check_colours},
    {"X4 INTENT-6", "the output intent has no identifier of its printing condition",
     "Set OutputConditionIdentifier, for example to FOGRA39.", check_colours},
    {"X4 INTENT-7", "the output intent does not say what it is for", "Set Info.", check_colours},
    {"X4 INTENT-8", "the output intent is not the printer's", "Ask the printing house.", nullptr, by_people},
    {"X4 COLOUR-1", "a device colour is used that the output intent is not for", "Convert it, or use ICC-based colours.",
     check_colours},
    {"X4 COLOUR-2", "an ICC profile is broken or of a kind that is not allowed", "Use an ICC profile, version 2 or 4.",
     check_colours},
    {"X4 COLOUR-3", "N is not the number of a profile's components", "Set N as the profile asks.", check_colours},
    {"X4 BOX-1", "a page has no MediaBox", "Give the page a MediaBox.", check_pages},
    {"X4 BOX-2", "a page has not one of TrimBox and ArtBox", "Give the page a TrimBox and no ArtBox.", check_pages},
    {"X4 BOX-3", "a page's boxes do not lie in one another", "Set TrimBox inside BleedBox inside MediaBox.", check_pages},
    {"X4 BOX-4", "a page's finished size or bleed is not that of the order", "Ask the printing house.", nullptr, by_people},
    {"X4 ANNOT-1", "an annotation lies inside the bleed", "Take it away, or put it outside.", check_pages},
    {"X4 ACTION-1", "there is an action", "Take it away; an outline entry may have a plain destination (Dest).", check_actions},
    {"X4 ACTION-2", "there are additional actions", "Take AA away.", check_actions},
    {"X4 ACTION-3", "there are scripts", "Take them away.", check_actions},
    {"X4 STATE-1", "a graphics state has a transfer function (TR)", "Take TR away.", check_drawn},
    {"X4 STATE-2", "a graphics state has a transfer function (TR2)", "Take TR2 away.", check_drawn},
    {"X4 STATE-3", "a graphics state sets the halftone's origin (HTP)", "Take HTP away.", check_drawn},
    {"X4 STATE-4", "a halftone is of another type than 1 or 5", "Take the halftone away.", check_drawn},
    {"X4 STATE-5", "a halftone has a name", "Take the halftone away.", check_drawn},
    {"X4 PICTURE-1", "a picture has alternates", "Keep one version of the picture.", check_drawn},
    {"X4 PICTURE-2", "an object has OPI information", "Put the picture itself into the file.", check_drawn},
    {"X4 PICTURE-3", "there is a PostScript object", "Draw it in PDF.", check_drawn},
    {"X4 PICTURE-4", "a form stands for another file's page", "Put the page itself into the file.", check_drawn},
    {"X4 PICTURE-5", "a picture's resolution does not serve", "Use larger pictures.", nullptr,
     "PDF/X-4 sets no bound; the printing house does"},
    {"X4 FONT-1", "a font is not embedded", "Embed the font.", check_drawn},
    {"X4 FORM-1", "the form has XFA", "Take XFA away.", check_file},
    {"X4 FORM-2", "there are alternate presentations", "Take AlternatePresentations away.", check_file},
    {"X4 LAYER-1", "optional content changes by itself", "Take AS away.", check_file},
    {"X4 LAYER-2", "an optional content configuration has no name", "Give it a Name.", check_file},
};

} // namespace

RuleFamily rules_of_pdf_x_4() {
    RuleFamily family{"PDF/X-4", rules, nullptr, [](std::span<const Standard> standards) {
                          return std::ranges::find(standards, Standard::pdf_x_4) != standards.end();
                      }};
    family.asks_what_is_drawn = true;
    return family;
}

} // namespace bifolio
