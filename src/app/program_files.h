// program_files.h: where the program's own files are: styles, the list of fonts, schemas, the template of a new book.
//
// Looked for in this order: the folder in BIFOLIO_SHARE; ../share/bifolio beside the program (installed); the source tree it was
// built in.
#pragma once

#include "io/files.h"
#include "layout/text/font_families.h"
#include "style/apply_styles.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bifolio {

class ProgramFiles {
public:
    explicit ProgramFiles(const Files& files); // throws IoError when they are nowhere or the list of fonts is broken
    std::filesystem::path style(std::string_view name) const { return styles_ / name; } // “print.css”
    StyleSource style_source(const std::string& name) const; // of the program, shown as “bifolio:styles/print.css”
    std::filesystem::path new_book() const { return template_; }
    std::filesystem::path profiles() const { return profiles_; } // ICC profiles, and those of shops; the folder need not be there
    std::filesystem::path schemas() const { return schemas_; }   // JSON Schemas
    const FontFamilies& font_families() const { return font_families_; } // read once, with the constructor

private:
    std::filesystem::path styles_, template_, profiles_, schemas_;
    FontFamilies font_families_;
};

std::string srgb_profile(const Files& files); // of the package icc-profiles-free; empty where it is not installed

} // namespace bifolio
