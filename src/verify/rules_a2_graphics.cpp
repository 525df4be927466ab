// rules_a2_graphics.cpp: content, colours, states and pictures. ISO 19005-2, 6.2.2 to 6.2.10.
#include "verify/colour_spaces.h"
#include "verify/jpeg_2000.h"
#include "verify/output_intent.h"
#include "verify/rules_a2.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio::a2 {

namespace {

// ISO 32000-1, tables 136 and 137.
constexpr std::array<std::string_view, 17> blend_modes{
    "Normal",    "Compatible", "Multiply",   "Screen",    "Overlay", "Darken",     "Lighten", "ColorDodge", "ColorBurn",
    "HardLight", "SoftLight",  "Difference", "Exclusion", "Hue",     "Saturation", "Color",   "Luminosity"};

void check_intents(const std::vector<OutputIntent>& intents, Findings& findings) {
    const PdfValue* profile = nullptr;
    bool differ = false;
    for (const OutputIntent& intent : intents) {
        if (intent.subtype == "GTS_PDFX" && intent.object.has("DestOutputProfileRef"))
            findings.add("A2 6.2.3-3", "the output intent has DestOutputProfileRef", intent.object);
        if (intent.profile.is_null()) continue;
        differ = differ || (profile && profile != intent.profile.value());
        profile = profile ? profile : intent.profile.value();
        if (!intent.header.may_be_output())
            findings.add("A2 6.2.3-1",
                         "the profile of the output intent " + with_replacements(intent.subtype) + " is of class ‘" +
                             with_replacements(intent.header.profile_class) + "’, colour space ‘" +
                             with_replacements(intent.header.colour_space) + "’, version " +
                             std::to_string(intent.header.version) + (intent.header.whole ? "" : ", or damaged"),
                         intent.profile);
        else if (intent.profile["N"].integer_or(0) != intent.header.components())
            findings.add("A2 6.2.3-4",
                         "N is " + std::to_string(intent.profile["N"].integer_or(0)) + ", the profile's colours have " +
                             std::to_string(intent.header.components()) + " components",
                         intent.profile);
    }
    if (differ) findings.add("A2 6.2.3-2", "the output intents have different profile objects");
}

void check_halftone(const PdfObject& halftone, std::string_view colorant, Findings& findings, std::size_t page, int depth) {
    if (!halftone.is_dictionary() || depth > 2) return;
    const std::int64_t type = halftone["HalftoneType"].integer_or(0);
    if (type != 1 && type != 5) findings.add("A2 6.2.5-4", "the halftone is of type " + std::to_string(type), halftone, page);
    if (halftone.has("HalftoneName")) findings.add("A2 6.2.5-5", "the halftone has a HalftoneName", halftone, page);
    // ISO 32000-1, 10.5.5.6: those that need no transfer function of their own.
    constexpr std::array<std::string_view, 9> primaries{"", "Cyan", "Magenta", "Yellow", "Black", "Red", "Green", "Blue", "Gray"};
    const bool primary = std::ranges::find(primaries, colorant) != primaries.end();
    if (colorant != "Default" && primary == halftone.has("TransferFunction"))
        findings.add("A2 6.2.5-6",
                     primary ? "the halftone has a transfer function" : "the halftone of a spot colour has no transfer function",
                     halftone, page);
    if (type == 5)
        for (std::size_t i = 0; i < halftone.size(); ++i)
            if (const std::string_view key = halftone.key(i); key != "Type" && key != "HalftoneType" && key != "HalftoneName")
                check_halftone(halftone.entry(i), key, findings, page, depth + 1);
}

void check_jpeg_2000(const PdfObject& picture, Findings& findings, std::size_t page) {
    const Jpeg2000Header header = read_jpeg_2000_header(picture.file()->decoded(picture).bytes);
    if (!header.readable) return findings.add("A2 6.2.8.3-1", "the JPEG 2000 data cannot be read", picture, page);
    if (header.channels != 1 && header.channels != 3 && header.channels != 4)
        findings.add("A2 6.2.8.3-1", "the picture has " + std::to_string(header.channels) + " colour channels", picture, page);
    if (!header.depths_agree || header.bit_depth < 1 || header.bit_depth > 38)
        findings.add("A2 6.2.8.3-5", "the channels' bit depths differ, or are not from 1 to 38", picture, page);
    if (picture.has("ColorSpace")) return; // the data's own colour specifications do not count then
    if (header.colours.empty())
        findings.add("A2 6.2.8.3-3", "neither the data nor ColorSpace says what colours they are", picture, page);
    if (header.colours.size() > 1 &&
        std::ranges::count(header.colours, 1, &Jpeg2000Header::ColourSpecification::approximation) != 1)
        findings.add("A2 6.2.8.3-2", "of several colour specifications not exactly one is marked as the best", picture, page);
    for (const Jpeg2000Header::ColourSpecification& colour : header.colours) {
        if (header.colours.size() > 1 && colour.approximation != 1) continue; // not the one that is used
        if (colour.method < 1 || colour.method > 3)
            findings.add("A2 6.2.8.3-3", "the colour specification has method " + std::to_string(colour.method), picture, page);
        if (colour.enumerated == 19) findings.add("A2 6.2.8.3-4", "the picture's colour space is CIEJab", picture, page);
    }
}

void check_picture(const PdfObject& picture, bool in_line, Findings& findings, std::size_t page) {
    if (picture.has("Alternates")) findings.add("A2 6.2.8.1-1", "the picture has alternates", picture, page);
    if (picture.has("OPI")) findings.add("A2 6.2.8.1-2", "the picture has OPI information", picture, page);
    if (picture["Interpolate"].is_true()) findings.add("A2 6.2.8.1-3", "the picture is to be interpolated", picture, page);
    if (const PdfObject intent = picture["Intent"]; intent && !is_rendering_intent(intent.name()))
        findings.add("A2 6.2.6-1", "the rendering intent is ‘" + with_replacements(intent.name()) + "’", picture, page);
    const std::vector<PdfObject> filters = picture["Filter"].items();
    const bool jpeg_2000 = !filters.empty() && filters.back().is_name("JPXDecode");
    if (const PdfObject bits = picture["BitsPerComponent"]; bits && !jpeg_2000) {
        const std::int64_t count = bits.integer_or(0);
        if (picture["ImageMask"].is_true() ? count != 1 : count != 1 && count != 2 && count != 4 && count != 8 && count != 16)
            findings.add(picture["ImageMask"].is_true() ? "A2 6.2.8.1-5" : "A2 6.2.8.1-4",
                         "the picture has " + std::to_string(count) + " bits a component", picture, page);
    }
    if (jpeg_2000 && !in_line) check_jpeg_2000(picture, findings, page);
}

bool is_known_filter(std::string_view name) { // of inline images, written out: ISO 32000-1, table 94
    constexpr std::array<std::string_view, 6> known{"ASCIIHexDecode",  "ASCII85Decode",  "FlateDecode",
                                                    "RunLengthDecode", "CCITTFaxDecode", "DCTDecode"};
    return std::ranges::find(known, name) != known.end();
}

} // namespace

