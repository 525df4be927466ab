#include "layout/text/default_fonts.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <span>

namespace bifolio {
namespace {

constexpr std::string_view truetype = "/usr/share/fonts/truetype/";
constexpr std::string_view opentype = "/usr/share/fonts/opentype/";

struct Variant {
    std::string_view suffix;
    int weight;
    FontSlant slant;
};

constexpr std::array book_variants{Variant{"-Regular", 400, FontSlant::normal}, Variant{"-Italic", 400, FontSlant::italic},
                                   Variant{"-Bold", 700, FontSlant::normal}, Variant{"-BoldItalic", 700, FontSlant::italic}};
constexpr std::array upright_variants{Variant{"-Regular", 400, FontSlant::normal}, Variant{"-Bold", 700, FontSlant::normal}};
constexpr std::array amiri_variants{Variant{"-Regular", 400, FontSlant::normal}, Variant{"-Slanted", 400, FontSlant::italic},
                                    Variant{"-Bold", 700, FontSlant::normal}, Variant{"-BoldSlanted", 700, FontSlant::italic}};
constexpr std::array all_weights{
    Variant{"-Thin", 100, FontSlant::normal},       Variant{"-ThinItalic", 100, FontSlant::italic},
    Variant{"-ExtraLight", 200, FontSlant::normal}, Variant{"-ExtraLightItalic", 200, FontSlant::italic},
    Variant{"-Light", 300, FontSlant::normal},      Variant{"-LightItalic", 300, FontSlant::italic},
    Variant{"-Regular", 400, FontSlant::normal},    Variant{"-Italic", 400, FontSlant::italic},
    Variant{"-Medium", 500, FontSlant::normal},     Variant{"-MediumItalic", 500, FontSlant::italic},
    Variant{"-SemiBold", 600, FontSlant::normal},   Variant{"-SemiBoldItalic", 600, FontSlant::italic},
    Variant{"-Bold", 700, FontSlant::normal},       Variant{"-BoldItalic", 700, FontSlant::italic},
    Variant{"-ExtraBold", 800, FontSlant::normal},  Variant{"-ExtraBoldItalic", 800, FontSlant::italic},
    Variant{"-Black", 900, FontSlant::normal},      Variant{"-BlackItalic", 900, FontSlant::italic}};
constexpr std::array vollkorn_variants{
    Variant{"-Regular", 400, FontSlant::normal},  Variant{"-Italic", 400, FontSlant::italic},
    Variant{"-SemiBold", 600, FontSlant::normal}, Variant{"-SemiBoldItalic", 600, FontSlant::italic},
    Variant{"-Bold", 700, FontSlant::normal},     Variant{"-BoldItalic", 700, FontSlant::italic},
    Variant{"-Black", 900, FontSlant::normal},    Variant{"-BlackItalic", 900, FontSlant::italic}};
constexpr std::array garamond_variants{Variant{"12-Regular", 400, FontSlant::normal},
                                       Variant{"12-Italic", 400, FontSlant::italic}, Variant{"12-Bold", 700, FontSlant::normal}};
constexpr std::array texgyre_variants{Variant{"-regular", 400, FontSlant::normal}, Variant{"-italic", 400, FontSlant::italic},
                                      Variant{"-bold", 700, FontSlant::normal}, Variant{"-bolditalic", 700, FontSlant::italic}};
constexpr std::array dejavu_sans_variants{Variant{"", 400, FontSlant::normal}, Variant{"-Oblique", 400, FontSlant::oblique},
                                          Variant{"-Bold", 700, FontSlant::normal},
                                          Variant{"-BoldOblique", 700, FontSlant::oblique}};
constexpr std::array dejavu_serif_variants{Variant{"", 400, FontSlant::normal}, Variant{"-Italic", 400, FontSlant::italic},
                                           Variant{"-Bold", 700, FontSlant::normal},
                                           Variant{"-BoldItalic", 700, FontSlant::italic}};

struct FamilyRow {
    std::string_view name;
    FontKind kind;
    std::string_view root, stem, extension;
    std::span<const Variant> variants;
};

// The package of each is named in docs/dependencies.md. The order is the order of last resort.
const std::array family_rows{
    FamilyRow{"Charis SIL", FontKind::serif, truetype, "charis/CharisSIL", ".ttf", book_variants},
    FamilyRow{"Noto Serif", FontKind::serif, truetype, "noto/NotoSerif", ".ttf", book_variants},
    FamilyRow{"Inter", FontKind::sans, opentype, "inter/Inter", ".otf", all_weights},
    FamilyRow{"Inter Display", FontKind::sans, opentype, "inter/InterDisplay", ".otf", all_weights},
    FamilyRow{"Noto Sans", FontKind::sans, truetype, "noto/NotoSans", ".ttf", book_variants},
    FamilyRow{"JetBrains Mono", FontKind::mono, truetype, "jetbrains-mono/JetBrainsMono", ".ttf", all_weights},
    FamilyRow{"Noto Sans Mono", FontKind::mono, truetype, "noto/NotoSansMono", ".ttf", upright_variants},
    FamilyRow{"Andika", FontKind::sans, truetype, "andika/Andika", ".ttf", book_variants},
    FamilyRow{"Lato", FontKind::sans, truetype, "lato/Lato", ".ttf", all_weights},
    FamilyRow{"EB Garamond", FontKind::serif, opentype, "ebgaramond/EBGaramond", ".otf", garamond_variants},
    FamilyRow{"Vollkorn", FontKind::serif, truetype, "vollkorn/Vollkorn", ".ttf", vollkorn_variants},
    FamilyRow{"TeX Gyre Termes", FontKind::serif, "/usr/share/texmf/fonts/opentype/public/", "tex-gyre/texgyretermes", ".otf",
              texgyre_variants},
    FamilyRow{"TeX Gyre Pagella", FontKind::serif, "/usr/share/texmf/fonts/opentype/public/", "tex-gyre/texgyrepagella", ".otf",
              texgyre_variants},
    FamilyRow{"TeX Gyre Heros", FontKind::sans, "/usr/share/texmf/fonts/opentype/public/", "tex-gyre/texgyreheros", ".otf",
              texgyre_variants},
    FamilyRow{"TeX Gyre Cursor", FontKind::mono, "/usr/share/texmf/fonts/opentype/public/", "tex-gyre/texgyrecursor", ".otf",
              texgyre_variants},
    FamilyRow{"Amiri", FontKind::serif, opentype, "fonts-hosny-amiri/Amiri", ".ttf", amiri_variants},
    FamilyRow{"Scheherazade", FontKind::serif, truetype, "scheherazade/Scheherazade", ".ttf", upright_variants},
    FamilyRow{"Noto Naskh Arabic", FontKind::serif, truetype, "noto/NotoNaskhArabic", ".ttf", upright_variants},
    FamilyRow{"Noto Kufi Arabic", FontKind::sans, truetype, "noto/NotoKufiArabic", ".ttf", upright_variants},
    FamilyRow{"Noto Nastaliq Urdu", FontKind::serif, truetype, "noto/NotoNastaliqUrdu", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Math", FontKind::symbol, truetype, "noto/NotoSansMath", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Symbols", FontKind::symbol, truetype, "noto/NotoSansSymbols", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Symbols2", FontKind::symbol, truetype, "noto/NotoSansSymbols2", ".ttf", upright_variants},
    FamilyRow{"Noto Music", FontKind::symbol, truetype, "noto/NotoMusic", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Tamil Supplement", FontKind::sans, truetype, "noto/NotoSansTamilSupplement", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Mayan Numerals", FontKind::symbol, truetype, "noto/NotoSansMayanNumerals", ".ttf", upright_variants},
    FamilyRow{"Noto Sans Indic Siyaq Numbers", FontKind::symbol, truetype, "noto/NotoSansIndicSiyaqNumbers", ".ttf",
              upright_variants},
    FamilyRow{"DejaVu Serif", FontKind::serif, truetype, "dejavu/DejaVuSerif", ".ttf", dejavu_serif_variants},
    FamilyRow{"DejaVu Sans", FontKind::sans, truetype, "dejavu/DejaVuSans", ".ttf", dejavu_sans_variants},
    FamilyRow{"DejaVu Sans Mono", FontKind::mono, truetype, "dejavu/DejaVuSansMono", ".ttf", dejavu_sans_variants},
};

struct ScriptRow {
    std::string_view script; // ISO 15924
    std::string_view noto;   // as in “Noto Sans …”, “Noto Serif …”
};

// Noto's name for each script; the packages have a serif of some, a sans of nearly all.
constexpr std::array script_rows{
    ScriptRow{"Adlm", "Adlam"},
    ScriptRow{"Aghb", "Caucasian Albanian"},
    ScriptRow{"Ahom", "Ahom"},
    ScriptRow{"Arab", "Arabic"},
    ScriptRow{"Armi", "Imperial Aramaic"},
    ScriptRow{"Armn", "Armenian"},
    ScriptRow{"Avst", "Avestan"},
    ScriptRow{"Bali", "Balinese"},
    ScriptRow{"Bamu", "Bamum"},
    ScriptRow{"Bass", "Bassa Vah"},
    ScriptRow{"Batk", "Batak"},
    ScriptRow{"Beng", "Bengali"},
    ScriptRow{"Bhks", "Bhaiksuki"},
    ScriptRow{"Brah", "Brahmi"},
    ScriptRow{"Bugi", "Buginese"},
    ScriptRow{"Buhd", "Buhid"},
    ScriptRow{"Cakm", "Chakma"},
    ScriptRow{"Cans", "Canadian Aboriginal"},
    ScriptRow{"Cari", "Carian"},
    ScriptRow{"Cham", "Cham"},
    ScriptRow{"Cher", "Cherokee"},
    ScriptRow{"Copt", "Coptic"},
    ScriptRow{"Cprt", "Cypriot"},
    ScriptRow{"Deva", "Devanagari"},
    ScriptRow{"Dogr", "Dogra"},
    ScriptRow{"Dsrt", "Deseret"},
    ScriptRow{"Dupl", "Duployan"},
    ScriptRow{"Egyp", "Egyptian Hieroglyphs"},
    ScriptRow{"Elba", "Elbasan"},
    ScriptRow{"Elym", "Elymaic"},
    ScriptRow{"Ethi", "Ethiopic"},
    ScriptRow{"Geor", "Georgian"},
    ScriptRow{"Glag", "Glagolitic"},
    ScriptRow{"Gong", "Gunjala Gondi"},
    ScriptRow{"Gonm", "Masaram Gondi"},
    ScriptRow{"Goth", "Gothic"},
    ScriptRow{"Gran", "Grantha"},
    ScriptRow{"Gujr", "Gujarati"},
    ScriptRow{"Guru", "Gurmukhi"},
    ScriptRow{"Hano", "Hanunoo"},
    ScriptRow{"Hatr", "Hatran"},
    ScriptRow{"Hebr", "Hebrew"},
    ScriptRow{"Hluw", "Anatolian Hieroglyphs"},
    ScriptRow{"Hmng", "Pahawh Hmong"},
    ScriptRow{"Hmnp", "Nyiakeng Puachue Hmong"},
    ScriptRow{"Hung", "Old Hungarian"},
    ScriptRow{"Ital", "Old Italic"},
    ScriptRow{"Java", "Javanese"},
    ScriptRow{"Kali", "Kayah Li"},
    ScriptRow{"Khar", "Kharoshthi"},
    ScriptRow{"Khmr", "Khmer"},
    ScriptRow{"Khoj", "Khojki"},
    ScriptRow{"Knda", "Kannada"},
    ScriptRow{"Kthi", "Kaithi"},
    ScriptRow{"Lana", "Tai Tham"},
    ScriptRow{"Laoo", "Lao"},
    ScriptRow{"Lepc", "Lepcha"},
    ScriptRow{"Limb", "Limbu"},
    ScriptRow{"Lina", "Linear A"},
    ScriptRow{"Linb", "Linear B"},
    ScriptRow{"Lisu", "Lisu"},
    ScriptRow{"Lyci", "Lycian"},
    ScriptRow{"Lydi", "Lydian"},
    ScriptRow{"Mahj", "Mahajani"},
    ScriptRow{"Mand", "Mandaic"},
    ScriptRow{"Mani", "Manichaean"},
    ScriptRow{"Marc", "Marchen"},
    ScriptRow{"Medf", "Medefaidrin"},
    ScriptRow{"Mend", "Mende Kikakui"},
    ScriptRow{"Mero", "Meroitic"},
    ScriptRow{"Merc", "Meroitic"},
    ScriptRow{"Mlym", "Malayalam"},
    ScriptRow{"Modi", "Modi"},
    ScriptRow{"Mong", "Mongolian"},
    ScriptRow{"Mroo", "Mro"},
    ScriptRow{"Mtei", "Meetei Mayek"},
    ScriptRow{"Mult", "Multani"},
    ScriptRow{"Mymr", "Myanmar"},
    ScriptRow{"Narb", "Old North Arabian"},
    ScriptRow{"Nbat", "Nabataean"},
    ScriptRow{"Newa", "Newa"},
    ScriptRow{"Nkoo", "NKo"},
    ScriptRow{"Nshu", "Nushu"},
    ScriptRow{"Ogam", "Ogham"},
    ScriptRow{"Olck", "Ol Chiki"},
    ScriptRow{"Orkh", "Old Turkic"},
    ScriptRow{"Orya", "Oriya"},
    ScriptRow{"Osge", "Osage"},
    ScriptRow{"Osma", "Osmanya"},
    ScriptRow{"Palm", "Palmyrene"},
    ScriptRow{"Pauc", "Pau Cin Hau"},
    ScriptRow{"Perm", "Old Permic"},
    ScriptRow{"Phag", "PhagsPa"},
    ScriptRow{"Phli", "Inscriptional Pahlavi"},
    ScriptRow{"Phlp", "Psalter Pahlavi"},
    ScriptRow{"Phnx", "Phoenician"},
    ScriptRow{"Plrd", "Miao"},
    ScriptRow{"Prti", "Inscriptional Parthian"},
    ScriptRow{"Rjng", "Rejang"},
    ScriptRow{"Rohg", "Hanifi Rohingya"},
    ScriptRow{"Runr", "Runic"},
    ScriptRow{"Samr", "Samaritan"},
    ScriptRow{"Sarb", "Old South Arabian"},
    ScriptRow{"Saur", "Saurashtra"},
    ScriptRow{"Sgnw", "SignWriting"},
    ScriptRow{"Shaw", "Shavian"},
    ScriptRow{"Shrd", "Sharada"},
    ScriptRow{"Sidd", "Siddham"},
    ScriptRow{"Sind", "Khudawadi"},
    ScriptRow{"Sinh", "Sinhala"},
    ScriptRow{"Sogd", "Sogdian"},
    ScriptRow{"Sogo", "Old Sogdian"},
    ScriptRow{"Sora", "Sora Sompeng"},
    ScriptRow{"Soyo", "Soyombo"},
    ScriptRow{"Sund", "Sundanese"},
    ScriptRow{"Sylo", "Syloti Nagri"},
    ScriptRow{"Syrc", "Syriac"},
    ScriptRow{"Tagb", "Tagbanwa"},
    ScriptRow{"Takr", "Takri"},
    ScriptRow{"Tale", "Tai Le"},
    ScriptRow{"Talu", "New Tai Lue"},
    ScriptRow{"Taml", "Tamil"},
    ScriptRow{"Tang", "Tangut"},
    ScriptRow{"Tavt", "Tai Viet"},
    ScriptRow{"Telu", "Telugu"},
    ScriptRow{"Tfng", "Tifinagh"},
    ScriptRow{"Tglg", "Tagalog"},
    ScriptRow{"Thaa", "Thaana"},
    ScriptRow{"Thai", "Thai"},
    ScriptRow{"Tibt", "Tibetan"},
    ScriptRow{"Tirh", "Tirhuta"},
    ScriptRow{"Ugar", "Ugaritic"},
    ScriptRow{"Vaii", "Vai"},
    ScriptRow{"Wara", "Warang Citi"},
    ScriptRow{"Wcho", "Wancho"},
    ScriptRow{"Xpeo", "Old Persian"},
    ScriptRow{"Xsux", "Cuneiform"},
    ScriptRow{"Yezi", "Yezidi"},
    ScriptRow{"Yiii", "Yi"},
    ScriptRow{"Zanb", "Zanabazar Square"},
};

// The regional forms in Noto's CJK collections, in the order of their faces there.
constexpr std::array<std::string_view, 5> cjk_regions{"JP", "KR", "SC", "TC", "HK"};

std::string without_separators(std::string_view name) {
    std::string out;
    for (char c : name)
        if (c != ' ' && c != '\'') out += c;
    return out;
}

DefaultFamily family_of(const FamilyRow& row) {
    DefaultFamily family{std::string(row.name), row.kind, {}};
    for (const Variant& variant : row.variants) {
        std::string file(row.root);
        file.append(row.stem).append(variant.suffix).append(row.extension);
        family.faces.push_back({std::move(file), 0, variant.weight, variant.slant});
    }
    return family;
}

void add_cjk(std::vector<DefaultFamily>& families) {
    for (const bool serif : {true, false}) {
        for (unsigned region = 0; region < cjk_regions.size(); ++region) {
            const std::string stem = serif ? "Noto Serif CJK" : "Noto Sans CJK";
            DefaultFamily family{stem + " " + std::string(cjk_regions[region]), serif ? FontKind::serif : FontKind::sans, {}};
            for (const Variant& variant : upright_variants) {
                std::string file(opentype);
                file.append("noto/").append(without_separators(stem)).append(variant.suffix).append(".ttc");
                family.faces.push_back({std::move(file), region, variant.weight, variant.slant});
            }
            families.push_back(std::move(family));
        }
    }
    const auto single = [&](std::string_view name, FontKind kind, std::string_view file) {
        families.push_back({std::string(name), kind, {{std::string(truetype) + std::string(file), 0, 400, FontSlant::normal}}});
    };
    single("AR PL UMing CN", FontKind::serif, "arphic/uming.ttc");
    single("WenQuanYi Micro Hei", FontKind::sans, "wqy/wqy-microhei.ttc");
    single("Droid Sans Fallback", FontKind::sans, "droid/DroidSansFallbackFull.ttf");
    single("Symbola", FontKind::symbol, "ancient-scripts/Symbola_hint.ttf");
}

std::vector<DefaultFamily> make_families() {
    std::vector<DefaultFamily> families;
    for (const FamilyRow& row : family_rows) families.push_back(family_of(row));
    for (const ScriptRow& row : script_rows) {
        for (const bool serif : {true, false}) {
            const std::string name = std::string(serif ? "Noto Serif " : "Noto Sans ") + std::string(row.noto);
            if (std::ranges::any_of(families, [&](const DefaultFamily& f) { return f.name == name; })) continue;
            const std::string stem = "noto/" + without_separators(name);
            families.push_back(
                family_of({name, serif ? FontKind::serif : FontKind::sans, truetype, stem, ".ttf", upright_variants}));
        }
    }
    add_cjk(families);
    return families;
}

using Names = std::vector<std::string>;

// Which of Noto's regional forms a language reads (the same character has other shapes in Japan and in China).
std::string_view cjk_region(std::string_view script, std::string_view language) {
    const std::string tag = to_ascii_lower(language);
    const auto has = [&](std::string_view part) { return tag.find(part) != std::string::npos; };
    if (tag.starts_with("ja")) return "JP";
    if (tag.starts_with("ko")) return "KR";
    if (has("-hk") || has("-mo") || tag.starts_with("yue")) return "HK";
    if (has("hant") || has("-tw")) return "TC";
    if (tag.starts_with("zh")) return "SC";
    if (script == "Hira" || script == "Kana") return "JP";
    if (script == "Hang") return "KR";
    if (script == "Bopo") return "TC";
    return "SC";
}

void add_cjk_names(Names& names, std::string_view script, std::string_view language, FontKind kind) {
    const std::string region(cjk_region(script, language));
    if (kind != FontKind::serif) names.push_back("Noto Sans CJK " + region);
    names.push_back("Noto Serif CJK " + region);
    names.push_back("Noto Sans CJK " + region);
    if (kind == FontKind::serif) names.emplace_back("AR PL UMing CN");
    names.insert(names.end(), {"WenQuanYi Micro Hei", "Droid Sans Fallback", "AR PL UMing CN"});
}

void add_arabic_names(Names& names, std::string_view language, FontKind kind) {
    const std::string tag = to_ascii_lower(language);
    const auto is = [&](std::string_view primary) { return tag == primary || tag.starts_with(std::string(primary) + "-"); };
    // Readers of Urdu, Kashmiri and Shahmukhi Punjabi expect Nastaliq; Naskh looks foreign to them.
    if (is("ur") || is("ks") || is("pnb") || tag.starts_with("pa-arab")) names.emplace_back("Noto Nastaliq Urdu");
    if (kind == FontKind::serif)
        names.insert(names.end(), {"Amiri", "Noto Naskh Arabic", "Scheherazade", "Noto Sans Arabic"});
    else
        names.insert(names.end(), {"Noto Sans Arabic", "Noto Naskh Arabic", "Amiri", "Scheherazade"});
    names.insert(names.end(), {"Noto Nastaliq Urdu", "DejaVu Sans"});
}

} // namespace

const std::vector<DefaultFamily>& default_families() {
    static const std::vector<DefaultFamily> families = make_families();
    return families;
}

std::vector<std::string> generic_families(std::string_view name) {
    const std::string lower = to_ascii_lower(name);
    if (lower == "serif" || lower == "ui-serif")
        return {"Charis SIL", "Noto Serif", "EB Garamond", "TeX Gyre Termes", "DejaVu Serif"};
    if (lower == "sans-serif" || lower == "system-ui" || lower == "ui-sans-serif" || lower == "ui-rounded")
        return {"Inter", "Noto Sans", "Lato", "Andika", "DejaVu Sans"};
    if (lower == "monospace" || lower == "ui-monospace")
        return {"JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "TeX Gyre Cursor"};
    if (lower == "math") return {"Noto Sans Math", "DejaVu Serif"};
    if (lower == "emoji") return {"Symbola", "Noto Sans Symbols2"};
    if (lower == "cursive" || lower == "fantasy" || lower == "fangsong") return {"Charis SIL", "Noto Serif", "DejaVu Serif"};
    return {};
}

std::vector<std::string> fallback_families(std::string_view script, std::string_view language, FontKind kind) {
    Names names;
    if (script == "Latn" || script == "Grek" || script == "Cyrl") {
        const bool mono = kind == FontKind::mono;
        if (mono) names.insert(names.end(), {"Noto Sans Mono", "DejaVu Sans Mono"});
        if (kind == FontKind::serif)
            names.insert(names.end(), {"Charis SIL", "Noto Serif", "DejaVu Serif", "Noto Sans"});
        else
            names.insert(names.end(), {"Noto Sans", "DejaVu Sans", "Charis SIL", "Noto Serif"});
    } else if (script == "Arab") {
        add_arabic_names(names, language, kind);
    } else if (script == "Hani" || script == "Hira" || script == "Kana" || script == "Hang" || script == "Bopo") {
        add_cjk_names(names, script, language, kind);
    } else if (const auto* row = std::ranges::find(script_rows, script, &ScriptRow::script); row != script_rows.end()) {
        const std::string serif = "Noto Serif " + std::string(row->noto), sans = "Noto Sans " + std::string(row->noto);
        if (kind == FontKind::serif)
            names.insert(names.end(), {serif, sans});
        else
            names.insert(names.end(), {sans, serif});
        if (script == "Taml") names.emplace_back("Noto Sans Tamil Supplement");
        names.insert(names.end(), {"DejaVu Sans", "DejaVu Serif"});
    }
    // Signs, arrows, operators and emoji as outlines; then whatever else is wide in coverage.
    if (kind == FontKind::mono) names.insert(names.end(), {"Noto Sans Mono", "DejaVu Sans Mono"});
    names.insert(names.end(), {"Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Music", "Symbola"});
    if (kind == FontKind::serif) names.insert(names.end(), {"Charis SIL", "Noto Serif", "DejaVu Serif"});
    names.insert(names.end(), {"Noto Sans", "DejaVu Sans"});
    if (script == "Zyyy" || script == "Zinh") add_cjk_names(names, "Hani", language, kind);
    return names;
}

} // namespace bifolio
