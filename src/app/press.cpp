#include "app/press.h"

#include "io/limits.h"

#include <cstdlib>
#include <vector>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

constexpr const char* default_profile = "ISOcoated_v2_300_bas.icc";

std::vector<fs::path> folders(const fs::path& book_folder, const ProgramFiles& program) {
    std::vector<fs::path> all{book_folder / "styles" / "profiles", program.profiles()};
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        all.push_back(fs::path(data) / "color" / "icc");
    else if (const char* home = std::getenv("HOME"); home && *home)
        all.push_back(fs::path(home) / ".local" / "share" / "color" / "icc");
    all.insert(all.end(), {"/usr/local/share/color/icc", "/usr/share/color/icc"});
    return all;
}

} // namespace

std::optional<PressProfile> press_profile(const Edition& edition, const fs::path& book_folder, const ProgramFiles& program,
                                          const Files& files, const std::string& srgb, Diagnostics& diagnostics) {
    const Located<std::string>& wanted = edition.press->profile;
    const std::string name = wanted.value.empty() ? default_profile : wanted.value;
    const Span where = wanted.value.empty() ? edition.where : wanted.where;
    if (name.find('/') != std::string::npos || name.front() == '.') {
        diagnostics.error("app.press-profile", where, "‘" + name + "’ is a path; a profile is named by its file's name",
                          {"put the file into styles/profiles/ of the book"});
        return std::nullopt;
    }
    for (const fs::path& folder : folders(book_folder, program)) {
        const fs::path path = folder / name;
        if (!files.exists(path)) continue;
        PressProfile profile;
        profile.bytes = files.read(path, limits::text_file_bytes);
        auto colours = PressColours::from_profile(profile.bytes, srgb);
        if (!colours) {
            diagnostics.error("app.press-profile", where,
                              "the profile ‘" + path.string() + "’ cannot be a press's output intent: " + colours.error());
            return std::nullopt;
        }
        profile.colours = colours.take();
        const ProfileFacts facts = profile_facts(profile.bytes).take();
        profile.description = facts.description.empty() ? name : facts.description;
        profile.condition = edition.press->condition.empty() ? facts.condition : edition.press->condition;
        return profile;
    }
    std::vector<std::string> cure{"put the file into styles/profiles/ of the book"};
    if (name == default_profile)
        cure.push_back("or run scripts/setup-profiles, which takes it out of Debian's package scribus-data");
    diagnostics.error("app.press-profile", where,
                      "the edition ‘" + edition.name + "’ goes to a printing house, and the ICC profile ‘" + name +
                          "’ of its press is not on this machine",
                      cure);
    return std::nullopt;
}

} // namespace bifolio