void check_content(const Examined& examined, Findings& findings) {
    std::set<std::string> seen;
    for (const DrawnNote& note : examined.drawn.notes) {
        switch (note.kind) {
        case DrawnNote::Kind::unknown_operator:
            findings.add("A2 6.2.2-1", "‘" + with_replacements(note.what) + "’ is no operator", note.owner, note.page);
            break;
        case DrawnNote::Kind::borrowed_resources: findings.add("A2 6.2.2-2", note.what, note.owner, note.page); break;
        case DrawnNote::Kind::overprint_with_icc_cmyk: findings.add("A2 6.2.4.2-2", note.what, note.owner, note.page); break;
        case DrawnNote::Kind::rendering_intent:
            findings.add("A2 6.2.6-1", "the rendering intent is ‘" + with_replacements(note.what) + "’", note.owner, note.page);
            break;
        default: break; // 6.1
        }
    }
    for (const UsedFont& used : examined.fonts) {
        if (!used.font["Subtype"].is_name("Type3") || used.font.has("Resources")) continue;
        const PdfObject glyphs = used.font["CharProcs"];
        for (std::size_t i = 0; i < glyphs.size(); ++i)
            if (examined.drawn.reliant.contains(glyphs.entry(i).value())) {
                findings.add("A2 6.2.2-2", "a glyph uses the resources of what shows it: its font has none", used.font,
                             used.first_page);
                break;
            }
    }
}

