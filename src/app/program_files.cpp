#include "app/program_files.h"

#include "io/limits.h"

#include <array>
#include <cstdlib>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

fs::path folder_of_program() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : program.parent_path();
}

} // namespace

ProgramFiles::ProgramFiles(const Files& files) {
    struct Place {
        fs::path styles, new_book, fonts, profiles, schemas;
    };
    std::vector<Place> places;
    const auto shared = [](const fs::path& folder) {
        return Place{folder / "styles", folder / "template", folder / "fonts", folder / "profiles", folder / "schema"};
    };
    if (const char* folder = std::getenv("BIFOLIO_SHARE"); folder && *folder) places.push_back(shared(folder));
    if (const fs::path program = folder_of_program(); !program.empty())
        places.push_back(shared(program.parent_path() / "share" / "bifolio"));
    const fs::path source = BIFOLIO_SOURCE_DIR;
    const fs::path share = source / "share";
    places.push_back({source / "styles", share / "template", share / "fonts", share / "profiles", share / "schema"});
    for (const Place& place : places) {
        if (!files.exists(place.styles / "base.css")) continue;
        styles_ = place.styles;
        template_ = place.new_book;
        profiles_ = place.profiles;
        schemas_ = place.schemas;
        font_families_ = read_font_families(files, place.fonts / "families.txt");
        return;
    }
    throw IoError("cannot find the program's own files (styles/base.css): set BIFOLIO_SHARE to the folder share/bifolio");
}

StyleSource ProgramFiles::style_source(const std::string& name) const {
    return {style(name), StyleSource::Level::program, {}, "bifolio:styles/" + name};
}

std::string srgb_profile(const Files& files) {
    constexpr std::array candidates{"/usr/share/color/icc/sRGB.icc", "/usr/share/color/icc/ghostscript/srgb.icc"};
    for (const char* candidate : candidates)
        if (files.exists(candidate)) return files.read(candidate, limits::text_file_bytes);
    return "";
}

} // namespace bifolio
