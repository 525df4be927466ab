// font_families.h: the list of font families, share/fonts/families.txt: where their files are and which serves which script.
//
// Language   Described at the head of the file itself. Nothing is looked up on the disk here.
// Errors     IoError with file, line and cure: the list belongs to the installation, not to the book. A name that is used must
//            be listed, so a mistyped one cannot be passed over in silence.
// Spec       ISO 15924 (scripts), BCP 47 (languages), CSS Fonts 4 §2.1.3 (generic names).
#pragma once

#include "layout/text/fonts.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class FontKind { serif, sans, mono, symbol };

// One face of a family: what the file's name has in the place of “*”.
struct FontVariant {
    std::string suffix;
    int weight = 400;
    FontSlant slant = FontSlant::normal;
};

// Where a family's files may be: folder / before + suffix + after.
struct FontPlace {
    std::string folder;
    std::string before, after;
    unsigned face_index = 0; // in a collection

    std::string file(const FontVariant& variant) const { return folder + "/" + before + variant.suffix + after; }
};

struct ListedFamily {
    std::string name;
    FontKind kind = FontKind::serif;
    std::vector<FontVariant> variants;
    std::vector<FontPlace> places;    // tried in this order; the first that has a face of the family gives all of them
    std::vector<std::string> scripts; // it was made for; empty: only where a fallback names it
};

class FontFamilies {
public:
    const std::vector<ListedFamily>& all() const { return families_; } // in the order of the file
    // The families of a generic name (“serif”, “sans-serif”, “monospace”, “math”, …), best first; empty for any other name.
    const std::vector<std::string>& generic(std::string_view name) const;
    // The families to try for a script (“Arab”; “Zyyy” for symbols) in this language beside text of this kind, best first.
    std::vector<std::string> fallback(std::string_view script, std::string_view language, FontKind kind) const;

    // Packages known to have a font for the code point, the best first: of its block, then of its script.
    std::vector<std::string> packages(char32_t code_point) const;

private:
    friend class FontListParser;
    struct Packages { // of a script, or of a range of code points
        std::string script;
        char32_t first = 0, last = 0;
        std::vector<std::string> names;
    };
    struct Fallback { // one line; an empty list of conditions is met by all
        std::vector<std::string> scripts, languages;
        std::vector<FontKind> kinds;
        std::vector<std::string> families;
    };
    std::vector<ListedFamily> families_;
    std::map<std::string, std::vector<std::string>, std::less<>> generic_; // by lower-case name
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_script_;
    std::vector<Fallback> fallbacks_;
    std::vector<Packages> packages_; // in the order of the file
};

FontFamilies read_font_families(const Files& files, const std::filesystem::path& file);
// `file` is named in errors; folders that the list gives without a leading “/” begin beside it.
FontFamilies parse_font_families(std::string_view text, const std::filesystem::path& file);

} // namespace bifolio
