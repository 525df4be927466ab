// rules_ua1_fonts.cpp: fonts are embedded, whole, of the widths they say, and lead to Unicode. ISO 14289-1, 7.21.
#include "verify/font_facts.h"
#include "verify/glyph_names.h"
#include "verify/pdf_syntax_reader.h"
#include "verify/rules_ua1.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace bifolio::ua1 {

namespace {

class FontRules {
public:
    FontRules(const Examined& examined, const FontFacts& font, Findings& findings)
        : examined_(examined), font_(font), findings_(findings) {}

    void check() {
        const bool painted = std::ranges::any_of(font_.used.codes, [](const auto& code) { return code.second; });
        if (font_.is_composite()) check_composite();
        check_unicode();
        if (font_.subtype == "Type3") return check_type_3();
        if (font_.subtype == "TrueType") check_truetype_encoding();
        if (!font_.program_stream) {
            if (painted) add("UA1 31-009", "it is not embedded");
            return;
        }
        if (!font_.program) return add("UA1 31-011", "its program cannot be read");
        if (font_.subtype == "TrueType" && font_.program->is_sfnt()) check_truetype_maps();
        check_glyphs();
        check_character_set();
        check_cid_set();
    }

private:
    void add(std::string_view rule, const std::string& what) {
        findings_.add(rule, "font " + (font_.name.empty() ? "without a name" : font_.name) + ": " + what, font_.used.font,
                      font_.used.first_page);
    }

    void check_composite() {
        const PdfObject encoding = font_.used.font["Encoding"], own = font_.descendant["CIDSystemInfo"];
        if (encoding.is_stream() && font_.cmap)
            check_embedded_cmap(encoding, own);
        else if (!is_predefined_cmap(encoding.name()))
            add("UA1 31-006", "its CMap ‘" + std::string(encoding.name()) + "’ is neither predefined nor embedded");
        else if (!font_.is_identity())
            check_predefined_cmap(encoding.name(), own);
        if (!font_.descendant["Subtype"].is_name("CIDFontType2") || !font_.program_stream) return;
        const PdfObject map = font_.descendant["CIDToGIDMap"];
        if (!map)
            add("UA1 31-005", "it has no CIDToGIDMap");
        else if (!map.is_stream() && !map.is_name("Identity"))
            add("UA1 31-004", "its CIDToGIDMap is neither Identity nor a stream");
    }

    void check_embedded_cmap(const PdfObject& encoding, const PdfObject& own) {
        const FontCmap& cmap = *font_.cmap;
        if (encoding["WMode"].integer_or(0) != cmap.writing_mode)
            add("UA1 31-007", "WMode of its CMap is not that inside the CMap");
        const PdfObject other = encoding["UseCMap"];
        const std::string uses = other.is_name()     ? std::string(other.name())
                                 : other.is_stream() ? std::string(other["CMapName"].name())
                                                     : cmap.uses;
        if (!uses.empty() && !is_predefined_cmap(uses))
            add("UA1 31-008", "its CMap uses ‘" + uses + "’, which is not predefined");
        if (encoding["CMapName"].is_name("Identity-H") || encoding["CMapName"].is_name("Identity-V")) return;
        const PdfObject info = encoding["CIDSystemInfo"];
        if (!own["Registry"].is_string()) add("UA1 31-001", "it has no Registry");
        if (!own["Ordering"].is_string()) add("UA1 31-002", "it has no Ordering");
        const std::string registry = info ? std::string(info["Registry"].bytes()) : cmap.registry;
        const std::string ordering = info ? std::string(info["Ordering"].bytes()) : cmap.ordering;
        const std::int64_t supplement = info ? info["Supplement"].integer_or(-1) : cmap.supplement.value_or(-1);
        if (own["Registry"].is_string() && own["Registry"].bytes() != registry)
            add("UA1 31-001", "Registry is ‘" + own["Registry"].text() + "’, that of its CMap ‘" + registry + "’");
        if (own["Ordering"].is_string() && own["Ordering"].bytes() != ordering)
            add("UA1 31-002", "Ordering is ‘" + own["Ordering"].text() + "’, that of its CMap ‘" + ordering + "’");
        if (supplement >= 0 && own["Supplement"].integer_or(0) > supplement)
            add("UA1 31-003", "Supplement is " + std::to_string(own["Supplement"].integer_or(0)) + ", that of its CMap " +
                                  std::to_string(supplement));
    }

    void check_predefined_cmap(std::string_view name, const PdfObject& own) {
        const auto begins = [&](std::initializer_list<std::string_view> stems) {
            return std::ranges::any_of(stems, [&](std::string_view stem) { return name.starts_with(stem); });
        };
        const std::string_view ordering = name == "H" || name == "V" || begins({"UniJIS", "8", "9", "Add", "EUC", "Ext"})
                                              ? "Japan1"
                                          : begins({"KSC", "UniKS"}) ? "Korea1"
                                          : begins({"GB", "UniGB"})  ? "GB1"
                                                                     : "CNS1";
        if (own["Ordering"].bytes() != ordering)
            add("UA1 31-002", "Ordering is ‘" + own["Ordering"].text() + "’, its CMap's is ‘" + std::string(ordering) + "’");
        if (own["Registry"].bytes() != "Adobe")
            add("UA1 31-001", "Registry is ‘" + own["Registry"].text() + "’, its CMap's is ‘Adobe’");
        const std::int64_t supplement = supplement_of_predefined_cmap(name).value_or(0);
        if (own["Supplement"].integer_or(0) > supplement)
            add("UA1 31-003", "Supplement is " + std::to_string(own["Supplement"].integer_or(0)) + ", that of its CMap " +
                                  std::to_string(supplement));
    }