void check_colours(const Examined& examined, Findings& findings) {
    const std::vector<OutputIntent> intents = output_intents(examined.file);
    check_intents(intents, findings);
    const OutputIntent* intent = intent_of(intents, "GTS_PDFA1");
    ColourExaminer examiner(examined.file);
    examiner.look_at_drawn(examined.drawn);
    for (ColourFact& fact : examiner.take()) {
        using Kind = ColourFact::Kind;
        std::string_view rule;
        switch (fact.kind) {
        case Kind::device:
            if (serves(intent, fact.device)) continue;
            rule = fact.device == DeviceSpace::rgb    ? "A2 6.2.4.3-2"
                   : fact.device == DeviceSpace::cmyk ? "A2 6.2.4.3-3"
                                                      : "A2 6.2.4.3-4";
            fact.what += " without a default space, and no output intent fits";
            break;
        case Kind::bad_profile: rule = "A2 6.2.4.2-1"; break;
        case Kind::wrong_components: rule = "A2 6.2.4.2-3"; break;
        case Kind::many_colorants: rule = "A2 6.1.13-9"; break;
        case Kind::undescribed_colorant: rule = "A2 6.2.4.4-1"; break;
        case Kind::differing_separation: rule = "A2 6.2.4.4-2"; break;
        case Kind::bad_name: rule = "A2 6.1.8-1"; break;
        case Kind::malformed: rule = "A2 6.2.4.1-1"; break;
        }
        findings.add(rule, std::move(fact.what), fact.object, fact.page);
    }
    if (intent && intent->header.components() != 0) return;
    for (const std::size_t number : examined.drawn.transparent_pages)
        if (const PdfObject page = examined.file.pages()[number - 1]; !page["Group"].has("CS"))
            findings.add("A2 6.2.10-2", "the page has transparency, but neither a group with a colour space nor an output intent",
                         page, number);
}

void check_states(const Examined& examined, Findings& findings) {
    std::set<const PdfValue*> seen;
    for (const DrawnThing& one : examined.drawn.states) {
        const PdfObject& state = one.object;
        if (!seen.insert(state.value()).second) continue;
        if (state.has("TR")) findings.add("A2 6.2.5-1", "the graphics state has TR", state, one.page);
        if (const PdfObject transfer = state["TR2"]; transfer && !transfer.is_name("Default"))
            findings.add("A2 6.2.5-2", "the graphics state has TR2 that is not Default", state, one.page);
        if (state.has("HTP")) findings.add("A2 6.2.5-3", "the graphics state has HTP", state, one.page);
        check_halftone(state["HT"], "", findings, one.page, 0);
        if (const PdfObject intent = state["RI"]; intent && !is_rendering_intent(intent.name()))
            findings.add("A2 6.2.6-1", "the rendering intent is ‘" + with_replacements(intent.name()) + "’", state, one.page);
        for (const PdfObject& mode : state["BM"].items())
            if (std::ranges::find(blend_modes, mode.name()) == blend_modes.end())
                findings.add("A2 6.2.10-1", "there is no blend mode ‘" + with_replacements(mode.name()) + "’", state, one.page);
    }
}

void check_pictures(const Examined& examined, Findings& findings) {
    std::set<const PdfValue*> seen;
    for (const DrawnThing& one : examined.drawn.objects) {
        const PdfObject& object = one.object;
        if (!seen.insert(object.value()).second) continue;
        if (object["Subtype"].is_name("Image")) {
            check_picture(object, false, findings, one.page);
            continue;
        }
        if (object["Subtype"].is_name("PS")) findings.add("A2 6.2.9-3", "the object is PostScript", object, one.page);
        if (object.has("PS") || object.has("OPI") || object["Subtype2"].is_name("PS"))
            findings.add("A2 6.2.9-1", object.has("OPI") ? "the form has OPI information" : "the form has PostScript", object,
                         one.page);
        if (object.has("Ref")) findings.add("A2 6.2.9-2", "the form is a reference to another file's page", object, one.page);
    }
    for (const DrawnInline& one : examined.drawn.inline_images) {
        const PdfObject picture(examined.file, *one.dictionary, one.owner);
        check_picture(picture, true, findings, one.page);
        for (const PdfObject& filter : picture["Filter"].items()) {
            if (filter.is_name("LZWDecode"))
                findings.add("A2 6.1.10-1", "an inline picture is compressed by LZW", picture, one.page);
            else if (!is_known_filter(filter.name()))
                findings.add("A2 6.1.10-2", "an inline picture has the filter ‘" + with_replacements(filter.name()) + "’",
                             picture, one.page);
        }
    }
}

} // namespace bifolio::a2
