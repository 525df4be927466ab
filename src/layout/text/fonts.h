// fonts.h: the faces that a run may use: found, opened, measured, matched and subset.
//
// Finding    Listed families (share/fonts/families.txt) are looked up by file path in the folders of the distribution's font
//            packages, user files come from @font-face rules (FontFaceRule) or a fonts/ folder, any other family through
//            fontconfig. What was found depends only on the list and on the files present.
// Units      Metrics are in fractions of the em; multiply by the font size.
// Threads    A FontLibrary is made once, then shared by all tasks; every const call is safe from any thread.
// Errors     A file that is no font, or forbids embedding (OS/2 fsType), gives a FontProblem; the caller reports it.
// Spec       CSS Fonts 4 §5 (matching), OpenType 1.9 (OS/2, hhea, post, GSUB, GPOS).
#pragma once

#include "base/ids.h"
#include "base/length.h"
#include "io/files.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class FontSlant { normal, italic, oblique };

// A place on an axis of a variable font: “wght” 650.
struct FontVariation {
    std::array<char, 4> tag{};
    double value = 0;
    auto operator<=>(const FontVariation&) const = default;
};

struct FontAxis {
    std::array<char, 4> tag{};
    double least = 0, normal = 0, most = 0;
};

// What a style asks for. Families in order of preference; “serif”, “sans-serif”, “monospace”, “system-ui”, “math” are
// generic names and give the default family of that kind.
struct FontRequest {
    std::vector<std::string> families;
    int weight = 400; // 1 to 1000
    FontSlant slant = FontSlant::normal;
    double stretch = 1.0;                    // 0.5 to 2.0
    std::vector<FontVariation> variations{}; // font-variation-settings: before what the others ask of a variable font
    auto operator<=>(const FontRequest&) const = default;
};

// One @font-face rule: a file that the book brings with it. What it does not say is the file's: all of an axis that a variable
// font has, else a regular face.
struct FontFaceRule {
    std::string family;
    std::filesystem::path file; // resolved
    std::optional<std::pair<int, int>> weight;
    std::optional<FontSlant> slant;
    std::vector<std::pair<char32_t, char32_t>> unicode_range; // empty: everything
    std::optional<std::pair<double, double>> stretch{};       // 1 is normal
};

struct FontMetrics { // fractions of the em
    double ascent = 0.8, descent = 0.2, line_gap = 0;
    double x_height = 0.5, cap_height = 0.7;
    double underline_position = -0.1, underline_thickness = 0.05;
    double strikeout_position = 0.25, strikeout_thickness = 0.05;
    double italic_angle = 0; // degrees, negative leans right
    bool fixed_pitch = false;
};

enum class FontFormat { truetype, cff };

// A subset ready to embed. Glyph ids of the original face are renumbered: new id = glyphs[i] ↔ i.
struct FontSubset {
    FontFormat format = FontFormat::truetype;
    std::string bytes;                     // an sfnt; for cff see cff_bytes
    std::string cff_bytes;                 // the bare “CFF ” table where format is cff
    std::vector<std::uint32_t> old_glyphs; // new id → original id; [0] is .notdef
    std::vector<double> advances;          // by new id, in 1/1000 em
};

// What a face's file says of itself.
struct FontIdentity {
    std::string family, style, postscript_name, version; // “Charis SIL”, “Bold”, “CharisSIL-Bold”, “Version 6.200”
    std::string file;                                    // as it was opened
    unsigned embedding_rights = 0;                       // OS/2 fsType; 0: anything may be done
    bool subsetting_allowed = true;
};

struct FontProblem {
    std::string file, reason;
};

class FontFamilies; // font_families.h

class FontLibrary {
public:
    // `files` and `families` must outlive the library. `font_folders` are searched before the distribution's own. Rules name
    // the book's own files.
    FontLibrary(const Files& files, const FontFamilies& families, std::vector<FontFaceRule> rules,
                std::vector<std::filesystem::path> font_folders = {});
    ~FontLibrary();
    FontLibrary(const FontLibrary&) = delete;
    FontLibrary& operator=(const FontLibrary&) = delete;

    std::span<const FontProblem> problems() const;

    // The face for the request's first family that exists (the default serif when none does). CSS Fonts 4 §5.2.
    FontId match(const FontRequest& request) const;
    // The first face, in order of the request's families and then of the fallback list for the script and language, that
    // has all the code points (a grapheme cluster). nullopt: no face on this machine has them, a missing glyph.
    std::optional<FontId> match_for(const FontRequest& request, std::u32string_view cluster, std::string_view language) const;
    bool family_exists(std::string_view family) const;
    // For messages about missing characters: families on this machine, of any kind, that have the code point, by name; and
    // packages of the distribution that are known to have it. The first reads fontconfig's list.
    std::vector<std::string> installed_with(char32_t code_point) const;
    std::vector<std::string> packages_with(char32_t code_point) const;

    const FontMetrics& metrics(FontId font) const;
    std::string_view postscript_name(FontId font) const;
    std::string_view family_name(FontId font) const;
    std::filesystem::path file(FontId font) const;
    std::string_view file_bytes(FontId font) const;
    FontIdentity identity(FontId font) const;
    int weight(FontId font) const;
    FontSlant slant(FontId font) const;
    double stretch(FontId font) const;
    std::vector<FontAxis> axes(FontId font) const;                        // none: its file is no variable font
    bool synthesizes_bold(FontId font, const FontRequest& request) const; // asked for bold, no bold face exists
    bool has_glyph(FontId font, char32_t code_point) const;
    // The advance of one code point's nominal glyph, in fractions of the em (for “ch”, spaces, leaders).
    double nominal_advance(FontId font, char32_t code_point) const;
    // How far the ink of its glyph begins right of the origin, in fractions of the em.
    double ink_left(FontId font, char32_t code_point) const;

    // Glyph ids in any order, duplicates allowed; the result is ordered by original id, so it is the same for the same set.
    FontSubset subset(FontId font, std::vector<std::uint32_t> glyphs) const;
    // Unicode of a glyph by reverse cmap (lowest code point), for ToUnicode of glyphs that no cluster explains.
    std::optional<char32_t> code_point_of(FontId font, std::uint32_t glyph) const;

    struct Face; // hides HarfBuzz and FreeType types; defined in face.h, for layout/text only
    const Face& face(FontId font) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace bifolio