    void check_unicode() {
        std::size_t missing = 0;
        CharacterCode first;
        bool zero = false, mark = false;
        for (const auto& [code, painted] : font_.used.codes) {
            const std::optional<std::string> text = font_.unicode(code);
            if (!text || text->empty()) {
                if (missing++ == 0) first = code;
                continue;
            }
            zero = zero || text->find('\0') != std::string::npos;
            mark = mark || text->find("\xEF\xBB\xBF") != std::string::npos || text->find("\xEF\xBF\xBE") != std::string::npos;
        }
        if (missing > 0) {
            add("UA1 10-001",
                std::to_string(missing) + " character codes lead to no Unicode character, the first is " + hexadecimal(first));
            if (!font_.to_unicode) add("UA1 31-027", "it has no ToUnicode map and needs one");
        }
        if (zero) add("UA1 31-028", "its ToUnicode map leads to U+0000");
        if (mark) add("UA1 31-029", "its ToUnicode map leads to U+FEFF or U+FFFE");
    }

    // A Type 3 font's glyphs are its own streams, which say their widths in their first operator. ISO 32000-1, 9.6.5.
    void check_type_3() {
        const PdfObject glyphs = font_.used.font["CharProcs"];
        std::size_t missing = 0, wide = 0, notdef = 0;
        std::string first, widths;
        for (const auto& [code, painted] : font_.used.codes) {
            const std::string name = font_.glyph_name(code);
            if (name == ".notdef") ++notdef;
            if (!painted) continue;
            const PdfObject glyph = glyphs[name];
            if (!glyph.is_stream()) {
                if (missing++ == 0) first = hexadecimal(code);
                continue;
            }
            const std::optional<double> said = font_.dictionary_width(code), real = width_of_glyph(glyph);
            if (said && real && std::abs(*said - *real) > 1 && wide++ == 0)
                widths =
                    std::to_string(std::lround(*said)) + " in Widths and " + std::to_string(std::lround(*real)) + " in the glyph";
        }
        if (missing > 0)
            add("UA1 31-011", std::to_string(missing) + " codes lead to no glyph in CharProcs, the first is " + first);
        if (wide > 0) add("UA1 31-016", "widths of " + std::to_string(wide) + " glyphs differ: " + widths);
        if (notdef > 0) add("UA1 31-030", ".notdef is shown");
    }

    std::optional<double> width_of_glyph(const PdfObject& glyph) const {
        const std::string content = examined_.file.decoded(glyph).bytes;
        PdfSyntaxReader reader(content);
        std::optional<double> first;
        for (PdfValue value;;) {
            const PdfSyntaxReader::Found found = reader.next(value, false);
            if (found == PdfSyntaxReader::Found::keyword)
                return reader.keyword() == "d0" || reader.keyword() == "d1" ? first : std::nullopt;
            if (found == PdfSyntaxReader::Found::end) return std::nullopt;
            if (!first) first = PdfObject(examined_.file, value, glyph.holder()).number();
        }
    }

    void check_truetype_maps() {
        const std::vector<FontProgram::CharacterMap> maps = font_.program->character_maps();
        const auto has = [&](int platform, int kind) { return std::ranges::find(maps, std::pair(platform, kind)) != maps.end(); };
        if (font_.is_symbolic()) {
            if (maps.empty()) add("UA1 31-025", "it is symbolic and its program has no cmap");
            if (maps.size() > 1 && !has(3, 0))
                add("UA1 31-026", "it is symbolic, and none of the several cmaps of its program is (3, 0)");
            return;
        }
        if (std::ranges::all_of(maps, [](const auto& map) { return map == std::pair(3, 0); }))
            add("UA1 31-017", "it is not symbolic, and its program has no cmap for that");
        if (font_.used.font["Encoding"]["Differences"] && !has(3, 1))
            add("UA1 31-023", "it has Differences, and its program has no (3, 1) cmap");
    }

    // Also of one without a program: the dictionary alone has to be right.
    void check_truetype_encoding() {
        const PdfObject encoding = font_.used.font["Encoding"];
        if (font_.is_symbolic()) {
            if (encoding) add("UA1 31-024", "it is symbolic and has an Encoding");
            return;
        }
        const PdfObject base = encoding.is_name() ? encoding : encoding["BaseEncoding"];
        if (!encoding)
            add("UA1 31-019", "it is not symbolic and has no Encoding");
        else if (!base)
            add("UA1 31-020", "its Encoding has no BaseEncoding");
        else if (!base.is_name("MacRomanEncoding") && !base.is_name("WinAnsiEncoding"))
            add("UA1 31-021", "its encoding is ‘" + std::string(base.name()) + "’");
        const PdfObject differences = encoding["Differences"];
        if (!differences) return;
        for (const PdfObject& one : differences.items())
            if (one.is_name() && one.name() != ".notdef" && !is_listed_glyph_name(one.name())) {
                add("UA1 31-022", "Differences names ‘" + std::string(one.name()) + "’, which is in no list");
                break;
            }
    }

    void check_glyphs() {
        struct Places {
            std::size_t count = 0;
            CharacterCode first;
            void note(CharacterCode code) {
                if (count++ == 0) first = code;
            }
            std::string text() const { return std::to_string(count) + " codes, the first is " + hexadecimal(first); }
        } missing, notdef, wide, not_looked_up;
        std::string widths;
        const bool by_map = font_.subtype == "TrueType" && font_.program->is_sfnt();
        for (const auto& [code, painted] : font_.used.codes) {
            const FontFacts::DrawnGlyph drawn = font_.drawn(code);
            if (drawn.lookup == FontFacts::Lookup::unknown) continue;
            if (drawn.lookup == FontFacts::Lookup::missing && by_map && painted && !font_.is_symbolic()) not_looked_up.note(code);
            if (drawn.glyph == 0 && (drawn.lookup == FontFacts::Lookup::found || by_map)) notdef.note(code);
            if (!painted) continue;
            if (drawn.lookup == FontFacts::Lookup::missing && !by_map) missing.note(code);
            if (drawn.lookup == FontFacts::Lookup::missing || (drawn.glyph == 0 && !font_.is_composite())) continue;
            const std::optional<double> said = font_.dictionary_width(code), real = font_.program->width(drawn.glyph);
            if (!said || !real || std::abs(*said - *real) <= 1.0) continue;
            if (wide.count == 0)
                widths = std::to_string(std::lround(*said)) + " in the PDF and " + std::to_string(std::lround(*real)) +
                         " in the program";
            wide.note(code);
        }
        if (missing.count > 0) add("UA1 31-011", "its program lacks glyphs: " + missing.text());
        if (wide.count > 0) add("UA1 31-016", "widths differ: " + wide.text() + ", " + widths);
        if (not_looked_up.count > 0) add("UA1 31-018", "no cmap leads to a glyph: " + not_looked_up.text());
        if (notdef.count > 0) add("UA1 31-030", ".notdef is shown: " + notdef.text());
    }

    void check_character_set() {
        const PdfObject listed_text = font_.descriptor["CharSet"];
        if (!listed_text.is_string() || font_.is_composite() || !font_.is_subset() || font_.program->is_sfnt()) return;
        std::set<std::string, std::less<>> listed;
        for (std::string_view rest = listed_text.bytes(); !rest.empty();) { // names, with blanks between them or without
            rest.remove_prefix(
                std::min(rest.size(), rest.find('/') == std::string_view::npos ? rest.size() : rest.find('/') + 1));
            const std::string_view one = rest.substr(0, rest.find_first_of("/ \t\r\n\f"));
            if (!one.empty()) listed.emplace(one);
        }
        for (const auto& [name, glyph] : font_.program->names())
            if (name != ".notdef" && !listed.contains(name)) {
                add("UA1 31-012", "CharSet lacks the glyph ‘" + name + "’");
                break;
            }
        for (const std::string& name : listed)
            if (name != ".notdef" && !font_.program->names().contains(name)) {
                add("UA1 31-013", "CharSet names ‘" + name + "’, which the program lacks");
                break;
            }
    }

    // The set names each CID that leads to a glyph, also to one without an outline, and no other; .notdef as it likes.
    void check_cid_set() {
        const PdfObject set = font_.descriptor["CIDSet"];
        if (!set.is_stream() || !font_.is_composite() || !font_.is_subset()) return;
        const std::string bits = examined_.file.decoded(set).bytes;
        const auto listed = [&](std::size_t cid) {
            return cid / 8 < bits.size() && (static_cast<unsigned char>(bits[cid / 8]) & 0x80 >> cid % 8) != 0;
        };
        const std::set<std::uint32_t> present = font_.cids_of_glyphs();
        for (const std::uint32_t cid : present)
            if (cid != 0 && !listed(cid)) {
                add("UA1 31-014", "CIDSet lacks the CID " + std::to_string(cid));
                break;
            }
        for (std::uint32_t cid = 1; cid < bits.size() * 8; ++cid)
            if (listed(cid) && !present.contains(cid) && !font_.maps_cid(cid)) {
                add("UA1 31-015", "CIDSet names the CID " + std::to_string(cid) + ", which the program lacks");
                break;
            }
    }

    const Examined& examined_;
    const FontFacts& font_;
    Findings& findings_;
};

} // namespace

void check_fonts(const Examined& examined, Findings& findings) {
    std::unique_ptr<FontFacts> before; // fonts that share a program often follow one another
    for (const UsedFont& used : examined.fonts) {
        auto font = std::make_unique<FontFacts>(examined.file, used, before.get());
        FontRules(examined, *font, findings).check();
        before = std::move(font);
    }
}

} // namespace bifolio::ua1
